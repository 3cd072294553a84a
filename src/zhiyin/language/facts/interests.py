"""What a writer likes to do, from what he or she says to like, does, and is.

A thing liked is surer than one done once. What others like, what is denied or asked, and what was liked long ago is
nobody's interest now.
"""

from __future__ import annotations

import re

from zhiyin.language.facts import vocabulary_interests as words
from zhiyin.language.facts.phrases import Match, Phrases, lexicon
from zhiyin.language.facts.statements import Clause, Said
from zhiyin.language.finding import Finding

METHOD = "rule:interests@1"

_LIKED = Phrases(lexicon(words.INTERESTS))
_DONE = Phrases(lexicon(words.PRACTICE))
_PERSONS = Phrases(lexicon(words.PERSONS))
_AS_EN = re.compile(words.AS_EN)
_LIKING_ZH = re.compile(words.LIKING_ZH)
_AFTER_ZH = re.compile(words.AFTER_ZH)
_INTEREST_ZH = re.compile(words.INTEREST_ZH)
_OLD = re.compile(words.OLD)
_LIKING_EN = re.compile(words.LIKING_EN)
_AFTER_EN = re.compile(words.AFTER_EN)
_AND = re.compile(words.AND)
_WINDOW_ZH, _WINDOW_EN = 14, 70
_LIKES, _IS, _DOES = 0.85, 0.8, 0.6


def read_interests(text: str | Said) -> list[Finding]:
    """Find what the writer likes to do.

    Returns: ``interest`` findings with a canonical id such as ``running``.
    Complexity: O(n).

    >>> [f.value for f in read_interests("我特别喜欢摄影和徒步，不喜欢跑步")]
    ['photography', 'hiking']
    """
    said = Said.of(text)
    findings = []
    for match in _DONE.matches(said.plain):
        clause = said.clause_at(match.start)
        if _is_told(clause, match.start):
            findings.append(_finding(match, match.start, _DOES))
    for match in _PERSONS.matches(said.plain):
        clause = said.clause_at(match.start)
        is_chinese = not said.plain[match.start].isascii()
        is_writer = is_chinese or _AS_EN.search(said.head(match.start, _WINDOW_ZH))
        if is_writer and _is_told(clause, match.start):
            findings.append(_finding(match, match.start, _IS))
    last: Finding | None = None
    for match in _LIKED.matches(said.plain):
        if not _is_whole(said.plain, match):
            last = None
        elif (cue := _cue(said, match)) is not None:
            last = _finding(match, cue, _LIKES)
        elif last is not None and _AND.match(said.plain[last.end : match.start][:_WINDOW_ZH]):
            last = _finding(match, match.start, _LIKES)
        else:
            last = None
        if last is not None:
            findings.append(last)
    return findings


def _finding(match: Match[str], start: int, sure: float) -> Finding:
    return Finding("interest", match.value, start, match.end, sure, METHOD)


def _is_whole(plain: str, match: Match[str]) -> bool:
    """Return whether no goods are meant, as in 跑步机 and "coffee machine", nor those who like it."""
    if plain[match.end - 1].isascii():
        return _AFTER_EN.match(plain, match.end) is not None
    return _AFTER_ZH.match(plain, match.end) is None


def _cue(said: Said, match: Match[str]) -> int | None:
    """Return where the words begin that say that the writer likes it, None where none do."""
    clause = said.clause_at(match.start)
    begin = max(clause.start, match.start - _WINDOW_ZH)
    found = _LIKING_ZH.search(said.plain[begin : match.start])
    if found is not None and found[0].startswith("对"):
        found = found if _INTEREST_ZH.match(said.plain, match.end) else None
    if found is None:
        begin = max(clause.start, match.start - _WINDOW_EN)
        found = _LIKING_EN.search(said.plain[begin : match.start])
    if found is None:
        return None
    cue = begin + found.start()
    return cue if _is_told(clause, cue) and _is_told(clause, match.start) else None


def _is_told(clause: Clause, position: int) -> bool:
    """Return whether the writer says it of him- or herself, and of these years."""
    before = "" if clause.before is None else clause.before.words
    is_old = _OLD.search(clause.words) or _OLD.search(before)
    return clause.tells(position, kin_before=True) and not is_old
