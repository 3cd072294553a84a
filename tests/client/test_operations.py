"""Every operation that the API describes has a method, with the parameters it describes."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from zhiyin.apps.api.app import create_app
from zhiyin.client import AsyncClient, Client
from zhiyin.client.calls import Call
from zhiyin.client.operations import Operations
from zhiyin.settings import Settings
from zhiyin.shop import Shop

HINTS = {
    "datetime": datetime(2026, 5, 1, tzinfo=UTC),
    "date |": date(2026, 5, 1),
    "Record": {"a": 1},
    "Sequence": [{"a": 1}],
}
SENT_ELSEWHERE = {"idempotency_key"}


class Recorder(Operations[Call, Call, Call]):
    def _ask(self, call: Call) -> Call:
        return call

    _read = _stream = _ask


def called(name: str) -> Call:
    """Return what a method sends when every parameter is given."""
    method = getattr(Recorder(), name)
    given: dict[str, Any] = {}
    for one, parameter in inspect.signature(method).parameters.items():
        hint = str(parameter.annotation)
        fitting = (value for word, value in HINTS.items() if word in hint)
        given[one] = next(fitting, 1 if "int" in hint or "float" in hint else one)
    return method(**given)


METHODS = sorted(name for name in dir(Operations) if not name.startswith("_"))


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    with Shop.open(Settings(home=tmp_path_factory.mktemp("described"))) as shop:
        yield create_app(shop).openapi()


def test_every_operation_has_a_method(document: dict[str, Any]) -> None:
    described = {
        (method.upper(), path) for path, ways in document["paths"].items() for method in ways
    }
    calls = [called(name) for name in METHODS]
    assert {(call.method, call.path) for call in calls} == described


@pytest.mark.parametrize("name", METHODS)
def test_a_method_says_what_is_described(document: dict[str, Any], name: str) -> None:
    call = called(name)
    operation = document["paths"][call.path][call.method.lower()]
    described = {"path": set(), "query": set(), "header": set()}
    for parameter in operation.get("parameters", []):
        described[parameter["in"]].add(parameter["name"])
    assert set(call.ids) == described["path"]
    assert set(call.query) == described["query"]
    assert all(value is not None for value in call.query.values())
    assert (call.key is not None) == ("Idempotency-Key" in described["header"])
    assert (call.body is not None or call.lines is not None) == ("requestBody" in operation)
    assert inspect.getdoc(getattr(Operations, name))


@pytest.mark.parametrize("client", [Client, AsyncClient])
def test_both_clients_have_them(client: type) -> None:
    assert issubclass(client, Operations)
    own = typing.get_type_hints(client.__init__)
    assert {"base_url", "key", "timeout_s", "retries"} <= set(own)
