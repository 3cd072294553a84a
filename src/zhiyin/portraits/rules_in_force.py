"""Which rules hold now for a surface, as arrays by item number."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from zhiyin.core import Candidates, Kind, Query
from zhiyin.core.rule import Rule
from zhiyin.core.times import to_us
from zhiyin.errors import ZhiyinError
from zhiyin.portraits.matching import AGE, Mask, Matching
from zhiyin.portraits.selection import Selection
from zhiyin.store.rules import StoredRules

_log = logging.getLogger(__name__)
_MINUTE_US = 60_000_000
_MOST_KEPT = 64
_EVER = np.iinfo(np.int64)
SAYS = "says"
"""The field of a query that says of words whether they stand in what is searched for, (1,) object, a `Says`."""
Says = Callable[[str], bool]


class Exposed(NamedTuple):
    """A guaranteed share of the exposure on some surfaces, all of them when empty; of each page where it hangs on a query."""

    share: float
    mask: Mask
    surfaces: tuple[str, ...]
    is_of_query: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class InForce:
    """What holds on a surface at a moment; each array is (items,) or (0,), by item number.

    Attributes:
        excluded: bool, never shown.
        buried: bool, behind everything else.
        boost: float64, in ranges of the page's scores.
        pins: place, counted from 0, and who may stand there; by place, and at one place the rule set last first.
        exposed: guaranteed shares.
    """

    excluded: Mask = field(default_factory=lambda: np.zeros(0, bool))
    buried: Mask = field(default_factory=lambda: np.zeros(0, bool))
    boost: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    pins: tuple[tuple[int, Mask], ...] = ()
    exposed: tuple[Exposed, ...] = ()

    def held(self, page: Candidates) -> Mask:
        """Return (n,) bool, true where an item stands at the place of its pin or is of those with a guaranteed share."""
        held = np.zeros(len(page), bool)
        for exposed in self.exposed:
            held |= of_candidates(exposed.mask, page)
        for place, mask in self.pins:
            held[place : place + 1] |= of_candidates(
                mask, page.take(np.arange(place, min(place + 1, len(page))))
            )
        return held


PINNED = "pinned"
"""The source that proposes what rules mean."""


def only_by_rule(candidates: Candidates) -> Mask:
    """Return (n,) bool, true where no source but that of the rules proposed a candidate."""
    nobody = np.zeros(len(candidates), bool)
    others = [marks for name, marks in candidates.sources.items() if name != PINNED]
    is_found: Mask = np.any([nobody, *others], axis=0)
    return candidates.sources.get(PINNED, nobody) & ~is_found


NOTHING = InForce()
"""No rule holds."""


def of_candidates(column: NDArray[Any], candidates: Candidates) -> NDArray[Any]:
    """Return (n,) what a column by item number says of candidates; 0 for posts, people and what is newer than it."""
    found = np.zeros(len(candidates), column.dtype)
    if column.size:
        is_known = (candidates.kinds == Kind.ITEM) & (candidates.ids < column.size)
        found[is_known] = column[candidates.ids[is_known]]
    return found


class RulesInForce:
    """Answers which rules hold, from memory.

    `refresh` asks the store for one number, and reads rules and items anew only where something changed.

    Args:
        matching: finds the items of a rule; None where there are no rules.
        stored: the rules of the store; None for those that `of` was given.
    """

    def __init__(self, matching: Matching | None = None, stored: StoredRules | None = None) -> None:
        self._matching = matching
        self._stored = stored
        self._turn = threading.Lock()
        self._revision = -1
        self._standing = _Standing((), _unknown)

    @classmethod
    def of(cls, rules: Sequence[Rule], matching: Matching) -> RulesInForce:
        """Return what some rules would do, whatever is stored."""
        made = cls(matching)
        made._take(rules, matching)
        return made

    def refresh(self) -> None:
        """Take in rules and items that changed. Complexity: one look-up where nothing did.

        Raises:
            StoreUnavailable: the store does not answer.
        """
        if self._stored is None or self._matching is None:
            return
        revision = self._stored.revision()
        if revision == self._revision and not self._standing.rules:
            return
        with self._turn:
            if revision > self._revision:
                self._take(self._stored.standing(), self._matching)
                self._revision = revision
            if self._matching.refresh():
                self._standing = _Standing(self._standing.rules, self._matching.mask)

    def for_query(self, query: Query, time: datetime | None = None) -> InForce:
        """Return what holds for a query, at its time unless another is given; see `on`."""
        says = query.fields[SAYS][0] if SAYS in query.fields else None
        return self.on(query.surface, time or query.time, says)

    def on(self, surface: str, time: datetime, says: Says | None = None) -> InForce:
        """Return what holds on a surface at a moment; the same object as long as the same rules hold.

        Args:
            surface: of which page.
            time: when.
            says: of words, whether they stand in what is searched for; rules with a query do not hold without.

        Complexity: O(rules of the surface), once for each set of rules that holds O(rules · items). Where a rule asks for
        the age of items, that is worked out anew every minute.
        """
        standing = self._standing
        return standing.on(surface, to_us(time), says) if standing.rules else NOTHING

    def _take(self, rules: Sequence[Rule], matching: Matching) -> None:
        read = []
        for rule in rules:
            try:
                read.append((rule, Selection(rule.where)))
            except ZhiyinError as error:  # a newer version wrote it, or another hand
                _log.error("the rule %s does nothing: %s", rule.id, error)
        matching.follow(one for _, what in read for one in what.comparisons)
        self._standing = _Standing(tuple(read), matching.mask)


class _Standing:
    """Rules as they are until something changes, and what was worked out of them."""

    def __init__(
        self,
        rules: tuple[tuple[Rule, Selection], ...],
        mask: Callable[[Selection, int], Mask],
    ) -> None:
        self.rules = rules
        self._mask = mask
        self._of_surface: dict[str, _Span] = {}
        self._made: dict[tuple[str, bytes, int], InForce] = {}

    def on(self, surface: str, now_us: int, says: Says | None) -> InForce:
        span = self._of_surface.get(surface)
        if span is None:
            span = self._of_surface[surface] = _Span.of(
                [one for one in self.rules if one[0].is_for(surface)]
            )
        holds = (span.since_us <= now_us) & (now_us < span.until_us)
        for place in span.with_query:
            holds[place] &= says is not None and says(span.rules[place][0].query)
        if not holds.any():
            return NOTHING
        key = (surface, holds.tobytes(), now_us // _MINUTE_US if span.is_by_age else 0)
        found = self._made.get(key)
        if found is None:
            if len(self._made) >= _MOST_KEPT:
                self._made.clear()
            of = [one for one, does in zip(span.rules, holds, strict=True) if does]
            found = self._made[key] = self._in_force(of, now_us)
        return found

    def _in_force(self, rules: list[tuple[Rule, Selection]], now_us: int) -> InForce:
        masks: dict[str, list[tuple[Rule, Mask]]] = {}
        for rule, what in rules:
            masks.setdefault(rule.kind, []).append((rule, self._mask(what, now_us)))
        # A rule that was set later comes later here.
        pins = [((rule.place or 1) - 1, one) for rule, one in reversed(masks.get("pin", []))]
        made = InForce(
            pins=tuple(sorted(pins, key=lambda pin: pin[0])),
            exposed=tuple(
                Exposed(rule.share or 0.0, one, rule.surfaces, bool(rule.query))
                for rule, one in masks.get("expose", [])
            ),
        )
        for kind, name in (("exclude", "excluded"), ("bury", "buried")):
            if kind in masks:
                made = replace(made, **{name: np.any([one for _, one in masks[kind]], axis=0)})
        if "boost" in masks:
            lifts = [(rule.strength or 0.0) * one for rule, one in masks["boost"]]
            made = replace(made, boost=np.sum(lifts, axis=0))
        return made


class _Span(NamedTuple):
    """The rules of a surface, from when until when each holds, and the places of those with a query."""

    rules: list[tuple[Rule, Selection]]
    since_us: NDArray[np.int64]
    until_us: NDArray[np.int64]
    is_by_age: bool
    with_query: list[int]

    @classmethod
    def of(cls, rules: list[tuple[Rule, Selection]]) -> _Span:
        since = [_EVER.min if r.valid_from is None else to_us(r.valid_from) for r, _ in rules]
        until = [_EVER.max if r.valid_until is None else to_us(r.valid_until) for r, _ in rules]
        is_by_age = any(one.field == AGE for _, what in rules for one in what.comparisons)
        with_query = [place for place, (rule, _) in enumerate(rules) if rule.query]
        return cls(
            rules, np.array(since, np.int64), np.array(until, np.int64), is_by_age, with_query
        )


def _unknown(_selection: Selection, _now_us: int) -> Mask:
    return np.zeros(0, bool)


NO_RULES = RulesInForce()
"""For pages on which nothing counts but what was learned."""
