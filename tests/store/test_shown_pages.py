"""One page by its request, on every engine."""

from __future__ import annotations

from tests.store.test_attribution import DONE, SHOWN, at, tell
from zhiyin.core import Event
from zhiyin.store.shown_pages import Outcome
from zhiyin.store.store import Store


def test_a_page_is_found_with_what_came_of_each_item(store_url: str) -> None:
    with Store.open(store_url) as store:
        tell(store, SHOWN, DONE)
        found = store.shown.of("r1")
        assert found.impression == SHOWN[0]
        assert found.outcomes == [
            [Outcome("view", None, 8), Outcome("purchase", 2.5, 9), Outcome("like", None, None)],
            [],
        ]
        assert store.shown.of("r3") == (SHOWN[2], [])
        for unknown in ("r9", "", "\0", "\udcff"):
            assert store.shown.of(unknown) is None


def test_what_others_did_on_the_page_is_not_among_it(store_url: str) -> None:
    with Store.open(store_url) as store:
        tell(store, SHOWN, [Event("bo", "c", "click", None, at(9), request_id="r1")])
        assert store.shown.of("r1").outcomes == [[], []]
