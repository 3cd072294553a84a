"""Advice by the pipelines that the rest of the shop uses: search, recommend, compare."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from pydantic import Field

from zhiyin.assistant.orders.wording import amount
from zhiyin.assistant.tools.fact_names import fact_name
from zhiyin.assistant.tools.shelf import Shelf
from zhiyin.assistant.tools.tool import Arguments, Evidence, Speaker, ToolResult
from zhiyin.core.page import Page
from zhiyin.core.rule import SEARCH
from zhiyin.search.aids.comparing import ComparedFact, Comparison, compare
from zhiyin.search.searching import Searching

_MOST_FACTS = 12


class _OfPages:
    """What the tools that show items share."""

    has_effect = False
    needs_user = False
    _shelf: Shelf

    def _cards(self, page: Page, speaker: Speaker) -> ToolResult:
        """Return a card for each item, with why it is there as the page tells it."""
        ids = self._shelf.ids([one.ref.number for one in page.items])
        evidence = tuple(self._shelf.evidence(item, speaker.language) for item in ids)
        cards = [
            {"item": item, "reasons": [reason.kind for reason in one.reasons]}
            for item, one in zip(ids, page.items, strict=True)
        ]
        return ToolResult("ok" if ids else "nothing", evidence, {"items": cards, "page": page})


class SearchItems(_OfPages):
    """Finds items by a text.

    Args:
        search: from a text, the speaker and how many to a page.
        shelf: of the catalogue.
    """

    name = "search"
    description = "Items that a text asks for."

    class Parameters(Arguments):
        """What is asked for."""

        text: str = Field(min_length=1, max_length=500)
        n: int = Field(5, ge=1, le=20)

    parameters = Parameters

    def __init__(self, search: Callable[[str, str | None, int], Page], shelf: Shelf) -> None:
        self._search, self._shelf = search, shelf

    def run(self, speaker: Speaker, arguments: Parameters) -> ToolResult:
        """Return the hits; ``nothing`` where there are none."""
        return self._cards(self._search(arguments.text, speaker.user, arguments.n), speaker)


class RecommendItems(_OfPages):
    """Recommends items to the speaker.

    Args:
        recommend: from the speaker and how many to a page.
        shelf: of the catalogue.
    """

    name = "recommend"
    description = "Items that fit the speaker, and why."

    class Parameters(Arguments):
        """How many."""

        n: int = Field(5, ge=1, le=20)

    parameters = Parameters

    def __init__(self, recommend: Callable[[str | None, int], Page], shelf: Shelf) -> None:
        self._recommend, self._shelf = recommend, shelf

    def run(self, speaker: Speaker, arguments: Parameters) -> ToolResult:
        """Return the list; what is popular for somebody unknown."""
        return self._cards(self._recommend(speaker.user, arguments.n), speaker)


class CompareItems:
    """Puts products side by side.

    Args:
        searching: finds and compares.
        opinions: from an item's id to what people think of it, by aspect.
        shelf: of the catalogue.
    """

    name = "compare"
    description = "Products that a text names, side by side."
    has_effect = False
    needs_user = False

    class Parameters(Arguments):
        """Which, as in “A or B”, or by their ids."""

        text: str = Field("", max_length=500)
        items: tuple[str, ...] = Field((), max_length=4)

    parameters = Parameters

    def __init__(
        self,
        searching: Searching,
        opinions: Callable[[str], Sequence[Mapping[str, Any]]],
        shelf: Shelf,
    ) -> None:
        self._searching, self._opinions, self._shelf = searching, opinions, shelf

    def run(self, speaker: Speaker, arguments: Parameters) -> ToolResult:
        """Return facts of each and where people think better of one; ``nothing`` where fewer than two are found."""
        if len(arguments.items) > 1:
            compared = self._side_by_side(arguments.items, speaker.language)
        else:
            compared = self._compared(arguments.text, speaker.time, speaker.language)
        if compared is None or compared.are_unlike or None in compared.numbers:
            return ToolResult("nothing")
        ids = self._shelf.ids([number for number in compared.numbers if number is not None])
        told = [
            (one, _told(one, compared.currencies, speaker.language))
            for one in compared.facts[:_MOST_FACTS]
        ]
        lines = [
            f"{fact_name(one.name, speaker.language)}: {' / '.join(values)}" for one, values in told
        ]
        values = dict.fromkeys(value for _, values in told for value in values)
        table = Evidence("comparison", "/".join(ids), "\n".join(lines), tuple(values))
        items = (self._shelf.evidence(item, speaker.language) for item in ids)
        aspects = [
            {"aspect": one.aspect, "better": None if one.better is None else ids[one.better]}
            for one in compared.aspects
        ]
        data = {"items": ids, "facts": {one.name: values for one, values in told}}
        return ToolResult("ok", (*items, table), {**data, "aspects": aspects})

    def _side_by_side(self, items: Sequence[str], language: str) -> Comparison | None:
        numbers = self._shelf.numbers(items)
        rows = {row["number"]: row for row in self._searching.index.rows(numbers)}
        if len(rows) < len(items):
            return None
        said = [self._opinions(item) for item in items]
        return compare(items, [rows[number] for number in numbers], said, language)

    def _compared(self, text: str, time: datetime, language: str) -> Comparison | None:
        found = self._searching.find(text, SEARCH, time)
        may = self._searching.shown(SEARCH, time, found.read)
        return self._searching.aids.comparison(found.read, self._opinions, may, language)


def _told(fact: ComparedFact, currencies: Sequence[str | None], language: str) -> list[str]:
    """Return a fact of each item in words, a dash where it is not known."""
    if fact.name != "price":
        return ["–" if value is None else str(value) for value in fact.spoken]
    pairs = zip(fact.values, currencies, strict=True)
    return [
        "–" if value is None else amount(value, currency, language) for value, currency in pairs
    ]
