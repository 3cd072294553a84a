"""Who one person is: statements with receipts, and what the vector behind them was made of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from zhiyin.core import NO_TIME
from zhiyin.portraits.own_texts import OwnTexts, months
from zhiyin.portraits.sensitive import is_blocked
from zhiyin.portraits.statement import Evidence, Statement

_SHOWN = 3
_LASTING = ("interest", "life_event", "intent", "occasion")
"""Facts of a person that are statements as long as they hold."""


@dataclass(frozen=True, slots=True)
class Social:
    """What the network knows of a person, given by who knows it.

    Attributes:
        kinds: kind of tie → how many there are.
        closest: kinds of the strongest ties with their strengths, strongest first.
        communities: names of those the person belongs to.
    """

    kinds: Mapping[str, int] = field(default_factory=dict)
    closest: tuple[tuple[str, float], ...] = ()
    communities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class UserPortrait:
    """What is said of a person.

    Attributes:
        person: number.
        statements: without those that were removed, and without what is nobody's business.
        mass: weights that stand in the long and the short part of the vector.
        vector: (dim,) float32 what the person likes.
        sources: source → its share in a fused vector, where there is one.

    >>> one = UserPortrait(7, (Statement("interest", "running"),), (8.0, 0.0), np.zeros(2))
    >>> one.document()["statements"][0]["about"]
    'running'
    """

    person: int
    statements: tuple[Statement, ...]
    mass: tuple[float, float]
    vector: NDArray[np.float32]
    sources: Mapping[str, float] = field(default_factory=dict)

    def of_kind(self, kind: str) -> list[Statement]:
        """Return the statements of a kind."""
        return [one for one in self.statements if one.kind == kind]

    def without(self, removed: Collection[str]) -> UserPortrait:
        """Return the portrait without statements that bear one of these ids."""
        kept = tuple(one for one in self.statements if one.id not in removed)
        return replace(self, statements=kept)

    def document(self) -> dict[str, Any]:
        """Return it as JSON can hold it, without the vector."""
        long, short = self.mass
        return {
            "person": self.person,
            "weights": {"long": round(long, 4), "short": round(short, 4)},
            "sources": {name: round(share, 4) for name, share in self.sources.items()},
            "statements": [one.document() for one in self.statements],
        }


def lasting(facts: pl.DataFrame, now_us: int) -> list[Statement]:
    """Return what was read of a person and still holds: interests, events of life, wishes, occasions, and places.

    Args:
        facts: of the person, as ``MinedFacts.of`` gives them.
        now_us: facts that expired until then are left out; a place counts when it was named in two texts, whenever.
    Returns: a statement for each name and value, the most often said first.
    """
    said: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in facts.iter_rows(named=True):
        if row["name"] in _LASTING or row["name"] == "place":
            said.setdefault((row["name"], row["value"]), []).append(row)
    told = []
    for (name, value), rows in said.items():
        holds = [row for row in rows if row["expires_us"] is None or row["expires_us"] > now_us]
        rows = rows if name == "place" else holds
        least = 2 if name == "place" else 1
        sources = {row["source"] for row in rows}
        spans = " ".join(row["span"] or "" for row in rows)
        if len(sources) < least or is_blocked(name, value) or is_blocked(name, spans):
            continue
        values = {
            "value": value, "texts": len(sources),
            "confidence": round(max(row["confidence"] for row in rows), 4),
        }  # fmt: skip
        told.append(Statement(name, value, values, tuple(map(_written, rows[:_SHOWN]))))
    return sorted(told, key=lambda one: -one.values["texts"])


def mood(texts: OwnTexts) -> list[Statement]:
    """Return how a person's own texts felt, month by month; none where fewer than two months have any."""
    moods = texts.moods()
    told = list(months(moods))
    if len(told) < 2:
        return []
    values = {
        "months": [
            {"month": month, "mood": round(mean, 4), "texts": len(rows)}
            for month, mean, rows in told
        ],
        "change": round(told[-1][1] - told[0][1], 4),
    }
    return [Statement("mood", "mood", values, _shown(moods, told[-1][2]))]


def social(given: Social | None) -> list[Statement]:
    """Return how many ties of which kind a person has, of which kind the closest are, and the communities."""
    if given is None:
        return []
    told = [
        Statement("ties", kind, {"tie": kind, "count": count})
        for kind, count in sorted(given.kinds.items(), key=lambda one: (-one[1], one[0]))
        if count and not is_blocked("ties", kind)
    ]
    if given.closest:
        strongest = [{"tie": kind, "strength": round(at, 4)} for kind, at in given.closest[:_SHOWN]]
        told.append(Statement("closest", "closest", {"ties": strongest}))
    names = (name for name in given.communities if not is_blocked("community", name))
    return told + [Statement("community", name, {"value": name}) for name in names]


def _shown(texts: OwnTexts, rows: Iterable[int]) -> tuple[Evidence, ...]:
    return tuple(texts.evidence(row) for row in list(rows)[:_SHOWN])


def _written(row: Mapping[str, Any]) -> Evidence:
    when = NO_TIME if row["time_us"] is None else row["time_us"]
    return Evidence("post", source=row["source"], time_us=when)
