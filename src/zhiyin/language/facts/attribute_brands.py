"""Brands in titles: known ones, and others by where they stand and how they look."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from zhiyin.language.facts.phrases import Match, Phrases, any_of
from zhiyin.language.facts.stated import stated
from zhiyin.language.facts.vocabulary_attributes import (
    AUDIENCES,
    FITS,
    PLAIN,
    PROMOTION,
    SEASONS,
    TOPICS,
)
from zhiyin.language.facts.vocabulary_brands import (
    ACCESSORIES,
    AMBIGUOUS,
    AMBIGUOUS_PAIRS,
    HOSTS,
    LASTING,
    NOT_BRANDS,
)
from zhiyin.language.facts.vocabulary_colours import COLOURS, WEAK_COLOURS
from zhiyin.language.facts.vocabulary_daily_brands import DAILY
from zhiyin.language.facts.vocabulary_materials import MATERIALS
from zhiyin.language.facts.vocabulary_measures import COUNT_WORDS, LETTER_SIZES
from zhiyin.language.facts.vocabulary_title_words import TITLE_WORDS
from zhiyin.language.finding import Finding
from zhiyin.language.scripts import HAN, fold
from zhiyin.language.tokens import dictionary


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of a written form of a brand."""

    name: str
    topics: frozenset[str]
    is_ambiguous: bool
    is_host: bool = False


_HOSTS = frozenset(HOSTS.split())
_APART = re.compile(r"\s/\s")
_HAN = re.compile(f"[{HAN}]")
_ENDINGS = ("'s", "ing", "ers", "er", "ed", "es", "ly", "s", "d", "r", "y")


@cache
def _ordinary() -> frozenset[str]:
    listed = (TITLE_WORDS, NOT_BRANDS, *TOPICS.values(), *COLOURS.values(), *WEAK_COLOURS.values())
    lists = " ".join((*listed, *MATERIALS.values(), *AUDIENCES.values(), *SEASONS.values()))
    return frozenset(lists.replace("_", " ").split())


def is_ordinary(word: str) -> bool:
    """Return whether an English word is one that titles use of many goods.

    >>> is_ordinary("Cutting"), is_ordinary("Zenwick")
    (True, False)
    """
    ordinary = _ordinary()
    small = word.lower()
    if small in ordinary or not any(c.isalpha() for c in small):
        return True
    if "-" in small:
        return all(is_ordinary(part) for part in small.split("-"))
    for ending in _ENDINGS:
        if small.endswith(ending) and len(small) > len(ending) + 2:
            stem = small[: -len(ending)]
            is_doubled = stem[-1] == stem[-2] and stem[:-1] in ordinary
            if is_doubled or not ordinary.isdisjoint((stem, stem + "e", stem + "y")):
                return True
    return False


@cache
def _known_brands() -> Mapping[str, _Known]:
    """Return every written form of the brands of the list, folded."""
    ambiguous = frozenset(AMBIGUOUS.split())
    known: dict[str, _Known] = {}
    for topic, names in {**LASTING, **DAILY}.items():
        for entry in _APART.split(names):
            forms = [form.strip() for form in entry.split("=") if form.strip()]
            for form in forms:
                key = fold(form)
                before = known.get(key)
                topics = (before.topics if before else frozenset()) | {topic}
                name = before.name if before else forms[0]
                is_ambiguous = key in ambiguous or _is_words(key)
                known[key] = _Known(name, topics, is_ambiguous, name.lower() in _HOSTS)
    return known


def _is_words(key: str) -> bool:
    """Return whether a Latin name is nothing but ordinary words, or too short to tell."""
    return key.isascii() and (len(key) <= 2 or all(is_ordinary(word) for word in key.split()))


def brand_key(name: str) -> str:
    """Return one form for all the ways of writing a brand: 华为 and HUAWEI are "huawei".

    >>> brand_key("华为"), brand_key("HUAWEI"), brand_key("Zenwick")
    ('huawei', 'huawei', 'zenwick')
    """
    key = fold(name).strip()
    known = _known_brands().get(key)
    return fold(known.name) if known else key


class BrandReader:
    """Reads brands from titles.

    Args:
        brands: those of the shop's catalogue, as they are to be named.

    >>> [brand.value for brand in BrandReader().read("HUAWEI/华为 手机", "huawei/华为 手机", {"phone": 1})]
    ['Huawei', 'Huawei']
    """

    def __init__(self, brands: Iterable[str] = ()) -> None:
        listed = _known_brands()
        known, renamed = dict(listed), {}
        for name in brands:
            key = fold(name).strip()
            if key in listed:
                renamed[listed[key].name] = name.strip()
            elif len(key) > 1:
                known[key] = _Known(name.strip(), frozenset(), _is_words(key))
        for key, brand in known.items():
            if brand.name in renamed:
                known[key] = replace(brand, name=renamed[brand.name])
        self._phrases = Phrases(known)

    def read(self, text: str, folded: str, topics: Mapping[str, int]) -> list[Finding]:
        """Return the brands of a title, in order, each by its usual name, or as written where it is not known.

        Args:
            text: the title as written.
            folded: the same by `fold`.
            topics: what it is about → how many words say so.
        """
        found = self._known(text, folded, topics)
        if found or "book" in topics:
            return found
        guessed = list(_guessed(text, folded))
        barred = _barred(folded) if guessed else []
        return [b for b in guessed if not any(start <= b.start < end for start, end in barred)]

    def _known(self, text: str, folded: str, topics: Mapping[str, int]) -> list[Finding]:
        """Return the brands of the list and of the shop, without what the goods only fit."""
        sure: list[Match[_Known]] = []
        doubtful: list[Match[_Known]] = []
        matches = self._phrases.matches(folded)
        barred = _barred(folded) if matches else []
        for match in matches:
            if not _is_apart(folded, match) or any(a <= match.start < b for a, b in barred):
                continue
            if _is_host(folded, match):
                continue
            is_sure = not match.value.is_ambiguous or _is_meant(text, folded, match, topics)
            (sure if is_sure else doubtful).append(match)
        for match in doubtful:
            if any(_is_beside(folded, match, other) for other in sure):
                sure.append(match)
        sure.sort()
        return [
            _brand(m.value.name, m.start, m.end, 0.85 if m.value.is_ambiguous else 0.95)
            for m in sure
        ]


def _brand(name: str, start: int, end: int, confidence: float) -> Finding:
    return stated("brand", name, start, end, confidence)


_FITS = re.compile(any_of(word for word in FITS.split() if not word.isascii()))
_FITS_EN = re.compile(
    rf"\b(?:{any_of(word.replace('_', ' ') for word in FITS.split() if word.isascii())})\b"
)
_ACCESSORIES = Phrases({word.replace("_", " "): True for word in ACCESSORIES.split()})
_PAIRS = frozenset(pair.replace("_", " ") for pair in AMBIGUOUS_PAIRS.split())
_CLAUSE_END = re.compile(r"[,;|，。)）\]】]")
_OWN = re.compile(r"官方|原装|原厂|正品|genuine|original|official|\bgps\b|cellular")
_GOES_ON = re.compile("-[a-z]")
_OPENING = re.compile(
    r"\s*(?:[【\[(（][^】\])）]*[】\])）]\s*)*[【\[(（「]?(?:20\d\d\s?|new\s|the\s|正品|官方)?"
)


def _barred(folded: str) -> list[tuple[int, int]]:
    """Return where a brand is that of something else: what the goods fit, or are like."""
    spans = []
    matches = list(_FITS_EN.finditer(folded))
    if not folded.isascii():
        matches += _FITS.finditer(folded)
    for match in matches:
        start = match.end()
        end = start + (30 if match[0].isascii() else 16)
        clause = _CLAUSE_END.search(folded, start, end)
        spans.append((start, clause.start() if clause else end))
    return spans


def _is_apart(folded: str, match: Match[_Known]) -> bool:
    """Return whether a name is no part of a longer word: two Chinese characters are so often."""
    if _GOES_ON.match(folded, match.end):
        return False
    is_short = match.end - match.start <= 2 and not folded[match.start].isascii()
    return not (is_short and match.start and _HAN.match(folded[match.start - 1]))


def _is_host(folded: str, match: Match[_Known]) -> bool:
    """Return whether the goods are an accessory that somebody makes for a brand's device."""
    if not match.value.is_host or _OWN.search(folded):
        return False
    clause = _CLAUSE_END.search(folded, match.end)
    behind = folded[match.end : min(match.end + 40, clause.start() if clause else len(folded))]
    return bool(_ACCESSORIES.matches(behind))


def _is_meant(text: str, folded: str, match: Match[_Known], topics: Mapping[str, int]) -> bool:
    """Return whether a name that is a word too stands where brands stand, among words for such goods."""
    if text[match.start : match.end].islower() or folded[match.start - 1 : match.start] == ".":
        return False
    opening = _OPENING.match(folded)
    is_first = opening is not None and match.start <= opening.end()
    is_last = not folded[match.end :].strip(" .!)）】") and not folded[match.start - 1].isalnum()
    if not (is_first or is_last):
        return False
    if " " in folded[match.start : match.end] and folded[match.start : match.end] not in _PAIRS:
        return True
    if is_first and match.end - match.start == 2 and text[match.start : match.end].isupper():
        return True
    about = max((topics.get(topic, 0) for topic in match.value.topics), default=0)
    if not match.value.topics:
        return "food" not in topics
    return about > 0 and ("food" in match.value.topics or topics.get("food", 0) <= about)


def _is_beside(folded: str, match: Match[_Known], other: Match[_Known]) -> bool:
    """Return whether a name is another form of a brand that stands right before or behind it."""
    gap = folded[min(match.end, other.end) : max(match.start, other.start)]
    return match.value.name == other.value.name and not gap.strip(" ()/-·")


_WORD = r"[A-ZÀ-ÞŒ][\w&'’.+-]*"
_HEAD = re.compile(
    r"[\s【\[(「]*((?:(?:Dr|Mr|Mrs|St)\.\s)?[A-Za-zÀ-ÿ][\w&'’.+-]*(?:\s?&\s?[A-Z]\w*)?)"
)
_SHOUTED = re.compile(r"\s([A-Z]{3,})\b")
_BY = re.compile(rf"\bby ({_WORD}(?:\s[A-Z&][\w&'’.-]*){{0,2}})(?=\s*(?:$|[,|(;-]))")
_SHOP = re.compile(
    rf"(?:^|(?<=[\s【\[(|]))([{HAN}]{{2,6}}?|[A-Za-z][\w&'. -]{{1,20}}?)\s?(?:官方)?(?:旗舰|专卖|专营|自营|官方)店"
)
_TWIN = re.compile(
    rf"[\s【\[]*(?:([{HAN}]{{2,5}})\s?[(（/]\s?([A-Za-z][\w&'’. -]{{1,20}})[)）\s]"
    rf"|([A-Za-z][\w&'’.-]{{1,20}})\s?[(（/]\s?([{HAN}]{{2,5}})(?:[)）]|(?=\s)))"
)
_BRACKET = re.compile(r"\s*[【\[]([^】\]]{2,16})[】\]]")
_BESIDE = re.compile(rf"\s?[(（/]?\s?({_WORD})")
_LAST = re.compile(rf"(?:(?<=,\s)|(?<=\s))({_WORD})\s*$")


def _guessed(text: str, folded: str) -> Iterator[Finding]:
    """Guess a brand that nobody told us by where it stands and how it looks."""
    for mark, pattern in (("店", _SHOP), ("by ", _BY)):
        match = pattern.search(text) if mark in text else None
        if match:
            yield _brand(match[1], *match.span(1), 0.85)
            return
    match = _TWIN.match(text)
    if (
        match
        and not is_ordinary((match[2] or match[3]).split()[0])
        and not _is_slogan(match[1] or match[4])
    ):
        for group in (1, 2) if match[1] else (3, 4):
            yield _brand(match[group], *match.span(group), 0.7)
        return
    match = _BRACKET.match(text)
    if match and _looks_made_up(match[1]):
        yield _brand(match[1], *match.span(1), 0.7)
        return
    coined = _coined(folded)
    if coined:
        yield _brand(text[slice(*coined)], *coined, 0.65)
        match = _BESIDE.match(text, coined[1])
        if match and _looks_made_up(match[1]):
            yield _brand(match[1], *match.span(1), 0.65)
        return
    match = _HEAD.match(text)
    if match and _looks_made_up(match[1]):
        second = _SHOUTED.match(text, match.end(1)) if match[1].isupper() else None
        end = second.end() if second and _looks_made_up(second[1]) else match.end(1)
        yield _brand(text[match.start(1) : end], match.start(1), end, 0.7)
        return
    match = _LAST.search(text)
    if match and not _HAN.search(text) and _looks_made_up(match[1]) and not text.isupper():
        before = text[: match.start(1)].removesuffix(" ").rpartition(" ")[2]
        is_part = before.isalpha() and _looks_made_up(before)
        start = match.start(1) - (len(before) + 1 if is_part else 0)
        if not _ends_detail().search(folded[max(0, start - 16) : start]):
            return
        yield _brand(text[start : match.end(1)], start, match.end(1), 0.6)


_COINED = re.compile(rf"\s*(?:[【\[][^】\]]*[】\]]\s*)?([{HAN}]{{2,12}})(\s)?")
_COMMON = frozenset(PLAIN + PROMOTION)
_NAMED = frozenset(" ".join(" ".join(t.values()) for t in (TOPICS, MATERIALS, AUDIENCES)).split())


def _coined(folded: str) -> tuple[int, int] | None:
    """Return where a Chinese name that no dictionary has opens a title: alone, or right before a word."""
    match = _COINED.match(folded)
    if match is None:
        return None
    pieces = dictionary().cut(match[1], hmm=False)
    n_single = next((i for i, piece in enumerate(pieces) if len(piece) > 1), len(pieces))
    is_alone = (
        match[2] is not None
        and len(match[1]) <= 4
        and _NAMED.isdisjoint(p for p in pieces if p[1:])
    )
    name = match[1] if is_alone else match[1][:n_single]
    if is_alone:
        n_common = sum(character in _COMMON for character in name)
        is_goods = name[-1] in _COMMON and not name.endswith("家")
        is_new = n_single > 1 and 2 * n_common <= len(name) and not (is_goods or _is_slogan(name))
    else:
        is_new = (
            2 <= n_single <= 3
            and _COMMON.isdisjoint(name)
            and not _NAMED.isdisjoint(pieces[n_single : n_single + 1])
        )
    if not is_new or dictionary().has_word(name):
        return None
    return match.start(1), match.start(1) + len(name)


@cache
def _ends_detail() -> re.Pattern[str]:
    """Return the pattern of what may stand right before a brand at a title's end: an amount, a size, a colour, a comma."""
    details = "|".join((*COUNT_WORDS.split(), LETTER_SIZES, *" ".join(COLOURS.values()).split()))
    return re.compile(rf"(?:[,|-]|\d\S*|\s(?:{details}|[sml]|oz|lb|ml|inch))\s$")


def _is_slogan(words: str) -> bool:
    """Return whether Chinese words hold what shops shout: 正品, 包邮, 新款 …"""
    return any(character in PROMOTION for character in words)


def _looks_made_up(name: str) -> bool:
    """Return whether a Latin name begins with a capital and is no word, model or unit."""
    if not name.isascii() and _HAN.search(name):
        return False
    words = name.replace("&", " ").replace("-", " ").split()
    if not words:
        return False
    is_long = len(name) >= 3 and not any(c.isdigit() for c in name) and name[-1] not in "-+&"
    return (
        is_long and name[0].isupper() and not any(is_ordinary(word.strip(".,")) for word in words)
    )
