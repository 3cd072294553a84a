"""A person's taste that is late or fails: pages hold what everybody likes, and nothing that the person turned down or has."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.apps.api.test_explain import why
from tests.apps.conftest import STRANGE_ID
from zhiyin.retrieval.taste import Taste

if TYPE_CHECKING:
    from starlette.testclient import TestClient

NEW_TO_U0 = {"home": {"tea", "net", "kettle"}, "hot": {"tea", "net"}, "latest": {"kettle"}}
"""Surface → what it can show without taste, beside ball, which is turned down, and what u0 has."""
NEEDING_NO_TASTE = {"popular", "trending", "fresh"}


@pytest.fixture
def late(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let taste never answer in time."""
    over = threading.Event()
    (home / "zhiyin.toml").write_text("[pipelines.home]\nbudget_ms = 2000\n")
    monkeypatch.setattr(Taste, "hydrate_query", lambda *_: over.wait(30))
    yield
    over.set()


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let taste fail, which takes no time."""

    def fails(*_: object) -> None:
        raise RuntimeError("no model")

    monkeypatch.setattr(Taste, "hydrate_query", fails)


def page(client: TestClient, surface: str, n: int = 2) -> dict[str, Any]:
    asked = {"user": "u0", "n": n} | ({} if surface == "feed" else {"surface": surface})
    answer = client.get(f"/v1/{'feed' if surface == 'feed' else 'recommend'}", params=asked)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


def turn_down_the_ball(client: TestClient) -> None:
    event = {"user": "u0", "item": "ball", "type": "dislike"}
    assert client.post("/v1/events", json=event).status_code == 200
    assert client.put("/v1/items", json=[{"id": "kettle", "title": "Kettle"}]).status_code == 200


@pytest.mark.parametrize("surface", NEW_TO_U0)
@pytest.mark.usefixtures("failing")
def test_the_page_holds_what_needs_no_taste(client: TestClient, surface: str) -> None:
    turn_down_the_ball(client)
    told = page(client, surface, len(NEW_TO_U0[surface]))
    assert {one["item"] for one in told["items"]} == NEW_TO_U0[surface]
    for item in told["items"]:
        assert not item["backfill"]
        assert set(item["sources"]) <= NEEDING_NO_TASTE
        assert sum(one["share"] for one in item["reasons"]) == pytest.approx(1)
    assert told["degraded"]
    faults = {
        f"{one['stage']}/{one['name']}": (one["status"], one["note"])
        for one in told["trace"]
        if one["status"] != "ok"
    }
    assert faults.pop("query_hydrators/taste")[0] == "failed"
    wanting = ("skipped", "needs affinity, which query_hydrators/taste did not give")
    assert faults == ({"sources/alike": wanting} if surface == "home" else {})


@pytest.mark.usefixtures("failing")
def test_what_was_turned_down_fills_no_page_that_is_short(client: TestClient) -> None:
    turn_down_the_ball(client)
    for surface in (*NEW_TO_U0, "feed"):
        told = page(client, surface, 50)
        is_backfill = {one.get("item", one.get("id")): one["backfill"] for one in told["items"]}
        assert is_backfill, surface
        assert "ball" not in is_backfill, surface
        assert all(is_backfill.get(item, True) for item in ("pot", "cup", STRANGE_ID)), surface


@pytest.mark.usefixtures("failing")
def test_a_page_of_nobody_known_is_as_full_as_ever(client: TestClient) -> None:
    answer = client.get("/v1/recommend?user=stranger&n=6").json()
    assert len(answer["items"]) == 6


@pytest.mark.usefixtures("failing")
def test_nothing_is_shown_where_nobody_can_tell_what_was_turned_down(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise OSError("no store")

    monkeypatch.setattr(Taste, "brief", fails)
    told = page(client, "home")
    assert told["items"] == []
    [disliked] = [one for one in told["trace"] if one["name"] == "disliked"]
    assert disliked["status"] == "skipped"
    assert disliked["note"].startswith("needs against, which query_hydrators/taste")


@pytest.mark.usefixtures("failing")
def test_such_a_page_is_explained(client: TestClient) -> None:
    turn_down_the_ball(client)
    told = page(client, "home")
    item = told["items"][0]["item"]
    shown = why(client, told["request_id"], item)
    assert shown["verdict"]["kind"] == "shown"
    assert shown["now"]["degraded"]
    assert shown["now"]["reasons"] == told["items"][0]["reasons"]
    dropped = why(client, told["request_id"], "ball")
    assert (dropped["verdict"]["kind"], dropped["verdict"]["stage"]) == ("filtered", "disliked")


def test_a_late_page_is_explained_when_taste_answers_again(
    client: TestClient, late: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    turn_down_the_ball(client)
    told = page(client, "home", 3)
    assert {one["item"] for one in told["items"]} == NEW_TO_U0["home"]
    assert told["trace"][0]["status"] == "late"
    monkeypatch.undo()
    shown = why(client, told["request_id"], told["items"][0]["item"])
    assert shown["shown"]["place"] == 1
    assert not shown["now"]["degraded"]
