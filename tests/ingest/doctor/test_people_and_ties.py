"""People, what ties them, and what nobody knows."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.ingest.doctor.conftest import NOW, Examined, unwell
from zhiyin.core.records import Chat, Event, Fact, Interaction, Item, Person, Tie


def test_people_of_one_item(examined: Examined) -> None:
    guests = [Event(f"guest{n}", "i1", "view", time=NOW - timedelta(hours=n)) for n in range(200)]
    findings = examined(guests, [Event("guest0", "i1", "like", time=NOW)])
    found = findings["people.one_item"]
    assert (found.status, found.found, found.of) == ("WARN", 200, 350)
    assert "199 of them with one event" in found.what
    assert found.examples[0]["person"] == "guest0"


@pytest.mark.parametrize(
    ("every_s", "n", "is_robot"),
    [(3, 1_000, True), (3, 999, False), (4, 1_000, False), (0.01, 1_000, False)],
)
def test_robots_are_fast_and_no_import(
    examined: Examined, every_s: float, n: int, is_robot: bool
) -> None:
    start = NOW - timedelta(days=3, minutes=47)
    crawl = [
        Event("bot", f"i{k % 60}", time=start + timedelta(seconds=k * every_s)) for k in range(n)
    ]
    found = examined(crawl)["people.robots"]
    assert found.found == int(is_robot)
    if is_robot:
        told = {"person": "bot", "events": n, "time": "2026-05-28 23:13:00"}
        assert (found.status, found.examples) == ("WARN", [told])


def test_one_person_with_much_of_everything(examined: Examined) -> None:
    till = [Event("till", f"i{n % 60}", time=NOW - timedelta(hours=5 * n)) for n in range(400)]
    found = examined(till)["people.dominant"]
    assert (found.status, found.found, found.of) == ("WARN", 400, 3600)
    assert found.examples == [{"person": "till", "events": 400}]


def test_few_people_have_large_shares_by_right(alone: Examined) -> None:
    findings = alone([Event(f"u{n}", item, time=NOW) for n in range(9) for item in ("tea", "pot")])
    assert findings["people.dominant"].status == "PASS"
    assert findings["size.people"].status == "WARN"
    assert (findings["size.people"].found, findings["size.people"].of) == (9, 9)


def test_a_catalogue_with_other_ids_fails(alone: Examined) -> None:
    events = [Event(f"u{n}", f"i{n % 10}", time=NOW) for n in range(100)]
    described = [Item(f"sku-{n}", title=f"t{n}") for n in range(10)]
    found = alone(events, described)["orphans.items"]
    assert (found.status, found.found, found.of) == ("FAIL", 10, 10)


def test_no_catalogue_is_a_warning_without_examples(alone: Examined) -> None:
    found = alone([Event("an", "tea", time=NOW)])["orphans.items"]
    assert (found.status, found.examples) == ("WARN", ())


def test_items_named_by_messages_and_chats_are_touched(alone: Examined) -> None:
    told = [Interaction("an", "bo", item="tea"), Chat("c", "shopper", "hi", item="pot")]
    assert alone(told)["orphans.items"].found == 2


def test_events_on_posts_that_nobody_wrote(examined: Examined) -> None:
    liked = [Event("u1", post, "like", time=NOW, target="post") for post in ("p1", "ghost")]
    found = examined(liked)["orphans.posts"]
    assert (found.status, found.found, found.of) == ("WARN", 1, 2)
    assert found.examples == [{"post": "ghost"}]


def test_tied_to_people_nobody_knows(examined: Examined) -> None:
    ties = [Tie(*pair) for n in range(50) for pair in ((f"x{n}", "u1"), ("u1", f"x{n}"))]
    findings = examined(ties, [Person("x0", attributes={"age": 30})])
    found = findings["orphans.people"]
    assert (found.status, found.found, found.of) == ("WARN", 49, 200)
    assert found.examples[0] == {"person": "x1"}


def test_facts_about_nothing(examined: Examined) -> None:
    facts = [
        Fact("i1", "colour", "red"),
        Fact("ghost", "colour", "blue"),
        Fact("u1", "likes", "tea", subject_kind="person"),
        Fact("nobody", "likes", "rum", subject_kind="person"),
        Fact("p1", "tone", "glad", subject_kind="post"),
        Fact("unwritten", "tone", "sad", subject_kind="post"),
    ]
    found = examined(facts)["orphans.facts"]
    assert (found.status, found.found, found.of) == ("WARN", 3, 6)
    assert [row[kind] for row, kind in zip(found.examples, ("item", "post", "person"), strict=True)] == [
        "ghost", "unwritten", "nobody",
    ]  # fmt: skip
    assert found.examples[0]["value"] == "blue"


@pytest.mark.parametrize(
    ("check", "planted", "found", "example"),
    [
        ("ties.self", [Tie("u1", "u1")], 1, {"person": "u1", "tie": "friend"}),
        ("ties.duplicates", [Tie("u1", "u2", "Friends")], 2, {"person": "u1", "other": "u2", "tie": "Friends"}),
        ("ties.one_way", [Tie("u1", f"u{n}") for n in range(10, 60)], 50, {"person": "u1", "other": "u10", "tie": "friend"}),
        ("ties.hubs", [Tie(f"u{n}", "star", "follow") for n in range(30)], 1, {"person": "star", "people": 30}),
    ],
)  # fmt: skip
def test_ties(
    examined: Examined, check: str, planted: list[Tie], found: int, example: dict[str, object]
) -> None:
    finding = examined(planted)[check]
    assert (finding.status, finding.found) == ("WARN", found)
    assert example in finding.examples


def test_followers_need_not_follow_back(examined: Examined) -> None:
    assert unwell(examined([Tie(f"u{n}", "u1", "follow") for n in range(10, 20)])) == {}
