"""How far a score tells what people choose of a page, beside the place where it stood."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

_REG = 1e-3


@dataclass(frozen=True, slots=True, eq=False)
class Choices:
    """What was chosen of pages, as a conditional logit sees it; pages without a choice say nothing and are left out.

    An item is chosen with a chance in proportion to exp(a term of its place + slope · score), so a score is judged by what it
    adds to the place: where people look is no merit of what stood there. For clicks that are rare this is the position-based
    model, examination times attraction.

    Attributes:
        place: (r,) int64 codes from 0.
        chosen: (r,) float64, choices of each item as a part of its page's, so each page counts 1.
        start: (g,) int64, the first row of each page.
        n_places: codes there are.

    References: McFadden 1974; Craswell et al., WSDM 2008 (position-based model).
    """

    place: NDArray[np.int64]
    chosen: NDArray[np.float64]
    start: NDArray[np.int64]
    n_places: int

    @classmethod
    def of(
        cls,
        group: NDArray[np.int64],
        place: NDArray[np.int64],
        worth: NDArray[np.int64],
        n_places: int,
    ) -> Self:
        """Return the choices of pages: how many items each has, (g,), and of each item its place and what it was worth, (r,)."""
        start = np.cumsum(group) - group
        total = np.repeat(np.add.reduceat(worth, start), group)
        return cls(place, worth / total, start, n_places)

    def told(
        self, terms: NDArray[np.float64], slope: float, score: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Return the log-likelihood of each page's choices, (g,) nats."""
        logit = terms[self.place] + slope * score
        return np.asarray(np.add.reduceat(self.chosen * self._log_chance(logit), self.start))

    def fit(
        self, scores: NDArray[np.float64], terms: NDArray[np.float64] | None = None
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the (n_places,) terms and (m,) slopes of (r, m) scores that tell best what was chosen.

        Args:
            scores: of the items.
            terms: of the places where they are known; only slopes are fitted then.
        Complexity: O(r m) a step of L-BFGS.
        """
        n = 0 if terms is not None else self.n_places
        pages = len(self.start)

        def loss(x: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
            place = x[:n] if terms is None else terms
            log_chance = self._log_chance(place[self.place] + scores @ x[n:])
            off = np.exp(log_chance) - self.chosen
            slope = scores.T @ off / pages
            if terms is None:
                slope = np.concatenate([np.bincount(self.place, off, n) / pages, slope])
            return float(-self.chosen @ log_chance / pages + _REG * x @ x), slope + 2 * _REG * x

        found = minimize(loss, np.zeros(n + scores.shape[1]), jac=True, method="L-BFGS-B").x
        return (found[:n] if terms is None else terms), found[n:]

    def _log_chance(self, logit: NDArray[np.float64]) -> NDArray[np.float64]:
        n = np.diff(self.start, append=len(logit))
        above = logit - np.repeat(np.maximum.reduceat(logit, self.start), n)
        total = np.add.reduceat(np.exp(above), self.start)
        return np.asarray(above - np.repeat(np.log(total), n))
