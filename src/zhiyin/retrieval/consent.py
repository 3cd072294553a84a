"""Keeps posts and people that may be shown now."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from zhiyin.core import Candidates, Kind, Query
from zhiyin.portraits.live_posts import LivePosts
from zhiyin.privacy.consent import HIDDEN


class Consented:
    """Drops for good posts that are private or whose author hides, and people who hide.

    Of a reader and somebody of whom either blocks, mutes or distrusts the other, each hides from the other.
    """

    name = "consented"
    is_hard = True

    def __init__(
        self,
        posts: LivePosts,
        consents: Callable[[NDArray[np.int64], int | None], NDArray[np.uint8]],
    ) -> None:
        self._posts = posts
        self._consents = consents

    def keep(self, query: Query, candidates: Candidates) -> NDArray[np.bool_]:
        """Return true for items, and for the posts and people that may be shown."""
        keep = np.asarray(candidates.kinds == Kind.ITEM, bool)
        is_post = (candidates.kinds == Kind.POST) & (candidates.ids < len(self._posts))
        posts = self._posts.rows(candidates.ids[is_post])
        who = candidates.ids.copy()
        who[is_post] = posts.author
        is_post[is_post] = posts.is_shown
        asked = np.flatnonzero(is_post | (candidates.kinds == Kind.PERSON))
        if asked.size:
            people, place = np.unique(who[asked], return_inverse=True)
            keep[asked] = (self._consents(people, query.person) > HIDDEN)[place]
        return keep
