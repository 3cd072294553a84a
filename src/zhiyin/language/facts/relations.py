"""Who the people in a writer's life are, from how he or she names them.

A relation always runs from the writer to the other: 「我妈妈」 is the writer's mother, "as a mom of two" the writer's
child, and 「他妈妈」 is nobody of the writer's. Whom the writer loves is ``partner``, without a sex.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhiyin.language.facts import vocabulary_people as words
from zhiyin.language.facts import vocabulary_title_words as goods
from zhiyin.language.facts.names import handle_length, name_at
from zhiyin.language.facts.people import OWNED
from zhiyin.language.facts.phrases import Match
from zhiyin.language.facts.statements import Said
from zhiyin.language.finding import Finding
from zhiyin.language.scripts import HAN

METHOD = "rule:relations@1"

_OWNED_ONLY = frozenset(words.OWNED_ONLY.split())
_ADDRESSED = frozenset(words.ADDRESSED_EN.split())
_STRANGE = frozenset(("老板", "先生", "网友", "小伙伴"))
_TITLES = ("relative", "teacher", "grandparent", "sibling", "boss")
_SURE, _LIKELY, _MAYBE = 0.95, 0.85, 0.7

_OWNER_ZH = re.compile(words.OWNER_ZH)
_COMPANION_ZH = re.compile(words.COMPANION_ZH)
_NOT_OWN_ZH = re.compile(words.NOT_OWN_ZH)
_OWNER_EN = re.compile(words.OWNER_EN)
_COMPANION_EN = re.compile(words.COMPANION_EN)
_ADDRESSING_EN = re.compile(words.ADDRESSING_EN)
_PARENT_OF = re.compile(words.PARENT_OF)
_NAME_EN = re.compile(r"(?:,| named| called|'s name is)? ([A-Z][a-zà-ÿ]{1,14})(?=\W|$)(?!')")
_NAME_ZH = re.compile(f"[小老阿][{words.SURNAMES}](?![公婆家们的说是在a-z])")
_CALLED_ZH = re.compile(
    rf"(?:的?名字|大名|小名|网名)?叫(?:做)?([{HAN}]{{2,4}}|[a-z]{{2,15}})(?=$|[^\w])"
)
_IS_EN = re.compile(
    r"(?:^|(?<=[\s\"'(]))([A-Z][a-zà-ÿ]{1,14}) is (?:my|our)(?: (?:dear|older|elder|little|younger|big|best|good|close|old|new|dearest|twin))* $"
)
_IS_ZH = re.compile(rf"(?:^|(?<![{HAN}a-z]))([{HAN}]{{2,4}})是(?:我|我们|咱)(?:家|的|最好的)?$")
_NO_NAMES = frozenset(words.NO_NAMES.split())
_GOODS = frozenset(goods.TITLE_WORDS.split())
_AND = frozenset((" and ", " & ", ", ", "和", "与", "、", "跟"))
_WINDOW_ZH, _WINDOW_EN = 10, 48
_DEAR = re.compile(r"亲爱的|\bmy (?:dear|dearest|darling)\b")


def read_relations(text: str | Said) -> list[Finding]:
    """Find the people in the writer's life.

    Returns: ``relation`` findings, from the writer to the other. The value is what the other is to the writer
        (``mother``, ``colleague``, ``best_friend``, …), with a name or handle behind it where the text says one:
        ``colleague Anna``. Somebody only called by ``@`` is ``mentioned``, and somebody called dear is ``dear``.
    Complexity: O(n).

    >>> [f.value for f in read_relations("Lunch with my colleague Anna. His mother cooked.")]
    ['colleague Anna']
    """
    said = Said.of(text)
    findings, named = [], set()
    for match, sure in own_people(said):
        end, name = _name(said, match.end)
        start = match.start
        if not name:
            start, name = _name_before(said, match)
        value = f"{match.value} {name}" if name else match.value
        findings.append(Finding("relation", value, start, end, sure, METHOD))
        named.add(end)
    for found in _DEAR.finditer(said.plain):
        end, name = _name(said, found.end())
        if name or said.clause_at(found.start()).words.strip() == found[0]:
            value = f"dear {name}".strip()
            findings.append(Finding("relation", value, found.start(), end, _MAYBE, METHOD))
            named.add(end)
    findings += [
        Finding("relation", f"mentioned {name}", start, end, _LIKELY, METHOD)
        for start, end, name in said.handles
        if end not in named
    ]
    return findings


def own_people(said: Said) -> list[tuple[Match[str], float]]:
    """Return those named in a text who are the writer's own people, by kind, and how surely."""
    found: list[tuple[Match[str], float]] = []
    last_end, last_sure = -1, 0.0
    for match in said.people:
        if match.start < last_end:
            continue
        sure = _own(said, match)
        if not sure and last_sure and said.plain[last_end : match.start] in _AND:
            sure = last_sure
        if sure:
            found.append((match, sure))
        last_end, last_sure = match.end, sure
    found += [(match, _LIKELY) for match in _children(said)]
    return found


def _own(said: Said, match: Match[str]) -> float:
    """Return how surely somebody named is the writer's; 0 is not."""
    word = said.plain[match.start : match.end]
    clause = said.clause_at(match.start)
    if word in OWNED:
        return _SURE
    if word.isascii():
        return _own_en(said, match, word)
    head = said.head(match.start, _WINDOW_ZH)
    is_owned = _OWNER_ZH.search(head) is not None
    if _NOT_OWN_ZH.search(head) or (head.endswith("的") and not is_owned):
        return 0.0
    if is_owned:
        return _SURE
    if any(other.end in (match.start, match.start - 1) for other in clause.people):
        return 0.0
    if head[-1:] and head[-1] in words.SURNAMES and match.value in _TITLES:
        return 0.0
    is_companion = _COMPANION_ZH.search(head) is not None
    if word in _OWNED_ONLY and (not is_companion or word in _STRANGE):
        return 0.0
    around = head[-1:] + said.plain[match.end : match.end + 1]
    if not is_companion and ("、" in around or around.endswith("们")):
        return 0.0
    if clause.is_of_others(match.start, others=("other",)) or "建议" in clause.words:
        return 0.0
    return _LIKELY if is_companion else _MAYBE


def _own_en(said: Said, match: Match[str], word: str) -> float:
    head = said.head(match.start, _WINDOW_EN)
    if _OWNER_EN.search(head) or said.plain.startswith(" of mine", match.end):
        return _SURE
    if word == "kids" or match.value in ("friend", "family", "colleague", "classmate"):
        companion = _COMPANION_EN.search(head)
        if (
            companion
            and (companion["child"] is not None) == (word == "kids")
            and not (companion["a"] and match.value == "family")
        ):
            return _MAYBE
    if word in _ADDRESSED and _ADDRESSING_EN.search(head):
        return _MAYBE
    return 0.0


def _children(said: Said) -> Iterator[Match[str]]:
    """Yield where the writer is somebody's parent."""
    if said.people:
        for found in _PARENT_OF.finditer(said.plain):
            yield Match(found.start(), found.end(), "child")


def _name(said: Said, end: int) -> tuple[int, str]:
    """Return the end and the text of a name that stands directly behind somebody."""
    for start, behind, name in said.handles:
        if end <= start <= end + 2:
            return behind, name
    found = _NAME_EN.match(said.text, end) or _NAME_ZH.match(said.folded, end)
    if found is not None and (found.lastindex is None or found[1] not in _NO_NAMES):
        return found.end(), said.text[slice(*found.span(found.lastindex or 0))]
    if length := name_at(said.folded, end):
        return end + length, said.text[end : end + length]
    called = _CALLED_ZH.match(said.folded, end)
    if called and handle_length(called[1]) == len(called[1]):
        return called.end(), said.text[slice(*called.span(1))]
    return end, ""


def _name_before(said: Said, match: Match[str]) -> tuple[int, str]:
    """Return the start and the text of a name that is said to be somebody: "Anna is my sister", 张三是我同事."""
    begin = said.clause_at(match.start).start
    found = _IS_EN.search(said.text, begin, match.start)
    if found and not said.plain.startswith("'s", match.end):
        is_name = found[1] not in _NO_NAMES and found[1].lower() not in _GOODS
        return (found.start(), found[1]) if is_name else (match.start, "")
    found = _IS_ZH.search(said.folded[: match.start], begin)
    if found and handle_length(found[1]) == len(found[1]):
        return found.start(), said.text[slice(*found.span(1))]
    return match.start, ""
