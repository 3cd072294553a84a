"""A parameter that a route does not know is refused, whichever route it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from starlette.testclient import TestClient


def test_every_route_of_the_shop_refuses_unknown_parameters(steady: TestClient) -> None:
    paths: dict[str, dict[str, Any]] = steady.get("/openapi.json").json()["paths"]
    asked = [
        (method, re.sub(r"\{\w+\}", "tea", path))
        for path, operations in paths.items()
        for method in operations
        if path.startswith("/v1/")
    ]
    assert len(asked) > 40
    for method, path in asked:
        answer = steady.request(method, path, params={"no_such": "1"}, json={})
        assert answer.status_code == 422, (method, path)
        told = [one["where"] for one in answer.json()["errors"]]
        assert "query.no_such" in told, (method, path)


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/docs"])
def test_what_watches_the_server_may_add_some(steady: TestClient, path: str) -> None:
    assert steady.get(path, params={"no_such": "1"}).status_code == 200
