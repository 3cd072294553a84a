"""A clock that jumps back: pages, what they know, and what is counted go on."""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from starlette.testclient import TestClient


def set_back(by: timedelta, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every clock that can be set tell an earlier time."""

    class AnyTime(type(datetime)):  # type: ignore[misc]
        def __instancecheck__(cls, one: object) -> bool:
            return isinstance(one, datetime)

    class Earlier(datetime, metaclass=AnyTime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz) - by

    seconds, nanoseconds = time.time, time.time_ns
    earlier: dict[object, object] = {
        datetime: Earlier,
        seconds: lambda: seconds() - by.total_seconds(),
        nanoseconds: lambda: nanoseconds() - int(by.total_seconds()) * 10**9,
    }
    for name, module in list(sys.modules.items()):
        if name == "time" or name.startswith("zhiyin."):
            for attribute, value in list(vars(module).items()):
                if isinstance(value, type(time.time) | type) and value in earlier:
                    monkeypatch.setattr(module, attribute, earlier[value])


def counted(client: TestClient, name: str) -> float:
    lines = client.get("/metrics").text.splitlines()
    return sum(float(line.rpartition(" ")[2]) for line in lines if line.startswith(name))


def page(client: TestClient, user: str, **more: str) -> dict[str, Any]:
    answer = client.get("/v1/recommend", params={"user": user, "n": 2, **more})
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


@pytest.mark.parametrize("by", [timedelta(seconds=90), timedelta(days=2), timedelta(days=3000)])
def test_all_goes_on_when_the_clock_jumps_back(
    by: timedelta, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = page(client, "u0")
    event = {"user": "bob", "item": "tea", "type": "purchase"}
    assert client.post("/v1/events", json=event).status_code == 200
    assert page(client, "bob")["items"][0]["reasons"][0]["evidence"][0]["item"] == "tea"
    pages, events = counted(client, "zhiyin_pages_total"), counted(client, "zhiyin_events_total")
    set_back(by, monkeypatch)
    assert time.time() < (datetime.now(UTC) - by / 2).timestamp()
    assert page(client, "bob")["items"]
    ball = {"user": "eve", "item": "ball", "type": "purchase", "event_id": "e1"}
    assert client.post("/v1/events", json=ball).status_code == 200
    assert client.post("/v1/events", json=ball).json()["duplicates"] == 1
    known = page(client, "eve")
    assert known["items"][0]["item"] == "net"
    assert known["items"][0]["reasons"][0]["evidence"][0]["item"] == "ball"
    second = page(client, "u0", after=first["next"])
    shown = [item["item"] for item in first["items"] + second["items"]]
    assert len(set(shown)) == len(shown)
    assert client.get("/v1/search", params={"q": "tea"}).json()["items"]
    assert counted(client, "zhiyin_pages_total") >= pages + 3
    assert counted(client, "zhiyin_events_total") == events + 2
