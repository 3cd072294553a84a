"""Values of items as numbers."""

from __future__ import annotations

import json

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from zhiyin.search.value_table import WIDTH, Values, ValueTable

COLOURS = ("red", "blue", "navy blue", "light navy")


def row(number: int, colour: str) -> dict[str, object]:
    return {
        "number": number, "brand": None, "category": None, "translations": None,
        "price_minor": 100 * number, "attributes": json.dumps({"colour": colour}),
    }  # fmt: skip


def test_values_alike_have_all_words_of_one_that_is_none_itself() -> None:
    values = Values([("colour", one) for one in COLOURS])
    assert values.alike(("colour", "blue")) == [1]
    assert values.alike(("colour", "navy")) == [2, 3]
    assert values.alike(("colour", "blue navy")) == [2]
    assert values.alike(("colour", "green")) == values.alike(("colour", "")) == []


def test_a_table_is_in_order_of_numbers_and_counts_its_values() -> None:
    values = Values()
    table = ValueTable.of([row(7, "red"), row(2, "blue"), row(4, "red")], values)
    assert table.numbers.tolist() == [2, 4, 7]
    assert table.prices.tolist() == [200, 400, 700]
    assert table.table[:, 0].tolist() == [1, 0, 0]
    assert table.table.shape == (3, WIDTH)
    assert table.having(np.array([0])).tolist() == [4, 7]
    assert table.having(np.array([0, 1, 99])).tolist() == [4, 7, 2]
    assert table.having(np.array([99])).tolist() == []


@given(
    st.lists(st.tuples(st.integers(0, 9), st.sampled_from(COLOURS)), unique_by=lambda one: one[0]),
    st.lists(st.tuples(st.integers(0, 9), st.sampled_from(COLOURS)), unique_by=lambda one: one[0]),
)
def test_items_taken_in_later_win_as_if_all_had_been_read_at_once(
    first: list[tuple[int, str]], later: list[tuple[int, str]]
) -> None:
    values = Values([("colour", one) for one in COLOURS])
    before = ValueTable.of([row(*one) for one in first], values)
    found = before.after(ValueTable.of([row(*one) for one in later], values))
    whole = ValueTable.of([row(*one) for one in {**dict(first), **dict(later)}.items()], values)
    assert found.numbers.tolist() == whole.numbers.tolist()
    assert found.table.tolist() == whole.table.tolist()
    for value in range(len(COLOURS)):
        one = np.array([value])
        assert found.having(one).tolist() == whole.having(one).tolist()
    assert found.prices.tolist() == whole.prices.tolist()
