"""What the API says of itself: every route, true examples, and a page that loads nothing."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import TypeAdapter

from zhiyin.apps.api import bodies
from zhiyin.apps.api.reference import reference_page

if TYPE_CHECKING:
    from starlette.testclient import TestClient


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
        ("get", "/v1/items/{item}/similar"),
    }
    for method, path, operation in operations(document):
        assert operation["description"], (method, path)
        for parameter in operation.get("parameters", []):
            if parameter["in"] == "query":
                assert parameter.get("description"), (path, parameter["name"])


def test_examples_fit_their_own_schemas(document: dict[str, Any]) -> None:
    checked = 0
    for name, schema in document["components"]["schemas"].items():
        model = getattr(bodies, name)
        for example in schema.get("examples", []):
            model.model_validate(example, extra="forbid")
            checked += 1
        for field, described in schema["properties"].items():
            known = model.model_fields["in_" if field == "in" else field]
            adapter = TypeAdapter(known.annotation)
            for example in described.get("examples", []):
                adapter.validate_python(example)
                checked += 1
    assert checked >= 6


def test_the_examples_of_events_can_be_sent(steady: TestClient, document: dict[str, Any]) -> None:
    content = document["paths"]["/v1/events"]["post"]["requestBody"]["content"]
    examples = content["application/json"]["examples"]
    assert set(examples) == {"one", "many"}
    for example in examples.values():
        assert steady.post("/v1/events", json=example["value"]).status_code == 200


def test_errors_are_described_as_problems(document: dict[str, Any]) -> None:
    for method, path, operation in operations(document):
        for status, answer in operation["responses"].items():
            kind = "application/json" if status == "200" else "application/problem+json"
            assert list(answer["content"]) == [kind], (method, path, status)
    schemas = document["components"]["schemas"]
    assert "HTTPValidationError" not in schemas
    assert schemas["Problem"]["properties"]["errors"]["anyOf"][0]["items"] == {
        "$ref": "#/components/schemas/Complaint"
    }


def test_problems_are_what_their_description_says(steady: TestClient) -> None:
    for path in ("/v1/recommend?n=0", "/v1/items/x/similar", "/nothing"):
        problem = steady.get(path).json()
        bodies.Problem.model_validate(problem, extra="forbid")


def test_only_the_shop_s_routes_ask_for_the_key(document: dict[str, Any]) -> None:
    for _, path, operation in operations(document):
        assert ("security" in operation) == path.startswith("/v1/")


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


def test_the_docs_escape_what_they_quote(document: dict[str, Any]) -> None:
    document["info"]["description"] = "<script>alert(1)</script>"
    assert "<script>" not in reference_page(document)
