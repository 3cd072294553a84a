"""What a search answers: a page, what was understood, and what was given up."""

from __future__ import annotations

from dataclasses import dataclass

from zhiyin.core import Page
from zhiyin.search.constraints import Constraint
from zhiyin.search.finding import Finding
from zhiyin.search.understanding import Understanding


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a search.

    Attributes:
        page: the hits.
        understanding: what was understood of the text.
        relaxed: the constraints that were given up; prices are widened.
        n_found: how many hits there are beside those on the page, the page's included.
        lacks_meaning: whether words alone were searched, since what embeds the query failed or was late.
    """

    page: Page
    understanding: Understanding
    relaxed: tuple[Constraint, ...] = ()
    n_found: int = 0
    lacks_meaning: bool = False

    @classmethod
    def of(cls, page: Page) -> Answer:
        """Return the answer that a page of the pipeline ``search`` is; an empty one where its first stage failed."""
        finding: Finding | None = page.fields["finding"][0] if "finding" in page.fields else None
        if finding is None:
            return cls(page, Understanding(""))
        return cls(
            page,
            finding.read,
            finding.relaxed,
            int(finding.hits.numbers.size),
            finding.lacks_meaning,
        )
