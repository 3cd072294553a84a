"""What a training learns of people: their ties, their communities, and the portraits of people and of items."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.core import Kind
from zhiyin.core.interactions import Interactions
from zhiyin.core.progress import Progress, untold
from zhiyin.portraits.item_table import ItemPortraits
from zhiyin.portraits.keywords import ItemWords
from zhiyin.portraits.live_posts import LivePosts
from zhiyin.portraits.other_lists import no_lists, read_lists
from zhiyin.portraits.own_texts import OwnTexts
from zhiyin.portraits.post_table import PostTable
from zhiyin.portraits.reading import (
    read_doings,
    read_facts,
    read_items,
    read_own_texts,
    read_table,
    read_words,
)
from zhiyin.portraits.rebuying import Rebuying
from zhiyin.portraits.table import PortraitTable
from zhiyin.portraits.together import Together
from zhiyin.portraits.trend import Trend
from zhiyin.portraits.web_of_trust import WebOfTrust
from zhiyin.social.closeness import Closeness
from zhiyin.social.communities import communities
from zhiyin.social.reading import Mood, claims_of, read_declared, read_exchanges
from zhiyin.store.since import Marks
from zhiyin.store.store import Store

_PARTS = (
    "closeness", "items", "table", "texts", "words", "posts", "trust", "together", "rebuying", "trend",
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Society:
    """People and items as of a training.

    Attributes:
        closeness: who is how close to whom.
        community: (n_people,) int64, -1 for who is tied to nobody.
        table: portraits of people, over those of items.
        texts: what people felt and thought in their own posts.
        words: of items' titles.
        posts: what people wrote.
        trust: who trusts whom.
        together: what is bought together.
        rebuying: what is bought again.
        trend: what rises.
        last_us: of the latest event it was learned from.
        marks: how far the store had come; ``Live`` takes in what is newer.
        zone: where the people live.
    """

    closeness: Closeness
    community: NDArray[np.int64]
    table: PortraitTable
    texts: OwnTexts
    words: ItemWords
    posts: LivePosts
    trust: WebOfTrust
    together: Together
    rebuying: Rebuying
    trend: Trend
    last_us: int
    marks: Marks
    zone: str = "UTC"

    @property
    def items(self) -> ItemPortraits:
        """Portraits of items."""
        return self.table.items

    @classmethod
    def learned(
        cls,
        store: Store,
        events: Interactions,
        *,
        n_people: int,
        vectors: NDArray[np.floating[Any]],
        mood: Mood | None = None,
        zone: str = "UTC",
        progress: Progress = untold,
    ) -> Society:
        """Learn from all that the store holds of people.

        Args:
            store: ties, exchanges, posts, facts and events.
            events: of everybody, as the models learn from them.
            n_people: people are numbered below it.
            vectors: (n_items, dim) of items' texts, centred, 0 where there is none.
            mood: of what people say to one another.
            zone: where they live.
            progress: told after ties, and after portraits.
        """
        declared, n_items, marks = read_declared(store), len(vectors), store.since.marks()
        closeness = Closeness.learned(
            declared,
            claims_of(declared, store),
            read_exchanges(store, mood),
            events,
            n_people=n_people,
            n_items=n_items,
        )
        community, _ = communities(closeness.matrix(n_people))
        progress(0.5, closeness.one.size)
        facts = read_facts(store)
        touched, chosen = (rows(n_people, n_items) for rows in (events.touched, events.rows))
        items = read_items(store, vectors, facts, touched=touched, chosen=chosen)
        texts = read_own_texts(store, facts)
        table = read_table(store, items, texts, until=marks.event, zone=zone)
        progress(1.0, n_people)
        last_us = int(events.time_us.max(initial=0))
        words, reactions = read_words(store, n_items), read_doings(store, Kind.POST)
        posts = PostTable.of(store, facts, reactions)
        trust = WebOfTrust.read(
            store, declared, reactions, posts.author, n_people=n_people, n_items=n_items
        )
        lists = read_lists(
            store, items, vectors, touched, community, until=marks.event, last_us=last_us
        )
        return cls(
            closeness, community, table, texts, words, LivePosts(posts), trust, *lists, last_us, marks, zone
        )  # fmt: skip

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the arrays of a snapshot."""
        own = {"community": self.community, "last_us": np.array(self.last_us)}
        own["marks"] = np.array(self.marks, np.int64)
        for part in _PARTS:
            arrays = getattr(self, part).arrays()
            own |= {f"{part}.{name}": array for name, array in arrays.items()}
        return own

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]], *, zone: str = "UTC") -> Society:
        """Open what ``arrays`` gave, without copying."""
        parts: dict[str, dict[str, NDArray[Any]]] = {part: {} for part in _PARTS}
        for name, array in arrays.items():
            part, _, rest = name.partition(".")
            if rest:
                parts[part][rest] = array
        items = ItemPortraits.from_arrays(parts["items"])
        lists = no_lists(len(arrays["community"]), len(items))
        if parts["trend"]:
            lists = (
                Together.from_arrays(parts["together"]),
                Rebuying.from_arrays(parts["rebuying"]),
                Trend.from_arrays(parts["trend"]),
            )
        return cls(
            Closeness.from_arrays(parts["closeness"]),
            arrays["community"],
            PortraitTable.from_arrays(parts["table"], items, zone=zone),
            OwnTexts.from_arrays(parts["texts"]),
            ItemWords.from_arrays(parts["words"]),
            LivePosts(PostTable.from_arrays(parts["posts"])),
            WebOfTrust.from_arrays(parts["trust"], len(arrays["community"])),
            *lists,
            int(arrays["last_us"]),
            Marks(*arrays["marks"].tolist()),
            zone,
        )
