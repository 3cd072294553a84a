"""How close each person is to those he or she knows, as of a training, with what each tie stands on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy import sparse

from zhiyin.core.exchanges import TYPES, Exchanges
from zhiyin.core.history import NO_TIME
from zhiyin.core.interactions import Interactions
from zhiyin.core.ties import AGAINST
from zhiyin.social.graph import Floats, Ints, adjacency, products, sizes
from zhiyin.social.relations import Claims, relations
from zhiyin.social.responses import features_before, share_responses
from zhiyin.social.strength import TieStrength
from zhiyin.social.tie_features import evidence, tie_features

_MOST_TOLD = 2.0
"""What a strength that the shop itself declares may add to the log odds, or take from them."""


@dataclass(frozen=True, slots=True, eq=False)
class Closeness:
    """Ties in order of the first person, each person's strongest first.

    Attributes:
        one: (t,) int64 person.
        two: (t,) int64 to whom.
        strength: (t,) float32 in 0..1.
        kind: (t,) str, what the second is to the first, "" where not known.
        is_declared: (t,) bool, told as a tie; else they only did something toward each other.
        last_us: (t,) int64 of the last thing the first did toward the second, ``NO_TIME`` for none.
        counts: (t, 8) int32, how often the first turned to the second: in all, then by each of ``TYPES``.
        model: what judged them.
    """

    one: Ints
    two: Ints
    strength: Floats
    kind: NDArray[np.str_]
    is_declared: NDArray[np.bool_]
    last_us: Ints
    counts: NDArray[np.int32]
    model: TieStrength

    @classmethod
    def learned(
        cls,
        declared: pl.DataFrame,
        claims: Claims,
        exchanges: Exchanges,
        events: Interactions,
        *,
        n_people: int,
        n_items: int,
    ) -> Closeness:
        """Judge all ties: those declared, and between people of whom one turned to the other.

        Left out are two of whom one blocked, muted or distrusts the other.

        Args:
            declared: ``read_declared``.
            claims: who is what to whom.
            exchanges: of everybody.
            events: of everybody, for what people take alike and for how shares were answered.
            n_people: people are numbered below it.
            n_items: items likewise.
        """
        pairs = _pairs(declared, exchanges, n_people)
        now_us = max(int(exchanges.time_us.max(initial=0)), int(events.time_us.max(initial=0))) + 1
        known = _Known(declared, claims, events, n_people, n_items)
        responses = share_responses(exchanges, events, until_us=now_us)
        responses = responses.where(responses.pairs.max(axis=1, initial=0) < n_people)
        shared = {"n_people": n_people, "graph": known.graph}
        model = TieStrength.fit(
            features_before(responses, exchanges, **known.of(responses.pairs), **shared),
            responses.labels,
        )
        features = tie_features(pairs, exchanges, now_us=now_us, **known.of(pairs), **shared)
        strength = _with_told(model.scores(features), known.told(pairs))
        order = np.lexsort((-strength, pairs[:, 0]))
        pairs = pairs[order]
        proof = evidence(pairs, exchanges, n_people=n_people, now_us=now_us)
        return cls(
            pairs[:, 0],
            pairs[:, 1],
            strength[order],
            relations(pairs, claims).kind,
            known.is_declared(pairs),
            proof["last_us"],
            np.stack([proof["count"], *(proof[name] for name in TYPES)], axis=1).astype(np.int32),
            model,
        )

    def rows_of(self, person: int) -> slice:
        """Return where a person's ties stand."""
        first, last = np.searchsorted(self.one, (person, person + 1)).tolist()
        return slice(first, last)

    def matrix(self, n_people: int) -> Any:
        """Return the (n_people, n_people) float32 CSR of strengths, row = who feels close."""
        return sparse.csr_array((self.strength, (self.one, self.two)), shape=(n_people, n_people))

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the arrays of a snapshot."""
        own = {name: getattr(self, name) for name in _COLUMNS}
        return {**own, **{f"model.{name}": array for name, array in self.model.arrays().items()}}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Closeness:
        """Open what ``arrays`` gave, without copying."""
        model = {
            name.removeprefix("model."): array
            for name, array in arrays.items()
            if name.startswith("model.")
        }
        columns = {name: arrays[name] for name in _COLUMNS}
        return cls(**columns, model=TieStrength.from_arrays(model))


_COLUMNS = tuple(one.name for one in fields(Closeness) if one.name != "model")


class _Known:
    """What is known of pairs beside their exchanges."""

    def __init__(
        self,
        declared: pl.DataFrame,
        claims: Claims,
        events: Interactions,
        n_people: int,
        n_items: int,
    ) -> None:
        self._claims = claims
        friendly = _friendly(declared, n_people)
        ends = friendly["person"].to_numpy(), friendly["other"].to_numpy()
        self.graph = adjacency(*ends, n_people)
        self._n = n_people
        key = ends[0] * n_people + ends[1]
        order = np.argsort(key, kind="stable")
        self._keys = key[order]
        self._since = friendly["time_us"].fill_null(NO_TIME).to_numpy()[order]
        self._told = friendly["strength"].fill_null(np.nan).to_numpy()[order]
        rows = events.rows(n_people, n_items)
        rarity = np.log(n_people / np.maximum(sizes(rows.T.tocsr()), 1)).astype(np.float32)
        taste = rows @ sparse.diags_array(rarity)
        length = np.sqrt(np.maximum(sizes(taste * taste), 1e-12))
        self._taste = (sparse.diags_array(1 / length) @ taste).tocsr()
        self._is_known = length > 1e-5

    def of(self, pairs: Ints) -> dict[str, Any]:
        """Return kinds, since_us and likeness of pairs, as ``tie_features`` takes them."""
        likeness = products(self._taste, self._taste, pairs)
        likeness[~self._is_known[pairs].all(axis=1)] = np.nan
        return {
            "kinds": relations(pairs, self._claims).kind,
            "since_us": self._at(pairs, self._since, NO_TIME),
            "likeness": likeness,
        }

    def told(self, pairs: Ints) -> NDArray[np.float64]:
        """Return (p,) strengths that the shop declares, NaN where it does not."""
        return self._at(pairs, self._told, np.nan)

    def is_declared(self, pairs: Ints) -> NDArray[np.bool_]:
        """Return (p,) whether a pair is a declared tie."""
        return self._at(pairs, np.ones(self._keys.size, bool), False)

    def _at(self, pairs: Ints, values: NDArray[Any], otherwise: Any) -> NDArray[Any]:
        asked = pairs[:, 0] * self._n + pairs[:, 1]
        at = np.searchsorted(self._keys, asked)
        found = np.append(self._keys, -1)[at] == asked
        return np.where(found, np.append(values, otherwise)[at], otherwise)


def _friendly(declared: pl.DataFrame, n_people: int) -> pl.DataFrame:
    """Return declared ties that are not against anybody, of two kinds between the same the one told first."""
    kept = declared.filter(
        ~pl.col("kind").is_in(AGAINST) & (pl.max_horizontal("person", "other") < n_people)
    )
    return kept.unique(["person", "other"], keep="first", maintain_order=True)


def _pairs(declared: pl.DataFrame, exchanges: Exchanges, n_people: int) -> Ints:
    """Return (p, 2) int64 ordered pairs to judge."""
    friendly = _friendly(declared, n_people)
    inside = np.maximum(exchanges.one, exchanges.two) < n_people
    one, two = exchanges.one[inside], exchanges.two[inside]
    key = np.unique(
        np.concatenate(
            [
                friendly["person"].to_numpy() * n_people + friendly["other"].to_numpy(),
                one * n_people + two,
                two * n_people + one,
            ]
        )
    )
    against = declared.filter(pl.col("kind").is_in(AGAINST))
    one, two = against["person"].to_numpy(), against["other"].to_numpy()
    shut = np.concatenate([one * n_people + two, two * n_people + one])
    return np.column_stack(np.divmod(key[~np.isin(key, shut)], n_people)).astype(np.int64)


def _with_told(strength: Floats, told: NDArray[np.float64]) -> Floats:
    """Return strengths whose log odds were moved by what the shop declares, in medians of it."""
    known = np.isfinite(told) & (told > 0)
    if not known.any():
        return strength
    moved = np.zeros(strength.size)
    moved[known] = np.log(told[known] / np.median(told[known]))
    odds = np.log(strength / (1 - strength)) + np.clip(moved, -_MOST_TOLD, _MOST_TOLD)
    return np.asarray(1 / (1 + np.exp(-odds)), np.float32)
