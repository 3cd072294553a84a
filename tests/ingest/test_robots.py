from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl
import pytest

from zhiyin.ingest import robots as module
from zhiyin.ingest.checking import checked
from zhiyin.ingest.formats.complete_journey import CompleteJourney
from zhiyin.ingest.formats.hetrec_lastfm import HetrecLastfm
from zhiyin.ingest.robots import Robots

START = datetime(2024, 5, 1, 8, tzinfo=UTC)


def events(user, seconds):
    times = [START + timedelta(seconds=int(second)) for second in seconds]
    return pl.DataFrame(
        {"user": user, "time": times}, schema={"user": pl.String, "time": pl.Datetime("us", "UTC")}
    )


def people(n_people=500, n_events=40_000):
    rng = np.random.default_rng(7)
    return pl.concat(
        events(f"u{person}", rng.integers(0, 30 * 86_400, n_events // n_people))
        for person in range(n_people)
    )


def found(rows, pieces=7):
    robots = Robots()
    for piece in rows.sort("time").iter_slices(rows.height // pieces + 1):
        robots.add(piece)
    return robots.found


def test_a_robot_among_people_is_found_and_nobody_else():
    robot = events("r2", range(0, 3600, 2))
    assert found(pl.concat([people(), robot])) == [("r2", START, 1800)]
    assert found(people()) == []


@pytest.mark.parametrize(
    ("seconds", "is_robot"),
    [
        ([n % 100 for n in range(1000)], True),
        ([n % 100 for n in range(999)], False),
        ([n % 99 for n in range(5000)], False),
        ([0] * 20_000, False),
        ([n * 60 for n in range(60)] * 50, False),
        ([1800 + n for n in range(3600)], True),
        ([3200 + n for n in range(800)], False),
    ],
)
def test_a_thousand_events_at_a_hundred_seconds_of_an_hour_are_a_robot_s(seconds, is_robot):
    for pieces in (1, 13):
        assert bool(found(events("x", seconds), pieces)) is is_robot


def test_events_without_a_time_do_not_count():
    robots = Robots()
    robots.add(
        pl.DataFrame({"user": ["x"] * 2000, "time": [None] * 2000}).cast(
            {"time": pl.Datetime("us", "UTC")}
        )
    )
    assert robots.found == []
    assert Robots().found == []


def test_memory_is_bounded_and_the_busiest_stay(monkeypatch):
    monkeypatch.setattr(module, "_MOST_PAIRS", 2000)
    robots = Robots()
    for piece in pl.concat([people(), events("r2", range(1500))]).sort("time").iter_slices(1000):
        robots.add(piece)
        assert sum(counts.height for counts in robots._counts) <= 2000
    assert [user for user, _, _ in robots.found] == ["r2"]


def test_notes_name_the_busiest_and_count_the_others():
    robots = Robots()
    for robot in range(5):
        robots.add(events(f"r{robot}", range(1000 + robot)))
    *named, others = robots.notes
    assert named[0].startswith("r4 has 1,004 events in the hour from 2024-05-01 08:00 UTC")
    assert len(named) == 3
    assert others.startswith("2 more hours")
    assert Robots().notes == ()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("form", "folder"), [(CompleteJourney(), "complete_journey"), (HetrecLastfm(), "hetrec_lastfm")]
)
def test_households_and_taggers_are_no_robots(shared_data, form, folder):
    robots = Robots()
    for batch in form.batches([shared_data / folder]):
        if {"user", "time"} <= set(batch.rows.columns):
            rows = checked(batch.kind, batch.rows)[0]
            robots.add(rows.filter(rows["user"].is_not_null()))
    assert robots.found == []
