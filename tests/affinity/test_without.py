"""A model without people: nothing names them, and what their rows and ties alone make up is as if fitted without."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from zhiyin.affinity.asked import Asked
from zhiyin.affinity.blend import Blend
from zhiyin.affinity.dual import DualEase
from zhiyin.affinity.everybody import Everybody
from zhiyin.affinity.friends import Friends
from zhiyin.affinity.graph_filter import GraphFilter
from zhiyin.affinity.people_neighbours import PeopleNeighbours
from zhiyin.affinity.people_weights import PeopleWeights
from zhiyin.affinity.without import EXACT, without

GONE = np.array([3, 7])


def shop(seed: int = 0, n: int = 40, m: int = 25) -> tuple[sparse.csr_array, sparse.csr_array]:
    rng = np.random.default_rng(seed)
    rows = sparse.csr_array((rng.random((n, m)) < 0.2).astype(np.float32))
    ties = rng.random((n, n)) < 0.1
    np.fill_diagonal(ties, val=False)
    return rows, sparse.csr_array((ties | ties.T).astype(np.float32))


def cut(
    rows: sparse.csr_array, ties: sparse.csr_array
) -> tuple[sparse.csr_array, sparse.csr_array]:
    x, s = rows.toarray(), ties.toarray()
    x[GONE] = 0
    s[GONE] = 0
    s[:, GONE] = 0
    return sparse.csr_array(x), sparse.csr_array(s)


MAKERS = {
    "ease-dual": lambda x, s: DualEase.fit(x, reg=3.0),
    "friends": lambda x, s: Friends(x, s),
    "people": lambda x, s: PeopleWeights.fit(x, s, reg=5.0, tie_weight=0.5, common_weight=0.3),
    "people-neighbours": lambda x, s: PeopleNeighbours.of(
        x, s, reg=5.0, neighbours=9, tie_weight=0.5
    ),
}


def test_what_is_called_exact_is_tried_here() -> None:
    assert set(MAKERS) == EXACT


@pytest.mark.parametrize("name", sorted(MAKERS))
def test_exact_models_equal_those_fitted_without(name: str) -> None:
    rows, ties = shop()
    found, expected = without(MAKERS[name](rows, ties), GONE), MAKERS[name](*cut(rows, ties))
    for row in range(rows.shape[0]):
        start, stop = expected.rows.indptr[row : row + 2]
        items = expected.rows.indices[start:stop].astype(np.int64)
        asked = Asked(items, np.ones(items.size, np.float32), row)
        assert np.allclose(found.scores(asked), expected.scores(asked), atol=1e-4)
    before = MAKERS[name](rows, ties).arrays()
    assert any(not np.array_equal(before[key], array) for key, array in found.arrays().items())


def test_a_graph_filter_names_nobody_who_is_gone() -> None:
    rows, _ = shop()
    found = without(GraphFilter.fit(rows, rank=4), GONE)
    assert not np.isin(found.columns.indices, GONE).any()
    wide = GraphFilter.fit(sparse.csr_array(shop(n=12, m=30)[0]), rank=4)
    assert not np.any(without(wide, GONE).vectors[GONE])


@pytest.mark.parametrize("shape", [(40, 25), (12, 30)])
def test_reasons_of_a_graph_filter_still_add_up_to_its_scores(shape: tuple[int, int]) -> None:
    found = without(GraphFilter.fit(shop(0, *shape)[0], rank=4), GONE)
    items, ids = np.array([1, 4, 9]), np.arange(shape[1])
    asked = Asked(items, np.ones(3, np.float32), None)
    [given] = found.explain(asked, ids)
    assert np.allclose(given.amounts.sum(axis=0), found.scores(asked), atol=1e-5)
    given.amounts[range(3), items] = 0
    assert np.allclose(given.amounts.sum(axis=0), found.scores_of_others(asked), atol=1e-5)


def test_a_blend_is_its_parts_and_people_who_came_later_are_not_there() -> None:
    rows, ties = shop()
    popular = Everybody(np.ones(25, np.float32))
    blend = Blend({"a": popular, "b": Friends(rows, ties)}, np.array([0]), np.ones((1, 2), "f4"))
    found = without(blend, np.array([3, 99]))
    assert found.parts["a"] is popular
    assert found.parts["b"].ties[[3]].nnz == 0
