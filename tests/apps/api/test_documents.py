"""POST, GET and DELETE /v1/documents: each judged alone, kept in versions, and used at the next question."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from zhiyin.apps.api.document_bodies import DOCUMENTS

if TYPE_CHECKING:
    from starlette.testclient import TestClient

URL = "/v1/documents"
GIFT = {"id": "gift", "title": "Do you gift-wrap?", "text": "Yes, 5 yuan.", "language": "en"}


def test_the_examples_can_be_sent_and_come_back(client: TestClient) -> None:
    answer = client.post(URL, json=DOCUMENTS).json()
    assert (answer["accepted"], answer["rejected"]) == ({"documents": 2}, [])
    first, second = client.get(URL).json()["documents"]
    assert first.pop("updated").endswith("Z")
    assert first == {**DOCUMENTS[0], "kind": "faq", "version": "1"}
    assert second["valid_from"] == "2026-05-01T00:00:00Z"
    assert client.post(URL, json=DOCUMENTS).json()["accepted"] == {}


def test_bad_ones_are_told_and_good_ones_stored(client: TestClient) -> None:
    bad = [
        {"title": "Q?"},
        {**GIFT, "kind": "note"},
        {**GIFT, "valid_from": "2026-05-02", "valid_to": "2026-05-01"},
        {**GIFT, "language": "English!"},
        {**GIFT, "answer": "x"},
    ]
    answer = client.post(URL, json=[*bad, GIFT])
    assert answer.status_code == 200
    told = answer.json()
    assert told["accepted"] == {"documents": 1}
    fields = [(one["index"], one["field"]) for one in told["rejected"]]
    assert fields == [(0, "text"), (1, "kind"), (2, "valid_to"), (3, "language"), (4, "answer")]
    assert client.post(URL, json=bad).status_code == 422


def test_a_list_has_pages(client: TestClient) -> None:
    client.post(URL, json=[{**GIFT, "id": f"d{n}"} for n in range(5)])
    seen, after = [], 0
    while after is not None:
        page = client.get(URL, params={"after": after, "limit": 2}).json()
        seen += [one["id"] for one in page["documents"]]
        after = page["next"]
    assert seen == [f"d{n}" for n in range(5)]


@pytest.mark.parametrize("name", ["gift", "faq/gift wrap", "礼品"])
def test_what_is_removed_is_gone(client: TestClient, name: str) -> None:
    client.post(URL, json=[{**GIFT, "id": name}])
    assert client.delete(f"{URL}/{name}").json() == {"document": name, "versions": 1}
    assert client.get(URL).json() == {"documents": [], "next": None}
    gone = client.delete(f"{URL}/{name}")
    assert (gone.status_code, gone.headers["content-type"]) == (404, "application/problem+json")
