"""Places kept for what is new or seldom chosen, drawn by chance, with the chances told."""

from __future__ import annotations

import hashlib
import math

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from zhiyin.core import Candidates, Drawn, Kind, Query
from zhiyin.portraits.rules_in_force import NO_RULES, RulesInForce, of_candidates
from zhiyin.registry import PartConfig
from zhiyin.reranking.balance import stretched


class Explore:
    """Gives the last places of a page to new items and to the long tail, drawn by what fits and how little is known.

    An item's chance grows with its score, 0 to 1 over the candidates, plus 1 / √(1 + popularity). Each place draws from
    candidates of its own, so no chance hangs on what another place drew. Where the share is no whole number of places, the
    first of them is drawn on some pages only. The same request has the same page. It stands last among re-rankers: one
    that comes after it would make the chances wrong. What the operator's rules hold stays in its place, and what they bury
    is not drawn.

    References: softmax exploration, Sutton & Barto, Reinforcement Learning, 2018, 2.8.
    """

    name = "explore"

    class Config(PartConfig):
        """Options of `Explore`."""

        share: float = Field(0.0, ge=0, le=1, description="Part of a page that is drawn; 0 is off.")
        tail: float = Field(
            0.8, gt=0, le=1, description="Part of the items, the least popular, that is long tail."
        )
        temperature: float = Field(
            0.1, gt=0, description="Near 0 the best of them is shown; high, any of them alike."
        )

    def __init__(
        self, config: Config, popularity: NDArray[np.float32], rules: RulesInForce = NO_RULES
    ) -> None:
        self._config = config
        self._rules = rules
        self._is_tail = np.append(least(popularity, config.tail), True)
        self._unknown = np.append(1 / np.sqrt(1 + popularity), 1.0)

    def rerank(self, query: Query, candidates: Candidates, k: int) -> NDArray[np.int64]:
        """Return k positions: what stays on the page, what was drawn, then the rest in order."""
        return self.draw(query, candidates, k).positions

    def draw(self, query: Query, candidates: Candidates, k: int) -> Drawn:
        """Return the same with the chance of each."""
        in_force = self._rules.for_query(query)
        n = min(query.n, k, len(candidates))
        is_held = np.zeros(len(candidates), bool)
        is_held[:n] = in_force.held(candidates.take(np.arange(n)))
        free = np.flatnonzero(~is_held)
        found = candidates.take(free)
        is_buried = of_candidates(in_force.buried, found)
        page, chances = self._drawn(found, is_buried, n - int(is_held.sum()), query.request_id)
        order, every_chance = np.arange(len(candidates)), np.ones(len(candidates))
        order[~is_held], every_chance[~is_held] = free[page], chances
        return Drawn(order[:k], every_chance[:k])

    def _drawn(
        self, candidates: Candidates, is_buried: NDArray[np.bool_], n: int, request_id: str
    ) -> Drawn:
        """Return all candidates, the first n of which are a page with drawn places at its end."""
        place = np.minimum(candidates.ids, len(self._is_tail) - 1)  # the last is for what is new
        is_open = self._is_tail[place] & (candidates.kinds == Kind.ITEM) & ~is_buried
        wanted = round(self._config.share * n, 6)
        slots, odds = math.ceil(wanted), 1 - math.ceil(wanted) + wanted
        while (is_open[n - slots + (odds < 1) :]).sum() < slots:
            slots, odds = slots - 1, 1.0
        stay = n - slots
        pool = stay + (odds < 1) + np.flatnonzero(is_open[stay + (odds < 1) :])
        logits = (stretched(candidates.scores) + self._unknown[place])[pool]
        rng = _seeded(request_id)
        chosen, of_slots = drawn(logits / self._config.temperature, slots, rng)
        page, chances = np.append(np.arange(stay), pool[chosen]), np.append(np.ones(stay), of_slots)
        if rng.random() < odds:
            chances[stay : stay + 1] *= odds
        else:
            page[stay], chances[stay] = stay, 1 - odds
        rest = np.delete(np.arange(len(candidates)), page)
        return Drawn(np.append(page, rest), np.append(chances, np.ones(rest.size)))


def drawn(
    logits: NDArray[np.floating], slots: int, rng: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Draw one position for each place by softmax, the place ``j`` from positions j, j + slots, j + 2 slots …

    Args:
        logits: (n,) float, n at least ``slots``.
        slots: how many.
        rng: draws.
    Returns: (slots,) int64 distinct positions, and (slots,) float64 with what chance each was drawn.
    Complexity: O(n).

    >>> drawn(np.zeros(4), 2, np.random.default_rng(0))[1].tolist()
    [0.5, 0.5]
    """
    chosen, chances = np.empty(slots, np.int64), np.empty(slots)
    for slot in range(slots):
        own = np.asarray(logits[slot::slots], np.float64)
        chance = np.exp(own - own.max())
        chance /= chance.sum()
        at = int(rng.choice(own.size, p=chance))
        chosen[slot], chances[slot] = slot + at * slots, chance[at]
    return chosen, chances


def least(popularity: NDArray[np.float32], share: float) -> NDArray[np.bool_]:
    """Return (n,) bool, true for the least popular part of the items, the higher number first among equals.

    >>> least(np.array([5.0, 1.0, 1.0, 9.0], np.float32), 0.5).tolist()
    [False, True, True, False]
    """
    is_least = np.zeros(len(popularity), bool)
    order = np.argsort(-popularity, kind="stable")
    is_least[order[len(order) - round(share * len(order)) :]] = True
    return is_least


def _seeded(request_id: str) -> np.random.Generator:
    digest = hashlib.blake2b(request_id.encode(), digest_size=8).digest()
    return np.random.default_rng(int.from_bytes(digest))
