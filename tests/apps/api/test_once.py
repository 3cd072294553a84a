"""Idempotency-Key: the same request takes effect once and is answered alike; another is refused."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from zhiyin.shop import Shop
from zhiyin.store.store import Store

if TYPE_CHECKING:
    from starlette.testclient import TestClient

EVENT = {"user": "new", "item": "tea", "type": "purchase"}
RULE = {"kind": "bury", "where": 'id = "tea"', "set_by": "ann"}
SYNONYM = {"words": ["cup", "mug"], "set_by": "ann"}
KEY = {"Idempotency-Key": "k-1"}
BODIES: dict[str, Any] = {
    "/v1/events": [EVENT, EVENT],
    "/v1/rules": RULE,
    "/v1/search/synonyms": SYNONYM,
}


def count(home: Path, path: str) -> int:
    with Store.open(home / "shop.db") as store:
        if path == "/v1/events":
            return sum(chunk.height for chunk in store.events())
        return len(store.rules.changes()) + len(store.synonyms.changes())


@pytest.mark.parametrize("path", BODIES)
def test_the_same_request_takes_effect_once(client: TestClient, home: Path, path: str) -> None:
    before = count(home, path)
    first = client.post(path, json=BODIES[path], headers=KEY)
    assert first.status_code == 200, first.text
    after = count(home, path)
    assert after > before
    again = client.post(path, json=BODIES[path], headers=KEY)
    assert (again.status_code, again.json()) == (200, first.json())
    assert again.headers["content-type"] == first.headers["content-type"]
    assert count(home, path) == after


def test_another_body_under_the_key_is_refused(client: TestClient, home: Path) -> None:
    client.post("/v1/events", json=EVENT, headers=KEY)
    before = count(home, "/v1/events")
    answer = client.post("/v1/events", json={**EVENT, "item": "pot"}, headers=KEY)
    assert answer.status_code == 422
    assert answer.json()["where"] == "Idempotency-Key"
    assert answer.json()["next_step"]
    assert count(home, "/v1/events") == before


def test_another_key_or_none_is_another_request(client: TestClient) -> None:
    for headers in (KEY, {"Idempotency-Key": "k-2"}, {}, {}):
        answer = client.post("/v1/events", json=EVENT, headers=headers)
        assert answer.json()["accepted"]["events"] == 1


def test_the_same_key_elsewhere_is_another_request(client: TestClient) -> None:
    assert client.post("/v1/events", json=EVENT, headers=KEY).status_code == 200
    assert client.post("/v1/rules", json=RULE, headers=KEY).status_code == 200


@contextmanager
def while_recording(monkeypatch: pytest.MonkeyPatch, during: Any) -> Iterator[None]:
    record = Shop.record

    def slow(self: Shop, events: Any) -> Any:
        during()
        return record(self, events)

    with monkeypatch.context() as patch:
        patch.setattr(Shop, "record", slow)
        yield


def test_one_that_is_being_answered_is_a_conflict(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile() -> None:
        found.append(client.post("/v1/events", json=EVENT, headers=KEY))

    found: list[Any] = []
    with while_recording(monkeypatch, meanwhile):
        # The second request never records: it is turned away before.
        first = client.post("/v1/events", json=EVENT, headers=KEY)
    assert first.status_code == 200
    [second] = found
    assert second.status_code == 409
    assert second.headers["retry-after"] == "1"
    assert second.json()["where"] == "Idempotency-Key"


def test_one_that_failed_may_be_sent_again(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails() -> None:
        raise RuntimeError("the power went")

    with while_recording(monkeypatch, fails):
        assert client.post("/v1/events", json=EVENT, headers=KEY).status_code == 500
    bad = {**EVENT, "time": "2199-01-01T00:00:00Z"}
    assert client.post("/v1/events", json=bad, headers=KEY).status_code == 422
    assert client.post("/v1/events", json=EVENT, headers=KEY).json()["duplicates"] == 0


def test_events_count_once_also_where_the_answer_was_lost(client: TestClient, home: Path) -> None:
    first = client.post("/v1/events", json=[EVENT, EVENT], headers=KEY).json()
    assert first["accepted"]["events"] == 2
    with Store.open(
        home / "shop.db"
    ) as store:  # as if the server had been killed before it kept the answer
        kept = store.answers
        with kept._database.writing() as connection:
            connection.exec_driver_sql("DELETE FROM answers")
    again = client.post("/v1/events", json=[EVENT, EVENT], headers=KEY).json()
    assert again == {"accepted": {}, "duplicates": 2, "refused": 0}


def test_ten_at_once_take_effect_once(client: TestClient, home: Path) -> None:
    before = count(home, "/v1/rules")

    def send(_: int) -> int:
        return int(client.post("/v1/rules", json=RULE, headers=KEY).status_code)

    with ThreadPoolExecutor(10) as pool:
        statuses = list(pool.map(send, range(10)))
    assert set(statuses) <= {200, 409}
    assert 200 in statuses
    assert count(home, "/v1/rules") == before + 1


@pytest.mark.parametrize("key", ["", "a b", "x" * 256])
def test_a_key_that_is_none_is_refused(steady: TestClient, key: str) -> None:
    answer = steady.post("/v1/events", json=EVENT, headers={"Idempotency-Key": key})
    assert answer.status_code == 422
    assert "Idempotency-Key" in answer.json()["detail"]


def test_nobody_is_answered_without_the_api_key(
    open_client: Any, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pydantic import SecretStr

    client = open_client(home, key=SecretStr("s3cret"))
    own = {**KEY, "Authorization": "Bearer s3cret"}
    assert client.post("/v1/events", json=EVENT, headers=own).status_code == 200
    assert client.post("/v1/events", json=EVENT, headers=KEY).status_code == 401
    wrong = {**KEY, "Authorization": "Bearer other"}
    assert client.post("/v1/events", json=EVENT, headers=wrong).status_code == 401


def test_what_is_kept_of_a_body_says_nothing_without_the_key(
    client: TestClient, home: Path
) -> None:
    for name in ("one", "two"):
        client.post("/v1/events", json=[EVENT], headers={"Idempotency-Key": name})
    with closing(sqlite3.connect(home / "shop.db")) as connection:
        bodies = [body for (body,) in connection.execute("SELECT body FROM answers")]
    assert len(bodies) == len(set(bodies)) == 2
