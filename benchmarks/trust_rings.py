"""What a ring of invented people gains by growing: trust that spreads from a person beside a rank over everybody.

    python benchmarks/trust_rings.py

Needs ``social_yelp`` in ``../shared/data`` or ``ZHIYIN_DATA``. All members trust one another; each of 200 bribed people,
drawn by chance, trusts one of them. Those who ask are friends of bribed people, so nearer to the ring than others are.
Prints one JSON document: of each way to rank, the ring's share of what is spread and of the first thousand people, as
means over those who ask. ``mole`` is for explanations alone. ``circle`` is what a feed listens to: how many people a reader
trusts there, how many of them are of the ring, and what finding them takes.
"""

from __future__ import annotations

import sys
import time
from typing import Any

import numpy as np
import polars as pl
from scipy import sparse

from setting import data_folder, report
from zhiyin.portraits.web_of_trust import WebOfTrust
from zhiyin.social.graph import adjacency
from zhiyin.social.mole_trust import mole_trust
from zhiyin.social.trust import hubs_damped, propagated

RINGS, BRIBED, ASKING, FIRST, SEED = (10, 100, 1000), 200, 40, 1000, 0
TOLERANCE = 1e-7  # so that nearly all is decided, also within a ring


def with_ring(town: Any, members: int, rng: np.random.Generator) -> Any:
    """Return the town with a ring behind it, as CSR."""
    n = town.shape[0]
    ring = sparse.csr_array(np.ones((members, members), np.float32) - np.eye(members, dtype="f4"))
    one, two = rng.choice(n, BRIBED, replace=False), n + np.arange(BRIBED) % members
    bribes = sparse.csr_array((np.ones(BRIBED, np.float32), (one, two)), shape=(n + members,) * 2)
    return (sparse.block_diag([town, ring], format="csr") + bribes).tocsr()


def page_rank(trust: Any, damping: float = 0.15, rounds: int = 60) -> np.ndarray:
    """Return where a walk that starts anywhere ends, (n,)."""
    n, total = trust.shape[0], trust.sum(axis=1)
    steps = (sparse.diags_array(1 / np.maximum(total, 1e-9)) @ trust).T.tocsr()
    chance = np.full(n, 1 / n)
    for _ in range(rounds):
        chance = damping / n + (1 - damping) * (steps @ chance + chance[total <= 0].sum() / n)
    return chance


def shares(chance: np.ndarray, n: int, source: int | None = None) -> tuple[float, float]:
    """Return the ring's share of chances and of the first people."""
    chance = chance.copy()
    if source is not None:
        chance[source] = 0
    first = np.argsort(-chance, kind="stable")[:FIRST]
    first = first[chance[first] > 0]
    return float(chance[n:].sum() / chance.sum()), float((first >= n).mean())


def in_circle(trust: Any, n: int, asking: np.ndarray) -> dict[str, float]:
    """Return figures of whom those who ask trust enough to be listened to."""
    web = WebOfTrust.of(trust)
    seconds, found = [], []
    for source in asking.tolist():
        start = time.process_time()
        people, _ = web.trusted(source)
        seconds.append(time.process_time() - start)
        found.append((people.size, (people >= n).sum()))
    people, ring = np.mean(found, axis=0).tolist()
    p50, p95 = (1e3 * np.percentile(seconds, [50, 95])).tolist()
    return {"people": people, "of_ring": ring, "ms_cpu_p50": p50, "ms_cpu_p95": p95}


def measured(town: Any, members: int) -> dict[str, Any]:
    """Return the figures of a ring of some size."""
    n = town.shape[0]
    trust = with_ring(town, members, np.random.default_rng(SEED))
    bribed = trust[:, n:].nonzero()[0]
    near = np.unique(town[bribed[bribed < n]].indices)
    asking = np.random.default_rng(SEED + 1).choice(near, ASKING, replace=False)
    ways: dict[str, list[tuple[float, float]]] = {
        "spread": [],
        "spread_hubs_damped": [],
        "mole": [],
    }
    seconds = []
    for name, graph in (("spread", trust), ("spread_hubs_damped", hubs_damped(trust))):
        for source in asking.tolist():
            start = time.process_time()
            numbers, values = propagated(graph, source, tolerance=TOLERANCE)
            seconds.append(time.process_time() - start)
            chance = np.zeros(n + members)
            chance[numbers] = values
            ways[name].append(shares(chance, n, source))
    for source in asking.tolist():
        found, chance = mole_trust(trust, source), np.zeros(n + members)
        chance[found.numbers] = found.values
        ways["mole"].append(shares(chance, n, source))
    circle = in_circle(trust, n, asking)
    ways["page_rank"] = [shares(page_rank(trust), n)]
    figures: dict[str, Any] = {
        way: dict(zip(("share", "of_first"), np.mean(rows, axis=0).tolist(), strict=True))
        for way, rows in ways.items()
    }
    return figures | {
        "members": members,
        "circle": circle,
        "ms_cpu_p50_at_that_tolerance": 1e3 * float(np.median(seconds)),
    }


def main() -> None:
    """Print the figures of rings of several sizes."""
    folder = data_folder()
    if folder is None:
        sys.exit("no research data: set ZHIYIN_DATA")
    path = folder / "social_yelp" / "friends.tsv.gz"
    one, two = pl.read_csv(path, separator="\t").to_numpy().T
    town = adjacency(one, two, int(max(one.max(), two.max())) + 1)
    rings = [measured(town, members) for members in RINGS]
    report(
        "trust_rings",
        people=town.shape[0],
        ties=town.nnz,
        bribed=BRIBED,
        asking=ASKING,
        seed=SEED,
        rings=rings,
    )


if __name__ == "__main__":
    main()
