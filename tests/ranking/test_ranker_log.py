"""What the ranker tells of the candidates that it ranks."""

from datetime import UTC, datetime

import numpy as np
import pytest

from zhiyin.affinity.blend import Blend as AffinityBlend
from zhiyin.affinity.everybody import Everybody
from zhiyin.core import Candidates, Query
from zhiyin.core.interactions import Interactions
from zhiyin.ranking import ranker as ranking
from zhiyin.ranking.blend import Blend, BlendWeights
from zhiyin.ranking.booster import families, names_of
from zhiyin.ranking.features.item_columns import ItemColumns
from zhiyin.ranking.ranker import Ranker, RankerModel, with_surface

ITEMS = 12
WEIGHTS = BlendWeights(0.5, 0.1)
AFFINITY = AffinityBlend(
    {"popular": Everybody(np.arange(ITEMS, dtype=np.float32))}, np.array([0]), np.array([[1.0]])
)
NAMES = tuple(names_of(families(["popular"])))


def model():
    codes = np.arange(ITEMS) % 3
    columns = ItemColumns(codes, codes, codes, np.zeros(ITEMS), np.zeros(ITEMS, np.int64))
    person, item = np.zeros(3, np.int64), np.array([0, 1, 1])
    events = Interactions(person, item, np.ones(3, np.float32), np.array([1, 2, 3]) * 10**9)
    return RankerModel.of(columns, events)


def asked(*, had=(2,), surface="home", **told):
    history = np.array(had, np.int64)
    nobody = np.empty(0, np.int64)
    fields = {
        "event_items": history, "event_us": history + 1, "had": history, "against": nobody,
        "affinity": np.arange(ITEMS, dtype=np.float32), "row_items": history,
        "row_weights": np.ones(len(history), np.float32), "recent": history,
        "friends": nobody, "closed": nobody,
    }  # fmt: skip
    when = datetime(1970, 1, 1, 1, tzinfo=UTC)
    return Query(person=0, time=when, surface=surface, **told).with_fields(fields)


def found():
    ids = np.array([5, 2, 7, 3])
    part = ids.astype(np.float32)
    fields = {"affinity": part, "popularity": part / ITEMS, "freshness": part / ITEMS}
    return Candidates.of(ids.tolist(), source="all").with_fields(fields)


class Backwards:
    """Trees that prefer what has less affinity, and keep what they are asked."""

    def __init__(self):
        self.asked = []

    def scores(self, features):
        self.asked.append(features)
        return -features[:, NAMES.index("affinity")].astype(np.float64)


def test_without_trees_the_blend_serves_and_features_are_told():
    ranker = Ranker(Ranker.Config(), WEIGHTS, AFFINITY, model())
    judged = ranker.judge(asked(), found())
    assert judged.scores.tolist() == Blend(WEIGHTS).score(asked(), found()).tolist()
    assert judged.features.names == NAMES
    values = judged.features.values
    assert values[:, NAMES.index("affinity")].tolist() == pytest.approx([5 / 7, np.nan, 1, 3 / 7], nan_ok=True)  # fmt: skip
    assert np.isnan(values[1]).all()  # the person has it, so it is not ranked


@pytest.mark.parametrize(
    ("query", "logs"),
    [
        (asked(is_preview=True), True),
        (asked(), False),
        (asked(had=()), True),
        (asked(seeds=(1,)), True),
    ],
)
def test_where_nothing_is_logged_nothing_is_worked_out(query, logs, monkeypatch):
    monkeypatch.setattr(ranking, "table", lambda *_: pytest.fail("features were worked out"))
    judged = Ranker(Ranker.Config(logs=logs), WEIGHTS, AFFINITY, model()).judge(query, found())
    assert judged.features is None
    assert judged.scores.tolist() == Blend(WEIGHTS).score(query, found()).tolist()


def test_what_is_told_is_what_the_trees_saw():
    ranker = Ranker(Ranker.Config(), WEIGHTS, AFFINITY, model())
    ranker._booster = trees = Backwards()
    judged = ranker.judge(asked(), found())
    by_blend = [2, 0, 3]  # rows of the items 7, 5 and 3
    assert judged.features.values[by_blend].tobytes() == trees.asked[0].tobytes()
    blend = Blend(WEIGHTS).score(asked(), found())
    assert judged.scores[[3, 0, 2]].tolist() == blend[by_blend].tolist()
    preview = ranker.judge(asked(is_preview=True), found())
    assert preview.features is None
    assert preview.scores.tolist() == judged.scores.tolist()


def test_the_surface_is_a_feature_where_the_trees_know_it():
    rows = np.ones((2, 1), np.float32)
    assert with_surface(rows, (), "home") is rows
    assert with_surface(rows, ("feed", "home"), "home").tolist() == [[1, 1], [1, 1]]
    assert np.isnan(with_surface(rows, ("feed",), "home")[:, 1]).all()
