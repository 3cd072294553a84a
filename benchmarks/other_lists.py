"""Measures the lists beside the personal one: hot, together, again, and the page of an unknown visitor.

    python benchmarks/other_lists.py HOME [--at .8] [--session]

What comes before a moment is learned from, what comes after it is foretold; half-lives and weights were chosen with ``--at .6``.
Prints one JSON document: hit@10 and NDCG@10 beside simple lists and a control that is shuffled, with 95 % intervals over
baskets, people or sessions. HOME is only read.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy import sparse

from setting import report
from zhiyin import Shop
from zhiyin.affinity.asked import Asked
from zhiyin.affinity.neighbours import nearest_items
from zhiyin.affinity.popularity import popularity
from zhiyin.core import NO_TIME, Kind
from zhiyin.core.interactions import Interactions
from zhiyin.evaluation.intervals import bootstrap
from zhiyin.portraits.discreet import is_delicate
from zhiyin.portraits.groups import read_groups
from zhiyin.portraits.item_facets import facets_of
from zhiyin.portraits.rebuying import Rebuying
from zhiyin.portraits.sums import DAY_US
from zhiyin.portraits.together import Together
from zhiyin.portraits.trend import Trend
from zhiyin.portraits.weights import event_weights
from zhiyin.ranking.event_table import read_events
from zhiyin.ranking.trained import Trained, event_strength
from zhiyin.retrieval.again import Again
from zhiyin.store.store import Store

K = 10
SOME = 1500
Scores = Callable[[int], NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Doings:
    """Events with a time, in order of it: (e,) each; ``buys`` says which are purchases."""

    person: NDArray[np.int64]
    item: NDArray[np.int64]
    weight: NDArray[np.float32]
    time_us: NDArray[np.int64]
    buys: NDArray[np.bool_]

    def part(self, rows: NDArray[Any]) -> Doings:
        return Doings(*(getattr(self, name)[rows] for name in self.__slots__))


def read(store: Store) -> Doings:
    parts = [
        chunk.filter(pl.col("kind") == int(Kind.ITEM)) for chunk in store.events(private=False)
    ]
    events = (
        pl.concat(parts)
        .filter(pl.col("time_us").is_not_null())
        .sort("time_us", maintain_order=True)
    )
    types = events["type"].to_numpy()
    weight = event_weights(types, events["value"].fill_null(np.nan).to_numpy())
    columns = (events[name].to_numpy() for name in ("person", "item"))
    return Doings(*columns, weight, events["time_us"].to_numpy(), types == "purchase")


def figures(
    ways: dict[str, Scores], cases: list[tuple[set[int], NDArray[np.int64]]]
) -> dict[str, Any]:
    """Return hit@10 and NDCG@10 of ways to score items, of cases: what is to be found, and what is no candidate."""
    gain = 1 / np.log2(2 + np.arange(K))
    told = {}
    for name, scores in ways.items():
        hits, gains = np.zeros(len(cases)), np.zeros(len(cases))
        for case, (wanted, without) in enumerate(cases):
            score = np.asarray(scores(case), np.float64).copy()
            score[without[without < score.size]] = -np.inf
            top = np.argpartition(-score, K)[:K]
            top = top[np.argsort(-score[top], kind="stable")]
            found = np.array([item in wanted for item in top.tolist()]) & np.isfinite(score[top])
            hits[case] = found.any()
            gains[case] = gain[found].sum() / gain[: min(K, len(wanted))].sum()
        told[name] = {"hit": bootstrap(hits).as_list(), "ndcg": bootstrap(gains).as_list()}
    return {"cases": len(cases), "lists": told}


def together(
    store: Store, doings: Doings, now_us: int, n: int, rng: np.random.Generator
) -> dict[str, Any]:
    """Hide one item of each later basket, and foretell it from the rest."""
    buys = doings.part(doings.buys)
    past, later = buys.part(buys.time_us < now_us), buys.part(buys.time_us >= now_us)
    day = later.time_us // DAY_US
    order = np.lexsort((later.item, day, later.person))
    ends = np.flatnonzero((np.diff(later.person[order]) != 0) | (np.diff(day[order]) != 0)) + 1
    baskets = [np.unique(items) for items in np.split(later.item[order], ends)]
    baskets = [items for items in baskets if items.size > 1]
    baskets = [baskets[i] for i in rng.permutation(len(baskets))[:SOME].tolist()]
    cases, rests = [], []
    for items in baskets:
        hidden = int(rng.integers(items.size))
        rests.append(np.delete(items, hidden))
        cases.append(({int(items[hidden])}, rests[-1]))
    _, category, vectors = described(store, n)
    everything = doings.part(doings.time_us < now_us)
    touched = Interactions(
        everything.person,
        everything.item,
        np.ones(everything.item.size, np.float32),
        everything.time_us,
    )
    people = touched.touched(int(doings.person.max()) + 1, n)
    told = past.person, past.item, past.time_us, n
    with_all = Together.of(*told)
    served = Together.of(*told, chosen=people, category=category, vectors=vectors)
    counts = raw_counts(past, n)
    popular = np.bincount(past.item, minlength=n)
    by_people = nearest_items(people, neighbours=100, shrinkage=1.0)
    other = rng.permutation(len(rests))
    tie = 1e-9 * popular

    def rows(matrix: Any) -> Scores:
        return lambda case: matrix[rests[case]].sum(axis=0) + tie

    found = figures(
        {
            "popularity": lambda case: popular,
            "counts of baskets": rows(counts),
            "similar (people who had both)": rows(by_people),
            "together, substitutes too": lambda case: with_all.scores(rests[case]) + tie,
            "together": lambda case: served.scores(rests[case]) + tie,
            "together, another's basket": lambda case: served.scores(rests[other[case]]) + tie,
        },
        cases,
    )
    same = {
        name: float(np.mean(category[one.pairs.tocoo().row] == category[one.pairs.tocoo().col]))
        for name, one in (("with substitutes", with_all), ("served", served))
    }
    return {**found, "pairs": [with_all.pairs.nnz, served.pairs.nnz], "pairs_of_one_category": same}


def raw_counts(past: Doings, n: int) -> Any:
    keys = np.stack([past.person, past.time_us // DAY_US])
    _, basket = np.unique(keys, axis=1, return_inverse=True)
    matrix = sparse.csr_array(
        (np.ones(past.item.size, np.float32), (basket.ravel(), past.item)),
        shape=(basket.max() + 1, n),
    )
    matrix.sum_duplicates()
    matrix.data[:] = 1
    counts = sparse.csr_array(matrix.T @ matrix)
    counts.data[counts.data < 2] = 0
    counts.eliminate_zeros()
    return counts


def described(store: Store, n: int) -> tuple[NDArray[np.bool_], NDArray[Any], NDArray[np.float32]]:
    """Return what is delicate, the category of items, and unit vectors of their titles by hashed words."""
    items = store.entities_since(Kind.ITEM, -1).filter(pl.col("number") < n)
    delicate, vectors = np.zeros(n, bool), np.zeros((n, 256), np.float32)
    for row in items.select("number", "title", "category", "translations").iter_rows(named=True):
        delicate[row["number"]] = is_delicate(row)
        title = row["title"] or ""
        words = title.lower().split() + [title[i : i + 2] for i in range(len(title) - 1)]
        for word in words:
            vectors[row["number"], hash_of(word) % 256] += 1
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return delicate, facets_of(items, None, n)[2], vectors


def hash_of(word: str) -> int:
    value = 2166136261
    for byte in word.encode():
        value = (value ^ byte) * 16777619 % 2**32
    return value


def again(
    store: Store, doings: Doings, now_us: int, n: int, days: float, rng: np.random.Generator
) -> dict[str, Any]:
    """Foretell which of the things a person bought come back within some days."""
    buys = doings.part(doings.buys)
    past = buys.part(buys.time_us < now_us)
    later = buys.part((buys.time_us >= now_us) & (buys.time_us < now_us + days * DAY_US))
    _, category, _ = described(store, n)
    rebuying = Rebuying.of(past.person, past.item, past.time_us, category)
    popular = np.bincount(past.item, minlength=n)
    config = Again.Config()
    cases, own = [], []
    for person in np.unique(later.person).tolist():
        mine = past.person == person
        wanted = set(later.item[later.person == person].tolist()) & set(past.item[mine].tolist())
        if wanted:
            own.append((past.item[mine], past.time_us[mine]))
            cases.append((wanted, np.setdiff1d(np.arange(n), past.item[mine])))

    def of(score: Callable[..., NDArray[Any]]) -> Scores:
        def scores(case: int) -> NDArray[np.float64]:
            bought = rebuying.bought(*own[case], now_us, config.half_life_days)
            answer = np.zeros(n)
            answer[bought.item] = score(bought, own[case])
            return answer

        return scores

    def last(bought: Any, own: Any) -> NDArray[np.float64]:
        times = np.zeros(n, np.int64)
        np.maximum.at(times, own[0], own[1])
        return times[bought.item].astype(np.float64)

    def served(bought: Any, own: Any) -> NDArray[np.float64]:
        rate = rebuying.of_items(bought.item)[0]
        is_kept = (bought.times > 1) | (rate >= config.least_rate)
        return bought.weight * rate * np.where(is_kept, 1, 1e-6)

    def due(bought: Any, own: Any) -> NDArray[np.float64]:
        usual = rebuying.of_items(bought.item)[1]
        gap = np.maximum(np.where(np.isnan(bought.gap_days), usual, bought.gap_days), 1)
        since = (now_us - last(bought, own)) / DAY_US
        return served(bought, own) * (1 - np.exp(-since / gap))

    def shuffled(bought: Any, own: Any) -> NDArray[np.float64]:
        return rng.permutation(served(bought, own))

    ways = {
        "popularity": lambda bought, own: popular[bought.item],
        "bought last": last,
        "most often bought": lambda bought, own: bought.times + 1e-20 * last(bought, own),
        "most often, lately more": lambda bought, own: bought.weight,
        "again": served,
        "again, when it is due": due,
        "again, shuffled": shuffled,
    }
    return {"days": days, **figures({name: of(way) for name, way in ways.items()}, cases)}


def hot(
    store: Store, doings: Doings, now_us: int, n: int, days: float, rng: np.random.Generator
) -> dict[str, Any]:
    """Foretell what people buy for the first time within some days."""
    n_people = int(doings.person.max()) + 1
    past = doings.part(doings.time_us < now_us)
    within = (doings.time_us >= now_us) & (doings.time_us < now_us + days * DAY_US) & doings.buys
    later = doings.part(within)
    bought = past.part(past.buys)
    had = sparse.csr_array(
        (np.ones(bought.item.size), (bought.person, bought.item)), shape=(n_people, n)
    )
    people, cases = [], []
    for person in np.unique(later.person).tolist():
        without = had.indices[had.indptr[person] : had.indptr[person + 1]].astype(np.int64)
        wanted = set(later.item[later.person == person].tolist()) - set(without.tolist())
        if wanted:
            people.append(person)
            cases.append((wanted, without))
    delicate, _, _ = described(store, n)
    groups, member = read_groups(store, n_people)
    told = past.person, past.item, past.weight, past.time_us

    def trend(member: Any) -> Trend:
        return Trend.of([told], groups, member, delicate, int(past.time_us.max()))

    order = (
        np.concatenate([[0], rng.permutation(n_people - 1) + 1]) if n_people > 1 else np.arange(1)
    )
    right, wrong = trend(member), trend(sparse.csr_array(member[order]))
    decayed = {
        life: popularity(
            past.item, np.maximum(past.weight, 0), past.time_us, n, half_life_days=life
        )
        for life in (1.0, 7.0, 30.0)
    }

    def of(trend: Trend, kinds: tuple[str, ...]) -> Scores:
        shares = [dense(trend.rise(group, now_us), n) for group in range(len(groups))]

        def scores(case: int) -> NDArray[np.float64]:
            own = [g for g in trend.of_person(people[case])[1:] if trend.kind(g) in kinds]
            return np.mean([shares[g] for g in own or [0]], axis=0)

        return scores

    everybody = right.rise(0, now_us)
    only_rise = np.zeros(n)
    only_rise[everybody.item] = everybody.rise
    kinds = sorted({right.kind(g) for g in range(1, len(groups))})
    ways: dict[str, Scores] = {
        f"popularity, halved in {life:g} days": lambda case, s=score: s
        for life, score in decayed.items()
    }
    ways |= {"rise alone": lambda case: only_rise, "hot, whole shop": of(right, ())}
    for kind in [*((one,) for one in kinds), tuple(kinds)]:
        ways[f"hot by {', '.join(kind)}"] = of(right, kind)
        ways[f"hot by {', '.join(kind)}, shuffled"] = of(wrong, kind)
    return {"days": days, "groups": len(groups) - 1, **figures(ways, cases)}


def dense(rise: Any, n: int) -> NDArray[np.float64]:
    answer = np.zeros(n)
    answer[rise.item] = rise.share
    return answer


def session(
    shop: Shop, doings: Doings, now_us: int, n: int, rng: np.random.Generator
) -> dict[str, Any]:
    """Foretell the next item from the last three of somebody without an id."""
    table = read_events(shop.store, event_strength(shop.settings.train), values=False)
    events = table.interactions.where(
        (table.interactions.time_us < now_us) & (table.interactions.time_us != NO_TIME)
    )
    n_people = shop.store.count(Kind.PERSON)
    trained = Trained.of(events, n_people, n, shop.settings.train, {})
    model = trained.affinity
    seeds, cases = [], []
    for items in runs(doings.part(doings.time_us >= now_us)):
        seeds.append(items[:3])
        cases.append(({int(items[3])}, np.unique(items[:3])))
    chosen = rng.permutation(len(cases))[:SOME].tolist()
    seeds, cases = [seeds[i] for i in chosen], [cases[i] for i in chosen]
    other = rng.permutation(len(cases))

    def faded(fade: float, *, in_order: bool = True, mixed: bool = False) -> Scores:
        def scores(case: int) -> NDArray[np.float32]:
            newest = seeds[other[case] if mixed else case][::-1]
            items, place = np.unique(newest, return_index=True)
            weights = np.asarray(fade**place, np.float32)
            recent = newest if in_order else newest[:0]
            return model.scores(Asked(items, weights, recent=recent)) + 1e-9 * trained.popularity

        return scores

    ways: dict[str, Scores] = {
        "popularity": lambda case: trained.popularity,
        "similar to the last": lambda case: (
            model.scores(Asked.of([int(seeds[case][-1])])) + 1e-9 * trained.popularity
        ),
        "the three alike": faded(1.0, in_order=False),
        "the last more": faded(0.7, in_order=False),
        **{f"in order, {fade:g}": faded(fade) for fade in (1.0, 0.7, 0.5)},
        "another's session": faded(0.7, mixed=True),
    }
    return {"model": model.name, **figures(ways, cases)}


def runs(later: Doings) -> Iterator[NDArray[np.int64]]:
    """Yield four items, each another than the one before, that a person had to do with in one day."""
    order = np.lexsort((later.time_us, later.person))
    person, item, time_us = later.person[order], later.item[order], later.time_us[order]
    new = np.append(True, (item[1:] != item[:-1]) | (person[1:] != person[:-1]))
    person, item, time_us = person[new], item[new], time_us[new]
    for at in range(item.size - 3):
        four = item[at : at + 4]
        is_one = person[at] == person[at + 3] and time_us[at + 3] - time_us[at] < DAY_US
        if is_one and four[3] not in four[:3]:
            yield four


def main() -> None:
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked.add_argument("home")
    asked.add_argument(
        "--at", type=float, default=0.8, help="share of the events that is learned from"
    )
    asked.add_argument("--days", type=float, default=7.0, help="how far is foretold")
    asked.add_argument(
        "--only", default="together,again,hot", help="which lists; session is the fourth"
    )
    asked.add_argument("--seed", type=int, default=0)
    given = asked.parse_args()
    wanted = given.only.split(",")
    with Shop.open(given.home) as shop:
        store, doings = shop.store, read(shop.store)
        n, now_us = store.count(Kind.ITEM), int(np.quantile(doings.time_us, given.at))
        answers: dict[str, Any] = {}
        rng = np.random.default_rng(given.seed)
        if "together" in wanted:
            answers["together"] = together(store, doings, now_us, n, rng)
        if "again" in wanted:
            answers["again"] = again(store, doings, now_us, n, given.days, rng)
        if "hot" in wanted:
            answers["hot"] = hot(store, doings, now_us, n, given.days, rng)
        if "session" in wanted:
            answers["session"] = session(shop, doings, now_us, n, rng)
    report(
        "other_lists",
        at=given.at,
        seed=given.seed,
        items=n,
        events=int(doings.item.size),
        **answers,
    )


if __name__ == "__main__":
    main()
