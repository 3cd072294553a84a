import numpy as np
import polars as pl
import pytest

from zhiyin.core.impression import Impression
from zhiyin.core.page import Features
from zhiyin.core.records import Event
from zhiyin.ranking.impression_lists import ACTIONS, read_logged
from zhiyin.store.frames import frame
from zhiyin.store.store import Store


def page(
    request, person, items, values, *, surface="home", time_us=1, names=("a", "b"), drawn=None
):
    told = None if values is None else Features(names, np.array(values, np.float32))
    scores = tuple(0.0 for _ in items)
    return Impression(request, person, surface, time_us, items, scores, {}, drawn, {}, told)


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "a.db") as store:
        store.write("items", pl.DataFrame({"id": [f"i{n}" for n in range(9)]}))
        store.write("users", pl.DataFrame({"id": ["an", "bo"]}))
        nan = np.nan
        store.record_impressions([
            page("late", 1, (3, 4, 5), [[1, 2], [3, 4], [5, 6]], time_us=9, drawn=(0.5, 0.5, 1.0)),
            page("early", None, (6, 7), [[8, 7], [6, 5]], surface="hot", time_us=2, names=("b", "a")),
            page("more", 0, (0, 1), [[1, 9, 2], [3, 9, 4]], time_us=5, names=("a", "c", "b")),
            page("gaps", 0, (0, 1, 2), [[1, 2], [nan, nan], [5, 6]], time_us=6),
            page("one", 0, (0, 1), [[1, 2], [nan, nan]], time_us=7),
            page("other", 0, (0, 1), [[1, 2], [3, 4]], names=("a", "z")),
            page("none", 0, (0, 1), None),
        ])  # fmt: skip
        yield store


def did(store, *what):
    events = [Event(who, item, kind, request_id=request) for who, item, kind, request in what]
    store.write("events", frame(events))


def test_pages_in_the_order_of_time_with_the_features_asked_for(store):
    lists, told = read_logged(store, ["a", "b"])
    assert told == {"pages": 7, "without features": 1, "with other features": 1}
    assert lists.time_us.tolist() == [2, 5, 6, 9]
    assert lists.group.tolist() == [2, 2, 2, 3]
    assert lists.item.tolist() == [6, 7, 0, 1, 0, 2, 3, 4, 5]
    assert lists.position.tolist() == [0, 1, 0, 1, 0, 2, 0, 1, 2]
    assert lists.person.tolist() == [-1, 0, 0, 1]
    assert [lists.surfaces[code] for code in lists.surface] == ["hot"] * 2 + ["home"] * 7
    assert lists.features.dtype == np.float32
    assert lists.features.tolist() == [
        [7, 8], [5, 6], [1, 2], [3, 4], [1, 2], [5, 6], [1, 2], [3, 4], [5, 6],
    ]  # fmt: skip
    assert lists.propensity[-3:].tolist() == [0.5, 0.5, 1.0]
    assert np.isnan(lists.propensity[:-3]).all()
    assert lists.page().tolist() == [0, 0, 1, 1, 2, 2, 3, 3, 3]
    assert lists.start().tolist() == [0, 2, 4, 6]


def test_what_was_done_later_is_a_label_and_changes_no_feature(store):
    before, _ = read_logged(store, ["a", "b"])
    assert not any(done.any() for done in before.outcomes.values())
    did(
        store,
        ("bo", "i4", "view", "late"),
        ("bo", "i5", "click", "late"),
        ("bo", "i5", "purchase", "late"),
        ("bo", "i5", "return", "late"),
        ("bo", "i3", "dislike", "late"),
        ("an", "i3", "click", "late"),  # another person's page
        ("an", "i8", "click", "gaps"),  # not on the page
        ("an", "i0", "click", None),
    )
    after, _ = read_logged(store, ["a", "b"])
    assert set(after.outcomes) == set(ACTIONS)
    done = {action: np.flatnonzero(rows).tolist() for action, rows in after.outcomes.items()}
    assert done == {
        "click": [7, 8], "cart": [], "purchase": [8], "hide": [6], "return": [8], "report": [],
    }  # fmt: skip
    for name in ("features", "item", "position", "time_us", "person"):
        assert getattr(after, name).tolist() == getattr(before, name).tolist()


def test_the_latest_pages_and_some_pages(store):
    lists, told = read_logged(store, ["a", "b"], latest=4)
    assert told == {"pages": 4, "without features": 1, "with other features": 1}
    assert lists.time_us.tolist() == [6]
    whole, _ = read_logged(store, ["b"])
    some = whole.where(np.array([True, False, False, True]))
    assert some.features.ravel().tolist() == [8, 6, 2, 4, 6]
    assert (some.group.tolist(), len(some)) == ([2, 3], 2)


def test_a_feature_that_a_page_lacks_is_not_known(store):
    lists, told = read_logged(store, ["a", "b", "c"])
    assert (told["with other features"], lists.time_us.tolist()) == (1, [2, 5, 6, 9])
    is_known = ~np.isnan(lists.features)
    assert is_known[:, :2].all()
    assert np.flatnonzero(is_known[:, 2]).tolist() == [2, 3]


def test_a_log_without_such_pages(tmp_path, store):
    lists, told = read_logged(store, ["nothing like it"])
    assert (len(lists), lists.features.shape, lists.surfaces) == (0, (0, 1), ())
    assert told["with other features"] == 6
    with Store.open(tmp_path / "b.db") as empty:
        assert len(read_logged(empty, ["a"])[0]) == 0
