import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from zhiyin.affinity.asked import Asked
from zhiyin.affinity.implicit_factors import ImplicitFactors, solved


def some_rows(seed, shape=(40, 25), density=0.2):
    rng = np.random.default_rng(seed)
    rows = (rng.random(shape) < density) * rng.integers(1, 9, shape) / 8
    return sparse.csr_array(rows.astype(np.float32))


def person_of(model, row):
    """Return the factors that minimise the loss of one dense row, by the normal equations."""
    v = model.vectors[model.place].astype(np.float64)
    ridge = model.reg * (row.sum() + model.unobserved * row.size) ** model.frequency
    inner = (v.T * row) @ v + model.unobserved * v.T @ v + ridge * np.eye(v.shape[1])
    return np.linalg.solve(inner, v.T @ row)


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 2**32 - 1), st.sampled_from([2, 6, 20]), st.sampled_from([1, 500, 10**6]))
def test_rows_of_any_length_solve_the_normal_equations(seed, rank, cells):
    rng = np.random.default_rng(seed)
    vectors = np.linalg.qr(rng.normal(size=(25, rank)))[0] * (1 + np.arange(rank))
    vectors = vectors.astype(np.float32)
    pull = 0.2 * (vectors**2).sum(axis=0)
    model = ImplicitFactors(vectors, np.arange(25, dtype=np.int32), pull, 0.2, 0.1, 0.5)
    rows = some_rows(seed, (12, 25), rng.random())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("zhiyin.affinity.implicit_factors.CELLS", cells)
        scores = model.scores_rows(rows)
    expected = [vectors @ person_of(model, row) for row in rows.toarray().astype(np.float64)]
    assert scores == pytest.approx(np.array(expected), abs=1e-4)


def test_a_hand_solved_row():
    # One factor: a = x v / (x v² + pull + ridge).
    vectors, pull = np.array([[2.0], [1.0]], np.float32), np.array([0.5], np.float32)
    row = sparse.csr_array(np.array([[0.5, 0], [0, 0]], np.float32))
    found = solved(vectors, pull, row, np.array([1.5, 1.5], np.float32))
    assert found == pytest.approx(np.array([[1 / (2 + 0.5 + 1.5)], [0]]))


def loss(model, rows):
    x = rows.toarray().astype(np.float64)
    people = np.array([person_of(model, row) for row in x])
    vectors = model.vectors[model.place]
    scores = people @ vectors.T
    ridges = [
        model.reg * (sums + model.unobserved * size) ** model.frequency
        for sums, size in ((x.sum(axis=1), x.shape[1]), (x.sum(axis=0), x.shape[0]))
    ]
    fit = (x * (1 - scores) ** 2).sum() + model.unobserved * (scores**2).sum()
    return fit + ridges[0] @ (people**2).sum(axis=1) + ridges[1] @ (vectors**2).sum(axis=1)


def test_every_round_lowers_the_loss():
    rows = some_rows(5)
    losses = [
        loss(ImplicitFactors.fit(rows, rank=4, reg=0.05, unobserved=0.1, epochs=epochs), rows)
        for epochs in (0, 1, 2, 5, 10)
    ]
    assert np.diff(losses).max() < 0


@pytest.fixture(scope="module", params=[3, 30])  # rows longer and shorter than the rank
def model(request):
    return ImplicitFactors.fit(some_rows(1), rank=request.param, reg=0.05, epochs=3)


def test_one_row_and_a_batch_agree_and_the_items_of_the_row_give_all(model):
    rows = some_rows(8, (6, model.n_items), 0.4)
    batch = model.scores_rows(rows)
    ids = np.array([3, 0, 11, model.n_items + 2])
    for place in range(6):
        row = rows[[place]]
        newer = np.append(row.indices, model.n_items + 1).astype(np.int64)
        asked = Asked(newer, np.append(row.data, np.float32(1)))
        scores = model.scores(asked)
        assert scores.dtype == batch.dtype == np.float32
        assert scores == pytest.approx(batch[place], abs=1e-5)
        (given_,) = model.explain(asked, ids)
        assert given_.kind == "item"
        assert given_.ids.tolist() == row.indices.tolist()
        assert given_.amounts.sum(axis=0)[:3] == pytest.approx(scores[ids[:3]], abs=1e-5)
        assert not given_.amounts[:, 3].any()


def test_who_has_nothing_gets_no_scores(model):
    nobody = Asked.of([])
    assert not model.scores(nobody).any()
    assert model.explain(nobody, np.arange(4))[0].amounts.shape == (0, 4)
    assert not model.scores_rows(sparse.csr_array((2, model.n_items), dtype=np.float32)).any()


def test_a_snapshot_opens_read_only_and_memory_mapped(model, tmp_path):
    mapped = {}
    for key, array in model.arrays().items():
        np.save(tmp_path / f"{key}.npy", array)
        mapped[key] = np.load(tmp_path / f"{key}.npy", mmap_mode="r")
    opened = ImplicitFactors.from_arrays(mapped)
    asked = Asked.of([1, 5, 7])
    assert np.array_equal(opened.scores(asked), model.scores(asked))


def test_items_that_the_same_people_have_alike_are_kept_once():
    apart = some_rows(3)
    rows = sparse.hstack([apart, apart[:, :5]]).tocsr()
    model = ImplicitFactors.fit(rows, rank=4, reg=0.05)
    assert model.n_items == rows.shape[1]
    assert model.vectors.shape[0] == len(np.unique(rows.toarray(), axis=1).T) < model.n_items
    assert np.array_equal(model.place[-5:], model.place[:5])
    asked = Asked.of([1, model.n_items - 1])
    given = model.explain(asked, np.arange(model.n_items))[0].amounts.sum(axis=0)
    assert given == pytest.approx(model.scores(asked), abs=1e-5)
    whole = model.scores_rows(rows)
    for one, scores in enumerate(whole[:5]):
        row = rows[[one]]
        asked = Asked(row.indices.astype(np.int64), row.data)
        assert scores == pytest.approx(model.scores(asked), abs=1e-5)


def test_a_snapshot_with_a_row_for_each_item_still_opens(model):
    before = model.arrays()
    before["vectors"] = before["vectors"][before.pop("place")]
    opened = ImplicitFactors.from_arrays(before)
    asked = Asked.of([1, 5, 7])
    assert opened.scores(asked) == pytest.approx(model.scores(asked), abs=1e-6)


def test_a_withheld_checkerboard_comes_back():
    person, item = np.indices((40, 20))
    board = ((person + item) % 2 == 0).astype(np.float32)
    withheld = (np.arange(20), np.arange(20))
    board[withheld] = 0
    rows = sparse.csr_array(board)
    model = ImplicitFactors.fit(rows, rank=2, reg=0.01)
    scores = model.scores_rows(rows)
    scores[board > 0] = -np.inf
    assert np.array_equal(scores[:20].argmax(axis=1), withheld[1])
