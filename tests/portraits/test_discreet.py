"""Nobody hears from the shop that a friend bought what is nobody's business."""

import json

import pytest

from tests.retrieval.feeds import filled
from zhiyin.core.records import Event, Item
from zhiyin.portraits.discreet import Discreet, is_delicate
from zhiyin.portraits.store_services import store_services


@pytest.mark.parametrize(
    "item",
    [
        {"title": "验孕棒"},
        {"title": "HIV test kit"},
        {"title": "E-7", "category": "孕妇装"},
        {"title": "E-7", "translations": json.dumps({"en": {"title": "Bible study guide"}})},
    ],
)
def test_goods_are_delicate_by_title_and_category_in_any_language(item):
    assert is_delicate(item)


@pytest.mark.parametrize(
    "item",
    [{}, {"title": None, "category": None}, {"title": "Tea", "translations": '{"zh": "茶"}'}],
)
def test_what_is_not_known_to_be_delicate_is_not(item):
    assert not is_delicate(item)


def test_what_friends_did_is_told_without_delicate_goods(tmp_path):
    items = [Item("tea", title="Green tea"), Item("kit", title="HIV test kit")]
    bought = [Event("an", item, "purchase") for item in ("tea", "kit", "unlisted")]
    with filled(tmp_path, items=items, events=bought) as store:
        done = store_services(store)["doings"]([0], ["purchase"], 0, undated=True)
        assert sorted(done["item"].to_list()) == [0, 2]
        assert done.columns == store.people.doings([0], ["purchase"], 0, undated=True).columns
        assert Discreet(store)([], ["purchase"], 0).is_empty()
