"""What friends did at unknown times: as old as the oldest event that has a time, and all alike where none has."""

import pytest

from tests.retrieval.feeds import FeedOf, ago, filled
from zhiyin.core import Kind
from zhiyin.core.records import Event, Tie

TIES = [Tie("an", "bo")]


def said(folder, *events):
    """Return item → what the friend of an says of it, over how close the friend is."""
    with filled(folder, ties=TIES, events=[Event("an", "cup", "purchase", time=None), *events]) as store:  # fmt: skip
        feed = FeedOf(store)
        fields = feed.query("an").fields
        [strength] = fields["circle_strength"].tolist()
        items = store.keys(Kind.ITEM, fields["friend_item"].tolist())
        return dict(zip(items, (fields["friend_amount"] / strength).tolist(), strict=True))


def test_where_no_event_has_a_time_all_count_in_full(tmp_path):
    bought = Event("bo", "tea", "purchase"), Event("bo", "pot", "favourite")
    assert said(tmp_path, *bought) == pytest.approx({"tea": 1.0, "pot": 0.5})


def test_an_undated_event_is_as_old_as_the_oldest_dated_one(tmp_path):
    dated = Event("bo", "pot", "purchase", time=ago(14)), Event("an", "cup", "view", time=ago(28))
    assert said(tmp_path, Event("bo", "tea", "purchase"), *dated) == pytest.approx(
        {"tea": 0.25, "pot": 0.5}
    )


def test_undated_events_of_a_shop_with_a_long_past_are_not_lately(tmp_path):
    dated = Event("bo", "pot", "purchase", time=ago(14)), Event("an", "cup", "view", time=ago(61))
    assert said(tmp_path, Event("bo", "tea", "purchase"), *dated) == pytest.approx({"pot": 0.5})


def test_undated_events_that_are_private_are_not_read(tmp_path):
    private = Event("bo", "ring", "purchase", context={"visibility": "private"})
    assert said(tmp_path, Event("bo", "tea", "purchase"), private) == pytest.approx({"tea": 1.0})
