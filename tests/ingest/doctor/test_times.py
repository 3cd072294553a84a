"""When events happened."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.ingest.doctor.conftest import NOW, Examined, unwell
from zhiyin.core.records import Event
from zhiyin.ingest.doctor.shop_data import when

DAY = timedelta(days=1)


def at(times: list[datetime | None]) -> list[Event]:
    """Return one event at each time, by many people on many items."""
    return [Event(f"a{n % 40}", f"b{n % 30}", "like", time=t) for n, t in enumerate(times)]


def spread(n: int, *, days: int = 60) -> list[datetime | None]:
    return [NOW - timedelta(seconds=7919 * k % (days * 86_400)) for k in range(n)]


def test_unknown_times(examined: Examined) -> None:
    found = examined(at([None] * 900))["times.known"]
    assert (found.status, found.found, found.of) == ("WARN", 900, 4100)
    assert found.examples[0] == {"person": "a0", "item": "b0", "type": "like"}


def test_one_event_in_the_future_fails(examined: Examined) -> None:
    findings = examined(at([NOW + 2 * DAY, NOW + timedelta(hours=1)]))
    found = findings["times.future"]
    assert (found.status, found.found) == ("FAIL", 1)
    assert found.examples[0]["time"] == "2026-06-03 00:00:00"


def test_a_time_before_shops_kept_any(examined: Examined) -> None:
    found = examined(at([datetime(1970, 1, 1, tzinfo=UTC)]))["times.ancient"]
    assert (found.status, found.found) == ("WARN", 1)
    assert found.examples[0]["time"] == "1970-01-01 00:00:00"


@pytest.mark.parametrize(("n_copied", "status"), [(0, "PASS"), (50, "WARN"), (2_000, "FAIL")])
def test_the_second_of_the_import(alone: Examined, n_copied: int, status: str) -> None:
    found = alone(at([NOW - DAY] * n_copied + spread(100)))["times.same_second"]
    assert found.status == status
    assert found.found >= n_copied


@pytest.mark.parametrize("offset_hours", [0, 16])
def test_midnight_in_any_zone_is_a_day_and_no_time(alone: Examined, offset_hours: int) -> None:
    days = [NOW - (n % 50) * DAY + timedelta(hours=offset_hours - 24) for n in range(400)]
    found = alone(at(days))["times.days_only"]
    assert (found.status, found.found) == ("WARN", 400)
    assert found.examples == [{"time_of_day_utc": f"{offset_hours:02}:00:00", "events": 400}]
    assert alone(at(spread(400)))["times.days_only"].status == "PASS"


def test_a_hole_amid_busy_days(alone: Examined) -> None:
    times = [NOW - DAY / 2 - n * DAY / 3 for n in range(900)]  # three a day for 300 days
    hole = (NOW - 200 * DAY, NOW - 150 * DAY)
    found = alone(at([t for t in times if not hole[0] < t < hole[1]]))["times.gaps"]
    assert found.status == "WARN"
    assert found.found == pytest.approx(50, abs=1)
    [gap] = found.examples
    assert (gap["from"], gap["to"]) == ("2025-11-13", "2026-01-01")


def test_a_quiet_shop_has_no_hole(alone: Examined) -> None:
    assert alone(at([NOW - n * 40 * DAY for n in range(30)]))["times.gaps"].status == "PASS"


def test_old_data(alone: Examined) -> None:
    found = alone(at([t and t - 100 * DAY for t in spread(50)]))["times.newest"]
    assert found.status == "WARN"
    assert "100 days ago" in found.what
    assert "times.newest" not in unwell(alone(at(spread(50))))


@pytest.mark.parametrize(
    ("time_us", "said"),
    [(-1, "1969-12-31 23:59:59"), (2**62, "4,611,686,018,427,387,904 microseconds from 1970")],
)
def test_any_number_can_be_said_as_a_time(time_us: int, said: str) -> None:
    assert when(time_us) == said
