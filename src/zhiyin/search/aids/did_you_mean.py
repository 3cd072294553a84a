"""What a shopper may have meant: the query with its slips put right, or one that others asked and that found more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from zhiyin.language.pinyin import Sounds
from zhiyin.language.tokens import Tokenizer
from zhiyin.search.asked_queries import AskedQuery, normal, tellable
from zhiyin.search.understanding import Understanding

LITTLE = 5
"""Items found, below which another query is looked for."""
_LEAST_LIKENESS = 0.7
_MOST = 20_000
"""Queries of others that are compared, the most usual ones: each takes a kilobyte."""


class DidYouMean(NamedTuple):
    """A query in the place of another.

    Attributes:
        text: the query.
        kind: ``corrected``: the answer is that of this query already, unless the shopper insists; ``alternative``: it is not.
        found: how many items it found when it was asked last; None where nobody asked it.
    """

    text: str
    kind: Literal["corrected", "alternative"]
    found: int | None = None


class NearQueries:
    """Finds queries of others that are like one in letters or in sound.

    Args:
        asked: the log's queries; those that may not be told are left out.

    >>> near = NearQueries([AskedQuery("防晒霜", 9, 7, 0, 30)])
    >>> near.to("防晒双"), near.to("fangshaishuan")[0].text, near.to("雨伞")
    ([AskedQuery(text='防晒霜', times=9, people=7, last_us=0, found=30, chosen={})], '防晒霜', [])
    """

    def __init__(self, asked: Sequence[AskedQuery]) -> None:
        usual = sorted(tellable(asked), key=lambda one: (-one.people, -one.times, one.text))[:_MOST]
        self._asked = {normal(one.text): one for one in usual}
        self._sounds = Sounds(self._asked)
        self._tokenizer = Tokenizer()

    def to(self, text: str) -> list[AskedQuery]:
        """Return queries that are one slip away or sound the same, the most alike first; not the query itself, nor one of its words.

        Complexity: O(length² + log queries).
        """
        said = normal(text)
        near = self._sounds.candidates(said) if said else []
        words = sorted(self._tokenizer.words(said))
        return [
            self._asked[one]
            for one, likeness in near
            if likeness >= _LEAST_LIKENESS
            and one != said
            and sorted(self._tokenizer.words(one)) != words
        ]


def corrected(read: Understanding) -> str:
    """Return a query as it was typed, but for what was corrected in it.

    >>> from zhiyin.search.understanding import Correction
    >>> corrected(Understanding("red shose under $5", corrections=(Correction("shose", "shoes", 4, 9, "spelling", 0.9),)))
    'red shoes under $5'
    """
    text = read.said
    for one in sorted(read.corrections, key=lambda one: -one.start):
        text = text[: one.start] + one.meant + text[one.end :]
    return text


def did_you_mean(
    read: Understanding, n_found: int, near: NearQueries | None = None
) -> DidYouMean | None:
    """Return what the query was read as where that is not what was typed, else, where little was found, what found more.

    Args:
        read: the query.
        n_found: how many items it found.
        near: queries of others.
    """
    if read.corrections:
        text = corrected(read)
        return DidYouMean(text, "corrected") if normal(text) != normal(read.said) else None
    if n_found >= LITTLE or near is None:
        return None
    more = (one for one in near.to(read.said) if one.found > n_found)
    best = next(more, None)
    return None if best is None else DidYouMean(best.text, "alternative", best.found)
