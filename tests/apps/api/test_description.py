"""What the API says of itself: every route, true examples, and a page that loads nothing."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import TypeAdapter

from zhiyin.apps.api import (
    bodies,
    conversation_bodies,
    document_bodies,
    explain_bodies,
    feed_bodies,
    forget_bodies,
    gap_bodies,
    insight_bodies,
    item_bodies,
    key_bodies,
    people_bodies,
    record_bodies,
    rule_bodies,
    search_aid_bodies,
    search_bodies,
    suggest_bodies,
    system_bodies,
    text_bodies,
)
from zhiyin.apps.api.reference import reference_page

if TYPE_CHECKING:
    from starlette.testclient import TestClient

KINDS = ("items", "users", "ties", "interactions", "posts", "orders")
BODIES = (
    bodies,
    record_bodies,
    text_bodies,
    people_bodies,
    explain_bodies,
    gap_bodies,
    feed_bodies,
    forget_bodies,
    item_bodies,
    rule_bodies,
    search_bodies,
    search_aid_bodies,
    suggest_bodies,
    key_bodies,
    document_bodies,
    conversation_bodies,
    insight_bodies,
    system_bodies,
)


@pytest.fixture
def document(steady: TestClient) -> dict[str, Any]:
    answer = steady.get("/openapi.json")
    assert answer.status_code == 200
    return dict(answer.json())


def operations(document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (method, path, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]


def test_every_route_is_described(document: dict[str, Any]) -> None:
    found = {(method, path) for method, path, _ in operations(document)}
    assert found == {
        ("get", "/healthz"),
        ("get", "/readyz"),
        ("post", "/v1/events"),
        ("get", "/v1/recommend"),
        ("get", "/v1/search"),
        ("get", "/v1/search/aids"),
        ("get", "/v1/search/synonyms"),
        ("post", "/v1/search/synonyms"),
        ("get", "/v1/search/synonyms/changes"),
        ("get", "/v1/search/synonyms/proposed"),
        ("post", "/v1/search/synonyms/preview"),
        ("delete", "/v1/search/synonyms/{synonym}"),
        ("get", "/v1/suggest"),
        ("get", "/v1/searches"),
        ("get", "/v1/items/{item}/similar"),
        ("get", "/v1/items/{item}/together"),
        ("get", "/v1/items"),
        ("get", "/v1/items/{item}"),
        ("get", "/v1/posts/{post}"),
        ("get", "/v1/keys/current"),
        ("get", "/v1/gaps"),
        ("post", "/v1/gaps/{gap}"),
        ("post", "/v1/explain"),
        ("get", "/v1/users/{user}/orders"),
        ("get", "/v1/users"),
        ("get", "/v1/export/{kind}"),
        ("delete", "/v1/users/{user}"),
        ("get", "/v1/forgotten"),
        ("get", "/v1/users/{user}"),
        ("get", "/v1/users/{user}/portrait"),
        ("delete", "/v1/users/{user}/portrait/{statement}"),
        ("get", "/v1/users/{user}/ties"),
        ("get", "/v1/users/{user}/people-to-follow"),
        ("get", "/v1/users/{user}/trusted"),
        ("get", "/v1/network"),
        ("get", "/v1/overview"),
        ("get", "/v1/opinions"),
        ("get", "/v1/system"),
        ("get", "/v1/system/checks"),
        ("post", "/v1/system/rollback"),
        ("get", "/v1/feed"),
        ("get", "/v1/explain/{request_id}/{item}"),
        ("get", "/v1/rules"),
        ("post", "/v1/rules"),
        ("get", "/v1/rules/changes"),
        ("post", "/v1/rules/preview"),
        ("patch", "/v1/rules/{rule}"),
        ("delete", "/v1/rules/{rule}"),
        ("get", "/v1/items/{item}/opinions"),
        ("get", "/v1/items/{item}/portrait"),
        ("post", "/v1/understand"),
        ("get", "/metrics"),
        ("get", "/v1/keys"),
        ("post", "/v1/keys"),
        ("post", "/v1/keys/{name}/rotate"),
        ("delete", "/v1/keys/{name}"),
        ("get", "/v1/audit"),
        ("post", "/v1/documents"),
        ("get", "/v1/documents"),
        ("delete", "/v1/documents/{document}"),
        ("get", "/v1/conversations"),
        ("post", "/v1/conversations"),
        ("get", "/v1/conversations/{conversation}"),
        ("post", "/v1/conversations/{conversation}/messages"),
        ("post", "/v1/conversations/{conversation}/handover"),
        ("post", "/v1/conversations/{conversation}/replies"),
        ("get", "/v1/conversations/{conversation}/suggestions"),
        ("post", "/v1/conversations/{conversation}/feedback"),
        *(("put", f"/v1/{kind}") for kind in KINDS),
    }
    for method, path, operation in operations(document):
        assert operation["description"], (method, path)
        for parameter in operation.get("parameters", []):
            if parameter["in"] == "query":
                assert parameter.get("description"), (path, parameter["name"])


def test_examples_fit_their_own_schemas(document: dict[str, Any]) -> None:
    checked = 0
    for name, schema in document["components"]["schemas"].items():
        [model] = [getattr(one, name) for one in BODIES if hasattr(one, name)][:1]
        for example in schema.get("examples", []):
            model.model_validate(example, extra="forbid")
            checked += 1
        for field, described in schema["properties"].items():
            known = model.model_fields["in_" if field == "in" else field]
            adapter = TypeAdapter(known.annotation)
            for example in described.get("examples", []):
                adapter.validate_python(example)
                checked += 1
    assert checked >= 14


def test_the_examples_of_events_can_be_sent(steady: TestClient, document: dict[str, Any]) -> None:
    content = document["paths"]["/v1/events"]["post"]["requestBody"]["content"]
    examples = content["application/json"]["examples"]
    assert set(examples) == {"one", "many"}
    for example in examples.values():
        assert steady.post("/v1/events", json=example["value"]).status_code == 200


@pytest.mark.parametrize("kind", KINDS)
def test_the_examples_of_records_can_be_sent(
    client: TestClient, document: dict[str, Any], kind: str
) -> None:
    body = document["paths"][f"/v1/{kind}"]["put"]["requestBody"]["content"]["application/json"]
    [example] = body["examples"].values()
    answer = client.put(f"/v1/{kind}", json=example["value"]).json()
    assert answer["accepted"][kind] == len(example["value"])
    assert answer["rejected"] == []
    described = body["schema"]["items"]["properties"]
    assert {name for record in example["value"] for name in record} <= set(described)


@pytest.mark.parametrize("kind", KINDS)
def test_the_fields_described_are_those_that_are_taken(
    client: TestClient, document: dict[str, Any], kind: str
) -> None:
    body = document["paths"][f"/v1/{kind}"]["put"]["requestBody"]["content"]["application/json"]
    [refused] = client.put(f"/v1/{kind}", json=[{"nix": 1}]).json()["rejected"]
    assert f"one of {', '.join(sorted(body['schema']['items']['properties']))}" in refused["reason"]


def test_errors_are_described_as_problems(document: dict[str, Any]) -> None:
    for method, path, operation in operations(document):
        for status, answer in operation["responses"].items():
            good = {"/metrics": "text/plain", "/v1/export/{kind}": "application/x-ndjson"}
            kind = "application/problem+json"
            if status == "200":
                kind = good.get(path, "application/json")
            expected = [] if status == "304" else [kind]
            if (path, status) == ("/v1/conversations/{conversation}/messages", "200"):
                expected.append("text/event-stream")
            assert list(answer.get("content", {})) == expected, (method, path, status)
    schemas = document["components"]["schemas"]
    assert "HTTPValidationError" not in schemas
    assert schemas["Problem"]["properties"]["errors"]["anyOf"][0]["items"] == {
        "$ref": "#/components/schemas/Complaint"
    }


def test_problems_are_what_their_description_says(steady: TestClient) -> None:
    paths = ("/v1/recommend?n=0", "/v1/items/x/similar", "/v1/items/x", "/v1/users/x", "/nothing")
    for answer in (*map(steady.get, paths), steady.put("/v1/items", json=[{}])):
        assert answer.status_code >= 400
        bodies.Problem.model_validate(answer.json(), extra="forbid")


def test_only_the_shop_s_routes_ask_for_the_key(document: dict[str, Any]) -> None:
    for _, path, operation in operations(document):
        assert ("security" in operation) == (path.startswith("/v1/") or path == "/metrics")


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [str(value) for name, value in attrs if name in ("href", "src")]


def test_the_docs_are_one_page_that_loads_nothing(steady: TestClient) -> None:
    answer = steady.get("/docs")
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    page = Links()
    page.feed(answer.text)
    assert page.links == ["openapi.json"]
    assert not {"script", "link", "img", "iframe"} & set(page.tags)
    for text in ("POST /v1/events", "GET /v1/recommend", "order-1042-1", "Because of Green tea"):
        assert text in answer.text
    for text in ("PUT /v1/items", "In whole units", "GET /v1/users/{user}", "GET /metrics"):
        assert text in answer.text


def test_the_docs_escape_what_they_quote(document: dict[str, Any]) -> None:
    document["info"]["description"] = "<script>alert(1)</script>"
    assert "<script>" not in reference_page(document)
