"""What is popular is the same for everybody, and says so."""

import numpy as np

from zhiyin.affinity.asked import Asked
from zhiyin.affinity.everybody import Everybody


def test_everybody_gives_the_whole_score_and_nothing_for_items_that_are_newer():
    model = Everybody.from_arrays(Everybody(np.array([2, 5, 1], np.float32)).arrays())
    [given] = model.explain(Asked.of([0]), np.array([1, 2, 7]))
    assert (given.kind, given.amounts.tolist()) == ("everybody", [[5, 1, 0]])
    assert model.scores(Asked.of([])).tolist() == [2, 5, 1]
