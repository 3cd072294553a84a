import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import spearmanr

from zhiyin.core.exchanges import TYPES, Exchanges
from zhiyin.evaluation.predictions import auc
from zhiyin.ingest.sample import make
from zhiyin.ingest.sample.tasks import numbers
from zhiyin.social.graph import adjacency
from zhiyin.social.strength import PRIOR, TieStrength, prior_odds, prior_strength
from zhiyin.social.tie_features import NAMES, TieFeatures, tie_features

DAY = 86_400_000_000


def exchanges(rows):
    one, two, kind, day = zip(*rows, strict=True) if rows else ((), (), (), ())
    return Exchanges(
        np.array(one, np.int64), np.array(two, np.int64), np.array(kind, np.str_),
        np.full(len(rows), -1), np.array(day, np.int64) * DAY, np.full(len(rows), np.nan, np.float32),
    )  # fmt: skip


def row(**columns):
    return TieFeatures(NAMES, np.array([[columns.get(name, 0) for name in NAMES]], np.float32))


def shares(n, rng, extra, prior_counts=1.0):
    """Shares whose answer goes with the formula so much, and with what is extra."""
    values = np.zeros((n, len(NAMES)), np.float32)
    for name in ("turned", "turned_back", "fresh", "lately_gift"):
        values[:, NAMES.index(name)] = rng.normal(0, 1, n)
    features = TieFeatures(NAMES, values)
    odds = prior_counts * prior_odds(features) + extra * features.column("lately_gift")
    return features, rng.random(n) < 1 / (1 + np.exp(-odds))


def test_the_formula_by_hand():
    assert prior_strength(row()).tolist() == [0.5]
    close = row(turned=1, turned_back=2, kind_family=1, fresh=0.5)
    assert prior_odds(close)[0] == pytest.approx(1 + 2 * 0.5 + 0.6 + 0.5 * 0.2)
    assert prior_strength(close)[0] == pytest.approx(1 / (1 + np.exp(-2.7)))
    assert set(PRIOR) <= set(NAMES)


def test_strength_has_a_direction():
    said = exchanges([(0, 1, "message", day) for day in range(9)] + [(1, 0, "message", 3)])
    pairs = np.array([(0, 1), (1, 0), (1, 2)])
    there, back, none = prior_strength(tie_features(pairs, said, n_people=3, now_us=90 * DAY))
    assert there > back > none


_ROWS = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 3), st.sampled_from(TYPES), st.integers(0, 80)),
    max_size=25,
)


@given(_ROWS, st.sampled_from(TYPES), st.integers(0, 1), st.integers(1, 12))
@settings(deadline=None, max_examples=50)
def test_more_exchanges_never_make_a_tie_weaker(rows, kind, end, more):
    pair, since = np.array([(0, 1)]), np.zeros(1, np.int64)
    others = [
        (one, 4 + (one * 7 + k) % 56, "like", 20 * k) for one in range(4, 60) for k in range(3)
    ]

    def strength(added):
        said = exchanges([*rows, *others, *added])
        return prior_odds(tie_features(pair, said, n_people=60, now_us=90 * DAY, since_us=since))[0]

    toward = (0, 1) if not end else (1, 0)
    assert strength([(*toward, kind, 40)] * more) >= strength([]) - 1e-5


def test_what_answers_say_beyond_the_formula_is_learned():
    rng = np.random.default_rng(0)
    model = TieStrength.fit(*shares(4000, rng, extra=1.5))
    later, labels = shares(4000, rng, extra=1.5)
    assert model.is_learned
    assert auc(model.scores(later), labels) > auc(prior_strength(later), labels) + 0.05
    odds = np.log(model.scores(later) / (1 - model.scores(later)))
    assert odds.std() == pytest.approx(prior_odds(later).std(), rel=0.1)
    assert model.scores(later).mean() == pytest.approx(prior_strength(later).mean(), abs=0.02)


def test_what_can_only_speak_for_closeness_never_counts_against_it():
    model = TieStrength.fit(*shares(4000, np.random.default_rng(0), extra=-1.5))
    assert (model.weights[NAMES.index("lately_gift")]) >= 0


@pytest.mark.parametrize(
    ("n", "extra", "prior_counts", "why"),
    [
        (200, 1.5, 1, "only 200 shares"),  # too few
        (4000, 0, 1, "no better"),  # nothing beyond the formula
        (4000, 1.5, 0, "do not go with closeness"),  # answered for the thing, not for the sender
        (4000, 0, 0, "do not go with closeness"),
    ],
)
def test_the_formula_stands_where_nothing_can_be_learned(n, extra, prior_counts, why):
    features, labels = shares(n, np.random.default_rng(1), extra, prior_counts)
    model = TieStrength.fit(features, labels)
    assert not model.is_learned
    assert why in model.why
    assert np.array_equal(model.scores(features), prior_strength(features))


@pytest.mark.parametrize("answer", [True, False])
def test_answers_that_are_all_alike_teach_nothing(answer):
    features, labels = shares(1000, np.random.default_rng(1), 1)
    assert not TieStrength.fit(features, np.full_like(labels, answer)).is_learned


def test_parts_add_up_and_arrays_keep_all():
    features, labels = shares(2000, np.random.default_rng(0), extra=1.5)
    for model in (TieStrength.fit(features, labels), TieStrength.prior()):
        odds = model.parts(features).sum(axis=1) + model.bias
        assert model.scores(features) == pytest.approx(1 / (1 + np.exp(-odds)), abs=1e-5)
        kept = TieStrength.from_arrays(model.arrays())
        assert np.array_equal(kept.scores(features), model.scores(features))
        assert (kept.names, kept.is_learned, kept.why) == (model.names, model.is_learned, model.why)


def test_the_true_strength_of_the_sample_shop_is_told_better_than_by_counts():
    shop = make(3, people=300, products=96)
    ties, said = shop.frames["ties"], shop.frames["interactions"]
    pairs = np.column_stack([numbers(ties["user"]), numbers(ties["other"])])
    done = Exchanges(
        numbers(said["user"]), numbers(said["other"]), said["type"].to_numpy().astype(np.str_),
        np.full(said.height, -1), said["time"].dt.epoch("us").to_numpy(),
        np.full(said.height, np.nan, np.float32),
    )  # fmt: skip
    found = tie_features(
        pairs, done, n_people=300, now_us=int(done.time_us.max()) + 1,
        kinds=ties["kind"].to_numpy().astype(np.str_),
        since_us=ties["time"].dt.epoch("us").to_numpy(), graph=adjacency(*pairs.T, 300),
    )  # fmt: skip
    truth = shop.truth.tie_strength
    count = np.bincount(done.one * 300 + done.two, minlength=90_000)[
        pairs[:, 0] * 300 + pairs[:, 1]
    ]
    told, counted = (spearmanr(way, truth)[0] for way in (prior_strength(found), count))
    assert told > counted + 0.08
