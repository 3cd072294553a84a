"""One scale for goods, places, posts and people, as a sum of named parts."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.core import Candidates, Kind, Query
from zhiyin.portraits.live_posts import LivePosts
from zhiyin.portraits.post_signals import WEIGHTS, cared_of, item_match, post_signals
from zhiyin.portraits.society import Society

Parts = dict[str, NDArray[np.float32]]

_ITEM = {"taste": 0.55, "told": 0.45, "friends": 0.3, "near": 0.3, "popular": 0.1, "fresh": 0.05}
_FOLLOW = 0.5
_HALF_SAID = 0.5  # so much of friends' say, in purchases of the closest, gives half of what it can
_FIRST = 61.0  # what makes the fused score of the first of one source 1


class Feed:
    """Judges goods and places by taste, own words, friends and nearness, posts by what they have to say to the reader."""

    name = "feed"

    def __init__(self, society: Society, posts: LivePosts) -> None:
        self._society = society
        self._posts = posts

    def score(self, query: Query, candidates: Candidates) -> NDArray[np.float32]:
        """Return the sum of the parts, float32 (n,), 0 to about 1 for every kind."""
        parts = self.parts(query, candidates)
        score: NDArray[np.float32] = np.sum(list(parts.values()), axis=0, dtype=np.float32)
        return score

    def parts(self, query: Query, candidates: Candidates) -> Parts:
        """Return name → (n,) float32 part of each score."""
        return feed_parts(query, candidates, self._society, self._posts)


def feed_parts(query: Query, candidates: Candidates, society: Society, posts: LivePosts) -> Parts:
    """Return name → (n,) float32 part of each candidate's score, 0 where a part is not of its kind.

    Parts of goods and places are ``taste``, ``told``, ``friends``, ``near``, ``popular`` and ``fresh``, of posts the signals of
    ``post_signals`` after ``post.``, of people ``follow``.
    """
    parts: Parts = {}
    for kind in (Kind.ITEM, Kind.POST):
        judged = _items if kind == Kind.ITEM else _posts
        rows = np.flatnonzero(candidates.kinds == kind)
        for name, values in judged(query, candidates.take(rows), society, posts).items():
            parts[name] = np.zeros(len(candidates), np.float32)
            parts[name][rows] = values
    is_person = candidates.kinds == Kind.PERSON
    follow = _FOLLOW * np.clip(_FIRST * candidates.scores, 0, 1)
    return parts | {"follow": np.where(is_person, follow, 0).astype(np.float32)}


def _items(query: Query, items: Candidates, society: Society, posts: LivePosts) -> Parts:
    fields, zeros = query.fields, np.zeros(len(items), np.float32)
    said = _summed(items.ids, fields.get("friend_item"), fields.get("friend_amount"))
    near = _summed(items.ids, fields.get("near_item"), fields.get("near_score"))
    found: dict[str, NDArray[np.floating[Any]]] = {
        "taste": item_match(items.ids, fields.get("affinity"), likeness_of(query, society)),
        "told": _summed(items.ids, fields.get("told_item"), fields.get("told_score")),
        "friends": np.maximum(said, 0) / (np.maximum(said, 0) + _HALF_SAID),
        "near": near,
        "popular": np.asarray(items.fields.get("popularity", zeros)),
        "fresh": np.asarray(items.fields.get("freshness", zeros)),
    }
    return {n: np.asarray(weight * found[n], np.float32) for n, weight in _ITEM.items()}


def _posts(query: Query, candidates: Candidates, society: Society, posts: LivePosts) -> Parts:
    known = candidates.ids < len(posts)
    signals = post_signals(
        posts.rows(candidates.ids[known]),
        query.fields,
        now_us=query.time_us,
        cared=cared_of(society.texts, query.person),
        likeness=likeness_of(query, society),
    )
    parts: Parts = {}
    for name, weight in WEIGHTS.items():
        parts[f"post.{name}"] = np.zeros(len(candidates), np.float32)
        parts[f"post.{name}"][known] = weight * signals[name]
    return parts


def likeness_of(query: Query, society: Society) -> NDArray[np.float32]:
    """Return the query's field ``likeness``, zeros where it is missing."""
    found = query.fields.get("likeness")
    return np.zeros(len(society.items), np.float32) if found is None else found


def _summed(
    items: NDArray[np.int64], told: NDArray[np.int64] | None, amounts: NDArray[np.float32] | None
) -> NDArray[np.float32]:
    """Return (n,) the sums of amounts that are told of each item."""
    if told is None or amounts is None or not items.size:
        return np.zeros(items.size, np.float32)
    order = np.argsort(items)
    at = np.minimum(np.searchsorted(items[order], told), items.size - 1)
    hit = items[order][at] == told
    return np.bincount(order[at[hit]], amounts[hit], items.size).astype(np.float32)
