"""POST /v1/events: one or many, once each, all or none, and the next list knows them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from zhiyin.store.store import Store

if TYPE_CHECKING:
    from starlette.testclient import TestClient

EVENT = {"user": "new", "item": "tea", "type": "purchase"}
JSON = {"Content-Type": "application/json"}


def stored(home: Path) -> list[dict[str, Any]]:
    with Store.open(home / "shop.db") as store:
        return [row for chunk in store.events() for row in chunk.to_dicts()]


def listed(client: TestClient, user: str) -> list[str]:
    items = client.get("/v1/recommend", params={"user": user, "n": 2}).json()["items"]
    return [item["item"] for item in items]


def test_one_event_is_stored(client: TestClient, home: Path) -> None:
    before = len(stored(home))
    answer = client.post("/v1/events", json=EVENT)
    assert answer.status_code == 200
    assert answer.json() == {"accepted": {"events": 1, "users": 1}, "duplicates": 0, "refused": 0}
    assert len(stored(home)) == before + 1


def test_a_list_is_stored_in_order(client: TestClient, home: Path) -> None:
    answer = client.post("/v1/events", json=[EVENT, {**EVENT, "item": "pot", "value": 2.5}])
    assert answer.json()["accepted"]["events"] == 2
    assert [row["value"] for row in stored(home)[-2:]] == [None, 2.5]


def test_an_event_with_an_id_counts_once(client: TestClient, home: Path) -> None:
    named = {**EVENT, "event_id": "order-1"}
    assert client.post("/v1/events", json=named).json()["duplicates"] == 0
    before = len(stored(home))
    again = client.post("/v1/events", json=[named, named]).json()
    assert again == {"accepted": {}, "duplicates": 2, "refused": 0}
    assert len(stored(home)) == before


def test_an_id_that_another_event_has_is_refused_with_all_of_the_list(
    client: TestClient, home: Path
) -> None:
    named = {**EVENT, "event_id": "order-1"}
    client.post("/v1/events", json=named)
    before = stored(home)
    for other in ({"item": "pot"}, {"type": "view"}, {"target": "post"}, {"user": "nobody-yet"}):
        answer = client.post("/v1/events", json=[EVENT, {**named, **other}])
        assert answer.status_code == 422
        assert answer.json()["where"] == "events[1]"
        assert answer.json()["title"] == "event_id: another event has it"
    assert stored(home) == before
    assert client.get("/v1/users/nobody-yet").status_code == 404


def test_an_event_without_an_id_counts_each_time(client: TestClient) -> None:
    for _ in range(2):
        assert client.post("/v1/events", json=EVENT).json()["accepted"]["events"] == 1


@pytest.mark.parametrize(
    ("said", "hour"),
    [
        ("2026-05-01T09:00:00", 9),
        ("2026-05-01T09:00:00Z", 9),
        ("2026-05-01T09:00:00+08:00", 1),
    ],
)
def test_a_time_without_a_zone_is_utc(client: TestClient, home: Path, said: str, hour: int) -> None:
    client.post("/v1/events", json={**EVENT, "time": said})
    expected = datetime(2026, 5, 1, hour, tzinfo=UTC).timestamp() * 1e6
    assert stored(home)[-1]["time_us"] == expected


def test_an_event_without_a_time_happened_now(client: TestClient, home: Path) -> None:
    before = datetime.now(UTC).timestamp() * 1e6
    client.post("/v1/events", json=EVENT)
    assert before <= stored(home)[-1]["time_us"] <= datetime.now(UTC).timestamp() * 1e6


def test_events_change_the_next_list(client: TestClient) -> None:
    client.post("/v1/events", json={**EVENT, "user": "ann", "item": "net"})
    assert listed(client, "ann")[0] == "ball"
    client.post("/v1/events", json=[{**EVENT, "user": "bob", "item": i} for i in ("tea", "pot")])
    assert listed(client, "bob")[0] == "cup"


def test_events_with_unheard_of_entities_are_taken(client: TestClient) -> None:
    answer = client.post("/v1/events", json={**EVENT, "user": "王/芳", "item": "新品 😀"})
    assert answer.json()["accepted"] == {"events": 1, "items": 1, "users": 1}
    assert client.get("/v1/recommend", params={"user": "王/芳"}).status_code == 200


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"item": "tea", "type": "view"}, "body.user"),
        ([EVENT, EVENT, {**EVENT, "item": ""}], "body[2].item"),
        ([EVENT, {**EVENT, "quantity": 2}], "body[1].quantity"),
        ({**EVENT, "time": "yesterday"}, "body.time"),
        ({**EVENT, "time": "0001-01-01T00:00:00+14:00"}, "body.time"),
        ({**EVENT, "context": {"a": [1]}}, "body.context.a"),
        ({**EVENT, "target": "shop"}, "body.target"),
        ({**EVENT, "type": "x" * 65}, "body.type"),
        ([], "body"),
        ([EVENT] * 1001, "body"),
        ("tea", "body"),
        (None, "body"),
    ],
)
def test_a_bad_event_is_named_and_nothing_is_stored(
    steady: TestClient, steady_home: Path, body: object, where: str
) -> None:
    before = len(stored(steady_home))
    answer = steady.post("/v1/events", json=body)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == 422
    assert [error["where"] for error in problem["errors"]] == [where]
    assert where in problem["detail"]
    assert len(stored(steady_home)) == before


@pytest.mark.parametrize(
    "bad", [{"user": "  "}, {"time": "2199-01-01T00:00:00Z"}, {"time": "1800-01-01T00:00:00Z"}]
)
def test_an_event_that_the_shop_cannot_take_is_named_by_its_position(
    steady: TestClient, steady_home: Path, bad: dict[str, str]
) -> None:
    before = len(stored(steady_home))
    answer = steady.post("/v1/events", json=[EVENT, {**EVENT, **bad}])
    assert answer.status_code == 422
    assert answer.json()["where"] == "events[1]"
    assert next(iter(bad)) in answer.json()["title"]
    assert len(stored(steady_home)) == before


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
@pytest.mark.parametrize("field", ["value", "context"])
def test_a_number_must_be_finite(steady: TestClient, field: str, number: str) -> None:
    said = number if field == "value" else f'{{"x": {number}}}'
    body = f'{{"user": "u1", "item": "tea", "type": "view", "{field}": {said}}}'
    answer = steady.post("/v1/events", content=body, headers=JSON)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["where"].startswith(f"body.{field}")


@pytest.mark.parametrize("field", ["user", "item", "type", "event_id", "context"])
def test_half_a_surrogate_pair_is_refused(steady: TestClient, field: str) -> None:
    half = "\ud800"
    body = {**EVENT, field: {half: 1} if field == "context" else half}
    answer = steady.post("/v1/events", content=json.dumps(body), headers=JSON)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["where"].startswith(f"body.{field}")


@pytest.mark.parametrize(
    ("content", "status"), [('{"user": "u1"', 422), (b"\xff\xfe{", 422), ("[" * 100_000, 400)]
)
def test_a_body_that_is_no_json_is_a_problem(
    steady: TestClient, content: str | bytes, status: int
) -> None:
    answer = steady.post("/v1/events", content=content, headers=JSON)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("headers", [{"Content-Type": "text/plain"}, {}])
def test_a_page_on_the_web_cannot_post_without_asking(
    steady: TestClient, steady_home: Path, headers: dict[str, str]
) -> None:
    before = len(stored(steady_home))
    answer = steady.post("/v1/events", content=json.dumps(EVENT), headers=headers)
    assert answer.status_code == 415
    assert "application/json" in answer.json()["detail"]
    assert len(stored(steady_home)) == before


def test_many_bad_events_get_a_short_answer(steady: TestClient) -> None:
    answer = steady.post("/v1/events", json=[{}] * 1000)
    assert answer.status_code == 422
    assert len(answer.json()["errors"]) == 20
