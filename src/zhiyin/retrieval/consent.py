"""Keeps posts and people that may be shown now."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from zhiyin.core import Candidates, Kind, Query
from zhiyin.portraits.post_table import PostTable
from zhiyin.privacy.consent import HIDDEN, levels
from zhiyin.store.store import Store


class Consents:
    """Tells what people allow at this moment.

    >>> import tempfile
    >>> from zhiyin.core import Person
    >>> from zhiyin.store.frames import frame
    >>> with tempfile.TemporaryDirectory() as folder, Store.open(f"{folder}/shop.db") as store:
    ...     _ = store.write("users", frame([Person("an", attributes={"social": "hidden"}), Person("bo")]))
    ...     Consents(store)(np.array([0, 1])).tolist()
    [0, 1]
    """

    def __init__(self, store: Store) -> None:
        self._people = store.people

    def __call__(self, people: NDArray[np.int64]) -> NDArray[np.uint8]:
        """Return (n,) uint8: ``HIDDEN``, ``COUNTED`` or ``NAMED``."""
        return levels(self._people.attributes(people.tolist()))


class Consented:
    """Drops for good posts that are private or whose author hides, and people who hide."""

    name = "consented"
    is_hard = True

    def __init__(
        self, posts: PostTable, consents: Callable[[NDArray[np.int64]], NDArray[np.uint8]]
    ) -> None:
        self._posts = posts
        self._consents = consents

    def keep(self, query: Query, candidates: Candidates) -> NDArray[np.bool_]:
        """Return true for items, and for the posts and people that may be shown."""
        keep = np.asarray(candidates.kinds == Kind.ITEM, bool)
        is_post = (candidates.kinds == Kind.POST) & (candidates.ids < len(self._posts))
        is_post[is_post] = self._posts.is_shown[candidates.ids[is_post]]
        who = candidates.ids.copy()
        who[is_post] = self._posts.author[candidates.ids[is_post]]
        asked = np.flatnonzero(is_post | (candidates.kinds == Kind.PERSON))
        if asked.size:
            people, place = np.unique(who[asked], return_inverse=True)
            keep[asked] = (self._consents(people) > HIDDEN)[place]
        return keep
