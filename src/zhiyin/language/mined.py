"""How far mining came, by what, and what a run of it did; light, so that nothing else is loaded where nothing is new."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any

from zhiyin.core.entity import Kind
from zhiyin.core.records import Fact
from zhiyin.settings import ReadingSettings
from zhiyin.store.store import Store

VERSION = 3
"""Of what is read; when it changes, all texts are read anew."""
STATE = "mine"
_EXAMPLES = 3
_READERS = {
    "version": "the version of the rules",
    "embedder": "the embedder",
    "time_zone": "the time zone",
    "chat": "the chat model",
    "aspects": "the words for aspects",
}
"""What has a say in what is found, in words."""


@dataclass(frozen=True, slots=True)
class Watermark:
    """How far mining came: the last post by revision and number, the last revision of items, and by what it was read.

    Attributes:
        readers: JSON of what has a say in what is found.
        settings: a digest of the settings and of what the embedder learned.
    """

    revision: int = -1
    number: int = -1
    items: int = -1
    readers: str = ""
    settings: str = ""

    @classmethod
    def kept(cls, store: Store) -> Watermark | None:
        """Return how far the last run came, None before the first."""
        kept = store.get_state(STATE)
        return cls(**json.loads(kept)) if kept else None

    def is_behind(self, store: Store) -> bool:
        """Return whether posts or items changed since."""
        is_behind = store.mined.posts((self.revision, self.number), 1).height > 0
        return is_behind or store.entities_since(Kind.ITEM, self.items).height > 0


@dataclass(slots=True)
class Mined:
    """What a run of mining did.

    Attributes:
        posts: how many were read.
        items: how many were read.
        facts: name of a fact → how many were found.
        examples: name → up to three of ``value``, ``span`` and where it stands.
        notes: sentences on what was done anew, and why.
        seconds: how long it took, all in all.
        vectors: how many texts have a vector of the embedder now asked for.
    """

    posts: int = 0
    items: int = 0
    facts: dict[str, int] = field(default_factory=dict)
    examples: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    seconds: float = 0.0
    vectors: int = 0

    def count(self, facts: Iterable[Fact]) -> None:
        """Take note of facts that were found."""
        for fact in facts:
            self.facts[fact.name] = self.facts.get(fact.name, 0) + 1
            shown = self.examples.setdefault(fact.name, [])
            if len(shown) < _EXAMPLES and all(one["value"] != fact.value for one in shown):
                said = {"value": fact.value, "span": fact.span or "", "source": fact.source or ""}
                shown.append(said)


def changed(before: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    """Return in words what is different about the readers."""
    told = []
    for name, what in _READERS.items():
        old, new = (str(said.get(name) or "none") for said in (before, now))
        if old == new:
            continue
        if name == "embedder":  # the rest of its id is a digest of what it learned
            old, new = (model.partition("/")[0] for model in (old, new))
        if name == "aspects":
            told.append("the settings have other words for aspects")
        else:
            told.append(f"{what} was fitted anew" if old == new else f"{what} is {new}, was {old}")
    return "; ".join(told)


def settings_digest(settings: ReadingSettings, folder: Path) -> str:
    """Return a digest of all beside the texts that decides what is found in them.

    Args:
        settings: of the shop.
        folder: where fitted embedders are kept.
    """
    fitted = folder / f"{settings.embedder.type}.npz"
    learned = fitted.stat().st_mtime_ns if fitted.exists() else 0
    chosen = settings.model_dump(exclude={"workers", "engine"})
    return digest_of([VERSION, chosen, learned])


def digest_of(told: object) -> str:
    """Return a digest of what JSON can say."""
    return blake2b(json.dumps(told, sort_keys=True).encode(), digest_size=8).hexdigest()
