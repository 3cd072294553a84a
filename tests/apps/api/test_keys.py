"""Keys: what each of them opens, for how long, how often, and what is kept of it."""

from __future__ import annotations

import logging
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import SecretStr

from tests.apps.api.conftest import Opener
from zhiyin.apps.api import key as door
from zhiyin.apps.api import server
from zhiyin.apps.api.app import create_app
from zhiyin.apps.api.key_bodies import AuditAnswer, CurrentKeyAnswer, KeysAnswer, MadeKeyAnswer
from zhiyin.apps.api.scopes import SCOPE_OF
from zhiyin.core.key import SCOPES
from zhiyin.errors import SettingsError
from zhiyin.settings import Settings
from zhiyin.shop import Shop
from zhiyin.store.store import Store

if TYPE_CHECKING:
    from starlette.testclient import TestClient

ROOT = "root-of-the-environment"
EVENT = {"user": "new", "item": "tea", "type": "purchase"}
RULE: dict[str, Any] = {"kind": "pin", "items": ["net"], "place": 1, "set_by": "li"}
ASKED: dict[str, tuple[str, str, dict[str, Any]]] = {
    "ingest": ("POST", "/v1/events", {"json": EVENT}),
    "serve": ("GET", "/v1/recommend", {}),
    "operate": ("POST", "/v1/rules", {"json": RULE}),
    "admin": ("GET", "/v1/keys", {}),
}
"""A request for each scope."""


def as_(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


def made(client: TestClient, name: str, *scopes: str, **more: object) -> str:
    answer = client.post(
        "/v1/keys", json={"name": name, "scopes": scopes, **more}, headers=as_(ROOT)
    )
    assert answer.status_code == 200, answer.text
    MadeKeyAnswer.model_validate(answer.json(), extra="forbid")
    return str(answer.json()["secret"])


@pytest.fixture
def guarded(open_client: Opener, home: Path) -> TestClient:
    return open_client(home, key=SecretStr(ROOT))


def behind_the_door(home: Path) -> set[str]:
    with Shop.open(home) as shop:
        paths = create_app(shop).openapi()["paths"]
    told = {f"{method.upper()} {path}" for path, methods in paths.items() for method in methods}
    return told - {"GET /healthz", "GET /readyz"}


def test_every_route_has_a_scope_and_every_scope_a_route(home: Path) -> None:
    assert behind_the_door(home) == set(SCOPE_OF)
    assert set(SCOPE_OF.values()) == {*SCOPES, ""}


@pytest.mark.parametrize("scope", SCOPES)
def test_a_key_opens_what_it_is_for_and_nothing_else(guarded: TestClient, scope: str) -> None:
    secret = made(guarded, "till", scope)
    for needed, (method, path, sent) in ASKED.items():
        answer = guarded.request(method, path, headers=as_(secret), **sent)
        if scope in (needed, "admin"):
            assert answer.status_code == 200, needed
            continue
        assert answer.status_code == 403, needed
        assert answer.headers["content-type"] == "application/problem+json"
        told = answer.json()
        assert told["expected"] == f"a key with the scope {needed}"
        assert told["where"] == f"{method} {path}"
        assert told["next_step"].startswith("zhiyin keys add")
        assert secret not in answer.text


@pytest.fixture
def looks_up_always(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "_FRESH_S", 0.0)


@pytest.mark.usefixtures("looks_up_always")
def test_without_any_key_this_machine_may_do_all(client: TestClient, home: Path) -> None:
    assert client.get("/v1/keys").json() == {"keys": []}
    secret = client.post("/v1/keys", json={"name": "a", "scopes": ["serve"]}).json()["secret"]
    with Store.open(home / "shop.db") as store:
        assert store.audit.since()[-1].key == "local"
        store.api_keys.revoke("a")
    for headers in ({}, as_(secret)):
        assert client.get("/v1/recommend", headers=headers).status_code == 401


@pytest.mark.usefixtures("looks_up_always")
def test_the_first_key_closes_the_door_of_a_server_that_runs(
    client: TestClient, home: Path
) -> None:
    assert client.get("/v1/recommend").status_code == 200
    with Store.open(home / "shop.db") as store:
        secret = store.api_keys.add("front", ["serve"]).secret
    assert client.get("/v1/recommend").status_code == 401
    assert client.get("/v1/recommend", headers=as_(secret)).status_code == 200


def test_another_address_is_never_open(open_client: Opener, home: Path) -> None:
    assert open_client(home, host="0.0.0.0").get("/v1/recommend").status_code == 401


def test_a_new_secret_takes_over(guarded: TestClient) -> None:
    old = made(guarded, "till", "serve", expires="90d")
    answer = guarded.post("/v1/keys/till/rotate", json={"grace": "1h"}, headers=as_(ROOT)).json()
    for secret in (old, answer["secret"]):
        assert guarded.get("/v1/recommend", headers=as_(secret)).status_code == 200
    assert guarded.delete("/v1/keys/till", headers=as_(ROOT)).status_code == 200
    for secret in (old, answer["secret"]):
        assert guarded.get("/v1/recommend", headers=as_(secret)).status_code == 401
    assert guarded.delete("/v1/keys/till", headers=as_(ROOT)).status_code == 404


def test_without_a_grace_the_old_secret_ends_at_once(guarded: TestClient) -> None:
    old = made(guarded, "till", "serve")
    assert guarded.get("/v1/recommend", headers=as_(old)).status_code == 200
    guarded.post("/v1/keys/till/rotate", json={"grace": "0h"}, headers=as_(ROOT))
    assert guarded.get("/v1/recommend", headers=as_(old)).status_code == 401


def test_a_key_ends_in_time_although_it_was_looked_up_before(
    guarded: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Later(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            return datetime.now(tz) + timedelta(days=90)

    secret = made(guarded, "till", "serve", expires="90d")
    assert guarded.get("/v1/recommend", headers=as_(secret)).status_code == 200
    monkeypatch.setattr(door, "datetime", Later)
    assert guarded.get("/v1/recommend", headers=as_(secret)).status_code == 401


def test_keys_are_told_without_their_secrets(guarded: TestClient) -> None:
    secret = made(guarded, "till", "serve", "ingest")
    guarded.get("/v1/recommend", headers=as_(secret))
    answer = guarded.get("/v1/keys", headers=as_(ROOT))
    KeysAnswer.model_validate(answer.json(), extra="forbid")
    until = time.monotonic() + 60
    while (key := guarded.get("/v1/keys", headers=as_(ROOT)).json()["keys"][0])["used"] is None:
        assert time.monotonic() < until
    assert (key["name"], key["scopes"], key["holds"]) == ("till", ["ingest", "serve"], True)
    assert key["used"] == datetime.now(UTC).date().isoformat()
    assert secret not in answer.text


@pytest.mark.parametrize(
    "body",
    [
        {"name": "a", "scopes": []},
        {"name": "a b", "scopes": ["serve"]},
        {"name": "a", "scopes": ["root"]},
        {"name": "a", "scopes": ["serve"], "expires": "soon"},
        {"name": "a"},
    ],
)
def test_what_is_no_key_is_not_made(guarded: TestClient, body: dict[str, Any]) -> None:
    assert guarded.post("/v1/keys", json=body, headers=as_(ROOT)).status_code == 422
    made(guarded, "a", "serve")
    again = {"name": "a", "scopes": ["serve"]}
    assert guarded.post("/v1/keys", json=again, headers=as_(ROOT)).status_code == 409


def test_who_asks_too_often_waits_and_others_do_not(open_client: Opener, home: Path) -> None:
    client = open_client(home, key=SecretStr(ROOT), requests_per_s=0.5, burst=3)
    secret = made(client, "till", "serve")
    statuses = [client.get("/v1/network", headers=as_(secret)).status_code for _ in range(4)]
    assert statuses == [403, 403, 403, 429]
    answer = client.get("/v1/recommend", headers=as_(secret))
    assert answer.status_code == 429
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["retry-after"] in ("1", "2")
    assert client.get("/v1/keys", headers=as_(ROOT)).status_code == 200
    assert client.get("/healthz").status_code == 200


def test_this_machine_without_keys_has_no_limit(open_client: Opener, home: Path) -> None:
    client = open_client(home, requests_per_s=0.5, burst=1)
    assert {client.get("/v1/keys").status_code for _ in range(5)} == {200}


def test_the_log_says_which_key_did_what_and_was_refused_what(guarded: TestClient) -> None:
    secret = made(guarded, "till", "operate")
    rule = guarded.post("/v1/rules", json=RULE, headers=as_(secret)).json()["id"]
    guarded.delete(f"/v1/rules/{rule}?by=bo", headers=as_(secret))
    assert guarded.delete(f"/v1/rules/{rule}?by=bo", headers=as_(secret)).status_code == 404
    for _ in range(3):  # the second and the third are not worth a line
        guarded.get("/v1/audit", headers=as_(secret))
    guarded.get("/v1/recommend?user=u0", headers=as_(secret))
    for _ in range(2):
        assert guarded.get("/v1/users", headers=as_(ROOT)).status_code == 200
    answer = guarded.get("/v1/audit", headers=as_(ROOT)).json()
    AuditAnswer.model_validate(answer, extra="forbid")
    told = [[*deed.values()][1:] for deed in answer["audit"]]
    assert told == [
        ["environment", "added", "key", "till", "done"],
        ["till", "added", "rule", rule, "done"],
        ["till", "removed", "rule", rule, "done"],
        ["till", "GET /v1/audit", "admin", "", "refused"],
        ["environment", "GET /v1/users", "admin", "", "read"],
    ]
    later = guarded.get("/v1/audit?since=2100-01-01T00:00:00Z", headers=as_(ROOT))
    assert later.json() == {"audit": []}


def test_no_secret_is_in_the_log_whatever_happens_to_the_request(
    guarded: TestClient, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = made(guarded, "till", "serve")
    with caplog.at_level(logging.DEBUG):
        guarded.get(f"/v1/recommend?key={secret}&access_token={secret}", headers=as_(secret))
        guarded.get(f"/v1/items/{secret}", headers=as_(secret))
        guarded.get(f"/v1/users/{secret}?n={secret}", headers=as_(secret))
        guarded.post("/v1/understand", json={"text": [secret]}, headers=as_(secret))
        guarded.get("/v1/recommend", headers=as_(secret + "x"))
        monkeypatch.setattr(Shop, "recommend", _breaks)
        guarded.get(f"/v1/recommend?user={secret}", headers=as_(secret))
    ours = [record for record in caplog.records if not record.name.startswith("httpx")]
    assert not [record for record in ours if secret in record.getMessage()]


def _breaks(*_: Any, **__: Any) -> None:
    from zhiyin.errors import StoreError

    raise StoreError("the disk is full")


def test_the_door_looks_a_key_up_once_a_second(
    guarded: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from zhiyin.store.keys import StoredKeys

    secret = made(guarded, "till", "serve")
    looked: list[str] = []
    of = StoredKeys.of
    monkeypatch.setattr(
        StoredKeys, "of", lambda keys, given: looked.append(given) or of(keys, given)
    )
    for _ in range(3):
        guarded.get("/v1/recommend", headers=as_(secret))
    assert len(looked) == 1


def test_other_machines_are_served_from_the_first_key_on(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings.load(home)
    api = settings.api.model_copy(update={"host": "0.0.0.0", "port": 0})
    settings = settings.model_copy(update={"api": api})
    served: list[Settings] = []
    monkeypatch.setattr(server, "answer", lambda settings, *_: served.append(settings))
    with pytest.raises(SettingsError, match="zhiyin keys add"):
        server.serve(settings, lambda _url: None)
    assert served == []
    with Store.open(home / "shop.db") as store:
        store.api_keys.add("front", ["serve"])
    server.serve(settings, lambda _url: None)
    assert served == [settings]


def test_whoever_shows_a_key_is_told_whose_it_is(guarded: TestClient) -> None:
    secret = made(guarded, "till", "serve")
    told = guarded.get("/v1/keys/current", headers=as_(secret)).json()
    assert told == {"name": "till", "scopes": ["serve"]}
    CurrentKeyAnswer.model_validate(told, extra="forbid")
    everything = guarded.get("/v1/keys/current", headers=as_(ROOT)).json()
    assert everything == {"name": "environment", "scopes": list(SCOPES)}
    assert guarded.get("/v1/keys/current").status_code == 401
