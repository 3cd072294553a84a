"""Products side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from zhiyin.core import Item
from zhiyin.search.comparing import Opinion, compare, items_of
from zhiyin.search.live_index import LiveIndex
from zhiyin.store.frames import frame
from zhiyin.store.store import Store


def row(number: int, **more: Any) -> dict[str, Any]:
    nothing = dict.fromkeys(("brand", "category", "attributes", "price_minor"))
    return {"number": number, **nothing, "currency": "CNY", **more}


def test_differences_come_first_and_what_nobody_says_not_at_all() -> None:
    rows = [
        row(3, brand="Sony", price_minor=19900, attributes='{"colour": ["red", "blue"], "weight": "250g"}'),
        row(5, brand="sony", price_minor=9900, attributes='{"colour": ["blue", "red"], "weight": "300g", "port": "usb"}'),
    ]  # fmt: skip
    told = compare(["a", "b"], rows, [[], []])
    assert told.numbers == (3, 5)
    assert [(one.name, one.values, one.differs) for one in told.facts] == [
        ("price", (19900, 9900), True),
        ("weight", ("250g", "300g"), True),
        ("brand", ("Sony", "sony"), False),
        ("colour", (["red", "blue"], ["blue", "red"]), False),
        ("port", (None, "usb"), False),  # what is not known is no difference
    ]
    assert told.currencies == ("CNY", "CNY")
    assert told.aspects == ()


def opinions(**aspects: tuple[int, int, int]) -> list[dict[str, Any]]:
    return [
        {"aspect": name, "negative": bad, "neutral": so, "positive": good, "examples": []}
        for name, (bad, so, good) in aspects.items()
    ]


def test_people_must_be_many_for_one_to_be_better() -> None:
    first = opinions(battery=(1, 0, 40), price=(0, 2, 2), looks=(5, 0, 5))
    second = opinions(battery=(20, 3, 10), price=(2, 0, 0))
    told = compare(["a", "b"], [row(0), row(1)], [first, second])
    assert [(one.aspect, one.better) for one in told.aspects] == [
        ("battery", 0), ("looks", None), ("price", None),
    ]  # fmt: skip
    assert told.aspects[1].opinions == (Opinion(5, 0, 5), Opinion(0, 0, 0))


def test_nothing_is_compared_with_what_is_not_there() -> None:
    told = compare(["a", "b"], [row(0, brand="Sony"), None], [[], []])
    assert (told.names, told.numbers, told.facts, told.aspects) == (("a", "b"), (0, None), (), ())


def test_bounds_hold_the_share_and_close_in_as_people_speak() -> None:
    for few, many in (
        (Opinion(2, 0, 8), Opinion(200, 0, 800)),
        (Opinion(0, 0, 1), Opinion(0, 9, 90)),
    ):
        for one in (few, many):
            low, high = one.bounds
            assert 0 <= low <= one.positive / (one.positive + one.negative) <= high <= 1
        assert few.bounds[0] < many.bounds[0]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> LiveIndex:
    path: Path = tmp_path_factory.mktemp("compared") / "a.db"
    items = [
        Item("b1", title="Bosch impact drill", brand="Bosch", category="Tools"),
        Item("b2", title="Bosch garden hose", brand="Bosch", category="Garden"),
        Item("m1", title="Makita impact drill", brand="Makita", category="Tools"),
        Item("x", title="小米 手环", brand="小米", category="数码"),
        Item("h", title="华为 手环", brand="华为", category="数码"),
    ]
    store = Store.open(path)
    store.write("items", frame(items))
    return LiveIndex(store)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("小米手环和华为手环哪个好", [3, 4]),
        ("bosch drill vs makita drill", [0, 2]),
        ("bosch vs makita drill", [0, 2]),  # the drill is said of both
        ("makita drill vs zebra saddle", [2, None]),
        ("bosch drill vs bosch drill", [0, None]),
    ],
)
def test_the_best_hit_of_each_name_is_compared(
    index: LiveIndex, query: str, expected: list[int | None]
) -> None:
    read = index.understand(query)
    assert len(read.compared) == 2
    found = items_of(index, read.compared)
    if expected == [0, None]:  # the same name twice must not give the same item twice
        assert found[0] == 0
        assert found[1] != 0
    else:
        assert found == expected


def test_what_must_not_be_shown_is_not_compared(index: LiveIndex) -> None:
    named = index.understand("小米手环和华为手环哪个好").compared
    first, second = items_of(index, named)
    assert first is not None
    may = np.ones(100, bool)
    may[first] = False
    assert first not in items_of(index, named, may)
    assert second in items_of(index, named, may)
