"""Models of what people take in which situation, for ``zhiyin bench context``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from zhiyin.bench.context_files import Situations
from zhiyin.bench.context_habits import Compared
from zhiyin.evaluation.task import Task, TrainingData
from zhiyin.ranking.bilinear import Fitting, fit_bilinear
from zhiyin.ranking.context import Vocabulary
from zhiyin.ranking.context_lifts import ContextLifts

Floats = NDArray[np.float32]
Params = Mapping[str, Any]
SEEN, UNSEEN = "seen in another context", "unseen"

_LEAST = 5  # rows that a feature must have
_PRIOR = 0.3  # rows that popularity counts beside a person's own
_TAUGHT = 20_000  # rows that teach what counts, at most


@dataclass(frozen=True, eq=False)
class Fold:
    """Rows that are known, and rows of which only person and situation are.

    Attributes:
        given: the file.
        known: (e,) bool.
        asked: (p,) int64 rows, one a person, in the order of people.
        seed: of what models draw.
    """

    given: Situations
    known: NDArray[np.bool_]
    asked: NDArray[np.int64]
    seed: int = 0

    @cached_property
    def tables(self) -> dict[str, Task]:
        """Who had the item before is judged among all items, the others among those that are new to them."""
        data = TrainingData(
            self.given.events.where(self.known), self.given.n_people, self.given.n_items
        )
        chosen = np.zeros_like(self.known)
        chosen[self.asked] = True
        hidden = self.given.events.where(chosen).rows(self.given.n_people, self.given.n_items)
        unseen = Task.hiding(data, hidden, "leave_one_out")
        anything = Task.hiding(data, hidden, "leave_one_out", repeats=True)
        seen = anything.among(np.setdiff1d(anything.people, unseen.people))
        return {UNSEEN: unseen, SEEN: seen}

    def ndcg(self, table: str, scores: Floats, k: int) -> NDArray[np.float64]:
        """Return the NDCG@k of each judged person of a table, from (p, n_items) scores of all asked rows."""
        place = self.given.events.person[self.asked]
        return self.tables[table].ndcg(lambda people: scores[np.searchsorted(place, people)], k)

    @cached_property
    def rows(self) -> Any:
        """(e, v) CSR of all rows' situations, in the features that the known rows have."""
        return self._words.rows(self.given.situations)

    @cached_property
    def _words(self) -> Vocabulary:
        known = (self.given.situations[row] for row in np.flatnonzero(self.known))
        return Vocabulary.of(known, least=_LEAST, most=5000)

    @cached_property
    def popularity(self) -> Floats:
        """(n_items,) share of the known rows, above 0."""
        item = self.given.events.item[self.known]
        counts = np.bincount(item, minlength=self.given.n_items) + 0.1
        return np.asarray(counts / counts.sum(), np.float32)

    @cached_property
    def lifts(self) -> Floats:
        """(p, n_items) what the asked situations say of items, see ``ContextLifts``."""
        rows, item = self.rows[self.known], self.given.events.item[self.known]
        table = ContextLifts.of(self._words, rows, item, self.given.n_items).table()
        return np.asarray(self.rows[self.asked] @ table)

    @cached_property
    def own(self) -> tuple[Compared, NDArray[np.float64]]:
        """The asked rows held against what their people had, and the weights that the known rows teach."""
        events, codes = self.given.events, self.given.codes
        rng = np.random.default_rng(self.seed)
        rows = np.flatnonzero(self.known)
        rows = np.sort(rng.choice(rows, min(rows.size, _TAUGHT), replace=False))
        taught, asked = (
            Compared.of(events.person, events.item, codes, self.known, of)
            for of in (rows, self.asked)
        )
        return asked, taught.fitted(events.item[rows])


def folds(given: Situations, seed: int, n: int) -> tuple[Fold, list[Fold]]:
    """Return the rows to be judged by, one of each person with three, and ``n`` folds of the others to choose by."""
    rng = np.random.default_rng(seed)
    person = given.events.person
    several = np.bincount(person)[person] >= 3

    def hiding(known: NDArray[np.bool_]) -> Fold:
        rows = rng.permutation(np.flatnonzero(known & several))
        _, first = np.unique(person[rows], return_index=True)
        left = known.copy()
        left[rows[first]] = False
        return Fold(given, left, rows[first], seed)

    test = hiding(np.ones(person.size, np.bool_))
    return test, [hiding(test.known) for _ in range(n)]


@dataclass(frozen=True, slots=True, eq=False)
class Entrant:
    """A model with the parameters that it may choose from.

    Attributes:
        name: as tables print it.
        scores: (fold, parameters) → (p, n_items).
        grid: parameter → values; the first are the simplest.
        over: name of the same model without context.
        folds: validation folds it can afford.
    """

    name: str
    scores: Callable[[Fold, Params], Floats]
    grid: Mapping[str, Sequence[Any]]
    over: str | None = None
    folds: int = 3

    def choices(self) -> Iterator[dict[str, Any]]:
        """Yield all sets of parameters."""
        for values in product(*self.grid.values()):
            yield dict(zip(self.grid, values, strict=True))


def entrants() -> list[Entrant]:
    """Return the models, each without context before the same with it."""
    lifts = {"lift": (0.0, 0.1, 0.2, 0.4, 0.8, 1.6)}
    how = {"context_rank": (0,)}
    return [
        Entrant("popularity", _popular, {"lift": (0.0,)}),
        Entrant("popularity in context", _popular, lifts, "popularity"),
        Entrant("bilinear", _bilinear, how, folds=1),
        Entrant("bilinear + iᵀW₃c", _bilinear, {**how, "context_rank": (8,)}, "bilinear", folds=1),
        Entrant("habits", habits, {"is_weighed": (False,), "lift": (0.0,)}),
        Entrant("habits + iᵀW₃c", habits, {"is_weighed": (False,), **lifts}, "habits"),
        Entrant("habits in context", habits, {"is_weighed": (False, True), **lifts}, "habits"),
    ]


def _popular(fold: Fold, params: Params) -> Floats:
    return np.asarray(np.log(fold.popularity) + np.float32(params["lift"]) * fold.lifts)


def habits(fold: Fold, params: Params) -> Floats:
    """Score items by how often the person took them, see ``Compared``, then by popularity.

    Args:
        fold: what is known and asked.
        params: ``is_weighed``, whether rows count by how alike situations are, else each counts 1; ``lift``, what the term
            ``iᵀW₃c`` weighs.
    Returns: (p, n_items) float32.
    """
    compared, weights = fold.own
    scores = compared.scores(weights if params["is_weighed"] else np.zeros_like(weights))
    counts = np.zeros((fold.asked.size, fold.given.n_items))
    counts[compared.question, compared.item] = np.exp(scores)
    found = np.log(counts + _PRIOR * fold.popularity) + params["lift"] * fold.lifts
    return np.asarray(found, np.float32)


def _bilinear(fold: Fold, params: Params) -> Floats:
    events, rows = fold.given.events.where(fold.known), fold.rows
    n_people, n_items = fold.given.n_people, fold.given.n_items
    model = fit_bilinear(
        events.person, events.item, rows[fold.known],
        n_people=n_people, n_items=n_items, how=Fitting(**params), seed=fold.seed,
    )  # fmt: skip
    people = fold.given.events.person[fold.asked]
    users = sparse.eye_array(n_people, dtype=np.float32, format="csr")[people]
    items = sparse.eye_array(n_items, dtype=np.float32, format="csr")
    return model.scores(users, items, rows[fold.asked])
