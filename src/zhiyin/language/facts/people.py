"""Where a text names people by what they are to somebody: 妈妈, "colleague", 闺蜜."""

from __future__ import annotations

import re

from zhiyin.language.facts import vocabulary_people as words
from zhiyin.language.facts.phrases import Match, Phrases, lexicon

OWNED = words.SHORT | {f"{word}{word[-1]}": kind for word, kind in words.SHORT.items()}
"""Words that hold their owner, such as 我妈 and 我妈妈."""

_PEOPLE = Phrases(lexicon(words.KINDS) | OWNED | lexicon({"": words.NO_PEOPLE}))
_GOODS = re.compile(words.GOODS)


def people_in(plain: str) -> list[Match[str]]:
    """Return the people named in a folded text, by kind; goods such as 妈妈装 and oaths are none.

    >>> people_in("和闺蜜去买妈妈装")
    [Match(start=1, end=3, value='best_friend')]
    """
    return [
        match
        for match in _PEOPLE.matches(plain)
        if match.value and not _GOODS.match(plain, match.end)
    ]
