"""Suggestions of a store, as its items and its searches change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from zhiyin.core import Event, Item, Kind
from zhiyin.core.searched import Searched
from zhiyin.core.times import to_us
from zhiyin.search.aids.live_suggestions import LiveSuggestions
from zhiyin.store.frames import frame
from zhiyin.store.store import Store

NOW = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "a.db") as store:
        tea = [
            Item(f"t{n}", title="龙井 绿茶", brand="谷雨", category="食品 > 茶") for n in range(3)
        ]
        tool = [
            Item(f"d{n}", title="Impact drill", brand="Grobo", category="Tools") for n in range(3)
        ]
        store.write("items", frame([*tea, *tool]))
        yield store


def search(store: Store, text: str, people: range, *, days_ago: int = 0, found: int = 9) -> None:
    time_us = to_us(NOW - timedelta(days=days_ago))
    store.write("events", frame([Event(f"p{one}", "t0", "view") for one in people]))
    numbers = store.numbers(Kind.PERSON, [f"p{one}" for one in people]).tolist()
    store.searches.record(
        [Searched(f"{text}/{one}/{days_ago}", one, text, found, time_us) for one in numbers]
    )


def told(found: LiveSuggestions, typed: str, person: int | None = None) -> list[tuple[str, str]]:
    found.refresh()
    return [tuple(one) for one in found.suggest(typed, person=person)]


def live(store: Store) -> LiveSuggestions:
    return LiveSuggestions(store, lambda: NOW)


def test_a_new_shop_suggests_what_it_sells(store: Store) -> None:
    found = live(store)
    assert told(found, "lj") == [("龙井", "product")]
    assert told(found, "gu") == [("谷雨", "brand")]
    assert told(found, "im") == [("impact drill", "product")]
    assert ("茶", "category") in told(found, "")


def test_five_people_make_a_query_known_and_four_do_not(store: Store) -> None:
    found = live(store)
    search(store, "绿茶礼盒", range(4))
    search(store, "绿茶礼盒", range(4), days_ago=1)  # the same people again
    assert told(found, "lvcha") == []
    search(store, "绿茶礼盒", range(4, 5))
    assert told(found, "lvcha") == [("绿茶礼盒", "query")]


def test_a_query_that_finds_nothing_any_more_is_not_told(store: Store) -> None:
    search(store, "红茶", range(5), days_ago=2)
    assert told(live(store), "红") == [("红茶", "query")]
    search(store, "红茶", range(1), found=0)
    assert told(live(store), "红") == []


def test_popularity_fades(store: Store) -> None:
    search(store, "茶壶", range(9), days_ago=90)
    search(store, "茶杯", range(6))
    texts = [text for text, _ in told(live(store), "茶")]
    assert texts.index("茶杯") < texts.index("茶壶")


def test_a_person_s_own_searches_come_first_and_are_nobody_else_s(store: Store) -> None:
    search(store, "茶宠", range(1))
    search(store, "茶壶", range(6))
    own, other = (store.number(Kind.PERSON, one) for one in ("p0", "p5"))
    assert told(live(store), "茶", own)[:2] == [("茶壶", "recent"), ("茶宠", "recent")]
    assert "茶宠" not in [text for text, _ in told(live(store), "茶", other)]
    assert "茶宠" not in [text for text, _ in told(live(store), "茶")]


def test_categories_that_a_person_likes_rise(store: Store) -> None:
    search(store, "drip tray", range(5))
    drills = [Event("maker", f"d{n}", "purchase") for n in range(3)]
    store.write("events", frame([*drills, *(Event(f"q{n}", "d0", "view") for n in range(6))]))
    store.write(
        "items", frame([Item(f"k{n}", title="Kettle", category="Drinks") for n in range(3)])
    )
    store.write("items", frame([Item(f"g{n}", title="Drill", category="Tools") for n in range(3)]))
    maker = store.number(Kind.PERSON, "maker")
    plain = [text for text, _ in told(live(store), "dri")]
    assert plain.index("drip tray") < plain.index("drill")
    liked = [text for text, _ in told(live(store), "dri", maker)]
    assert liked[0] == "drill"


def test_items_that_change_change_what_is_suggested(store: Store) -> None:
    found = live(store)
    assert told(found, "im") == [("impact drill", "product")]
    store.write("items", frame([Item(f"d{n}", title="Laser level") for n in range(3)]))
    assert told(found, "im") == []
    assert told(found, "la") == [("laser level", "product")]


def test_others_are_found_through_the_log_and_what_was_chosen(store: Store) -> None:
    search(store, "绿茶", range(5))
    search(store, "龙井茶", range(5))
    clicks = [
        Event(f"p{one}", item, "click", request_id=f"{text}/{number}/0")
        for one, number in enumerate(store.numbers(Kind.PERSON, [f"p{n}" for n in range(5)]))
        for text in ("绿茶", "龙井茶")
        for item in ("t0", "t1")
    ]
    store.write("events", frame(clicks))
    found = live(store)
    assert [(one.text, round(one.by_choice, 6)) for one in found.related().to("绿茶")] == [
        ("龙井茶", 1.0)
    ]
    assert [one.text for one in found.near().to("绿叉")] == ["绿茶"]


def test_what_only_hidden_items_say_is_not_suggested(store: Store) -> None:
    search(store, "grobo", range(5))
    search(store, "grobo drill", range(5))
    hidden = np.arange(3, 5)
    found = LiveSuggestions(store, lambda: NOW, lambda: hidden)
    assert ("Grobo", "brand") in told(found, "g")
    hidden = np.arange(3, 6)  # every drill
    shown = {one for one, _ in told(found, "")}
    assert {"食品", "茶"} <= shown
    assert not {"Grobo", "grobo", "Tools", "impact drill"} & shown
    hidden = np.arange(0)
    assert ("Grobo", "brand") in told(found, "g")


def test_what_is_too_long_is_cut(store: Store) -> None:
    assert told(live(store), " " * 150 + "x" * 9_000) == []
    assert told(live(store), "gr" + " " * 9_000 + "x") == told(live(store), "gr")
