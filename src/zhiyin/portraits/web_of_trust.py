"""Who trusts whom, as of a training: read from the store, kept in the snapshot, and asked for one person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy import sparse

from zhiyin.affinity.csr import csr_arrays, csr_from, row_of
from zhiyin.core import Kind
from zhiyin.core.ties import AGAINST, Ties
from zhiyin.portraits.reading import read_doings
from zhiyin.social.graph import Floats, Ints, adjacency
from zhiyin.social.mole_trust import Vouched, mole_trust
from zhiyin.social.trust import hubs_damped, propagated, rated_alike, trust_matrix
from zhiyin.store.store import Store

HELPFUL, NOT_HELPFUL = ("favourite", "like"), ("dislike",)
"""What people do with a post that is a vote for its author, and against."""

_RATED = ("rating", "review")
_LEAST = 0.1  # of the most trusted: a ring behind one deceived friend gets less than that a member
_TOLERANCE = 1e-4


@dataclass(frozen=True, slots=True, eq=False)
class WebOfTrust:
    """Trust between people numbered below ``n``.

    Attributes:
        given: (n, n) float32 CSR in 0 to 1, row = who trusts.
        damped: the same with hubs damped, along which trust spreads.
        against: (n, n) float32 CSR, 1 where the row's person blocks, mutes or distrusts the column's.

    >>> web = WebOfTrust.of(sparse.csr_array(np.array([[0, 0.9, 0], [0, 0, 0.9], [0, 0, 0]], "f4")))
    >>> people, trust = web.trusted(0)
    >>> people.tolist(), [f"{value:.2f}" for value in trust]
    ([1, 2], ['0.90', '0.76'])
    """

    given: Any
    damped: Any
    against: Any

    @classmethod
    def of(cls, given: Any, against: Any = None) -> Self:
        """Make it of who trusts whom and, where it is known, of who is against whom."""
        shut = sparse.csr_array(given.shape, dtype=np.float32) if against is None else against
        return cls(given, hubs_damped(given), shut)

    @classmethod
    def read(
        cls,
        store: Store,
        declared: pl.DataFrame,
        reactions: pl.DataFrame,
        authors: Ints,
        *,
        n_people: int,
        n_items: int,
    ) -> Self:
        """Read what people said, whose posts they found helpful or not, and who rates alike.

        A vote is what was last done of ``HELPFUL`` and ``NOT_HELPFUL`` with a post of somebody else. Ratings are read only
        where anybody trusts anybody.

        Args:
            store: of ratings.
            declared: ``read_declared``.
            reactions: what people did with posts, as ``read_doings`` gives it.
            authors: (n_posts,) int64 who wrote each post, -1 for nobody.
            n_people: people are numbered below it.
            n_items: items likewise.
        """
        said = _ties(declared.filter(pl.col("kind") == "trust"))
        shut = _ties(declared.filter(pl.col("kind").is_in(AGAINST) | (pl.col("strength") < 0)))
        known = {"declared": said, "votes": _votes(reactions, authors), "against": shut}
        given = trust_matrix(n_people, **known)
        if given.nnz:
            one, two = (ends.astype(np.int64) for ends in given.nonzero())
            alike = rated_alike(_ratings(store, n_people, n_items), np.column_stack([one, two]))
            given = trust_matrix(n_people, **known, agreement=Ties(one, two, alike))
        against = adjacency(shut.one, shut.two, n_people, is_directed=True)
        return cls.of(given, against)

    def trusted(self, person: int, most: int = 20) -> tuple[Ints, Floats]:
        """Return whom a person trusts by own acts and by the word of those it trusts, the most trusted first.

        Trust is the chance that a walk along trust ends at somebody, scaled so that the likeliest is trusted as much as
        whom the person trusts most by itself. Who has less than a tenth of that is left out.

        Args:
            person: by number; one beyond the shape trusts nobody.
            most: people at most.
        Returns: (m,) int64 people, not the person itself, and (m,) float32 above 0 to 1.
        Complexity: that of ``propagated``; nothing for who trusts nobody.
        """
        own = np.empty(0, np.float32)
        if person < self.given.shape[0]:
            _, own = row_of(self.given, person)
        if not own.size:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        people, chance = propagated(
            self.damped, person, distrust=self.against, tolerance=_TOLERANCE
        )
        others = people != person
        people, chance = people[others], chance[others]
        top = np.argsort(-chance, kind="stable")[:most]
        top = top[chance[top] >= _LEAST * chance.max(initial=0)]
        return people[top], np.asarray(chance[top] * (own.max() / chance.max(initial=1e-12)))

    def vouched(self, person: int) -> Vouched:
        """Return whom a person trusts within three steps, with who vouches for each; for explanations."""
        return mole_trust(self.given, person, distrust=self.against)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the arrays of a snapshot, none where nobody trusts anybody."""
        if not self.given.nnz:
            return {}
        told = csr_arrays("given", self.given) | csr_arrays("against", self.against)
        return {**told, "damped_data": self.damped.data}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]], n_people: int) -> Self:
        """Open what ``arrays`` gave, without copying."""
        shape = (n_people, n_people)
        if not arrays:
            return cls.of(sparse.csr_array(shape, dtype=np.float32))
        given = csr_from("given", arrays, shape)
        also = {f"damped_{name}": arrays[f"given_{name}"] for name in ("indices", "indptr")}
        return cls(
            given, csr_from("damped", {**arrays, **also}, shape), csr_from("against", arrays, shape)
        )


def _ties(told: pl.DataFrame) -> Ties:
    strength = told["strength"].cast(pl.Float32).fill_null(np.nan).to_numpy()
    return Ties(told["person"].to_numpy(), told["other"].to_numpy(), strength)


def _votes(reactions: pl.DataFrame, authors: Ints) -> Ties:
    """Return one row for each person and post, with 1 for helpful and -1 for not."""
    is_vote = pl.col("type").is_in([*HELPFUL, *NOT_HELPFUL])
    last = _last(reactions.filter(is_vote & (pl.col("item") < authors.size)))
    author = authors[last["item"].to_numpy()]
    is_known = author >= 0
    found = np.where(last["type"].is_in(HELPFUL).to_numpy(), 1, -1).astype(np.float32)
    return Ties(last["person"].to_numpy()[is_known], author[is_known], found[is_known])


def _ratings(store: Store, n_people: int, n_items: int) -> Any:
    """Return (n_people, n_items) float32 CSR of what each rated."""
    last = _last(read_doings(store, Kind.ITEM, _RATED)).filter(
        (pl.col("person") < n_people) & (pl.col("item") < n_items) & pl.col("value").is_not_null()
    )
    ends = last["person"].to_numpy(), last["item"].to_numpy()
    values = last["value"].cast(pl.Float32).to_numpy()
    return sparse.csr_array((values, ends), shape=(n_people, n_items))


def _last(done: pl.DataFrame) -> pl.DataFrame:
    """Return what each person last did with each item or post."""
    return done.unique(["person", "item"], keep="last", maintain_order=True)
