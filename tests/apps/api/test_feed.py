"""/v1/feed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.apps.api.conftest import opened
from zhiyin.apps.api.feed_bodies import FeedAnswer
from zhiyin.core.records import Event, Post, Tie
from zhiyin.shop import Shop
from zhiyin.store.frames import frame

if TYPE_CHECKING:
    from starlette.testclient import TestClient

NOW = datetime.now(UTC)


@pytest.fixture(scope="module")
def client(
    untrained_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[TestClient]:
    home = Path(shutil.copytree(untrained_template, tmp_path_factory.mktemp("feed") / "home"))
    with Shop.open(home) as shop:
        shop.store.write("ties", frame([Tie("fay", "gus"), Tie("gus", "fay")]))
        item = shop.store.keys(0, [0])[0]  # type: ignore[arg-type]
        shop.record([Event("gus", item, "purchase", time=NOW - timedelta(days=1), event_id="e1")])
        shop.record([Event("fay", item, "view", time=NOW - timedelta(days=9), event_id="e2")])
        text = "质量很好，就是物流太慢了"
        shop.store.write("posts", frame([Post("r1", "gus", item, text=text, rating=5.0, time=NOW)]))
        shop.train()
    with opened(home) as client:
        yield client


def entries(client: TestClient, **asked: str) -> list[dict[str, object]]:
    answer = client.get("/v1/feed", params={"user": "fay", "n": "20", **asked})
    assert answer.status_code == 200, answer.text
    FeedAnswer.model_validate(answer.json())
    return answer.json()["items"]  # type: ignore[no-any-return]


def test_a_friend_s_review_is_there_with_reasons_and_without_a_name(client: TestClient) -> None:
    found = {one["id"]: one for one in entries(client, language="zh")}
    assert found["r1"]["kind"] == "post"
    assert found["r1"]["text"] == "质量很好，就是物流太慢了"
    assert "author" not in found["r1"]
    assert found["r1"]["reasons"]


def test_who_hides_is_gone_from_the_next_page(client: TestClient) -> None:
    assert "r1" in {one["id"] for one in entries(client)}
    person = [{"id": "gus", "attributes": {"social": "hidden"}}]
    assert client.put("/v1/users", json=person).status_code == 200
    assert "r1" not in {one["id"] for one in entries(client)}
    assert client.put(
        "/v1/users", json=[{"id": "gus", "attributes": {"social": "named"}}]
    ).is_success


def test_a_page_of_several_kinds_is_refused_where_only_items_are_told(client: TestClient) -> None:
    answer = client.get("/v1/recommend", params={"user": "fay", "surface": "feed"})
    assert answer.status_code == 404
    assert "/v1/feed" in answer.json()["next_step"]


def test_half_a_place_is_refused_and_a_page_is_counted(client: TestClient) -> None:
    answer = client.get("/v1/feed", params={"user": "fay", "latitude": "31.2"})
    assert answer.status_code == 422
    assert "together" in answer.text
    entries(client, latitude="31.2", longitude="121.5")
    assert 'surface="feed"' in client.get("/metrics").text
