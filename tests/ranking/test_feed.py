"""One scale for all kinds, and reasons that add up to it."""

from dataclasses import replace

import numpy as np
import pytest

from tests.retrieval.feeds import FeedOf, ago, filled
from zhiyin.core import Candidates, Kind, Query
from zhiyin.core.records import Event, Fact, Item, Post, Tie
from zhiyin.ranking.feed import feed_parts

ITEMS = [Item(f"i{n}", title=f"thing {n}") for n in range(6)]
EVENTS = [
    *(Event("an", f"i{n}", "purchase", time=ago(3)) for n in range(2)),
    *(
        Event(user, f"i{n}", "purchase", time=ago(5))
        for user in ("bo", "cy", "di")
        for n in range(4)
    ),
    *(Event(f"u{n}", "praise", "like", time=ago(1), target="post") for n in range(9)),
]
POSTS = [
    Post("praise", "bo", "i2", text="好", rating=5, time=ago(1)),
    Post("fault", "di", "i2", text="贵", rating=1, time=ago(1)),
    Post("day", "bo", None, kind="share", text="出门", time=ago(28)),
]
FACTS = [
    Fact(
        "i2",
        "opinion.price",
        "negative",
        user="di",
        source="post:fault",
        method="rule",
        time=ago(1),
    ),
    Fact(
        "i0", "opinion.price", "negative", user="an", source="post:an1", method="rule", time=ago(2)
    ),
]


@pytest.fixture(scope="module")
def feed(tmp_path_factory):
    ties = [Tie("an", "bo"), Tie("an", "cy"), Tie("bo", "di")]
    folder = tmp_path_factory.mktemp("ranking")
    with filled(folder, items=ITEMS, events=EVENTS, ties=ties, posts=POSTS, facts=FACTS) as store:
        yield FeedOf(store)


def everything(feed):
    counts = [(kind, feed.store.count(kind)) for kind in Kind]
    ids = np.concatenate([np.arange(n) for _, n in counts])
    kinds = np.concatenate([np.full(n, kind, np.uint8) for kind, n in counts])
    return Candidates(ids, kinds, np.full(ids.size, 1 / 61, np.float32))


def test_a_score_is_the_sum_of_its_parts_and_each_part_is_of_one_kind(feed):
    query, found = feed.query("an"), everything(feed)
    parts = feed_parts(query, found, feed.services["society"], feed.services["posts"])
    scores = feed.part("scorers", "feed").score(query, found)
    np.testing.assert_allclose(scores, sum(parts.values()), rtol=1e-5)
    assert ((scores >= 0) & (scores < 1.5)).all()
    for name, part in parts.items():
        of = (
            Kind.POST
            if name.startswith("post.")
            else Kind.PERSON
            if name == "follow"
            else Kind.ITEM
        )
        assert not part[found.kinds != of].any()
    assert not parts["near"].any()
    assert parts["friends"][2] > 0 == parts["friends"][4]


def test_what_is_newer_than_the_training_is_judged_too(feed):
    kinds = np.array([Kind.ITEM, Kind.POST, Kind.PERSON], np.uint8)
    new = Candidates(np.full(3, 10**6), kinds, np.zeros(3, np.float32))
    assert feed.part("scorers", "feed").score(feed.query("an"), new).tolist() == [0, 0, 0]
    assert [r[0].kind for r in feed.part("explainers", "feed_reasons").explain(feed.query("an"), new)] == ["discover", "discover", "follow"]  # fmt: skip


def test_a_feed_is_served_without_what_failed_to_be_read(feed):
    scores = feed.part("scorers", "feed").score(Query(person=0), everything(feed))
    assert np.isfinite(scores).all()


def test_reasons_of_a_candidate_share_its_score(feed):
    page = feed.page("an", n=30)
    assert {item.ref.kind for item in page.items} == set(Kind)
    for item in page.items:
        assert item.reasons
        if item.reasons[0].kind not in ("discover", "again"):
            assert sum(r.share for r in item.reasons) == pytest.approx(1, abs=0.02)


def test_each_reason_says_what_it_rests_on(feed):
    page = feed.page("an", n=30)
    assert feed.reasons(page, Kind.ITEM, "i2")["friends_bought"].data == {"count": 2}
    taste = feed.reasons(page, Kind.ITEM, "i2")["taste"].evidence
    assert {witness.ref.number for witness in taste} <= set(
        feed.store.numbers(Kind.ITEM, ["i0", "i1"])
    )
    assert taste
    praise = feed.reasons(page, Kind.POST, "praise")
    assert praise["helpful"].data == {"likes": 9, "seen": 9}
    assert [w.ref for w in praise["taste"].evidence] == [(Kind.ITEM, 2)]
    assert "friend_review" in praise
    assert "friend_post" in feed.reasons(page, Kind.POST, "day")
    fault = feed.reasons(page, Kind.POST, "fault")
    assert fault["aspects"].data == {"aspects": ["price"]}
    assert fault["critical"].data == {"polarity": -1.0}
    assert "friend_review" not in fault
    assert feed.reasons(page, Kind.PERSON, "di")["follow"].data["count"] == 1


@pytest.mark.parametrize(("user", "whose"), [("an", {}), ("u0", {"everybody": True})])
def test_nobody_is_told_of_a_taste_that_is_not_known(feed, user, whose):
    query, found = feed.query(user), everything(feed)
    alike = np.ones_like(query.fields["likeness"])
    query = replace(query, fields={**query.fields, "likeness": alike})
    told = feed.part("explainers", "feed_reasons").explain(query, found)
    reasons = [one for row in told for one in row if one.kind == "taste"]
    assert reasons
    assert all(one.data == whose for one in reasons)
