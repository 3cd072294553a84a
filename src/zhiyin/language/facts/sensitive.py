"""Matters that are nobody's business: what is never read from a text."""

from __future__ import annotations

from zhiyin.language.facts.phrases import Phrases, lexicon
from zhiyin.language.facts.vocabulary_sensitive import MATTERS

_MATTERS = Phrases(lexicon({str(number): words for number, words in enumerate(MATTERS)}))


def is_sensitive(folded: str) -> bool:
    """Return whether words tell of health, pregnancy, belief, politics, sexual life, origin or want of money.

    >>> is_sensitive("抗抑郁药"), is_sensitive("running shoes")
    (True, False)
    """
    return bool(_MATTERS.matches(folded))
