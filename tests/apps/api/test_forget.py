"""``DELETE /v1/users/{id}`` erases and answers with the receipt."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.testclient import TestClient

LINES = {"Content-Type": "application/x-ndjson"}


def test_what_came_from_before_is_refused_and_counted(client: TestClient) -> None:
    event = {"user": "zoe", "item": "tea", "type": "click", "time": "2026-01-02T03:04:05Z"}
    client.post("/v1/events", json=[event])
    client.delete("/v1/users/zoe")
    counted = {"accepted": {}, "duplicates": 0, "refused": 1}
    assert client.post("/v1/events", json=[event]).json() == counted
    answer = client.post("/v1/events", content=json.dumps(event), headers=LINES)
    assert answer.json() == {**counted, "rejected": [], "rejected_count": 0}
    assert client.get("/v1/users/zoe").status_code == 404


def test_a_person_is_gone_from_every_answer(client: TestClient) -> None:
    sent = [{"user": "zoe/7", "item": "tea", "type": "click"}]
    assert client.post("/v1/events", json=sent).status_code == 200
    assert client.get("/v1/users/zoe%2F7").status_code == 200
    answer = client.delete("/v1/users/zoe%2F7")
    assert answer.status_code == 200
    receipt = answer.json()
    assert {one["holder"]: one["rows"] for one in receipt["holders"]}["events"] == 1
    assert client.delete("/v1/users/zoe%2F7").json() == receipt
    for path in ("", "/portrait", "/ties", "/people-to-follow"):
        assert client.get(f"/v1/users/zoe%2F7{path}").status_code == 404
    assert "zoe/7" not in client.get("/v1/users?limit=1000").text
    assert "zoe/7" not in client.get("/v1/export/events").text
    assert client.get("/v1/forgotten").json() == {"receipts": [receipt]}


def test_nobody_cannot_be_forgotten(client: TestClient) -> None:
    answer = client.delete("/v1/users/nobody")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_statement_of_a_portrait_is_no_person(client: TestClient) -> None:
    assert client.delete("/v1/users/nobody/portrait/abc").status_code == 404
    assert client.get("/v1/forgotten").json() == {"receipts": []}
