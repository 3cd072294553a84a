import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiyin.core import NO_TIME
from zhiyin.core.exchanges import Exchanges
from zhiyin.core.interactions import Interactions
from zhiyin.evaluation.predictions import auc
from zhiyin.social.responses import features_before, share_responses
from zhiyin.social.strength import prior_strength
from zhiyin.social.tie_features import tie_features

DAY = 86_400_000_000


def exchanges(*rows):
    """Rows of one, two, type, item, day."""
    one, two, kind, item, day = zip(*rows, strict=True) if rows else ((), (), (), (), ())
    time_us = [NO_TIME if at is None else int(at * DAY) for at in day]
    return Exchanges(
        np.array(one, np.int64), np.array(two, np.int64), np.array(kind, np.str_),
        np.array(item, np.int64), np.array(time_us, np.int64), np.zeros(len(rows), np.float32),
    )  # fmt: skip


def events(*rows):
    """Rows of person, item, strength, day."""
    person, item, strength, day = zip(*rows, strict=True) if rows else ((), (), (), ())
    return Interactions(
        np.array(person, np.int64), np.array(item, np.int64), np.array(strength, np.float32),
        np.array([NO_TIME if at is None else int(at * DAY) for at in day], np.int64),
    )  # fmt: skip


def answered(said, done, until=100):
    return share_responses(said, done, until_us=until * DAY)


def test_an_answer_comes_from_who_got_it_to_the_same_item_within_14_days():
    said = exchanges(*[(0, other, "share", 7, 10) for other in range(1, 9)])
    done = events(
        (1, 7, 0.1, 24), (2, 7, 1, 24.5), (3, 8, 1, 12), (0, 7, 1, 12), (4, 7, 1, 9),
        (5, 7, -1, 12), (6, 7, 1, None), (7, 7, 1, 5), (7, 7, 1, 11), (8, 7, 1, 10),
    )  # fmt: skip
    found = answered(said, done)
    assert found.pairs.tolist() == [[other, 0] for other in range(1, 9)]
    assert found.labels.tolist() == [True, False, False, False, False, False, True, False]


def test_what_is_no_share_or_not_over_is_left_out():
    said = exchanges(
        (0, 1, "message", 7, 1), (0, 1, "share", -1, 1), (0, 1, "share", 7, None),
        (1, 1, "share", 7, 1), (0, 1, "share", 7, 90), (0, 2, "share", 7, 86), (0, 3, "share", 7, 2),
    )  # fmt: skip
    found = answered(said, events())
    assert found.pairs.tolist() == [[3, 0], [2, 0]]
    assert (found.time_us / DAY).tolist() == [2, 86]
    assert answered(exchanges(), events((1, 1, 1, 1))).labels.size == 0


_SHARES = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.integers(0, 2),
        st.just("share"),
        st.integers(0, 2),
        st.integers(0, 60),
    )
)
_EVENTS = st.lists(
    st.tuples(
        st.integers(0, 2), st.integers(0, 2), st.sampled_from([-1.0, 0.5]), st.integers(0, 80)
    )
)


@given(_SHARES, _EVENTS)
@settings(deadline=None, max_examples=50)
def test_labels_are_those_of_a_loop(sent, done):
    looped = sorted(
        (day, two, one, any(e[0] == two and e[1] == item and e[2] > 0 and day < e[3] <= day + 14 for e in done))
        for one, two, _, item, day in sent
        if one != two
    )  # fmt: skip
    found = answered(exchanges(*sent), events(*done))
    told = zip(
        (found.time_us // DAY).tolist(), *found.pairs.T.tolist(), found.labels.tolist(), strict=True
    )
    assert sorted(told) == looped


def test_nothing_from_after_a_share_is_known_before_it():
    """Answers are tossed, and whoever answers writes often from then on: only who peeks can tell."""
    rng = np.random.default_rng(0)
    n, rows, clicks = 80, [], []
    for person in range(n):
        other, at = (person + 1 + int(rng.integers(n - 2))) % n, int(rng.integers(40, 100))
        rows += [(person, other, "message", -1, int(day)) for day in rng.integers(0, 200, 4)]
        rows.append((other, person, "share", person, at))
        if rng.random() < 0.5:
            clicks.append((person, person, 1, at + 3))
            rows += [(person, other, "message", -1, at + 4)] * 6
            rows += [(person, other, "gift", -1, None)] * 3
    said = exchanges(*rows)
    found = answered(said, events(*clicks), until=200)
    honest = prior_strength(features_before(found, said, n_people=n))
    peeking = prior_strength(tie_features(found.pairs, said, n_people=n, now_us=200 * DAY))
    assert auc(peeking, found.labels) > 0.7
    assert abs(auc(honest, found.labels) - 0.5) < 0.15
    first = said.before(int(found.time_us.min()))
    late = exchanges(*[row for row in rows if row[2] == "share"])
    both = Exchanges(
        *(np.concatenate([getattr(first, c), getattr(late, c)]) for c in said.__slots__)
    )
    assert np.array_equal(
        features_before(found, said, n_people=n).values[0],
        features_before(found, both, n_people=n).values[0],
    )


def test_each_share_has_its_row():
    said = exchanges(
        (1, 0, "share", 3, 10), (0, 1, "message", -1, 50), (1, 0, "share", 3, 95), (2, 0, "share", 4, 11)
    )  # fmt: skip
    found = answered(said, events(), until=200)
    features = features_before(
        found, said, n_people=3, kinds=np.array(["family", "friend", ""]),
        since_us=np.array([0, 0, NO_TIME]), likeness=np.array([0.1, 0.2, 0.3], np.float32),
    )  # fmt: skip
    assert (found.time_us / DAY).tolist() == [10, 11, 95]
    assert features.column("likeness").tolist() == np.float32([0.1, 0.2, 0.3]).tolist()
    assert features.column("kind_family").tolist() == [1, 0, 0]
    assert (features.column("message") > 0).tolist() == [False, False, True]
    nothing = answered(exchanges(), events())
    assert features_before(nothing, said, n_people=3).values.shape[0] == 0
