"""Products side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from zhiyin.core import Item
from zhiyin.search.aids.comparing import Opinion, compare, items_of
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
        *(
            Item(f"b{n}", title=f"Bosch saw {n}", brand="Bosch", category="Saws")
            for n in range(3, 6)
        ),
        *(
            Item(f"m{n}", title=f"Makita saw {n}", brand="Makita", category="Saws")
            for n in range(3, 6)
        ),
        Item("s", title="Silk scarf", brand="Loom", category="Scarves"),
        Item("d1", title="Delta lamp", brand="Delta", category="Home", attributes={"type": "lamp"}),
        Item("d2", title="Delta bowl", brand="Delta", category="Home", attributes={"type": "bowl"}),
        Item("o1", title="Omega bowl", brand="Omega", category="Home", attributes={"type": "bowl"}),
        Item("o2", title="Omega vase", brand="Omega", category="Home", attributes={"type": "vase"}),
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
    found = items_of(index, read.compared).numbers
    if expected == [0, None]:  # the same name twice must not give the same item twice
        assert found[0] == 0
        assert found[1] != 0
    else:
        assert found == expected


def test_what_must_not_be_shown_is_not_compared(index: LiveIndex) -> None:
    named = index.understand("小米手环和华为手环哪个好").compared
    first, second = items_of(index, named).numbers
    assert first is not None
    may = np.ones(100, bool)
    may[first] = False
    assert first not in items_of(index, named, may).numbers
    assert second in items_of(index, named, may).numbers


def test_brands_are_compared_by_what_people_like_best_of_the_category_of_which_they_share_most(
    index: LiveIndex,
) -> None:
    named = index.understand("bosch vs makita").compared
    popularity = np.zeros(11, np.float32)
    popularity[[0, 6, 9]] = 9, 3, 4  # b1 is most popular, but there are more saws
    assert items_of(index, named, popularity=popularity) == ([6, 9], False)
    saws = np.ones(20, bool)
    saws[5:11] = False  # no saw may be shown
    assert items_of(index, named, saws, popularity) == ([0, 2], False)


def test_a_kind_that_brands_share_goes_before_the_category(index: LiveIndex) -> None:
    popularity = np.zeros(16, np.float32)
    popularity[[12, 15]] = 5, 6  # the lamp of the one, the vase of the other
    named = index.understand("delta vs omega").compared
    assert items_of(index, named, popularity=popularity) == ([13, 14], False)
    may = np.ones(20, bool)
    may[13] = False
    assert items_of(index, named, may, popularity) == ([12, 15], False)


def test_brands_that_sell_nothing_alike_are_not_compared(index: LiveIndex) -> None:
    assert items_of(index, index.understand("bosch vs loom").compared) == ([None, None], True)


def test_three_are_compared_like_two(index: LiveIndex) -> None:
    numbers, are_unlike = items_of(index, ["bosch drill", "makita drill", "小米手环"])
    assert (numbers, are_unlike) == ([0, 2, 3], False)
    rows = [row(n, brand=f"b{min(n, 1)}", price_minor=100 * n) for n in range(3)]
    told = compare(["a", "b", "c"], rows, [[], [], []])
    assert [(one.name, one.values) for one in told.facts] == [
        ("price", (0, 100, 200)), ("brand", ("b0", "b1", "b1")),
    ]  # fmt: skip


def test_values_are_told_in_the_language_asked_for_where_the_catalogue_has_it() -> None:
    said = '{"en": {"brand": "Sony", "title": "Radio"}, "fr": {"brand": ""}}'
    rows = [row(0, brand="索尼", translations=said), row(1, brand="华为")]
    for language, spoken in (
        ("en", ("Sony", "华为")),
        ("fr", ("索尼", "华为")),
        ("", ("索尼", "华为")),
    ):
        [brand] = compare(["a", "b"], rows, [[], []], language).facts
        assert (brand.values, brand.spoken) == (("索尼", "华为"), spoken)
