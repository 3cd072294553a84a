"""What was done and what came of pages, by numbers that can be checked by hand."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from zhiyin.core import Event
from zhiyin.core.impression import Impression
from zhiyin.core.times import to_us
from zhiyin.insights.counting import counted
from zhiyin.insights.days import Days
from zhiyin.insights.insights import Insights
from zhiyin.store.frames import frame
from zhiyin.store.store import Store

NOON = datetime(2026, 5, 2, 12, tzinfo=UTC)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
SHANGHAI = ZoneInfo("Asia/Shanghai")


def tell(store: Store, shown: Sequence[Impression], done: Sequence[Event]) -> None:
    """Store items 0 to 3 (a to d) and people 0 and 1 (an and bo), then pages and events."""
    store.write(
        "events", frame([Event("an", "a"), Event("bo", "b"), Event("an", "c"), Event("an", "d")])
    )
    store.record_impressions(shown)
    store.write("events", frame(done))


def page(
    request: str,
    person: int | None,
    items: tuple[int, ...],
    time: datetime = NOON,
    surface: str = "home",
) -> Impression:
    return Impression(request, person, surface, to_us(time), items, (1.0,) * len(items))


def test_visits_end_with_half_an_hour_of_rest(store_url: str) -> None:
    done = [Event("an", "a", "view", time=NOON + n * MINUTE) for n in (0, 29, 58, 89)]
    with Store.open(store_url) as store:
        tell(
            store,
            [page("r", 1, (0,)), page("s", None, (0,))],
            [*done, Event("an", "b", "cart", time=NOON + DAY)],
        )
        found = counted(store.ranges, Days.up_to(date(2026, 5, 3), 2, ZoneInfo("UTC")))
    assert found.done() == {
        "visits": 4, "people": 2, "views": 4, "favourites": 0, "carts": 1, "purchases": 0,
    }  # fmt: skip
    assert [row["visits"] for row in found.daily(Days.up_to(date(2026, 5, 3), 2, SHANGHAI))] == [
        3,
        1,
    ]


def test_days_end_where_people_live(store_url: str) -> None:
    late = datetime(2026, 5, 1, 17, tzinfo=UTC)
    with Store.open(store_url) as store:
        tell(store, [page("r", 0, (0, 1), late)], [Event("an", "a", "view", time=late)])
        there = counted(store.ranges, Days(date(2026, 5, 2), 1, SHANGHAI))
        here = counted(store.ranges, Days(date(2026, 5, 2), 1, ZoneInfo("UTC")))
    assert (there.total()["shown"], there.done()["views"]) == (2, 1)
    assert (here.total()["shown"], here.done()["views"]) == (0, 0)


def test_only_what_a_page_caused_is_its_own(store_url: str) -> None:
    pages = [
        page("r", 0, (0, 1)),
        page("s", 1, (2,), surface="hot"),
        page("t", 0, (0,), NOON - DAY),
    ]
    done = [
        Event("an", "a", "click", time=NOON, request_id="r"),
        Event("an", "a", "view", time=NOON, request_id="r"),
        Event("an", "a", "purchase", time=NOON + DAY, request_id="r"),
        Event("an", "b", "click", time=NOON),
        Event("an", "c", "click", time=NOON, request_id="s"),
    ]
    with Store.open(store_url) as store:
        tell(store, pages, done)
        found = counted(store.ranges, Days(date(2026, 5, 2), 1, ZoneInfo("UTC")))
    told = found.total()
    assert {name: told[name] for name in ("pages", "shown", "clicked", "carted", "bought")} == {
        "pages": 2, "shown": 3, "clicked": 1, "carted": 0, "bought": 1,
    }  # fmt: skip
    assert told["click_rate"] == 1 / 3
    assert found.total("hot")["click_rate"] == 0.0
    assert [one["surface"] for one in found.by_surface()] == ["home", "hot"]
    assert found.of_items().rows() == [(0, 1, 1, 0, 1), (1, 1, 0, 0, 0), (2, 1, 0, 0, 0)]


def test_the_error_of_the_click_rate_is_that_of_a_ratio_over_pages(store_url: str) -> None:
    pages = [page("r", 0, (0, 1)), page("s", 0, (2,))]
    with Store.open(store_url) as store:
        tell(store, pages, [Event("an", "a", "click", time=NOON, request_id="r")])
        told = counted(store.ranges, Days(date(2026, 5, 2), 1, ZoneInfo("UTC"))).total()
    residuals = [1 - 2 / 3, 0 - 1 / 3]
    assert told["click_rate_error"] == pytest.approx(math.hypot(*residuals) / 3)


def test_nothing_is_told_as_nothing(store_url: str) -> None:
    with Store.open(store_url) as store:
        told = Insights(store, "UTC").overview(7)
    assert told["first"] is None
    assert told["served"]["click_rate"] is None
    assert told["exposure"] == {"items": 0, "shown": 0, "coverage": None, "gini": None}
    assert len(told["daily"]) == 7
    assert told["items"] == []


def test_what_happens_is_counted_at_once_and_kept_while_nothing_does(
    store_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts: list[Days] = []

    def noted(ranges: object, days: Days) -> object:
        counts.append(days)
        return counted(store.ranges, days)

    monkeypatch.setattr("zhiyin.insights.insights.counted", noted)
    monkeypatch.setattr("zhiyin.insights.insights._REST", 0.0)
    with Store.open(store_url) as store:
        tell(store, [page("r", 0, (0, 1))], [Event("an", "a", "view", time=NOON)])
        insights = Insights(store, "UTC")
        for surface in ("", "home", "hot"):
            told = insights.overview(1, surface=surface)
        assert (told["until"], told["served"]["pages"]) == ("2026-05-02", 0)
        assert len(counts) == 2
        assert insights.overview(1)["exposure"] == {
            "items": 4,
            "shown": 2,
            "coverage": 0.5,
            "gini": 0.5,
        }
        store.write("events", frame([Event("an", "a", "click", time=NOON, request_id="r")]))
        assert insights.overview(1)["served"]["clicked"] == 1
