"""The routes of conversations: opened, answered, streamed, handed over, and read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from starlette.testclient import TestClient

URL = "/v1/conversations"
FAQ = {"id": "bags", "title": "Can the cooling bag be bought alone?", "text": "No.\nIt comes with the box.", "language": "en"}  # fmt: skip


@pytest.fixture
def talk(client: TestClient) -> str:
    """The path of a conversation of u1."""
    client.post("/v1/documents", json=[FAQ])
    return f"{URL}/{client.post(URL, json={'user': 'u1'}).json()['id']}"


def test_a_message_is_answered_with_citations(client: TestClient, talk: str) -> None:
    answer = client.post(f"{talk}/messages", json={"user": "u1", "text": FAQ["title"]})
    assert answer.status_code == 200
    turn = answer.json()
    assert (turn["lane"], turn["text"]) == ("answer", FAQ["text"])
    assert [one["document"] for one in turn["citations"]] == ["bags"]
    assert set(turn) == {"lane", "text", "citations", "tools", "intent", "intents", "emotion", "cards", "evidence"}  # fmt: skip


def test_it_is_streamed_where_events_are_accepted(client: TestClient, talk: str) -> None:
    headers = {"accept": "text/event-stream"}
    said = {"user": "u1", "text": FAQ["title"]}
    answer = client.post(f"{talk}/messages", json=said, headers=headers)
    assert answer.headers["content-type"].startswith("text/event-stream")
    told = [event.split("\n") for event in answer.text.strip().split("\n\n")]
    assert [event for event, _ in told] == ["event: text", "event: text", "event: turn"]
    values = [json.loads(data.removeprefix("data: ")) for _, data in told]
    assert "\n".join(values[:-1]) == values[-1]["text"] == FAQ["text"]


@pytest.mark.parametrize("user", ["u2", None])
def test_it_is_only_for_the_user_it_was_opened_with(
    client: TestClient, talk: str, user: str | None
) -> None:
    refused = [
        client.post(f"{talk}/messages", json={"user": user, "text": "hello"}),
        client.post(f"{talk}/handover", json={"user": user}),
        client.get(talk, params={} if user is None else {"user": user}),
    ]
    assert [one.status_code for one in refused] == [404, 404, 404]
    assert client.get(talk, params={"user": "u1"}).json()["turns"] == []


def test_a_person_takes_over_and_gives_back(client: TestClient, talk: str) -> None:
    client.post(f"{talk}/messages", json={"user": "u1", "text": "hello"})
    handed = client.post(f"{talk}/handover", json={"user": "u1"}).json()
    assert (handed["reason"], handed["question"]) == ("asked", "hello")
    waiting = client.get(URL).json()["conversations"]
    assert [f"{URL}/{one['id']}" for one in waiting] == [talk]
    told = client.post(f"{talk}/replies", json={"text": "Here I am.", "gives_back": True})
    assert told.json()["lane"] == "answer"
    assert client.get(URL).json() == {"conversations": []}
    read = client.get(talk, params={"user": "u1"}).json()
    assert [one["role"] for one in read["turns"]] == ["shopper", "assistant", "agent"]
    assert read["handover"] is None


def test_a_message_sent_again_under_its_key_is_answered_once(client: TestClient, talk: str) -> None:
    headers = {"Idempotency-Key": "m1"}
    said = {"user": "u1", "text": FAQ["title"]}
    first, again = (client.post(f"{talk}/messages", json=said, headers=headers) for _ in range(2))
    assert first.json() == again.json()
    assert client.get(talk, params={"user": "u1"}).json()["n_turns"] == 2


@pytest.mark.parametrize("body", [{}, {"text": ""}, {"text": "x" * 2001}, {"text": "a", "lane": "human"}])  # fmt: skip
def test_what_is_no_message_is_refused(client: TestClient, talk: str, body: dict[str, str]) -> None:
    answer = client.post(f"{talk}/messages", json={"user": "u1", **body})
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


def test_replies_are_suggested_chosen_and_judged(client: TestClient, talk: str) -> None:
    client.post(f"{talk}/messages", json={"user": "u1", "text": FAQ["title"]})
    [one] = client.get(f"{talk}/suggestions", params={"n": 2}).json()["suggestions"]
    assert (one["source"], one["text"]) == ("document", FAQ["text"])
    assert [cited["document"] for cited in one["citations"]] == ["bags"]
    said = {"text": "No, it comes with the box.", "suggestion": one["id"]}
    assert client.post(f"{talk}/replies", json=said).status_code == 200
    turns = client.get(talk, params={"user": "u1"}).json()["turns"]
    assert turns[-1]["told"] == {"suggestion": one["id"]}
    told = client.post(f"{talk}/feedback", json={"user": "u1", "solved": False})
    assert (told.status_code, told.json()["n_turns"]) == (200, 3)
    assert client.post(f"{talk}/feedback", json={"user": "u2", "solved": True}).status_code == 404
    assert client.get(f"{URL}/nobodys/suggestions").status_code == 404
