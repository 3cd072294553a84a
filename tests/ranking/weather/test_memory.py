import threading
import time
from datetime import UTC, datetime, timedelta

import pytest

from zhiyin.ranking.weather.memory import WeatherMemory
from zhiyin.ranking.weather.provider import Weather

EIGHT = datetime(2025, 11, 11, 20, 15, tzinfo=UTC)
RAIN = Weather("rain", 4.0)


@pytest.fixture
def remembering():
    made = []

    def make(ask, **options):
        made.append(WeatherMemory(ask, **options))
        return made[-1]

    yield make
    for memory in made:
        memory.close()


def eventually(condition):
    until = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.005)


def test_the_first_request_of_a_place_has_none_and_does_not_wait(remembering):
    may_answer, asked = threading.Event(), []

    def ask(where, hour):
        asked.append((where, hour))
        may_answer.wait(10)
        return RAIN

    memory = remembering(ask)
    started = time.perf_counter()
    assert [memory.weather("here", EIGHT) for _ in range(100)] == [None] * 100
    assert time.perf_counter() - started < 5
    may_answer.set()
    eventually(lambda: memory.weather("here", EIGHT) == RAIN)
    assert asked == [("here", EIGHT.replace(minute=0))]  # asked once, whoever wanted it


def test_a_new_hour_has_the_weather_of_the_last_until_its_own_is_known(remembering):
    may_answer = threading.Event()
    may_answer.set()

    def ask(where, hour):
        may_answer.wait(10)
        return Weather(f"hour {hour.hour}")

    memory = remembering(ask)
    eventually(lambda: memory.weather("here", EIGHT))
    may_answer.clear()
    assert memory.weather("here", EIGHT + timedelta(hours=1)) == Weather("hour 20")
    assert memory.weather("here", EIGHT + timedelta(hours=2)) is None
    may_answer.set()
    eventually(lambda: memory.weather("here", EIGHT + timedelta(hours=1)) == Weather("hour 21"))


def test_a_failure_is_told_once_and_asked_again_later(remembering, caplog):
    answers = [OSError("gone"), ZeroDivisionError("x"), None, RAIN]

    def ask(where, hour):
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    memory = remembering(ask, again_s=0.0)
    eventually(lambda: memory.weather("here", EIGHT) == RAIN)
    assert [record.message for record in caplog.records] == [
        "contexts stay without weather: OSError: gone"
    ]
    patient, count = remembering(lambda *_: count.append(1), again_s=60.0), []
    for _ in range(20):
        assert patient.weather("here", EIGHT) is None
        time.sleep(0.005)
    assert count == [1]


def test_what_is_kept_and_what_waits_is_bounded(remembering):
    may_answer, asked = threading.Event(), []

    def ask(where, hour):
        may_answer.wait(10)
        asked.append(where)
        return RAIN

    memory = remembering(ask, most=3, most_waiting=5)
    for place in range(100):
        memory.weather(place, EIGHT)
    may_answer.set()
    eventually(lambda: not memory._waiting)
    assert asked == [0, 1, 2, 3, 4]
    assert [key.where for key in memory._known] == [2, 3, 4]


def test_after_the_end_nothing_is_asked():
    asked = []
    memory = WeatherMemory(lambda *_: asked.append(1))
    memory.close()
    assert memory.weather("here", EIGHT) is None
    assert (asked, memory._thread) == ([], None)
