"""Small honest stages, to be put beside rogue ones."""

import numpy as np

from zhiyin.core import Candidates, Reason


class Fixed:
    """Proposes the given items, best first."""

    def __init__(self, ids, name="fixed"):
        self.name = name
        self.ids = list(ids)

    def retrieve(self, query, limit):
        ids = self.ids[:limit]
        return Candidates.of(ids, -np.arange(len(ids)), source=self.name)


class Drop:
    """Drops the given items."""

    def __init__(self, ids, *, is_hard, name="drop"):
        self.name = name
        self.ids = ids
        self.is_hard = is_hard

    def keep(self, query, candidates):
        return ~np.isin(candidates.ids, self.ids)


class ById:
    """Prefers higher numbers."""

    name = "by_id"

    def score(self, query, candidates):
        return candidates.ids.astype(np.float32)


class EvenFirst:
    """Puts even numbers first and leaves odd ones out."""

    name = "even_first"

    def rerank(self, query, candidates, k):
        return np.flatnonzero(candidates.ids % 2 == 0)[:k]


class Because:
    """Gives each candidate one reason."""

    name = "because"

    def explain(self, query, candidates):
        return [(Reason("because", data={"id": int(i)}),) for i in candidates.ids]
