from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from zhiyin.core.ties import Ties
from zhiyin.social.mole_trust import mole_trust
from zhiyin.social.trust import hubs_damped, propagated, rated_alike, trust_matrix


def ties(*rows):
    one, two, strength = zip(*rows, strict=True)
    return Ties(np.array(one), np.array(two), np.array(strength, np.float32))


def matrix(n, *rows):
    one, two, value = zip(*rows, strict=True)
    return sparse.csr_array((np.array(value, np.float32), (one, two)), shape=(n, n))


def by_chance(seed, n, share=0.1):
    rng = np.random.default_rng(seed)
    dense = (rng.random((n, n)) < share) * rng.random((n, n))
    np.fill_diagonal(dense, 0)
    return sparse.csr_array(dense.astype(np.float32))


def walked(trust, source, *, shunned=(), damping=0.15, rounds=300):
    """The same by powers of a matrix; a source of None starts anywhere, as PageRank does."""
    n = trust.shape[0]
    start = np.full(n, 1 / n) if source is None else np.eye(n)[source]
    total = np.asarray(trust.sum(axis=1), np.float64)
    steps = sparse.diags_array(1 / np.where(total > 0, total, 1)) @ trust.astype(np.float64)
    chance = start.copy()
    for _ in range(rounds):
        onward = steps.T @ chance
        back = chance[total <= 0].sum() + onward[list(shunned)].sum()
        onward[list(shunned)] = 0
        chance = damping * start + (1 - damping) * (onward + back * start)
    return chance


def full(n, found):
    values = np.zeros(n)
    values[found[0]] = found[1]
    return values


def test_evidence_adds_up_by_hand():
    trust = trust_matrix(
        4,
        declared=Ties(np.array([0, 0]), np.array([1, 1])),
        votes=ties((0, 2, 1), (0, 2, 1), (0, 2, -1), (0, 1, 1), (2, 3, -1), (0, 9, 1)),
        agreement=ties((0, 1, 0.5), (1, 0, 1.0), (0, 3, 1.0), (0, 2, -1)),
    )
    one, two = trust.nonzero()
    assert list(zip(one.tolist(), two.tolist(), strict=True)) == [(0, 1), (0, 2)]
    assert trust[0, 1] == pytest.approx(1 - (1 - 0.9) * (1 - 0.6 / 4) * (1 - 0.3 * 0.5))
    assert trust[0, 2] == pytest.approx(0.6 * 2 / 6)


def test_whom_one_distrusts_nothing_makes_one_trust():
    trust = trust_matrix(3, declared=ties((0, 1, 1), (0, 2, 0.5)), against=ties((0, 1, 1)))
    assert trust.toarray()[0] == pytest.approx([0, 0, 0.45])
    assert trust_matrix(3).nnz == 0


def test_ratings_alike_by_hand():
    # 0 and 1 agree on three items, 0 and 2 are opposed on two, 0 and 3 have none in common; 4 says the same of all.
    rows = [[1, 3, 5, 0], [2, 3, 4, 1], [5, 0, 1, 2], [0, 0, 0, 4], [3, 3, 3, 3]]
    ratings = sparse.csr_array(np.array(rows, np.float32))
    pairs = np.array([[0, 1], [0, 2], [0, 3], [0, 4]])
    assert rated_alike(ratings, pairs) == pytest.approx([3 / 8, -2 / 7, 0, 0], abs=1e-6)


@pytest.mark.parametrize("damping", [0.15, 0.5])
def test_a_walk_by_hand(damping):
    # 0 trusts 1, who trusts nobody: ends at 0 or goes to 1, where it ends or begins anew.
    numbers, values = propagated(matrix(3, (0, 1, 1)), 0, damping=damping, tolerance=1e-12)
    assert numbers.tolist() == [0, 1]
    assert values == pytest.approx([1 / (2 - damping), (1 - damping) / (2 - damping)])
    assert propagated(matrix(3, (0, 1, 1)), 2)[0].tolist() == [2]
    assert propagated(matrix(3, (0, 1, 1)), 3)[0].size == 0


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10_000), st.integers(2, 60), st.sampled_from([1e-3, 1e-5, 1e-8]))
def test_the_push_is_below_the_whole_walk_and_tells_by_how_much(seed, n, tolerance):
    trust = hubs_damped(by_chance(seed, n))
    found = full(n, propagated(trust, seed % n, tolerance=tolerance))
    missing = walked(trust, seed % n) - found
    assert missing.min() > -1e-6
    assert missing.sum() == pytest.approx(1 - found.sum(), abs=1e-5)
    assert missing.sum() <= tolerance * np.maximum(np.diff(trust.indptr), 1).sum() + 1e-6


def test_of_those_whom_hubs_and_others_name_hubs_gain_less():
    # 0 trusts 1 and 2 alike; 2 is trusted by three more.
    trust = matrix(6, (0, 1, 1), (0, 2, 1), (3, 2, 1), (4, 2, 1), (5, 2, 1))
    values = full(6, propagated(hubs_damped(trust), 0))
    assert values[1] == pytest.approx(2 * values[2], rel=1e-3)


def test_distrust_goes_one_step():
    # 0 trusts 1 and 2; 1 trusts 3, 3 trusts 4.
    trust = matrix(6, (0, 1, 1), (0, 2, 1), (1, 3, 1), (2, 5, 1), (3, 4, 1))
    free = full(6, propagated(trust, 0, tolerance=1e-9))
    assert (free > 0).all()
    # The source distrusts 3: nothing for 3, and 4 is not reached through 3.
    own = full(6, propagated(trust, 0, distrust=matrix(6, (0, 3, 1)), tolerance=1e-9))
    assert own[3] == own[4] == 0
    assert own == pytest.approx(walked(trust, 0, shunned=[3]), abs=1e-6)
    # 2 distrusts 3, as much trusted as 1, who trusts 3: half of it is left, and 4 keeps all.
    other = full(6, propagated(trust, 0, distrust=matrix(6, (2, 3, 1)), tolerance=1e-9))
    assert other[3] == pytest.approx(free[3] / 2, rel=1e-5)
    assert np.delete(other, 3) == pytest.approx(np.delete(free, 3))
    # Whom the source distrusts says nothing of others.
    silent = matrix(6, (0, 3, 1), (3, 5, 1))
    heard = full(6, propagated(trust, 0, distrust=silent, tolerance=1e-9))
    assert heard == pytest.approx(own)


def with_ring(members, *, people=300, bribed=3):
    """A town of real people, and a ring whose members all trust one another; some real people trust a member."""
    town = by_chance(5, people, 0.03)
    ring = sparse.csr_array(np.ones((members, members)) - np.eye(members))
    bribes = [(10 * k + 1, people + k, 1) for k in range(bribed)]
    trust = sparse.block_diag([town, ring], format="csr") + matrix(people + members, *bribes)
    return sparse.csr_array(trust, dtype=np.float32), people


def test_a_ring_gains_nothing_by_growing():
    mass, damped, page_rank = {}, {}, {}
    for members in (10, 1000):
        trust, real = with_ring(members)
        source = 7
        values = full(real + members, propagated(trust, source, tolerance=1e-9))
        mass[members] = values[real:].sum()
        entries = trust[:real, real:].sum(axis=1) / trust[:real].sum(axis=1)
        assert mass[members] <= (values[:real] * entries).sum() * 0.85 / 0.15 + 1e-4
        few = full(real + members, propagated(hubs_damped(trust), source, tolerance=1e-9))
        damped[members] = few[real:].sum()
        page_rank[members] = walked(trust, None, rounds=40)[real:].sum()
    assert 0 < mass[10] < 0.1
    assert mass[1000] == pytest.approx(mass[10], rel=0.04)
    assert damped[1000] <= damped[10]
    # What a rank over everybody gives: nearly all to those who are most.
    assert page_rank[10] < 0.1
    assert page_rank[1000] > 0.7


def test_mole_trust_by_hand():
    trust = matrix(
        8,
        (0, 1, 0.9), (0, 2, 0.6), (0, 3, 0.5),  # 3 is trusted too little to be asked
        (1, 4, 0.8), (2, 4, 0.2), (3, 5, 1), (1, 2, 0.1),  # 2 is near already: 1 has no say
        (4, 6, 1), (2, 7, 1), (7, 6, 0.5), (6, 5, 1),
    )  # fmt: skip
    found = mole_trust(trust, 0)
    assert found.numbers.tolist() == [1, 2, 3, 4, 6, 7]  # 5 is four steps away, but for 3
    four = (0.9 * 0.8 + 0.6 * 0.2) / 1.5
    assert four < 0.6  # so 6 is known from 7 alone
    assert found.values == pytest.approx([0.9, 0.6, 0.5, four, 0.5, 1.0])
    assert found.path(4) == (0, 1, 4)
    assert found.path(6) == (0, 2, 7, 6)
    assert found.path(3) == (0, 3)
    assert found.path(5) == ()
    assert mole_trust(trust, 0, depth=1).numbers.tolist() == [1, 2, 3]
    assert mole_trust(trust, 5).numbers.size == mole_trust(trust, 8).numbers.size == 0


def test_a_word_of_distrust_counts_as_none_and_goes_no_further():
    trust = matrix(5, (0, 1, 1), (0, 2, 1), (1, 3, 1), (3, 4, 1))
    assert mole_trust(trust, 0).path(4) == (0, 1, 3, 4)
    found = mole_trust(trust, 0, distrust=matrix(5, (2, 3, 1)))
    assert found.numbers.tolist() == [1, 2, 3]
    assert found.values == pytest.approx([1, 1, 0.5])
    own = mole_trust(trust, 0, distrust=matrix(5, (0, 3, 1)))
    assert own.values == pytest.approx([1, 1, 0])


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10_000), st.integers(1, 3))
def test_who_vouches_is_trusted_and_one_step_nearer(seed, depth):
    trust = by_chance(seed, 30)
    found = mole_trust(trust, 0, depth=depth)
    assert ((found.values > 0) & (found.values <= 1)).all()
    for person, value in zip(found.numbers.tolist(), found.values.tolist(), strict=True):
        chain = found.path(person)
        assert 2 <= len(chain) <= depth + 1
        assert all(trust[a, b] > 0 for a, b in pairwise(chain))
        words = trust[:, [person]].toarray()
        assert value <= words.max() + 1e-6
