import numpy as np
import pytest

from zhiyin.affinity.item_weights import ItemWeights
from zhiyin.core import Candidates, Query
from zhiyin.ranking.blend import Blend, BlendWeights
from zhiyin.ranking.shares import Shares

WEIGHTS = np.array([[0, 0.5, 0.25], [0.5, 0, -0.125], [0.25, -0.125, 0]], np.float32)


@pytest.fixture
def query():
    return asked([0, 1], [1, 0.5])


def asked(items, weights):
    row = np.array(items), np.array(weights, np.float32)
    affinity = WEIGHTS[row[0]].T @ row[1]
    return Query().with_fields({"row_items": row[0], "row_weights": row[1], "affinity": affinity})


def scored(ids, affinity, popularity, freshness, weights):
    columns = {"affinity": affinity, "popularity": popularity, "freshness": freshness}
    found = Candidates.of(ids).with_fields({k: np.array(v, np.float32) for k, v in columns.items()})
    return found.with_scores(Blend(weights).score(Query(), found))


def test_a_score_is_the_sum_of_its_parts():
    found = scored([2], [0.1875], [0.5], [1.0], BlendWeights(0.2, 0.1))
    assert found.scores.tolist() == pytest.approx([0.1875 + 0.1 + 0.1])


def test_shares_name_the_history_that_gave_the_score(query):
    weights = BlendWeights(0.2, 0.0)
    affinity = ItemWeights("ease", WEIGHTS)
    # item 2: 1 × .25 from item 0, .5 × -.125 from item 1, and .2 × .5 from popularity
    found = scored([2], [0.1875], [0.5], [0.0], weights)
    [reasons] = Shares(Shares.Config(), affinity, weights).explain(query, found)
    score = 0.1875 + 0.1
    assert [(r.kind, r.share) for r in reasons] == [
        ("history", pytest.approx(0.1875 / score)),
        ("popular", pytest.approx(0.1 / score)),
    ]
    [witness] = reasons[0].evidence  # item 1 counts against, so it is no witness
    assert (witness.ref.number, witness.share) == (0, pytest.approx(0.25 / score))


def test_without_any_positive_part_there_is_something_to_discover(query):
    weights = BlendWeights(0.2, 0.0)
    found = scored([7], [0.0], [0.0], [0.0], weights)
    [reasons] = Shares(Shares.Config(), ItemWeights("ease", WEIGHTS), weights).explain(query, found)
    assert [reason.kind for reason in reasons] == ["discover"]


def test_a_page_about_one_item_says_similar(query):
    from dataclasses import replace

    weights = BlendWeights(0.0, 0.0)
    found = scored([2], [0.1875], [0.0], [0.0], weights)
    shares = Shares(Shares.Config(), ItemWeights("ease", WEIGHTS), weights)
    [reasons] = shares.explain(replace(query, seeds=(0, 1)), found)
    assert reasons[0].kind == "similar"


def test_what_counts_against_an_item_makes_no_share_larger_than_the_whole():
    weights = BlendWeights(0.2, 0.0)
    # item 2: -.125 from item 1 and .2 × 1 from popularity
    found = scored([2], [-0.125], [1.0], [0.0], weights)
    shares = Shares(Shares.Config(), ItemWeights("ease", WEIGHTS), weights)
    [reasons] = shares.explain(asked([1], [1.0]), found)
    assert [(reason.kind, reason.share) for reason in reasons] == [("popular", pytest.approx(1))]


def test_what_the_model_did_not_score_has_no_part_in_the_reasons():
    weights = BlendWeights(0.2, 0.1)
    fields = {"row_items": np.array([0]), "row_weights": np.array([1.0], np.float32)}
    found = scored([2], [0.0], [1.0], [1.0], weights)
    shares = Shares(Shares.Config(), ItemWeights("ease", WEIGHTS), weights)
    [reasons] = shares.explain(Query().with_fields(fields), found)
    assert [(one.kind, one.share) for one in reasons] == [
        ("popular", pytest.approx(2 / 3)),
        ("fresh", pytest.approx(1 / 3)),
    ]
