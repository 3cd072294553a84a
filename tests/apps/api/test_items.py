"""/v1/items/{id}/portrait."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from tests.apps.conftest import STRANGE_ID
from zhiyin.apps.api.item_bodies import ItemPortraitAnswer

if TYPE_CHECKING:
    from starlette.testclient import TestClient


@pytest.mark.parametrize("safe", ["", "/"])
def test_a_portrait_is_figures_and_sentences(steady: TestClient, safe: str) -> None:
    answer = steady.get(f"/v1/items/{quote(STRANGE_ID, safe=safe)}/portrait?language=en-GB")
    assert answer.status_code == 200
    told = answer.json()
    ItemPortraitAnswer.model_validate(told, extra="forbid")
    assert (told["item"], told["title"], told["language"]) == (STRANGE_ID, "Strange", "en")
    assert (told["known_by"], told["people"]) == ("people", 4)
    assert {one["item"] for one in told["related"][:3]} == {"tea", "pot", "cup"}
    said = {one["kind"]: one["text"] for one in told["sentences"]}
    assert said["people"] == "Chosen or looked at by 4 people"
    assert said["related"].startswith("Goes with “")
    chinese = steady.get(f"/v1/items/{quote(STRANGE_ID)}/portrait?language=zh").json()
    assert "有 4 人选过或看过" in {one["text"] for one in chinese["sentences"]}


def test_an_unknown_item_is_a_404(steady: TestClient) -> None:
    answer = steady.get("/v1/items/nothing/portrait")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["next_step"]


def test_an_id_that_ends_like_the_route_is_read_with_its_slash_escaped(client: TestClient) -> None:
    client.put("/v1/items", json=[{"id": "tea/portrait", "title": "A picture"}])
    for escaped in ("%2F", "%2f"):
        assert client.get(f"/v1/items/tea{escaped}portrait").json()["title"] == "A picture"
    told = client.get("/v1/items/tea%2Fportrait/portrait").json()
    assert (told["item"], told["known_by"]) == ("tea/portrait", "catalogue")
