"""Every answer carries the name of its request, and so does what is logged while it is made; nothing else of it is logged."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.apps.test_serving import HEADERS, Server
from zhiyin.apps.api.requests import Requests
from zhiyin.apps.cli.logs import _JsonLine
from zhiyin.errors import StoreUnavailable
from zhiyin.request_id import request_id
from zhiyin.retrieval.popular import Popular
from zhiyin.store.store import Store

if TYPE_CHECKING:
    from starlette.testclient import TestClient

NAME = "X-Request-ID"
REQUESTS = "zhiyin.apps.api.requests"
A_NEW_ONE = re.compile("[0-9a-f]{32}")


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Iterator[list[dict[str, Any]]]:
    """The lines that are logged from here on, as programs read them."""
    told: list[dict[str, Any]] = []

    class Handler(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            told.append(json.loads(_JsonLine().format(record)))

    caplog.set_level(logging.INFO, REQUESTS)
    handler = Handler()
    logging.getLogger("zhiyin").addHandler(handler)
    yield told
    logging.getLogger("zhiyin").removeHandler(handler)


@pytest.mark.parametrize(
    "path", ["/healthz", "/v1/recommend?user=u0", "/v1/items/nix", "/v1/recommend?n=x", "/nowhere", "/openapi.json"]
)  # fmt: skip
def test_every_answer_carries_the_name_it_was_given(steady: TestClient, path: str) -> None:
    assert steady.get(path, headers={NAME: "trace-1:~"}).headers[NAME] == "trace-1:~"
    one, other = steady.get(path).headers[NAME], steady.get(path).headers[NAME]
    assert A_NEW_ONE.fullmatch(one)
    assert one != other


@pytest.mark.parametrize("name", ["", "a b", "a" * 129, "a\tb", "é"])
def test_a_name_that_does_not_fit_is_replaced(steady: TestClient, name: str) -> None:
    said = {NAME.encode(): name.encode("latin-1")}
    assert A_NEW_ONE.fullmatch(steady.get("/healthz", headers=said).headers[NAME])


def test_refusals_and_server_errors_carry_it(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: Any) -> None:
        raise RuntimeError("boom")

    assert (
        client.get("/healthz", headers={"Host": "evil.example", NAME: "r1"}).headers[NAME] == "r1"
    )
    monkeypatch.setattr(Store, "entity", breaks)
    answer = client.get("/v1/items/tea", headers={NAME: "r2"})
    assert (answer.status_code, answer.headers[NAME]) == (500, "r2")


def test_the_name_of_a_request_is_not_that_of_its_page(steady: TestClient) -> None:
    pages = [
        steady.get("/v1/recommend?user=u0", headers={NAME: "r"}).json()["request_id"]
        for _ in range(2)
    ]
    assert len({*pages, "r"}) == 3


def test_a_line_has_the_template_and_nothing_that_was_asked(
    client: TestClient, lines: list[dict[str, Any]]
) -> None:
    client.get("/v1/users/secret-user/portrait?language=zh", headers={NAME: "r1"})
    client.post("/v1/events", json={"user": "secret-user", "item": "secret-item", "type": "view"})
    client.get("/secret-path?q=secret")
    assert [(one["method"], one["route"], one["status"]) for one in lines] == [
        ("GET", "/v1/users/{user}/portrait", 404),
        ("POST", "/v1/events", 200),
        ("GET", "other", 404),
    ]
    first = lines[0]
    assert (first["level"], first["logger"], first["request_id"]) == ("INFO", REQUESTS, "r1")
    assert 0 < first["duration_ms"] < 60_000
    assert first["process"] > 0
    assert "secret" not in json.dumps(lines)


def test_what_is_logged_meanwhile_has_the_name_in_every_thread(
    client: TestClient,
    lines: list[dict[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def logs(*_: Any) -> None:
        logging.getLogger("zhiyin.test").warning("in a stage")
        raise ValueError

    def silent(*_: Any) -> None:
        raise StoreUnavailable("the server is gone")

    monkeypatch.setattr(Popular, "retrieve", logs)
    client.get("/v1/recommend", headers={NAME: "r1"})
    monkeypatch.setattr(Store, "entity", silent)
    client.get("/v1/items/secret-item", headers={NAME: "r2"})
    named = {(one["logger"], one["request_id"]) for one in lines}
    assert {("zhiyin.test", "r1"), ("zhiyin.core.pipeline", "r1"), (REQUESTS, "r1")} <= named
    assert ("zhiyin.apps.api.problems", "r2") in named
    assert "secret-item" not in json.dumps(lines)


def logged(code: str) -> list[str]:
    head = "import logging\nfrom zhiyin.apps.cli.logs import log_to_stderr\n"
    done = subprocess.run(
        [sys.executable, "-c", head + code], capture_output=True, text=True, check=True
    )
    return done.stderr.splitlines()


def test_an_error_with_its_traceback_is_one_document() -> None:
    [line] = logged(
        "log_to_stderr(); log_to_stderr('json')\n"
        "try:\n    raise ValueError('zhiyin_' + 'a' * 30)\n"
        "except ValueError:\n    logging.getLogger('zhiyin.x').exception('it\\nbroke \\u2028')\n"
        "logging.getLogger('zhiyin.x').info('not told')\n"
    )
    told = json.loads(line)
    assert {**told, "time": "", "process": 0, "traceback": ""} == {
        "time": "", "level": "ERROR", "logger": "zhiyin.x", "message": "it\nbroke \u2028", "process": 0, "traceback": "",
    }  # fmt: skip
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", told["time"])
    assert "ValueError: zhiyin_***" in told["traceback"]


def test_a_line_for_people_names_the_request_too() -> None:
    [line] = logged(
        "log_to_stderr()\n"
        "from zhiyin.request_id import set_request_id\n"
        "set_request_id('r1')\n"
        "logging.getLogger('zhiyin.x').warning('slow')\n"
    )
    assert line.endswith("WARNING zhiyin.x: slow [r1]")


@pytest.mark.slow
@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_server_logs_documents_alone(
    home: Path, monkeypatch: pytest.MonkeyPatch, workers: str
) -> None:
    monkeypatch.setenv("ZHIYIN_API__LOG", "json")
    monkeypatch.setenv("ZHIYIN_API__ACCESS_LOG", "true")
    server = Server(home, "--workers", workers)
    connection = server.connection()
    connection.request("GET", "/v1/recommend?user=u0", headers={**HEADERS, NAME: "r1"})
    assert connection.getresponse().getheader(NAME) == "r1"
    connection.close()
    connection = server.connection()
    connection.putrequest("GET", "/" + "a" * 70_000)
    connection.endheaders()
    answer = connection.getresponse()
    assert answer.status == 400
    assert A_NEW_ONE.fullmatch(answer.getheader(NAME) or "")
    connection.close()
    _, said, _ = server.stop(signal.SIGTERM)
    told = [json.loads(line) for line in said.splitlines()]
    [request] = [one for one in told if one["logger"] == REQUESTS]
    assert (request["route"], request["request_id"]) == ("/v1/recommend", "r1")


def test_an_exception_nobody_foresaw_is_logged_under_its_request() -> None:
    """Uvicorn logs it in the task of the request, after all of the application has ended."""

    async def breaks(*_: Any) -> None:
        raise RuntimeError

    async def answered() -> str:
        scope = {"type": "http", "method": "GET", "headers": [(b"x-request-id", b"r1")]}
        with pytest.raises(RuntimeError):
            await Requests(breaks)(scope, None, None)  # type: ignore[arg-type]
        return request_id()

    assert asyncio.run(answered()) == "r1"
