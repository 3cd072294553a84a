"""/v1/rules: rules by program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from zhiyin.apps.api.rule_bodies import (
    EXAMPLE_RULE,
    ChangesAnswer,
    PreviewAnswer,
    RuleAnswer,
    RulesAnswer,
)

if TYPE_CHECKING:
    from starlette.testclient import TestClient

PIN: dict[str, Any] = {"kind": "pin", "items": ["net"], "place": 1, "set_by": "li"}


def first(client: TestClient) -> dict[str, Any]:
    return dict(client.get("/v1/recommend?user=u0&n=3").json()["items"][0])


def test_a_rule_from_adding_to_removing(client: TestClient) -> None:
    answer = client.post("/v1/rules", json=PIN)
    assert answer.status_code == 200
    rule = answer.json()
    RuleAnswer.model_validate(rule)
    assert rule["where"] == 'id in ("net")'
    assert first(client)["item"] == "net"
    assert first(client)["reasons"][0]["text"] == "Promoted by the shop"
    path = f"/v1/rules/{rule['id']}"
    changed = client.patch(path, json={"place": 2, "note": "x", "set_by": "an"}).json()
    assert (changed["place"], changed["note"], changed["set_by"]) == (2, "x", "an")
    assert first(client)["item"] != "net"
    listed = client.get("/v1/rules").json()
    RulesAnswer.model_validate(listed)
    assert listed == {"rules": [changed]}
    assert client.delete(path, params={"by": "bo"}).status_code == 200
    assert client.get("/v1/rules").json() == {"rules": []}
    assert client.delete(path, params={"by": "bo"}).status_code == 404
    done = client.get("/v1/rules/changes", params={"rule": rule["id"]}).json()
    ChangesAnswer.model_validate(done)
    assert [(one["act"], one["rule"]["set_by"]) for one in done["changes"]] == [
        ("added", "li"), ("changed", "an"), ("removed", "bo"),
    ]  # fmt: skip


def test_null_takes_a_date_away_and_silence_keeps_it(client: TestClient) -> None:
    rule = client.post("/v1/rules", json=EXAMPLE_RULE).json()
    assert rule["valid_from"] == "2026-11-24T16:00:00Z"
    path = f"/v1/rules/{rule['id']}"
    changed = client.patch(path, json={"valid_until": None, "set_by": "an"}).json()
    assert (changed["valid_from"], changed["valid_until"]) == (rule["valid_from"], None)
    assert changed["surfaces"] == ["home"]


def test_a_preview_stores_nothing(client: TestClient) -> None:
    tried = {name: value for name, value in PIN.items() if name != "set_by"}
    answer = client.post("/v1/rules/preview", json={"rule": tried, "user": "u0", "n": 3})
    assert answer.status_code == 200
    PreviewAnswer.model_validate(answer.json())
    told = answer.json()
    assert told["examples"] == [{"item": "net", "title": "Net"}]
    assert (told["items"], told["after"][0]["id"]) == (1, "net")
    assert told["before"][0]["id"] != "net"
    assert client.get("/v1/rules/changes").json() == {"changes": []}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"place": 0}, "rule, place"),
        ({"place": None}, "rule, place"),
        ({"items": None}, "rule, where"),
        ({"where": "stock < 1"}, "where and items say the same"),
        ({"items": None, "where": "__import__('os')"}, "where, character 1"),
        ({"surfaces": ["hom"]}, 'did you mean \\"home\\"'),
        ({"set_by": ""}, "body.set_by"),
        ({"kind": "promote"}, "body.kind"),
        ({"valid_until": "soon"}, "body.valid_until"),
        ({"colour": "red"}, "body.colour"),
    ],
)
def test_what_cannot_be_is_refused(client: TestClient, changed: dict[str, Any], said: str) -> None:
    answer = client.post("/v1/rules", json={**PIN, **changed})
    assert answer.status_code == 422
    assert said in answer.text
    assert client.get("/v1/rules/changes").json() == {"changes": []}


def test_nobody_removes_nothing(client: TestClient) -> None:
    assert client.delete("/v1/rules/x").status_code == 422
    assert client.patch("/v1/rules/x", json={"set_by": "li", "place": 1}).status_code == 404
    preview = {"rule": {"kind": "bury", "where": "stock < 1"}, "surface": "hom"}
    assert client.post("/v1/rules/preview", json=preview).status_code == 404


def test_a_rule_for_searches_with_some_words(client: TestClient) -> None:
    rule: dict[str, Any] = {"kind": "exclude", "items": ["net"], "query": "net"}
    tried = client.post("/v1/rules/preview", json={"rule": rule}).json()
    assert [one["id"] for one in tried["before"]] == ["net"]
    assert tried["after"] == []
    added = client.post("/v1/rules", json={**rule, "set_by": "li"}).json()
    assert (added["query"], added["surfaces"]) == ("net", ["search"])
    refused = client.post("/v1/rules", json={**rule, "surfaces": ["home"], "set_by": "li"})
    assert refused.status_code == 422
    assert "the surface search alone" in refused.text
    changed = client.patch(f"/v1/rules/{added['id']}", json={"query": "", "set_by": "an"}).json()
    assert (changed["query"], changed["surfaces"]) == ("", ["search"])
