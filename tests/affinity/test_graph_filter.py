import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import sparse

from zhiyin.affinity.asked import Asked
from zhiyin.affinity.graph_filter import GraphFilter, degree_scaled


def some_rows(seed, shape=(40, 25), density=0.2):
    rng = np.random.default_rng(seed)
    return sparse.csr_array((rng.random(shape) < density).astype(np.float32))


def dense_parts(rows, powers, tilt):
    dense = rows.toarray().astype(np.float64)
    people, items = np.maximum(dense.sum(1), 1), np.maximum(dense.sum(0), 1)
    scaled = dense / people[:, None] ** powers[0] / items ** powers[1]
    return dense, scaled, items**tilt


POWERS = st.sampled_from([(0.5, 0.5), (0.3, 0.7), (0.0, 0.0)])
TILTS = st.sampled_from([0.0, 0.3, 0.5])


def filtered(squares, rank, weight, power):
    """The eigenvalues after the filter, above a knee flattened, the kept ones raised."""
    kept, rest = squares[:rank], squares[rank:]
    knee = max(kept[-1], kept[0] / 100)
    flat = [min(one, knee ** (1 - power) * one**power) for one in kept]
    raised = weight * kept[0] * (knee / kept[0]) ** (1 - power)
    return np.concatenate([np.array(flat) + raised, rest])


@settings(deadline=None, max_examples=25)
@given(
    st.integers(0, 2**32 - 1),
    st.sampled_from([(40, 25), (25, 40)]),
    POWERS,
    TILTS,
    st.sampled_from([0.5, 0.8, 1.0]),
)
def test_scores_are_those_of_the_formula(seed, shape, powers, tilt, power):
    rows = some_rows(seed, shape)
    dense, scaled, lean = dense_parts(rows, powers, tilt)
    _, values, vt = np.linalg.svd(scaled, full_matrices=False)
    rank, weight = 5, 0.4
    assume(
        values[rank - 1] - values[rank] > 0.02 * values[0]
    )  # else the subspace is not determined
    model = GraphFilter.fit(
        rows,
        rank=rank,
        weight=weight,
        power=power,
        person_power=powers[0],
        item_power=powers[1],
        tilt=tilt,
    )
    whole = (vt.T * filtered(values**2, rank, weight, power)) @ vt
    expected = dense[:7] @ (whole / lean[:, None] * lean)
    found = model.scores_rows(rows[:7])
    np.testing.assert_allclose(found, expected, rtol=0, atol=2e-3 * np.abs(expected).max())


@pytest.mark.parametrize("shape", [(40, 25), (25, 40)])
def test_a_steep_spectrum_is_flattened_down_to_a_hundredth(shape):
    rows = some_rows(5, shape, 0.02)
    rows = sparse.csr_array(np.maximum(rows.toarray(), np.arange(shape[1]) < 3), dtype=np.float32)
    dense, scaled, lean = dense_parts(rows, (0.0, 0.0), 0.2)
    _, values, vt = np.linalg.svd(scaled, full_matrices=False)
    rank = int(np.count_nonzero(values**2 > 1e-3 * values[0] ** 2))
    assert values[rank - 1] ** 2 < values[0] ** 2 / 100
    model = GraphFilter.fit(
        rows, rank=rank, weight=0.1, power=0.5, person_power=0.0, item_power=0.0, tilt=0.2
    )
    whole = (vt.T * filtered(values**2, rank, 0.1, 0.5)) @ vt
    expected = dense[:7] @ (whole / lean[:, None] * lean)
    found = model.scores_rows(rows[:7])
    np.testing.assert_allclose(found, expected, rtol=0, atol=5e-3 * np.abs(expected).max())


def test_without_singular_vectors_it_is_two_hops():
    rows = some_rows(3)
    dense, scaled, lean = dense_parts(rows, (0.5, 0.5), 0.2)
    model = GraphFilter.fit(rows, rank=0, person_power=0.5, tilt=0.2)
    expected = dense[:5] @ (scaled.T @ scaled / lean[:, None] * lean)
    assert model.scores_rows(rows[:5]) == pytest.approx(expected, abs=1e-4)


def test_a_power_below_one_flattens_what_everybody_shares():
    # Two circles that share nothing: four people of one, two of the other.
    rows = sparse.csr_array(
        np.kron([[1, 0]] * 4 + [[0, 1]] * 2, np.ones((1, 3))).astype(np.float32)
    )
    shares = []
    for power in (1.0, 0.5):
        model = GraphFilter.fit(
            rows, rank=2, weight=0.0, power=power, person_power=0.0, item_power=0.0, tilt=0.0
        )
        shares.append(model.scores(Asked.of([0]))[1] / model.scores(Asked.of([3]))[4])
    assert shares == pytest.approx([2, 2**0.5])


def test_a_tilt_names_popular_items_sooner():
    rows = sparse.csr_array(np.array([[1, 1, 1], [0, 1, 0], [0, 1, 0]], np.float32))
    flat, tilted = (
        GraphFilter.fit(rows, rank=0, person_power=0.5, tilt=tilt).scores(Asked.of([0]))
        for tilt in (0.0, 0.5)
    )
    # Item 1 has three people, item 2 one: 3**0.5 is what the tilt adds.
    assert flat == pytest.approx([1 / 3, 3**-0.5 / 3, 1 / 3])
    assert tilted == pytest.approx([1 / 3, 1 / 3, 1 / 3])


@pytest.fixture(params=[(40, 25), (20, 25)])
def model(request):
    return GraphFilter.fit(some_rows(1, request.param), tilt=0.3)


def test_a_snapshot_without_the_items_places_still_opens(model):
    before = model.arrays()
    before.pop("placed", None)
    asked, ids = Asked.of([1, 5, 7]), np.arange(model.n_items)
    (expected,) = model.explain(asked, ids)
    (found,) = GraphFilter.from_arrays(before).explain(asked, ids)
    assert np.array_equal(found.amounts, expected.amounts)


def test_one_row_and_a_batch_agree_and_the_items_of_the_row_give_all(model):
    rows = some_rows(8, (6, model.n_items), 0.3) * np.float32(0.75)
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
        sums = given_.amounts.sum(axis=0)
        assert sums[:3] == pytest.approx(scores[ids[:3]], abs=1e-5)
        assert sums[3] == 0


def test_who_has_nothing_gets_no_scores(model):
    nobody = Asked.of([])
    assert not model.scores(nobody).any()
    assert model.explain(nobody, np.arange(4))[0].amounts.shape == (0, 4)


def test_a_new_event_changes_the_next_scores(model):
    before, after = Asked.of([2]), Asked.of([2, 7])
    alone = model.scores(Asked.of([7]))
    assert model.scores(after) - model.scores(before) == pytest.approx(alone, abs=1e-5)
    assert alone.any()


def test_a_snapshot_opens_read_only_and_memory_mapped(model, tmp_path):
    mapped = {}
    for key, array in model.arrays().items():
        np.save(tmp_path / f"{key}.npy", array)
        mapped[key] = np.load(tmp_path / f"{key}.npy", mmap_mode="r")
    opened = GraphFilter.from_arrays(mapped)
    asked, ids = Asked.of([1, 5, 7]), np.array([0, 1, 3])
    assert np.array_equal(opened.scores(asked), model.scores(asked))
    assert np.array_equal(
        opened.explain(asked, ids)[0].amounts, model.explain(asked, ids)[0].amounts
    )


def test_an_item_of_nobody_and_a_person_of_nothing_score_zero():
    rows = sparse.csr_array(np.array([[1, 1, 0], [0, 0, 0], [0, 1, 0]], np.float32))
    scores = GraphFilter.fit(rows).scores_rows(rows)
    assert not scores[1].any()
    assert not scores[:, 2].any()
    assert degree_scaled(rows, 0.5, 0.5).dtype == np.float32


def test_of_no_events_nothing_scores():
    nothing = sparse.csr_array((5, 4), dtype=np.float32)
    assert not GraphFilter.fit(nothing).scores_rows(some_rows(0, (2, 4))).any()
