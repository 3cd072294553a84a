"""Why a hit suits the person."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from zhiyin.affinity.asked import OF_HISTORY
from zhiyin.affinity.asked import Asked as Person
from zhiyin.affinity.model import AffinityModel
from zhiyin.core import Candidates, Kind, Query, Reason, Ref, Witness

_KINDS = {"friend": "friends", "person": "people"}
_LEAST = 0.2
"""Of what the person likes most on the page, from which on it is told."""


class Suits:
    """Says for each hit what moved it for this person: items of the history that speak for it, else friends or people alike.

    The reasons are those of `Shares` (``history`` with the item that speaks most, ``friends``, ``people``), and no part of the
    score, so their share is 0. Other people are never named.
    """

    name = "suits"

    def __init__(self, affinity: AffinityModel) -> None:
        self._affinity = affinity

    def explain(self, query: Query, candidates: Candidates) -> Sequence[tuple[Reason, ...]]:
        """Return at most one reason for each candidate; none for nobody, or where the person is left out."""
        n = len(candidates)
        if query.person is None or not query.is_personal or not n:
            return [()] * n
        best: list[tuple[float, Reason | None]] = [(0.0, None)] * n
        for given in self._affinity.explain(Person.by(query), candidates.ids):
            if not given.ids.size:
                continue
            top = np.argmax(given.amounts, axis=0)
            amounts = given.amounts[top, np.arange(n)]
            for place, (amount, who) in enumerate(
                zip(amounts.tolist(), given.ids[top].tolist(), strict=True)
            ):
                if amount > best[place][0]:
                    kind = "history" if given.kind in OF_HISTORY else _KINDS[given.kind]
                    told = (Witness(Ref(Kind.ITEM, who), 0.0),) if kind == "history" else ()
                    best[place] = amount, Reason(kind, 0.0, told)
        least = _LEAST * max(amount for amount, _ in best)
        return [(reason,) if reason and amount >= least else () for amount, reason in best]
