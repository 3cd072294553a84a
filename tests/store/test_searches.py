"""What was searched for is counted by text and by people, and can be forgotten."""

import pytest

from zhiyin.core.searched import Searched
from zhiyin.store.dump_file import DumpReader
from zhiyin.store.store import Store

MADE = [
    Searched("r1", 1, "茶", 3, 50),
    Searched("r2", 2, "茶", 3, 70),
    Searched("r3", 2, "茶", 3, 60),
    Searched("r4", None, "茶", 3, 90),
    Searched("r5", 1, "pot", 1, 80),
    Searched("r6", 1, "unicorn", 0, 80),
    Searched("r7", None, "nothing", 0, 10),
]


@pytest.fixture
def store(store_url):
    with Store.open(store_url) as store:
        assert store.searches.record(MADE) == len(MADE)
        yield store


def test_texts_are_counted_by_people_and_somebody_unknown_is_nobody(store):
    assert store.searches.counts() == [("茶", 4, 2, 90), ("pot", 1, 1, 80)]
    assert store.searches.counts(min_people=2) == [("茶", 4, 2, 90)]
    assert store.searches.counts(since_us=80) == [("pot", 1, 1, 80), ("茶", 1, 0, 90)]
    assert store.searches.counts(n=1) == [("茶", 4, 2, 90)]


def test_what_found_nothing_is_told_apart(store):
    assert store.searches.zero_results() == [("unicorn", 1, 1, 80), ("nothing", 1, 0, 10)]
    assert store.searches.zero_results(1) == [("unicorn", 1, 1, 80)]


def test_the_same_request_counts_once(store):
    assert store.searches.record([MADE[0], Searched("r8", 1, "pot", 1, 90)]) == 1
    assert store.searches.counts()[1] == ("pot", 2, 1, 90)


def test_a_person_is_forgotten(store):
    assert store.searches.erase(2) == 2
    assert store.searches.counts() == [("茶", 2, 1, 90), ("pot", 1, 1, 80)]
    assert store.searches.erase(2) == 0


def test_a_dump_holds_them(store, tmp_path):
    store.dump(tmp_path / "x.zip")
    with Store.open(tmp_path / "new.db") as new, DumpReader(tmp_path / "x.zip") as source:
        new.restore(source)
        assert new.searches.counts() == store.searches.counts()
        assert new.searches.record(MADE) == 0
