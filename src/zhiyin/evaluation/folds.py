"""Cross-validation: every interaction is held out once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zhiyin.errors import SettingsError
from zhiyin.evaluation.splits import Split, distinct_pairs


def k_fold(
    person: NDArray[np.int64], item: NDArray[np.int64], k: int = 5, seed: int = 0
) -> list[Split]:
    """Hold out each distinct (person, item) pair in exactly one of k folds, at random.

    All events of a pair stay together. A person's pairs are dealt to the folds in turn, so their numbers differ by at
    most one, and so do the sizes of the folds as a whole. Nothing is put aside: who has a single item is unknown to
    training in the fold that holds it out. Like all that is at random, it is for data without times.

    Args:
        person: (e,) int64.
        item: (e,) int64.
        k: number of folds, 2 or more.
        seed: of the dealing.
    Returns: k splits named ``k_fold``.
    Raises: SettingsError when k is below 2.
    Complexity: O(e (log e + k)).

    >>> folds = k_fold(np.zeros(5, np.int64), np.arange(5), k=2)
    >>> [int(fold.test.sum()) for fold in folds]
    [3, 2]
    """
    if k < 2:
        raise SettingsError(
            f"k is {k}", where="k_fold", expected="2 folds or more", next_step="pass k=5"
        )
    rng = np.random.default_rng(seed)
    owner, pair_of = distinct_pairs(person, item)
    people, owner_at = np.unique(owner, return_inverse=True)
    # People are shuffled too, else a person's number would choose the fold of a single item.
    order = np.lexsort((rng.random(owner.size), rng.permutation(people.size)[owner_at]))
    fold_of_pair = np.empty(owner.size, np.int64)
    fold_of_pair[order] = np.arange(owner.size) % k
    fold = fold_of_pair[pair_of]
    return [Split("k_fold", fold != f, fold == f) for f in range(k)]
