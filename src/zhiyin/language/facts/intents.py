"""What a text says its writer is about to do: go somewhere, buy something, give something to somebody.

An intent expires: at the end of the day it names, else after two days for going out and two weeks for buying.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from itertools import pairwise

from zhiyin.language.facts import vocabulary_intents as words
from zhiyin.language.facts.days import until_end_of
from zhiyin.language.facts.phrases import Phrases, lexicon
from zhiyin.language.facts.places import TOWN
from zhiyin.language.facts.relations import own_people
from zhiyin.language.facts.sensitive import is_sensitive
from zhiyin.language.facts.statements import Clause, Said
from zhiyin.language.finding import Finding
from zhiyin.language.tokens import Token, Tokenizer

METHOD = "rule:intents@1"
GOING_LASTS = timedelta(days=2)
BUYING_LASTS = timedelta(days=14)
OCCASION_LASTS = timedelta(days=14)
"""Where no day is named."""

_OUTINGS = Phrases(lexicon(words.OUTINGS))
_OCCASIONS = Phrases(lexicon(words.OCCASIONS))
_PERSONAL = Phrases(lexicon(words.PERSONAL))
_WILL = re.compile(
    rf"(?:{words.WILL_ZH})[^不没了过完]{{0,8}}?(?P<go>去|到|逛|(?<![上起出后原本下过回])来)?[^了过完不没]{{0,5}}$"
)
_TO_COME = re.compile(
    rf"(?:{words.TO_COME_ZH})(?:我们?|[要想就再]|准备|打算|一起|的时候|那天|[和跟带约].{{1,4}})*(?:(?P<go>去|到|逛)[^了过完不没]{{0,5}})?$"
)
_OVER = re.compile(words.OVER_ZH)
_GOING_EN = re.compile(words.GOING_EN)
_BUYING = re.compile(f"(?P<zh>{words.BUYING_ZH})|{words.BUYING_EN}")
_GOODS_EN = re.compile(words.GOODS_EN)
_MEASURES = frozenset(f"{n}{m}" for m in words.MEASURES for n in ("", *"一两三几")) | {"一下", "到"}
_END = frozenset(f"{words.GOODS_END_ZH} {words.GOODS_END_EN}".split())
_NO_GOODS = frozenset(f"{words.NO_GOODS_EN} {words.NO_GOODS_ZH}".split())
_NO_THING = frozenset(words.NO_THING.split())
_PEOPLE = frozenset(words.BUYERS.split())
_GIVING = re.compile(words.GIVING)
_NOT_GIVING = re.compile(words.NOT_GIVING)
_FOR_WHOM = re.compile(words.FOR_WHOM)
_FEAST = re.compile(words.FEAST)
_TOLD = re.compile(words.TOLD)
_COMING = re.compile(words.COMING)
_AFTER_EN = re.compile(words.AFTER_EN)
_WINDOW_ZH, _WINDOW_EN, _GOODS, _MOST_WORDS = 16, 70, 60, 5


def read_intents(
    text: str | Said, time: datetime | None = None, tokenizer: Tokenizer | None = None
) -> list[Finding]:
    """Find where the writer is about to go, what is wanted, and for which occasion and whom.

    Args:
        text: what somebody wrote.
        time: when, in the writer's own zone.
        tokenizer: knows a shop's own words, so that goods named by them are found whole.
    Returns: ``intent`` (a kind of place, ``travel``, or ``buy`` and the words for the goods), ``occasion`` and
        ``audience`` (whom it is for, as in relations).
    Complexity: O(n).

    >>> [(f.name, f.value) for f in read_intents("I want to buy a red kettle")]
    [('intent', 'buy red kettle')]
    """
    said = Said.of(text)
    bought = list(_buying(said, time, tokenizer or _tokenizer()))
    found = [*_going(said, time), *bought, *_giving(said, bought, time)]
    return [finding for finding in found if finding.lasts]


def lasting(clause: Clause, start: int, time: datetime | None, otherwise: timedelta) -> timedelta:
    """Return how long a plan lasts: to the end of the day it is for, as its sentence says; 0 where that is over."""
    when = clause.when(start)
    lasts = None if when == "now" else until_end_of(when, time)
    if lasts is None and when and when[0].isdigit():
        return timedelta()
    return otherwise if lasts is None else lasts


def is_going(said: Said, start: int, end: int) -> bool:
    """Return whether the writer is about to go to the place named there."""
    return _cue(said, start, end, is_place=True) is not None


def _going(said: Said, time: datetime | None) -> Iterator[Finding]:
    places = [(match, True) for match in said.places]
    outings = [(match, False) for match in _OUTINGS.matches(said.plain)]
    found = set()
    for (start, end, kind), is_place in places + outings:
        value = "travel" if kind == TOWN else kind
        if value in ("home", "train") or (value, said.clause_at(start).start) in found:
            continue
        if (cue := _cue(said, start, end, is_place=is_place)) is not None:
            lasts = lasting(said.clause_at(start), start, time, GOING_LASTS)
            found.add((value, said.clause_at(start).start))
            yield Finding("intent", value, cue, end, 0.8, METHOD, lasts)


def _cue(said: Said, start: int, end: int, *, is_place: bool) -> int | None:
    """Return where the words begin that say that the writer is about to go there, None where none do."""
    clause = said.clause_at(start)
    if clause.is_question or clause.is_supposed(start):
        return None
    cue = _going_from(said.plain, clause, start, end, is_place=is_place)
    return cue if cue is not None and clause.states(cue) else None


def _going_from(plain: str, clause: Clause, start: int, end: int, *, is_place: bool) -> int | None:
    """Return where words of going begin before a place or an outing, whoever says them of whomever."""
    begin = max(clause.start, start - _WINDOW_ZH)
    head = plain[begin:start]
    will = _WILL.search(head)
    if will is not None and (not is_place or will["go"]):
        return begin + will.start()
    to_come = _TO_COME.search(head)
    if to_come is not None and (not is_place or to_come["go"]) and not _OVER.match(plain, end):
        return begin + to_come.start()
    begin = max(clause.start, start - _WINDOW_EN)
    said = None if _AFTER_EN.match(plain, end) else _GOING_EN.search(plain[begin:start])
    return None if said is None else begin + said.start()


def _buying(said: Said, time: datetime | None, tokenizer: Tokenizer) -> Iterator[Finding]:
    for found in _BUYING.finditer(said.plain):
        start = found.start()
        clause = said.clause_at(start)
        if clause.is_past(start) or clause.is_supposed(start) or clause.is_of_others(start):
            continue
        if clause.denies(start) or (found["weak"] and clause.is_question):
            continue
        is_chinese = found["zh"] is not None
        span = _goods(said.plain, found.end(), clause.end, tokenizer, is_chinese=is_chinese)
        if span is None:
            continue
        value = said.written(*span)
        if not is_sensitive(said.folded[span[0] : span[1]]):
            lasts = lasting(clause, start, time, BUYING_LASTS)
            sure = 0.6 if found["weak"] else 0.8
            yield Finding("intent", f"buy {value}", start, span[1], sure, METHOD, lasts)


def _goods(
    plain: str, start: int, end: int, tokenizer: Tokenizer, *, is_chinese: bool
) -> tuple[int, int] | None:
    """Return the span of the goods that are spoken of behind a word such as 买, None where none are."""
    if not is_chinese:
        determiners = _GOODS_EN.match(plain, start, end)
        if determiners is None:
            return None
        start = determiners.end()
    kept: list[Token] = []
    for token in tokenizer.tokens(plain[start : min(end, start + _GOODS)])[:_MOST_WORDS]:
        if token.text in _END or token.kind in ("emoji", "other"):
            break
        kept.append(token)
    if any(one.text == "的" and two.text in _PEOPLE for one, two in pairwise(kept)):
        return None
    while kept and kept[-1].text == "的":
        kept.pop()
    while len(kept) > 1 and kept[0].text in _MEASURES:
        kept.pop(0)
    if not kept or kept[0].text in _NO_THING or kept[-1].text in _NO_GOODS:
        return None
    span = start + kept[0].start, start + kept[-1].end
    goods = plain[slice(*span)]
    is_named = len(goods) > 1 or goods in words.ONE_ZH
    return None if not is_named or "礼物" in goods or "gift" in goods else span


def _giving(said: Said, bought: list[Finding], time: datetime | None) -> Iterator[Finding]:
    gifts = {clause.sentence: place for place, clause in _gifts(said)}
    for start, end in gifts.values():
        lasts = lasting(said.clause_at(start), start, time, OCCASION_LASTS)
        yield Finding("occasion", "gift", start, end, 0.85, METHOD, lasts)
    wanted = {said.clause_at(finding.start).sentence for finding in bought}.union(gifts)
    for start, end, value in _OCCASIONS.matches(said.plain):
        clause = said.clause_at(start)
        is_coming = clause.sentence in wanted or _COMING.search(clause.words)
        is_over = clause.is_past(start) or clause.denies(start) or _TOLD.search(clause.words)
        if value and is_coming and not is_over:
            lasts = lasting(clause, start, time, OCCASION_LASTS)
            yield Finding("occasion", value, start, end, 0.75, METHOD, lasts)
    for start, end, value in _PERSONAL.matches(said.plain) if gifts else ():
        if said.clause_at(start).sentence in gifts:
            yield Finding("occasion", value, start, end, 0.75, METHOD, OCCASION_LASTS)
    if wanted:
        yield from _audience(said, wanted)


def _gifts(said: Said) -> Iterator[tuple[tuple[int, int], Clause]]:
    """Yield the spans and clauses that say that the writer looks for a gift."""
    for found in _GIVING.finditer(said.plain):
        start = found.start()
        clause = said.clause_at(start)
        if not (
            clause.is_past(start)
            or clause.is_supposed(start)
            or clause.is_of_others(start, others=("other",))
            or _NOT_GIVING.search(said.head(start, _WINDOW_ZH))
        ):
            yield found.span(), clause


def _audience(said: Said, sentences: set[int]) -> Iterator[Finding]:
    for (start, end, kind), sure in own_people(said):
        clause = said.clause_at(start)
        is_meant = _FOR_WHOM.search(said.head(start, _WINDOW_ZH)) or _FEAST.match(said.plain, end)
        if is_meant and clause.sentence in sentences and not _TOLD.search(clause.words):
            yield Finding("audience", kind, start, end, sure * 0.9, METHOD, OCCASION_LASTS)


@cache
def _tokenizer() -> Tokenizer:
    return Tokenizer()
