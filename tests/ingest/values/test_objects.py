from __future__ import annotations

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from zhiyin.ingest.values.objects import canonical, with_field
from zhiyin.store.frames import json_text

texts = st.text(st.characters(exclude_categories=["Cs"]))
numbers = st.floats(allow_nan=False, allow_infinity=False)
KINDS = {
    "text": (texts, pl.String()),
    "number": (numbers, pl.Float64()),
    "whole": (st.integers(-(2**63), 2**63 - 1), pl.Int64()),
    "truth": (st.booleans(), pl.Boolean()),
    "texts": (st.lists(texts | st.none(), max_size=3), pl.List(pl.String())),
    "numbers": (st.lists(numbers, max_size=3), pl.List(pl.Float64())),
    "object": (
        st.fixed_dictionaries({"b": texts | st.none(), "a": numbers}),
        pl.Struct({"b": pl.String(), "a": pl.Float64()}),
    ),
}


@st.composite
def structs(draw):
    fields = draw(st.dictionaries(texts, st.sampled_from(list(KINDS)), min_size=1, max_size=4))
    values = {name: KINDS[kind][0] | st.none() for name, kind in fields.items()}
    rows = draw(st.lists(st.fixed_dictionaries(values), max_size=4))
    return pl.Series("object", rows, pl.Struct({n: KINDS[kind][1] for n, kind in fields.items()}))


def said(row):
    return json_text({name: value for name, value in row.items() if value is not None})


@settings(max_examples=50, deadline=None)
@given(structs())
def test_structs_are_spelled_as_the_store_spells_them(objects):
    assert canonical(objects).to_list() == [said(row) for row in objects.to_list()]


@settings(max_examples=50, deadline=None)
@given(st.lists(numbers, min_size=1, max_size=50))
@example([1e-7, 1e-5, 0.0001, 0.1 + 0.2, 1e15, 9999999999999998.0, 1e16, 1e22, -0.0, 5e-324])
def test_numbers_are_spelled_as_python_spells_them(values):
    texts = canonical(pl.Series([{"n": value} for value in values])).to_list()
    assert texts == [json_text({"n": value}) for value in values]


@settings(max_examples=50, deadline=None)
@given(structs())
def test_a_text_of_an_object_and_the_struct_are_one(objects):
    spelled = canonical(objects)
    assert canonical(spelled).equals(spelled)
    loose = [row.replace(":", " : ", 1) for row in spelled if row == "{}" or ":" not in row[1:-1]]
    assert canonical(pl.Series(loose, dtype=pl.String)).to_list() == ["{}"] * len(loose)


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ('{"b": 1, "a": {"d": null, "c": 2}}', '{"a":{"c":2,"d":null},"b":1}'),
        ('{"a": null}', "{}"),
        ('{"a": "\\u8336"}', '{"a":"茶"}'),
        ("[1]", None),
        ('"a"', None),
        ("{", None),
        ('{"a": NaN}', None),
        ('{"a": "\\ud800"}', None),
        ("[" * 100_000, None),
    ],
)
def test_texts(text, spelled):
    assert canonical(pl.Series([text, None])).to_list() == [spelled, None]


def test_what_is_not_finite_says_nothing():
    objects = pl.Series([{"a": float("nan"), "b": float("inf"), "c": 1.5}])
    assert canonical(objects).to_list() == ['{"c":1.5}']


def test_days_are_texts():
    day = pl.Series(["2024-05-01"]).str.to_date()
    assert canonical(day.alias("day").to_frame().to_struct()).to_list() == ['{"day":"2024-05-01"}']


def test_a_struct_that_is_absent_is_empty():
    objects = pl.Series([None, {"a": 1}], dtype=pl.Struct({"a": pl.Int64}))
    assert canonical(objects).to_list() == ["{}", '{"a":1}']
    assert canonical(pl.Series([{}, {}], dtype=pl.Struct([]))).to_list() == ["{}", "{}"]


def test_a_field_is_added_where_it_is_wanted():
    objects = pl.Series("attributes", [None, '{"z":1}', '{"a":2}', "{}"])
    more = with_field(objects, "m", "价", pl.Series([True, True, False, True]))
    assert more.to_list() == ['{"m":"价"}', '{"m":"价","z":1}', '{"a":2}', '{"m":"价"}']
    assert more.name == "attributes"
