import json
import time
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler

import pytest

from tests.local_server import served
from zhiyin import registry
from zhiyin.core import Context
from zhiyin.errors import DataError, SettingsError
from zhiyin.ranking.weather.provider import Weather

EIGHT = datetime(2025, 11, 11, 20, tzinfo=UTC)
SHANGHAI = (31.2, 121.5)


@contextmanager
def answering(body=b"", status=200, headers=(), every_s=0.0):
    """Serve one answer on the loopback; give the URL and the paths that were asked for."""
    seen = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            seen.append(self.path)
            with suppress(OSError):  # the client went away
                self.send_response(status)
                for name, value in headers:
                    self.send_header(name, value)
                self.end_headers()
                for piece in [body[n : n + 1] for n in range(len(body))] if every_s else [body]:
                    self.wfile.write(piece)
                    self.wfile.flush()
                    time.sleep(every_s)

    with served(Handler) as address:
        yield f"{address}/now?at={{latitude}},{{longitude}}", seen


def provider(url, **options):
    return registry.build("weather", "http", {"url": url, **options})


def test_only_numbers_enter_the_url():
    said = json.dumps({"weather": " rain ", "temperature_c": 4, "wind": "x"}).encode()
    with answering(said) as (url, seen):
        asked = provider(url + "&time={time}")
        where = asked.where(Context(place="x&y={time}", location=(31.2304, 121.4737)))
        assert where == SHANGHAI
        assert asked.weather(where, EIGHT) == Weather("rain", 4.0)
    assert seen == ["/now?at=31.2,121.5&time=2025-11-11T20:00Z"]
    assert asked.where(Context(place="shanghai")) is None
    assert asked.where(Context(location=(float("nan"), 0.0))) is None


def test_without_a_time_in_the_url_it_is_asked_about_this_hour_only():
    with answering(b"{}") as (url, seen):
        asked, now = provider(url), datetime.now(UTC)
        assert asked.weather(SHANGHAI, now) == Weather()
        assert asked.weather(SHANGHAI, now - timedelta(hours=2)) is None
        assert asked.weather(SHANGHAI, now + timedelta(hours=1)) is None
    assert len(seen) == 1


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"rain",
        b"[]",
        b"[" * 9_000,
        b"\xff",
        b'{"weather": 3}',
        b'{"weather": "' + b"rain" * 11 + b'"}',
        b'{"temperature_c": "4"}',
        b'{"temperature_c": true}',
        b'{"temperature_c": NaN}',
        b'{"temperature_c": 1e999}',
        b'{"temperature_c": 71}',
    ],
    ids=lambda body: body[:30].decode(errors="replace"),
)
def test_an_answer_that_is_not_the_weather_is_not_taken(body):
    with (
        answering(body) as (url, _),
        pytest.raises(DataError, match=r"^127.0.0.1:\d+: the answer is not the weather"),
    ):
        provider(url + "&{time}").weather(SHANGHAI, EIGHT)


def test_an_answer_without_an_end_is_broken_off():
    with answering(b" " * 50_000) as (url, _), pytest.raises(DataError, match="too long"):
        provider(url + "&{time}").weather(SHANGHAI, EIGHT)
    with answering(b" " * 500, every_s=0.02) as (url, _):
        started = time.monotonic()
        with pytest.raises(DataError, match="too slow"):
            provider(url + "&{time}", timeout_s=0.2).weather(SHANGHAI, EIGHT)
        assert time.monotonic() - started < 5


def test_a_silent_endpoint_is_given_up():
    silent = answering(b"{}", headers=[("Content-Length", "9")], every_s=5)
    with silent as (url, _), pytest.raises(TimeoutError):
        provider(url + "&{time}", timeout_s=0.1).weather(SHANGHAI, EIGHT)


def test_redirects_are_not_followed():
    with answering(b'{"weather": "rain"}') as (other, others):
        headers = [("Location", other)]
        with (
            answering(b"", 302, headers) as (url, _),
            pytest.raises(DataError, match="answers 302"),
        ):
            provider(url + "&{time}").weather(SHANGHAI, EIGHT)
    assert others == []


@pytest.mark.parametrize(
    "url",
    [
        "http://weather.example/?{latitude}{longitude}",
        "http://10.0.0.1/?{latitude}{longitude}",
        "ftp://127.0.0.1/?{latitude}{longitude}",
        "file:///etc/passwd?{latitude}{longitude}",
        "https:///?{latitude}{longitude}",
        "https://{latitude}.example/?{longitude}",
        "https://user:word@weather.example/?{latitude}{longitude}",
        "https://weather.example/?{latitude}",
        "https://weather.example/?{latitude}{longitude}{place}",
        "https://weather.example/?{latitude}{longitude} HTTP/1.1",
        "https://weather.example/?{latitude}{longitude}\r\nX: y",
        "https://weather.example:x/?{latitude}{longitude}",
    ],
)
def test_an_unsafe_url_is_refused(url):
    with pytest.raises(SettingsError, match="url"):
        provider(url)


@pytest.mark.parametrize("host", ["https://weather.example", "http://localhost:80", "http://[::1]"])
def test_a_safe_url_is_taken(host):
    assert provider(host + "/{latitude}/{longitude}").name == "http"
