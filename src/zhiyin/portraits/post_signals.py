"""How much a post has to say to a reader, as the sum of what speaks for it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.portraits.own_texts import OwnTexts
from zhiyin.portraits.post_table import PostTable

WEIGHTS: Mapping[str, float] = MappingProxyType(
    {"tie": 0.45, "match": 0.1, "close_match": 0.2, "aspects": 0.05, "helpful": 0.08, "fresh": 0.07, "novel": 0.05}
)  # fmt: skip
"""Signal → weight; they sum to 1. Chosen on a sample shop that tells nothing of aspects nor of age: see ``benchmarks/posts.py``."""


def post_signals(
    posts: PostTable,
    fields: Mapping[str, NDArray[Any]],
    *,
    now_us: int,
    cared: Mapping[str, float],
    likeness: NDArray[np.float32],
) -> dict[str, NDArray[np.float32]]:
    """Return signal → (p,) float32 from 0 to 1.

    ``tie``: how close the reader is to the author. ``match``: how well the item fits the reader. ``close_match``: both at
    once, since what friends say of what one wants is read most. ``aspects``: it speaks of what the reader cares about.
    ``helpful``: how many of those who saw it liked it, at least. ``fresh``: halved every two weeks. ``novel``: 1 where the
    reader does not have the item yet.

    Args:
        posts: those in question.
        fields: of the query; ``circle``, ``circle_strength``, ``affinity`` and ``had`` are read where they are.
        now_us: of the query.
        cared: aspect → how often the reader spoke of it.
        likeness: (n_items,) cosine of the portraits of the reader and of items.
    """
    tie, item = _tie(fields, posts.author), posts.item
    match = item_match(item, fields.get("affinity"), likeness)
    had = np.isin(item, fields.get("had", np.empty(0, np.int64)))
    return {
        "tie": tie,
        "match": match,
        "close_match": np.sqrt(tie * match),
        "aspects": posts.heeded(cared),
        "helpful": posts.helpful,
        "fresh": posts.fresh(now_us),
        "novel": (~had & (item >= 0)).astype(np.float32),
    }


def cared_of(texts: OwnTexts, person: int | None) -> dict[str, float]:
    """Return aspect → how often a person spoke of it; nothing for nobody."""
    if person is None:
        return {}
    own = texts.of_person(person)
    names, counts = np.unique(own.aspect[own.aspect != ""], return_counts=True)
    return dict(zip(names.tolist(), counts.astype(float).tolist(), strict=True))


def item_match(
    items: NDArray[np.int64], affinity: NDArray[np.float32] | None, likeness: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return (p,) float32 from 0 to 1, how well items fit: the mean of affinity over its highest, and of likeness.

    Args:
        items: (p,) numbers, -1 for none.
        affinity: (n_items,) of the model; None where there is none.
        likeness: (n_items,) cosines.
    """
    found = _at(likeness, items)
    if affinity is None or affinity.max(initial=0) <= 0:
        return found
    fit = _at(np.maximum(affinity, 0) / affinity.max(), items)
    return np.asarray((fit + found) / 2, np.float32)


def _tie(fields: Mapping[str, NDArray[Any]], authors: NDArray[np.int64]) -> NDArray[np.float32]:
    circle = fields.get("circle", np.empty(0, np.int64))
    if not circle.size:
        return np.zeros(authors.size, np.float32)
    at = np.minimum(np.searchsorted(circle, authors), circle.size - 1)
    strength = np.where(circle[at] == authors, fields["circle_strength"][at], 0)
    return strength.astype(np.float32)


def _at(values: NDArray[np.float32], items: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return the values of items, from 0 to 1, 0 for those that are none or new."""
    known = (items >= 0) & (items < len(values))
    if not known.any():
        return np.zeros(items.size, np.float32)
    found = np.where(known, values[np.where(known, items, 0)], 0)
    return np.clip(found, 0, 1).astype(np.float32)
