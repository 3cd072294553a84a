"""Matters that are nobody's business: what is never read from a text."""

from __future__ import annotations

import re

from zhiyin.language.facts.phrases import Phrases, lexicon
from zhiyin.language.facts.vocabulary_sensitive import MATTERS

_MATTERS = Phrases(lexicon({str(number): words for number, words in enumerate(MATTERS)}))
_HOT = re.compile("炎(?:炎|热|夏|日|暑)")  # of the weather, not of an inflammation


def is_sensitive(folded: str) -> bool:
    """Return whether words tell of health, pregnancy, belief, politics, sexual life, origin or want of money.

    >>> is_sensitive("抗抑郁药"), is_sensitive("running shoes")
    (True, False)
    """
    return bool(_MATTERS.matches(_HOT.sub(" ", folded)))
