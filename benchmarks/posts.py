"""How well posts are ranked for readers, beside the sample shop's latent truth.

    python benchmarks/posts.py               # development seed 7
    python benchmarks/posts.py --seed 5081   # another shop
    python benchmarks/posts.py --choose      # how the weights were chosen, on a seed of its own

No record of the sample shop says who liked which post, so what a reader gets from one is defined from the truth: how close
the reader feels to its author (a stranger counts as a tie of .1) times the share of all items that the reader wants less than
the one it is about. Likes are drawn from it for half of the people, and the other half are the readers, so nobody's own likes
are known. Ranked are reviews and shares about an item: those of the last 90 days by anybody, where it helps most to know who
is a friend, and those of the year by people the reader has a tie with, where that helps no more. NDCG@10 with that gain, people
drawn anew for intervals. ``authors shuffled`` deals the authors of the posts anew before they are ranked.
"""

from __future__ import annotations

import argparse
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from setting import report
from zhiyin.affinity.asked import Asked
from zhiyin.affinity.rows import row
from zhiyin.core import Kind
from zhiyin.evaluation.intervals import bootstrap
from zhiyin.ingest.sample import SampleShop, make
from zhiyin.ingest.sample.climate import DAYS, moment
from zhiyin.ingest.sample.tasks import numbers, share_of_gap
from zhiyin.language.embedders.lsa import Lsa
from zhiyin.portraits.post_signals import WEIGHTS, cared_of, post_signals
from zhiyin.portraits.post_table import PostTable
from zhiyin.portraits.reading import read_doings, read_facts
from zhiyin.portraits.society import Society
from zhiyin.ranking.event_table import read_events
from zhiyin.ranking.trained import Trained, event_strength
from zhiyin.settings import TrainSettings
from zhiyin.store.store import Store

SEED, CHOSEN_ON = 7, 11
K, LAST_DAYS, STRANGER, PASSERS_BY = 10, 90, 0.1, 20
DAY_US = 86_400_000_000
DISCOUNT = 1 / np.log2(np.arange(K) + 2)


class Told:
    """A sample shop in a store, what is learned from it, and the true gain of every post for every person."""

    def __init__(self, shop: SampleShop, folder: Path) -> None:
        self.store = Store.open(folder / "shop.db")
        for kind in ("items", "users", "ties", "events", "interactions", "posts", "facts"):
            self.store.write(kind, shop.frames[kind])
        self.end = moment(DAYS * 1440)
        self.now_us = int(self.end.timestamp() * 1e6)
        trained = Trained.from_store(self.store, TrainSettings())
        self.affinity, self.strength = trained.affinity, trained.event_strength
        events = read_events(self.store, event_strength(TrainSettings()), values=False).interactions
        self.n = self.store.count(Kind.PERSON)
        self.society = Society.learned(
            self.store, events, n_people=self.n, vectors=item_vectors(self.store)
        )
        self.table = PostTable.of(
            self.store, read_facts(self.store), read_doings(self.store, Kind.POST)
        )
        self.posts = np.flatnonzero(self.table.is_shown & (self.table.item >= 0))
        self.gain = self._gains(shop)
        self._draw_likes(np.random.default_rng(shop.seed))

    def _gains(self, shop: SampleShop) -> np.ndarray:
        """Return (people, posts) float32, 0 for a person's own posts."""
        of_person = numbers_of(self.store, Kind.PERSON, "u", self.n)
        of_item = numbers_of(self.store, Kind.ITEM, "i", self.store.count(Kind.ITEM))
        utility = shop.truth.utility(of_person, self.end)
        wanted = utility.argsort(axis=1).argsort(axis=1) / (utility.shape[1] - 1)
        ties = shop.frames["ties"]
        close = np.full((self.n, self.n), STRANGER, np.float32)
        place = np.argsort(of_person)
        one, two = place[numbers(ties["user"])], place[numbers(ties["other"])]
        close[one, two] = np.maximum(shop.truth.tie_strength, STRANGER)
        author, item = self.table.author[self.posts], of_item[self.table.item[self.posts]]
        gain = close[:, author] * wanted[:, item]
        gain[author, np.arange(author.size)] = 0
        self.is_tied = close > STRANGER
        return gain.astype(np.float32)

    def _draw_likes(self, rng: np.random.Generator) -> None:
        """Let half of the people see posts, those of whom they know and some others, and like by the gain."""
        is_liker = rng.random(self.n) < 0.5
        sees = self.is_tied[:, self.table.author[self.posts]]
        sees |= rng.random(sees.shape) < PASSERS_BY / self.n
        sees &= is_liker[:, None] & (self.gain > 0)
        likes = sees & (rng.random(sees.shape) < self.gain)
        columns = {}
        for name, votes in (("likes", likes), ("seen", sees)):
            columns[name] = np.zeros(len(self.table), np.int32)
            columns[name][self.posts] = votes.sum(axis=0)
        self.table = replace(self.table, **columns)
        self.readers = np.flatnonzero(~is_liker & (self.tasks()["friends"].sum(axis=1) > K))

    def tasks(self) -> dict[str, np.ndarray]:
        """Return which posts each person is to rank, (people, posts) bool by task."""
        author = self.table.author[self.posts]
        late = self.table.time_us[self.posts] > self.now_us - LAST_DAYS * DAY_US
        others = author != np.arange(self.n)[:, None]
        return {"anybody": others & late, "friends": others & self.is_tied[:, author]}

    def fields(self, reader: int) -> dict[str, np.ndarray]:
        """Return what the feed's query hydrators find out about a reader."""
        history = self.store.history(reader, 1000)
        items, weights = row(history, self.strength)
        asked = Asked(items, weights, reader, items[:0], self.store.friends(reader))
        rows = self.society.closeness.rows_of(reader)
        two, strength = self.society.closeness.two[rows], self.society.closeness.strength[rows]
        order = np.argsort(two)
        had = history.items[np.isin(history.types, ("purchase", "rating"))]
        return {
            "circle": two[order],
            "circle_strength": strength[order],
            "affinity": self.affinity.scores(asked),
            "had": np.unique(had),
        }

    def signals(self, reader: int, fields: dict, table: PostTable) -> dict[str, np.ndarray]:
        likeness = self.society.items.vectors @ self.society.table.vector(reader, self.now_us)
        cared = cared_of(self.society.texts, reader)
        return post_signals(
            table.rows(self.posts), fields, now_us=self.now_us, cared=cared, likeness=likeness
        )

    def of_readers(self, table: PostTable, readers: np.ndarray) -> np.ndarray:
        """Return (readers, signals, posts) float32 in the order of ``WEIGHTS``."""
        found = []
        for reader in readers.tolist():
            signals = self.signals(reader, self.fields(reader), table)
            found.append(np.stack([signals[name] for name in WEIGHTS]))
        return np.array(found, np.float32)


def numbers_of(store: Store, kind: Kind, letter: str, n: int) -> np.ndarray:
    """Return (n,) the sample shop's row of each number."""
    return np.array([int(key.removeprefix(letter)) for key in store.keys(kind, range(n))])


def item_vectors(store: Store) -> np.ndarray:
    """Return centred vectors of items' titles and descriptions."""
    items = store.entities_since(Kind.ITEM, -1)
    texts = [f"{title or ''} {said or ''}" for title, said in items.select("title", "description").iter_rows()]  # fmt: skip
    embedder = Lsa(Lsa.Config(dim=64))
    embedder.fit(texts)
    vectors = embedder.embed(texts, kind="passage")
    return vectors - vectors.mean(axis=0)


def ndcg(scores: np.ndarray, gain: np.ndarray, is_open: np.ndarray) -> np.ndarray:
    """Return (readers,) NDCG@10 with graded gains; equal scores stay in the order of posts."""
    scores, gain = np.where(is_open, scores, -np.inf), np.where(is_open, gain, 0)
    top = np.argsort(-scores, axis=1, kind="stable")[:, :K]
    best = -np.sort(-gain, axis=1)[:, :K]
    return (np.take_along_axis(gain, top, axis=1) @ DISCOUNT) / (best @ DISCOUNT)


def measured(told: Told) -> dict[str, Any]:
    """NDCG@10 of every way to rank, with intervals, and the share of the gap that is closed, by task."""
    readers, posts = told.readers, told.table
    gain = told.gain[readers]
    mixed = posts.author.copy()
    mixed[told.posts] = np.random.default_rng(0).permutation(posts.author[told.posts])
    signals = told.of_readers(posts, readers)
    shuffled = told.of_readers(replace(posts, author=mixed), readers)
    weights, names = np.array(list(WEIGHTS.values()), np.float32), list(WEIGHTS)
    ways = {
        "newest": np.broadcast_to(posts.time_us[told.posts].astype(float), gain.shape),
        "most liked": np.broadcast_to(posts.likes[told.posts].astype(float), gain.shape),
        "most helpful": np.broadcast_to(posts.helpful[told.posts], gain.shape),
        "closest author": signals[:, names.index("tie")],
        "best item": signals[:, names.index("match")],
        "ours": np.einsum("rsp,s->rp", signals, weights),
        "authors shuffled": np.einsum("rsp,s->rp", shuffled, weights),
        "oracle": gain,
    }
    figures: dict[str, Any] = {"readers": len(readers), "posts": len(told.posts)}
    for task, is_open in told.tasks().items():
        judged = {name: ndcg(way, gain, is_open[readers]) for name, way in ways.items()}
        means = {name: float(value.mean()) for name, value in judged.items()}
        floor, ceiling = means["most liked"], means["oracle"]
        gaps = {n: share_of_gap(means[n], floor, ceiling) for n in ("closest author", "ours", "authors shuffled")}  # fmt: skip
        ranked = float(is_open[readers].sum(axis=1).mean())
        intervals = {name: bootstrap(value).as_list() for name, value in judged.items()}
        figures[task] = {"ranked": ranked, "ndcg": intervals, "gap": gaps}
    return figures


def chosen(told: Told, tries: int = 150) -> dict[str, Any]:
    """Draw weights at random; tell the best by the mean of both tasks, and what is lost without each signal."""
    readers, names = told.readers[:300], list(WEIGHTS)
    signals, gain = told.of_readers(told.table, readers), told.gain[readers]
    tasks = {task: is_open[readers] for task, is_open in told.tasks().items()}

    def worth(weights: np.ndarray) -> list[float]:
        scores = np.einsum("rsp,s->rp", signals, weights.astype(np.float32))
        return [float(ndcg(scores, gain, is_open).mean()) for is_open in tasks.values()]

    rng = np.random.default_rng(0)
    now = np.array(list(WEIGHTS.values()))
    drawn = rng.dirichlet(now * 12 + 0.2, tries)
    worths = np.array([np.mean(worth(weights)) for weights in drawn])
    best = drawn[np.argsort(-worths)[:10]].mean(axis=0)
    without = {name: worth(now * (np.arange(now.size) != at)) for at, name in enumerate(names)}
    weights = dict(zip(names, best.round(3).tolist(), strict=True))
    return {"tasks": list(tasks), "now": worth(now), "best": worth(best), "weights": weights, "without": without}  # fmt: skip


def table(figures: dict[str, Any]) -> str:
    """The figures for people."""
    lines = [f"{figures['readers']} readers, NDCG@{K}"]
    for task in ("anybody", "friends"):
        found = figures[task]
        lines.append(f"posts of {task}, {found['ranked']:.0f} to rank")
        lines += [f"  {name:20}{a:.3f} [{b:.3f}, {c:.3f}]" for name, (a, b, c) in found["ndcg"].items()]  # fmt: skip
        lines += [f"  {name}: {share:.0%} of the gap from most liked to the oracle" for name, share in found["gap"].items()]  # fmt: skip
    return "\n".join(lines)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, help="of the sample shop")
    parser.add_argument("--choose", action="store_true", help="look for weights instead")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    asked = parser.parse_args()
    seed = asked.seed if asked.seed is not None else CHOSEN_ON if asked.choose else SEED
    with tempfile.TemporaryDirectory() as folder:
        told = Told(make(seed), Path(folder))
        figures = chosen(told) if asked.choose else measured(told)
        told.store.close()
    if asked.json or asked.choose:
        report("posts", seed=seed, **figures)
    else:
        print(table(figures))


if __name__ == "__main__":
    main()
