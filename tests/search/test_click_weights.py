"""Clicks teach an order where it is surely better, whatever stood first; clicks shuffled within pages teach none."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from zhiyin.core import Event, Item
from zhiyin.core.impression import Impression
from zhiyin.core.searched import Searched
from zhiyin.evaluation.graded import graded_ndcg
from zhiyin.search.base_index import BaseIndex
from zhiyin.search.hit_order import HitOrder
from zhiyin.search.learning.click_lists import read_searches
from zhiyin.search.learning.click_weights import FEWEST, learn_from_clicks
from zhiyin.search.learning.rematching import Rematching
from zhiyin.search.learning.search_training import train_search
from zhiyin.search.live_index import LiveIndex
from zhiyin.store.frames import frame
from zhiyin.store.store import Store

MAKERS = ("Acme", "Bolt", "Corda", "Dune", "Elm", "Fjord", "Gale", "Hull")
GOODS = ("lamp", "table", "chair", "faucet", "drill", "hammer", "carpet", "mirror")
SEARCHES, SHOWN = 1200, 20


class Log:
    """A shop in which people want the maker they ask for far more than the goods, and look at the first places most."""

    def __init__(self, store: Store, *, is_shuffled: bool = False, seed: int = 0) -> None:
        self.store, self._rng = store, np.random.default_rng(seed)
        self.titles = [
            f"{maker} {goods} {number}{number}"
            for maker in MAKERS for goods in GOODS for number in range(1, 1 + self._rng.integers(1, 5))
        ]  # fmt: skip
        store.write("items", frame([Item(f"i{n}", title=t) for n, t in enumerate(self.titles)]))
        store.write("users", pl.DataFrame({"id": [f"p{n}" for n in range(200)]}))
        index = LiveIndex(store)
        pages, texts, events = [], [], []
        for n in range(SEARCHES):
            maker, goods = self._rng.choice(MAKERS), self._rng.choice(GOODS)
            hits = index.find(index.understand(f"{maker} {goods}"), n=40)
            moved = hits.scores + self._rng.normal(0, 0.04, hits.scores.size)
            items = hits.numbers[np.argsort(-moved)][:SHOWN]
            chance = self.wanted(maker, goods, items) / np.sqrt(1 + np.arange(items.size))
            clicks = self._rng.random(items.size) < chance
            if is_shuffled:
                self._rng.shuffle(clicks)
            who, request = int(self._rng.integers(200)), f"r{n}"
            told = tuple(0.0 for _ in items)
            pages.append(Impression(request, who, "search", n, tuple(items.tolist()), told))
            texts.append(Searched(request, who, f"{maker} {goods}".lower(), len(items), n))
            events += [Event(f"p{who}", f"i{item}", "click", request_id=request) for item in items[clicks].tolist()]  # fmt: skip
        index.close()
        store.record_impressions(pages)
        store.searches.record(texts)
        store.write("events", frame(events))

    def wanted(self, maker: str, goods: str, items: np.ndarray) -> np.ndarray:
        told = [self.titles[item].split() for item in items.tolist()]
        return np.array([0.05 + 0.7 * (m == maker) + 0.2 * (g == goods) for m, g, _ in told])

    def ndcg(self, index: LiveIndex) -> float:
        found = []
        for maker in MAKERS:
            for goods in GOODS:
                hits = index.find(index.understand(f"{maker} {goods}"), n=40)
                gains = self.wanted(maker, goods, hits.numbers)
                found += graded_ndcg(np.zeros(gains.size, int), gains, hits.scores, 10).tolist()
        return float(np.mean(found))


@pytest.fixture(scope="module")
def log(tmp_path_factory) -> Log:
    with Store.open(tmp_path_factory.mktemp("clicks") / "shop.db") as store:
        yield Log(store)


def test_clicks_teach_what_people_want_whatever_stood_first(log):
    base = BaseIndex.of(log.store)
    lists = read_searches(log.store, Rematching(base))
    assert lists.features.shape == (int(lists.group.sum()), len(lists.names))
    order, told = learn_from_clicks(lists, None)
    assert order is not None, told
    assert told["nats over what is in use"][1] > 0
    before = LiveIndex(log.store, kept=base.arrays())
    after = LiveIndex(log.store, relevance=order, kept=base.arrays())
    assert log.ndcg(after) > log.ndcg(before) + 0.02
    again, why = learn_from_clicks(lists, order)
    assert again is None, why
    before.close()
    after.close()


def test_a_training_keeps_what_it_learned_and_says_so(log):
    arrays, told = train_search(log.store)
    assert told["order"] == "clicks"
    assert told["clicks"]["chosen"]
    assert "order" in arrays


def test_clicks_shuffled_within_pages_are_refused(tmp_path):
    with Store.open(tmp_path / "shop.db") as store:
        Log(store, is_shuffled=True)
        order, told = learn_from_clicks(read_searches(store, Rematching(BaseIndex.of(store))), None)
    assert order is None
    assert told["why"] == "no gain that is sure"


def test_few_searches_and_searches_without_a_text_teach_nothing(tmp_path):
    with Store.open(tmp_path / "shop.db") as store:
        store.write("items", frame([Item("a", title="tea"), Item("b", title="pot")]))
        store.write("users", pl.DataFrame({"id": ["an"]}))
        store.record_impressions([
            Impression("r1", 0, "search", 1, (0, 1), (0.0, 0.0)),
            Impression("r2", 0, "search", 2, (0, 1), (0.0, 0.0)),
            Impression("r3", 0, "home", 3, (0, 1), (0.0, 0.0)),
        ])  # fmt: skip
        store.searches.record([Searched("r1", 0, "tea", 2, 1)])
        store.write("events", frame([Event("an", "a", "click", request_id=f"r{n}") for n in (1, 2, 3)]))  # fmt: skip
        lists = read_searches(store, Rematching(BaseIndex.of(store)))
        assert (len(lists), lists.outcomes["click"].tolist()) == (1, [True, False])
        assert learn_from_clicks(lists, None)[1]["why"].startswith(f"fewer than {FEWEST}")


def test_a_log_without_searches_is_empty(tmp_path):
    with Store.open(tmp_path / "shop.db") as store:
        assert train_search(store)[1]["clicks"]["searches with something taken"] == 0


def test_the_weights_are_by_name():
    assert HitOrder({"maker": 1.0}).raw(np.eye(len(HitOrder({})._row), dtype=np.float32)).max() == 1
