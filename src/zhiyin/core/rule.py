"""What whoever runs the shop wants of some items, beside what is learned: pin, bury, exclude, boost, expose."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from zhiyin.errors import InvalidRecord, nearest

RULE_KINDS: Mapping[str, str | None] = {
    "pin": "place", "bury": None, "exclude": None, "boost": "strength", "expose": "share",
}  # fmt: skip
"""What a rule may do → the figure that it needs, and no other."""
_FIGURES = {
    "place": "a whole number from 1 to 1000",
    "strength": "a number from -10 to 10, not 0",
    "share": "a number above 0, at most 1",
}
_NO_TEXT = re.compile(r"[\0\ud800-\udfff]")  # what no database takes
_LONGEST = 10_000
_LONGEST_QUERY = 200
SEARCH = "search"
"""The surface whose pages have a query."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. It holds from ``valid_from`` on and before ``valid_until``, where they are given.

    Attributes:
        kind: ``pin`` holds a place, ``bury`` puts behind everything else, ``exclude`` never shows, ``boost`` lifts,
            ``expose`` guarantees a share.
        where: which items, an expression such as ``category = "tea" and price < 50``.
        surfaces: on which pages; on all when empty.
        place: of a pin, counted from 1.
        strength: of a boost, in ranges of the page's scores: 1 lifts the last of the page to its top, below 0 lowers.
        share: of ``expose``, the part of the exposure of items on these surfaces, above 0, at most 1.
        valid_from: timezone-aware.
        valid_until: timezone-aware.
        set_by: who said so last.
        set_at: when.
        note: why, for people.
        id: given by the store.
        query: words, all of which a search must have for the rule to hold, as they are understood or in a synonym; such a
            rule is for the search page alone. Whatever is searched for when empty.

    Raises:
        InvalidRecord: it cannot be so.

    >>> Rule("pin", 'id = "tea-7"', place=1).place
    1
    """

    kind: str
    where: str
    surfaces: tuple[str, ...] = ()
    place: int | None = None
    strength: float | None = None
    share: float | None = None
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    set_by: str = ""
    set_at: datetime | None = None
    note: str = ""
    id: str = ""
    query: str = ""

    def __post_init__(self) -> None:
        if self.kind not in RULE_KINDS:
            raise _refused(
                f'no rule is called "{self.kind}"', "kind", nearest(self.kind, RULE_KINDS)
            )
        self._check_texts()
        self._check_figures()
        self._check_times()
        if self.query:
            self._check_query()
            object.__setattr__(self, "surfaces", (SEARCH,))

    def _check_texts(self) -> None:
        texts = {"where": self.where, "set_by": self.set_by, "note": self.note, "query": self.query}
        for name, text in {**texts, "surfaces": "".join(self.surfaces)}.items():
            if len(text) > _LONGEST or _NO_TEXT.search(text):
                raise _refused(
                    "it is no text that can be kept", name, f"{_LONGEST:,} letters at most"
                )
        if not self.where.strip():
            raise _refused("it says of no item", "where", 'an expression such as category = "tea"')

    def _check_figures(self) -> None:
        wanted = RULE_KINDS[self.kind]
        for name, expected in _FIGURES.items():
            value = getattr(self, name)
            if (value is None) != (name != wanted):
                what = f"{self.kind} needs it" if name == wanted else f"{self.kind} has none"
                raise _refused(what, name, expected if name == wanted else f"no {name}")
            if value is not None and not _fits(name, value):
                raise _refused(f"{value!r} does not fit", name, expected)

    def _check_times(self) -> None:
        for name in ("valid_from", "valid_until", "set_at"):
            time: datetime | None = getattr(self, name)
            if time is not None and not _is_aware(time):
                raise _refused(
                    f"{time} has no zone, or is out of time", name, "a time with its zone"
                )
        if self.valid_from and self.valid_until and self.valid_until <= self.valid_from:
            raise _refused("it ends before it begins", "valid_until", f"after {self.valid_from}")

    def _check_query(self) -> None:
        if len(self.query) > _LONGEST_QUERY or not any(map(str.isalnum, self.query)):
            raise _refused("no search has it", "query", f"words, {_LONGEST_QUERY} letters at most")
        for surface in self.surfaces:
            if surface != SEARCH:
                raise _refused(
                    f'nobody searches on pages of "{surface}"',
                    "query",
                    f"the surface {SEARCH} alone",
                )

    def is_for(self, surface: str) -> bool:
        """Return whether it is about pages of a surface."""
        return not self.surfaces or surface in self.surfaces


class RuleChange(NamedTuple):
    """One line of what was done with rules: ``added``, ``changed`` or ``removed``, and the rule as it was then.

    Who did it and when are the rule's ``set_by`` and ``set_at``.
    """

    act: str
    rule: Rule


def checked_author(rule: Rule) -> Rule:
    """Return a rule that says who sets it.

    Raises:
        InvalidRecord: it does not.
    """
    if not rule.set_by.strip():
        raise _refused("nobody says so", "set_by", "the name of who sets the rule")
    return rule


def of_ids(*ids: str) -> str:
    """Return the expression that names items by their ids.

    >>> of_ids("tea-7", "tea-8")
    'id in ("tea-7", "tea-8")'
    """
    told = (re.sub(r'(["\\])', r"\\\1", one) for one in ids)
    return "id in ({})".format(", ".join(f'"{one}"' for one in told))


def _fits(name: str, value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return False
    if name == "place":
        return isinstance(value, int) and 1 <= value <= 1000
    return 0 < value <= 1 if name == "share" else 0 < abs(value) <= 10


def _is_aware(time: datetime) -> bool:
    try:
        return time.tzinfo is not None and bool(time.astimezone(UTC))
    except OverflowError:
        return False


def _refused(what: str, where: str, expected: str) -> InvalidRecord:
    return InvalidRecord(
        what, where=f"rule, {where}", expected=expected, next_step="see zhiyin rules add --help"
    )
