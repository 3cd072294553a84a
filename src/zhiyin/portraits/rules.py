"""The operator's rules, checked before they are kept and tried before they hold."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import numpy as np

from zhiyin.core import Page, Query
from zhiyin.core.rule import SEARCH, Rule, RuleChange
from zhiyin.core.times import to_us
from zhiyin.errors import InvalidRecord, nearest
from zhiyin.portraits.matching import Matching, attribute_names
from zhiyin.portraits.rules_in_force import RulesInForce
from zhiyin.portraits.selection import OF_ATTRIBUTE, Selection
from zhiyin.settings import PipelineSettings
from zhiyin.store.catalogue import Catalogue
from zhiyin.store.store import Store

_NEEDED = {
    "exclude": {"filters": "allowed"},
    "bury": {"rerankers": "merchandising"},
    "boost": {"rerankers": "merchandising", "explainers": "promoted"},
    "pin": {"sources": "pinned", "rerankers": "merchandising", "explainers": "promoted"},
    "expose": {"sources": "pinned", "rerankers": "merchandising", "explainers": "promoted"},
}
"""What a pipeline must name for a rule to hold, and for shoppers to be told of it."""


@dataclass(frozen=True, slots=True)
class RulePreview:
    """What a rule would do: how many items it means, some of their ids, and a page without and with it."""

    items: int
    examples: tuple[str, ...]
    before: Page
    after: Page


class Rules:
    """Adds, changes, removes, lists and tries rules; what is stored holds for the next page of every process.

    Args:
        store: keeps them.
        catalogue: what they are about.
        pipelines: the surfaces, and what their pages are made of.
        page: makes a page under other rules than those in force.
        words: which of a text's words a search for it looks for.
    """

    def __init__(
        self,
        store: Store,
        catalogue: Catalogue,
        pipelines: Mapping[str, PipelineSettings],
        page: Callable[[Query, RulesInForce], Page],
        words: Callable[[str], Collection[str]] = str.split,
    ) -> None:
        self._store = store
        self._catalogue = catalogue
        self._pipelines = pipelines
        self._page = page
        self._words = words

    def standing(self) -> list[Rule]:
        """Return the rules that were not removed, the one last changed at the end, whether they hold now or not."""
        return self._store.rules.standing()

    def changes(self, rule: str | None = None) -> list[RuleChange]:
        """Return all that was done with rules, or with the one of an id, in the order it was done."""
        return self._store.rules.changes(rule)

    def add(self, rule: Rule) -> Rule:
        """Keep a rule, and return it with its id.

        Raises:
            InvalidRecord: its expression cannot be read, it names an attribute that no item has or a surface that no pipeline
                serves, or nobody sets it.
        """
        self._check(rule)
        return self._store.rules.add(rule)

    def change(self, rule: str, by: str, **fields: Any) -> Rule:
        """Change fields of a rule, and return it as it is now.

        Args:
            rule: its id.
            by: who changes it.
            fields: of `Rule`, by name.
        Raises:
            UnknownEntity: no rule with that id stands.
            InvalidRecord: it cannot be so, as for `add`.
        """
        changed = replace(self._store.rules.rule(rule), **{**fields, "set_by": by})
        self._check(changed)
        return self._store.rules.change(changed)

    def remove(self, rule: str, by: str) -> Rule:
        """Let a rule hold no longer, and return what it was.

        Raises:
            UnknownEntity: no rule with that id stands.
            InvalidRecord: nobody removes it.
        """
        return self._store.rules.remove(rule, by)

    def meant(self, rule: Rule) -> int:
        """Return how many items a rule means now."""
        self._catalogue.refresh()
        matching, what = Matching(self._store, self._catalogue), Selection(rule.where)
        matching.follow(what.comparisons)
        return int(matching.mask(what, to_us(datetime.now(UTC))).sum())

    def preview(self, rule: Rule, query: Query, examples: int = 5) -> RulePreview:
        """Return what a rule would do if it held now, whatever its dates; nothing is stored, and no page counts as shown.

        A rule with the id of one that stands takes its place.

        Args:
            rule: to be tried.
            query: for whom, on which surface, and what is searched for there.
            examples: how many of its items to name.
        Raises:
            InvalidRecord: it cannot be so, as for `add`.
            UnknownPart: no pipeline serves the query's surface.
            NotFound: nothing was trained yet.
        """
        self._check(rule)
        self._catalogue.refresh()
        tried = replace(rule, valid_from=None, valid_until=None)
        others = [one for one in self.standing() if one.id != rule.id]
        matching = Matching(self._store, self._catalogue)
        with_it = RulesInForce.of([*others, tried], matching)
        meant = np.flatnonzero(matching.mask(Selection(rule.where), query.time_us))
        looked_at = replace(query, is_preview=True)
        return RulePreview(
            items=int(meant.size),
            examples=tuple(self._catalogue.key(number) for number in meant[:examples].tolist()),
            before=self._page(
                looked_at, RulesInForce.of(others, Matching(self._store, self._catalogue))
            ),
            after=self._page(looked_at, with_it),
        )

    def lacking(self, rule: Rule) -> list[str]:
        """Return what must be named in the settings for a rule to hold, such as ``pipelines.home.filters: allowed``."""
        return [
            f"pipelines.{name}.{family}: {part}"
            for name, made_of in self._pipelines.items()
            for family, part in _NEEDED[rule.kind].items()
            if rule.is_for(name)
            # What is pinned on the search page must be found there.
            and (name, family) != (SEARCH, "sources")
            and all(one.type != part for one in getattr(made_of, family))
        ]

    def _check(self, rule: Rule) -> None:
        for surface in rule.surfaces:
            if surface not in self._pipelines:
                raise InvalidRecord(
                    f'no pipeline is called "{surface}"',
                    where="rule, surfaces",
                    expected=nearest(surface, self._pipelines),
                    next_step="leave surfaces out for all of them",
                )
        if rule.query and not self._words(rule.query):
            raise InvalidRecord(
                f"nothing is looked for by “{rule.query}”",
                where="rule, query",
                expected="words that name goods; a price or what is not wanted is no such word",
                next_step="see what a search is read as: zhiyin search",
            )
        fields = {one.field for one in Selection(rule.where).comparisons}
        named = {one.removeprefix(OF_ATTRIBUTE) for one in fields if one.startswith(OF_ATTRIBUTE)}
        if not named:
            return
        known = attribute_names(self._store)
        for name in sorted(named - known):
            raise InvalidRecord(
                f'no item has an attribute "{name}"',
                where=f"where, attributes.{name}",
                expected=nearest(name, known) if known else "items with attributes",
                next_step="see what items have: zhiyin check",
            )
