"""Words that whoever runs the shop lets stand for one another in searches."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Self
from unicodedata import normalize

from zhiyin.errors import InvalidRecord

_ARROW = re.compile(r"->|→")
_APART = re.compile(r"[=＝,，、]")
_NO_TEXT = re.compile(r"[\0-\x1f\ud800-\udfff]")
_LONGEST = 60
_MOST = 20


@dataclass(frozen=True, slots=True)
class Synonym:
    """Words that mean the same; with ``meant`` those find what is meant as well, but not the other way round.

    Attributes:
        words: as shoppers type them.
        meant: what they also stand for; where empty, each of the words stands for all.
        set_by: who said so.
        set_at: when.
        note: why, for people.
        id: given by the store.

    Raises:
        InvalidRecord: it cannot be so.

    >>> str(Synonym(("sneakers", "trainers"))), str(Synonym(("keyboard",), ("input device",)))
    ('sneakers = trainers', 'keyboard -> input device')
    """

    words: tuple[str, ...]
    meant: tuple[str, ...] = ()
    set_by: str = ""
    set_at: datetime | None = None
    note: str = ""
    id: str = ""

    def __post_init__(self) -> None:
        every = [*self.words, *self.meant]
        if not self.words or len(every) < 2:
            raise _refused("it needs two words", "such as 跑鞋 = 跑步鞋, or 土豆 -> 薯片")
        if len({word.casefold() for word in every}) < len(every) or len(every) > _MOST:
            raise _refused("a word stands in it twice, or too many do", f"up to {_MOST} words")
        for word in every:
            bare = word.strip()
            if (
                bare != word
                or not bare
                or len(bare) > _LONGEST
                or _APART.search(bare)
                or _ARROW.search(bare)
            ):
                raise _refused(f"“{word[:_LONGEST]}” is no word", f"1 to {_LONGEST} letters")
        if any(_NO_TEXT.search(text) for text in (*every, self.set_by, self.note)):
            raise _refused("it is no text that can be kept", "letters, without line ends")

    @classmethod
    def read(cls, text: str, *, set_by: str = "", note: str = "") -> Self:
        """Return the synonym of a line: ``a = b = c`` for words that mean the same, ``a, b -> c`` for one way alone.

        Raises:
            InvalidRecord: it cannot be read.
        """
        sides = [
            tuple(word.strip() for word in _APART.split(side) if word.strip())
            for side in _ARROW.split(text)
        ]
        if len(sides) > 2 or not all(sides):
            raise _refused(f"“{text[:200]}” cannot be read", "a = b, or a -> b")
        meant = sides[1] if len(sides) > 1 else ()
        return cls(sides[0], meant, set_by=set_by, note=note)

    def is_same(self, other: Synonym) -> bool:
        """Return whether another says the same, whoever set it and in whichever order.

        >>> Synonym(("sofa", "couch")).is_same(Synonym(("Couch", "sofa"))), Synonym(("a",), ("b",)).is_same(Synonym(("b",), ("a",)))
        (True, False)
        """
        return (_set(self.words), _set(self.meant)) == (_set(other.words), _set(other.meant))

    def __str__(self) -> str:
        said = " = ".join(self.words)
        return f"{said} -> {' = '.join(self.meant)}" if self.meant else said


class SynonymChange(NamedTuple):
    """One line of what was done with synonyms: ``added`` or ``removed``, and the synonym, with who did it and when."""

    act: str
    synonym: Synonym


def _set(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(normalize("NFKC", word).casefold() for word in words)


def _refused(what: str, expected: str) -> InvalidRecord:
    return InvalidRecord(
        what, where="synonym", expected=expected, next_step="see zhiyin synonyms add --help"
    )
