"""What is known of an item, each fact with where it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import polars as pl

from zhiyin.core.entity import Kind
from zhiyin.core.times import to_us
from zhiyin.errors import UnknownEntity
from zhiyin.store.store import Store

_FIELDS = ("title", "description", "category", "brand", "price_minor", "currency", "stock")
_SPOKEN = frozenset({"title", "description", "category", "brand"})
_OPINION = "opinion."


@dataclass(frozen=True, slots=True)
class ItemFact:
    """Something known of an item.

    Attributes:
        name: a field, ``attribute.`` and its name, ``fact.`` and what was read in a text, or ``opinion.`` and the aspect.
        value: what it is; of an opinion ``negative``, ``neutral`` or ``positive``.
        source: ``item:`` and its id with the field, or what it was read in, such as ``post:r1``.
        span: the words that say so, where it was read in a text.
        count: of people or texts that say so; None where the shop itself does.

    >>> ItemFact("brand", "Lu", "item:tea#brand").count is None
    True
    """

    name: str
    value: str | int
    source: str
    span: str | None = None
    count: int | None = None


class CatalogueFacts:
    """Tells what is known of items, for answers to rest on.

    Args:
        store: where the items are, and what was read of them.
        opinions: from an item's id to what is thought of it by aspect, see ``Texts.opinions``.
    """

    def __init__(
        self, store: Store, opinions: Callable[[str], Sequence[Mapping[str, Any]]]
    ) -> None:
        self._store = store
        self._opinions = opinions

    def of(self, item: str, language: str = "", time: datetime | None = None) -> list[ItemFact]:
        """Return what the shop says of an item, then what was read of it, then what people think.

        Args:
            item: the shop's id.
            language: of title, description, category and brand, where the shop gave them in it.
            time: facts that hold no longer then are left out; now unless given.
        Raises:
            UnknownEntity: no item has that id.
        """
        known = self._store.entity(Kind.ITEM, item)
        if known is None:
            raise UnknownEntity(
                f"no item has the id {item[:200]}",
                where="catalogue facts",
                expected="an id of the catalogue",
                next_step="zhiyin import brings items in",
            )
        now_us = to_us(time or datetime.now(UTC))
        return [
            *_told(item, known, language),
            *self._read(int(known["number"]), now_us),
            *self._thought(item),
        ]

    def _read(self, number: int, now_us: int) -> Iterator[ItemFact]:
        facts = self._store.mined.of(Kind.ITEM, number)
        holds = pl.col("expires_us").is_null() | (pl.col("expires_us") > now_us)
        is_fact = ~pl.col("name").str.starts_with(_OPINION)
        said = facts.filter(holds & is_fact)
        for (name, value), rows in said.group_by("name", "value", maintain_order=True):
            first = rows.row(0, named=True)
            yield ItemFact(
                f"fact.{name}", value, first["source"] or "given", first["span"], rows.height
            )

    def _thought(self, item: str) -> Iterator[ItemFact]:
        for one in self._opinions(item):
            for value in ("positive", "neutral", "negative"):
                if not one[value]:
                    continue
                shown = (told for told in one["examples"] if told["polarity"] == value)
                example = next(shown, {"source": None, "span": None})
                source = example["source"] or f"item:{item}"
                yield ItemFact(
                    f"{_OPINION}{one['aspect']}", value, source, example["span"], one[value]
                )


def _told(item: str, known: Mapping[str, Any], language: str) -> Iterator[ItemFact]:
    spoken = (known.get("translations") or {}).get(language, {})
    for name in _FIELDS:
        is_spoken = name in _SPOKEN and spoken.get(name)
        value = spoken[name] if is_spoken else known.get(name)
        if value is not None and value != "":
            place = f"translations.{language}.{name}" if is_spoken else name
            yield ItemFact(name, value, f"item:{item}#{place}")
    for name, value in (known.get("attributes") or {}).items():
        if isinstance(value, str | int | float) and value != "":
            yield ItemFact(f"attribute.{name}", str(value), f"item:{item}#attributes.{name}")
