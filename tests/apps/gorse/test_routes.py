"""What Gorse's other clients send, who is let in, and what the shop makes of it all."""

from __future__ import annotations

import json
import shutil
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import SecretStr
from starlette.exceptions import StarletteDeprecationWarning

from tests.apps.gorse.conftest import with_gorse
from zhiyin.apps.api.app import create_app
from zhiyin.core import Kind
from zhiyin.settings import Settings
from zhiyin.shop import Shop

if TYPE_CHECKING:
    from starlette.testclient import TestClient

WITH_SCORES = {"X-API-Version": "2"}


@contextmanager
def opened(settings: Settings) -> Iterator[TestClient]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", StarletteDeprecationWarning)
        from starlette.testclient import TestClient

    with (
        Shop.open(settings) as shop,
        TestClient(
            create_app(shop), base_url="http://127.0.0.1", raise_server_exceptions=False
        ) as client,
    ):
        client.shop = shop  # type: ignore[attr-defined]
        yield client


@pytest.fixture(scope="module")
def client(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client that tests share which are about people and items of their own."""
    home = shutil.copytree(template, tmp_path_factory.mktemp("routes") / "home")
    with opened(with_gorse(Path(home))) as client:
        yield client


@pytest.fixture
def own(home: Path) -> Iterator[TestClient]:
    """A client for a shop of the test's own."""
    with opened(with_gorse(home)) as client:
        yield client


def did(user: str, item: str, type: str = "star", **more: Any) -> dict[str, Any]:
    return {"FeedbackType": type, "UserId": user, "ItemId": item, **more}


def ids(answer: Any) -> list[str]:
    assert answer.status_code == 200
    return [one["Id"] for one in answer.json()]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/recommend/u0"),
        ("GET", "/api/items"),
        ("POST", "/api/feedback"),
        ("DELETE", "/api/user/u0"),
        ("GET", "/api/health/live"),
    ],
)
def test_the_door_is_shut_unless_it_is_asked_for(home: Path, method: str, path: str) -> None:
    with opened(Settings.load(home)) as client:
        assert client.request(method, path, json=[]).status_code == 404


def test_scores_come_where_they_are_asked_for(client: TestClient) -> None:
    plain = client.get("/api/recommend/u0?n=3").json()
    scored = client.get("/api/recommend/u0?n=3", headers=WITH_SCORES).json()
    assert [one["Id"] for one in scored] == plain
    assert all(isinstance(one["Score"], float) for one in scored)


def test_a_category_stands_in_the_path_or_as_a_parameter(client: TestClient) -> None:
    items = [
        {"ItemId": "c1", "Categories": ["red", "big"], "Timestamp": "2026-05-03"},
        {"ItemId": "c2", "Categories": ["red"], "Timestamp": "2026-05-02"},
    ]
    assert client.post("/api/items", json=items).json() == {"RowAffected": 2}
    assert sorted(client.get("/api/recommend/u1/red").json()) == ["c1", "c2"]
    assert sorted(client.get("/api/recommend/u1?category=red").json()) == ["c1", "c2"]
    assert client.get("/api/recommend/u1?category=red&category=big").json() == ["c1"]
    assert client.get("/api/recommend/u1/blue").json() == []
    assert ids(client.get("/api/latest/red")) == ["c1", "c2"]
    assert client.put("/api/item/c2/category/big").json() == {"RowAffected": 1}
    assert ids(client.get("/api/latest/big")) == ["c1", "c2"]
    client.delete("/api/item/c2/category/red")
    assert ids(client.get("/api/latest?category=red")) == ["c1"]
    assert client.get("/api/item/c2").json()["Categories"] == ["big"]


def test_the_latest_are_in_order_of_their_seconds(own: TestClient) -> None:
    items = [{"ItemId": f"n{n}", "Timestamp": f"2026-06-0{n}T00:00:00Z"} for n in (1, 3, 2)]
    own.post("/api/items", json=items)
    found = own.get("/api/latest?n=3").json()
    assert [one["Id"] for one in found] == ["n3", "n2", "n1"]
    assert found[0]["Score"] - found[1]["Score"] == 86_400
    assert ids(own.get("/api/latest?n=2&offset=1")) == ["n2", "n1"]
    own.post("/api/feedback", json=[did("reader", "n3", "read")])
    assert ids(own.get("/api/latest?n=2&user-id=reader")) == ["n2", "n1"]
    own.patch("/api/item/n2", json={"IsHidden": True})
    assert ids(own.get("/api/non-personalized/latest?n=2")) == ["n3", "n1"]


def test_the_popular_are_those_of_the_shop_s_own_list(client: TestClient) -> None:
    known = client.get("/v1/recommend?surface=hot&n=3").json()["items"]
    assert ids(client.get("/api/popular?n=3")) == [one["item"] for one in known]
    had = ids(client.get("/api/popular?n=1"))
    client.post("/api/feedback", json=[did("popular-reader", had[0], "read")])
    assert had[0] not in ids(client.get("/api/popular?n=5&user-id=popular-reader"))


def test_lists_are_those_of_the_shop_and_leave_no_impressions(own: TestClient) -> None:
    shown = [one["item"] for one in own.get("/v1/recommend?user=nobody&n=4").json()["items"]]
    assert own.get("/api/recommend/nobody?n=4").json() == shown
    assert own.get("/api/recommend/nobody?n=2&offset=2").json() == shown[2:]
    near = [one["item"] for one in own.get("/v1/items/tea/similar?n=3").json()["items"]]
    assert ids(own.get("/api/item/tea/neighbors/?n=3")) == near
    own.shop.close()  # type: ignore[attr-defined]
    with Shop.open(own.shop.settings) as shop:  # type: ignore[attr-defined]
        assert {one.surface for _, one in shop.store.impressions()} == {"home", "similar"}
        assert len(list(shop.store.impressions())) == 2


def test_a_session_starts_from_its_items_in_the_order_of_their_times(client: TestClient) -> None:
    said = [
        {"ItemId": "ball", "Timestamp": "2026-05-02"},
        {"ItemId": "tea", "Timestamp": "2026-05-01"},
    ]
    known = client.get("/v1/recommend?session=tea&session=ball&n=3").json()["items"]
    assert ids(client.post("/api/session/recommend?n=3", json=said)) == [
        one["item"] for one in known
    ]
    assert ids(client.post("/api/session/recommend/none-of-these", json=said)) == []


def test_feedback_that_is_put_corrects_what_was_posted(client: TestClient) -> None:
    client.post("/api/feedback", json=[did("p", "tea", Value=2, Timestamp="2026-05-01")])
    client.post("/api/feedback", json=[did("p", "tea", Value=3, Timestamp="2026-05-02")])
    assert client.get("/api/feedback/star/p/tea").json()["Value"] == 2
    many = [did("p", "tea", Value=4, Timestamp="2026-05-03", Comment="ha"), did("p", "pot")]
    assert client.put("/api/feedback", json=many).json() == {"RowAffected": 2}
    assert client.get("/api/feedback/star/p/tea").json() == {
        **did("p", "tea"),
        "Value": 4.0,
        "Timestamp": "2026-05-03T00:00:00Z",
        "Comment": "ha",
    }
    assert {one["ItemId"] for one in client.get("/api/user/p/feedback").json()} == {"tea", "pot"}
    person = client.shop.store.number(Kind.PERSON, "p")  # type: ignore[attr-defined]
    assert client.shop.store.history(person).items.size == 2  # type: ignore[attr-defined]


def test_feedback_is_taken_back_by_its_type_or_as_a_whole(client: TestClient) -> None:
    client.post("/api/feedback", json=[did("w", "tea", one) for one in ("star", "read", "like")])
    assert client.delete("/api/feedback/read/w/tea").json() == {"RowAffected": 1}
    left = {one["FeedbackType"] for one in client.get("/api/feedback/w/tea").json()}
    assert left == {"star", "like"}
    assert client.delete("/api/feedback/w/tea").json() == {"RowAffected": 2}
    assert client.get("/api/feedback/w/tea").json() == []
    assert client.get("/api/feedback/star/w/tea").status_code == 404


def test_taken_back_feedback_changes_the_next_list(own: TestClient) -> None:
    before = own.get("/api/recommend/fresh?n=1", headers=WITH_SCORES).json()
    own.post("/api/feedback", json=[did("fresh", "ball", "purchase", Value=1)])
    assert own.get("/api/recommend/fresh?n=1").json() == ["net"]
    own.delete("/api/feedback/fresh/ball")
    assert own.get("/api/recommend/fresh?n=1", headers=WITH_SCORES).json() == before


def test_parts_of_feedback_of_a_type_follow_one_another(own: TestClient) -> None:
    own.post("/api/feedback", json=[did("x", f"i{n}", ("star", "read")[n % 2]) for n in range(7)])
    found, cursor = [], ""
    while True:
        part = own.get("/api/feedback/star", params={"n": 2, "cursor": cursor}).json()
        found += [one["ItemId"] for one in part["Feedback"]]
        if not (cursor := part["Cursor"]):
            break
    assert found == ["i0", "i2", "i4", "i6"]
    assert own.get("/api/feedback?cursor=x").status_code == 422


def test_a_user_is_patched_in_what_is_given(client: TestClient) -> None:
    client.post("/api/user", json={"UserId": "pat", "Labels": {"city": "杭州"}, "Comment": "Pat"})
    assert client.patch("/api/user/pat", json={"Comment": "Patty"}).json() == {"RowAffected": 1}
    told = client.get("/api/user/pat").json()
    assert (told["Labels"], told["Comment"]) == ({"city": "杭州"}, "Patty")
    client.patch("/api/user/pat", json={"Labels": {"city": "Xi'an"}})
    known = client.get("/v1/users/pat").json()
    assert known["attributes"] == {"city": "Xi'an", "comment": "Patty"}
    assert client.patch("/api/user/unheard", json={"Comment": "x"}).status_code == 404


def test_a_hidden_item_is_out_of_stock_and_a_counted_stock_stays(client: TestClient) -> None:
    client.put("/v1/items", json=[{"id": "counted", "title": "Counted", "stock": 12}])
    client.post("/api/item", json={"ItemId": "counted", "IsHidden": False, "Comment": "Counted"})
    assert client.get("/v1/items/counted").json()["stock"] == 12
    client.patch("/api/item/counted", json={"IsHidden": True})
    assert client.get("/v1/items/counted").json()["stock"] == 0


def test_users_near_are_people_to_follow(client: TestClient) -> None:
    known = client.get("/v1/users/u0/people-to-follow?n=3").json()
    told = client.get("/api/user/u0/neighbors?n=3").json()
    assert [one["Id"] for one in told] == [one["user"] for one in known["people"]]
    assert client.get("/api/user/unheard/neighbors/").json() == []


def test_a_dump_and_requests_count_the_same_feedback_once(own: TestClient, tmp_path: Path) -> None:
    said = did("twice", "tea", Timestamp="2026-05-01T00:00:00Z")
    own.post("/api/feedback", json=[said])
    folder = tmp_path / "dump"
    folder.mkdir()
    lines = {"items": {"ItemId": "tea"}, "users": {"UserId": "twice"}, "feedback": said}
    for name, row in lines.items():
        (folder / f"{name}.jsonl").write_text(json.dumps(row) + "\n")
    own.shop.ingest("gorse", [folder])  # type: ignore[attr-defined]
    assert len(own.get("/api/user/twice/feedback").json()) == 1


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/feedback", [{"FeedbackType": "star", "UserId": "a"}]),
        ("/api/feedback", [did("a", "b", Timestamp="last week")]),
        ("/api/feedback", did("a", "b")),
        ("/api/user", {"Labels": {}}),
        ("/api/items", [{"ItemId": "x" * 600}]),
        ("/api/item", {"ItemId": "x", "Timestamp": "soon"}),
    ],
)
def test_what_cannot_be_read_is_refused(client: TestClient, path: str, body: object) -> None:
    answer = client.post(path, json=body)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("delay", ["soon", "1x", "h", "99999h"])
def test_a_delay_that_is_none_writes_nothing_back(client: TestClient, delay: str) -> None:
    asked = {"write-back-type": "read", "write-back-delay": delay}
    assert client.get("/api/recommend/slow", params=asked).status_code == 422
    assert client.get("/api/user/slow/feedback").json() == []


def test_the_server_says_that_it_lives(client: TestClient) -> None:
    for name in ("live", "ready"):
        assert client.get(f"/api/health/{name}").json()["Ready"] is True


def test_the_key_comes_in_gorse_s_header(home: Path) -> None:
    settings = with_gorse(home)
    api = settings.api.model_copy(update={"key": SecretStr("s3cret-ключ")})
    with opened(settings.model_copy(update={"api": api})) as client:
        assert client.get("/api/health/live").status_code == 200
        for shown in ({}, {"X-API-Key": "s3cret"}, {"X-API-Key": b"\xff"}):
            assert client.get("/api/item/tea", headers=shown).status_code == 401
        right = {"X-API-Key": "s3cret-ключ".encode()}
        assert client.get("/api/item/tea", headers=right).status_code == 200
        assert client.get("/v1/items/tea", headers=right).status_code == 401


def test_a_key_does_what_it_is_for(own: TestClient) -> None:
    keys = own.shop.store.api_keys  # type: ignore[attr-defined]
    _, serve = keys.add("front", ["serve"])
    _, ingest = keys.add("till", ["ingest"])
    front, till = ({"X-API-Key": secret} for secret in (serve, ingest))
    assert own.get("/api/recommend/u0", headers=front).status_code == 200
    assert own.post("/api/session/recommend", json=[], headers=front).status_code == 200
    writes = {"write-back-type": "read"}
    assert own.get("/api/recommend/u0", params=writes, headers=front).status_code == 403
    assert own.post("/api/feedback", json=[did("a", "tea")], headers=front).status_code == 403
    assert own.post("/api/feedback", json=[did("a", "tea")], headers=till).status_code == 200
    assert own.get("/api/recommend/u0", headers=till).status_code == 403
    for headers in (front, till):
        assert own.delete("/api/user/u0", headers=headers).status_code == 403
        assert own.get("/api/users", headers=headers).status_code == 403
        assert own.get("/api/feedback/star", headers=headers).status_code == 403


def test_who_reads_all_people_is_in_the_audit_log(own: TestClient) -> None:
    store = own.shop.store  # type: ignore[attr-defined]
    _, secret = store.api_keys.add("mover", ["admin"])
    for path in ("users", "feedback", "feedback/star", "items", "user/u0"):
        assert own.get(f"/api/{path}", headers={"X-API-Key": secret}).status_code == 200
    read = [deed.action for deed in store.audit.since() if deed.outcome == "read"]
    assert read == ["GET /api/users", "GET /api/feedback", "GET /api/feedback/{feedback_type}"]


def test_a_write_back_takes_one_token_of_the_rate(home: Path) -> None:
    settings = with_gorse(home)
    api = {"key": SecretStr("root-of-all"), "requests_per_s": 0.01, "burst": 2}
    settings = settings.model_copy(update={"api": settings.api.model_copy(update=api)})
    with opened(settings) as client:
        asked = [
            client.get(
                "/api/recommend/u0?write-back-type=read", headers={"X-API-Key": "root-of-all"}
            )
            for _ in range(3)
        ]
    assert [answer.status_code for answer in asked] == [200, 200, 429]
