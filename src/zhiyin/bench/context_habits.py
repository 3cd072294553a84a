"""What a person takes again: earlier rows count more, the more their situations are like the one asked about."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_REG = 1e-3
_HIGHEST = 15.0  # of a row's log weight, so that nothing overflows


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """Questions about a person in a situation, and the person's known rows held against them.

    Attributes:
        question: (n,) int64 of each candidate, an item that the person has in a known row.
        item: (n,) int64 of each candidate.
        is_same: (n,) bool, whether it was taken in the very situation of the question.
        candidate: (r,) int64 of each known row of a question's person.
        alike: (r, 2 f) float32: 1 where a column of the row's situation equals the question's, then 1 where it differs; both 0
            where one of the two is not known.
    """

    question: Ints
    item: Ints
    is_same: NDArray[np.bool_]
    candidate: Ints
    alike: NDArray[np.float32]

    @classmethod
    def of(
        cls, person: Ints, item: Ints, codes: Ints, known: NDArray[np.bool_], asked: Ints
    ) -> Compared:
        """Compare; a row is never held against itself.

        Args:
            person: (e,) of each row.
            item: (e,) of each row.
            codes: (e, f) values of the columns, -1 where not known.
            known: (e,) bool, rows that count.
            asked: (q,) rows that are questions.
        Complexity: O(Σ f n) over the known rows n of each question's person.
        """
        rows = np.flatnonzero(known)
        rows = rows[np.argsort(person[rows], kind="stable")]
        first = np.searchsorted(person[rows], person[asked], "left")
        last = np.searchsorted(person[rows], person[asked], "right")
        size = last - first
        question = np.repeat(np.arange(asked.size), size)
        row = rows[
            np.arange(size.sum()) - np.repeat(np.cumsum(size) - size, size) + first[question]
        ]
        other = row != asked[question]
        question, row = question[other], row[other]
        mine, theirs = codes[row], codes[asked][question]
        both = (mine >= 0) & (theirs >= 0)
        equal = mine == theirs
        key, candidate = np.unique(question * (item.max() + 1) + item[row], return_inverse=True)
        is_same = np.zeros(key.size, bool)
        is_same[candidate[equal.all(axis=1)]] = True
        alike = np.concatenate([both & equal, both & ~equal], axis=1).astype(np.float32)
        return cls(*np.divmod(key, item.max() + 1), is_same, candidate, alike)

    def scores(self, weights: Floats) -> Floats:
        """Return the log of each candidate's rows, each counted e^(alike · weights), and the last weight if it ``is_same``."""
        return np.asarray(np.log(self._sums(weights)[1]) + weights[-1] * self.is_same)

    def _sums(self, weights: Floats) -> tuple[Floats, Floats]:
        counted = np.exp(np.minimum(self.alike @ weights[:-1], _HIGHEST))
        sums = np.bincount(self.candidate, counted, self.item.size)
        return np.asarray(counted), np.asarray(sums, np.float64)

    def fitted(self, wanted: Ints) -> Floats:
        """Return the weights that make what was taken likeliest among the person's items; 0 without context.

        Args:
            wanted: (q,) item of each question; those the person has in no other row say nothing.
        References: McFadden, Frontiers in Econometrics 1973 (conditional logit).
        """
        is_found = self.item == wanted[self.question]
        n_questions = int(self.question.max(initial=-1)) + 1
        judged = np.bincount(self.question, is_found, n_questions) > 0
        n = max(int(judged.sum()), 1)
        counts = judged[self.question]

        def loss(weights: Floats) -> tuple[float, Floats]:
            counted, sums = self._sums(weights)
            odds = sums * np.exp(weights[-1] * self.is_same)
            chance = odds / np.bincount(self.question, odds, n_questions)[self.question]
            pull = (chance - is_found) * counts / n
            slope = (counted * (pull / sums)[self.candidate]) @ self.alike
            slope = np.append(slope, pull @ self.is_same) + 2 * _REG * weights
            return float(
                -np.log(chance[is_found & counts]).sum() / n + _REG * weights @ weights
            ), slope

        start = np.zeros(self.alike.shape[1] + 1)
        found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 100})
        return np.asarray(found.x)
