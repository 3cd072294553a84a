"""GET /metrics: exact counts, by templates and names alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from prometheus_client import REGISTRY
from prometheus_client.parser import text_string_to_metric_families
from pydantic import SecretStr

from tests.apps.api.conftest import Opener
from zhiyin.store.store import Store

if TYPE_CHECKING:
    from starlette.testclient import TestClient

EVENT = {"user": "secret-user", "item": "tea", "type": "view"}


def counted(client: TestClient, **headers: Any) -> dict[tuple[str, ...], float]:
    """Return (name, label values in order of the labels' names …) → value."""
    answer = client.get("/metrics", **headers)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    return {
        (sample.name, *(value for _, value in sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
        if not sample.name.endswith(("_created", "_bucket"))
    }


def of(samples: dict[tuple[str, ...], float], name: str) -> dict[tuple[str, ...], float]:
    return {key[1:]: value for key, value in samples.items() if key[0] == f"zhiyin_{name}"}


def test_requests_are_counted_by_template_method_and_status(client: TestClient) -> None:
    for path in ("tea/similar", "pot/similar", "nix/similar", "tea", "a/b/nix"):
        client.get(f"/v1/items/{path}")
    client.get("/v1/nothing-of-the-kind")
    client.request("BREW", "/v1/recommend")
    client.get("/healthz", headers={"Host": "evil.example"})
    counted(client)
    samples = counted(client)
    assert of(samples, "http_requests_total") == {
        ("GET", "/v1/items/{item}/similar", "2xx"): 2,
        ("GET", "/v1/items/{item}/similar", "4xx"): 1,
        ("GET", "/v1/items/{item}", "2xx"): 1,
        ("GET", "/v1/items/{item}", "4xx"): 1,
        ("GET", "other", "4xx"): 2,
        ("other", "/v1/recommend", "4xx"): 1,
        ("GET", "/metrics", "2xx"): 1,
    }
    assert of(samples, "http_request_seconds_count")[("/v1/items/{item}/similar",)] == 3
    assert 0 < of(samples, "http_request_seconds_sum")[("/v1/items/{item}/similar",)] < 60


def test_events_and_records_are_counted(client: TestClient) -> None:
    client.post("/v1/events", json=[EVENT, EVENT, {**EVENT, "event_id": "e1"}])
    client.post("/v1/events", json={**EVENT, "event_id": "e1"})
    client.post("/v1/events", json={**EVENT, "item": ""})
    client.put(
        "/v1/items", json=[{"id": "a"}, {"id": "b"}, {"id": "tea", "title": "绿茶"}, {"id": 5}]
    )
    client.put("/v1/ties", json=[{"user": "u0"}])
    samples = counted(client)
    assert of(samples, "events_total") == {("accepted",): 3, ("duplicate",): 1}
    assert of(samples, "records_total") == {
        ("items", "accepted"): 2,
        ("items", "duplicate"): 1,
        ("items", "rejected"): 1,
        ("ties", "accepted"): 0,
        ("ties", "duplicate"): 0,
        ("ties", "rejected"): 1,
    }


def test_the_shop_s_state_is_told(client: TestClient, home: Path) -> None:
    client.put("/v1/posts", json=[{"id": "p", "text": "x"}])
    samples = counted(client)
    assert of(samples, "snapshot_version") == {(): 1}
    assert of(samples, "impressions_dropped_total") == {(): 0}
    assert of(samples, "entities") == {("items",): 6, ("posts",): 1, ("users",): 10}
    assert samples[("process_resident_memory_bytes",)] > 1e6


def test_before_training_there_is_no_snapshot(open_client: Opener, untrained: Path) -> None:
    assert of(counted(open_client(untrained)), "snapshot_version") == {}


@pytest.mark.usefixtures("popular_hangs")
def test_degraded_pages_and_their_stages_are_counted(client: TestClient) -> None:
    client.get("/v1/recommend?user=u0")
    client.get("/v1/items/tea/similar")
    client.get("/v1/recommend?surface=nix")
    samples = counted(client)
    assert of(samples, "pages_total") == {("home",): 1, ("similar",): 1}
    assert of(samples, "pages_degraded_total") == {("home",): 1, ("similar",): 0}
    assert of(samples, "stage_failures_total")[("popular", "sources", "late")] == 1


def test_a_server_error_is_counted(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: Any) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr(Store, "entity", breaks)
    assert client.get("/v1/items/tea").status_code == 500
    requests = of(counted(client), "http_requests_total")
    assert requests == {("GET", "/v1/items/{item}", "5xx"): 1}


def test_figures_are_told_when_the_store_does_not_answer(open_client: Opener, home: Path) -> None:
    client = open_client(home)
    client.get("/v1/recommend")
    (home / "shop.db").write_bytes(b"garbage" * 1000)
    samples = counted(client)
    assert of(samples, "pages_total") == {("home",): 1}
    assert of(samples, "entities") == {}


def test_nothing_of_shoppers_or_secrets_is_told(open_client: Opener, home: Path) -> None:
    key = "s3cret"
    client = open_client(home, key=SecretStr(key))
    shown = {"headers": {"Authorization": f"Bearer {key}"}}
    client.post("/v1/events", json={**EVENT, "event_id": "secret-event"}, **shown)
    client.get("/v1/users/secret-user", **shown)
    client.get("/v1/recommend?user=secret-user&surface=secret-surface", **shown)
    client.put("/v1/items", json=[{"id": "secret-item", "secret-field": 1}], **shown)
    client.get("/secret-path")
    assert client.get("/metrics").status_code == 401
    text = client.get("/metrics", **shown).text
    for secret in ("secret", key, str(home), "shop.db"):
        assert secret not in text


def test_each_app_counts_for_itself(open_client: Opener, home: Path, untrained: Path) -> None:
    one, other = open_client(home), open_client(untrained)
    one.get("/v1/recommend")
    assert of(counted(other), "pages_total") == {}
    assert not [m.name for m in REGISTRY.collect() if m.name.startswith("zhiyin")]
