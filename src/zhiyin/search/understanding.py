"""What was understood of a query: typed, with the place in the text that says so."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, Self

Intent = Literal["navigational", "product", "attribute", "gift", "compare", "support"]
CorrectionKind = Literal["spelling", "pinyin", "split", "joined"]
KINDS = frozenset({"type", "product_type", "category"})
"""Slots that say what the goods are."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A value that the query asks for, or asks to leave out.

    Attributes:
        name: brand, category, colour, size, material, audience, season, or a name of the catalogue's attributes.
        value: as the catalogue has it, or the canonical English word of the vocabulary.
        start: where it stands, in characters of the query.
        end: behind its last character.
        confidence: 0 to 1.
        is_excluded: whether items with it are not wanted.
        by: the prompt and the model that found it; empty where the parser did.
    """

    name: str
    value: str
    start: int
    end: int
    confidence: float = 1.0
    is_excluded: bool = False
    by: str = ""


@dataclass(frozen=True, slots=True)
class PriceRange:
    """A price that the query asks for, in the currency's smallest unit.

    Attributes:
        low_minor: no less than this; None where nothing is said.
        high_minor: no more than this.
        is_soft: a wish, such as "about 200", rather than a limit.
        currency: ISO 4217; None where the query names none.
        start: where it stands, in characters of the query.
        end: behind its last character.

    >>> PriceRange(None, 20000).holds(19900), PriceRange(None, 20000).holds(None)
    (True, False)
    """

    low_minor: int | None
    high_minor: int | None
    is_soft: bool = False
    currency: str | None = None
    start: int = 0
    end: int = 0

    def holds(self, price_minor: int | None) -> bool:
        """Return whether a price lies in the range; one that is not known does not."""
        if price_minor is None:
            return False
        low, high = self.low_minor, self.high_minor
        return (low is None or price_minor >= low) and (high is None or price_minor <= high)

    def widened(self, share: float) -> Self:
        """Return the range with each end moved outwards by a share of it."""
        low, high = self.low_minor, self.high_minor
        return replace(
            self,
            low_minor=None if low is None else int(low * (1 - share)),
            high_minor=None if high is None else int(high * (1 + share)),
        )


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Words that must not stand in an item: what follows 不要, without."""

    words: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Correction:
    """Something typed wrongly, and what was meant."""

    said: str
    meant: str
    start: int
    end: int
    kind: CorrectionKind
    confidence: float


@dataclass(frozen=True, slots=True)
class Understanding:
    """All that was understood of a query; spans are places in ``said``.

    Attributes:
        said: the query as it was typed.
        text: what is searched for: corrected, without prices and exclusions.
        words: its terms, as documents have them.
        language: zh, en or mixed; other where there is neither.
        slots: values of the catalogue or the vocabularies.
        price: the range asked for.
        cheapness: -1 something cheap, 1 something dear, 0 nothing said.
        exclusions: what is not wanted.
        corrections: what was read otherwise than typed.
        intent: what the shopper is up to.
        confidence: of the intent, 0 to 1.
        compared: the names that are to be compared.
        categories: of the catalogue, each with the share of it in what the query means, highest first; at most 1 in all.
    """

    said: str
    text: str = ""
    words: tuple[str, ...] = ()
    language: Literal["zh", "en", "mixed", "other"] = "other"
    slots: tuple[Slot, ...] = ()
    price: PriceRange | None = None
    cheapness: Literal[-1, 0, 1] = 0
    exclusions: tuple[Exclusion, ...] = ()
    corrections: tuple[Correction, ...] = ()
    intent: Intent = "product"
    confidence: float = 0.5
    compared: tuple[str, ...] = ()
    categories: tuple[tuple[str, float], ...] = ()

    def values(self, name: str, *, is_excluded: bool = False) -> tuple[str, ...]:
        """Return the values of a slot."""
        return tuple(
            slot.value
            for slot in self.slots
            if slot.name == name and slot.is_excluded == is_excluded
        )
