"""What happens in a writer's life and changes what is needed: a move, a new job, a wedding, a baby, a pet.

Only what the writer plainly announces as his or her own and of these days counts. Nothing is inferred from signs: a
pregnancy never is, not even a stated one, and a child only once it is born. Illness, loss, belief and want have no
value here at all.
"""

from __future__ import annotations

import re
from datetime import timedelta

from zhiyin.language.facts import vocabulary_events as words
from zhiyin.language.facts.phrases import Match, Phrases, lexicon
from zhiyin.language.facts.statements import Clause, Said
from zhiyin.language.finding import Finding

METHOD = "rule:life_events@1"

_EVENTS = Phrases(lexicon(words.EVENTS))
_LONG_AGO = re.compile(words.LONG_AGO)
_RECENT = re.compile(words.RECENT)
_TRAVEL_ZH = re.compile(words.TRAVEL_ZH)
_TRAVEL_EN = re.compile(words.TRAVEL_EN)


def read_life_events(text: str | Said) -> list[Finding]:
    """Find what happens in the writer's life.

    Returns: ``life_event`` findings such as ``moving`` or ``new_baby``; each ``lasts`` as long as it shapes what is
        needed.
    Complexity: O(n).

    >>> [f.value for f in read_life_events("We just moved into our new flat. My brother got a new job.")]
    ['moving']
    """
    said = Said.of(text)
    found = [match for match in _EVENTS.matches(said.plain) if _is_told(said, match)]
    found += [Match(m.start(), m.end(), "travel") for m in _TRAVEL_ZH.finditer(said.plain)]
    found += [Match(m.start(), m.end(), "travel") for m in _TRAVEL_EN.finditer(said.text)]
    return [
        Finding("life_event", event, start, end, 0.8, METHOD, timedelta(days=words.DAYS[event]))
        for start, end, value in found
        if _is_own(said.clause_at(start), start)
        for event in [value.rstrip("=~")]
    ]


def _is_told(said: Said, match: Match[str]) -> bool:
    """Return whether a phrase announces an event, also where it needs more than itself."""
    clause = said.clause_at(match.start)
    if match.value.endswith("="):
        return clause.words.strip() == said.plain[match.start : match.end]
    if match.value.endswith("~"):
        return _RECENT.search(clause.words) is not None
    return bool(match.value)


def _is_own(clause: Clause, start: int) -> bool:
    """Return whether the writer states it of these days and of him- or herself."""
    return clause.tells(start, kin_before=True) and not _LONG_AGO.search(clause.words)
