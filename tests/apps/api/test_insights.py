"""How a shop does, and what its customers say, over HTTP."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

import pytest

from zhiyin.apps.api.insight_bodies import OpinionsOverTimeAnswer, OverviewAnswer
from zhiyin.core.records import Post
from zhiyin.settings import Settings
from zhiyin.shop import Shop
from zhiyin.store.frames import frame

if TYPE_CHECKING:
    from starlette.testclient import TestClient


def overview(client: TestClient, **asked: Any) -> dict[str, Any]:
    answer = client.get("/v1/overview", params=asked)
    assert answer.status_code == 200, answer.text
    OverviewAnswer.model_validate(answer.json(), extra="forbid")
    return dict(answer.json())


def test_the_newest_event_ends_the_days(client: TestClient) -> None:
    told = overview(client, days=2)
    assert (told["since"], told["until"], told["newest"]) == (
        "2026-04-30",
        "2026-05-01",
        "2026-05-01",
    )
    assert told["did"]["purchases"] == 24
    assert told["served"]["click_rate"] is None
    assert [day["purchases"] for day in told["daily"]] == [0, 24]


def test_a_click_is_counted_for_its_page(client: TestClient) -> None:
    page = client.get("/v1/recommend", params={"user": "u1", "n": 3}).json()
    item = page["items"][0]["item"]
    event = {"user": "u1", "item": item, "type": "click", "request_id": page["request_id"]}
    assert (
        client.post("/v1/events", json={**event, "time": "2026-06-01T00:00:00Z"}).status_code == 200
    )
    today = overview(client, days=1)["newest"]
    assert today == "2026-06-01"
    end = monotonic() + 10
    while not (told := overview(client, days=3660, until="2030-01-01", surface="home"))["served"][
        "pages"
    ]:
        assert monotonic() < end  # pages are written a moment after they are shown
    n = len(page["items"])
    assert (told["served"]["pages"], told["served"]["shown"], told["served"]["clicked"]) == (
        1,
        n,
        1,
    )
    row = {"shown": 1, "clicked": 1, "carted": 0, "bought": 0, "item": item}
    assert row.items() <= next(one for one in told["items"] if one["item"] == item).items()
    assert overview(client, days=3660, until="2030-01-01", surface="hot")["served"]["pages"] == 0
    assert told["degraded"][0]["surface"] == "home"
    assert told["degraded"][0]["pages"] == 1
    assert told["freshness"]["events_since"] == 1


@pytest.mark.parametrize(
    "asked",
    [{"days": 0}, {"days": 1e9}, {"until": "yesterday"}, {"until": "0001-01-01"}, {"until": "0"}],
)
def test_days_that_are_none_are_refused(steady: TestClient, asked: dict[str, Any]) -> None:
    assert steady.get("/v1/overview", params=asked).status_code == 422
    assert steady.get("/v1/opinions", params=asked).status_code == 422


def test_before_texts_are_read_nothing_is_said(steady: TestClient) -> None:
    told = steady.get("/v1/opinions").json()
    OpinionsOverTimeAnswer.model_validate(told, extra="forbid")
    assert (told["aspects"], told["representative"]) == ([], [])


def test_what_reviews_say_is_told_with_the_words(client: TestClient, home: Path) -> None:
    time = datetime(2026, 5, 3, tzinfo=UTC)
    with Shop.open(Settings(home=home)) as shop:
        said = Post("r1", user="u1", item="tea", text="价格便宜，包装很好", rating=5.0, time=time)
        shop.store.write("posts", frame([said]))
        shop.texts.mine()
    told = client.get("/v1/opinions", params={"language": "en"}).json()
    OpinionsOverTimeAnswer.model_validate(told, extra="forbid")
    assert told["until"] == "2026-05-03"
    assert told["reviews"] == {"n": 1, "rating": 5.0, "stars": {"5": 1}}
    assert {"price", "packaging"} <= {one["aspect"] for one in told["aspects"]}
    [review] = told["representative"]
    assert (review["item"], review["title"], review["text"]) == ("tea", "Green tea", said.text)


def test_who_was_forgotten_is_not_quoted(client: TestClient, home: Path) -> None:
    with Shop.open(Settings(home=home)) as shop:
        time = datetime(2026, 5, 3, tzinfo=UTC)
        said = Post("r1", user="u1", item="tea", text="价格便宜", time=time)
        shop.store.write("posts", frame([said]))
        shop.texts.mine()
    assert "价格便宜" in client.get("/v1/opinions").text
    assert client.delete("/v1/users/u1").status_code == 200
    assert "便宜" not in client.get("/v1/opinions").text
