"""What a page's log says is enough to ask again."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiyin.core import Context, Kind, Query, Ref
from zhiyin.core.impression import Impression
from zhiyin.core.noted import ASKED, asked_of, query_of, situation_of
from zhiyin.core.shown import Shown

_SAME = (
    "person", "n", "surface", "time", "request_id", "context", "seeds", "diversity", "filters", "is_personal", "arms",
    "shown",
)  # fmt: skip
numbers = st.integers(0, 10_000)
words = st.text(max_size=5)
queries = st.builds(
    Query,
    st.none() | numbers,
    st.integers(1, 50),
    st.sampled_from(["home", "hot"]),
    st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),
    context=st.builds(
        Context,
        place=st.none() | words,
        weather=st.none() | words,
        temperature_c=st.none() | st.floats(-50, 50),
        extra=st.dictionaries(st.sampled_from(["mood", "city"]), words),
    ),
    seeds=st.lists(numbers, max_size=3).map(tuple),
    diversity=st.none() | st.floats(0, 1),
    filters=st.lists(words, max_size=2).map(tuple),
    is_personal=st.booleans(),
    shown=st.none() | st.sets(numbers).map(lambda s: Shown.of(Ref(Kind.ITEM, n) for n in s)),
    arms=st.dictionaries(words, words, max_size=2),
)


def logged(query: Query, n_items: int) -> Impression:
    said = situation_of(query.context)
    if asked := asked_of(query, n_items):
        said[ASKED] = asked
    items, scores = tuple(range(n_items)), (1.0,) * n_items
    return Impression(
        query.request_id, query.person, query.surface, query.time_us, items, scores, query.arms,
        context=json.loads(json.dumps(said)),
    )  # fmt: skip


@given(queries, st.integers(0, 50))
def test_what_was_asked_comes_back(query: Query, n_items: int) -> None:
    again = query_of(logged(query, n_items))
    for name in _SAME:
        assert getattr(again, name) == getattr(query, name), name
    assert again.is_preview


def test_a_usual_page_costs_its_log_nothing() -> None:
    assert asked_of(Query(3, 10), 10) == {}


def test_where_exactly_somebody_is_is_not_kept() -> None:
    assert situation_of(Context(location=(31.2, 121.5), place="home")) == {"place": "home"}


@pytest.mark.parametrize("context", [{}, {"asked": "something"}])
def test_pages_logged_before_this_are_read(context: dict[str, str]) -> None:
    query = query_of(Impression("r", None, "home", 0, (4, 2), (1, 1), context=context), "tea")
    assert (query.n, query.text, query.seeds, query.shown) == (2, "tea", (), None)
