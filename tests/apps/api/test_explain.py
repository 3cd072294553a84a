"""/v1/explain: what was logged, the numbers of every stage, and why not."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from tests.apps.api.conftest import Opener
from tests.apps.conftest import STRANGE_ID
from zhiyin.apps.api.explain_bodies import Explained

if TYPE_CHECKING:
    from starlette.testclient import TestClient


@pytest.fixture(autouse=True)
def _a_busy_machine_changes_no_page(home: Path) -> None:
    (home / "zhiyin.toml").write_text("[pipelines.home]\nbudget_ms = 5000\n")


def why(client: TestClient, request_id: str, item: str, language: str = "en") -> dict[str, Any]:
    answer = client.get(f"/v1/explain/{request_id}/{quote(item)}", params={"language": language})
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    Explained.model_validate(told, extra="forbid")
    return told


def test_a_shown_item_is_told_with_what_came_of_it(client: TestClient) -> None:
    page = client.get("/v1/recommend?user=u0&n=2&weather=rain").json()
    item = page["items"][0]
    client.post(
        "/v1/events",
        json={
            "user": "u0",
            "item": item["item"],
            "type": "click",
            "request_id": page["request_id"],
        },
    )
    told = why(client, page["request_id"], item["item"])
    assert (told["user"], told["surface"], told["context"]) == ("u0", "home", {"weather": "rain"})
    assert told["verdict"]["text"] == "It stands at place 1"
    shown = told["shown"]
    assert (shown["place"], shown["of"], shown["score"]) == (1, 2, item["score"])
    assert [one["type"] for one in shown["outcomes"]] == ["click"]
    now = told["now"]
    assert now["differs"] is False  # the click came after the page
    assert now["place"] == 1
    assert now["score"] == pytest.approx(item["score"])
    assert [one["name"] for one in now["sources"] if one["rank"]] == item["sources"]
    [scorer] = now["scorers"]
    assert sum(scorer["parts"].values()) == pytest.approx(scorer["score"])
    assert [one["name"] for one in now["filters"]] == [
        "allowed",
        "in_stock",
        "disliked",
        "seen",
        "seeds",
    ]
    assert all(one["kept"] for one in now["filters"])
    assert [one["after"] for one in now["rerankers"]][-1] == 1
    assert now["reasons"] == item["reasons"]


def test_why_not_names_the_stage_in_both_languages(client: TestClient) -> None:
    client.put("/v1/items", json=[{"id": "ball", "stock": 0}])
    page = client.get("/v1/recommend?user=u0&n=1").json()
    told = why(client, page["request_id"], "ball")
    assert told["shown"] is None
    assert told["verdict"] == {
        "kind": "filtered",
        "stage": "in_stock",
        "text": "Dropped by the filter in_stock",
    }
    assert why(client, page["request_id"], "ball", "zh")["verdict"]["text"] == (
        "被过滤器 in_stock 去掉"
    )
    behind = why(client, page["request_id"], "net")["verdict"]
    assert behind["kind"] == "outscored"
    assert behind["text"] == f"Scored {behind['rank']} of {behind['of']}, behind the page's last"
    had = why(client, page["request_id"], "pot")["verdict"]
    assert (had["kind"], had["stage"]) == ("held_back", "seen")


def test_what_is_in_no_source_is_told(open_client: Opener, home: Path) -> None:
    (home / "zhiyin.toml").write_text('[pipelines.home]\nsources = [{ type = "fresh" }]\n')
    client = open_client(home)
    page = client.get("/v1/recommend?n=1").json()
    lost = {why(client, page["request_id"], item)["verdict"]["text"] for item in ("tea", "ball")}
    assert "No source proposed it" in lost


def test_a_later_page_is_asked_again_as_the_page_it_was(client: TestClient) -> None:
    first = client.get("/v1/recommend?user=u1&n=2").json()
    after = client.get(f"/v1/recommend?user=u1&n=2&after={first['next']}").json()
    told = why(client, after["request_id"], after["items"][0]["item"])
    assert told["now"]["differs"] is False
    gone = why(client, after["request_id"], first["items"][0]["item"])
    assert gone["verdict"]["text"] == "An earlier page of this list showed it"


@pytest.mark.parametrize(
    "path",
    [
        "/v1/items/tea/similar?n=2",
        "/v1/items/tea/together?n=2",
        "/v1/recommend?basket=tea&basket=pot&n=3",
        "/v1/search?q=tea&user=u0&n=2",
        "/v1/feed?user=u0&n=5",
        "/v1/recommend?surface=hot&user=u3&diversity=0.4",
    ],
)
def test_every_list_can_be_explained(client: TestClient, path: str) -> None:
    page = client.get(path).json()
    item = next(
        one.get("item") or one["id"] for one in page["items"] if one.get("kind", "item") == "item"
    )
    told = why(client, page["request_id"], item)
    assert told["verdict"]["kind"] == "shown"
    assert told["now"]["differs"] is False


def test_what_has_changed_since_is_said(client: TestClient) -> None:
    page = client.get("/v1/recommend?user=u0&n=1").json()
    item = page["items"][0]["item"]
    client.put("/v1/items", json=[{"id": item, "stock": 0}])
    told = why(client, page["request_id"], item)
    assert told["verdict"]["kind"] == "shown"
    assert told["now"]["differs"] is True
    assert told["now"]["place"] is None
    assert [one["kept"] for one in told["now"]["filters"] if one["name"] == "in_stock"] == [False]
    assert told["steps"][-1].startswith("Things have changed since")
    instead = client.get("/v1/recommend?user=u0&n=1").json()["items"][0]["item"]
    assert why(client, page["request_id"], instead)["verdict"]["kind"] == "shown_now"


def test_an_explanation_leaves_no_page_behind(client: TestClient) -> None:
    page = client.get("/v1/recommend?user=u0&n=1").json()
    time.sleep(0.6)
    for _ in range(2):
        assert why(client, page["request_id"], "tea")["now"]["place"]
    metrics = client.get("/metrics").text
    assert "zhiyin_pages_total" in metrics
    assert 'surface="home"} 1' in metrics


@pytest.mark.parametrize(
    ("request_id", "item", "what"),
    [
        ("nothing", "tea", "no page was shown under the request nothing"),
        ("%00", "tea", "no page was shown"),
        ("nothing", "nix", "no item has the id nix"),
    ],
)
def test_what_is_not_known_is_a_404(
    steady: TestClient, request_id: str, item: str, what: str
) -> None:
    answer = steady.get(f"/v1/explain/{request_id}/{item}")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["title"].startswith(what)
    assert answer.json()["next_step"]


def test_a_strange_id_can_be_asked_for(client: TestClient) -> None:
    page = client.get("/v1/recommend?n=6").json()
    assert why(client, page["request_id"], STRANGE_ID)["item"] == STRANGE_ID


def test_a_page_still_on_its_way_is_waited_for(client: TestClient) -> None:
    page = client.get("/v1/recommend?n=1").json()
    told = why(client, page["request_id"], page["items"][0]["item"])  # at once
    assert told["verdict"]["kind"] == "shown"


def test_a_page_is_told_stage_by_stage(client: TestClient) -> None:
    told = client.post("/v1/explain", json={"user": "u0", "n": 3, "item": "ball"}).json()
    shown = client.get("/v1/recommend", params={"user": "u0", "n": 3}).json()
    assert [one["item"] for one in told["items"]] == [one["item"] for one in shown["items"]]
    assert sum(one["proposed"] for one in told["sources"]) >= told["allowed"] >= len(told["items"])
    on_page = [one for one in told["judged"] if one["place"]]
    assert [one["item"] for one in on_page] == [one["item"] for one in told["items"]]
    for one in on_page:
        parts = [sum(scorer["parts"].values()) for scorer in one["scorers"] if scorer["parts"]]
        assert sum(parts) == pytest.approx(one["score"], rel=1e-4)
    assert told["why"]["item"] == "ball"
    assert told["why"]["verdict"]["text"]


def test_what_filters_take_out_is_named(client: TestClient) -> None:
    gone = client.get("/v1/recommend", params={"user": "u0", "n": 1}).json()["items"][0]["item"]
    client.put("/v1/items", json=[{"id": gone, "stock": 0}]).raise_for_status()
    told = client.post("/v1/explain", json={"user": "u0"}).json()
    dropped = {one["name"]: [item["item"] for item in one["items"]] for one in told["filters"]}
    assert gone in dropped["in_stock"]


def test_a_page_that_is_looked_at_leaves_no_trace(client: TestClient) -> None:
    before = client.get("/v1/overview").json()
    client.post("/v1/explain", json={"user": "u0"}).raise_for_status()
    assert client.get("/v1/overview").json()["served"] == before["served"]
