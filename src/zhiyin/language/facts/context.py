"""What a text says of its writer's situation: the weather, the place, and which days it is about.

All of it expires. Weather lasts to the end of the day on which it was written, a place three hours, a day until it is
over; only what is so now counts, not yesterday's rain nor that which is hoped for.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from datetime import datetime, timedelta

from zhiyin.language.facts import vocabulary_context as words
from zhiyin.language.facts.days import days, until_end_of, written
from zhiyin.language.facts.phrases import Match, Phrases, lexicon
from zhiyin.language.facts.places import TOWN
from zhiyin.language.facts.statements import Clause, Said
from zhiyin.language.finding import Finding

METHOD = "rule:context@1"
PLACE_LASTS = timedelta(hours=3)

_WEATHER = Phrases(lexicon(words.WEATHER))
_HERE = re.compile(words.HERE)
_DEGREES = re.compile(words.DEGREES)
_HOT, _COLD = 32, 5
_SURE, _LIKELY = 0.85, 0.65
_NOW = (None, "now", "today", "tonight", "habit", "this_week")
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")}

_AT_ZH = re.compile(f"(?:{words.AT_ZH})[^不没,的]{{0,4}}$")
_ARRIVED_ZH = re.compile(words.ARRIVED_ZH)
_DOING_ZH = re.compile(words.DOING_ZH)
_AT_HOME_ZH = re.compile(words.AT_HOME_ZH)
_AT_EN = re.compile(words.AT_EN)
_AT_HOME_EN = re.compile(words.AT_HOME_EN)
_AFTER_HOME_EN = re.compile(words.AFTER_HOME_EN)
_NO_DAY = re.compile(words.NO_DAY)
_OWN_TOWN = re.compile(words.OWN_TOWN)
_THIS_TOWN = re.compile(words.THIS_TOWN)
_OWN_HERE = re.compile(words.OWN_HERE)
_THERE = re.compile(words.THERE)
_WINDOW_ZH, _WINDOW_EN = 10, 60


def read_context(text: str | Said, time: datetime | None = None) -> list[Finding]:
    """Find the weather, the place where the writer is, and the days that a text is about.

    Args:
        text: what somebody wrote about the moment.
        time: when it was written, in the writer's own zone; without it days keep their names, such as ``tomorrow``.
    Returns: ``weather`` (fair, cloudy, rain, snow, storm, hot, cold, wind, smog, fog), ``place`` (a kind such as
        ``park``) and ``day`` (ISO 8601 day or interval), each with how long it ``lasts`` from the time of writing.
    Complexity: O(n).

    >>> [(f.name, f.value) for f in read_context("外面在下雨，明天再去吧", datetime(2024, 5, 1, 9))]
    [('weather', 'rain'), ('day', '2024-05-02')]
    """
    said = Said.of(text)
    return [*_weather(said, time), *_places(said), *_days(said, time)]


def place_at(said: Said, start: int, end: int) -> float:
    """Return how surely the writer is at the place named in a span: 0 where nothing says so."""
    clause = said.clause_at(start)
    if not _is_now(clause, start) or clause.is_of_others(start):
        return 0.0
    head = said.plain[max(clause.start, start - _WINDOW_EN) : start]
    if said.plain[start:end] == "home":
        is_there = _AT_HOME_EN.search(head) and _AFTER_HOME_EN.match(said.plain, end)
        return _SURE if is_there else 0.0
    if english := _AT_EN.search(head):
        return _SURE if english["sure"] else _LIKELY
    if chinese := _AT_ZH.search(head[-_WINDOW_ZH:]):
        is_doing = _DOING_ZH.match(said.plain, end, clause.end)
        return _SURE if chinese["sure"] else _LIKELY if is_doing else 0.0
    rest = said.plain[end : clause.end]
    has_come = rest[:1] in "了啦咯" and not rest.strip("了啦咯 ")
    return _SURE if has_come and rest and _ARRIVED_ZH.search(head) else 0.0


def _weather(said: Said, time: datetime | None) -> list[Finding]:
    found = [match for match in _WEATHER.matches(said.plain) if match.value]
    if "度" in said.plain or "degree" in said.plain or "℃" in said.plain or "°" in said.plain:
        found += _temperatures(said.plain)
    lasts = until_end_of("today", time)
    findings: list[Finding] = []
    elsewhere = _Elsewhere(said) if found else None
    for start, end, value in sorted(found):
        clause = said.clause_at(start)
        if elsewhere is not None and elsewhere.holds(clause, start):
            continue
        needs_here = value.endswith("?")
        if needs_here and not (_is_all(clause, start, end) or _HERE.search(clause.words)):
            continue
        if _is_now(clause, start):
            sure = _LIKELY if needs_here else _SURE
            findings.append(Finding("weather", value.rstrip("?"), start, end, sure, METHOD, lasts))
    return findings


class _Elsewhere:
    """Which weather is that of a town named before it, where the text does not say that the writer is."""

    def __init__(self, said: Said) -> None:
        self._towns = [place for place in said.places if place.value == TOWN]
        self._names = [said.plain[town.start : town.end] for town in self._towns]
        self._own = {
            name
            for name, town in zip(self._names, self._towns, strict=True)
            if _OWN_TOWN.search(said.head(town.start, _WINDOW_EN))
            or _THIS_TOWN.match(said.plain, town.end)
        }
        self._away: set[int] = set()

    def holds(self, clause: Clause, start: int) -> bool:
        """Return whether weather that stands there is; asked in the order of the text."""
        last = bisect_left(self._towns, (start,)) - 1
        if last >= 0 and self._towns[last].start >= clause.start:
            is_away = self._names[last] not in self._own
        elif _THERE.search(clause.words, 0, start - clause.start):
            is_away = True
        else:
            goes_on = clause.before is not None and clause.before.start in self._away
            is_away = goes_on and not _OWN_HERE.search(clause.words)
        if is_away:
            self._away.add(clause.start)
        return is_away


def _temperatures(plain: str) -> list[Match[str]]:
    found = []
    for match in _DEGREES.finditer(plain):
        below, digits = (match[1], match[2]) if match[2] else (match[3], match[4])
        degrees = -_number(digits) if below else _number(digits)
        if degrees >= _HOT or degrees <= _COLD:
            start = match.start(2) if match[2] else match.start(4)
            value = "hot" if degrees >= _HOT else "cold"
            found.append(Match(start, match.end(), value))
    return found


def _number(digits: str) -> int:
    if digits.isdecimal():
        return int(digits)
    tens, is_tens, ones = digits.rpartition("十")
    units = _DIGITS.get(ones[-1:], 0)
    return (_DIGITS.get(tens, 1) * 10 if is_tens else 0) + units


def _is_all(clause: Clause, start: int, end: int) -> bool:
    return clause.words.strip() == clause.words[start - clause.start : end - clause.start]


def _is_now(clause: Clause, start: int) -> bool:
    return not (
        clause.is_question
        or clause.is_supposed(start)
        or clause.denies(start)
        or clause.is_past(start)
        or clause.when(start) not in _NOW
    )


def _places(said: Said) -> list[Finding]:
    findings = []
    for start, end, value in said.places:
        sure = place_at(said, start, end) if value != TOWN else 0.0
        if value == "home" and sure < _SURE and not _AT_HOME_ZH.match(said.plain, end):
            sure = 0.0
        if sure:
            findings.append(Finding("place", value, start, end, sure, METHOD, PLACE_LASTS))
    return findings


def _days(said: Said, time: datetime | None) -> list[Finding]:
    findings = []
    for clause in said.clauses:
        if clause.is_question:
            continue
        for start, end, when in clause.times:
            lasts = until_end_of(when, time)
            if lasts is None or when == "now" or clause.is_supposed(start):
                continue
            if "week" in when and _NO_DAY.search(clause.words):
                continue
            value = when
            if time is not None and (span := days(when, time.date())):
                value = written(*span)
            findings.append(Finding("day", value, start, end, 0.8, METHOD, lasts))
    return findings
