"""GET /v1/recommend and /v1/items/{id}/similar."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from tests.apps.api.conftest import Opener
from tests.apps.conftest import STRANGE_ID
from zhiyin.apps.api.bodies import PageAnswer
from zhiyin.retrieval.fresh import Fresh

if TYPE_CHECKING:
    from starlette.testclient import TestClient


def test_a_page_keeps_its_contract(steady: TestClient) -> None:
    answer = steady.get("/v1/recommend", params={"user": "u0", "n": 2})
    assert answer.status_code == 200
    page = answer.json()
    assert list(page) == ["request_id", "items", "next", "degraded", "trace"]
    assert page["degraded"] is False
    assert len(page["items"]) == 2
    first = page["items"][0]
    assert (first["item"], first["title"]) == ("tea", "Green tea")  # the one thing u0 lacks
    reason = first["reasons"][0]
    assert {"kind", "text", "evidence"} <= set(reason)
    assert reason["kind"] == "history"
    assert {one["item"] for one in reason["evidence"]} <= {"pot", "cup", STRANGE_ID}
    assert sum(one["share"] for one in first["reasons"]) == pytest.approx(1.0)
    assert {stage["name"] for stage in page["trace"]} >= {"alike", "popular", "blend", "caps"}


@pytest.mark.parametrize("path", ["/v1/recommend?user=u0&n=6", "/v1/items/tea/similar"])
def test_a_page_is_what_its_description_says(steady: TestClient, path: str) -> None:
    document = steady.get(path).json()
    assert PageAnswer.model_validate(document, extra="forbid").model_dump(by_alias=True) == document


@pytest.mark.parametrize("query", ["", "?user=nobody", "?user=%E7%8E%8B%20%F0%9F%98%80%2F"])
def test_someone_unknown_gets_a_list(steady: TestClient, query: str) -> None:
    page = steady.get(f"/v1/recommend{query}").json()
    assert len(page["items"]) == 6
    assert {reason["kind"] for item in page["items"] for reason in item["reasons"]} <= {
        "popular",
        "fresh",
        "discover",
    }


def test_every_page_has_its_own_request_id(steady: TestClient) -> None:
    ids = {steady.get("/v1/recommend").json()["request_id"] for _ in range(3)}
    assert len(ids) == 3


@pytest.mark.parametrize(
    ("language", "text", "title"),
    [
        ("en", "Because of Ball in your history", "Net"),
        ("zh", "因为你看过或选过“球”", "网"),
        ("zh-CN", "因为你看过或选过“球”", "网"),
        ("fr", "Because of Ball in your history", "Net"),
    ],
)
def test_reasons_and_titles_speak_the_language_asked_for(
    client: TestClient, language: str, text: str, title: str
) -> None:
    client.post("/v1/events", json={"user": "x", "item": "ball", "type": "purchase"})
    answer = client.get("/v1/recommend", params={"user": "x", "language": language})
    item = answer.json()["items"][0]
    assert item["title"] == title
    assert item["reasons"][0]["text"] == text
    assert item["reasons"][0]["evidence"][0]["title"] == ("球" if title == "网" else "Ball")


def test_the_shop_s_own_language_speaks_where_none_is_asked_for(
    open_client: Opener, home: Path
) -> None:
    (home / "zhiyin.toml").write_text('language = "zh"\n')
    page = open_client(home).get("/v1/recommend").json()
    assert page["items"][0]["reasons"][0]["text"] == "近期热门"


@pytest.mark.parametrize("item", ["pot", STRANGE_ID])
@pytest.mark.parametrize("safe", ["", "/"])
def test_similar_takes_any_id(steady: TestClient, item: str, safe: str) -> None:
    page = steady.get(f"/v1/items/{quote(item, safe=safe)}/similar", params={"n": 2}).json()
    items = [one["item"] for one in page["items"]]
    assert len(items) == 2
    assert item not in items
    assert set(items) <= {"tea", "pot", "cup", STRANGE_ID}
    assert page["items"][0]["reasons"][0]["kind"] == "similar"


def test_similar_to_an_item_newer_than_the_training_is_a_page(client: TestClient) -> None:
    client.post("/v1/events", json={"user": "u1", "item": "brand new", "type": "view"})
    answer = client.get("/v1/items/brand new/similar")
    assert answer.status_code == 200
    assert answer.json()["degraded"] is False


@pytest.mark.parametrize("item", ["nothing", "tea%2F", "", "similar", "%00"])
def test_similar_to_an_unknown_item_is_a_404(steady: TestClient, item: str) -> None:
    answer = steady.get(f"/v1/items/{item}/similar")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["title"].startswith("no item has the id")


@pytest.mark.parametrize(
    ("query", "where"),
    [
        ("n=0", "query.n"),
        ("n=1001", "query.n"),
        ("n=many", "query.n"),
        ("user=", "query.user"),
        ("usr=u1", "query.usr"),
        ("temperature_c=nan", "query.temperature_c"),
    ],
)
def test_a_wrong_parameter_is_named(steady: TestClient, query: str, where: str) -> None:
    answer = steady.get(f"/v1/recommend?{query}")
    assert answer.status_code == 422
    assert [error["where"] for error in answer.json()["errors"]] == [where]


def test_an_unknown_surface_is_a_404_that_names_those_there_are(steady: TestClient) -> None:
    answer = steady.get("/v1/recommend?surface=hom")
    assert answer.status_code == 404
    assert answer.json()["expected"] == (
        'one of again, feed, home, hot, latest, search, similar, together; did you mean "home"?'
    )


@pytest.mark.usefixtures("popular_hangs")
def test_a_late_stage_makes_a_degraded_page(client: TestClient) -> None:
    answer = client.get("/v1/recommend?user=u0")
    assert answer.status_code == 200
    assert answer.json()["degraded"] is True
    statuses = {stage["name"]: stage["status"] for stage in answer.json()["trace"]}
    assert statuses["popular"] == "late"


def test_a_failed_stage_makes_a_degraded_page_that_does_not_say_what_it_raised(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: Any) -> None:
        raise ValueError("SELECT secret FROM /etc/shop.db")

    monkeypatch.setattr(Fresh, "retrieve", fails)
    page = client.get("/v1/recommend?user=u0").json()
    assert page["degraded"] is True
    assert page["items"]
    failed = [stage for stage in page["trace"] if stage["status"] == "failed"]
    assert [(stage["name"], stage["note"]) for stage in failed] == [("fresh", "ValueError")]


@pytest.mark.parametrize("field", ["basket", "session"])
def test_an_unknown_item_that_a_page_starts_from_is_told_with_its_field(
    steady: TestClient, field: str
) -> None:
    answer = steady.get("/v1/recommend", params={field: ["tea", "no-such"]})
    assert (answer.status_code, answer.json()["where"]) == (404, field)
