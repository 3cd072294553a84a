import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiyin.core import NO_TIME
from zhiyin.core.exchanges import TYPES, Exchanges
from zhiyin.social.graph import adjacency
from zhiyin.social.tie_features import NAMES, evidence, tie_features

DAY = 86_400_000_000
NOW = 400 * DAY


def exchanges(*rows):
    """Rows of one, two, type, day, and mood where it is known."""
    rows = [(*row, np.nan)[:5] for row in rows]
    one, two, kind, day, mood = zip(*rows, strict=True) if rows else ((), (), (), (), ())
    time_us = [NO_TIME if at is None else int(at * DAY) for at in day]
    return Exchanges(
        np.array(one, np.int64), np.array(two, np.int64), np.array(kind, np.str_),
        np.full(len(rows), -1), np.array(time_us, np.int64), np.array(mood, np.float32),
    )  # fmt: skip


def features(pairs, said, n_people=6, **known):
    return tie_features(np.array(pairs), said, n_people=n_people, now_us=NOW, **known)


def test_by_hand():
    said = exchanges(
        (0, 1, "message", 200, 1.0), (0, 1, "gift", 370), (1, 0, "like", 340, 0.0), (2, 3, "like", 200)
    )  # fmt: skip
    found = features([(0, 1), (1, 0), (2, 0)], said)
    assert found.column("fresh").tolist() == pytest.approx([1 / 2, 1 / 3, 0])
    assert found.column("fresh_back").tolist() == pytest.approx([1 / 3, 1 / 2, 0])
    assert found.column("private").tolist() == pytest.approx([2 / 5, 2 / 5, 0])
    assert found.column("mood").tolist() == pytest.approx([1 / 4, 1 / 4, 0])
    assert found.column("duration")[2] == 0
    assert found.column("turned").tolist()[0] == found.column("turned_back").tolist()[1]
    assert found.column("gift").tolist()[0] > 0 == found.column("gift").tolist()[1]


def test_how_often_is_to_be_expected_depends_on_the_person_and_on_the_time():
    # Person 0 turns to everybody ten times, person 4 to one only, once.
    said = exchanges(
        *[(0, other, "message", 30 * k + 1) for other in (1, 2, 3) for k in range(10)],
        *[(5, 0, "message", 30 * k + 1) for k in range(9)],
        (4, 5, "message", 1),
    )  # fmt: skip
    since = np.full(3, DAY)
    talker, quiet, none = features([(0, 1), (4, 5), (4, 1)], said, since_us=since).column("turned")
    assert talker < np.log(11 / 6)  # ten times, but that is usual for this person
    assert none < quiet < talker
    new = features([(0, 1)], said, since_us=np.array([380 * DAY])).column("turned")[0]
    assert new == talker  # the first exchange was earlier than what is declared
    old, young = (
        features([(0, 4)], said, since_us=np.array([day * DAY])).column("turned")[0]
        for day in (1, 380)
    )
    assert old < young < 0  # never to have turned to a new tie says less


def test_lately_halves_in_thirty_days():
    base = exchanges((0, 1, "like", 370), (2, 3, "like", 340))
    found = features([(0, 1), (2, 3)], base, since_us=np.array([340 * DAY] * 2))
    lately = np.exp(found.column("lately_like").astype(float)) - 1
    # Counts of 1/2 and 1/4, each by what is to be expected of all, and 1.
    usual = evidence_of_usual(base)
    assert lately[0] / lately[1] == pytest.approx(
        0.5 / 0.25 * (usual[1] + 1) / (usual[0] + 1), rel=1e-4
    )


def evidence_of_usual(said):
    """What is to be expected lately of persons 0 and 2: a rate by person, drawn to that of all by five ties."""
    room = 1 - 0.5 ** (np.array([30, 30, 60, 60]) / 30)
    given = np.array([0.5, 0, 0.25, 0])
    usual = given.sum() / room.sum()
    rate = (given + 5 * usual) / (room + 5)
    return rate[[0, 2]] * (1 - 0.5 ** (60 / 30))


def test_what_comes_later_is_not_seen():
    before = exchanges((0, 1, "message", 100), (1, 0, "gift", 399))
    after = exchanges(
        (0, 1, "message", 100), (1, 0, "gift", 399), (0, 1, "gift", 400), (2, 1, "like", 500)
    )
    pairs = [(0, 1), (1, 0), (2, 1)]
    assert np.array_equal(features(pairs, before).values, features(pairs, after).values)


def test_exchanges_without_a_time_count_but_are_not_recent():
    found = features([(0, 1)], exchanges((0, 1, "message", None), (2, 3, "like", 10)))
    assert found.column("message")[0] > 0
    assert found.column("lately_message")[0] == found.column("fresh")[0] == 0


def test_what_callers_know_has_its_columns():
    graph = adjacency(np.array([0, 1, 0]), np.array([2, 2, 3]), 6)
    found = features(
        [(0, 1), (0, 2)], exchanges(), graph=graph, kinds=np.array(["同事", "nobody"]),
        likeness=np.array([0.25, np.nan], np.float32),
    )  # fmt: skip
    assert found.column("common").tolist() == pytest.approx([np.log1p(1 / np.log(2)), 0])
    assert found.column("likeness").tolist() == [0.25, 0]
    assert found.column("kind_colleague").tolist() == [1, 0]
    assert sum(found.column(name).sum() for name in NAMES if name.startswith("kind_")) == 1


def test_evidence_is_what_was_counted():
    said = exchanges(
        (0, 1, "message", 3), (0, 1, "message", 2), (0, 1, "wave", None), (1, 0, "gift", 9),
        (0, 1, "gift", 400),
    )  # fmt: skip
    found = evidence(np.array([(0, 1), (1, 0), (4, 5)]), said, n_people=6, now_us=NOW)
    assert found["count"].tolist() == [3, 1, 0]
    assert found["last_us"].tolist() == [3 * DAY, 9 * DAY, NO_TIME]
    assert found["message"].tolist() == [2, 0, 0]
    assert found["gift"].tolist() == [0, 1, 0]


def test_nobody_and_nothing():
    assert features(np.empty((0, 2), np.int64), exchanges()).values.shape == (0, len(NAMES))
    nothing = features([(0, 1)], exchanges())
    assert not nothing.values.any()
    strangers = exchanges((0, 9, "message", 1), (9, 0, "message", 1), (2, 2, "gift", 1))
    assert not features([(0, 1), (2, 2)], strangers).values.any()


_ROW = st.tuples(
    st.integers(0, 6), st.integers(0, 6), st.sampled_from([*TYPES, "wave"]),
    st.one_of(st.none(), st.integers(1, 450)), st.sampled_from([np.nan, -1.0, 0.5]),
)  # fmt: skip


@given(st.lists(_ROW, max_size=30), st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=25)
def test_order_and_what_else_is_asked_do_not_matter(rows, random):
    pairs = np.argwhere(np.ones((6, 6)))
    found = features(pairs, exchanges(*rows)).values
    assert np.isfinite(found).all()
    mixed = random.sample(rows, len(rows))
    assert np.allclose(found, features(pairs, exchanges(*mixed)).values, atol=1e-6)
    assert np.array_equal(found[7:9], features(pairs[7:9], exchanges(*rows)).values)
    counts = evidence(pairs, exchanges(*rows), n_people=6, now_us=NOW)["count"]
    looped = [
        sum((r[0], r[1]) == tuple(p) and p[0] != p[1] and (r[3] or 0) < 400 for r in rows)
        for p in pairs.tolist()
    ]
    assert counts.tolist() == looped
