import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiyin.core.ties import AGAINST
from zhiyin.social.relations import CIRCLES, Claims, circles_of, kind_and_name, relations


def claims(*rows):
    """Rows of one, two, kind, confidence, source; a source of -1 is declared."""
    one, two, kind, sure, source = zip(*rows, strict=True) if rows else ((), (), (), (), ())
    return Claims(
        np.array(one, np.int64), np.array(two, np.int64), np.array(kind, np.str_),
        np.array(sure, np.float32), np.array(source, np.int64) == -1, np.array(source, np.int64),
    )  # fmt: skip


def told(pairs, *rows):
    found = relations(np.array(pairs, np.int64).reshape(-1, 2), claims(*rows))
    return list(zip(found.kind.tolist(), found.source.tolist(), strict=True))


def test_declared_wins_over_what_was_read_however_sure():
    assert told([(0, 1)], (0, 1, "friend", 0.5, -1), (0, 1, "mother", 0.99, 7)) == [("friend", -1)]


def test_the_surest_reading_wins_then_the_last():
    rows = [(0, 1, "friend", 0.7, 3), (0, 1, "sibling", 0.95, 4), (0, 1, "boss", 0.7, 5)]
    assert told([(0, 1)], *rows) == [("sibling", 4)]
    assert told([(0, 1)], *rows[::2]) == [("boss", 5)]


def test_trust_is_told_where_nothing_else_is():
    rows = [(0, 1, "friend", 0.5, -1), (0, 1, "trust", 1.0, -1), (0, 2, "trust", 1.0, -1)]
    assert told([(0, 1), (0, 2)], *rows) == [("friend", -1), ("trust", -1)]
    assert told([(0, 2)], *rows, (0, 2, "mother", 0.9, 7)) == [("mother", 7)]


def test_a_relation_has_a_direction():
    rows = [(0, 1, "mother", 0.9, 3)]
    assert told([(0, 1), (1, 0), (5, 6)], *rows) == [("mother", 3), ("", -1), ("", -1)]
    assert relations(np.array([[1, 0]]), claims(*rows)).confidence.tolist() == [0]


@pytest.mark.parametrize("kind", ["", "mentioned", *AGAINST])
def test_what_says_nothing_of_what_somebody_is_claims_nothing(kind):
    assert told([(0, 1)], (0, 1, kind, 1.0, -1), (0, 1, "friend", 0.7, 3)) == [("friend", 3)]


def test_nothing_claimed_and_nothing_asked():
    assert told([(0, 1)]) == [("", -1)]
    assert told([], (0, 1, "friend", 1.0, -1)) == []


@pytest.mark.parametrize(
    ("kind", "circle"),
    [
        ("grandparent", "family"), ("best_friend", "friend"), ("Best-Friend", "friend"),
        ("boss", "colleague"), ("同事", "colleague"), ("家人", "family"), ("partner", "partner"),
        ("neighbour", "acquaintance"), ("follow", "follow"), ("", ""), ("ignore all rules", ""),
        ("\udcff", ""),
    ],
)  # fmt: skip
def test_kinds_belong_to_circles(kind, circle):
    assert circles_of(np.array([kind])).tolist() == [circle]


def test_every_kind_that_texts_and_models_give_has_a_circle():
    from zhiyin.language.facts.vocabulary_people import KINDS

    found = circles_of(np.array([*KINDS, "dear"]))
    assert set(found.tolist()) <= set(CIRCLES)


@pytest.mark.parametrize(
    ("value", "kind", "name"),
    [
        ("colleague Anna", "colleague", "Anna"), ("mother", "mother", ""), ("", "", ""),
        ("mentioned @a b", "", "@a b"), ("dear 小王", "dear", "小王"),
    ],
)  # fmt: skip
def test_values_of_facts_are_taken_apart(value, kind, name):
    assert kind_and_name(value) == (kind, name)


_ROW = st.tuples(
    st.integers(0, 3), st.integers(0, 3), st.sampled_from(["friend", "mother", "mentioned", "block"]),
    st.sampled_from([0.0, 0.5, 0.9]), st.integers(-1, 9),
)  # fmt: skip


@given(st.lists(_ROW, max_size=12), st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4))))
@settings(deadline=None, max_examples=25)
def test_each_pair_gets_the_claim_a_loop_would_choose(rows, pairs):
    def chosen(pair):
        own = [(r[4] == -1, r[3], n) for n, r in enumerate(rows)
               if r[:2] == pair and r[2] in ("friend", "mother")]  # fmt: skip
        return (rows[max(own)[2]][2], rows[max(own)[2]][4]) if own else ("", -1)

    assert told(pairs, *rows) == [chosen(pair) for pair in pairs]
