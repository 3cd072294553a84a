"""A feed of several kinds: goods, places, posts and people by turns, with a critical voice among them."""

from __future__ import annotations

from collections import Counter

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from zhiyin.core import Candidates, Kind, Query
from zhiyin.portraits.live_posts import LivePosts
from zhiyin.registry import PartConfig

_GROUPS = ("goods", "places", "posts", "people")


class FeedMix:
    """Takes the kinds in turn so that each has about its part of every beginning of the page.

    No author and no item has more than ``repeats`` posts. Where a critical post of an item shown is to be had and none is on
    the page, it takes the place of the last post.
    """

    name = "feed_mix"

    class Config(PartConfig):
        """Options of `FeedMix`."""

        goods: float = Field(0.45, ge=0, le=1, description="Part of the page that goods have.")
        places: float = Field(0.1, ge=0, le=1, description="Part that places have.")
        posts: float = Field(0.35, ge=0, le=1, description="Part that posts have.")
        people: float = Field(0.1, ge=0, le=1, description="Part that people have.")
        repeats: int = Field(2, ge=1, description="Posts of one author, or about one item.")

    def __init__(self, config: Config, posts: LivePosts) -> None:
        self._config = config
        self._posts = posts

    def rerank(self, query: Query, candidates: Candidates, k: int) -> NDArray[np.int64]:
        """Return at most k positions, of each kind in the order they came; beyond a full page, what is left over follows."""
        n = min(query.n, k)
        group = self._groups(query, candidates)
        author, item, is_critical = self._about(candidates)
        waiting = {
            name: np.flatnonzero(group == n)[::-1].tolist() for n, name in enumerate(_GROUPS)
        }
        counts: Counter[tuple[str, int]] = Counter()
        taken: Counter[str] = Counter()
        chosen: list[int] = []
        while len(chosen) < n:
            left = [name for name in _GROUPS if waiting[name]]
            if not left:
                break
            due = [getattr(self._config, name) * (len(chosen) + 1) - taken[name] for name in left]
            name = left[int(np.argmax(due))]
            row = waiting[name].pop()
            if name == "posts":
                keys = ("author", int(author[row])), ("item", int(item[row]))
                if any(key[1] >= 0 and counts[key] >= self._config.repeats for key in keys):
                    continue
                counts.update(keys)
            taken[name] += 1
            chosen.append(row)
        page = self._with_fault(candidates, np.array(chosen, np.int64), item, is_critical)
        rest = np.delete(np.arange(len(candidates)), page)
        return np.append(page, rest[: k - n]) if page.size == n else page

    def _groups(self, query: Query, candidates: Candidates) -> NDArray[np.int64]:
        """Return (n,) places in ``_GROUPS``."""
        group = np.zeros(len(candidates), np.int64)
        places = np.sort(query.fields.get("near_item", np.empty(0, np.int64)))
        group[candidates.are_items_of(places)] = _GROUPS.index("places")
        group[candidates.kinds == Kind.POST] = _GROUPS.index("posts")
        group[candidates.kinds == Kind.PERSON] = _GROUPS.index("people")
        return group

    def _about(
        self, candidates: Candidates
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
        """Return (n,) the authors of posts and the items they are about, an item itself for an item, else -1; and bool,
        whether they are critical.
        """
        is_post = (candidates.kinds == Kind.POST) & (candidates.ids < len(self._posts))
        posts = self._posts.rows(candidates.ids[is_post])
        author = np.full(len(candidates), -1, np.int64)
        author[is_post] = posts.author
        item = np.where(candidates.kinds == Kind.ITEM, candidates.ids, -1)
        item[is_post] = posts.item
        is_critical = is_post.copy()
        is_critical[is_post] = posts.is_critical
        return author, item, is_critical

    @staticmethod
    def _with_fault(
        candidates: Candidates,
        chosen: NDArray[np.int64],
        item: NDArray[np.int64],
        is_critical: NDArray[np.bool_],
    ) -> NDArray[np.int64]:
        """Return the chosen rows with a critical post among them, where there is one of an item shown."""
        posts = chosen[candidates.kinds[chosen] == Kind.POST]
        if not posts.size or is_critical[chosen].any():
            return chosen
        last = np.flatnonzero(chosen == posts[-1])
        shown = np.delete(item[chosen], last)
        about = np.isin(item, shown[shown >= 0]) & is_critical
        about[chosen] = False
        if about.any():
            chosen[last] = np.flatnonzero(about)[0]
        return chosen
