"""What a training learned is kept up to date: each event once, in whatever order, and posts as they are now."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import numpy as np
import pytest

from tests.retrieval.feeds import NOON, ago, filled
from zhiyin.core import Kind
from zhiyin.core.records import Event, Fact, Item, Post
from zhiyin.portraits.live import Live
from zhiyin.portraits.reading import read_table
from zhiyin.portraits.society import Society
from zhiyin.ranking.event_table import read_events
from zhiyin.ranking.trained import event_strength
from zhiyin.settings import TrainSettings
from zhiyin.store.frames import frame
from zhiyin.store.store import Store

NOW = int(NOON.timestamp() * 1e6)
TYPES = ("view", "cart", "purchase", "rating", "dislike", "return", "interaction")
ITEMS = [
    Item(f"i{n}", f"thing {n}", brand=f"b{n % 3}", price_minor=100 * (n + 1), currency="CNY")
    for n in range(8)
]


def random_events(n, seed, people=6):
    rng = np.random.default_rng(seed)
    for _ in range(n):
        name = str(rng.choice(TYPES))
        value = float(rng.integers(1, 6)) if name == "rating" else None
        time = None if rng.random() < 0.1 else NOON - timedelta(days=float(rng.uniform(0, 200)))
        yield Event(f"u{rng.integers(people)}", f"i{rng.integers(10)}", name, value, time)


def mood(post, user, value):
    return Fact(post, "sentiment", value, subject_kind="post", user=user, source=f"post:{post}", method="rule",
                confidence=0.5, time=ago(30))  # fmt: skip


def society_of(store):
    """Return what is learned of people now."""
    events = read_events(store, event_strength(TrainSettings()), values=False).interactions
    vectors = np.eye(store.count(Kind.ITEM), dtype=np.float32)
    return Society.learned(store, events, n_people=store.count(Kind.PERSON), vectors=vectors)


@pytest.fixture
def store(tmp_path):
    posts = [Post("p", "u0", "i1", time=ago(30)), Post("q", "u1", "i2", time=ago(30))]
    moods = [mood("p", "u0", "negative"), mood("q", "u1", "positive")]
    first = [Event("u0", "i0", time=ago(400)), Event("u1", "i2", "rating", 3.0, ago(31))]
    records = {"items": ITEMS, "events": [*first, *random_events(60, 0)], "posts": posts}
    with filled(tmp_path, **records, facts=moods) as store:
        yield store


@pytest.fixture
def live(store):
    society = society_of(store)
    return society, Live(store, society)


def record(store, *events):
    store.write("events", frame(list(events)))


def sums_of(table, people):
    return [table.sums(person).at(NOW) for person in range(people)]


def assert_as_trained_anew(store, society):
    anew = read_table(store, society.items, society.texts)
    people = store.count(Kind.PERSON)
    assert len(anew) == people
    for mine, theirs in zip(*(sums_of(one, people) for one in (society.table, anew)), strict=True):
        assert (mine.n_events, mine.ref_us) == (theirs.n_events, theirs.ref_us)
        np.testing.assert_allclose(mine.vectors, theirs.vectors, atol=1e-4, rtol=1e-4)
        np.testing.assert_allclose(mine.mass, theirs.mass, atol=1e-4, rtol=1e-4)
    for person in range(people):
        own = [one.vector(person, NOW, segment=anew.mean) for one in (society.table, anew)]
        np.testing.assert_allclose(*own, atol=1e-5)
        mine, theirs = (one.facets(person, NOW) for one in (society.table, anew))
        dense = np.zeros((2, len(anew.prior)))
        dense[0][mine[0]], dense[1][theirs[0]] = mine[1], theirs[1]
        np.testing.assert_allclose(*dense, atol=2e-3)
        hours = [one.hours(person, NOW) for one in (society.table, anew)]
        np.testing.assert_allclose(*hours, atol=2e-3)
        spent = [one.spend(person, NOW) for one in (society.table, anew)]
        np.testing.assert_allclose(*spent)


def test_an_event_moves_the_vector_toward_its_item(store, live):
    society, keeper = live
    [item] = store.numbers(Kind.ITEM, ["i7"])
    record(store, Event("new", "i7", "purchase", time=NOON))
    [person] = store.numbers(Kind.PERSON, ["new"])
    assert society.table.mass(person, NOW) == (0, 0)
    keeper.catch_up()
    assert society.table.mass(person, NOW) == (8, 8)
    vector = society.table.vector(person, NOW)
    assert int(np.argmax(society.items.vectors @ vector)) == item


def test_taking_in_what_is_new_is_training_anew(store, live):
    society, keeper = live
    keeper.catch_up()
    for seed in range(1, 5):
        record(store, *random_events(15, seed, people=9), Event("u0", f"new{seed}", "purchase"))
        keeper.catch_up()
        keeper.catch_up()
        assert_as_trained_anew(store, society)


def test_many_events_at_once_are_as_many_events(store, live, monkeypatch):
    monkeypatch.setattr("zhiyin.portraits.live._MANY", 10)
    monkeypatch.setattr("zhiyin.store.since._CHUNK", 40)
    society, keeper = live
    record(store, *random_events(125, 7, people=9))
    keeper.catch_up()
    assert_as_trained_anew(store, society)


@pytest.mark.parametrize("many", [1, 1_000])
def test_a_text_counts_as_the_rating_that_comes_after_it(store, live, monkeypatch, many):
    monkeypatch.setattr("zhiyin.portraits.live._MANY", many)
    society, keeper = live
    before = society.table.sums(store.number(Kind.PERSON, "u0")).n_events
    rated = [Event("u0", "i1", "rating", 5.0, ago(1)), Event("u0", "i1", "review", None, ago(0))]
    record(store, *rated, Event("u1", "i2", "rating", 1.0, ago(0)))
    keeper.catch_up()
    assert_as_trained_anew(store, society)
    assert society.table.sums(store.number(Kind.PERSON, "u0")).n_events == before + len(rated) - 1


def test_what_is_kept_private_or_is_about_a_post_counts_for_nothing(store, live):
    society, keeper = live
    record(store, Event("new", "i1", context={"visibility": "private"}), Event("new", "p", "like", target="post"))  # fmt: skip
    keeper.catch_up()
    assert society.table.sums(store.number(Kind.PERSON, "new")).n_events == 0


def test_a_snapshot_starts_from_its_own_marks(store, live):
    society, keeper = live
    kept = Society.from_arrays(society.arrays())
    record(store, *random_events(20, 1))
    keeper.catch_up()
    later = society_of(store)
    record(store, *random_events(20, 2))
    for one in (kept, later):
        Live(store, one).catch_up()
        assert_as_trained_anew(store, one)


def test_an_event_counts_once_though_taking_in_fails(store, live, monkeypatch):
    society, keeper = live
    fold, folded = society.table.fold, []

    def failing(*event):
        if len(folded) == 3:
            folded.append(None)
            raise MemoryError
        folded.append(event)
        fold(*event)

    monkeypatch.setattr(society.table, "fold", failing)
    record(store, *random_events(8, 3))
    with pytest.raises(MemoryError):
        keeper.catch_up()
    keeper.catch_up()
    assert_as_trained_anew(store, society)


def test_threads_take_in_each_event_once(store, live):
    society, keeper = live
    stop = threading.Event()

    def read():
        while not stop.is_set():
            keeper.catch_up()

    with ThreadPoolExecutor(4) as threads:
        reading = [threads.submit(read) for _ in range(4)]
        for seed in range(20):
            record(store, *random_events(5, seed))
        stop.set()
    for one in reading:
        one.result()
    keeper.catch_up()
    assert_as_trained_anew(store, society)


def test_another_process_writes_and_this_one_knows(store, live):
    society, keeper = live
    with Store.open(store._database.reader.url.database) as other:
        record(other, Event("u0", "i1", "purchase", time=NOON))
        other.write("posts", frame([Post("r", "u2", "i1", rating=1.0, time=NOON)]))
    keeper.catch_up()
    assert_as_trained_anew(store, society)
    [post] = store.numbers(Kind.POST, ["r"])
    assert society.posts.rows(np.array([post])).polarity.tolist() == [-1]


def test_posts_change_and_are_mined_later(store, live):
    society, keeper = live
    [item] = store.numbers(Kind.ITEM, ["i3"])
    store.write("posts", frame([Post("r", "u2", "i3", time=NOON)]))
    keeper.catch_up()
    [post] = store.numbers(Kind.POST, ["r"])
    assert np.isnan(society.posts.rows(np.array([post])).polarity).all()
    store.write("facts", frame([mood("r", "u2", "negative")]))
    keeper.catch_up()
    assert society.posts.rows(np.array([post])).polarity.tolist() == [-0.5]
    assert society.posts.newest("item", np.array([item]), most=1, now_us=NOW).tolist() == [post]
    store.write("posts", frame([Post("r", kind="private")]))
    keeper.catch_up()
    assert society.posts.newest("item", np.array([item]), most=1, now_us=NOW).tolist() == []
    assert society.posts.changed.tolist() == [post]


def test_where_nothing_is_new_there_is_one_question(store, live, monkeypatch):
    _, keeper = live
    record(store, *random_events(3, 3))
    keeper.catch_up()
    asked = []
    prepared = store.since._marks
    monkeypatch.setattr(store.since, "_marks", type("Counted", (), {"rows": lambda _: asked.append(1) or prepared.rows()})())  # fmt: skip
    monkeypatch.setattr(store._database, "reading", lambda: pytest.fail("another question"))
    monkeypatch.setattr(store.since, "_events", None)
    keeper.catch_up()
    assert asked == [1]


@pytest.mark.parametrize("year", [1, 9999])
def test_the_ends_of_the_calendar_harm_nobody(store, live, year):
    society, _ = live
    zoned = Society.from_arrays(society.arrays(), zone="Asia/Shanghai" if year > 1 else "America/New_York")  # fmt: skip
    day = (12, 31, 23) if year > 1 else (1, 1, 0)
    record(store, Event("end", "i1", time=NOON.replace(year, *day[:2], day[2])))
    Live(store, zoned).catch_up()
    assert zoned.table.sums(store.number(Kind.PERSON, "end")).n_events == 1
