"""GET /metrics: exact counts, by templates and names alone."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from prometheus_client import REGISTRY
from prometheus_client.parser import text_string_to_metric_families
from pydantic import SecretStr

from tests.apps.api.conftest import Opener
from zhiyin.core import Event
from zhiyin.shop import Shop
from zhiyin.store.store import Store
from zhiyin.telemetry import Telemetry

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
    client.delete("/v1/users/nobody")
    client.patch("/v1/rules/none", json={"by": "bo", "note": "x"})
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
        ("DELETE", "/v1/users/{user}", "4xx"): 1,
        ("PATCH", "/v1/rules/{rule}", "4xx"): 1,
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


def test_what_an_operator_watches_is_told(client: TestClient, home: Path) -> None:
    client.get("/v1/recommend")
    samples = counted(client)
    assert of(samples, "freshness_lag_seconds") == {(): 0}
    assert of(samples, "impressions_waiting") in ({(): 0}, {(): 1})
    assert of(samples, "http_requests_in_progress") == {(): 1}  # that which asks
    assert of(samples, "http_threads_busy") == {(): 1}
    assert of(samples, "store_failures_total") == {(): 0}
    assert of(samples, "database_bytes")[("data",)] == (home / "shop.db").stat().st_size
    assert of(samples, "database_bytes")[("log",)] >= 0
    assert 0 < of(samples, "training_seconds")[()] < of(samples, "snapshot_age_seconds")[()] < 3600
    assert of(samples, "events_since_training") == {(): 0}
    client.post("/v1/events", json=[EVENT, EVENT])
    samples = counted(client)
    assert of(samples, "events_since_training") == {(): 2}
    assert 0 <= of(samples, "last_event_age_seconds")[()] < 60
    day_ago = datetime.now(UTC) - timedelta(days=1)
    client.post("/v1/events", json={**EVENT, "time": day_ago.isoformat()})
    assert 86_400 <= of(counted(client), "last_event_age_seconds")[()] < 86_460


def test_stages_are_timed_in_one_page_of_four(client: TestClient) -> None:
    for _ in range(5):
        trace = client.get("/v1/recommend").json()["trace"]
    counts = of(counted(client), "stage_seconds_count")
    assert counts == {(one["name"], one["stage"]): 2 for one in trace}
    assert 0 < of(counted(client), "stage_seconds_sum")[("popular", "sources")] < 60


def test_lag_grows_while_pages_cannot_take_in_what_is_new(home: Path) -> None:
    seconds = [0.0]
    with Shop.open(home) as shop:
        telemetry = Telemetry(
            shop.store, shop._serving, shop.snapshots, shop._impressions, lambda: seconds[0]
        )
        shop.recommend("u0")
        assert telemetry.lag_s() == 0
        shop.record([Event("u0", "pot", "view")])
        assert telemetry.lag_s() == 0
        seconds[0] = 7.0
        assert telemetry.lag_s() == 7
        shop.recommend("u0")
        assert telemetry.lag_s() == 0


def test_where_nobody_asks_for_pages_what_is_new_is_taken_in_all_the_same(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zhiyin.telemetry._EVERY_S", 0.01)
    told: list[None] = []
    with Shop.open(home) as shop:
        shop.telemetry.watch(lambda: told.append(None))
        shop.record([Event("u0", "pot", "view")])
        deadline = time.monotonic() + 20
        while shop._serving.marks != shop.store.since.marks():
            assert time.monotonic() < deadline
            time.sleep(0.01)
    after = len(told)
    time.sleep(0.1)
    assert len(told) == after > 0


def test_failures_of_the_store_are_counted(client: TestClient, home: Path) -> None:
    (home / "shop.db").rename(home / "elsewhere.db")
    assert client.post("/v1/events", json=EVENT).status_code == 503
    (home / "elsewhere.db").rename(home / "shop.db")
    assert of(counted(client), "store_failures_total")[()] >= 1


def test_shops_of_one_process_are_counted_apart(tmp_path: Path) -> None:
    """Together with other workers, too, where all write to the same files."""
    code = (
        "import sys\n"
        "from zhiyin.apps.api.counters import Counters\n"
        "a, b = Counters('a'), Counters('b')\n"
        "one, other = (made.counter('c', 'x', ['l']) for made in (a, b))\n"
        "one('k').inc(2), other('k').inc(3)\n"
        "for made in (a, b):\n"
        "    [family] = made.collect()\n"
        "    print([(s.name, s.labels, s.value) for s in family.samples if s.name == 'c_total'])\n"
    )
    for shared in ({}, {"PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}):
        ran = subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, **shared}, capture_output=True, text=True, check=True
        )  # fmt: skip
        assert ran.stdout.splitlines() == [f"[('c_total', {{'l': 'k'}}, {n}.0)]" for n in (2, 3)]


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
