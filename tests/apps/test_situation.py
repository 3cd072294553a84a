from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiyin.apps.situation import situation
from zhiyin.core import Context
from zhiyin.errors import InvalidRecord


def test_known_names_have_their_types_and_others_are_kept():
    context, time = situation(
        "weather=rain, temperature_c=-4.5, latitude=31.2,longitude=121.5,mood=calm,floor=3,time=2017-11-02T08:00+08:00"
    )
    assert context == Context(
        location=(31.2, 121.5),
        weather="rain",
        temperature_c=-4.5,
        extra={"mood": "calm", "floor": 3.0},
    )
    assert time == datetime(2017, 11, 2, 0, tzinfo=UTC)


def test_nothing_told_is_nothing_known():
    assert situation("") == (Context(), None)
    assert situation(" , ") == (Context(), None)


@pytest.mark.parametrize(
    "text",
    [
        "rain",
        "weather=",
        "=rain",
        "weather=rain,weather=sun",
        "temperature_c=cold",
        "temperature_c=nan",
        "temperature_c=inf",
        "time=yesterday",
        "time=0001-01-01T00:00:00+14:00",
        "time=9999-12-31T23:59:59-05:00",
        "latitude=31",
        "latitude=99,longitude=1",
        ",".join(f"k{n}={n}" for n in range(21)),
        f"k={'x' * 200}",
    ],
)
def test_what_cannot_be_meant_is_refused_in_four_parts(text):
    with pytest.raises(InvalidRecord) as caught:
        situation(text)
    told = caught.value
    assert told.where == "context"
    assert told.expected
    assert told.next_step


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text):
    try:
        context, _ = situation(text)
    except InvalidRecord:
        return
    assert isinstance(context, Context)
