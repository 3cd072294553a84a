"""The network as its operator sees it: two circles of other tastes, an expert, and friends who move or do not move."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from tests.portraits.test_people import society_of
from zhiyin.core.records import Event, Item, Person, Post, Tie
from zhiyin.portraits.consents import Consents
from zhiyin.portraits.network import influence_of, network_of
from zhiyin.portraits.people import People
from zhiyin.store.frames import frame
from zhiyin.store.store import Store

TIME = datetime(2025, 3, 1, tzinfo=UTC)
ITEMS = [
    Item(f"{brand}{n}", title=f"{brand} {n}", brand=brand, category=kind)
    for brand, kind in (("Lu", "tea"), ("Mo", "bikes"))
    for n in range(4)
]
CIRCLES = [[f"a{n}" for n in range(12)], [f"b{n}" for n in range(15)]]


def vote(user, post, type_="like"):
    return Event(user, post, type_, target="post", time=TIME)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    rng = np.random.default_rng(0)
    ties = [
        Tie(one, two)
        for circle in CIRCLES
        for one in circle
        for two in rng.choice(circle, 5, replace=False)
        if one != two
    ]
    ties += [Tie("a0", "b0"), Tie("b0", "a0"), Tie("a1", "b1", "block"), Tie("a1", "a2", "trust")]
    bought = [
        Event(user, f"{brand}{n}", "purchase", time=TIME)
        for circle, brand in zip(CIRCLES, ("Lu", "Mo"), strict=True)
        for user in circle
        for n in range(4)
        for _ in range(8)
    ]
    posts = [Post(f"p{n}", "a0", f"Lu{n}", kind="review", text="好") for n in range(4)]
    posts += [Post("vain", "a1", "Lu0", kind="review", text="好")]
    posts += [Post("bikes", "b2", "Mo0", kind="review", text="好")]
    votes = [vote(user, f"p{n}") for user in CIRCLES[1] for n in range(4)]
    votes += [vote("a1", "vain"), *(vote(user, "bikes") for user in CIRCLES[0])]
    with Store.open(tmp_path_factory.mktemp("network") / "shop.db") as store:
        for kind, told in (("items", ITEMS), ("ties", ties), ("events", bought), ("posts", posts)):
            store.write(kind, frame(told))
        store.write("events", frame(votes))
        store.write("users", frame([Person("loner")]))
        yield store


@pytest.fixture(scope="module")
def society(store):
    return society_of(store)


def told(store, society):
    return network_of(store, Consents(store), society)


def test_ties_are_counted_by_direction(store, society):
    found = told(store, society)
    pairs = {(one, two) for chunk in store.ties() for one, two, kind in chunk.select("person", "other", "kind").rows() if kind != "block"}  # fmt: skip
    mutual = sum((two, one) in pairs for one, two in pairs)
    assert found["people"] == 28
    assert found["ties"] == {
        "declared": len(pairs), "reciprocity": pytest.approx(mutual / len(pairs), abs=1e-4), "against": 1,
    }  # fmt: skip


def test_trust_is_by_word_and_by_votes(store, society):
    # a0 is voted for by all of the other circle, b2 by all of the first, and one tie is of trust.
    assert told(store, society)["trust"] == {"people": 27, "ties": 15 + 12 + 1}


def test_communities_are_told_with_what_they_choose_more_often(store, society):
    found = told(store, society)["communities"]
    assert (found["number"], found["people"]) == (2, 27)
    assert found["modularity"] > 0.4 > found["by_chance"] + 0.05
    assert [one["people"] for one in found["largest"]] == [15, 12]
    chosen = [{(it["facet"], it["value"]) for it in one["prefers"]} for one in found["largest"]]
    assert chosen == [{("brand", "Mo"), ("category", "bikes")}, {("brand", "Lu"), ("category", "tea")}]  # fmt: skip
    assert all(it["times"] > 1.4 for one in found["largest"] for it in one["prefers"])


def test_experts_are_found_helpful_by_others_and_not_by_themselves(store, society):
    found = {one["category"]: one["people"] for one in told(store, society)["experts"]}
    assert [one["user"] for one in found["tea"]] == ["a0"]
    assert [one["user"] for one in found["bikes"]] == ["b2"]
    # 60 of 60 found four posts helpful: 4 / 9 of Wilson's bound.
    assert found["tea"][0]["score"] == pytest.approx(4 / 9 * 60 / (60 + 1.96**2), abs=1e-3)
    store.write("users", frame([Person("a0", attributes={"social": "hidden"})]))
    assert {one["category"]: one["people"] for one in told(store, society)["experts"]}["tea"] == []
    store.write("users", frame([Person("a0", attributes={"social": "counted"})]))


def test_it_is_made_once_for_each_training(store, society):
    now = [society]
    people = People(store, lambda: now[0])
    first = people.network()
    assert people.network() is first
    now[0] = society_of(store)
    assert people.network() is not first
    assert people.network() == first


def test_a_shop_without_ties_posts_and_purchases_has_a_network_of_nobody(tmp_path):
    with Store.open(tmp_path / "shop.db") as store:
        store.write("events", frame([Event("an", "tea", time=TIME)]))
        alone = society_of(store)
        found = told(store, alone)
        assert found["ties"] == {"declared": 0, "reciprocity": None, "against": 0}
        assert found["communities"] == {
            "number": 0, "people": 0, "modularity": 0.0, "by_chance": 0.0, "largest": [],
        }  # fmt: skip
        assert found["experts"] == []
        nothing = influence_of(store, alone)
        assert (nothing["exposed"], nothing["naive"], nothing["matched"]) == (0, None, None)


def followed(folder, pull, seed=0):
    """Everybody buys an item a day by chance; of who follows a buyer a share does a day later."""
    rng = np.random.default_rng(seed)
    n, items, days = 120, 30, 40
    follows = rng.random((n, n)) < 0.05
    np.fill_diagonal(follows, 0)
    taken = np.full((n, items), days)
    for day in range(days):
        seen = (follows @ (taken == day - 1)) > 0
        chance = 0.004 + pull * seen
        taken[(taken == days) & (rng.random((n, items)) < chance)] = day
    bought = [
        Event(f"u{one}", f"i{item}", "purchase", time=TIME + timedelta(days=int(taken[one, item])))
        for one, item in zip(*np.nonzero(taken < days), strict=True)
    ]
    ties = [Tie(f"u{one}", f"u{two}") for one, two in zip(*np.nonzero(follows), strict=True)]
    store = Store.open(folder / "shop.db")
    store.write("events", frame(bought))
    store.write("ties", frame(ties))
    return store


def test_influence_is_found_where_it_is_and_not_where_it_is_not(tmp_path):
    found = {}
    for pull in (0.0, 0.3):
        folder = tmp_path / str(pull)
        folder.mkdir()
        with followed(folder, pull) as store:
            found[pull] = influence_of(store, society_of(store))
    assert found[0.0]["low"] < 0 < found[0.0]["high"]
    assert found[0.3]["low"] > 0.05
    for told_ in found.values():
        assert told_["window_days"] == 14
        assert told_["exposed"] > 50
        assert datetime.fromisoformat(told_["since"]) > TIME
