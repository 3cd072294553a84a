"""Posts that changed since a training stand in the table as if it had been made anew."""

import json

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from tests.retrieval.feeds import NOON, ago, filled
from zhiyin.core import Kind
from zhiyin.core.records import Event, Fact, Post
from zhiyin.portraits.live_posts import LivePosts
from zhiyin.portraits.post_table import PostTable
from zhiyin.portraits.reading import read_doings, read_facts
from zhiyin.store.frames import frame
from zhiyin.store.schema import entities

NOW = int(NOON.timestamp() * 1e6)
ALL = {"author": range(5), "item": range(5), "critical": range(5), "time": [0]}
POSTS = [
    Post("a", "an", "tea", rating=5, time=ago(3)),
    Post("b", "bo", "tea", rating=1, time=ago(2)),
    Post("c", "an", "pot", kind="share", time=ago(1)),
]


def opinion(post, item, aspect, value="negative"):
    return Fact(item, f"opinion.{aspect}", value, user="an", source=f"post:{post}", method="rule")


def mood(post, value, confidence=1.0):
    return Fact(post, "sentiment", value, subject_kind="post", user="an", source=f"post:{post}", method="rule",
                confidence=confidence)  # fmt: skip


@pytest.fixture
def store(tmp_path):
    likes = [Event("x", "a", "like", target="post")]
    with filled(tmp_path, posts=POSTS, facts=[opinion("a", "tea", "taste")], events=likes) as store:
        yield store


@pytest.fixture
def posts(store):
    return LivePosts(table_of(store))


def table_of(store):
    return PostTable.of(store, read_facts(store), read_doings(store, Kind.POST))


def read(store, posts, *keys):
    posts.read(store, np.unique(store.numbers(Kind.POST, keys)))


def row(store, posts, key):
    return posts.rows(store.numbers(Kind.POST, [key]))


def newest(posts, by, key, most=9):
    return posts.newest(by, np.array([key]), most=most, now_us=NOW).tolist()


def test_a_new_post_is_there_with_what_was_read_in_it(store, posts):
    store.write("posts", frame([Post("d", "bo", "pot", rating=2, time=ago(0.5))]))
    store.write("facts", frame([mood("d", "negative", 0.8), opinion("d", "pot", "size")]))
    read(store, posts, "d")
    [d], [bo] = store.numbers(Kind.POST, ["d"]), store.numbers(Kind.PERSON, ["bo"])
    told = row(store, posts, "d")
    assert (len(posts), told.author.tolist(), told.is_shown.tolist()) == (4, [bo], [True])
    assert told.polarity.tolist() == pytest.approx([-0.8])
    assert told.is_critical.tolist() == [True]
    assert told.aspect_names[told.aspects.indices].tolist() == ["size"]
    [b] = store.numbers(Kind.POST, ["b"])
    assert newest(posts, "author", bo) == [b, d]
    assert newest(posts, "author", bo, most=1) == [d]
    [pot] = store.numbers(Kind.ITEM, ["pot"])
    assert newest(posts, "critical", pot) == [d]
    before = int(ago(0.6).timestamp() * 1e6)
    assert posts.newest("author", np.array([bo]), most=1, now_us=before).tolist() == [b]


def test_a_post_made_private_is_gone_and_the_one_before_it_comes(store, posts):
    a, c = store.numbers(Kind.POST, ["a", "c"])
    [an] = store.numbers(Kind.PERSON, ["an"])
    assert newest(posts, "author", an, most=1) == [c]
    store.write("posts", frame([Post("c", kind="private")]))
    read(store, posts, "c")
    assert newest(posts, "author", an, most=1) == [a]
    assert not row(store, posts, "c").is_shown.any()
    store.write("posts", frame([Post("c", kind="share")]))
    read(store, posts, "c")
    assert newest(posts, "author", an, most=1) == [c]


def test_an_attribute_hides_a_post_too(store, posts):
    with store._database.writing() as connection:
        told = json.dumps({"visibility": "private"})
        is_b = (entities.c.kind == int(Kind.POST)) & (entities.c.key == "b")
        connection.execute(update(entities).where(is_b).values(attributes=told))
    read(store, posts, "b")
    assert not row(store, posts, "b").is_shown.any()


def test_votes_stay_those_of_the_training(store, posts):
    store.write("posts", frame([Post("a", title="Anew")]))
    store.write("events", frame([Event("y", "a", "like", target="post")]))
    read(store, posts, "a")
    assert row(store, posts, "a").likes.tolist() == [1]


def test_a_post_that_is_only_named_is_nobodys(store, posts):
    store.write("events", frame([Event("y", "ghost", "like", target="post")]))
    read(store, posts, "ghost")
    told = row(store, posts, "ghost")
    assert (told.author.tolist(), told.is_shown.tolist()) == ([-1], [False])


def test_the_arrays_are_those_of_the_training(store, posts):
    store.write("posts", frame([Post("d", "bo")]))
    read(store, posts, "d")
    assert len(posts.arrays()["author"]) == 3


_POST = st.builds(
    lambda key, user, item, kind, rating, days: Post(
        f"p{key}", f"u{user}", f"i{item}", kind, rating=rating, time=ago(days)
    ),
    st.integers(0, 7), st.integers(0, 2), st.integers(0, 2), st.sampled_from(["review", "share", "private"]),
    st.none() | st.sampled_from([1.0, 5.0]), st.integers(0, 3),
)  # fmt: skip
_FACT = st.builds(
    lambda key, aspect: opinion(f"p{key}", "i0", aspect), st.integers(0, 7), st.sampled_from("xyz")
)


@settings(deadline=None, max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(st.lists(st.tuples(st.lists(_POST, max_size=4), st.lists(_FACT, max_size=2)), min_size=2, max_size=4))  # fmt: skip
def test_reading_what_changed_is_making_the_table_anew(tmp_path_factory, batches):
    with filled(tmp_path_factory.mktemp("posts")) as store:
        posts = None
        for written, facts in batches:
            before = store.revision()
            for post in written:
                store.write("posts", frame([post]))
            for fact in facts:
                store.write("facts", frame([fact]))
            if posts is None:
                posts = LivePosts(table_of(store))
                continue
            changed = store.entities_since(Kind.POST, before)["id"].to_list()
            known = store.numbers(Kind.POST, [fact.source.removeprefix("post:") for fact in facts])
            changed = np.union1d(store.numbers(Kind.POST, changed), known[known >= 0])
            if changed.size:
                posts.read(store, changed)
        anew = LivePosts(table_of(store))
        assert len(posts) == len(anew)
        mine, theirs = (one.rows(np.arange(len(anew))) for one in (posts, anew))
        for name in ("author", "item", "is_shown", "polarity", "time_us"):
            np.testing.assert_array_equal(getattr(mine, name), getattr(theirs, name))
        for number in range(len(anew)):
            spoken = [set(one.aspect_names[one.aspects[[number]].indices]) for one in (mine, theirs)]  # fmt: skip
            assert spoken[0] == spoken[1]
        for by, keys in ALL.items():
            for most in (1, 2, 9):
                for key in keys:
                    assert newest(posts, by, key, most) == newest(anew, by, key, most)
