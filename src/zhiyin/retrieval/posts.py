"""Candidates that people wrote: reviews and shares."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import NDArray

from zhiyin.core import Candidates, Kind, Query
from zhiyin.portraits.live_posts import LivePosts
from zhiyin.portraits.post_signals import WEIGHTS, cared_of, post_signals
from zhiyin.portraits.post_table import PostTable
from zhiyin.portraits.society import Society
from zhiyin.privacy.consent import HIDDEN

_SPARE = 2  # so many times what is asked for is looked at, since some authors are hidden
_LIKELY = 50  # items of either kind that will probably be shown beside posts
_OF_AUTHOR, _OF_ITEM, _FAULTY, _LATEST = 50, 20, 3, 500  # posts that are looked at
_FAULTS = 0.2  # of what is proposed, at most, finds fault with items that are shown


class Posts:
    """Proposes posts by tie, fit, aspects, helpfulness, freshness and novelty, and critical ones of the same items.

    Looked at are posts of the circle, about items that will probably be shown, and the latest of all. A person's own are
    left out, and those of people who hide.
    """

    name = "posts"

    def __init__(
        self,
        society: Society,
        posts: LivePosts,
        consents: Callable[[NDArray[np.int64]], NDArray[np.uint8]],
    ) -> None:
        self._society = society
        self._posts = posts
        self._consents = consents

    def retrieve(self, query: Query, limit: int) -> Candidates:
        """Return posts written before the query's time, the best first; the last may be there for finding fault."""
        now_us = query.time_us
        posts, table = self._looked_at(query, now_us)
        signals = post_signals(
            table,
            query.fields,
            now_us=now_us,
            cared=cared_of(self._society.texts, query.person),
            likeness=query.fields["likeness"],
        )
        scores = np.sum([weight * signals[name] for name, weight in WEIGHTS.items()], axis=0)
        order = np.argsort(-scores, kind="stable")
        n_faults = int(limit * _FAULTS)
        best = self._willing(table, order[: _SPARE * limit])[: limit - n_faults]
        items = np.union1d(self._likely(query), table.item[best])
        rest = order[table.is_critical[order] & ~np.isin(order, best)]
        rest = rest[np.isin(table.item[rest], items[items >= 0])]
        critical = self._willing(table, rest[: _SPARE * n_faults])[:n_faults]
        chosen = np.concatenate([best, critical])
        return Candidates.of(posts[chosen], scores[chosen], kind=Kind.POST, source=self.name)

    def _looked_at(self, query: Query, now_us: int) -> tuple[NDArray[np.int64], PostTable]:
        """Return posts of the circle, about items that will probably be shown, and the latest; ascending."""
        newest, items = partial(self._posts.newest, now_us=now_us), self._likely(query)
        found = [
            newest("author", query.fields["circle"], most=_OF_AUTHOR),
            newest("item", items, most=_OF_ITEM),
            newest("critical", items, most=_FAULTY),
            newest("time", np.zeros(1, np.int64), most=_LATEST),
        ]
        posts = np.unique(np.concatenate(found))
        table = self._posts.rows(posts)
        is_meant = table.is_shown
        if query.person is not None:
            is_meant = is_meant & (table.author != query.person)
        rows = np.flatnonzero(is_meant)
        return posts[rows], table.rows(rows)

    def _willing(self, table: PostTable, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the rows of posts whose authors do not hide."""
        if not rows.size:
            return rows
        authors, place = np.unique(table.author[rows], return_inverse=True)
        return rows[(self._consents(authors) > HIDDEN)[place]]

    def _likely(self, query: Query) -> NDArray[np.int64]:
        """Return items that other sources will probably propose."""
        friends = query.fields["friend_item"][:_LIKELY]
        affinity = query.fields.get("affinity", np.empty(0, np.float32))
        most = min(_LIKELY, affinity.size)
        return np.union1d(friends, np.argpartition(-affinity, most - 1)[:most] if most else [])
