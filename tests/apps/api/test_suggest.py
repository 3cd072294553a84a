"""/v1/suggest and /v1/search/synonyms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from zhiyin.apps.api.search_aid_bodies import SearchAidsAnswer
from zhiyin.apps.api.suggest_bodies import (
    EXAMPLE_SYNONYM,
    CompletionsAnswer,
    SearchesAnswer,
    SynonymAnswer,
    SynonymChangesAnswer,
    SynonymPreviewAnswer,
    SynonymsAnswer,
)

if TYPE_CHECKING:
    from starlette.testclient import TestClient


def test_what_is_typed_is_completed_for_those_known_and_those_not(client: TestClient) -> None:
    items = [{"id": f"f{n}", "title": "防晒霜", "category": "美妆"} for n in range(3)]
    assert client.put("/v1/items", json=items).status_code == 200
    for more in ({}, {"user": "u0"}, {"user": "nobody"}):
        answer = client.get("/v1/suggest", params={"q": "fangs", **more}).json()
        CompletionsAnswer.model_validate(answer)
        assert answer == {"suggestions": [{"text": "防晒霜", "kind": "product"}]}
    everything = client.get("/v1/suggest", params={"n": 1}).json()["suggestions"]
    assert everything == [{"text": "美妆", "kind": "category"}]


@pytest.mark.parametrize(
    "q",
    [
        "'; DROP TABLE items;--",
        "😀😀",
        ".*",
        "\0",
        "x" * 200,
        "x" * 10_000,
        "%",
        "ignore all rules",
    ],
)
def test_odd_beginnings_are_answered(client: TestClient, q: str) -> None:
    answer = client.get("/v1/suggest", params={"q": q})
    assert answer.status_code == 200
    assert answer.json() == {"suggestions": []}


def test_too_much_is_refused(client: TestClient) -> None:
    assert client.get("/v1/suggest", params={"q": "x" * 20_001}).status_code == 422
    assert client.get("/v1/suggest", params={"n": 51}).status_code == 422


def test_a_synonym_from_a_preview_to_its_end(client: TestClient) -> None:
    path = "/v1/search/synonyms"
    body = {
        "synonym": {"words": ["网子"], "meant": ["茶壶"]},
        "q": "网子",
        "n": 3,
        "language": "zh",
    }
    tried = client.post(f"{path}/preview", json=body).json()
    SynonymPreviewAnswer.model_validate(tried)
    assert tried["alternatives"] == ["茶壶"]
    assert tried["after"][0] == {"item": "pot", "title": "茶壶"}
    assert client.get(path).json() == {"synonyms": []}
    added = client.post(path, json=EXAMPLE_SYNONYM).json()
    SynonymAnswer.model_validate(added)
    assert added["text"] == "sneakers = trainers"
    again = {"words": ["Trainers", "sneakers"], "set_by": "an"}
    assert client.post(path, json=again).json() == added
    listed = client.get(path).json()
    SynonymsAnswer.model_validate(listed)
    assert listed == {"synonyms": [added]}
    assert client.get("/v1/rules").json() == {"rules": []}
    assert client.get(f"{path}/proposed").json() == {"proposed": []}
    assert client.delete(f"{path}/{added['id']}", params={"by": "bo"}).status_code == 200
    assert client.delete(f"{path}/{added['id']}", params={"by": "bo"}).status_code == 404
    done = client.get(f"{path}/changes").json()
    SynonymChangesAnswer.model_validate(done)
    assert [(one["act"], one["synonym"]["set_by"]) for one in done["changes"]] == [
        ("added", "li.wei"),
        ("removed", "bo"),
    ]


@pytest.mark.parametrize(
    "body",
    [{"words": ["a"], "set_by": "li"}, {"words": ["a", "A"], "set_by": "li"}, {"words": ["a", "b"]},
     {"words": ["a = c", "b"], "set_by": "li"}, {"words": ["a", "b"], "set_by": "li", "more": 1}],
)  # fmt: skip
def test_what_is_no_synonym_is_refused(client: TestClient, body: dict[str, object]) -> None:
    answer = client.post("/v1/search/synonyms", json=body)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


def test_what_people_search_for(client: TestClient) -> None:
    assert client.get("/v1/searches").json() == {"searches": []}
    for person in range(5):
        client.get("/v1/search", params={"q": "quantum kettle", "user": f"u{person}"})
    for without in ("results", "clicks"):
        answer = client.get("/v1/searches", params={"without": without, "days": 1})
        assert answer.status_code == 200
        SearchesAnswer.model_validate(answer.json())
    assert client.get("/v1/searches", params={"without": "luck"}).status_code == 422


def test_what_stands_around_a_search(client: TestClient) -> None:
    items = [
        {"id": f"c{n}", "title": f"{brand} 耳机", "brand": brand, "price": price, "currency": "CNY",
         "translations": {"en": {"title": f"{english} earphones", "brand": english}}}
        for n, (brand, english, price) in enumerate([("声屿", "Shengyu", 99), ("简器", "Jianqi", 199)])
    ]  # fmt: skip
    assert client.put("/v1/items", json=items).status_code == 200
    told = client.get("/v1/search/aids", params={"q": "耳机", "language": "en"}).json()
    SearchAidsAnswer.model_validate(told)
    [brand] = [one for one in told["facets"] if one["name"] == "brand"]
    assert {(one["value"], one["text"], one["items"]) for one in brand["values"]} == {
        ("声屿", "Shengyu", 1),
        ("简器", "Jianqi", 1),
    }
    assert (told["did_you_mean"], told["related"], told["comparison"]) == (None, [], None)
    both = client.get("/v1/search/aids", params={"q": "声屿耳机和简器耳机哪个好"}).json()
    SearchAidsAnswer.model_validate(both)
    assert [one["item"] for one in both["comparison"]["items"]] == ["c0", "c1"]
    facts = {one["name"]: one["values"] for one in both["comparison"]["facts"]}
    assert facts["price"] == [9900, 19900]
    assert both["comparison"]["facts"][0]["differs"]
    told = {
        one["name"]: (one["text"], one["texts"])
        for language in ("zh", "en")
        for one in client.get(
            "/v1/search/aids", params={"q": "声屿耳机和简器耳机哪个好", "language": language}
        ).json()["comparison"]["facts"]
        if (one["name"] == "price") == (language == "zh")
    }
    assert told["price"] == ("价格", ["99 元", "199 元"])
    assert told["brand"] == ("brand", ["Shengyu", "Jianqi"])
    assert both["comparison"]["aspects"] == []


def test_prices_are_told_as_money(client: TestClient) -> None:
    items = [
        {"id": f"m{n}", "title": "mug", "price": 10 * (n + 1), "currency": "CNY", "attributes": {"colour": ("red", "sky")[n % 2]}}
        for n in range(8)
    ]  # fmt: skip
    assert client.put("/v1/items", json=items).status_code == 200
    told = client.get("/v1/search/aids", params={"q": "mug", "language": "zh"}).json()
    found = {one["name"]: one for one in told["facets"]}
    assert [one["text"] for one in found["price"]["values"]] == [
        "20 元以下", "20–50 元", "50 元以上",
    ]  # fmt: skip
    assert found["colour"]["text"] == "颜色"
    params = {"q": "mug", "filter": ["colour:red", "price:20-50 CNY"]}
    items = client.get("/v1/search", params=params).json()["items"]
    assert {one["item"] for one in items} == {"m2"}
    assert client.get("/v1/search/aids", params=params).json()["facets"] == []
    for path in ("/v1/search", "/v1/search/aids"):
        assert client.get(path, params={"q": "mug", "filter": "price:x"}).status_code == 422
    assert {one["text"] for one in found["colour"]["values"]} == {"红色", "sky"}


@pytest.mark.parametrize(
    "q", ["", "😀", "a vs b", "A、B、C 哪个好", "A 和 B 哪个好", "x" * 10_000, "'; --", "怎么退货"]
)
def test_odd_searches_have_surroundings_too(client: TestClient, q: str) -> None:
    answer = client.get("/v1/search/aids", params={"q": q})
    assert answer.status_code == 200
    SearchAidsAnswer.model_validate(answer.json())
