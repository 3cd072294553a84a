"""What people published, as columns by post number, and how much each post has to say to one reader."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy import sparse

from zhiyin.affinity.csr import csr_arrays, csr_from
from zhiyin.core import NO_TIME, Kind
from zhiyin.portraits.weights import WEIGHTS
from zhiyin.privacy.consent import is_private
from zhiyin.social.expertise import wilson_bound
from zhiyin.store.store import Store

KINDS = ("review", "share")
"""Kinds of posts that are shown to others; questions and the shop's own answers are not."""
CRITICAL = -0.25
"""A post of a polarity below it is critical."""
HALF_LIFE_DAYS = 14.0

_DAY_US = 86_400_000_000
_OPINION = "opinion."
_MOODS = {"negative": -1.0, "neutral": 0.0, "positive": 1.0}
_MIDDLE, _REACH = 3.0, 2.0  # of a rating, where the text says nothing
_NO_NAMES = np.empty(0, np.str_)
_AT_ALL = 1.0  # weight of an event that only tells of having seen a post


@dataclass(frozen=True, slots=True, eq=False)
class PostIndex:
    """Posts in the order of a key, and of time within it.

    >>> index = PostIndex.of(np.arange(3), np.array([7, 5, 7]), np.array([30, 20, 10]))
    >>> index.newest(np.array([7]), most=1, now_us=99), index.newest(np.array([7]), most=1, now_us=29)
    (array([0]), array([2]))
    """

    posts: NDArray[np.int64]
    keys: NDArray[np.int64]
    time_us: NDArray[np.int64]

    @classmethod
    def of(
        cls, posts: NDArray[np.int64], key: NDArray[np.int64], time_us: NDArray[np.int64]
    ) -> Self:
        """Make it of some posts and of the columns of all."""
        order = posts[np.lexsort((time_us[posts], key[posts]))]
        return cls(order, key[order], time_us[order])

    def newest(self, wanted: NDArray[np.int64], *, most: int, now_us: int) -> NDArray[np.int64]:
        """Return the last posts of each of some keys that were written by a time, at most ``most`` of each.

        Complexity: O(keys log posts + what is returned).
        """
        starts, ends = (np.searchsorted(self.keys, wanted, side) for side in ("left", "right"))
        parts = [self.posts[:0]]
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
            stop = start + int(np.searchsorted(self.time_us[start:end], now_us, "right"))
            parts.append(self.posts[max(start, stop - most) : stop])
        return np.concatenate(parts)


@dataclass(frozen=True, eq=False)
class PostTable:
    """All posts, one array a column; a row is a post's number.

    Attributes:
        author: (n,) int64, -1 for none.
        item: (n,) int64 what it is about, -1 for none.
        is_shown: (n,) bool, it has an author, is of ``KINDS`` and is not private.
        polarity: (n,) float32 from -1 to 1, by the text if that was read, else by the rating; stars of praise are added to a
            text of blame; NaN where not known.
        time_us: (n,) int64, or ``NO_TIME``.
        likes: (n,) int32 people but its author who liked it, and not privately.
        seen: (n,) int32 people but its author who did anything with it, those who liked it too, and not privately.
        aspects: (n, n_aspects) float32 CSR of 1 for each aspect it speaks of.
        aspect_names: (n_aspects,) str.
    """

    author: NDArray[np.int64]
    item: NDArray[np.int64]
    is_shown: NDArray[np.bool_]
    polarity: NDArray[np.float32]
    time_us: NDArray[np.int64]
    likes: NDArray[np.int32]
    seen: NDArray[np.int32]
    aspects: Any
    aspect_names: NDArray[np.str_]

    @classmethod
    def of(cls, store: Store, facts: pl.DataFrame, reactions: pl.DataFrame) -> Self:
        """Read the posts of a store.

        Args:
            store: posts.
            facts: of sentiment and opinions, as ``read_facts`` gives them.
            reactions: what people did with posts, as ``read_doings`` gives it.
        Complexity: linear in posts, facts and reactions.
        """
        posts = pl.concat([_EMPTY, *(chunk.select(*_EMPTY.columns) for chunk in store.posts())])
        entities = store.entities_since(Kind.POST, -1)
        votes = _votes(reactions, posts.select("person", item="number"), store.count(Kind.POST))
        return cls.made(posts, entities, facts, *votes)

    @classmethod
    def made(
        cls,
        posts: pl.DataFrame,
        entities: pl.DataFrame,
        facts: pl.DataFrame,
        likes: NDArray[np.int32],
        seen: NDArray[np.int32],
        aspect_names: NDArray[np.str_] = _NO_NAMES,
    ) -> Self:
        """Make the table of n posts of what is stored of them.

        Args:
            posts: number below n, person, item, kind, rating and time_us of those that were written.
            entities: number, id and attributes.
            facts: kind, subject, name, value, confidence and source.
            likes: (n,) people who liked each.
            seen: (n,) people who did anything with it.
            aspect_names: names that come first, in this order.
        """
        n = len(likes)
        number = posts["number"].to_numpy()
        author, item = np.full(n, -1, np.int64), np.full(n, -1, np.int64)
        author[number] = posts["person"].fill_null(-1).to_numpy()
        item[number] = posts["item"].fill_null(-1).to_numpy()
        time_us = np.full(n, NO_TIME, np.int64)
        time_us[number] = posts["time_us"].fill_null(NO_TIME).to_numpy()
        is_shown = np.zeros(n, bool)
        is_shown[number] = posts["kind"].is_in(KINDS).to_numpy()
        is_shown[_private(entities)] = False
        polarity = np.full(n, np.nan, np.float32)
        rating = (posts["rating"].to_numpy() - _MIDDLE) / _REACH
        polarity[number] = np.clip(rating, -1, 1)
        aspects, names = _aspects(facts, entities, n, aspect_names)
        told = _told(facts, n)
        # Who gave five stars is not called unhappy for a text that reads as blame.
        praise = np.nan_to_num(polarity[told[0]]).clip(0)
        polarity[told[0]] = np.where(told[1] < 0, told[1] + praise, told[1])
        return cls(
            author, item, is_shown & (author >= 0), polarity, time_us, likes, seen, aspects, names
        )

    def __len__(self) -> int:
        return len(self.author)

    @cached_property
    def helpful(self) -> NDArray[np.float32]:
        """(n,) lower bound of the share of those who saw a post that liked it."""
        return wilson_bound(self.likes, self.seen)

    @cached_property
    def is_critical(self) -> NDArray[np.bool_]:
        """(n,) bool, whether a post finds fault; false where its polarity is not known."""
        return np.nan_to_num(self.polarity) < CRITICAL

    @cached_property
    def by_author(self) -> PostIndex:
        """Posts that are shown, by who wrote them."""
        return PostIndex.of(np.flatnonzero(self.is_shown), self.author, self.time_us)

    @cached_property
    def by_item(self) -> PostIndex:
        """Posts that are shown, by what they are about."""
        return PostIndex.of(np.flatnonzero(self.is_shown), self.item, self.time_us)

    @cached_property
    def critical_by_item(self) -> PostIndex:
        """Critical posts that are shown, by what they are about."""
        return PostIndex.of(
            np.flatnonzero(self.is_shown & self.is_critical), self.item, self.time_us
        )

    @cached_property
    def all_by_time(self) -> PostIndex:
        """Posts that are shown, all under one key."""
        zeros = np.zeros(len(self), np.int64)
        return PostIndex.of(np.flatnonzero(self.is_shown), zeros, self.time_us)

    def rows(self, posts: NDArray[np.int64]) -> PostTable:
        """Return the table of some posts, (p,) numbers, in their order.

        Complexity: O(p).
        """
        plain = {name: getattr(self, name)[posts] for name in _PLAIN}
        return PostTable(aspects=self.aspects[posts], aspect_names=self.aspect_names, **plain)

    def fresh(self, now_us: int) -> NDArray[np.float32]:
        """Return (n,) float32: 1 for a post of now, halved every two weeks; 0 without a time or in the future."""
        is_past = (self.time_us != NO_TIME) & (self.time_us <= now_us)
        age_days = (now_us - np.where(is_past, self.time_us, now_us)) / _DAY_US
        return np.where(is_past, 2.0 ** (-age_days / HALF_LIFE_DAYS), 0).astype(np.float32)

    def heeded(self, cared: Mapping[str, float]) -> NDArray[np.float32]:
        """Return (n,) float32, how far posts speak of the aspects a reader cares about, 0 to 1.

        Args:
            cared: aspect → how often the reader spoke of it.
        """
        weight = np.array([cared.get(name, 0.0) for name in self.aspect_names.tolist()])
        whole = np.sqrt(np.sum(weight**2))
        if not whole:
            return np.zeros(len(self), np.float32)
        length = np.sqrt(np.maximum(np.diff(self.aspects.indptr), 1))
        return np.asarray((self.aspects @ (weight / whole)) / length, np.float32)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the arrays of a snapshot."""
        plain = {n: getattr(self, n) for n in self.__dataclass_fields__ if n != "aspects"}
        return plain | csr_arrays("aspects", self.aspects)

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Self:
        """Open what ``arrays`` gave, without copying."""
        shape = (len(arrays["author"]), len(arrays["aspect_names"]))
        aspects = csr_from("aspects", arrays, shape)
        plain = (n for n in cls.__dataclass_fields__ if n != "aspects")
        return cls(aspects=aspects, **{n: arrays[n] for n in plain})


_PLAIN = tuple(n for n in PostTable.__dataclass_fields__ if not n.startswith("aspect"))
_EMPTY = pl.DataFrame(
    schema={
        "number": pl.Int64, "person": pl.Int64, "item": pl.Int64, "kind": pl.String, "rating": pl.Float64,
        "time_us": pl.Int64,
    }
)  # fmt: skip


def _private(entities: pl.DataFrame) -> NDArray[np.int64]:
    """Return the posts whose attributes keep them from others."""
    said = entities.filter(pl.col("attributes").str.contains("visibility", literal=True))
    rows = said.select("number", "attributes").iter_rows()
    return np.array([number for number, told in rows if is_private(json.loads(told))], np.int64)


def _told(facts: pl.DataFrame, n: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Return posts whose text was read, and how it feels."""
    if facts.is_empty():
        return np.empty(0, np.int64), np.empty(0, np.float32)
    is_mood = (pl.col("name") == "sentiment") & (pl.col("kind") == int(Kind.POST))
    own = facts.filter(is_mood & pl.col("value").is_in(list(_MOODS)) & (pl.col("subject") < n))
    felt = own["value"].replace_strict(_MOODS, return_dtype=pl.Float64) * own["confidence"]
    return own["subject"].to_numpy(), felt.to_numpy().astype(np.float32)


def _aspects(
    facts: pl.DataFrame, entities: pl.DataFrame, n: int, names: NDArray[np.str_]
) -> tuple[Any, NDArray[np.str_]]:
    """Return (n, n_aspects) CSR of what posts speak of, and the names of aspects, those given first."""
    if facts.is_empty() or entities.is_empty():
        return sparse.csr_array((n, names.size), dtype=np.float32), names
    posts = entities.select(source="post:" + pl.col("id"), post="number")
    said = facts.filter(pl.col("name").str.starts_with(_OPINION)).join(posts, on="source")
    said = said.select("post", aspect=pl.col("name").str.strip_prefix(_OPINION)).unique()
    told = np.array(said["aspect"].to_list(), np.str_)
    names = np.concatenate([names, np.setdiff1d(told, names)])
    order = np.argsort(names)
    place = order[np.searchsorted(names, told, sorter=order)]
    ones = np.ones(said.height, np.float32)
    at = (said["post"].to_numpy(), place)
    matrix = sparse.csr_array((ones, at), shape=(n, names.size))
    matrix.sort_indices()
    return matrix, names


def _votes(
    reactions: pl.DataFrame, own: pl.DataFrame, n: int
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return how many people but its author liked each post, and how many did anything with it."""
    done = reactions.join(own, on=["person", "item"], how="anti")
    weight = pl.col("type").replace_strict(WEIGHTS, default=_AT_ALL, return_dtype=pl.Float64)
    voters = done.group_by("person", "item").agg(
        likes=(weight.max() > WEIGHTS["click"]) & (weight.min() >= 0)
    )
    liked = voters.filter("likes")["item"].to_numpy()
    counts = (np.bincount(posts, minlength=n) for posts in (liked, voters["item"].to_numpy()))
    likes, seen = (count.astype(np.int32) for count in counts)
    return likes, seen
