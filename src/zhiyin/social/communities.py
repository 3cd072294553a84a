"""Which people belong together: groups with more ties inside than there would be by chance."""

from __future__ import annotations

import importlib
from typing import Any

import numpy as np
from scipy import sparse

from zhiyin.social.graph import Ints


def communities(graph: Any, *, seed: int = 0) -> tuple[Ints, float]:
    """Return the community of each person and the modularity of the whole, found by Leiden's method.

    Args:
        graph: (n, n) CSR of ties, none below 0; both directions are added up, a tie to oneself is left out.
        seed: of the search; the same graph and seed give the same answer.
    Returns: (n,) int64 from 0, the largest community first, -1 for who is tied to nobody; and the modularity, 0 where
        there is no tie. Above about .3 the communities say something; a graph by chance has little.
    References: Traag, Waltman & van Eck, Scientific Reports 2019; Newman & Girvan, Physical Review E 2004.
    """
    n = graph.shape[0]
    ties = sparse.triu(graph + graph.T, 1).tocoo()
    ties.eliminate_zeros()
    if not ties.nnz:
        return np.full(n, -1), 0.0
    leiden = importlib.import_module("graspologic_native").leiden  # takes its time to load
    names = np.arange(n).astype(str)
    one, two = names[ties.row].tolist(), names[ties.col].tolist()
    edges = list(zip(one, two, ties.data.astype(float).tolist(), strict=True))
    modularity, found = leiden(edges, seed=seed, iterations=2)
    people = np.fromiter(map(int, found), np.int64, len(found))
    group = np.fromiter(found.values(), np.int64, len(found))
    order = np.argsort(people)
    people, group = people[order], group[order]
    _, first, group, size = np.unique(
        group, return_index=True, return_inverse=True, return_counts=True
    )
    rank = np.empty(size.size, np.int64)
    rank[np.lexsort((first, -size))] = np.arange(size.size)
    community = np.full(n, -1)
    community[people] = rank[group]
    return community, float(modularity)


def modularity(graph: Any, community: Ints) -> float:
    """Return how many more ties lie inside of communities than there would be by chance, as a share of all; at most 1.

    Args:
        graph: (n, n) CSR of ties, none below 0; both directions are added up, a tie to oneself is left out.
        community: (n,) int64, below 0 for none: those have their ties outside.
    Complexity: linear in ties and people.
    References: Newman & Girvan, Physical Review E 2004.
    """
    ties = sparse.triu(graph + graph.T, 1).tocoo()
    total = float(ties.data.sum(dtype=np.float64))
    if not total:
        return 0.0
    one, two = community[ties.row], community[ties.col]
    inside = float(ties.data[(one == two) & (one >= 0)].sum(dtype=np.float64))
    ends = np.concatenate([one, two])
    known = ends >= 0
    strength = np.bincount(ends[known], np.tile(ties.data, 2)[known])
    return inside / total - float(np.sum((strength / (2 * total)) ** 2))
