"""Lists page by page, exports line by line, and answers that are not sent twice (ETag)."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.apps.conftest import STRANGE_ID
from zhiyin.shop import Shop

if TYPE_CHECKING:
    from starlette.testclient import TestClient

TOLD = ["/v1/items/tea", "/v1/users/u0", "/v1/posts/p1", "/openapi.json"]


def paged(client: TestClient, kind: str, limit: int) -> list[dict[str, Any]]:
    found, after = [], -1
    while after is not None:
        page = client.get(f"/v1/{kind}", params={"after": after, "limit": limit}).json()
        assert len(page[kind]) <= limit
        found += page[kind]
        after = page["next"]
    return found


@pytest.mark.parametrize("limit", [1, 4, 100])
def test_every_item_and_person_is_on_one_page(steady: TestClient, limit: int) -> None:
    items = [one["id"] for one in paged(steady, "items", limit)]
    assert items == ["tea", "pot", "cup", "ball", "net", STRANGE_ID]
    assert sorted(one["id"] for one in paged(steady, "users", limit)) == [
        f"u{n}" for n in range(10)
    ]


def test_a_list_tells_what_the_item_alone_tells(steady: TestClient) -> None:
    for one in paged(steady, "items", 3):
        if "/" not in one["id"]:
            assert one == steady.get(f"/v1/items/{one['id']}").json()


def test_what_comes_meanwhile_is_on_the_last_page(client: TestClient) -> None:
    first = client.get("/v1/items?limit=6").json()
    client.put(
        "/v1/items", json=[{"id": "late", "attributes": {"a": 1}}, {"id": "tea", "stock": 3}]
    )
    last = client.get("/v1/items", params={"after": first["next"]}).json()
    assert last == {"items": [{"id": "late", "attributes": {"a": 1}}], "next": None}


@pytest.mark.parametrize("asked", ["limit=0", "limit=1001", "after=-2", "after=x"])
def test_a_page_that_is_none_is_refused(steady: TestClient, asked: str) -> None:
    assert steady.get(f"/v1/items?{asked}").status_code == 422


def test_an_export_over_the_wire_is_that_of_the_command(
    client: TestClient, home: Path, tmp_path: Path
) -> None:
    client.get("/v1/recommend?user=u0")
    client.put("/v1/posts", json=[{"id": "p1", "user": "u0", "text": "gut\nso"}])
    kinds = ["events", "items", "users", "posts", "ties", "impressions", "labelled", "rules"]
    deadline = time.monotonic() + 10
    while not client.get("/v1/export/impressions").text and time.monotonic() < deadline:
        time.sleep(0.05)  # impressions are written behind the requests
    with Shop.open(home) as shop:
        shop.store.export(tmp_path / "out", "jsonl", kinds)
    for kind in kinds:
        answer = client.get(f"/v1/export/{kind}")
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("application/x-ndjson")
        file = tmp_path / "out" / f"{kind}.jsonl"
        assert answer.text == (file.read_text("utf-8") if file.exists() else "")
    events = [json.loads(line) for line in client.get("/v1/export/events").text.splitlines()]
    assert events[0]["user"] == "u0"


def test_an_export_that_nobody_reads_on_lets_go_of_the_store(client: TestClient) -> None:
    events = [{"user": "u", "item": "tea", "type": "view"}] * 1000
    for _ in range(4):
        client.post("/v1/events", json=events)
    for _ in range(30):  # more than the store has connections
        with client.stream("GET", "/v1/export/events") as answer:
            next(answer.iter_lines())
    assert client.get("/v1/items/tea").status_code == 200


def test_an_unknown_export_is_not_found(steady: TestClient) -> None:
    answer = steady.get("/v1/export/event")
    assert answer.status_code == 404
    assert 'did you mean "events"' in answer.json()["expected"]


def test_a_post_is_told(client: TestClient) -> None:
    post = {
        "id": "p/1",
        "user": "u0",
        "item": "tea",
        "kind": "review",
        "text": "good",
        "rating": 4.5,
        "time": "2026-05-01T08:00:00Z",
    }
    client.put("/v1/posts", json=[post])
    assert client.get("/v1/posts/p%2F1").json() == post
    assert client.get("/v1/posts/p9").status_code == 404


@pytest.mark.parametrize("path", TOLD)
def test_what_is_known_is_not_sent_again(client: TestClient, path: str) -> None:
    client.put("/v1/posts", json=[{"id": "p1", "text": "good"}])
    first = client.get(path)
    tag = first.headers["etag"]
    again = client.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    strong = tag.removeprefix("W/")
    assert client.get(path, headers={"If-None-Match": f'"x", {strong}'}).status_code == 304
    assert client.get(path, headers={"If-None-Match": "*"}).status_code == 304
    other = client.get(path, headers={"If-None-Match": '"x"'})
    assert (other.status_code, other.json()) == (200, first.json())


def test_what_changed_is_sent_again(client: TestClient) -> None:
    tag = client.get("/v1/items/tea").headers["etag"]
    client.put("/v1/items", json=[{"id": "tea", "stock": 7}])
    answer = client.get("/v1/items/tea", headers={"If-None-Match": tag})
    assert (answer.status_code, answer.json()["stock"]) == (200, 7)
    assert answer.headers["etag"] != tag
