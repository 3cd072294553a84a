"""GET /v1/items/{id} and /v1/users/{id}: what is known, by the shop's own ids."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from tests.apps.conftest import STRANGE_ID
from zhiyin.apps.api.record_bodies import ItemFields, UserFields

if TYPE_CHECKING:
    from starlette.testclient import TestClient

ITEM = {
    "id": "jar 1",
    "title": "罐",
    "description": "A jar",
    "category": "jars",
    "brand": "B",
    "price_minor": 1250,
    "currency": "CNY",
    "stock": 3,
    "attributes": {"colour": ["red", None], "size": {"cm": 1.5}},
    "translations": {"en": {"title": "Jar"}},
}


def test_an_item_comes_back_as_it_was_put(client: TestClient) -> None:
    client.put("/v1/items", json=[{**ITEM, "created": "2026-05-01T08:00:00+08:00"}])
    answer = client.get("/v1/items/jar 1")
    assert answer.status_code == 200
    assert answer.json() == {**ITEM, "created": "2026-05-01T00:00:00Z"}
    ItemFields.model_validate(answer.json(), extra="forbid")


def test_an_item_that_only_an_event_named_has_its_id(client: TestClient) -> None:
    client.post("/v1/events", json={"user": "u1", "item": "heard of", "type": "view"})
    assert client.get("/v1/items/heard of").json() == {"id": "heard of"}


@pytest.mark.parametrize("safe", ["", "/"])
@pytest.mark.parametrize("key", [STRANGE_ID, "a//b", "100%/x?y#z", "similar"])
def test_any_id_can_be_read(client: TestClient, key: str, safe: str) -> None:
    client.put("/v1/items", json=[{"id": key, "stock": 7}])
    client.put("/v1/users", json=[{"id": key, "attributes": {"a": 7}}])
    assert client.get(f"/v1/items/{quote(key, safe=safe)}").json()["stock"] == 7
    assert client.get(f"/v1/users/{quote(key, safe=safe)}").json()["attributes"] == {"a": 7}


def test_an_id_that_ends_in_similar_is_read_with_its_slash_escaped(client: TestClient) -> None:
    client.put("/v1/items", json=[{"id": "tea/similar", "title": "odd"}])
    for path in ("tea%2Fsimilar", "tea%2fsimilar"):
        assert client.get(f"/v1/items/{path}").json() == {"id": "tea/similar", "title": "odd"}
    for path in ("tea/similar", "tea/similar/similar", "tea%2Fsimilar/similar"):
        assert "request_id" in client.get(f"/v1/items/{path}").json()


@pytest.mark.parametrize(
    "path", ["items/nothing", "users/nothing", "users/tea", "items/u0", "items/"]
)
def test_an_unknown_id_is_a_404(steady: TestClient, path: str) -> None:
    answer = steady.get(f"/v1/{path}")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert "has the id" in answer.json()["title"]


def test_a_user_has_the_last_events_first(client: TestClient) -> None:
    client.put(
        "/v1/users", json=[{"id": "zoe", "created": "2026-04-01", "attributes": {"city": "杭州"}}]
    )
    events = [
        {"user": "zoe", "item": "tea", "type": "view", "time": f"2026-05-01T00:00:{s:02}Z"}
        for s in range(30)
    ]
    client.post(
        "/v1/events", json=[*events, {"user": "zoe", "item": "new", "type": "rating", "value": 4}]
    )
    user = client.get("/v1/users/zoe").json()
    UserFields.model_validate(user, extra="forbid")
    told = user.pop("events")
    assert user == {
        "id": "zoe",
        "created": "2026-04-01T00:00:00Z",
        "attributes": {"city": "杭州"},
        "event_count": 31,
    }
    assert len(told) == 20
    assert {**told[0], "time": ""} == {"item": "new", "type": "rating", "value": 4.0, "time": ""}
    assert told[1] == {
        "item": "tea",
        "title": "Green tea",
        "type": "view",
        "time": "2026-05-01T00:00:29Z",
    }


def test_events_are_counted_up_to_200(client: TestClient) -> None:
    client.post("/v1/events", json=[{"user": "fan", "item": "tea", "type": "view"}] * 250)
    assert client.get("/v1/users/fan").json()["event_count"] == 200


def test_a_user_who_only_stands_in_a_tie_has_no_events(client: TestClient) -> None:
    client.put("/v1/ties", json=[{"user": "ann", "other": "bob"}])
    assert client.get("/v1/users/bob").json() == {"id": "bob", "event_count": 0, "events": []}
