"""Candidates that are people one could follow."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from zhiyin.core import Candidates, Kind, Query
from zhiyin.privacy.consent import HIDDEN
from zhiyin.social.following import Suggestion

_MOST = 30  # suggestions cost more than they are worth beyond


class People:
    """Proposes friends of friends, people of like taste, and followers; nobody who hides from the reader.

    Who else is a common friend is told by the explainer, which asks again, for the few that are shown.
    """

    name = "people"

    def __init__(
        self,
        suggestions: Callable[[NDArray[np.int64], int], list[list[Suggestion]]],
        consents: Callable[[NDArray[np.int64], int | None], NDArray[np.uint8]],
    ) -> None:
        self._suggestions = suggestions
        self._consents = consents

    def retrieve(self, query: Query, limit: int) -> Candidates:
        """Return people, the best first; none for somebody unknown."""
        if query.person is None:
            return Candidates.of([], kind=Kind.PERSON)
        [found] = self._suggestions(np.array([query.person]), min(limit, _MOST))
        people = np.array([one.person for one in found], np.int64)
        scores = np.array([one.score for one in found], np.float32)
        if people.size:
            is_open = self._consents(people, query.person) > HIDDEN
            people, scores = people[is_open], scores[is_open]
        return Candidates.of(people, scores, kind=Kind.PERSON, source=self.name)
