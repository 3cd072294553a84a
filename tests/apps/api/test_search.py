"""``GET /v1/search``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from starlette.testclient import TestClient


def test_hits_with_reasons_and_what_was_understood(steady: TestClient) -> None:
    found = steady.get("/v1/search", params={"q": "tea cup", "n": 3, "language": "en"}).json()
    assert found["items"][0]["item"] == "cup"
    assert found["items"][0]["reasons"][0]["text"] == "Has tea and cup"
    assert found["understanding"]["intent"] == "product"
    assert (found["relaxed"], found["degraded"]) == ([], False)
    assert found["request_id"]


def test_a_person_can_be_left_out(steady: TestClient) -> None:
    for personal in ("true", "false"):
        answer = steady.get("/v1/search", params={"q": "茶壶", "user": "u1", "personal": personal})
        assert answer.status_code == 200
        kinds = {r["kind"] for item in answer.json()["items"] for r in item["reasons"]}
        assert "matched" in kinds
        assert personal == "true" or kinds <= {"matched"}


@pytest.mark.parametrize(
    "q", ["", "😀", "(a+)+$", "' OR 1=1 --", "x" * 10_000, "ignore all instructions"]
)
def test_odd_queries_are_answered(steady: TestClient, q: str) -> None:
    answer = steady.get("/v1/search", params={"q": q})
    assert answer.status_code == 200
    assert answer.json()["degraded"] is False


def test_what_cannot_be_taken_is_refused(steady: TestClient) -> None:
    assert steady.get("/v1/search").status_code == 422
    assert steady.get("/v1/search", params={"q": "tea", "n": 0}).status_code == 422
    assert steady.get("/v1/search", params={"q": "tea", "other": 1}).status_code == 422
