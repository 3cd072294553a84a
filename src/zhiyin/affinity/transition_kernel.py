"""What follows what: a decayed count of transitions in both directions, scaled by how often items come and go."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import sparse

from zhiyin.affinity.sequence_baselines import in_sequence
from zhiyin.core.interactions import Interactions


def transition_counts(
    events: Interactions, n_items: int, *, window: int = 8, backward: float = 0.7
) -> Any:
    """Return how often items stood near one another in people's sequences, nearer ones counting more.

    A pair g places apart in one person's sequence counts 1 / g from the earlier item to the later one, and ``backward``
    times that from the later to the earlier. The counts of two sets of people add up to those of both.

    Args:
        events: of all people, put in order by person and time.
        n_items: height and width of the answer.
        window: largest distance in places.
        backward: weight of the way back, 0 for the order of time alone.
    Returns: (n_items, n_items) float32 CSR, row i = what is near i; an item is not near itself.
    Complexity: O(window e) entries before equal pairs are summed.
    """
    events, after = in_sequence(events)
    total = sparse.csr_array((n_items, n_items), dtype=np.float32)
    for gap in range(1, window + 1):
        earlier = np.flatnonzero(after >= gap)
        one, two = events.item[earlier], events.item[earlier + gap]
        apart = one != two
        weight = np.full(int(apart.sum()), 1 / gap, np.float32)
        total = total + sparse.csr_array((weight, (one[apart], two[apart])), shape=total.shape)
    return (total + np.float32(backward) * total.T.tocsr()).tocsr()


def transition_kernel(
    counts: Any, *, row_power: float = 0.5, column_power: float = 0.3, shrinkage: float = 1.0
) -> Any:
    """Return counts divided by powers of what leaves the one item and what reaches the other.

    Args:
        counts: (n_items, n_items) float32 CSR of ``transition_counts``.
        row_power: 0 leaves popular items of a history their weight, 1 makes shares of each.
        column_power: 0 favours items that everything leads to, 1 punishes them.
        shrinkage: added to both sums, so that what rests on few events stays small.
    Returns: (n_items, n_items) float32 CSR.
    """
    leaving = (counts.sum(axis=1) + shrinkage) ** -row_power
    reaching = (counts.sum(axis=0) + shrinkage) ** -column_power
    scaled = sparse.diags_array(leaving) @ counts @ sparse.diags_array(reaching)
    return scaled.tocsr().astype(np.float32)
