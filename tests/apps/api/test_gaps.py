"""/v1/gaps: what service could not answer, and answers to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhiyin.apps.api.gap_bodies import ApprovedAnswer, GapsAnswer

if TYPE_CHECKING:
    from starlette.testclient import TestClient

QUESTION = "Can you engrave a name on the teapot lid?"


def ask(client: TestClient, text: str) -> str:
    opened = client.post("/v1/conversations", json={"user": "u0"}).json()["id"]
    said = client.post(f"/v1/conversations/{opened}/messages", json={"user": "u0", "text": text})
    return str(said.json()["text"])


def test_a_gap_is_closed_by_an_answer(client: TestClient) -> None:
    assert client.get("/v1/gaps").json() == {"gaps": []}
    assert "ten letters" not in ask(client, QUESTION)
    told = client.get("/v1/gaps").json()
    GapsAnswer.model_validate(told, extra="forbid")
    [gap] = told["gaps"]
    assert gap["example"] == QUESTION
    answer = {"answer": "Yes, we engrave a name of up to ten letters on the lid."}
    approved = client.post(f"/v1/gaps/{gap['id']}", json=answer)
    ApprovedAnswer.model_validate(approved.json(), extra="forbid")
    assert "ten letters" in ask(client, QUESTION)


def test_a_gap_that_is_none_cannot_be_answered(client: TestClient) -> None:
    assert client.post("/v1/gaps/none", json={"answer": "Yes."}).status_code == 404
