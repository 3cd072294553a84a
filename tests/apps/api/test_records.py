"""PUT /v1/items, users, ties, interactions, posts, orders: each record judged alone, once each, none erased."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhiyin.core import Kind
from zhiyin.store.store import Store

if TYPE_CHECKING:
    from starlette.testclient import TestClient

JSON = {"Content-Type": "application/json"}
GOOD: dict[str, list[dict[str, Any]]] = {
    "items": [
        {"id": "new/1", "title": "新", "price": 12.5, "currency": "CNY"},
        {"id": "tea", "stock": 0},
    ],
    "users": [
        {"id": "王 芳", "attributes": {"city": "杭州"}},
        {"id": "x", "created": "2026-05-01"},
    ],
    "ties": [{"user": "u0", "other": "u1"}, {"user": "u0", "other": "u1", "kind": "family"}],
    "interactions": [
        {"user": "u0", "other": "u1", "text": "hi"},
        {"event_id": "m1", "user": "u0", "other": "u1", "item": "tea", "value": 2},
    ],
    "posts": [{"user": "u0", "text": "good"}, {"id": "p1", "item": "tea", "rating": 4.5}],
    "orders": [
        {"order_id": "o1", "user": "u0", "item": "tea", "status": "已发货", "price": "¥12.50"},
        {"order_id": "o1", "user": "u0", "item": "cup", "status": "paid", "quantity": 2},
    ],
}
BAD: dict[str, list[tuple[Any, str | None, str]]] = {
    "items": [
        ({"id": "a", "price": -5}, "price", "price: -5 is negative"),
        ({"id": "a", "title": 5}, "title", "title: 5 is not a text"),
        ({"id": "a", "titel": "x"}, "titel", 'did you mean "title"?'),
        ({"id": "a", "stock": 1.5}, "stock", "stock: 1.5 is not a whole number"),
        ({"id": "a", "stock": True}, "stock", "stock: true is not a whole number"),
        ({"id": "a", "stock": 2**70}, "stock", "is not a whole number"),
        ({"id": "a", "attributes": [1]}, "attributes", "attributes: […] is not an object"),
        ({"id": "a", "translations": {"en": "x"}}, "translations", "an object of objects of texts"),
        ({"id": "a", "created": "soon"}, "created", "created: soon is not a time"),
        ({"id": "a\0"}, "id", "id holds a NUL"),
        ({"id": "x" * 513}, "id", "longer than 512 characters"),
        ({"title": "x"}, "id", "id is missing"),
        ({"id": " "}, "id", "id is missing"),
        ({"id": None}, None, "the record says nothing"),
        ({}, None, "the record says nothing"),
        ("tea", None, '"tea" is not an object'),
        ([], None, "[…] is not an object"),
        (None, None, "null is not an object"),
    ],
    "users": [
        ({"id": 5}, "id", "id: 5 is not a text"),
        ({"id": "a", "price": 1}, "price", "no field"),
    ],
    "ties": [
        ({"user": "u0"}, "other", "other is missing"),
        ({"user": "u0", "other": "u1", "strength": "0.5"}, "strength", '"0.5" is not a number'),
        ({"user": "u0", "other": "u1", "time": "2199-01-01"}, "time", "is in the future"),
    ],
    "interactions": [
        (
            {"user": "u0", "other": "u1", "value": {}, "item": ["tea"]},
            "item",
            "item: […] is not a text",
        ),
        ({"other": "u1"}, "user", "user is missing"),
    ],
    "posts": [
        ({"id": "p9", "rating": [5]}, "rating", "rating: […] is not a number"),
        ({"txt": "good"}, "txt", 'did you mean "text"?'),
    ],
    "orders": [
        ({"order_id": "o2", "user": "u0", "item": "tea"}, "status", "status is missing"),
        ({"user": "u0", "item": "tea", "status": "paid"}, "order_id", "order_id is missing"),
        (
            {"order_id": "o2", "user": "u0", "item": "tea", "status": "lost"},
            "status",
            "is none of placed",
        ),
        (
            {"order_id": "o2", "user": "u0", "item": "tea", "status": "paid", "quantity": 0},
            "quantity",
            "less than 1",
        ),
        (
            {"order_id": "o2", "user": "u0", "item": "tea", "status": "paid", "total_minor": -1},
            "total_minor",
            "is negative",
        ),
        (
            {
                "order_id": "o2",
                "user": "u0",
                "item": "tea",
                "status": "paid",
                "shipped": "2199-01-01",
            },
            "shipped",
            "in the future",
        ),
    ],
}


def rows(home: Path, kind: str) -> list[dict[str, Any]]:
    with Store.open(home / "shop.db") as store:
        return [row for chunk in getattr(store, kind)() for row in chunk.to_dicts()]


@pytest.mark.parametrize("kind", GOOD)
def test_good_records_are_stored_and_bad_ones_told(client: TestClient, kind: str) -> None:
    good, bad = GOOD[kind], BAD[kind]
    sent = [good[0], *(record for record, _, _ in bad), *good[1:]]
    answer = client.put(f"/v1/{kind}", json=sent)
    assert answer.status_code == 200
    body = answer.json()
    assert body["accepted"][kind] == len(good)
    assert body["duplicates"] == 0
    assert [one["index"] for one in body["rejected"]] == list(range(1, len(bad) + 1))
    for told, (_, field, words) in zip(body["rejected"], bad, strict=True):
        assert told["field"] == field
        assert words in told["reason"]


@pytest.mark.parametrize("kind", BAD)
def test_where_none_can_be_taken_it_is_a_problem_with_the_same_list(
    steady: TestClient, kind: str
) -> None:
    bad = BAD[kind]
    answer = steady.put(f"/v1/{kind}", json=[record for record, _, _ in bad])
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["title"] == f"none of the {kind} can be taken"
    assert [one["field"] for one in problem["rejected"]] == [field for _, field, _ in bad]
    assert problem["rejected"][0]["reason"] in problem["detail"]


@pytest.mark.parametrize("kind", GOOD)
def test_the_same_list_again_changes_nothing(client: TestClient, home: Path, kind: str) -> None:
    assert client.put(f"/v1/{kind}", json=GOOD[kind]).json()["duplicates"] == 0
    with Store.open(home / "shop.db") as store:
        before = store.revision()
    again = client.put(f"/v1/{kind}", json=GOOD[kind]).json()
    assert again == {"accepted": {}, "duplicates": len(GOOD[kind]), "refused": 0, "rejected": []}
    with Store.open(home / "shop.db") as store:
        assert store.revision() == before


def test_a_list_that_says_an_entity_twice_is_one_change(client: TestClient) -> None:
    twice = [{"id": "tea", "stock": 1, "brand": "A"}, {"id": "tea", "stock": 2}]
    first = client.put("/v1/items", json=twice).json()
    assert (first["accepted"], first["duplicates"]) == ({"items": 1}, 1)
    assert client.put("/v1/items", json=twice).json()["accepted"] == {}
    told = client.get("/v1/items/tea").json()
    assert (told["stock"], told["brand"]) == (2, "A")


def test_equal_interactions_in_one_list_stay_two(client: TestClient, home: Path) -> None:
    hello = {"user": "u0", "other": "u1", "text": "hi", "time": "2026-05-01T08:00:00+08:00"}
    for expected in (2, 0):
        answer = client.put("/v1/interactions", json=[hello, hello]).json()
        assert answer["accepted"].get("interactions", 0) == expected
    assert [row["time_us"] for row in rows(home, "interactions")] == [1777593600_000000] * 2


def test_records_name_new_entities(client: TestClient, home: Path) -> None:
    tie = {"user": "a", "other": "b", "strength": 0.5}
    assert client.put("/v1/ties", json=[tie]).json()["accepted"] == {"ties": 1, "users": 2}
    assert rows(home, "ties")[0]["strength"] == 0.5
    with Store.open(home / "shop.db") as store:
        assert store.number(Kind.PERSON, "b") is not None


@pytest.mark.parametrize("nothing", [None, {}, ""])
def test_what_says_nothing_erases_nothing(client: TestClient, nothing: object) -> None:
    full = {
        "id": "tea",
        "title": "T",
        "attributes": {"a": 1},
        "translations": {"en": {"title": "E"}},
    }
    client.put("/v1/items", json=[full])
    fields = ["title"] if nothing == "" else ["title", "attributes", "translations"]
    said = {"id": "tea", "stock": 3, **dict.fromkeys(fields, nothing)}
    assert client.put("/v1/items", json=[said]).json()["rejected"] == []
    assert client.get("/v1/items/tea").json() == {**full, "stock": 3}


def test_a_new_title_shows_in_the_next_list(client: TestClient) -> None:
    changed = {"id": "tea", "title": "龙井", "price": 99, "currency": "JPY"}
    changed["translations"] = {"en": {"title": "Longjing"}}
    assert client.put("/v1/items", json=[changed]).json()["accepted"] == {"items": 1}
    assert client.get("/v1/items/tea").json()["price_minor"] == 99
    [item] = client.get("/v1/recommend?user=u0&n=1").json()["items"]
    assert (item["item"], item["title"]) == ("tea", "Longjing")


def test_an_item_out_of_stock_leaves_the_lists(client: TestClient) -> None:
    client.put("/v1/items", json=[{"id": "tea", "stock": 0}])
    listed = client.get("/v1/recommend?user=u0&n=10").json()["items"]
    assert "tea" not in [item["item"] for item in listed]


@pytest.mark.parametrize("body", [[], [{"id": "a"}] * 1001, {"id": "a"}, "tea", 5, None])
def test_a_body_that_is_no_list_of_1_to_1000_is_a_problem(steady: TestClient, body: object) -> None:
    answer = steady.put("/v1/users", json=body)
    assert answer.status_code == 422
    assert [error["where"] for error in answer.json()["errors"]] == ["body"]


def test_a_thousand_records_are_taken(client: TestClient) -> None:
    many = [{"id": f"n{n}", "title": "t" * 100} for n in range(1000)]
    assert client.put("/v1/items", json=many).json()["accepted"] == {"items": 1000}


@pytest.mark.parametrize(
    ("content", "headers", "status"),
    [
        ('[{"id": "a"}]', {"Content-Type": "text/plain"}, 415),
        ('[{"id": "a"}]', {}, 415),
        ('[{"id": "a"', JSON, 422),
        (b"\xff[", JSON, 422),
        ("[" * 100_000, JSON, 400),
    ],
)
def test_a_body_that_is_no_json_is_a_problem(
    steady: TestClient, content: str | bytes, headers: dict[str, str], status: int
) -> None:
    answer = steady.put("/v1/items", content=content, headers=headers)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ('"title": "\\ud800"', "title"),
        ('"\\ud800": 1', "?"),
        ('"title": ["\\ud800"]', "title"),
        ('"stock": "\\ud800"', "stock"),
        ('"attributes": {"\\ud800": 1}', "attributes"),
        ('"attributes": {"a": NaN}', "attributes"),
        ('"stock": NaN', "stock"),
        ('"price": 1e999', "price"),
        ('"attributes": ' + '{"a": ' * 500 + "1" + "}" * 500, None),
    ],
)
def test_what_json_can_say_and_the_store_cannot_is_told(
    client: TestClient, said: str, field: str | None
) -> None:
    content = f'[{{"id": "a", {said}}}, {{"id": "b"}}]'
    answer = client.put("/v1/items", content=content, headers=JSON)
    assert answer.status_code == 200
    assert [one["field"] for one in answer.json()["rejected"]] == ([field] if field else [])
    assert client.get("/v1/items/b").status_code == 200


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=5
)
NAMES = st.sampled_from(
    [
        "id",
        "user",
        "other",
        "item",
        "title",
        "text",
        "price",
        "price_minor",
        "stock",
        "created",
        "time",
        "attributes",
        "translations",
        "strength",
        "value",
        "rating",
        "event_id",
        "kind",
    ]
)
RECORDS = st.dictionaries(NAMES, VALUES, max_size=5) | VALUES


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.sampled_from(sorted(GOOD)), st.lists(RECORDS, max_size=4))
def test_no_list_is_a_server_error(steady: TestClient, kind: str, records: list[Any]) -> None:
    answer = steady.put(f"/v1/{kind}", content=json.dumps(records), headers=JSON)
    assert answer.status_code in (200, 422)
    if answer.status_code == 200:
        body = answer.json()
        taken = body["accepted"].get(kind, 0) + body["duplicates"]
        assert taken + len(body["rejected"]) == len(records)
        again = steady.put(f"/v1/{kind}", content=json.dumps(records), headers=JSON).json()
        assert again["accepted"] == {}
    assert steady.get("/v1/recommend?user=u0").status_code == 200
