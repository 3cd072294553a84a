import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from tests.retrieval.feeds import NOON, ago, filled
from zhiyin.core import NO_TIME, Kind
from zhiyin.core.records import Event, Fact, Post
from zhiyin.portraits.post_signals import WEIGHTS, cared_of, item_match, post_signals
from zhiyin.portraits.post_table import PostTable
from zhiyin.portraits.reading import read_doings, read_facts, read_own_texts

NOW = int(NOON.timestamp() * 1e6)


def read(post, user, name, value, **more):
    return Fact(more.pop("subject", post), name, value, subject_kind=more.pop("kind", "post"), user=user,
                source=f"post:{post}", method="rule", confidence=0.9, time=NOON)  # fmt: skip


RECORDS = {
    "posts": [
        Post("good", "an", "tea", text="香", rating=1, time=ago(14)),
        Post("bad", "bo", "tea", text="", rating=2, time=ago(0)),
        Post("ask", "bo", "tea", kind="question", text="多少钱？", time=ago(1)),
        Post("faq", None, None, kind="faq", text="三天"),
        Post("day", "cy", None, kind="share", text="今天天气真好"),
        Post("own", "cy", "tea", kind="private", text="秘密"),
    ],
    "facts": [
        read("good", "an", "sentiment", "positive"),
        read("good", "an", "opinion.taste", "positive", subject="tea", kind="item"),
        read("good", "an", "opinion.price", "negative", subject="tea", kind="item"),
        read("bad", "bo", "opinion.price", "negative", subject="tea", kind="item"),
    ],
    "events": [
        *(Event(f"u{n}", "good", "like", time=NOON, target="post") for n in range(3)),
        Event("u0", "good", "like", time=ago(1), target="post"),
        Event("u3", "good", "view", time=NOON, target="post"),
        Event("u4", "bad", "like", time=NOON, target="post"),
        Event("u4", "bad", "dislike", time=NOON, target="post"),
        Event("u4", "tea", "like", time=NOON),
        Event("u5", "good", "like", time=NOON, target="post", context={"visibility": "private"}),
    ],
}


@pytest.fixture
def store(tmp_path):
    with filled(tmp_path, **RECORDS) as store:
        yield store


@pytest.fixture
def table(store):
    return PostTable.of(store, read_facts(store), read_doings(store, Kind.POST))


def test_a_table_says_what_was_published(store, table):
    keys = store.keys(Kind.POST, range(len(table)))
    shown = [keys[number] for number in np.flatnonzero(table.is_shown)]
    assert sorted(shown) == ["bad", "day", "good"]
    good, bad, day = (keys.index(name) for name in ("good", "bad", "day"))
    assert table.polarity[[good, bad]].tolist() == pytest.approx([0.9, -0.5])  # text before stars
    assert np.isnan(table.polarity[day])
    assert table.item[day] == -1
    assert table.time_us[day] == NO_TIME
    assert table.is_critical[[good, bad, day]].tolist() == [False, True, False]
    assert (table.likes[[good, bad]].tolist(), table.seen[[good, bad]].tolist()) == ([3, 0], [4, 1])
    assert table.helpful[good] > table.helpful[bad] == 0


@pytest.mark.parametrize(
    ("rating", "is_critical"), [(None, True), (1, True), (3, True), (5, False)]
)
def test_who_gave_five_stars_is_not_called_unhappy(tmp_path, rating, is_critical):
    post = Post("p", "an", "tea", text="没有扯皮", rating=rating, time=NOON)
    with filled(tmp_path, posts=[post], facts=[read("p", "an", "sentiment", "negative")]) as store:
        table = PostTable.of(store, read_facts(store), read_doings(store, Kind.POST))
        assert table.is_critical.tolist() == [is_critical]


def test_a_post_grows_old_and_has_to_be_written_first(table, store):
    good, bad, day = store.numbers(Kind.POST, ["good", "bad", "day"])
    posts = table.rows(np.array([good, bad, day]))
    assert posts.fresh(NOW).tolist() == [0.5, 1.0, 0.0]
    assert posts.fresh(NOW - 1)[1] == 0


def test_posts_on_what_a_reader_cares_about_are_heeded(table, store):
    posts = table.rows(store.numbers(Kind.POST, ["good", "bad", "day"]))
    heeded = posts.heeded({"price": 2.0, "size": 5.0})
    assert heeded.tolist() == pytest.approx([1 / np.sqrt(2), 1, 0])
    assert not posts.heeded({}).any()


def test_what_a_reader_cares_about_is_what_it_spoke_of(store):
    texts = read_own_texts(store, read_facts(store))
    person = store.number(Kind.PERSON, "an")
    assert cared_of(texts, person) == {"price": 1.0, "taste": 1.0}
    assert cared_of(texts, None) == {}


def test_a_table_comes_back_from_its_arrays(table):
    again = PostTable.from_arrays(table.arrays())
    for name, array in table.arrays().items():
        np.testing.assert_array_equal(array, again.arrays()[name])
    assert PostTable.from_arrays(again.arrays()).aspects.shape == table.aspects.shape


def test_an_empty_store_has_no_posts(tmp_path):
    with filled(tmp_path) as store:
        table = PostTable.of(store, read_facts(store), read_doings(store, Kind.POST))
    assert len(table) == 0
    assert PostTable.from_arrays(table.arrays()).helpful.shape == (0,)


def test_the_weights_sum_to_one():
    assert sum(WEIGHTS.values()) == pytest.approx(1)


def table_of(author, item, polarity=0.0):
    n = len(author)
    counts = np.zeros(n, np.int32)
    return PostTable(
        np.array(author), np.array(item), np.ones(n, bool), np.full(n, polarity, np.float32),
        np.full(n, NOW), counts, counts, sparse.csr_array((n, 0), dtype=np.float32), np.empty(0, np.str_),
    )  # fmt: skip


def test_a_close_author_and_a_fitting_item_speak_for_a_post():
    table = table_of([7, 7, 8, 9], [0, 1, 0, -1])
    fields = {
        "circle": np.array([7, 9]),
        "circle_strength": np.array([0.64, 0.2], np.float32),
        "had": np.array([1]),
    }
    found = post_signals(table, fields, now_us=NOW, cared={}, likeness=np.array([0.25, 0], np.float32))  # fmt: skip
    assert found["tie"].tolist() == pytest.approx([0.64, 0.64, 0, 0.2])
    assert found["match"].tolist() == pytest.approx([0.25, 0, 0.25, 0])
    assert found["close_match"].tolist() == pytest.approx([0.4, 0, 0, 0])
    assert found["novel"].tolist() == [1, 0, 1, 0]


def test_fit_is_the_mean_of_affinity_over_its_highest_and_of_likeness():
    affinity, likeness = np.array([2, 4, -1], np.float32), np.array([0.5, -0.5, 1], np.float32)
    found = item_match(np.array([0, 1, 2, -1, 9]), affinity, likeness)
    assert found.tolist() == pytest.approx([0.5, 0.5, 0.5, 0, 0])


@settings(deadline=None, max_examples=25)
@given(st.data())
def test_signals_lie_between_zero_and_one(data):
    n = data.draw(st.integers(0, 6))
    numbers = st.lists(st.integers(-1, 5), min_size=n, max_size=n)
    table = table_of(data.draw(numbers) or np.empty(0, np.int64), data.draw(numbers) or np.empty(0, np.int64))  # fmt: skip
    circle = np.unique(data.draw(st.lists(st.integers(0, 5), max_size=4))).astype(np.int64)
    strength = np.array(data.draw(st.lists(st.floats(0, 1, width=32), min_size=circle.size, max_size=circle.size)), np.float32)  # fmt: skip
    floats = st.lists(st.floats(-3, 3, width=32), min_size=4, max_size=4)
    fields = {"circle": circle, "circle_strength": strength, "affinity": np.array(data.draw(floats), np.float32)}  # fmt: skip
    likeness = np.array(data.draw(floats), np.float32)
    found = post_signals(table, fields, now_us=NOW, cared={"x": 1.0}, likeness=likeness)
    assert set(found) == set(WEIGHTS)
    for values in found.values():
        assert values.shape == (n,)
        assert ((values >= 0) & (values <= 1)).all()
