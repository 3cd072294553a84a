"""The figures of lists against trec_eval, an independent implementation."""

import numpy as np
import pytest
import pytrec_eval
from scipy import sparse

from zhiyin.evaluation.metrics import ranking_figures

N_PEOPLE, N_ITEMS = 40, 60


def lists_and_truth(k, seed):
    """Lists of up to k items, some short, and what is relevant, some people having nothing."""
    rng = np.random.default_rng(seed)
    top = np.argsort(rng.random((N_PEOPLE, N_ITEMS)), axis=1)[:, :k]
    top[np.arange(k) >= rng.integers(1, k + 1, N_PEOPLE)[:, None]] = -1
    top[::2] = np.argsort(rng.random((N_PEOPLE, N_ITEMS)), axis=1)[::2, :k]
    relevant = rng.random((N_PEOPLE, N_ITEMS)) < rng.choice([0.02, 0.1, 0.5], N_PEOPLE)[:, None]
    relevant[0] = False
    return top, relevant


@pytest.mark.parametrize(("k", "seed"), [(1, 0), (5, 1), (10, 2), (60, 3)])
def test_trec_eval_gives_the_same_figures(k, seed):
    top, relevant = lists_and_truth(k, seed)
    judged = np.flatnonzero(relevant.any(axis=1))
    truth = {str(p): {str(i): 1 for i in np.flatnonzero(relevant[p])} for p in judged}
    # Scores fall with the place: no ties. The run ends at k, since recip_rank knows no cut.
    run = {
        str(p): {str(i): float(-place) for place, i in enumerate(top[p]) if i >= 0} for p in judged
    }
    theirs = {
        f"recall@{k}": f"recall_{k}",
        f"precision@{k}": f"P_{k}",
        f"hit_rate@{k}": f"success_{k}",
        f"ndcg@{k}": f"ndcg_cut_{k}",
        f"map@{k}": f"map_cut_{k}",
        f"mrr@{k}": "recip_rank",
    }
    wanted = {f"{name}.{k}" for name in ("recall", "P", "success", "ndcg_cut", "map_cut")}
    answer = pytrec_eval.RelevanceEvaluator(truth, wanted | {"recip_rank"}).evaluate(run)
    ours = ranking_figures(top, sparse.csr_array(relevant))
    assert set(ours) == set(theirs)
    for name, values in ours.items():
        expected = np.full(N_PEOPLE, np.nan)
        expected[judged] = [answer[str(p)][theirs[name]] for p in judged]
        np.testing.assert_allclose(values, expected, rtol=1e-12, atol=1e-12, err_msg=name)
