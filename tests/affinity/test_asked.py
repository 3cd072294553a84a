"""What a page solves once, and rows taken out of a sparse array."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from zhiyin.affinity.asked import Asked, are_among
from zhiyin.affinity.csr import rows_of
from zhiyin.core import Query


def test_what_a_model_solved_for_the_scores_is_there_for_the_reasons() -> None:
    asked, solved = Asked.of([1]), []
    later = Asked.by(Query().with_fields(asked.fields()))

    def solve(who: Asked) -> int:
        solved.append(who)
        return who.items.size

    model, other = object(), object()
    assert [asked.once(model, solve), later.once(model, solve)] == [1, 1]
    assert len(solved) == 1
    later.once(other, solve)
    Asked.of([1]).once(model, solve)
    assert len(solved) == 3


def test_numbers_are_found_among_others() -> None:
    assert are_among(np.array([5, 1, 9]), np.array([1, 5])).tolist() == [True, True, False]
    assert are_among(np.array([5]), np.array([], np.int64)).tolist() == [False]


def test_rows_of_a_sparse_array_are_those_that_indexing_gives() -> None:
    dense = np.array([[0, 1, 2], [0, 0, 0], [3, 0, 4]], np.float32)
    matrix = sparse.csr_array(dense)
    for rows in ([2, 1, 0, 2], [1], []):
        numbers = np.array(rows, np.int64)
        assert np.array_equal(rows_of(matrix, numbers).toarray(), dense[numbers])
