"""Words of titles for colour, material, season and audience, and where they are none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from zhiyin.language.facts.phrases import Match, Phrases, any_of
from zhiyin.language.facts.stated import stated, take
from zhiyin.language.facts.vocabulary_attributes import (
    AFTER_PERSON,
    AFTER_SEASON,
    AUDIENCES,
    NOT_AUDIENCES,
    NOT_SEASONS,
    SEASON_TONES,
    SEASONS,
)
from zhiyin.language.facts.vocabulary_colours import (
    COLOURS,
    METAL_SHADES,
    NO_TONE,
    NOT_COLOURS,
    SHADES,
    TONE_HEADS,
    TONE_IDS,
    WEAK_COLOURS,
)
from zhiyin.language.facts.vocabulary_materials import (
    CARE,
    GRADES,
    LONE_MATERIALS,
    MATERIALS,
    NOT_MATERIALS,
)
from zhiyin.language.finding import Finding
from zhiyin.language.scripts import HAN


class _Entry(NamedTuple):
    """What a phrase says: the attribute, its canonical value, and whether it says so only in some places."""

    name: str
    value: str
    is_weak: bool = False


def spelled(lists: Iterable[str]) -> Iterator[str]:
    """Yield the words of lists in which an underscore stands for a space or a hyphen.

    >>> list(spelled(["红色 off_white"]))
    ['红色', 'off white', 'off-white']
    """
    for listed in lists:
        for word in listed.split():
            yield word.replace("_", " ")
            if "_" in word:
                yield word.replace("_", "-")


@cache
def _entries() -> Mapping[str, _Entry | None]:
    """Return all words for colours, materials, seasons and people, and phrases in which they are none (None)."""
    entries: dict[str, _Entry | None] = {}
    for name, vocabulary, is_weak in (
        ("colour", WEAK_COLOURS, True),
        ("material", GRADES, True),
        ("material", MATERIALS, False),
        ("colour", COLOURS, False),
        ("season", SEASONS, False),
        ("audience", AUDIENCES, False),
    ):
        for value, listed in vocabulary.items():
            entries |= {word: _Entry(name, value, is_weak) for word in spelled([listed])}
    return entries | dict.fromkeys(
        spelled((NOT_COLOURS, NOT_MATERIALS, NOT_SEASONS, NOT_AUDIENCES))
    )


@cache
def _lexicon() -> Phrases[_Entry | None]:
    return Phrases(_entries())


_TONES = "".join(TONE_IDS)
_PARTS = "框网绳边面底壳盖柄架杆字纱"
_FANCY = re.compile(f"(?<![{HAN}])(?![男女童款])[{HAN}]{{1,3}}[{SHADES + METAL_SHADES}](?![{HAN}])")
_TONE = re.compile(
    f"(?<![{HAN}])[{_TONES}](?:(?![{HAN}])|(?=[{_PARTS}]))|(?<=[{SHADES}][{_PARTS}])[{_TONES}](?=[{_PARTS}])"
    f"|[{SHADES}]{{2}}(?=[条格拼色配两双]|(?![{HAN}]))|(?<![美亮净嫩])[{_TONES}](?={any_of(TONE_HEADS.split())})"
)
_NO_TONE = frozenset(NO_TONE.split())
_SEASON = re.compile(
    f"(?<![春夏秋冬])(?:[春夏秋冬]{{2}}(?![春夏秋冬])|[春夏秋冬](?=[{AFTER_SEASON}]|(?![{HAN}])))[季天日]?"
)
_SEASON_EN = re.compile(
    r"\b(?:spring|fall)\b(?=\s?[/&-]\s?(?:summer|winter|autumn|fall|spring)"
    r"|\s(?:and\s)?(?:summer|winter|autumn|fall|spring|20\d\d)\b"
    r"|\s(?:jackets?|coats?|dress(?:es)?|shirts?|sweaters?|outfits?|fashion|collection|hoodies?|cardigans?"
    r"|boots?|clothes|decor|wreath|hats?|tops?|casual)\b)"
    r"|(?<=winter )fall\b|(?<=autumn )spring\b|(?<=summer )fall\b|(?<=summer/)fall\b"
)
_PERSON = re.compile(
    f"[男女](?=[{AFTER_PERSON}]|(?![{HAN}]))|(?<![{HAN}])[男女]|(?<![{HAN}])童(?![{HAN}])"
)
_WOODEN = re.compile(
    r"\b(?:oak|walnut|pine|mahogany|maple|beech|ash|olive|elm)(?=(?: wood)?\s(?:dining|coffee|side|end|cutting"
    r"|serving|chopping|tables?|boards?|shel(?:f|ves)|beds?|bowls?|desks?|chairs?|bench|stools?|frames?|cabinets?"
    r"|bookcases?|bookshel|dressers?|floating|trays?|spoons?|butcher|veneer)\b)"
)
_LETTERS: Mapping[str, str] = {
    **TONE_IDS,
    **SEASON_TONES,
    "男": "men",
    "女": "women",
    "童": "kids",
    "spring": "spring",
    "fall": "autumn",
}
_LONE = re.compile(f"(?<![积土树草乔灌收水])[{''.join(LONE_MATERIALS)}]")
_LONE_HEADS = {
    character: re.compile(any_of(listed.split()[1:]))
    for character, listed in LONE_MATERIALS.items()
}
_BLENDED = re.compile("[尔丝纶毛麻%]")

_HAN = re.compile(f"[{HAN}]")
_PLASTIC = re.compile(
    r"(?<![a-z0-9-])(?:pc|pp|pe|eva|pet|tpe|as)(?=材质|料|材料|塑|箱|万向|拉链|硬|磨砂|食品|底|拖鞋|凉拖)"
    r"|(?:^|(?<=\s))(?:pp|pe|eva|tpe)(?=\s|$)"
)
_GOODS = {
    *("phone", "appliance", "wear", "jewellery", "home"),
    *("toys", "tools", "baby", "pets", "beauty"),
}
_DEVICES = {"phone", "appliance"}
_PAINTED = _GOODS - {"beauty"}
_EDIBLE = {"silk", "pearl", "gold", "crystal", "platinum", "velvet", "silver"}
_LASTING = {"jewellery", "wear", "home", "appliance"}
_SHADY = {
    *("cashmere", "linen", "cotton", "silk", "pearl", "denim"),
    *("canvas", "suede", "velvet", "platinum", "jade"),
}
_SCENTED = re.compile(
    r"candle|scent|diffuser|fragrance|soap|detergent|incense|freshener|essential oil|lotion|shampoo|香薰|香氛|蜡烛|精油"
)
_JEWELS = re.compile(
    r"\b(?:ring|necklace|bracelet|earring|pendant|anklet|stud|hoop)s?\b|戒指|项链|手链|手镯|耳环|耳钉|吊坠"
)
_DENIED = re.compile(
    r"(?:不含|无|非|免|零|仿|拒绝|\b(?:no|non|without|not|free of|faux|imitation)[\s-])$"
)
_UNSAID = re.compile(r"[\s-]?(?:free|tone|look|effect|style|scented)\b|专用|适用|可用")
_SERVED = re.compile(r"\b(?:for|on|from|fits|cleans|removes)\s(?:[a-z]+\s?(?:and|&|or)\s?){0,2}$")
_CARE = re.compile(
    r"[\s&/]{0,2}(?:[a-z]+\s)?(?:"
    + "|".join(re.escape(w) + (r"\b" if w.isascii() else "") for w in CARE.split())
    + ")"
)
_CARE_GOODS = re.compile(
    r"清洁剂|清洗剂|护理油|护理剂|去污膏|除锈|光亮剂|保养油|保养剂|强力胶|胶水|清洁膏|鞋油|皮革油|去渍|钻头|防水胶"
    r"|(?<!vacuum )\bcleaner (?:&|and|spray|wipes|polish)|\bglue\b|\bdrill bits?\b|\bstain remover"
)
_ALONE = re.compile(r"\s?(?:$|[,;/()\[\]|.]|-\s|\d|\b(?:by|set of|pack of|with)\b)")
_JOINED = re.compile(
    r"(?:&|\b(?:and|with|of|for|the|black|white|red|blue|green|pink|purple|yellow|brown|gr[ae]y))\s$"
)


def words(folded: str, topics: Mapping[str, int], taken: bytearray) -> list[Finding]:
    """Return the words of a title that state a colour, a material, a season or an audience.

    Args:
        folded: the title by `fold`.
        topics: what it is about → how many words say so.
        taken: (n,) 1 where something else was found already; what is found here is added.
    Complexity: O(n).
    """
    found = []
    is_book = "book" in topics
    is_food = _is_food(topics)
    if not (is_book or is_food or _PAINTED.isdisjoint(topics)):
        for match in _FANCY.finditer(folded):
            said = match[0]
            is_none = said in _entries() or not _NO_TONE.isdisjoint((said, said[-2:], said[-3:]))
            if is_none or (said[-1] in METAL_SHADES and _DEVICES.isdisjoint(topics)):
                continue
            if take(taken, *match.span()):
                found.append(stated("colour", TONE_IDS[said[-1]], *match.span(), 0.8))
    for hit in _lexicon().matches(folded):
        if take(taken, hit.start, hit.end) and hit.value is not None:
            word = None if is_book else _checked(folded, hit, hit.value, topics, is_food=is_food)
            if is_book and hit.value.name == "audience" and not folded.isascii():
                word = stated("audience", hit.value.value, hit.start, hit.end, 0.8)
            if word is not None:
                found.append(word)
            elif hit.value.is_weak:
                taken[hit.start : hit.end] = bytes(hit.end - hit.start)
    if not is_book:
        found += _characters(folded, taken, is_food=is_food)
    return found


def _is_food(topics: Mapping[str, int]) -> bool:
    """Return whether a title is about what is eaten and drunk, more than about anything else."""
    return topics.get("food", 0) > max((topics.get(topic, 0) for topic in _GOODS), default=0)


def _checked(
    folded: str,
    hit: Match[_Entry | None],
    entry: _Entry,
    topics: Mapping[str, int],
    *,
    is_food: bool,
) -> Finding | None:
    """Return what a word states where it stands, None where it states nothing there."""
    name, value = entry.name, entry.value
    start, end = hit.start, hit.end
    if name in ("season", "audience"):
        is_named = folded[max(0, start - 4) : start] == " in " or folded.startswith("'s", end)
        if name == "season" and is_named:
            return None
        is_pet_age = value in ("adults", "elderly", "baby") and "pets" in topics
        return None if is_pet_age else stated(name, value, start, end, 0.9)
    before = folded[max(0, start - 24) : start]
    if is_food or _DENIED.search(before) or _UNSAID.match(folded, end):
        return None
    if _SERVED.search(before):
        return None
    if name == "colour" and value in ("gold", "silver") and folded[start].isascii():
        name = "material" if _JEWELS.search(folded) else "colour"
    if name == "colour":
        if entry.is_weak and not _is_shade(folded, start, end, topics):
            return None
        return stated(name, value, start, end, 0.7 if entry.is_weak else 0.92)
    if folded[start:end] == "黄金" and "jewellery" not in topics:
        return None
    if value in _SHADY and before.endswith(" in "):
        return None
    if value in _EDIBLE and "beauty" in topics and _LASTING.isdisjoint(topics):
        return None
    if _CARE.match(folded, end) or _CARE_GOODS.search(folded):
        return None
    return stated(name, value, start, end, 0.8 if entry.is_weak else 0.92)


def _is_shade(folded: str, start: int, end: int, topics: Mapping[str, int]) -> bool:
    """Return whether a word that is a colour only at times stands where titles name the colour."""
    if not start or _SCENTED.search(folded) or not _ALONE.match(folded, end):
        return False
    before = folded[max(0, start - 8) : start]
    is_cream = topics.get("beauty", 0) > 1 and not before.rstrip().endswith(
        (",", "-", "/", "(", " in")
    )
    return not is_cream and not _JOINED.search(before)


def _characters(folded: str, taken: bytearray, *, is_food: bool) -> Iterator[Finding]:
    """Yield what single characters state before or behind the right ones: 黑框, 铁锅, 女 夏."""
    for match in () if is_food else _WOODEN.finditer(folded):
        if take(taken, *match.span()):
            yield stated("material", "wood", *match.span(), 0.8)
    if "spring" in folded or "fall" in folded:
        for match in _SEASON_EN.finditer(folded):
            if take(taken, *match.span()):
                yield stated("season", _LETTERS[match[0]], *match.span(), 0.85)
    if folded.isascii():
        return
    for pattern, name, confidence in (
        (_PERSON, "audience", 0.9),
        (_SEASON, "season", 0.85),
        *([] if is_food else [(_TONE, "colour", 0.8)]),
    ):
        for match in pattern.finditer(folded):
            if take(taken, *match.span()):
                letters = match[0].rstrip("季天日")
                for start, letter in enumerate(letters, match.start()):
                    is_last = start + 1 == match.start() + len(letters)
                    end = match.end() if is_last else start + 1
                    yield stated(name, _LETTERS[letter], start, end, confidence)
    if is_food or _CARE_GOODS.search(folded):
        return
    for match in _LONE.finditer(folded):
        start, end = match.span()
        is_blended = match[0] == "棉" and _BLENDED.match(folded[start - 1 : start])
        is_headed = _LONE_HEADS[match[0]].match(folded, end)
        if (is_blended or is_headed) and take(taken, start, end):
            yield stated("material", LONE_MATERIALS[match[0]].split()[0], start, end, 0.8)
    for match in _PLASTIC.finditer(folded):
        if take(taken, *match.span()):
            yield stated("material", "plastic", *match.span(), 0.75)
