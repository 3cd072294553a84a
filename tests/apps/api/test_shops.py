"""Several shops behind one port: nothing crosses from one to another."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.apps.api.served_shops import Served, add_shops, raw, served
from tests.apps.conftest import STRANGE_ID
from zhiyin.client import ApiError, Client
from zhiyin.errors import StoreUnavailable
from zhiyin.store.store import Store

OF_B = "of-b-alone"


@pytest.fixture(scope="module")
def both(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Two shops with the same people and items, and one item of b alone; tests take people of their own."""
    folder = tmp_path_factory.mktemp("both")
    keys = add_shops(template, folder)
    with (folder / "a" / "zhiyin.toml").open("a") as file:
        file.write("[api]\ngorse = true\nrequests_per_s = 1e5\nburst = 3000\n")
    with served(folder, keys) as server:
        item = {"id": OF_B, "title": OF_B}
        assert server.ask("PUT", "/shops/b/v1/items", "b", [item])[0] == 200
        yield server


@pytest.mark.parametrize(("key", "at"), ["ab", "ba"])
def test_no_route_of_a_shop_opens_to_another_s_key(both: Served, key: str, at: str) -> None:
    paths = both.ask("GET", f"/shops/{at}/openapi.json")[1]["paths"]
    asked = [
        (method.upper(), f"/shops/{at}{path.format_map(dict.fromkeys(names_in(path), 'u1'))}")
        for path, methods in paths.items()
        for method in methods
        if path not in ("/healthz", "/readyz")
    ]
    assert len(asked) > 40
    for method, path in asked:
        body = None if method in ("GET", "DELETE") else {}
        assert both.ask(method, path, key, body)[0] == 401, (method, path)
        assert both.ask(method, path, "", body)[0] == 401, (method, path)
    assert both.status(f"/shops/{at}/v1/recommend", at) == 200


def names_in(path: str) -> list[str]:
    return [part.partition("}")[0] for part in path.split("{")[1:]]


ODD_PATHS = [
    "/shops/a%2f..%2fb/v1/items/",
    "/shops/a/..%2fb/v1/items/",
    "/shops/a/../b/v1/items/",
    "/shops/a/%2e%2e/b/v1/items/",
    "/shops/a\\..\\b/v1/items/",
    "/shops/a//../b/v1/items/",
    "/shops/a/v1/../../b/v1/items/",
    "/shops/a/shops/b/v1/items/",
    "/shops/a%00/../b/v1/items/",
    "/shops/a?/../b/v1/items/",
    "/shops/a#/shops/b/v1/items/",
    "/shops/b;a/v1/items/",
    "/shops/b,a/v1/items/",
    "/shops/%62/v1/items/",
    "/shops%2fb/v1/items/",
    "/shops/b%2fv1/items/",
    "/shops/b./v1/items/",
    "/shops/b%20/v1/items/",
    "/shops/.b/v1/items/",
    "/shops/./b/v1/items/",
    "/shops//b/v1/items/",
    "//shops/b/v1/items/",
    "/./shops/b/v1/items/",
    "/x/../shops/b/v1/items/",
    "/shops/B/v1/items/",
    "/Shops/b/v1/items/",
    "/shops/b-/v1/items/",
    f"/shops/{'b' * 64}/v1/items/",
    "/shops/*/v1/items/",
    "/shops/ｂ/v1/items/".encode().decode("latin-1"),
    "/v1/items/",
    "/b/v1/items/",
]


@pytest.mark.parametrize("key", ["a", "b"])
@pytest.mark.parametrize("path", ODD_PATHS)
def test_a_shop_is_reached_by_its_own_path_alone(both: Served, path: str, key: str) -> None:
    status, answer = raw(both, f"GET {path}{OF_B}", key)
    assert status in (400, 404), answer
    assert f'"id":"{OF_B}"' not in answer
    assert raw(both, f"GET /shops/b/v1/items/{OF_B}", "b")[0] == 200


@pytest.mark.parametrize(
    ("line", "key", "expected"),
    [
        (f"GET http://127.0.0.1/shops/b/v1/items/{OF_B}", "b", 200),
        (f"GET http://127.0.0.1/shops/b/v1/items/{OF_B}", "a", 401),
        (f"GET http://a/shops/b/v1/items/{OF_B}", "a", 401),
        (f"GET http://127.0.0.1/shops/a/v1/items/{OF_B}", "a", 404),
        (f"GET http://127.0.0.1/shops/a/v1/items/{OF_B}", "b", 401),
        (f"GET /shops/a@127.0.0.1/shops/b/v1/items/{OF_B}", "a", 404),
    ],
)
def test_the_address_in_a_request_line_changes_nothing(
    both: Served, line: str, key: str, expected: int
) -> None:
    assert raw(both, line, key)[0] == expected


@pytest.mark.parametrize("header", ["X-Forwarded-Prefix", "X-Original-URL", "X-Rewrite-URL"])
def test_no_header_leads_to_another_shop(both: Served, header: str) -> None:
    path = f"/shops/a/v1/items/{OF_B}"
    assert both.ask("GET", path, "a", **{header: f"/shops/b/v1/items/{OF_B}"})[0] == 404


def test_another_host_is_refused_everywhere(both: Served) -> None:
    for path in ("/healthz", "/readyz", "/shops/a/v1/recommend", "/shops/nix/v1", "/shops"):
        assert raw(both, f"GET {path}", "a", host="b")[0] == 400, path


def test_a_next_page_is_of_the_shop_that_gave_it(both: Served) -> None:
    path = "/v1/recommend?user=u0&n=2"
    token = both.ask("GET", f"/shops/a{path}", "a")[1]["next"]
    assert both.ask("GET", f"/shops/a{path}&after={token}", "a")[0] == 200
    status, told, _ = both.ask("GET", f"/shops/b{path}&after={token}", "b")
    assert (status, told["where"]) == (400, "after")


def test_a_page_is_explained_by_the_shop_that_made_it(both: Served) -> None:
    page = both.ask("GET", "/shops/a/v1/recommend?user=u0&n=1", "a")[1]
    path = f"/v1/explain/{page['request_id']}/{page['items'][0]['item']}"
    assert both.status(f"/shops/a{path}", "a") == 200
    assert both.status(f"/shops/b{path}", "b") == 404


def test_one_idempotency_key_takes_effect_in_both(both: Served) -> None:
    rule = {"kind": "bury", "where": 'id = "tea"', "set_by": "ann"}
    made = [
        both.ask("POST", f"/shops/{name}/v1/rules", name, rule, Idempotency_Key="k")[1]["id"]
        for name in "abab"
    ]
    assert made[:2] == made[2:]
    for name in "ab":
        path = f"/shops/{name}/v1/rules"
        assert len(both.ask("GET", path, name)[1]["rules"]) == 1
    other = {**rule, "kind": "exclude"}
    assert both.ask("POST", "/shops/b/v1/rules", "b", other, Idempotency_Key="k")[0] == 422


def test_events_and_tags_are_of_one_shop(both: Served) -> None:
    tag = both.ask("GET", "/shops/a/v1/users/u1", "a")[2]["etag"]
    event = {"event_id": "e", "user": "u1", "item": "tea", "type": "purchase"}
    for name in "ba":  # the same id counts once in each
        path = f"/shops/{name}/v1/events"
        assert both.ask("POST", path, name, event)[1]["accepted"] == {"events": 1}
        if name == "b":
            asked = {"If_None_Match": tag}
            assert both.ask("GET", "/shops/a/v1/users/u1", "a", **asked)[0] == 304
            assert both.ask("GET", "/shops/b/v1/users/u1", "b", **asked)[0] == 200


def test_who_is_forgotten_in_one_shop_stays_in_another(both: Served) -> None:
    assert both.ask("DELETE", "/shops/a/v1/users/u4", "a")[0] == 200
    assert both.status("/shops/a/v1/users/u4", "a") == 404
    assert both.ask("GET", "/shops/b/v1/users/u4", "b")[1]["events"]
    receipts = [both.ask("GET", f"/shops/{name}/v1/forgotten", name)[1] for name in "ab"]
    assert [len(one["receipts"]) for one in receipts] == [1, 0]


def test_gorse_s_door_is_of_one_shop(both: Served) -> None:
    for key, expected in (("a", 200), ("b", 401)):
        asked = {"X_API_Key": both.keys[key]}
        assert both.ask("GET", "/shops/a/api/item/tea", **asked)[0] == expected
        assert both.ask("GET", "/shops/b/api/item/tea", **asked)[0] == 404


def test_each_shop_tells_its_own_counts(both: Served) -> None:
    assert both.ask("GET", "/shops/b/v1/items/tea/together", "b")[0] == 200
    told = both.ask("GET", "/shops/b/metrics", "b")[1]
    assert 'zhiyin_pages_total{surface="together"} 1.0' in told
    assert both.status("/shops/a/v1/recommend", "a") == 200
    other = both.ask("GET", "/shops/a/metrics", "a")[1]
    assert 'zhiyin_pages_total{surface="home"}' in other
    assert 'surface="together"' not in other
    assert "process_" not in other
    assert both.status("/metrics", "a") == 404


def test_the_log_says_of_which_shop_a_line_is(
    both: Served, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise StoreUnavailable("the disk is full")

    monkeypatch.setattr(Store, "entity", fails)
    assert both.status("/shops/b/v1/items/tea", "b") == 503
    assert caplog.messages == ["/shops/b/v1/items/{item}: the disk is full."]


def test_the_audit_log_is_of_one_shop(both: Served) -> None:
    body = {"name": "only-in-b", "scopes": ["serve"]}
    secret = both.ask("POST", "/shops/b/v1/keys", "b", body)[1]["secret"]
    assert both.status("/shops/b/v1/recommend", secret) == 200
    assert both.status("/shops/a/v1/recommend", secret) == 401
    told = json.dumps(both.ask("GET", "/shops/a/v1/audit", "a")[1])
    assert "only-in-b" not in told
    assert "only-in-b" not in json.dumps(both.ask("GET", "/shops/a/v1/keys", "a")[1])


def test_a_shop_describes_itself_under_its_path(both: Served) -> None:
    assert both.ask("GET", "/shops/a/openapi.json")[1]["servers"] == [{"url": "/shops/a"}]
    assert "/shops/a" in both.ask("GET", "/shops/a/docs")[1]
    assert both.ask("POST", "/shops/a/v1/users/u0/ties", "a", {})[2]["allow"] == "GET"
    moved = both.ask("GET", "/shops/a/v1/recommend/", "a")[2]["location"]
    assert moved == f"{both.url}/shops/a/v1/recommend"


def test_the_root_tells_of_the_process_alone(both: Served) -> None:
    assert both.ask("GET", "/healthz")[1]["status"] == "ok"
    for path in ("/shops", "/shops/", "/shops/a", "/docs", "/openapi.json", "/v1/recommend"):
        status, told, headers = both.ask("GET", path, "a")
        assert status == 404
        assert set(told) == {"type", "title", "status", "detail"}
        assert headers["x-content-type-options"] == "nosniff"


def test_the_client_asks_one_shop(both: Served) -> None:
    with Client(f"{both.url}/shops/a", key=both.keys["a"]) as shop:
        shop.events({"user": "client", "item": "tea", "type": "purchase"})
        page = shop.recommend("client", n=2)
        assert shop.explain(page["request_id"], page["items"][0]["item"])["shown"]
        assert shop.recommend("client", n=2, after=page["next"])["items"]
        assert shop.item(STRANGE_ID)["id"] == STRANGE_ID
        assert "client" in {one["user"] for one in shop.export("events")}
        with pytest.raises(ApiError, match=OF_B):
            shop.item(OF_B)
    with Client(f"{both.url}/shops/b/", key=both.keys["b"]) as shop:
        assert shop.item(OF_B)["title"] == OF_B
        with pytest.raises(ApiError, match="client"):
            shop.user("client")
    with Client(f"{both.url}/shops/b", key=both.keys["a"]) as shop, pytest.raises(ApiError) as told:
        shop.recommend()
    assert told.value.status == 401


def test_limits_of_one_shop_are_not_another_s(template: Path, tmp_path: Path) -> None:
    keys = add_shops(template, tmp_path)
    (tmp_path / "a" / "zhiyin.toml").write_text("[api]\nrequests_per_s = 0.01\nburst = 1\n")
    with served(tmp_path, keys) as server:
        statuses = [server.status("/shops/a/v1/recommend", "a") for _ in range(3)]
        assert statuses == [200, 429, 429]
        assert {server.status("/shops/b/v1/recommend", "b") for _ in range(3)} == {200}


def test_one_secret_of_next_pages_for_all_makes_tokens_of_each(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHIYIN_API__NEXT_PAGE_KEY", "a secret for all machines")
    keys = add_shops(template, tmp_path)
    path = "/v1/recommend?user=u0&n=2"
    with served(tmp_path, keys) as server:
        token = server.ask("GET", f"/shops/a{path}", "a")[1]["next"]
        assert server.status(f"/shops/b{path}&after={token}", "b") == 400
    with served(tmp_path, keys) as server:  # as another machine would
        assert server.status(f"/shops/a{path}&after={token}", "a") == 200
