"""The load benchmark over a tiny shop: what it tells is there, and it leaves the shop as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.apps.conftest import fill
from zhiyin.bench.serve import bench_serve
from zhiyin.errors import NotFound, StoreUnavailable
from zhiyin.settings import Settings
from zhiyin.shop import Shop
from zhiyin.store.store import Store


def test_without_a_shop_or_data_it_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="hetrec_lastfm"):
        bench_serve(data=tmp_path)
    with pytest.raises(NotFound, match="no shop"):
        bench_serve(home=tmp_path, data=tmp_path)


@pytest.mark.slow
def test_a_run_tells_all_and_changes_nothing(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with Shop.open(Settings(home=home)) as shop:
        fill(shop)
        shop.train()
        before = shop.store.since.marks()
    told = bench_serve(home=home, data=tmp_path, seconds=0.5)
    for run in ("recommend", "one_client", "noop", "events"):
        assert told[run]["rps"] > 0
        assert told[run]["errors"] == 0
        assert 0 < told[run]["p50_ms"] <= told[run]["p99_ms"]
    assert told["events_per_s"] > 0
    assert told["event_to_list_p95_ms"] > 0
    assert told["training"]["errors"] == 0
    assert told["swap"]["failed"] == 0
    assert told["swap"]["swaps"] == 4
    with Shop.open(home) as shop:
        assert shop.store.since.marks() == before
        assert shop.version == 1


@pytest.mark.slow
def test_a_run_on_another_database_fills_and_drives_that(tmp_path: Path, postgres_server) -> None:
    home, store = tmp_path / "home", postgres_server.new_database()
    with Shop.open(Settings(home=home)) as shop:
        fill(shop)
        shop.train()
        before = shop.store.since.marks()
    told = bench_serve(home=home, data=tmp_path, store=store, seconds=0.5)
    assert told["setting"]["store"] == "postgresql"
    assert told["events"]["errors"] == told["recommend"]["errors"] == 0
    with Store.open(store) as driven, Shop.open(home) as shop:
        events = sum(chunk.height for chunk in driven.events())
        assert events >= told["events_per_s"] * 0.5
        assert shop.store.since.marks() == before
    with pytest.raises(StoreUnavailable, match="empty"):
        bench_serve(home=home, data=tmp_path, store=store, seconds=0.5)
