"""How alike a shop's lists serve its people, and exposure against merit: part of ``zhiyin evaluate``."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from zhiyin.bench.served import NAME, OpenShop
from zhiyin.core import Kind
from zhiyin.evaluation.contest import Judged
from zhiyin.evaluation.fairness import MIN_PEOPLE, exposure_merit, utility_gap
from zhiyin.evaluation.significance import holm
from zhiyin.evaluation.slices import history_slices
from zhiyin.evaluation.summary import rounded
from zhiyin.evaluation.task import Task

Groups = Mapping[str, NDArray[np.bool_]]
"""Name → (p,) bool over the judged people; nobody is in two."""


def fairness(
    shop: OpenShop, judged: Sequence[Judged], task: Task, k: int, provider: str, seed: int
) -> dict[str, Any]:
    """Return how alike each model's lists serve groups of people, and their exposure against merit.

    Args:
        shop: whose people and items.
        judged: by the task, the pipeline among them.
        task: what people newly do.
        k: list length.
        provider: ``brand``, ``category`` or an attribute of items.
        seed: of resamples and shuffles.
    Returns: ``people``: name of the attribute (``history``, and what people declare) → ``suppressed`` and ``models``:
        name → see ``utility_gap``, its p adjusted for the number of attributes (Holm); ``providers``: ``attribute``,
        ``suppressed``, ``models``: name → disparity, see ``exposure_merit``, and of the pipeline ``providers`` by name;
        None where no provider has figures.
    """
    grouped = dict(_groups(shop, task))
    gaps = {
        one.name: {
            of: utility_gap(one.figures[f"ndcg@{k}"], groups, seed=seed)
            for of, groups in grouped.items()
        }
        for one in judged
    }
    for told in gaps.values():
        known = [gap for gap in told.values() if "p" in gap]
        for gap, p in zip(known, holm([gap.pop("p") for gap in known]), strict=True):
            gap["p_holm"] = p
    people = {
        of: {
            "suppressed": gaps[NAME][of].pop("suppressed"),
            "models": {name: told[of] for name, told in gaps.items()},
        }
        for of in grouped
    }
    for told in gaps.values():
        for gap in told.values():
            gap.pop("suppressed", None)
    found: dict[str, Any] = rounded(
        {"people": people, "providers": _providers(shop, judged, task, provider, seed)}
    )
    return found


def _groups(shop: OpenShop, task: Task) -> Iterator[tuple[str, Groups]]:
    """Yield attributes with their groups, where one group is large enough; the same groups only once."""
    length = np.diff(task.data.rows.indptr)[task.people]
    yield "history", history_slices(length, [0, *_thirds(length)])
    said = shop.store.people.attributes(task.people.tolist())
    partings = set()
    for name in sorted({key for one in said for key in one}):
        groups = _parted([one.get(name) for one in said])
        parting = frozenset(who.tobytes() for who in groups.values())
        if parting not in partings and any(who.sum() >= MIN_PEOPLE for who in groups.values()):
            partings.add(parting)
            yield name, groups


def _parted(values: Sequence[Any]) -> Groups:
    """Part people by what they say: words and yes or no by themselves, whole numbers in thirds, nothing else."""
    words = np.array([_word(one) for one in values], object)
    common = Counter(words[words != ""].tolist())
    groups = {word: words == word for word in sorted(common)}
    if max(common.values(), default=0) < MIN_PEOPLE:
        groups = {}  # such as names, each its own
    is_number = np.array([type(one) is int for one in values], np.bool_)
    if is_number.any():
        number = np.array([one if type(one) is int else 0 for one in values], np.int64)
        bounds = _thirds(number[is_number])
        names = [
            f"< {bounds[0]}",
            *(f"{a}–{b - 1}" for a, b in pairwise(bounds)),
            f"≥ {bounds[-1]}",
        ]
        third = np.searchsorted(bounds, number, side="right")
        groups |= {name: is_number & (third == at) for at, name in enumerate(names)}
    return groups


def _word(value: Any) -> str:
    return json.dumps(value) if isinstance(value, bool) else value if isinstance(value, str) else ""


def _thirds(numbers: NDArray[np.int64]) -> list[int]:
    """Return where the second and the last third of some numbers begin; one where they begin alike."""
    last = np.quantile(numbers, (1 / 3, 2 / 3), method="lower").astype(np.int64)
    return [int(bound) for bound in np.unique(last + 1)]


def _providers(
    shop: OpenShop, judged: Sequence[Judged], task: Task, attribute: str, seed: int
) -> dict[str, Any] | None:
    codes, names = _coded(shop, attribute, task.data.n_items)
    taken = task.relevant[task.people]
    told = {one.name: exposure_merit(one.lists, taken, codes, seed=seed) for one in judged}
    own = told[NAME]
    if "disparity" not in own:
        return None
    kept = ("disparity", "by_chance", "p", "rest")
    return {
        "attribute": attribute,
        "suppressed": own["suppressed"],
        "models": {name: {key: one[key] for key in kept} for name, one in told.items()},
        "providers": {names[code]: one for code, one in own["providers"].items()},
    }


def _coded(shop: OpenShop, attribute: str, n_items: int) -> tuple[NDArray[np.int64], list[str]]:
    """Return each item's provider, (n_items,) int64 with -1 for none, and what they are called."""
    items = shop.store.entities_since(Kind.ITEM, -1).filter(pl.col("number") < n_items)
    if attribute in ("brand", "category"):
        said = items[attribute].to_list()
    else:
        known = (json.loads(text or "{}").get(attribute) for text in items["attributes"].to_list())
        said = [one if isinstance(one, str | int) else None for one in known]
    names = sorted({str(one) for one in said if one is not None})
    code = {name: at for at, name in enumerate(names)}
    codes = np.full(n_items, -1, np.int64)
    codes[items["number"].to_numpy()] = [-1 if one is None else code[str(one)] for one in said]
    return codes, names
