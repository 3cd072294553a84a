"""Notes what was searched for."""

from __future__ import annotations

from zhiyin.core import Page, Query
from zhiyin.core.searched import Searched
from zhiyin.language.scripts import fold
from zhiyin.privacy.redaction import personal_data
from zhiyin.search.searching import Searching
from zhiyin.search.understood import finding_of


class SearchLog:
    """Side effect: logs the query with how many items it found, for suggestions and to tell what the shop lacks.

    The text is folded, and personal data that have a form are taken out; what stands in their place keeps others from being
    told of the text. What says nothing, and questions for the customer
    service, are not logged.
    """

    name = "searches"

    def __init__(self, searching: Searching) -> None:
        self._searching = searching

    def record(self, query: Query, page: Page) -> None:
        """Hand the search over to the log."""
        finding = finding_of(query)
        if not finding.read.words or finding.read.intent == "support":
            return
        text = " ".join(fold(_without_personal_data(finding.read.said)).split())
        n_found = int(finding.hits.numbers.size)
        time_us = int(query.time.timestamp() * 1e6)
        self._searching.note(Searched(query.request_id, query.person, text, n_found, time_us))


def _without_personal_data(text: str) -> str:
    for one in reversed(personal_data(text)):
        text = f"{text[: one.start]} [{one.kind.lower()}_1] {text[one.end :]}"
    return text
