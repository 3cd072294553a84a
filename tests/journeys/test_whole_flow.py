"""A whole shop's flow on real reviews: read, mine, train, and lists in balance for relevance and variety at once (X8)."""

import numpy as np
import pytest

from zhiyin import Settings, Shop
from zhiyin.bench.frontier import frontier
from zhiyin.core import Kind

pytestmark = pytest.mark.slow


HOME = {
    "query_hydrators": [{"type": "taste"}, {"type": "likeness"}],
    "sources": [{"type": name} for name in ("alike", "popular", "fresh", "semantic")],
    "rerankers": [{"type": "balance"}, {"type": "caps"}, {"type": "explore", "options": {"share": 0.2}}],
    "budget_ms": 20_000,
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory, shared_data):
    home, data = tmp_path_factory.mktemp("magazines"), shared_data / "amazon_magazines"
    with Shop.open(home) as shop:
        shop.ingest("amazon-reviews", [data / "reviews.jsonl.gz", data / "metadata.jsonl.gz"])
        shop.texts.mine()
        shop.train()
    return home


def test_three_weights_of_diversity_are_three_points_of_the_front(folder):
    with Shop.open(folder) as shop:
        told = frontier(shop, people=1000)
    joint = {one["alpha"]: one["calibration"] for one in told["joint"]}
    chosen = [joint[alpha] for alpha in (0.0, 0.03, 0.1)]
    assert chosen == sorted(chosen, reverse=True)
    assert chosen[0] > chosen[2] + 0.5
    by_way = {(one["way"], one["dial"]): one for one in told["points"]}
    plain, varied = by_way["score", 0.0], by_way["mmr", 0.4]
    assert varied["coverage"] > 1.2 * plain["coverage"]
    assert varied["distance"] > plain["distance"]


def test_niche_and_cold_items_appear_as_far_as_they_are_asked_for(folder):
    with Shop.open(Settings(home=folder, pipelines={"home": HOME})) as shop:
        events = np.concatenate([chunk["item"].to_numpy() for chunk in shop.store.events()])
        known = np.bincount(events, minlength=shop.store.count(Kind.ITEM))
        people = shop.store.keys(Kind.PERSON, range(60))

        def places(dial):
            pages = [shop.recommend(u, n=10, diversity=dial, is_preview=True) for u in people]
            return known[np.array([item.ref.number for page in pages for item in page.items])]

        by_score, varied = places(0.0), places(0.6)
    for seen in (by_score, varied):
        assert np.mean(seen == 0) == pytest.approx(0.2, abs=0.05)  # the places that are drawn
    assert np.mean((varied > 0) & (varied <= 5)) > 2 * np.mean((by_score > 0) & (by_score <= 5))
