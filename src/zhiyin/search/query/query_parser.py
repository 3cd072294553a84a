"""Reads queries by rules and the catalogue's own words, without a model."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, takewhile
from typing import Literal, NamedTuple

from zhiyin.language.facts.attributes import Attributes
from zhiyin.language.facts.phrases import Match
from zhiyin.language.facts.stated import take
from zhiyin.language.finding import Finding
from zhiyin.language.scripts import HAN, LATIN, fold
from zhiyin.language.stop_words import STOP_WORDS
from zhiyin.language.tokens import Token, Tokenizer
from zhiyin.search.query.asking import (
    Extent,
    LeftOut,
    asks_for_a_store,
    asks_for_help,
    behind_it,
    blank,
    compared,
    free_of,
    left_out,
    says_goods,
    says_what_is_absent,
    without_dangling,
    without_filler,
)
from zhiyin.search.query.catalogue_terms import CatalogueTerms, Term
from zhiyin.search.query.mended import Mended
from zhiyin.search.query.prices import cheapness_in, price_in
from zhiyin.search.query.recipients import is_for_somebody, recipient, without_recipient
from zhiyin.search.query.said_once import said_once
from zhiyin.search.query.short_words import bare, parting, whom
from zhiyin.search.query.sizes import bare_size, each_size, sized, with_digits
from zhiyin.search.query.spelling import Meant, Speller
from zhiyin.search.understanding import (
    KINDS,
    Correction,
    Exclusion,
    Intent,
    PriceRange,
    Slot,
    Understanding,
)

LONGEST = 200
"""Characters of a query that are read; what is behind them is not."""
_MOST_WORDS = 24
_AT_TIMES = 0.8
"""Less sure than this is a colour whose word is also one for goods."""
_WINDOW = 4
"""Chinese tokens that may be one mistyped word."""
_IS_HAN, _IS_LATIN = re.compile(f"[{HAN}]"), re.compile(f"[{LATIN}]")
_STORE = re.compile(r"\b(?:store|shop|site)\b|官方")
_SENSE = ("colour", "material", "season", "audience", "size", "unit", "brand")
"""Slots that `Attributes` reads."""


class _Asides(NamedTuple):
    """What a query says beside the goods, and the query with that made blank."""

    rest: str
    price: PriceRange | None
    cheapness: Literal[-1, 0, 1]
    exclusions: tuple[Exclusion, ...]
    unwanted: tuple[Slot, ...]


class QueryParser:
    """Reads queries.

    Args:
        terms: of the catalogue.
        speller: of the words of its documents.
        brands: names of brands.

    >>> parser = QueryParser(CatalogueTerms(), Speller({"running": 9, "shoes": 9}))
    >>> read = parser.understand("red runing shoes under $50 without laces")
    >>> read.text, read.price.high_minor, read.values("colour"), read.exclusions[0].words
    ('red running shoes', 5000, ('red',), ('lace',))
    >>> parser.understand("怎么退货").intent, parser.understand("").words
    ('support', ())
    """

    def __init__(self, terms: CatalogueTerms, speller: Speller, brands: Sequence[str] = ()) -> None:
        self._terms = terms
        self._speller = speller
        self._attributes = Attributes(brands)
        self._tokenizer = Tokenizer(brands)

    def understand(self, query: str, sold: Collection[str | None] = ()) -> Understanding:
        """Return what a query says; spans are places in it.

        Args:
            query: as it was typed.
            sold: ISO 4217 codes of the currencies in which the shop sells, by which its prices are read.
        Complexity: O(n).
        """
        said = query[:LONGEST]
        folded = with_digits(said_once(fold(said)))
        asides = self._asides(folded, sold)
        slots = self._slots(asides.rest)
        tokens = self._tokenizer.tokens(asides.rest)[:_MOST_WORDS]
        readings = list(self._corrections(tokens, _covered(slots, len(folded))))
        corrections = [one for one in readings if one.said + " " != one.meant]
        text = asides.rest
        if readings:
            mended = Mended(text, readings)
            text = mended.text
            slots = [mended.placed(slot) for slot in self._slots(text)]
        text = " ".join(dict.fromkeys(text.split()))
        goods = [token for token in self._tokenizer.tokens(text) if says_goods(token.text)]
        words = tuple(dict.fromkeys(self._tokenizer.terms(goods)))[:_MOST_WORDS]
        slots = [*_beside(recipient(folded), slots), *asides.unwanted]
        read = Understanding(
            said, text, words, _language(folded), _distinct(slots),
            asides.price, asides.cheapness, asides.exclusions, tuple(corrections),
            compared=compared(folded) or (),
        )  # fmt: skip
        intent, confidence = _intent(folded, asides.rest, read)
        return replace(read, intent=intent, confidence=confidence)

    def _asides(self, folded: str, sold: Collection[str | None]) -> _Asides:
        """Return price and exclusions, and the query with them and all that says nothing of goods made blank."""
        price, rest = price_in(without_filler(folded), sold)
        cheapness: Literal[-1, 0, 1] = 0
        if found := cheapness_in(rest):
            cheapness = -1 if found[0] < 0 else 1
            rest = blank(rest, *found[1:])
        exclusions, unwanted = [], []
        parts = self._left_out(rest)
        for whole, named, _ in [*parts, *self._free_of(rest, parts)]:
            for one in named:
                exclusions.append(
                    Exclusion(tuple(self._tokenizer.words(one.text)), one.start, one.end)
                )
                unwanted += [
                    replace(slot, start=slot.start + one.start, end=slot.end + one.start, is_excluded=True)
                    for slot in self._slots(one.text)
                ]  # fmt: skip
            rest = blank(rest, whole.start, whole.end)
        kept = tuple(one for one in exclusions if one.words)
        rest = without_dangling(without_recipient(rest))
        return _Asides(rest, price, cheapness, kept, tuple(unwanted))

    def _left_out(self, folded: str) -> list[LeftOut]:
        """Return what is not wanted, cut down to the value that it begins or ends with where nothing else would be said."""
        parts = left_out(folded)
        if parts and not _says(folded, parts):
            parts = left_out(folded, most=1)
        is_all = bool(parts) and not _says(folded, parts)
        found = [self._cut(one, folded) if is_all or not one.is_sure else one for one in parts]
        return [one for one in found if one is not None]

    def _free_of(self, folded: str, known: Sequence[LeftOut]) -> Iterator[LeftOut]:
        """Yield what goods should be without, beside what else is left out: 无酒精, alcohol-free.

        What stands with a value of the catalogue stays in the query, and so do English words for what is no value; 无酒精 is
        read so where a title says it.
        """
        tokens = self._tokenizer.tokens(folded) if "无" in folded else []
        found = free_of(folded)
        for sign, thing in pairwise(tokens):
            said = folded[sign.start : thing.end]
            if sign.text == "无" and says_what_is_absent(said) and self._speller.is_in_titles(said):
                whole = Extent(said, sign.start, thing.end)
                found.append(LeftOut(whole, [Extent(thing.text, thing.start, thing.end)]))
        for whole, named, _ in found:
            if any(whole.start < one.whole.end and one.whole.start < whole.end for one in known):
                continue
            (one,) = named
            start, end = whole.start, whole.end
            if self._terms.matches(whole.text):
                start = end
            elif whole.text.isascii() and not self._slots(one.text):
                start, end = (one.end, end) if end > one.end else (start, one.start)
            yield LeftOut(Extent(folded[start:end], start, end), named)

    def _cut(self, part: LeftOut, folded: str) -> LeftOut | None:
        """Return an exclusion with its value alone, None for one that is not sure and names no value."""
        whole, thing = part.whole, part.named[0]
        slots = self._slots(thing.text) if len(part.named) == 1 else []
        is_behind = whole.end > thing.end
        edge = max if is_behind else min
        value = edge(slots, key=lambda slot: slot.start, default=None)
        if value is None or (value.end < len(thing.text) if is_behind else value.start > 0):
            return part if part.is_sure else None
        start, end = thing.start + value.start, thing.start + value.end
        cut = (start, whole.end) if is_behind else (whole.start, behind_it(folded, end))
        return LeftOut(Extent(folded[slice(*cut)], *cut), [Extent(folded[start:end], start, end)])

    def _slots(self, folded: str) -> list[Slot]:
        """Return the values that stand in a folded text: the catalogue's before the vocabularies'."""
        taken = bytearray(len(folded))
        slots = []
        for match in self._terms.matches(folded):
            if self._goes_on(match, folded):
                continue
            take(taken, match.start, match.end)
            slots.append(Slot(match.value.name, match.value.value, match.start, match.end))
        for found in self._attributes.read(folded):
            if found.name in _SENSE and take(taken, found.start, found.end):
                slots += _stated(found, folded)
        if not any(slot.name in KINDS for slot in slots):
            slots = [one for one in slots if not _is_goods(one, folded)]
        return sized(slots, folded)

    def _goes_on(self, match: Match[Term], folded: str) -> bool:
        """Return whether a value is the beginning of a longer word, of the dictionary or of titles: 手机 in 手机壳."""
        end = match.end
        if match.value.name == "brand" or not _IS_HAN.match(folded, end):
            return False
        for token in self._tokenizer.tokens(folded):
            if token.start < end < token.end:
                return match.start >= token.start
            if token.start == end:
                whole = folded[match.start : token.end]
                is_kind = match.value.name in KINDS and says_goods(token.text)
                return (
                    is_kind
                    and self._speller.is_in_titles(whole)
                    and not self._attributes.read(token.text)
                )
        return False

    def _corrections(self, tokens: Sequence[Token], known: bytearray) -> Iterator[Correction]:
        place = 0
        while place < len(tokens):
            token = tokens[place]
            is_known = any(known[token.start : token.end])
            found = self._parted(token) if is_known else self._mended(tokens, place, known)
            if found:
                yield found[0]
            place += found[1] if found else 1

    def _mended(
        self, tokens: Sequence[Token], place: int, known: bytearray
    ) -> tuple[Correction, int] | None:
        """Return what a token, or it and those behind it, was meant to be, and how many tokens that takes."""
        token = tokens[place]
        if token.kind == "zh":
            run = _run(tokens, place)
            for size in range(len(run), 1, -1):
                said = "".join(one.text for one in run[:size])
                falls_apart = len(said) in (3, 4) and min(len(one.text) for one in run[:size]) == 1
                read = self._speller.meant if falls_apart else self._speller.homophone
                if meant := read(said):
                    return _correction(run[:size], meant), size
        elif len(tokens) > place + 1 and tokens[place + 1].kind == "en":
            behind = [one.text for one in takewhile(lambda one: one.kind == "en", tokens[place:])]
            if spoken := self._speller.syllables(behind):
                return _correction(tokens[place : place + spoken[1]], spoken[0]), spoken[1]
            after = tokens[place + 1]
            if self._speller.joined(token.text, after.text):
                return _correction([token, after], Meant(token.text + after.text, "joined", 0.9)), 2
        if meant := self._speller.meant(token.text):
            return _correction([token], meant), 1
        return self._short(tokens, place, known) if token.kind == "zh" else None

    def _parted(self, token: Token) -> tuple[Correction, int] | None:
        """Return how a Chinese word is read that says more of goods before it names them: for whom, a colour."""
        place = parting(token.text, self._speller)
        if not place:
            return None
        first = token.text[:place]
        return Correction(first, f"{first} ", token.start, token.start + place, "split", 1.0), 1

    def _short(
        self, tokens: Sequence[Token], place: int, known: bytearray
    ) -> tuple[Correction, int] | None:
        """Return how a Chinese word for goods that no title has is read."""
        token = tokens[place]
        name = bare(token.text, self._speller)
        meant = Meant(name, "spelling", 0.9) if name else None
        if meant is None and _stands_alone(tokens, place, known):
            meant = self._speller.longer(token.text)
        return (_correction([token], meant), 1) if meant else self._parted(token)


def _stands_alone(tokens: Sequence[Token], place: int, known: bytearray) -> bool:
    """Return whether no Chinese word that says something by itself stands directly beside a token, but a character behind it."""
    token = tokens[place]
    beside = [one for one in tokens[max(place - 1, 0) : place] if one.end == token.start]
    after = tokens[place + 1 : place + 2]
    beside += [one for one in after if one.start == token.end and len(one.text) > 1]
    return all(
        one.kind != "zh" or one.text in STOP_WORDS or any(known[one.start : one.end])
        for one in beside
    )


def _is_goods(slot: Slot, folded: str) -> bool:
    """Return whether a word is a colour at times alone and stands where goods are named: "face cream"."""
    is_at_times = slot.name == "colour" and slot.confidence < _AT_TIMES
    return is_at_times and slot.end == len(folded.rstrip())


def _stated(found: Finding, folded: str) -> Iterator[Slot]:
    """Yield the slots of what a query states: each size of a range, and of 女鞋 whom they are for."""
    end = found.end
    if found.name == "audience":
        end = found.start + whom(folded[found.start : end])
    is_size = found.name == "size"
    for value in each_size(bare_size(found.value)) if is_size else (found.value,):
        yield Slot(found.name, value, found.start, end, found.confidence)


def _correction(tokens: Sequence[Token], meant: Meant) -> Correction:
    said = ("" if tokens[0].kind == "zh" else " ").join(one.text for one in tokens)
    return Correction(
        said, meant.text, tokens[0].start, tokens[-1].end, meant.kind, meant.confidence
    )


def _beside(whom: Slot | None, slots: Iterable[Slot]) -> list[Slot]:
    """Return slots with the audience of a gift, which goes before what its words say by themselves."""
    if whom is None:
        return [*slots]
    kept = [slot for slot in slots if slot.end <= whom.start or whom.end <= slot.start]
    return kept if any(slot.name == "audience" for slot in kept) else [*kept, whom]


def _distinct(slots: Iterable[Slot]) -> tuple[Slot, ...]:
    """Return slots in order, each value once, where it stands first."""
    found: dict[tuple[str, str, bool], Slot] = {}
    for slot in sorted(slots, key=lambda slot: slot.start):
        found.setdefault((slot.name, slot.value, slot.is_excluded), slot)
    return tuple(found.values())


def _covered(slots: Sequence[Slot], size: int) -> bytearray:
    known = bytearray(size)
    for slot in slots:
        known[slot.start : slot.end] = b"\1" * (slot.end - slot.start)
    return known


def _run(tokens: Sequence[Token], place: int) -> list[Token]:
    """Return a Chinese token with those next to it: what is mistyped falls apart."""
    run = [tokens[place]]
    for token in tokens[place + 1 : place + _WINDOW]:
        if token.kind != "zh" or token.start != run[-1].end:
            break
        run.append(token)
    return run


def _says(folded: str, parts: Sequence[LeftOut]) -> bool:
    """Return whether a query says anything beside some parts of it."""
    for one in parts:
        folded = blank(folded, one.whole.start, one.whole.end)
    return any(map(str.isalnum, folded))


def _language(folded: str) -> Literal["zh", "en", "mixed", "other"]:
    has_han, has_latin = bool(_IS_HAN.search(folded)), bool(_IS_LATIN.search(folded))
    if has_han and has_latin:
        return "mixed"
    return "zh" if has_han else "en" if has_latin else "other"


def _intent(folded: str, rest: str, read: Understanding) -> tuple[Intent, float]:
    if read.compared:
        return "compare", 0.95
    if asks_for_help(folded):
        return "support", 0.9
    if is_for_somebody(folded):
        return "gift", 0.9
    if asks_for_a_store(rest):
        return "navigational", 0.9
    wanted = [slot for slot in read.slots if not slot.is_excluded]
    covered = sum(slot.end - slot.start for slot in wanted if slot.name == "brand")
    letters = len("".join(_STORE.sub("", rest).split()))
    if covered and covered >= letters - 1:
        return "navigational", 0.9
    says_how = any(slot.name != "brand" and slot.name not in KINDS for slot in wanted)
    if read.price or read.cheapness or read.exclusions or says_how:
        return "attribute", 0.8
    return "product", 0.7 if read.words else 0.0
