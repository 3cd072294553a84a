"""Somebody who comes after the training, with friends, gets a list by them at once."""

import numpy as np
import pytest

from zhiyin import Event
from zhiyin.core import Kind, Query
from zhiyin.core.records import Tie


@pytest.fixture
def circles(shop):
    """Two circles of ten people who know each other and like other things."""
    rng = np.random.default_rng(0)
    for circle in "ab":
        people = [f"{circle}{n}" for n in range(10)]
        shop.record(
            [
                Event(person, f"{circle}-item{item}", "purchase")
                for person in people
                for item in rng.choice(12, 6, replace=False)
            ]
        )
        pairs = [(one, two) for one in people for two in people if one != two]
        chosen = [pairs[at] for at in rng.choice(len(pairs), 30, replace=False)]
        shop.put("ties", [{"user": one, "other": two} for one, two in chosen])
    shop.train()
    return shop


def keys(shop, page):
    return [shop.catalogue.key(item.ref.number) for item in page.items]


def test_a_newcomer_is_served_by_friends_and_told_so_without_names(circles):
    circles.put("ties", [{"user": "new", "other": f"b{n}"} for n in range(4)])
    page = circles.recommend("new", n=5)
    assert all(key.startswith("b-") for key in keys(circles, page))
    kinds = {reason.kind for item in page.items for reason in item.reasons}
    assert kinds & {"friends", "people"}
    for item in page.items:
        assert sum(reason.share for reason in item.reasons) == pytest.approx(1, abs=0.02)
        assert not any(w.ref.kind == Kind.PERSON for r in item.reasons for w in r.evidence)


def test_distrust_makes_nobody_a_friend(circles):
    assert Tie("new", "b1", strength=-1.0).strength == -1
    circles.put("ties", [{"user": "new", "other": "b1", "strength": -1.0}])
    circles.put("ties", [{"user": "new", "other": "b2", "kind": "block"}])
    circles.put("ties", [{"user": "new", "other": "a1", "strength": 0.5}])
    person = circles.store.number(Kind.PERSON, "new")
    assert circles.store.friends(person).tolist() == [circles.store.number(Kind.PERSON, "a1")]


def test_a_page_about_an_item_has_no_person_in_its_reasons(circles):
    number = circles.store.number(Kind.ITEM, "a-item1")
    person = circles.store.number(Kind.PERSON, "b1")
    page = circles.page(Query(person=person, n=5, surface="similar", seeds=(number,)))
    for item in page.items:
        assert sum(reason.share for reason in item.reasons) == pytest.approx(1, abs=0.02)


@pytest.mark.parametrize("kind", ["follow", "trust", "friend"])
def test_who_is_followed_now_is_suggested_no_more(circles, kind):
    suggested = [one["user"] for one in circles.people.to_follow("a0")]
    circles.put("ties", [{"user": "a0", "other": suggested[0], "kind": kind}])
    assert [one["user"] for one in circles.people.to_follow("a0")] == suggested[1:]


@pytest.mark.parametrize("kind", ["block", "mute", "distrust"])
def test_a_tie_of_strength_0_is_taken_back(circles, kind):
    before = circles.people.ties("a0")
    other = before[0]["user"]
    circles.put("ties", [{"user": "a0", "other": other, "kind": kind}])
    assert circles.people.ties("a0") == before[1:]
    circles.put("ties", [{"user": "a0", "other": other, "kind": kind, "strength": 0}])
    assert circles.people.ties("a0") == before
    circles.train()
    assert other in {one["user"] for one in circles.people.ties("a0")}
    assert circles.people.network()["ties"]["against"] == 0
