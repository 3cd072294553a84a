"""The posts of a training, and in their place or beside them those that changed since."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy import sparse

from zhiyin.core import Kind
from zhiyin.portraits.post_table import PostIndex, PostTable
from zhiyin.store.store import Store

By = Literal["author", "item", "critical", "time"]
"""By what posts are looked up: who wrote them, what they are about, the same for critical ones, or nothing."""

_INDEXES = {
    "author": "by_author", "item": "by_item", "critical": "critical_by_item", "time": "all_by_time",
}  # fmt: skip


class LivePosts:
    """All posts by number, as a training found them or as they are since they changed.

    The table of the training is never copied. What changed is a table of its own, which is replaced as a whole, so that
    readers need no lock; its size bounds what a page pays for it.

    Args:
        table: of the training.

    >>> import tempfile
    >>> from zhiyin.core import Post
    >>> from zhiyin.portraits.reading import read_doings
    >>> from zhiyin.store.frames import frame
    >>> with tempfile.TemporaryDirectory() as folder, Store.open(f"{folder}/shop.db") as store:
    ...     posts = LivePosts(PostTable.of(store, pl.DataFrame(), read_doings(store, Kind.POST)))
    ...     _ = store.write("posts", frame([Post("p", "an", "tea", rating=5.0)]))
    ...     posts.read(store, np.array([0]))
    ...     len(posts), posts.rows(np.array([0])).polarity.tolist()
    (1, [1.0])
    """

    def __init__(self, table: PostTable) -> None:
        none = np.empty(0, np.int64)
        self._table = table
        self._changed = none, table.rows(none)

    def __len__(self) -> int:
        numbers, _ = self._changed
        return max(len(self._table), int(numbers.max(initial=-1)) + 1)

    @property
    def trained(self) -> PostTable:
        """The posts as the training found them."""
        return self._table

    @property
    def changed(self) -> NDArray[np.int64]:
        """Numbers of the posts that were read since the training, ascending."""
        return self._changed[0]

    def rows(self, posts: NDArray[np.int64]) -> PostTable:
        """Return the table of some posts below the length, (p,) numbers, in their order.

        Complexity: O(p log changed).
        """
        return _rows(self._table, self._changed, posts)

    def newest(
        self, by: By, wanted: NDArray[np.int64], *, most: int, now_us: int
    ) -> NDArray[np.int64]:
        """Return the last shown posts of each of some keys that were written by a time, at most ``most`` of each.

        Args:
            by: what the keys are.
            wanted: (k,) people or items; a single 0 where all have one key.
            most: of each key.
            now_us: by when.
        Complexity: O(keys log posts + what is returned + changed).
        """
        numbers, changed = given = self._changed
        index: PostIndex = getattr(self._table, _INDEXES[by])
        if not numbers.size:
            return index.newest(wanted, most=most, now_us=now_us)
        # Those that changed may have been the newest: as many more are looked at.
        spare = int(np.searchsorted(numbers, len(self._table)))
        old = index.newest(wanted, most=most + spare, now_us=now_us)
        own: PostIndex = getattr(changed, _INDEXES[by])
        new = numbers[own.newest(wanted, most=most, now_us=now_us)]
        posts = np.sort(np.concatenate([old[~np.isin(old, numbers)], new]))
        found = _rows(self._table, given, posts)
        keys = {"author": found.author, "time": np.zeros(posts.size, np.int64)}.get(by, found.item)
        kept = PostIndex.of(np.arange(posts.size), keys, found.time_us)
        return posts[kept.newest(wanted, most=most, now_us=now_us)]

    def read(self, store: Store, numbers: NDArray[np.int64]) -> None:
        """Take some posts as they are in the store now; one writer at a time.

        Votes are those of the training.

        Args:
            store: where they are.
            numbers: (k,) int64 ascending.
        Complexity: O(k + changed), and k look-ups.
        """
        posts, facts = store.since.posts(numbers)
        place = {"old": numbers, "new": np.arange(numbers.size)}
        posts = posts.with_columns(pl.col("number").replace_strict(**place, return_dtype=pl.Int64))
        is_post = pl.col("kind") == int(Kind.POST)
        own = pl.col("subject").replace_strict(**place, default=numbers.size, return_dtype=pl.Int64)
        facts = facts.with_columns(subject=pl.when(is_post).then(own).otherwise("subject"))
        likes, seen = np.zeros((2, numbers.size), np.int32)
        known = numbers < len(self._table)
        likes[known] = self._table.likes[numbers[known]]
        seen[known] = self._table.seen[numbers[known]]
        old_numbers, old = self._changed
        read = PostTable.made(posts, posts, facts, likes, seen, old.aspect_names)
        kept = np.flatnonzero(~np.isin(old_numbers, numbers))
        both = np.concatenate([old_numbers[kept], numbers])
        order = np.argsort(both)
        self._changed = both[order], _joined(old.rows(kept), read).rows(order)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the arrays of a snapshot, of the training alone."""
        return self._table.arrays()


def _rows(
    table: PostTable, changed: tuple[NDArray[np.int64], PostTable], posts: NDArray[np.int64]
) -> PostTable:
    numbers, new = changed
    place = np.searchsorted(numbers, posts)
    is_new = np.isin(posts, numbers)
    if not is_new.any():
        return table.rows(posts)
    both = _joined(table.rows(posts[~is_new]), new.rows(place[is_new]))
    return both.rows(np.argsort(np.argsort(is_new, kind="stable"), kind="stable"))


def _joined(one: PostTable, other: PostTable) -> PostTable:
    """Return the rows of two tables; the second may know aspects more than the first, after those."""
    names = other.aspect_names
    one.aspects.resize((len(one), names.size))
    columns = {
        name: np.concatenate([getattr(one, name), getattr(other, name)])
        for name in one.arrays()
        if not name.startswith("aspect")
    }
    aspects = sparse.vstack([one.aspects, other.aspects], format="csr")
    return PostTable(aspects=aspects, aspect_names=names, **columns)
