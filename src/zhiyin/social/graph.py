"""Ties as a sparse graph, and how near two people stand in it."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

_CHUNK = 20_000  # pairs at once
_CELLS = 8_000_000  # of walks of two steps that are held at once


def adjacency(one: Ints, two: Ints, n_people: int, *, is_directed: bool = False) -> Any:
    """Return the (n_people, n_people) float32 CSR with 1 for each tie, nobody tied to oneself.

    Args:
        one: (t,) int64.
        two: (t,) int64, whom ``one`` is tied to.
        n_people: people numbered from it on are left out.
        is_directed: else a tie in either direction counts for both.
    """
    inside = (one != two) & (np.maximum(one, two) < n_people)
    one, two = one[inside], two[inside]
    if not is_directed:
        one, two = np.concatenate([one, two]), np.concatenate([two, one])
    graph = sparse.csr_array(
        (np.ones(one.size, np.float32), (one, two)), shape=(n_people, n_people)
    )
    graph.data[:] = 1  # ties told twice were added up
    return graph


def sizes(graph: Any) -> Floats:
    """Return the (n,) float32 sums of a matrix's rows: of ties, how many each person has."""
    return np.asarray(graph.sum(axis=1), np.float32).ravel()


def products(left: Any, right: Any, pairs: Ints) -> Floats:
    """Return the inner product of row ``pairs[k, 0]`` of ``left`` and row ``pairs[k, 1]`` of ``right``.

    Args:
        left: (n, m) float32 CSR.
        right: (n, m) float32 CSR.
        pairs: (p, 2) int64.
    Returns: (p,) float32.
    Complexity: linear in the entries of the rows that are asked for.
    """
    found = np.empty(len(pairs), np.float32)
    for start in range(0, len(pairs), _CHUNK):
        one, two = pairs[start : start + _CHUNK].T
        found[start : start + _CHUNK] = (left[one] * right[two]).sum(axis=1)
    return found


def adamic_adar(graph: Any, pairs: Ints) -> Floats:
    """Return the sum over common ties of 1 / log(how many ties these have), (p,) float32.

    References: Adamic & Adar, Social Networks 2003.
    """
    weight = 1 / np.log(np.maximum(sizes(graph), 2))
    return products(graph @ sparse.diags_array(weight), graph, pairs)


def walks(graph: Any, pairs: Ints, back: Any = None) -> Floats:
    """Return the sum over walks of three steps from one to the other of the products of their weights, (p,) float32.

    Args:
        graph: (n, n) float32 CSR of the first two steps.
        pairs: (p, 2) int64.
        back: (n, n) CSR, row v = by what the last step reaches v; the graph itself unless given.
    Complexity: O(p + sum over those asked for of the ties of their ties).
    """
    back = graph if back is None else back
    starts, place = np.unique(pairs[:, 0], return_inverse=True)
    order = np.argsort(place, kind="stable")
    found = np.empty(len(pairs), np.float32)
    step = max(1, _CELLS // graph.shape[0])
    for first in range(0, starts.size, step):
        rows = order[
            np.searchsorted(place[order], first) : np.searchsorted(place[order], first + step)
        ]
        twice = (graph[starts[first : first + step]] @ graph).toarray()
        last = back[pairs[rows, 1]]
        lengths = np.diff(last.indptr)
        cells = twice[np.repeat(place[rows] - first, lengths), last.indices] * last.data
        found[rows] = np.bincount(np.repeat(np.arange(rows.size), lengths), cells, rows.size)
    return found


def katz(graph: Any, pairs: Ints, beta: float = 0.05) -> Floats:
    """Return the sum of all walks of up to three steps, each step less by ``beta``, (p,) float32.

    References: Katz, Psychometrika 1953; Liben-Nowell & Kleinberg, JASIST 2007 (cut short).
    """
    direct = products(graph, sparse.identity(graph.shape[0], np.float32, format="csr"), pairs)
    back = graph.T.tocsr()
    return np.asarray(
        beta * direct
        + beta**2 * products(graph, back, pairs)
        + beta**3 * walks(graph, pairs, back),
        np.float32,
    )
