"""What a shop runs on, over HTTP, and the way back to an earlier snapshot."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import SecretStr

from tests.apps.api.conftest import Opener
from zhiyin.apps.api.system_bodies import ChecksAnswer, SystemAnswer
from zhiyin.settings import Settings
from zhiyin.shop import Shop

if TYPE_CHECKING:
    from starlette.testclient import TestClient

ROOT = "a secret that nobody may read"


def test_what_the_shop_runs_on(client: TestClient) -> None:
    told = client.get("/v1/system").json()
    SystemAnswer.model_validate(told, extra="forbid")
    home = next(one for one in told["pipelines"] if one["surface"] == "home")
    assert [stage["family"] for stage in home["stages"]][:2] == ["query_hydrators", "sources"]
    assert home["budget_ms"] == 10_000
    [snapshot] = told["snapshots"]
    assert (snapshot["version"], snapshot["is_current"], snapshot["is_served"]) == (1, True, True)
    assert told["jobs"]["training"]["events_since"] == 0
    assert told["jobs"]["reading"] == {"was_read": False, "is_behind": True}
    assert told["holds"]["items"] == 6
    assert {"sources", "scorers"} <= {part["family"] for part in told["parts"]}


def test_settings_are_told_without_secrets_and_places(home: Path, open_client: Opener) -> None:
    (home / "zhiyin.local.toml").write_text(
        '[reading]\nchat = {type = "none", options = {api_key = "s3cret", deep = {token = "s3cret"}}}\n'
        "[train]\ntrials = 3\n"
    )
    client = open_client(home, key=SecretStr(ROOT))
    answer = client.get("/v1/system", headers={"Authorization": f"Bearer {ROOT}"})
    assert ROOT not in answer.text
    assert "s3cret" not in answer.text
    assert str(home) not in answer.text
    told = {one["key"]: one for one in answer.json()["settings"]}
    assert (told["train.trials"]["value"], told["train.trials"]["is_default"]) == (3, False)
    assert told["train.memory_gb"]["is_default"]
    assert (told["api.key"]["value"], told["privacy.key"]["value"]) == ("***", None)
    assert told["api.port"]["meaning"].startswith("Port to listen on")


def test_checks_are_those_of_the_doctor(client: TestClient) -> None:
    told = client.get("/v1/system/checks").json()
    ChecksAnswer.model_validate(told, extra="forbid")
    found = {one["check"]: one["status"] for one in told["checks"]}
    assert (found["database"], found["snapshot"], found["page"]) == ("PASS", "PASS", "PASS")


def test_rolling_back_is_served_at_once_and_kept_in_the_audit_log(
    home: Path, open_client: Opener
) -> None:
    with Shop.open(Settings.load(home)) as shop:
        shop.train()
    client = open_client(home)
    assert client.get("/readyz").json()["snapshot"] == 2
    answer = client.post("/v1/system/rollback", json={})
    assert answer.json() == {"version": 1, "versions": [1, 2]}
    assert client.get("/readyz").json()["snapshot"] == 1
    assert client.post("/v1/system/rollback", json={"version": 2}).json()["version"] == 2
    deeds = [one for one in client.get("/v1/audit").json()["audit"] if one["kind"] == "snapshot"]
    assert [(one["action"], one["target"]) for one in deeds] == [
        ("rolled back", "1"),
        ("rolled back", "2"),
    ]
    assert [one["version"] for one in client.get("/v1/system").json()["snapshots"]] == [2, 1]


def test_a_snapshot_that_is_not_there_is_refused(client: TestClient) -> None:
    refused = client.post("/v1/system/rollback", json={"version": 9})
    assert refused.status_code == 404
    assert refused.json()["title"] == "there is no snapshot 9"
    assert "[1]" in refused.json()["expected"]
    assert client.post("/v1/system/rollback", json={}).status_code == 404
    assert client.get("/v1/system").json()["snapshot"] == 1


def test_a_damaged_snapshot_is_told_beside_the_others(client: TestClient, home: Path) -> None:
    broken = home / "snapshots" / "000007"
    broken.mkdir()
    (broken / "manifest.json").write_text("{")
    told = client.get("/v1/system").json()["snapshots"]
    assert [one["version"] for one in told] == [7, 1]
    assert "cannot be read" in told[0]["problem"]
    assert told[1]["problem"] is None
    assert str(home) not in str(told)
    (home / "snapshots" / "CURRENT").write_text("?")
    assert not any(one["is_current"] for one in client.get("/v1/system").json()["snapshots"])


def test_only_admin_goes_back_and_looks_into_the_machine(home: Path, open_client: Opener) -> None:
    client = open_client(home, key=SecretStr(ROOT))
    root = {"Authorization": f"Bearer {ROOT}"}
    made = client.post("/v1/keys", json={"name": "op", "scopes": ["operate"]}, headers=root).json()
    operator = {"Authorization": f"Bearer {made['secret']}"}
    assert client.get("/v1/system", headers=operator).status_code == 200
    assert client.get("/v1/system/checks", headers=operator).status_code == 403
    assert client.post("/v1/system/rollback", json={}, headers=operator).status_code == 403
