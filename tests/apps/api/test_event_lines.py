"""POST /v1/events with lines of JSON: each judged alone, stored as they come, in bounded memory."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anyio
import pytest
from starlette.concurrency import iterate_in_threadpool

from zhiyin.apps.api.ndjson import LONGEST_LINE, numbered_lines
from zhiyin.errors import StoreUnavailable
from zhiyin.store.store import Store

if TYPE_CHECKING:
    from starlette.testclient import TestClient

LINES = {"Content-Type": "application/x-ndjson"}


def line(user: str = "new", item: str = "tea", **more: Any) -> str:
    return json.dumps({"user": user, "item": item, "type": "view", **more}) + "\n"


def count(home: Path) -> int:
    with Store.open(home / "shop.db") as store:
        return sum(chunk.height for chunk in store.events())


def test_each_line_is_judged_alone(client: TestClient, home: Path) -> None:
    before = count(home)
    lines = [
        line(event_id="a"),
        "\n",
        "{no json\n",
        line(user=""),
        line(event_id="a"),
        line(user="  "),
        line(quantity=2),
        "[]\n",
        line(context={"x": "y" * LONGEST_LINE}),
        line(time="2199-01-01T00:00:00Z"),
        line(item="新").strip(),
    ]
    answer = client.post("/v1/events", content="".join(lines), headers=LINES)
    assert answer.status_code == 200
    told = answer.json()
    assert told["accepted"] == {"events": 2, "items": 1, "users": 1}
    assert told["duplicates"] == 1
    assert [one["line"] for one in told["rejected"]] == [3, 4, 6, 7, 8, 9, 10]
    assert told["rejected_count"] == 7
    words = ["JSON", "user", "user", "quantity", "", "65,536 bytes", "time"]
    for one, word in zip(told["rejected"], words, strict=True):
        assert word in one["reason"]
    assert count(home) == before + 2


def test_the_next_list_knows_them(client: TestClient) -> None:
    client.post("/v1/events", content=line("ann", "net", type="purchase"), headers=LINES)
    [item] = client.get("/v1/recommend", params={"user": "ann", "n": 1}).json()["items"]
    assert item["item"] == "ball"


@pytest.mark.parametrize("content", ["", "\n \n"])
def test_no_lines_are_an_empty_report(steady: TestClient, content: str) -> None:
    answer = steady.post("/v1/events", content=content, headers=LINES)
    assert answer.status_code == 200
    nothing = {"accepted": {}, "duplicates": 0, "refused": 0, "rejected": [], "rejected_count": 0}
    assert answer.json() == nothing


def test_an_id_that_another_event_has_is_rejected(client: TestClient, home: Path) -> None:
    before = count(home)
    lines = line(event_id="x") + line("somebody", event_id="x") + line(event_id="x", value=2)
    told = client.post("/v1/events", content=lines, headers=LINES).json()
    assert told["accepted"] == {"events": 1, "users": 1}
    assert told["duplicates"] == 1
    assert told["rejected"] == [{"line": 2, "reason": "event_id: another event has it"}]
    assert count(home) == before + 1


@pytest.mark.parametrize("content", ["{}\n", line(user="")])
def test_where_none_can_be_taken_it_is_a_problem(steady: TestClient, content: str) -> None:
    answer = steady.post("/v1/events", content=content, headers=LINES)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert len(answer.json()["rejected_lines"]) == 1


def test_a_stream_may_be_larger_than_a_body(client: TestClient, home: Path) -> None:
    before = count(home)
    padding = "p" * 120
    events = 70_000  # 17 MB

    def content() -> Iterator[bytes]:
        for first in range(0, events, 1000):
            yield "".join(
                line(f"u{n % 7}", event_id=f"many-{n}", context={"padding": padding})
                for n in range(first, first + 1000)
            ).encode()

    answer = client.post("/v1/events", content=content(), headers=LINES)
    assert answer.json()["accepted"]["events"] == events
    assert count(home) == before + events


def test_only_the_first_thousand_rejected_are_told(client: TestClient) -> None:
    answer = client.post("/v1/events", content=line() + "x\n" * 2500, headers=LINES).json()
    assert len(answer["rejected"]) == 1000
    assert answer["rejected_count"] == 2500


def test_a_failure_on_the_way_says_how_far_it_came(
    client: TestClient, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = count(home)
    whole, calls = Store.write, []

    def write(self: Store, kind: str, *rest: Any) -> Any:
        calls.append(kind)
        if calls.count("events") == 3:
            raise StoreUnavailable("disk full", where="shop.db")
        return whole(self, kind, *rest)

    monkeypatch.setattr(Store, "write", write)
    content = "".join(line(event_id=f"e{n}") for n in range(5000))
    answer = client.post("/v1/events", content=content, headers=LINES)
    assert answer.status_code == 503
    assert answer.json()["stored_lines"] == 2000
    monkeypatch.undo()
    assert count(home) == before + 2000
    again = client.post("/v1/events", content=content, headers=LINES).json()
    assert (again["accepted"]["events"], again["duplicates"]) == (3000, 2000)


def test_under_a_key_lines_without_ids_count_once(client: TestClient, home: Path) -> None:
    headers = {**LINES, "Idempotency-Key": "import-1"}
    content = line() + line()
    first = client.post("/v1/events", content=content, headers=headers).json()
    assert first["accepted"]["events"] == 2
    again = client.post("/v1/events", content=content + line(item="pot"), headers=headers).json()
    assert (again["accepted"], again["duplicates"]) == ({"events": 1}, 2)
    other = client.post("/v1/events", content=content, headers=LINES).json()
    assert other["accepted"] == {"events": 2}


def test_lines_of_json_are_for_events_only(steady: TestClient) -> None:
    assert steady.put("/v1/items", content='{"id": "a"}\n', headers=LINES).status_code == 415


async def _read(text: bytes, size: int, at_once: int) -> list[list[tuple[int, bytes]]]:
    pieces = (text[n : n + size] for n in range(0, len(text), size))
    return [some async for some in numbered_lines(iterate_in_threadpool(pieces), at_once)]


@pytest.mark.parametrize("size", [1, 2, 3, 1000])
def test_lines_are_the_same_in_pieces_of_any_size(size: int) -> None:
    text = b"a\r\n\nb c\n\n\nlast"
    read = anyio.run(_read, text, size, 2)
    assert read == [[(1, b"a"), (3, b"b c")], [(6, b"last")]]


def test_a_long_line_is_cut() -> None:
    text = b"x" * (3 * LONGEST_LINE) + b"\ny\n"
    [[(first, cut), (second, rest)]] = anyio.run(_read, text, 1000, 10)
    assert (first, len(cut), second, rest) == (1, LONGEST_LINE + 1, 2, b"y")
