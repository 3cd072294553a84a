"""What becomes of a shop when a policy makes its lists, round after round; and three policies to compare with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhiyin.evaluation.beyond_accuracy import coverage, gini
from zhiyin.ingest.sample.feedback_loop import FeedbackLoop
from zhiyin.ingest.sample.lists import SLATE, draw_slates
from zhiyin.ingest.sample.seeds import generator

Policy = Callable[[FeedbackLoop], tuple[NDArray[np.int64], NDArray[np.float64] | None]]
"""Makes (v, k) lists for ``loop.visitors()``, and the chances it drew them with, None where it did not draw."""


@dataclass(frozen=True)
class Trajectory:
    """What happened in each of the rounds.

    Attributes:
        visits, shown, clicks, purchases: (rounds,) int64 counts; ``shown`` counts items.
        expected: (rounds,) float64, exactly how many clicks were to be expected.
        exposure: (rounds, items) int64, how often each item was shown; only items on offer have a column.

    >>> from zhiyin.ingest.sample import make
    >>> path = simulate(FeedbackLoop(make(1, people=60, products=96), seed=1), by_utility, 3)
    >>> path.click_rate.shape, bool((path.coverage < 1).all())
    ((3,), True)
    """

    visits: NDArray[np.int64]
    shown: NDArray[np.int64]
    clicks: NDArray[np.int64]
    purchases: NDArray[np.int64]
    expected: NDArray[np.float64]
    exposure: NDArray[np.int64]

    @property
    def click_rate(self) -> NDArray[np.float64]:
        """(rounds,) clicks for each item shown."""
        return self.clicks / np.maximum(self.shown, 1)

    @property
    def expected_click_rate(self) -> NDArray[np.float64]:
        """(rounds,) what the click rate is without the noise of clicking."""
        return self.expected / np.maximum(self.shown, 1)

    @property
    def gini(self) -> NDArray[np.float64]:
        """(rounds,) inequality of exposure, items never shown included: 0 all alike, near 1 one item only."""
        return np.array([gini(counts) for counts in self.exposure])

    @property
    def coverage(self) -> NDArray[np.float64]:
        """(rounds,) share of the items on offer that were shown."""
        return np.array([coverage(counts) for counts in self.exposure])


def simulate(loop: FeedbackLoop, policy: Policy, rounds: int) -> Trajectory:
    """Let a policy make the lists of some rounds and return what happened.

    Args:
        loop: goes on from where it is.
        policy: called once a round.
        rounds: at least one.
    """
    counts, expected, exposure = [], [], []
    for _ in range(rounds):
        visits = len(loop.visitors().person)
        slates, propensity = policy(loop)
        expected.append(loop.expected_clicks(slates).sum())
        got = loop.show(slates, propensity)
        counts.append((visits, len(got.item), got.clicked.sum(), got.purchased.sum()))
        exposure.append(np.bincount(got.item, minlength=len(loop.live))[loop.live])
    visits, shown, clicks, purchases = np.array(counts, np.int64).T
    return Trajectory(visits, shown, clicks, purchases, np.array(expected), np.array(exposure))


def uniform(loop: FeedbackLoop) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Draw lists of ten from all items on offer, each as likely as the next."""
    return _drawn(loop, loop.live.astype(np.float64))


def by_clicks(loop: FeedbackLoop) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Draw lists of ten with chances that grow with the square of the clicks the loop has seen: the rich get richer."""
    got = loop.answers()
    clicks = np.bincount(got.item[got.clicked], minlength=len(loop.live))
    return _drawn(loop, loop.live * (1.0 + clicks) ** 2)


def by_utility(loop: FeedbackLoop) -> tuple[NDArray[np.int64], None]:
    """Show each visitor the ten items that are worth most to them now: of all lists, the most clicks in this round."""
    utility = np.where(loop.live, loop.utility(), -np.inf)
    return np.argsort(-utility, axis=1, kind="stable")[:, :SLATE], None


def _drawn(
    loop: FeedbackLoop, weight: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Draw lists without repeats; a propensity is the chance given what stands above in the list."""
    rng = generator(loop.seed, f"lists {loop.round}")
    return draw_slates(rng, weight / weight.sum(), len(loop.visitors().person))
