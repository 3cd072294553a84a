"""How well the likeness of portraits foretells purchases on the sample shop, of goods with a past and of goods without.

    python benchmarks/likeness.py [--seed 5081]

The last fifth of the events is hidden. A purchase is foretold by the share of other goods that the bought one stands above
for its buyer; 0.5 is chance. The others are all goods alike, or goods as often as people newly bought them in that time,
which takes away what selling well is worth. Goods without a past: each fifth of the goods in turn is hidden from all
portraits and ranked among itself. Figures are means over people with 95 % intervals. Prints one JSON document.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from setting import report
from zhiyin import Shop
from zhiyin.core import Kind
from zhiyin.evaluation.intervals import bootstrap, paired_difference
from zhiyin.ingest.sample import make
from zhiyin.portraits.item_table import ItemPortraits
from zhiyin.portraits.table import PortraitTable
from zhiyin.portraits.weights import event_weights

SEED, FOLDS, HIDDEN = 0, 5, 0.2
MEAN = "everybody's vector"


@dataclass(frozen=True)
class Known:
    """Events before the cut, and the purchases after it that are new to their people."""

    items: ItemPortraits
    events: dict[str, NDArray[Any]]
    had: Any
    person: NDArray[np.int64]
    item: NDArray[np.int64]
    cut_us: int
    n_people: int

    @classmethod
    def of(cls, seed: int) -> Known:
        """Make a sample shop and part its events."""
        with tempfile.TemporaryDirectory() as folder, Shop.open(folder) as shop:
            sample = make(seed)
            shop.store.write("items", sample.frames["items"])
            shop.texts.mine()
            shop.store.write("events", sample.frames["events"])
            n_items, n_people = shop.store.count(Kind.ITEM), shop.store.count(Kind.PERSON)
            catalogue = shop.store.entities_since(Kind.ITEM, -1)
            items = ItemPortraits.of(catalogue, shop.texts.item_vectors(n_items))
            parts = [chunk.drop("context", strict=False) for chunk in shop.store.events()]
        events = pl.concat(parts).filter(pl.col("kind") == int(Kind.ITEM))
        cut_us = int(np.quantile(events["time_us"].to_numpy(), 1 - HIDDEN))
        before, later = events.filter(pl.col("time_us") <= cut_us), pl.col("time_us") > cut_us
        types, value = (
            np.array(before["type"].to_list(), np.str_),
            before["value"].fill_null(np.nan),
        )
        columns = {name: before[name].to_numpy() for name in ("person", "item", "time_us")}
        weight = event_weights(types, value.to_numpy())
        is_sale = types == "purchase"
        had = np.zeros((n_people, n_items), bool)
        had[columns["person"][is_sale], columns["item"][is_sale]] = True
        sales = events.filter(later, type="purchase").select("person", "item").unique()
        person, item = sales.sort("person", "item").to_numpy().T
        new = ~had[person, item] & np.isin(person, columns["person"])
        told = columns | {"weight": weight, "is_sale": is_sale}
        return cls(items, told, had, person[new], item[new], cut_us, n_people)

    def table(self, hidden: NDArray[np.bool_]) -> PortraitTable:
        """Return the portraits made without some of the goods."""
        kept = ~hidden[self.events["item"]]
        columns = {k: self.events[k][kept] for k in ("person", "item", "weight", "time_us")}
        return PortraitTable.of(self.items, **columns, n_people=self.n_people)

    def ways(
        self, person: NDArray[np.int64], hidden: NDArray[np.bool_]
    ) -> dict[str, NDArray[np.floating[Any]]]:
        """Return name → (p, n_items) scores of goods for people."""
        table, goods = self.table(hidden), self.items.vectors
        own = table.vectors(person, self.cut_us)
        one, place = np.unique(person, return_inverse=True)
        others = table.vectors(np.random.default_rng(SEED).permutation(one), self.cut_us)[place]
        sold = np.bincount(
            self.events["item"], self.events["is_sale"] & ~hidden[self.events["item"]], len(goods)
        )
        return {
            "the person's vector": own @ goods.T,
            MEAN: np.tile(table.mean @ goods.T, (person.size, 1)),
            "control: another person's": others @ goods.T,
            "popularity": np.tile(sold, (person.size, 1)),
        }

    def above(
        self,
        scores: NDArray[np.floating[Any]],
        rows: NDArray[np.int64],
        often: NDArray[np.float64],
    ) -> NDArray[np.float64]:
        """Return the share of goods, each as often as told, that come after the bought one, ties counted half."""
        person, item = self.person[rows], self.item[rows]
        weight = np.where(self.had[person], 0.0, often)
        weight[np.arange(item.size), item] = 0
        own = np.take_along_axis(scores, item[:, None], axis=1)
        below = ((scores < own - 1e-6) * weight).sum(axis=1)
        return (below + ((scores <= own + 1e-6) * weight).sum(axis=1)) / 2 / weight.sum(axis=1)


def told(person: NDArray[np.int64], found: Mapping[str, NDArray[np.float64]]) -> dict[str, Any]:
    """Return the mean over people of each way, and what it has over everybody's vector."""
    _, place = np.unique(person, return_inverse=True)
    mean = {name: np.bincount(place, own) / np.bincount(place) for name, own in found.items()}
    return {
        name: {
            "above": bootstrap(own, seed=SEED).as_list(),
            f"minus {MEAN}": paired_difference(own, mean[MEAN], seed=SEED).as_list(),
        }
        for name, own in mean.items()
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=5081, help="of the sample shop")
    asked = parser.parse_args()
    known = Known.of(asked.seed)
    n = len(known.items)
    everything = np.arange(known.person.size)
    as_sold = np.bincount(known.item, minlength=n).astype(np.float64)
    fold_of = np.random.default_rng(SEED).integers(0, FOLDS, n)
    parts = [(np.zeros(n, bool), everything, "known")]
    parts += [(fold_of == f, everything[fold_of[known.item] == f], "without a past") for f in range(FOLDS)]  # fmt: skip
    found: dict[str, dict[str, list[Any]]] = {}
    for hidden, rows, name in parts:
        among = hidden if hidden.any() else ~hidden
        ways = known.ways(known.person[rows], hidden)
        for others, often in (("all alike", np.ones(n)), ("as often as sold", as_sold)):
            place = found.setdefault(f"{name}, {others}", {})
            place.setdefault("person", []).append(known.person[rows])
            for way, scores in ways.items():
                place.setdefault(way, []).append(known.above(scores, rows, often * among))
    figures = {}
    for name, columns in found.items():
        joined = {way: np.concatenate(values) for way, values in columns.items()}
        figures[name] = told(joined.pop("person"), joined)
    report(
        "likeness",
        seed=asked.seed,
        people=np.unique(known.person).size,
        purchases=known.person.size,
        goods=n,
        figures=figures,
    )


if __name__ == "__main__":
    main()
