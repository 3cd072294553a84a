"""Sources over a small shop of two tastes, of which some items nobody has touched."""

import numpy as np
import pytest

from tests.retrieval.feeds import FeedOf, ago, filled
from zhiyin.core import Candidates, Kind, Query
from zhiyin.core.records import Event, Item, Person, Post, Tie
from zhiyin.portraits.consents import Consents
from zhiyin.privacy.consent import COUNTED, HIDDEN, NAMED
from zhiyin.retrieval.friends import Friends
from zhiyin.store.frames import frame

TEAS, BIKES = [f"tea{n}" for n in range(4)], [f"bike{n}" for n in range(4)]
ITEMS = [Item(name, title=name) for name in [*TEAS, *BIKES, "tea-untouched", "bike-untouched"]]
VECTORS = np.array([[1, 0.1]] * 4 + [[-0.1, 1]] * 4 + [[1, 0], [0, 1]]) - 0.3
PEOPLE = {"an": "tea0 tea1", "bo": "tea1 tea2 tea3", "cy": "bike0 bike1", "di": "bike1 bike2 bike3", "ed": "tea0 tea3"}  # fmt: skip


@pytest.fixture(scope="module")
def feed(tmp_path_factory):
    events = [
        Event(user, item, "purchase", time=ago(9)) for user, items in PEOPLE.items() for item in items.split()
    ]  # fmt: skip
    events += [
        Event("bo", "bike3", "rating", value=1, time=ago(1)),
        Event("cy", "bike3", "purchase", time=ago(50)),
        Event("cy", "tea2", "view", time=ago(1)),
        Event("cy", "tea3", "purchase", time=ago(-1)),
    ]
    ties = [Tie(*pair.split()) for pair in ("an bo", "bo an", "an cy", "bo ed", "cy ed")]
    posts = [
        *(Post(f"praise{n}", "bo", "tea2", text="好", rating=5, time=ago(n)) for n in range(6)),
        Post("fault", "di", "tea2", text="差", rating=1, time=ago(200)),
        Post("other", "di", "bike2", text="差", rating=1, time=ago(200)),
    ]
    folder = tmp_path_factory.mktemp("social")
    with filled(folder, items=ITEMS, events=events, ties=ties, posts=posts) as store:
        yield FeedOf(store, VECTORS)


def found(feed, source, user, limit=20, kind=Kind.ITEM):
    query = feed.query(user)
    answer = feed.part("sources", source).retrieve(query, limit)
    assert (answer.kinds == kind).all()
    return feed.store.keys(kind, answer.ids[np.argsort(-answer.scores, kind="stable")])


def test_likeness_reaches_what_nobody_has_touched(feed):
    names = found(feed, "semantic", "an")
    assert "tea-untouched" in names
    assert not {"tea0", "tea1"} & set(names)
    assert not set(names) & {*BIKES, "bike-untouched"}
    assert found(feed, "semantic", "an", 1)[0] in names
    assert found(feed, "semantic", None) == []


def test_friends_speak_by_what_they_bought_and_praised_lately(feed):
    names = found(feed, "friends", "an")
    assert set(names) >= {"tea1", "tea2", "tea3", "bike0", "bike1"}
    assert "bike3" not in names  # one friend blames it, and that another bought it is long ago
    fields = feed.query("an").fields
    cy = fields["friend_person"] == feed.number("cy")
    assert (
        feed.store.number(Kind.ITEM, "tea2") not in fields["friend_item"][cy]
    )  # a look is nobody's business
    assert feed.store.number(Kind.ITEM, "tea3") not in fields["friend_item"][cy]  # not done yet


def test_friends_say_is_strength_by_recency_by_polarity(feed):
    fields = feed.query("an").fields
    strength = dict(zip(fields["circle"].tolist(), fields["circle_strength"].tolist(), strict=True))
    said = {
        (int(p), int(i)): float(a)
        for p, i, a in zip(fields["friend_person"], fields["friend_item"], fields["friend_amount"], strict=True)
    }  # fmt: skip
    bo, tea2, bike3 = feed.number("bo"), *feed.store.numbers(Kind.ITEM, ["tea2", "bike3"]).tolist()
    assert said[bo, tea2] == pytest.approx(strength[bo] * 2 ** (-9 / 14), rel=1e-5)
    assert said[bo, bike3] == pytest.approx(
        -strength[bo]
    )  # blame counts, at most one purchase's worth


def test_friends_who_say_nothing_propose_nothing():
    none = np.empty(0, np.int64)
    query = Query().with_fields({"friend_item": none, "friend_amount": none.astype(np.float32)})
    assert len(Friends().retrieve(query, 5)) == 0


def test_an_old_critical_review_is_proposed_for_an_item_that_is_shown(feed):
    names = found(feed, "posts", "an", 5, Kind.POST)
    assert len(names) == 5
    assert "fault" in names
    assert names[0].startswith("praise")


def test_people_to_follow_are_friends_of_friends_who_do_not_hide(feed):
    assert "ed" in found(feed, "people", "an", kind=Kind.PERSON)
    feed.store.write("users", frame([Person("ed", attributes={"social": "hidden"})]))
    assert "ed" not in found(feed, "people", "an", kind=Kind.PERSON)
    feed.store.write("users", frame([Person("ed", attributes={"social": "counted"})]))
    assert len(feed.part("sources", "people").retrieve(feed.query(None), 5)) == 0


def test_a_person_to_follow_is_told_by_how_many_know_him(feed):
    page = feed.page("an", n=20)
    reason = feed.reasons(page, Kind.PERSON, "ed")["follow"]
    assert reason.data["count"] == 2
    assert reason.evidence == ()
    feed.store.write("users", frame([Person(name, attributes={"social": "named"}) for name in ("an", "bo")]))  # fmt: skip
    [witness] = feed.reasons(feed.page("an", n=20), Kind.PERSON, "ed")["follow"].evidence
    assert witness.ref == (Kind.PERSON, feed.number("bo"))


def test_the_filter_holds_back_what_a_source_let_through(feed):
    consented = feed.part("filters", "consented")
    posts = feed.store.numbers(Kind.POST, ["fault", "praise0"])
    refs = [*((Kind.POST, int(n)) for n in posts), (Kind.PERSON, feed.number("di")), (Kind.ITEM, 0)]
    refs += [(Kind.POST, 10_000)]
    kinds, ids = zip(*refs, strict=True)
    asked = Candidates(np.array(ids), np.array(kinds, np.uint8), np.zeros(len(ids), np.float32))
    assert consented.keep(Query(), asked).tolist() == [True, True, True, True, False]
    feed.store.write("users", frame([Person("di", attributes={"social": "hidden"})]))
    assert consented.keep(Query(), asked).tolist() == [False, True, False, True, False]
    feed.store.write("users", frame([Person("di", attributes={"social": "counted"})]))
    assert consented.is_hard


def test_consents_are_those_of_this_moment(feed):
    consents = Consents(feed.store)
    who = np.array([feed.number("cy"), 99_999])
    for word, level in (("hidden", HIDDEN), ("named", NAMED), ("counted", COUNTED)):
        feed.store.write("users", frame([Person("cy", attributes={"social": word})]))
        assert consents(who).tolist() == [level, COUNTED]
    assert consents(who[:0]).shape == (0,)


@pytest.mark.parametrize("user", ["p3", "nobody", None])
def test_a_shop_without_ties_posts_and_places_has_a_feed_of_goods(tmp_path, user):
    events = [Event(f"p{i}", f"i{(i * k) % 11}", "purchase") for i in range(9) for k in range(5)]
    with filled(tmp_path, events=events) as store:
        feed = FeedOf(store)
        store.write("events", frame([Event("later", "only-later", "purchase")]))
        page = feed.page(user, n=5)
        assert {item.ref.kind for item in page.items} == {Kind.ITEM}
        assert len(page.items) == 5
        assert len(feed.page("later", n=5).items) == 5
