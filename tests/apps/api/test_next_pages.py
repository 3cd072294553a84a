"""`after` on every list of the API."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.apps.api.conftest import Opener

if TYPE_CHECKING:
    from starlette.testclient import TestClient

LISTS = (
    "/v1/recommend?user=u0&n=2",
    "/v1/recommend?n=2",
    "/v1/recommend?surface=hot&n=1",
    "/v1/recommend?session=tea&n=1",
    "/v1/items/tea/similar?n=1",
    "/v1/items/tea/together?n=1",
    "/v1/search?q=tea&n=1",
    "/v1/feed?user=u0&n=2",
)


def scrolled(client: TestClient, path: str) -> list[list[str]]:
    found: list[list[str]] = []
    after = ""
    while True:
        answer = client.get(f"{path}{after}")
        assert answer.status_code == 200, answer.text
        page: dict[str, Any] = answer.json()
        found.append([one.get("item") or one["id"] for one in page["items"]])
        if page["next"] is None:
            return found
        after = f"&after={page['next']}"


@pytest.mark.parametrize("path", LISTS)
def test_every_list_goes_on_without_a_repeat_to_its_end(steady: TestClient, path: str) -> None:
    query = dict(part.split("=") for part in path.partition("?")[2].split("&"))
    pages = scrolled(steady, path)
    listed = [one for page in pages for one in page]
    assert len(set(listed)) == len(listed)
    assert len(pages) > 1
    assert all(len(page) == int(query["n"]) for page in pages[:-1])


def test_the_whole_shop_is_shown_in_the_end(steady: TestClient) -> None:
    pages = scrolled(steady, "/v1/recommend?user=nobody&n=4")
    assert [len(page) for page in pages] == [4, 2]


def test_another_worker_goes_on_where_one_was(open_client: Opener, home: Path) -> None:
    one, two = open_client(home), open_client(home)
    first = one.get("/v1/recommend?user=u0&n=3").json()
    one.post("/v1/events", json={"user": "u0", "item": first["items"][0]["item"], "type": "click"})
    second = two.get(f"/v1/recommend?user=u0&n=3&after={first['next']}").json()
    items = [item["item"] for page in (first, second) for item in page["items"]]
    assert len(set(items)) == len(items) == 6


def test_somebody_new_may_be_heard_of_between_two_pages(client: TestClient) -> None:
    first = client.get("/v1/recommend?user=newcomer&n=2").json()
    client.post("/v1/events", json={"user": "newcomer", "item": "tea", "type": "view"})
    answer = client.get(f"/v1/recommend?user=newcomer&n=2&after={first['next']}")
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/v1/recommend?user=u1",
        "/v1/recommend?n=2",
        "/v1/recommend?user=u0&surface=hot",
        "/v1/items/tea/similar?n=2",
        "/v1/search?q=tea&user=u0",
        "/v1/feed?user=u0",
    ],
)
def test_a_token_of_another_list_is_a_400(steady: TestClient, path: str) -> None:
    token = steady.get("/v1/recommend?user=u0&n=2").json()["next"]
    answer = steady.get(f"{path}&after={token}")
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert (problem["title"], problem["where"]) == ("the token is of another list", "after")
    assert problem["expected"]
    assert problem["next_step"]


def test_a_token_of_another_shop_is_a_400(
    open_client: Opener, home: Path, steady: TestClient
) -> None:
    token = steady.get("/v1/recommend?user=u0&n=2").json()["next"]
    answer = open_client(home).get(f"/v1/recommend?user=u0&after={token}")
    assert answer.status_code == 400
    assert answer.json()["title"] == "this shop gave no such token"


def test_an_old_token_is_a_410(open_client: Opener, home: Path) -> None:
    client = open_client(home, next_page_hours=1e-9)
    token = client.get("/v1/recommend?n=2").json()["next"]
    answer = client.get(f"/v1/recommend?after={token}")
    assert answer.status_code == 410
    assert answer.json()["next_step"] == "ask for the first page again"
