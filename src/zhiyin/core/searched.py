"""What was searched for, as it is logged."""

from __future__ import annotations

from typing import NamedTuple


class Searched(NamedTuple):
    """One search.

    Attributes:
        request_id: of its page.
        person: who searched, None for someone unknown.
        text: the query, folded, with single spaces; personal data that have a form are taken out.
        n_found: how many items there were to show.
        time_us: microseconds since 1970 UTC.
    """

    request_id: str
    person: int | None
    text: str
    n_found: int
    time_us: int
