"""Exact erasure beside training without: how far apart the weights are, what each costs, and how errors add up.

    OPENBLAS_NUM_THREADS=1 python benchmarks/erasure.py [--json] [--erasures 200] [--lists 200]

On hetrec_lastfm and social_lastfm, in ``../shared/data`` or ``ZHIYIN_DATA``. For each model: the largest difference of
weights between the updated model and the one trained without the person or the event (of EASE on the people's side, of
the rows of 300 items); the residual of the inverse after the update; the median milliseconds of processor time of an
update and seconds of training again (of the weights alone, on rows in memory). Then the same difference and residual
after many erasures one upon the other. Last, for the first item of people's lists of ten, the smallest set of history
items without which it is not there: in how many lists one was found, the share that was right when scored again, the
share known to be smallest, and the mean size.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from scipy import sparse

from setting import data_folder, report
from zhiyin.affinity.asked import Asked
from zhiyin.affinity.counterfactual import counterfactual, without_items
from zhiyin.affinity.dual import DualEase
from zhiyin.affinity.ease import ease
from zhiyin.affinity.erasure import (
    PeopleKernel,
    dual_replaced,
    dual_without,
    ease_after,
    ease_product,
    inverse_diagonal,
    neighbours_without,
    people_after,
    rows_replaced,
    sampled_residual,
)
from zhiyin.affinity.evidence import Evidence
from zhiyin.affinity.low_rank import rows_of_weights
from zhiyin.affinity.model import DENSE_LIMIT
from zhiyin.affinity.neighbours import nearest_items
from zhiyin.affinity.people_weights import PeopleWeights, symmetric

SEED, REG, TIE_WEIGHT, COMMON_WEIGHT, N = 0, 100.0, 2.0, 4.0, 10
TRIALS, SAMPLED_ITEMS = 3, 300
FILES = {
    "hetrec_lastfm": ("user_artists.dat", "user_friends.dat"),
    "social_lastfm": ("train.tsv.gz", "friends.tsv.gz"),
}


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """Rows of ones, ties, and who is erased: the person with the most ties, then some drawn by seed."""

    rows: Any
    tied: Any
    people: np.ndarray

    @classmethod
    def read(cls, folder: Path, events: str, friends: str) -> World:
        plays, ties = (
            pl.read_csv(folder / name, separator="\t")[:, :2].to_numpy()
            for name in (events, friends)
        )
        ids, person = np.unique(plays[:, 0], return_inverse=True)
        items, item = np.unique(plays[:, 1], return_inverse=True)
        shape = (ids.size, items.size)
        rows = sparse.csr_array((np.ones(item.size, np.float32), (person, item)), shape=shape)
        rows.data[:] = 1
        known = np.searchsorted(ids, ties[np.isin(ties, ids).all(axis=1)])
        entries = (np.ones(len(known), np.float32), (known[:, 0], known[:, 1]))
        tied = symmetric(sparse.csr_array(entries, shape=(ids.size, ids.size)))
        most = int(np.diff(tied.indptr).argmax())
        drawn = np.random.default_rng(SEED).permutation(ids.size)
        return cls(rows, tied, np.concatenate([[most], drawn[drawn != most]]))

    def less(self, person: np.ndarray, event: bool) -> Any:
        """Return the row of a person without one event, or without any."""
        row = self.rows[person]
        row.data[: 1 if event else None] = 0
        row.eliminate_zeros()
        return row


def timed(run: Callable[[], Any]) -> tuple[Any, float]:
    start = time.process_time()
    found = run()
    return found, time.process_time() - start


def compared(trials: list[tuple[Callable[[], Any], Callable[[], Any], Any, Any]]) -> dict[str, Any]:
    """Run pairs of an update and training without, and compare their weights."""
    update_s, train_s, differences, residuals = [], [], [], []
    for update, train, weights_of, residual_of in trials:
        updated, took = timed(update)
        update_s.append(took)
        trained, took = timed(train)
        train_s.append(took)
        differences.append(abs(weights_of(updated) - weights_of(trained)).max())
        residuals.append(residual_of(updated))
    return {
        "max_difference": float(max(differences)),
        "residual": max(residuals),
        "update_cpu_ms": float(np.median(update_s) * 1e3),
        "train_cpu_s": float(np.median(train_s)),
    }


def people_weights(model: PeopleWeights) -> np.ndarray:
    return np.asarray(np.tril(model.inverse, -1) / np.diag(model.inverse)[:, None])


def people_residual(kernel: PeopleKernel) -> Callable[[PeopleWeights], float]:
    return lambda model: sampled_residual(
        lambda people: model.inverse[people], kernel.product, len(model.inverse)
    )


def trained(kernel: PeopleKernel) -> PeopleWeights:
    return PeopleWeights.fit(
        kernel.rows,
        kernel.tied,
        reg=kernel.reg,
        tie_weight=kernel.tie_weight,
        common_weight=kernel.common_weight,
    )


def of_ties(world: World, erasures: int) -> dict[str, Any]:
    whole = PeopleKernel(world.rows, REG, world.tied, TIE_WEIGHT, COMMON_WEIGHT)
    model = trained(whole)
    people = world.people[:TRIALS, None]

    def trials(kernels: list[PeopleKernel]) -> dict[str, Any]:
        return compared(
            [
                (
                    lambda new=new: people_after(model, new),
                    lambda new=new: trained(new),
                    people_weights,
                    people_residual(new),
                )
                for new in kernels
            ]
        )

    figures = {
        "most tied person": trials([whole.without(people[0])]),
        "person": trials([whole.without(person) for person in people[1:]]),
        "event": trials([whole.replaced(person, world.less(person, True)) for person in people]),
    }
    kernel = whole
    start = time.process_time()
    for person in world.people[1 : erasures + 1, None]:
        kernel = kernel.without(person)
        model = people_after(model, kernel)
    took = (time.process_time() - start) / erasures
    return figures | {
        "drift": drift(model, trained(kernel), people_weights, people_residual(kernel), took)
    }


def drift(
    updated: Any, anew: Any, weights_of: Any, residual_of: Any, took: float
) -> dict[str, Any]:
    return {
        "max_difference": float(abs(weights_of(updated) - weights_of(anew)).max()),
        "residual": residual_of(updated),
        "residual_of_training": residual_of(anew),
        "update_cpu_ms": took * 1e3,
    }


def of_people(world: World, erasures: int) -> dict[str, Any]:
    model = DualEase.fit(world.rows, reg=REG)
    chosen = np.random.default_rng(SEED).choice(model.n_items, SAMPLED_ITEMS, replace=False)
    alone = sparse.csr_array(
        (np.ones(SAMPLED_ITEMS, np.float32), (np.arange(SAMPLED_ITEMS), chosen)),
        shape=(SAMPLED_ITEMS, model.n_items),
    )

    def weights_of(one: DualEase) -> np.ndarray:
        return one.scores_rows(alone)

    def residual_of(one: DualEase) -> float:
        kernel = PeopleKernel(one.rows, REG)
        return sampled_residual(
            lambda people: one.inverse[people], kernel.product, len(one.inverse)
        )

    def without(person: np.ndarray, event: bool) -> Any:
        new = world.less(person, event)
        anew = rows_replaced(world.rows, person, new)
        return (
            lambda: dual_replaced(model, person, new) if event else dual_without(model, person),
            lambda: DualEase.fit(anew, reg=REG),
            weights_of,
            residual_of,
        )

    people = world.people[:TRIALS, None]
    figures = {
        name: compared([without(person, event) for person in people])
        for name, event in (("person", False), ("event", True))
    }
    start = time.process_time()
    for person in world.people[:erasures, None]:
        model = dual_without(model, person)
    took = (time.process_time() - start) / erasures
    anew = DualEase.fit(model.rows, reg=REG)
    return figures | {"drift": drift(model, anew, weights_of, residual_of, took)}


def of_items(world: World) -> dict[str, Any]:
    weights = ease(Evidence.of(world.rows).gram, REG, overwrite=True)
    diagonal, took = timed(lambda: inverse_diagonal(weights, world.rows, REG))

    def without(person: np.ndarray, event: bool) -> Any:
        new = world.less(person, event)
        anew = rows_replaced(world.rows, person, new)
        return (
            lambda: ease_after(weights, diagonal, world.rows[person], new),
            lambda: (ease(Evidence.of(anew).gram, REG, overwrite=True), None),
            lambda found: found[0],
            lambda found: sampled_residual(
                rows_of_weights(*found), ease_product(anew, REG), len(weights)
            ),
        )

    people = world.people[: TRIALS - 1, None]
    return {
        name: compared([without(person, event) for person in people])
        for name, event in (("person", False), ("event", True))
    } | {"diagonal_cpu_ms": took * 1e3}


def of_neighbours(world: World) -> dict[str, Any]:
    near = nearest_items(world.rows)

    def without(person: np.ndarray, event: bool) -> Any:
        anew = rows_replaced(world.rows, person, world.less(person, event))
        lost = world.rows[person].indices.astype(np.int64)
        return (
            lambda: neighbours_without(near, anew, lost),
            lambda: nearest_items(anew),
            lambda found: found,
            lambda found: 0.0,
        )

    return {
        name: compared([without(person, event) for person in world.people[:TRIALS, None]])
        for name, event in (("person", False), ("event", True))
    }


def explained(model: Any, rows: Any, people: np.ndarray) -> dict[str, Any]:
    """Ask why the first of a list of ten is there, and score again without what is said to be the cause."""
    sizes, valid, smallest, histories, took = [], 0, 0, [], 0.0
    for person in people.tolist():
        stored = slice(rows.indptr[person], rows.indptr[person + 1])
        asked = Asked(rows.indices[stored].astype(np.int64), rows.data[stored], person)
        if not asked.items.size:
            continue
        candidates = np.setdiff1d(np.arange(rows.shape[1]), asked.items)
        first = int(candidates[np.argmax(model.scores(asked)[candidates])])
        found, seconds = timed(lambda: counterfactual(model, asked, first, N))  # noqa: B023
        took += seconds
        smallest += found.is_smallest
        histories.append(asked.items.size)
        if found.removed.size:
            scores = model.scores(without_items(asked, found.removed))[candidates]
            ahead = scores > scores[candidates == first]
            ahead |= (scores == scores[candidates == first]) & (candidates < first)
            valid += int(ahead.sum() >= N)
            sizes.append(found.removed.size)
    return {
        "lists": len(histories),
        "found": len(sizes),
        "valid": valid / max(len(sizes), 1),
        "known_to_be_smallest": smallest / max(len(histories), 1),
        "mean_size": float(np.mean(sizes)),
        "mean_history": float(np.mean(histories)),
        "cpu_ms": took / max(len(histories), 1) * 1e3,
    }


def measure(world: World, erasures: int, lists: int) -> dict[str, Any]:
    """Return the figures of one data set by model."""
    figures: dict[str, Any] = {"shape": list(world.rows.shape)}
    figures["ease, people's side"] = of_people(world, erasures)
    figures["people and ties"] = of_ties(world, erasures)
    if world.rows.shape[1] <= DENSE_LIMIT:
        figures["ease, items' side"] = of_items(world)
    figures["item-knn"] = of_neighbours(world)
    people = world.people[:lists]
    figures["counterfactual"] = {
        "ease, people's side": explained(DualEase.fit(world.rows, reg=REG), world.rows, people),
        "people and ties": explained(
            trained(PeopleKernel(world.rows, REG, world.tied, TIE_WEIGHT, COMMON_WEIGHT)),
            world.rows,
            people,
        ),
    }
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--erasures", type=int, default=200)
    parser.add_argument("--lists", type=int, default=200)
    parser.add_argument("--only", choices=FILES)
    asked = parser.parse_args()
    data = data_folder()
    if data is None:
        sys.exit("no research data: set ZHIYIN_DATA")
    results = {
        name: measure(World.read(data / name, *files), asked.erasures, asked.lists)
        for name, files in FILES.items()
        if asked.only in (None, name)
    }
    if asked.json:
        report("erasure", seed=SEED, reg=REG, erasures=asked.erasures, results=results)
        return
    for name, models in results.items():
        for model, tables in models.items():
            if model == "shape":
                print(f"{name}: {tables[0]:,} people, {tables[1]:,} items")
                continue
            for what, row in tables.items():
                cells = row if isinstance(row, dict) else {"": row}
                said = "  ".join(f"{key} {value:.3g}" for key, value in cells.items())
                print(f"  {model:22} {what:20} {said}")


if __name__ == "__main__":
    main()
