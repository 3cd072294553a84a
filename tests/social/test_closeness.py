from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from zhiyin.core import Kind
from zhiyin.core.interactions import Interactions
from zhiyin.core.records import Fact, Interaction, Tie
from zhiyin.social.closeness import Closeness
from zhiyin.social.reading import claims_of, read_declared, read_exchanges
from zhiyin.store.frames import frame
from zhiyin.store.store import Store

NOTHING = Interactions(*(np.empty(0, t) for t in (np.int64, np.int64, np.float32, np.int64)))
NOW = datetime(2026, 5, 1, tzinfo=UTC)


def said(user, other, n=1, **more):
    return [
        Interaction(user, other, time=NOW - timedelta(days=k), event_id=f"{user}{other}{k}", **more)
        for k in range(n)
    ]


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "shop.db") as store:
        yield store


def learned(store):
    declared = read_declared(store)
    return Closeness.learned(
        declared,
        claims_of(declared, store),
        read_exchanges(store),
        NOTHING,
        n_people=store.count(Kind.PERSON),
        n_items=store.count(Kind.ITEM),
    )


def strengths(store, found, user):
    rows = found.rows_of(store.number(Kind.PERSON, user))
    keys = store.keys(Kind.PERSON, found.two[rows])
    return dict(zip(keys, found.strength[rows].tolist(), strict=True))


def test_who_is_turned_to_more_is_closer_and_each_direction_is_its_own(store):
    store.write("ties", frame([Tie("an", "bo"), Tie("an", "cy"), Tie("bo", "an")]))
    store.write("interactions", frame([*said("an", "bo", 8), *said("an", "cy"), *said("di", "an")]))
    found = learned(store)
    of_an = strengths(store, found, "an")
    assert list(of_an) == ["bo", "cy", "di"]
    assert of_an["bo"] > of_an["cy"]
    assert strengths(store, found, "bo")["an"] != pytest.approx(of_an["bo"])
    rows = found.rows_of(store.number(Kind.PERSON, "an"))
    assert found.is_declared[rows].tolist() == [True, True, False]
    assert found.counts[rows, 0].tolist() == [8, 1, 0]
    assert found.last_us[rows][0] == int(NOW.timestamp() * 1e6)


def test_the_kind_is_declared_or_else_read(store):
    store.write("ties", frame([Tie("an", "bo", "colleague"), Tie("an", "cy", "friend")]))
    store.write("interactions", frame(said("an", "di")))
    told = {"name": "relation", "subject_kind": "person", "user": "an", "confidence": 0.9}
    facts = [
        Fact("an", value=f"mother {name}", source=f"post:{name}", **told) for name in ("di", "bo")
    ]
    store.write("facts", frame([*facts, Fact("an", value="sibling", source="post:x", **told)]))
    found = learned(store)
    rows = found.rows_of(store.number(Kind.PERSON, "an"))
    kinds = dict(
        zip(store.keys(Kind.PERSON, found.two[rows]), found.kind[rows].tolist(), strict=True)
    )
    assert kinds == {"bo": "colleague", "cy": "friend", "di": "mother"}


def test_who_blocks_somebody_is_close_to_nobody_of_the_two(store):
    store.write("ties", frame([Tie("an", "bo"), Tie("bo", "an", "block"), Tie("an", "cy")]))
    store.write("interactions", frame(said("an", "bo", 5)))
    found = learned(store)
    assert list(strengths(store, found, "an")) == ["cy"]
    assert strengths(store, found, "bo") == {}


def test_strength_that_the_shop_declares_counts(store):
    store.write("ties", frame([Tie("an", "bo", strength=9.0), Tie("an", "cy", strength=1.0)]))
    of_an = strengths(store, learned(store), "an")
    assert of_an["bo"] > of_an["cy"]


def test_it_comes_back_from_its_arrays_and_an_empty_shop_has_none(store):
    assert learned(store).one.size == 0
    store.write("ties", frame([Tie("an", "bo")]))
    found = learned(store)
    again = Closeness.from_arrays(found.arrays())
    assert again.strength.tolist() == found.strength.tolist()
    assert again.matrix(2).toarray().tolist() == found.matrix(2).toarray().tolist()


def test_moods_are_asked_for_words_and_nobody_turns_to_itself(store):
    told = [*said("an", "bo", 2, text="thanks"), *said("an", "an", text="me"), *said("bo", "an")]
    store.write("interactions", frame(told))
    read = read_exchanges(store, lambda texts: np.ones(len(texts)))
    assert read.one.size == 3
    assert sorted(np.nan_to_num(read.mood, nan=-9).tolist()) == [-9, 1, 1]
