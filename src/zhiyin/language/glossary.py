"""Words that a shop's own texts brought up: new to the dictionary, or to the aspects; found when much of the catalogue changed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from zhiyin.core.entity import Kind
from zhiyin.language.aspects.growth import Grown, grown
from zhiyin.language.aspects.taxonomy import Taxonomy
from zhiyin.language.new_words import discovered
from zhiyin.language.tokens import Tokenizer
from zhiyin.store.store import Store
from zhiyin.store.whole_file import whole_file

_MOST = 40_000
"""Posts of which words are taken, spread over all of them."""
_MORE = 1.2  # times as many posts as when the words were found
_CHANGED = 0.05  # of the items, since then
_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Glossary:
    """What a shop's texts say that no list has.

    Attributes:
        words: Chinese words that the dictionary cuts apart, the surest first.
        aspects: category → aspect → words, for ``Taxonomy``.
        revision: of the store when they were found.
        posts: how many there were.

    >>> Glossary(("花西子",), {"food": {"crust": ["crust"]}}).notes()
    ['1 new words: 花西子.', '1 words for aspects came up: crust (crust).']
    """

    words: tuple[str, ...] = ()
    aspects: Grown = field(default_factory=dict)
    revision: int = -1
    posts: int = 0

    @classmethod
    def read(cls, path: Path) -> Glossary:
        """Return what was kept; an empty one where nothing was, or nothing that can be read."""
        with suppress(OSError, ValueError, TypeError, LookupError):
            kept = json.loads(path.read_text("utf-8"))
            return cls(tuple(kept.pop("words")), **kept)
        return cls()

    def write(self, path: Path) -> None:
        """Keep it."""
        path.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(path, replaces=True) as file:
            file.write(json.dumps(asdict(self), ensure_ascii=False, indent=1).encode())

    def is_old(self, store: Store) -> bool:
        """Return whether a twentieth of the catalogue changed since, or posts became a fifth more."""
        changed = store.entities_since(Kind.ITEM, self.revision).height
        is_changed = changed > _CHANGED * store.count(Kind.ITEM)
        return is_changed or store.count(Kind.POST) > _MORE * self.posts

    def notes(self) -> list[str]:
        """Return how many words there are, with examples."""
        told = []
        if self.words:
            told.append(f"{len(self.words):,} new words: {', '.join(self.words[:_EXAMPLES])}.")
        pairs = [
            f"{word} ({aspect})"
            for aspects in self.aspects.values()
            for aspect, words in aspects.items()
            for word in words
        ]
        if pairs:
            shown = ", ".join(pairs[:_EXAMPLES])
            told.append(f"{len(pairs):,} words for aspects came up: {shown}.")
        return told


def found(store: Store, aspects: Mapping[str, Any]) -> Glossary:
    """Find the words of a shop's titles and posts; a text that stands there twice counts once.

    Args:
        store: whose.
        aspects: of the settings, which are known.
    Complexity: O(characters of at most 40,000 posts and of all titles); some 25 s of one core.
    """
    items = store.entities_since(Kind.ITEM, -1)
    n_posts = store.count(Kind.POST)
    told = dict(_told(store, max(1, -(-n_posts // _MOST))))
    titles = items["title"].drop_nulls().unique(maintain_order=True).to_list()
    words = discovered([*titles, *told])
    cut = Tokenizer(words)
    names = [*titles, *items["category"].drop_nulls().unique().to_list()]
    goods = {term for name in names for term in cut.words(name)}
    new = grown(list(told), list(told.values()), Taxonomy(aspects), cut, goods)
    return Glossary(tuple(words), new, store.revision(), n_posts)


def _told(store: Store, step: int) -> Iterator[tuple[str, str | None]]:
    """Yield the text and the category of every so-manieth post."""
    after, place = (-1, -1), 0
    while (posts := store.mined.posts(after, 10_000)).height:
        after = posts["revision"][-1], posts["number"][-1]
        for title, text, category in posts.select("title", "text", "category").iter_rows():
            place += 1
            said = "\n".join(filter(None, (title, text))).strip()
            if said and place % step == 0:
                yield said, category
