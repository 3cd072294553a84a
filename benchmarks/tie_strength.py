"""How well tie strength is told from what people did toward each other, beside the sample shop's latent truth.

    python benchmarks/tie_strength.py              # development seed 7
    python benchmarks/tie_strength.py --seed 5081  # another shop
    python benchmarks/tie_strength.py --json       # one JSON document

Spearman's rank correlation over all ties; intervals by drawing people anew. ``information`` is a regression trained on the
truth of the other half of the ties: what the features hold, and so more than anything without the truth can reach by much.
``control`` deals each person's exchanges at random over that person's ties. Below, what is told before the last days is held
against what came: whether shares were answered (AUC), and whom people turned to (mean AUC per person).
"""

from __future__ import annotations

import argparse
from typing import Any

import numpy as np
import polars as pl
from scipy import sparse
from scipy.stats import rankdata

from setting import report
from zhiyin.core.exchanges import Exchanges
from zhiyin.core.history import NO_TIME
from zhiyin.core.interactions import Interactions
from zhiyin.evaluation.intervals import Interval, bootstrap, bootstrap_statistic
from zhiyin.evaluation.predictions import auc, auc_by_group
from zhiyin.ingest.sample import SampleShop, make
from zhiyin.ingest.sample.tasks import CUTOFF, numbers, share_of_gap, tie_task
from zhiyin.social.graph import adjacency, products, sizes
from zhiyin.social.responses import WITHIN_DAYS, Responses, features_before, share_responses
from zhiyin.social.strength import TieStrength, prior_strength
from zhiyin.social.tie_features import TieFeatures, tie_features

SEED, DAY_US, LAST_DAYS = 7, 86_400_000_000, 60


class Told:
    """What a sample shop tells of its ties, as arrays; the truth is only for judging."""

    def __init__(self, shop: SampleShop) -> None:
        ties, said, log = (shop.frames[name] for name in ("ties", "interactions", "events"))
        self.n = shop.frames["users"].height
        self.pairs = np.column_stack([numbers(ties["user"]), numbers(ties["other"])])
        self.kinds = ties["kind"].to_numpy().astype(np.str_)
        self.since = ties["time"].dt.epoch("us").to_numpy()
        self.exchanges = Exchanges(
            numbers(said["user"]), numbers(said["other"]), said["type"].to_numpy().astype(np.str_),
            said["item"].str.slice(1).cast(pl.Int64).fill_null(-1).to_numpy(),
            said["time"].dt.epoch("us").to_numpy(), np.full(said.height, np.nan, np.float32),
        )  # fmt: skip
        self.events = Interactions(
            numbers(log["user"]), numbers(log["item"]), np.ones(log.height, np.float32),
            log["time"].dt.epoch("us").to_numpy(),
        )  # fmt: skip
        self.n_items = shop.frames["items"].height
        self.end = int(max(self.events.time_us.max(), self.exchanges.time_us.max())) + 1
        self.truth = shop.truth.tie_strength

    def likeness(self, pairs: np.ndarray, before_us: int) -> np.ndarray:
        """The cosine of what two took before a time."""
        rows = self.events.where(self.events.time_us < before_us).rows(self.n, self.n_items)
        length = np.sqrt(np.maximum(sizes(rows * rows), 1e-9))
        unit = sparse.diags_array(1 / length) @ rows
        return products(unit.tocsr(), unit.tocsr(), pairs)

    def features(self, exchanges: Exchanges, now_us: int) -> TieFeatures:
        """Of all ties made before a time, in their order; what happened from it on does not count."""
        old = self.since < now_us
        graph = adjacency(*self.pairs[old].T, self.n)
        return tie_features(
            self.pairs[old], exchanges, n_people=self.n, now_us=now_us, kinds=self.kinds[old],
            since_us=self.since[old], graph=graph, likeness=self.likeness(self.pairs[old], now_us),
        )  # fmt: skip

    def learned(self, before_us: int) -> tuple[TieStrength, Responses, TieFeatures]:
        """What is learned from shares whose answers came before a time; all shares and their features."""
        responses = share_responses(self.exchanges, self.events, until_us=self.end)
        place = {pair: row for row, pair in enumerate(map(tuple, self.pairs.tolist()))}
        at = np.array([place.get(pair, -1) for pair in map(tuple, responses.pairs.tolist())])
        start = int(responses.time_us.min()) + 30 * DAY_US
        features = features_before(
            responses, self.exchanges, n_people=self.n, kinds=np.append(self.kinds, "")[at],
            since_us=np.append(self.since, NO_TIME)[at],
            graph=adjacency(*self.pairs[self.since < start].T, self.n),
            likeness=self.likeness(responses.pairs, start),
        )  # fmt: skip
        train = responses.time_us < before_us - WITHIN_DAYS * DAY_US
        part = TieFeatures(features.names, features.values[train])
        return TieStrength.fit(part, responses.labels[train]), responses, features


def spearman(told: np.ndarray, truth: np.ndarray, person: np.ndarray) -> Interval:
    """Spearman's correlation over ties; people are drawn anew, ranks stay."""
    x, y = (rankdata(column) / column.size - 0.5 for column in (told, truth))
    columns = (np.ones(x.size), x, y, x * x, y * y, x * y)
    sums = np.stack([np.bincount(person, column) for column in columns], axis=1)

    def correlation(total: np.ndarray) -> np.ndarray:
        n, x, y, xx, yy, xy = total.T
        return (n * xy - x * y) / np.sqrt((n * xx - x * x) * (n * yy - y * y))

    return bootstrap_statistic(sums, correlation)


def dealt(exchanges: Exchanges, pairs: np.ndarray, n: int, rng: np.random.Generator) -> Exchanges:
    """Each person's exchanges with one other go to another of that person's ties, all ties likely alike."""
    key = pairs[:, 0] * n + pairs[:, 1]
    mixed = pairs[np.lexsort((rng.random(len(pairs)), pairs[:, 0])), 1]
    rows = np.searchsorted(key, exchanges.one * n + exchanges.two)
    return Exchanges(
        exchanges.one,
        mixed[rows],
        exchanges.type,
        exchanges.item,
        exchanges.time_us,
        exchanges.mood,
    )


def from_truth(features: TieFeatures, truth: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Ridge regression of the truth's log odds, each half of the ties told by the other half."""
    spread = features.values.std(axis=0)
    table = (features.values - features.values.mean(axis=0))[:, spread > 0] / spread[spread > 0]
    table = np.column_stack([np.ones(truth.size), table, np.clip(table, -3, 3) ** 2])
    odds = np.log(truth / (1 - truth))
    half = rng.random(truth.size) < 0.5
    found = np.empty(truth.size)
    for part in (half, ~half):
        gram = table[~part].T @ table[~part] + 10 * np.eye(table.shape[1])
        found[part] = table[part] @ np.linalg.solve(gram, table[~part].T @ odds[~part])
    return found


def strengths(told: Told) -> dict[str, Any]:
    """Spearman of every way to tell strength, and the shares of the gap that are closed."""
    pairs, n, truth = told.pairs, told.n, told.truth
    model, _, _ = told.learned(told.end)
    features = told.features(told.exchanges, told.end)
    key = pairs[:, 0] * n + pairs[:, 1]
    row = np.searchsorted(key, told.exchanges.one * n + told.exchanges.two)
    count = np.bincount(row, minlength=len(key)).astype(float)
    age = (told.end - told.exchanges.time_us) / DAY_US
    mixed = dealt(told.exchanges, pairs, n, np.random.default_rng(0))
    ways = {
        "degree of the other": sizes(adjacency(*pairs.T, n))[pairs[:, 1]],
        "declared kind": np.select([told.kinds == "family", told.kinds == "colleague"], [1, -1], 0),
        "counts": count,
        "counts of both directions": count + both(count, key, pairs, n),
        "decayed counts": np.bincount(row, 0.5 ** (age / 30), len(key)),
        "prior": prior_strength(features),
        "learned": model.scores(features),
        "information": from_truth(features, truth, np.random.default_rng(0)),
        "control counts": np.bincount(np.searchsorted(key, mixed.one * n + mixed.two), minlength=len(key)),
        "control prior": prior_strength(told.features(mixed, told.end)),
    }  # fmt: skip
    found = {name: spearman(way, truth, pairs[:, 0]).as_list() for name, way in ways.items()}
    floor, ceiling = found["counts"][0], found["information"][0]
    gaps = {
        name: {
            "of the gap to 1": share_of_gap(found[name][0], floor, 1.0),
            "of the gap to information": share_of_gap(found[name][0], floor, ceiling),
        }
        for name in ("prior", "learned")
    }
    return {"spearman": found, "gap": gaps, "is_learned": model.is_learned, "why": model.why}


def both(count: np.ndarray, key: np.ndarray, pairs: np.ndarray, n: int) -> np.ndarray:
    """What the others of the pairs did, 0 where these have no tie back."""
    back = pairs[:, 1] * n + pairs[:, 0]
    at = np.minimum(np.searchsorted(key, back), key.size - 1)
    return np.where(key[at] == back, count[at], 0)


def answers(told: Told) -> dict[str, Any]:
    """AUC on the shares of the last days, over all and per person who got them."""
    cut = told.end - LAST_DAYS * DAY_US
    model, responses, features = told.learned(cut)
    late = responses.time_us >= cut
    asked = responses.where(late)
    part = TieFeatures(features.names, features.values[late])
    place = {pair: row for row, pair in enumerate(map(tuple, told.pairs.tolist()))}
    at = np.array([place.get(pair, -1) for pair in map(tuple, asked.pairs.tolist())])
    before = told.exchanges.before(cut)
    counts = np.bincount(before.one * told.n + before.two, minlength=told.n**2)
    ways = {
        "counts": counts[asked.pairs[:, 0] * told.n + asked.pairs[:, 1]],
        "prior": prior_strength(part),
        "learned": model.scores(part),
        "truth": np.append(told.truth, told.truth.mean())[at],
    }
    person = asked.pairs[:, 0]
    return {
        "shares": int(late.sum()),
        "answered": float(asked.labels.mean()),
        "is_learned": model.is_learned,
        "why": model.why,
        "auc": {name: auc(way, asked.labels) for name, way in ways.items()},
        "auc_per_person": {
            name: per_person(way, asked.labels, person, told.n) for name, way in ways.items()
        },
    }


def turns(shop: SampleShop, told: Told) -> dict[str, Any]:
    """Mean over people of the AUC with which ties tell to whom they turn in the last 30 days."""
    task, cut = tie_task(shop), int(CUTOFF.timestamp() * 1e6)
    features = told.features(told.exchanges, cut)
    before = told.exchanges.before(cut)
    counts = np.bincount(before.one * told.n + before.two, minlength=told.n**2)
    ways = {
        "degree of the other": np.bincount(task.user, minlength=told.n)[task.other],
        "counts": counts[task.user * told.n + task.other],
        "prior": prior_strength(features),
        "truth": told.truth[task.rows],
    }
    return {name: per_person(way, task.label, task.user, told.n) for name, way in ways.items()}


def per_person(
    scores: np.ndarray, labels: np.ndarray, person: np.ndarray, n_people: int
) -> list[float]:
    areas, _ = auc_by_group(scores.astype(float), labels, person, n_people)
    return bootstrap(areas).as_list()


def table(figures: dict[str, Any]) -> str:
    """The figures for people."""
    lines = ["Spearman with the true strength"]
    lines += [f"  {name:28}{told(row)}" for name, row in figures["strength"]["spearman"].items()]
    for name, gaps in figures["strength"]["gap"].items():
        lines += [f"  {name}: {share:.0%} {of}" for of, share in gaps.items()]
    lines.append(f"  learned: {figures['strength']['why']}")
    late = figures["answers"]
    lines.append(f"{late['shares']} shares of the last {LAST_DAYS} days, {late['answered']:.0%} answered: AUC, per person")  # fmt: skip
    lines += [
        f"  {name:28}{late['auc'][name]:.3f}   {told(row)}"
        for name, row in late["auc_per_person"].items()
    ]
    lines.append("whom people turn to in the last 30 days: AUC per person")
    lines += [f"  {name:28}{told(row)}" for name, row in figures["turns"].items()]
    return "\n".join(lines)


def told(row: list[float]) -> str:
    return "{:.3f} [{:.3f}, {:.3f}]".format(*row)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=SEED, help="of the sample shop")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    asked = parser.parse_args()
    shop = make(asked.seed)
    ties = Told(shop)
    figures = {"strength": strengths(ties), "answers": answers(ties), "turns": turns(shop, ties)}
    if asked.json:
        report("tie_strength", seed=asked.seed, ties=len(ties.pairs), **figures)
    else:
        print(table(figures))


if __name__ == "__main__":
    main()
