"""What a friend keeps private is no reason for anybody; who hides or is blocked is gone from the very next page."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from zhiyin import Event
from zhiyin.core import Kind, Query

NOW = datetime(2025, 6, 1, 12, tzinfo=UTC)
FRIENDS = [f"b{n}" for n in range(4)]
PRIVATE = {"visibility": "private"}
OF_PEOPLE = {"friends", "people", "friends_bought", "friend_review", "friend_post"}


def bought(person, item, context=None):
    return Event(person, item, "purchase", time=NOW - timedelta(days=2), context=context or {})


@pytest.fixture
def circles(shop):
    """Two circles of ten people; "new" follows four of the second, who bought one thing openly and one privately."""
    rng = np.random.default_rng(0)
    for circle in "ab":
        people = [f"{circle}{n}" for n in range(10)]
        items = [(p, f"{circle}-item{i}") for p in people for i in rng.choice(12, 6, replace=False)]
        shop.record([bought(person, item) for person, item in items])
        pairs = [(one, two) for one in people for two in people if one != two]
        chosen = [pairs[at] for at in rng.choice(len(pairs), 30, replace=False)]
        shop.put("ties", [{"user": one, "other": two} for one, two in chosen])
    shop.put("ties", [{"user": "new", "other": friend} for friend in FRIENDS])
    shop.record([bought(friend, "open") for friend in FRIENDS])
    shop.record([bought(friend, "secret", PRIVATE) for friend in FRIENDS])
    shop.train()
    return shop


def reasons(shop, surface="home"):
    """Return item → kinds of its reasons on the page of "new"."""
    page = shop.recommend("new", n=40, surface=surface, time=NOW, is_preview=True)
    assert not page.degraded
    return {
        shop.catalogue.key(item.ref.number): {reason.kind for reason in item.reasons}
        for item in page.items
        if item.ref.kind == Kind.ITEM
    }


@pytest.mark.parametrize("surface", ["home", "feed"])
def test_what_was_bought_openly_is_a_reason_and_what_was_bought_privately_is_none(circles, surface):
    told = reasons(circles, surface)
    assert told["open"] & OF_PEOPLE
    assert not told.get("secret", set()) & (OF_PEOPLE | {"popular"})


def test_what_one_keeps_private_still_counts_for_oneself(circles):
    number = circles.store.number(Kind.ITEM, "secret")
    page = circles.recommend("b0", n=40, time=NOW, is_preview=True)
    assert number not in [item.ref.number for item in page.items]  # b0 has it
    circles.record([bought("late", "b-item1", PRIVATE), bought("late", "b-item2", PRIVATE)])
    page = circles.recommend("late", n=5, time=NOW, is_preview=True)
    assert all(item.reasons[0].kind in ("history", "people") for item in page.items)


@pytest.mark.parametrize("surface", ["home", "feed"])
def test_who_hides_is_gone_from_the_reasons_of_the_very_next_page(circles, surface):
    assert any(kinds & OF_PEOPLE for kinds in reasons(circles, surface).values())
    people = [f"b{n}" for n in range(10)]
    circles.put("users", [{"id": one, "attributes": {"social": "hidden"}} for one in people])
    assert not any(kinds & OF_PEOPLE for kinds in reasons(circles, surface).values())
    circles.put("users", [{"id": one, "attributes": {"social": "counted"}} for one in people])
    assert any(kinds & OF_PEOPLE for kinds in reasons(circles, surface).values())


def in_common(shop):
    """Return how many friends "new" has in common with each who is suggested for them."""
    return {
        one["user"]: reason["count"]
        for one in shop.people.to_follow("new")
        for reason in one["reasons"]
        if reason["kind"] == "common_friends"
    }


@pytest.mark.parametrize("is_own", [True, False])
@pytest.mark.parametrize("kind", ["block", "distrust", "mute"])
def test_a_tie_against_parts_at_once(circles, kind, is_own):
    assert {one["user"] for one in circles.people.ties("new")} == set(FRIENDS)
    before = in_common(circles)
    best = max(before, key=before.__getitem__)
    shut = ["b0", best]
    ends = [("new", one) if is_own else (one, "new") for one in shut]
    circles.put("ties", [{"user": one, "other": two, "kind": kind} for one, two in ends])
    assert {one["user"] for one in circles.people.ties("new")} == set(FRIENDS) - {"b0"}
    after = in_common(circles)
    assert not set(after) & set(shut)
    assert all(count <= before[user] for user, count in after.items())
    assert sum(after.values()) < sum(before[user] for user in before if user not in shut)

    rest = [friend for friend in FRIENDS if friend != "b0"]
    ends = [("new", one) if is_own else (one, "new") for one in rest]
    circles.put("ties", [{"user": one, "other": two, "kind": kind} for one, two in ends])
    assert circles.people.ties("new") == []
    assert not any("friends" in kinds for kinds in reasons(circles).values())
    assert not any(kinds & OF_PEOPLE for kinds in reasons(circles, "feed").values())
    assert in_common(circles) == {}


def test_who_hides_is_no_reason_on_the_page_of_an_item(circles):
    seeds = (circles.store.number(Kind.ITEM, "b-item1"),)

    def kinds(person):
        page = circles.page(Query(person=person, n=9, surface="similar", seeds=seeds))
        return {reason.kind for item in page.items for reason in item.reasons}

    everybody = [None, circles.store.number(Kind.PERSON, "new")]
    assert all(kinds(person) & OF_PEOPLE for person in everybody)
    people = [f"{circle}{n}" for circle in "ab" for n in range(10)]
    circles.put("users", [{"id": one, "attributes": {"social": "hidden"}} for one in people])
    assert not any(kinds(person) & OF_PEOPLE for person in everybody)
