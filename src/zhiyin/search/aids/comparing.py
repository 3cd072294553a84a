"""Two products side by side: what is known of each, differences first, and no verdict that the counts do not hold."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from zhiyin.search.asked_queries import normal
from zhiyin.search.live_index import LiveIndex
from zhiyin.search.match import NAMES
from zhiyin.search.understanding import KINDS, Understanding
from zhiyin.social.expertise import wilson_bound

LEAST_COVERED = 0.5
"""Share of a name, by rarity of its words, that must stand in a title for the item to be what was named."""
_COVERED = NAMES.index("covered")
_FIRST = ("price", "brand", "category")
_CANDIDATES = 20
_TEXTS = ("title", "description")
_KINDS = KINDS - {"category"}
_NOBODY = np.empty(0, np.float32)


class Opinion(NamedTuple):
    """How many opinions of an aspect there are of an item, by their polarity."""

    negative: int
    neutral: int
    positive: int

    @property
    def bounds(self) -> tuple[float, float]:
        """Bounds of the share of positive ones among those that take a side; 0 and 1 where none does.

        >>> [round(bound, 2) for bound in Opinion(2, 5, 8).bounds], Opinion(0, 3, 0).bounds
        ([0.49, 0.94], (0.0, 1.0))
        """
        sides = np.array([self.positive, self.negative])
        low, high = wilson_bound(sides, np.full(2, sides.sum())).tolist()
        return low, 1 - high


class ComparedFact(NamedTuple):
    """One line of the table.

    Attributes:
        name: ``price``, ``brand``, ``category`` or the name of an attribute.
        values: of each item, as the catalogue has it, None where it is not known; prices in the currency's smallest unit.
        spoken: the same in the language asked for, where the catalogue has it.
        differs: whether the items that say something of it say different things.
    """

    name: str
    values: tuple[Any, ...]
    spoken: tuple[Any, ...]
    differs: bool


class ComparedAspect(NamedTuple):
    """What people think of an aspect of each item.

    Attributes:
        aspect: such as ``battery``.
        opinions: counts, of each item.
        better: the place of the item of which people think better, None where the counts are too few to tell: the bounds of
            the shares of positive opinions overlap.
    """

    aspect: str
    opinions: tuple[Opinion, ...]
    better: int | None


class Comparison(NamedTuple):
    """Products side by side.

    Attributes:
        names: as they were asked for.
        numbers: the item of each name, None where none was found.
        facts: differences first.
        aspects: those with a better one first, then the most discussed.
        currencies: of the prices.
        are_unlike: whether the names are of brands that sell nothing of one category, so that nothing is compared.
    """

    names: tuple[str, ...]
    numbers: tuple[int | None, ...]
    facts: tuple[ComparedFact, ...] = ()
    aspects: tuple[ComparedAspect, ...] = ()
    currencies: tuple[str | None, ...] = ()
    are_unlike: bool = False


class Named(NamedTuple):
    """The item of each name, None where none fits, and whether the names are of brands that sell nothing alike."""

    numbers: list[int | None]
    are_unlike: bool = False


def items_of(
    index: LiveIndex,
    names: Sequence[str],
    may: NDArray[np.bool_] | None = None,
    popularity: NDArray[np.float32] = _NOBODY,
) -> Named:
    """Return the best hit of each name, each item once; None where no title holds enough of the name.

    What is said of the last name alone holds for one that is no more than a brand: "bosch or makita drill". Where all are
    brands and no more, like is compared with like: the most popular item of each of the kind (``type``), else the category,
    of which all have most.

    Args:
        index: of the shop.
        names: as `Understanding.compared` has them.
        may: (items,) bool, what may be shown; all unless given.
        popularity: (m,) float32 by item number; what is beyond its end is not popular.
    """
    reads = [index.understand(name) for name in names]
    if all(read.intent == "navigational" for read in reads):
        return _of_brands(index, reads, may, popularity)
    fitting = [_fitting(index, index.understand(text), may) for text in completed(names, reads)]
    rows = {row["number"]: row for row in index.rows({n for one in fitting for n in one})}
    held = [_by_category([rows[n] for n in one if n in rows]) for one in fitting if one]
    shared = set.intersection(*(set(one) for one in held)) if len(held) > 1 else set()
    if shared:  # a phone is not compared with a case for one
        category = min(
            sorted(shared), key=lambda name: _rank(name, [one for one in fitting if one], held)
        )
        fitting = [[n for n in one if rows[n]["category"] == category] for one in fitting]
    taken: list[int | None] = []
    for one in fitting:
        taken.append(next((number for number in one if number not in taken), None))
    return Named(taken)


def compare(
    names: Sequence[str],
    rows: Sequence[Mapping[str, Any] | None],
    opinions: Sequence[Sequence[Mapping[str, Any]]],
    language: str = "",
) -> Comparison:
    """Return products side by side.

    Args:
        names: as they were asked for.
        rows: of ``Store.entities_since``, one a name; None where nothing was found.
        opinions: of each, as `Texts.opinions` tells them.
        language: in which values are told beside the catalogue's own.
    """
    numbers = tuple(None if row is None else int(row["number"]) for row in rows)
    known = [row for row in rows if row is not None]
    if len(known) < 2:
        return Comparison(tuple(names), numbers)
    said = [_facts(row) for row in known]
    spoken = [_spoken(row, language) for row in known]
    order = [*_FIRST, *sorted({name for one in said for name in one} - {*_FIRST})]
    facts = [
        _fact(name, [one.get(name) for one in said], [one.get(name) for one in spoken])
        for name in order
    ]
    told = [one for one in facts if any(value is not None for value in one.values)]
    heard = [one for row, one in zip(rows, opinions, strict=True) if row is not None]
    return Comparison(
        tuple(names),
        numbers,
        tuple(sorted(told, key=lambda one: not one.differs)),
        tuple(_aspects(heard)),
        tuple(row.get("currency") for row in known),
    )


def _fitting(index: LiveIndex, read: Understanding, may: NDArray[np.bool_] | None) -> list[int]:
    """Return the items that are what is named, best first: most of its words, or its brand where it is no more than that."""
    if read.intent == "navigational":
        return [row["number"] for row in _of_brand(index, read, may)][:_CANDIDATES]
    hits = index.find(read, n=_CANDIDATES, may=may)
    numbers: list[int] = hits.numbers[hits.matches[:, _COVERED] >= LEAST_COVERED].tolist()
    return numbers


def _rank(
    category: str, fitting: Sequence[Sequence[int]], held: Sequence[Mapping[str, Sequence[int]]]
) -> int:
    """Return how far down the best items of a category stand, those of all names together."""
    return sum(own.index(of[category][0]) for own, of in zip(fitting, held, strict=True))


def completed(names: Sequence[str], reads: Sequence[Understanding]) -> list[str]:
    """Return the names, with what the last says beside its brand put behind those that are brands and no more."""
    last = reads[-1].said
    brands = [slot for slot in reads[-1].slots if slot.name == "brand"]
    for slot in reversed(brands):
        last = f"{last[: slot.start]} {last[slot.end :]}"
    rest = " ".join(last.split())
    if not brands or not rest:
        return list(names)
    return [
        f"{name} {rest}" if read.intent == "navigational" else name
        for name, read in zip(names, reads, strict=True)
    ]


def _of_brands(
    index: LiveIndex,
    reads: Sequence[Understanding],
    may: NDArray[np.bool_] | None,
    popularity: NDArray[np.float32],
) -> Named:
    """Return an item of each brand, of the kind, else the category, of which all have most."""
    owned = [_of_brand(index, read, may) for read in reads]
    for parted in (_by_kind, _by_category):
        held = [parted(rows) for rows in owned]
        if shared := set.intersection(*(set(one) for one in held)):
            break
    else:
        return Named([None] * len(reads), are_unlike=all(owned))
    category = max(sorted(shared), key=lambda name: min(len(one[name]) for one in held))
    taken: list[int | None] = []
    for one in held:
        free = [number for number in one[category] if number not in taken]
        popular = np.append(popularity, 0)[np.minimum(free, popularity.size)]
        taken.append(free[int(popular.argmax())] if free else None)
    return Named(taken)


def _of_brand(
    index: LiveIndex, read: Understanding, may: NDArray[np.bool_] | None
) -> list[dict[str, Any]]:
    """Return the items of a brand, the best hit first."""
    wanted = {normal(value) for value in read.values("brand")}
    found = []
    for row in index.rows(index.find(read, may=may).numbers):
        said = (row, *json.loads(row["translations"] or "{}").values())
        if any(normal(one.get("brand") or "") in wanted for one in said):
            found.append(row)
    return found


def _by_kind(rows: Sequence[Mapping[str, Any]]) -> dict[str, list[int]]:
    """Return category and kind of goods → items."""
    found: dict[str, list[int]] = {}
    for row in rows:
        said = json.loads(row["attributes"] or "{}")
        for name in _KINDS & said.keys():
            found.setdefault(f"{row['category']} > {said[name]}", []).append(row["number"])
    return found


def _by_category(rows: Sequence[Mapping[str, Any]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for row in rows:
        if row["category"]:
            found.setdefault(row["category"], []).append(row["number"])
    return found


def _facts(row: Mapping[str, Any]) -> dict[str, Any]:
    facts = {
        "price": row.get("price_minor"),
        "brand": row.get("brand"),
        "category": row.get("category"),
    }
    return {**facts, **json.loads(row.get("attributes") or "{}")}


def _spoken(row: Mapping[str, Any], language: str) -> dict[str, Any]:
    said = json.loads(row.get("translations") or "{}").get(language) or {}
    return {name: value for name, value in said.items() if value and name not in _TEXTS}


def _fact(name: str, values: Sequence[Any], spoken: Sequence[Any]) -> ComparedFact:
    told = {_comparable(value) for value in values if value is not None}
    said = (own if one is None else one for own, one in zip(values, spoken, strict=True))
    return ComparedFact(name, tuple(values), tuple(said), len(told) > 1)


def _comparable(value: Any) -> str:
    parts = value if isinstance(value, list) else [value]
    return "\n".join(sorted(normal(str(part)) for part in parts))


def _aspects(opinions: Sequence[Sequence[Mapping[str, Any]]]) -> list[ComparedAspect]:
    counted = [
        {one["aspect"]: Opinion(*(int(one[name]) for name in Opinion._fields)) for one in said}
        for said in opinions
    ]
    nothing = Opinion(0, 0, 0)
    made = []
    for aspect in {name for one in counted for name in one}:
        held = tuple(one.get(aspect, nothing) for one in counted)
        made.append(ComparedAspect(aspect, held, _better(held)))
    return sorted(
        made, key=lambda one: (one.better is None, -sum(map(sum, one.opinions)), one.aspect)
    )


def _better(opinions: Sequence[Opinion]) -> int | None:
    """Return the place whose lower bound is above all other upper ones."""
    for place, one in enumerate(opinions):
        others = [other for number, other in enumerate(opinions) if number != place]
        if all(one.bounds[0] > other.bounds[1] for other in others):
            return place
    return None
