"""Events: repeats, types, values, and whose they are."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.ingest.doctor.conftest import NOW, Examined, clean_records, unwell
from zhiyin.core.records import Event

DAY = timedelta(days=1)


def test_repeats_soon_after_are_told_from_a_second_import(examined: Examined) -> None:
    twice = [Event("u1", f"i{n % 60}", "like", time=NOW - n * DAY / 9) for n in range(900)]
    near = examined([event for event in twice for _ in range(2)])
    assert unwell(near)["events.repeated"] == "WARN"
    assert near["events.repeated"].found == 900
    assert near["events.imported_twice"].found == 0


def test_a_second_import_under_other_ids_fails(examined: Examined) -> None:
    events = clean_records()[2]
    again = [
        Event(e.user, e.item, e.type, e.value, e.time, event_id=f"other-{n}")
        for n, e in enumerate(events)
    ]
    findings = examined(again)
    assert unwell(findings) == {"events.imported_twice": "FAIL"}
    found = findings["events.imported_twice"]
    assert (found.found, found.of) == (len(events), 2 * len(events))
    assert found.examples[0]["person"] == "u0"
    assert found.examples[0]["title"]


def test_events_of_unknown_time_are_no_repeats(examined: Examined) -> None:
    findings = examined([Event("u1", "i1", "play", event_id=f"p{n}") for n in range(250)])
    assert "events.repeated" not in unwell(findings)


def test_an_unknown_type_is_named_with_the_nearest(examined: Examined) -> None:
    planted = [Event("u1", "i1", said, time=NOW) for said in ("purchse", "加购", "xyzzy")]
    found = examined(planted)["events.types"]
    assert (found.status, found.found) == ("WARN", 3)
    nearest = {row["type"]: row["nearest"] for row in found.examples}
    assert nearest == {"purchse": "purchase", "加购": "cart", "xyzzy": "none"}


@pytest.mark.parametrize(("types", "status"), [(["view"], "WARN"), (["view", "purchase"], "PASS")])
def test_views_alone_say_little(alone: Examined, types: list[str], status: str) -> None:
    findings = alone([Event("an", "tea", said, time=NOW) for said in types])
    assert findings["events.one_type"].status == status


def test_quantities_that_cannot_be(examined: Examined) -> None:
    planted = [
        Event("u1", "i1", "purchase", value, NOW - n * DAY)
        for n, value in enumerate((-1.0, 0.0, 999_999.0, 1e6))
    ]
    found = examined(planted)["events.values"]
    assert (found.status, found.found, found.of) == ("WARN", 2, 4)
    assert [row["value"] for row in found.examples] == [-1.0, 1e6]


@pytest.mark.parametrize(("n_ratings", "low", "high"), [(100, 6, 10), (40, 20, 100)])
def test_ratings_on_another_scale(examined: Examined, n_ratings: int, low: int, high: int) -> None:
    planted = [
        Event("u1", f"i{n % 60}", "rating", float(low + n % (high - low + 1)), NOW - n * DAY)
        for n in range(n_ratings)
    ]
    found = examined(planted)["ratings.scales"]
    assert found.status == "WARN"
    assert found.found >= n_ratings
    assert found.examples


def test_ratings_that_copy_purchases_leak(examined: Examined) -> None:
    at = [NOW - n * DAY for n in range(200)]
    sold = [Event(f"u{n % 7}", f"i{n % 60}", "purchase", time=at[n]) for n in range(200)]
    rated = [
        Event(
            f"u{n % 7}", f"i{n % 60}", "rating", 4.0, at[n] + timedelta(hours=2 if n < 190 else 40)
        )
        for n in range(200)
    ]
    alone_it_passes = examined(sold)
    assert alone_it_passes["ratings.leak"].status == "PASS"
    findings = examined(sold, rated, rated)
    assert findings["ratings.leak"].found >= 190
    assert findings["ratings.leak"].status == "PASS"  # half of all ratings are the clean shop's


def test_a_shop_whose_ratings_are_all_of_the_day_of_purchase(alone: Examined) -> None:
    noon = NOW.replace(hour=12)
    sold = [Event(f"u{n}", f"i{n % 9}", "purchase", time=noon - n * DAY) for n in range(100)]
    rated = [Event(e.user, e.item, "rating", 5.0, e.time + timedelta(hours=1)) for e in sold]
    found = alone(sold, rated)["ratings.leak"]
    assert (found.status, found.found, found.of) == ("WARN", 100, 100)
    assert found.examples[0] == {
        "person": "u0", "item": "i0", "type": "rating", "value": 5.0, "time": "2026-06-01 13:00:00"
    }  # fmt: skip


def test_reviews_that_are_also_ratings_are_counted_and_fine(examined: Examined) -> None:
    posts = clean_records()[3]
    findings = examined([Event(p.user, p.item, "rating", p.rating, p.time) for p in posts])
    assert unwell(findings) == {}
    assert findings["ratings.written"].found == 200
