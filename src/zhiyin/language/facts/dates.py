"""Days written as dates: 5月1日, 3号, "May 6", 5/6, and feasts that have a day, such as 五一."""

from __future__ import annotations

import re
from datetime import date

from zhiyin.language.facts import vocabulary_statements as words
from zhiyin.language.facts.phrases import Match, lexicon

PAST = "past"

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_ZH = r"\d{1,2}|[一二三四五六七八九十]{1,3}"
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")}
_FEASTS = lexicon(words.FEASTS)
_FEAST = "|".join(sorted(map(re.escape, _FEASTS), key=len, reverse=True))
_NTH = r"\d{1,2}(?:st|nd|rd|th)"
_DATES = re.compile(
    rf"(?<![\d.])(?:(?P<year>(?:19|20)\d\d)年)?(?<![\d一二三四五六七八九十])(?P<month>{_ZH})月(?P<day>{_ZH})[日号]"
    r"|(?<![\w.])(?P<y>(?:19|20)\d\d)(?P<mark>[-/.])(?P<m>\d{1,2})(?P=mark)(?P<d>\d{1,2})(?![\d./-])"
    rf"|\b(?P<name>{_MONTH}) (?P<nth>{_NTH}|\d{{1,2}})\b(?![:.]\d|%| (?:minutes|people|times|hours|days|years|miles|of)\b)(?:,? (?P<then>20\d\d)\b)?"
    rf"|\b(?P<first>{_NTH}|\d{{1,2}})(?: of)? (?P<second>{_MONTH})(?: (?P<later>20\d\d)\b)?"
    r"|(?P<weak>"
    rf"(?<![\d第a-z.月/-])(?P<alone>\d{{1,2}})号(?!{words.NO_NUMBERED})"
    rf"|\bthe (?P<ordinal>{_NTH})\b(?! \w)"
    r"|(?:^|(?<=\n)|(?<=[,。!?;]|[于在])|(?<=on )|(?<=by )|(?<=until ))(?P<slash>\d{1,2}/\d{1,2})(?![\d/]| of\b)"
    rf"|(?<![第零一二三四五六七八九十百])(?<![a-z])(?P<feast>{_FEAST})(?![a-z]|{words.NO_FEAST}))"
)
_HAS_MONTH = re.compile(rf"月|\d{{4}}|{_MONTH}")
_ELSE = re.compile(r"\b(?!(?:on|the|在|于)\b)\w+")
_HINT = re.compile(rf"[\d月]|{_FEAST}")
_PLAN_ZH = re.compile(rf"[^,]{{0,8}}?(?:{words.PLAN_ZH})")
_PLAN_EN = re.compile(words.PLAN_EN)
_TOLD = re.compile(words.TOLD_OF_DAY)
_NOT_OURS = re.compile(words.NO_DAY_OF_OURS)
_SAME_DAY = re.compile(r"(?:今[天日]是?|\btoday(?: is|'s)? )$")


def dates_in(plain: str) -> list[Match[str]]:
    """Return the dates written in a folded text that could be days, as `days.days` knows them.

    >>> [match.value for match in dates_in("2024年5月1日, may 6 or the 6th of june, 3号")]
    ['2024-05-01', '--05-06', '--06-06', '---03']
    """
    found: list[Match[str]] = []
    if not _HINT.search(plain):
        return found
    for match in _DATES.finditer(plain):
        value = _value(match)
        if value:
            found.append(Match(match.start(), match.end(), value))
    return found


def dated(clause: str, start: int, end: int, value: str) -> str | None:
    """Return the day that a date names in its clause: ``past`` where it is told of, None where it is no day.

    Args:
        clause: folded words.
        start: of the date in them.
        end: behind its last character.
        value: of `dates_in`.
    """
    if _NOT_OURS.search(clause) or _SAME_DAY.search(clause[:start]):
        return None
    has_month = _HAS_MONTH.search(clause, start, end) is not None
    is_told = _TOLD.search(clause) is not None
    if has_month and is_told:
        return PAST
    is_planned = _PLAN_ZH.match(clause, end) or _PLAN_EN.search(clause)
    is_alone = has_month and not _ELSE.search(clause[:start] + clause[end:])
    if not (is_planned or is_alone):
        return None
    return PAST if is_told else value


def _value(match: re.Match[str]) -> str:
    """Return a date in ISO 8601, with ``-`` for a year or a month that is not said; "" where there is none."""
    said = match.groupdict()
    year = said["year"] or said["y"] or said["then"] or said["later"]
    if said["feast"]:
        return _FEASTS[said["feast"]]
    if said["alone"] or said["ordinal"]:
        day = _number(said["alone"] or said["ordinal"])
        return f"---{day:02}" if 1 <= day <= 31 else ""
    name = said["name"] or said["second"]
    if name:
        month, day = _MONTHS.index(name[:3]) + 1, _number(said["nth"] or said["first"])
    elif said["slash"]:
        month, day = map(int, said["slash"].split("/"))
    else:
        month, day = _number(said["month"] or said["m"]), _number(said["day"] or said["d"])
    try:
        found = date(int(year or 2000), month, day)
    except ValueError:
        return ""
    return str(found) if year else f"--{month:02}-{day:02}"


def _number(said: str) -> int:
    """Return what digits, also with "th" behind, or Chinese numerals below 100 come to."""
    if said[0].isdecimal():
        return int(re.sub(r"\D", "", said))
    tens, is_tens, ones = said.rpartition("十")
    return (_DIGITS.get(tens, 1) * 10 if is_tens else 0) + _DIGITS.get(ones, 0)
