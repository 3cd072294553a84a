"""What a path does not take is a 405 that names what it takes, also where ids may hold slashes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from starlette.testclient import TestClient


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PATCH", "/v1/items", {"GET", "PUT"}),
        ("OPTIONS", "/v1/rules", {"GET", "POST"}),
        ("PUT", "/v1/rules/changes", {"GET"}),
        ("PUT", "/v1/rules/9f", {"PATCH", "DELETE"}),
        ("POST", "/v1/users/u0", {"GET", "DELETE"}),
        ("DELETE", "/v1/users/u0/ties", {"GET"}),
        ("DELETE", "/v1/users/u0/portrait", {"GET"}),
        ("GET", "/v1/users/u0/portrait/2e97", {"DELETE"}),
        ("DELETE", "/v1/items/tea/similar", {"GET"}),
    ],
)
def test_allow_names_the_methods_of_the_path(
    steady: TestClient, method: str, path: str, allowed: set[str]
) -> None:
    answer = steady.request(method, path)
    assert answer.status_code == 405
    assert answer.headers["content-type"] == "application/problem+json"
    assert set(answer.headers["allow"].split(", ")) == allowed


@pytest.mark.parametrize("time", [0, 1.5, "0", "1714521600", True])
def test_a_number_is_no_time(steady: TestClient, time: object) -> None:
    event = {"user": "u0", "item": "tea", "type": "view", "time": time}
    assert steady.post("/v1/events", json=event).json()["errors"][0]["where"] == "body.time"
    said = steady.post("/v1/understand", json={"text": "good", "time": time})
    assert said.json()["errors"][0]["where"] == "body.time"
