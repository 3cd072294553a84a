"""Vectors of queries: remembered, waited for a moment, and left out where the embedder fails or is another one."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import numpy as np
import pytest

from zhiyin.core import Item
from zhiyin.errors import ModelTimeout
from zhiyin.search.base_index import BaseIndex
from zhiyin.search.live_index import LiveIndex
from zhiyin.search.meaning import Meaning
from zhiyin.store.frames import frame
from zhiyin.store.store import Store

WORDS = ("sofa", "settee", "grout")


class Embeds:
    """A sofa is a settee; nothing else is like anything."""

    dim = 2

    def __init__(self, model_id: str = "one") -> None:
        self.model_id, self.asked = model_id, 0
        self.gate, self.fails = threading.Event(), False
        self.gate.set()

    def embed(self, texts: Sequence[str], *, kind: str) -> np.ndarray:
        self.asked += kind == "query"
        self.gate.wait()
        if self.fails:
            raise ModelTimeout("no answer", where="test", expected="one", next_step="wait")
        return np.array(
            [[1, 0] if {"sofa", "settee"} & set(t.split()) else [0, 1] for t in texts], np.float32
        )


@pytest.fixture
def store(tmp_path) -> Store:
    with Store.open(tmp_path / "shop.db") as store:
        titles = ["settee", *(f"grout {n}" for n in range(9))]
        store.write("items", frame([Item(f"i{n}", title=t) for n, t in enumerate(titles)]))
        yield store


def found(index: LiveIndex, text: str) -> list[int]:
    return index.find(index.understand(text)).numbers.tolist()


def test_a_query_is_embedded_once(store):
    embedder = Embeds()
    meaning = Meaning(store, lambda: embedder)
    assert meaning.query("sofa").tolist() == meaning.query("sofa").tolist() == [1, 0]
    assert embedder.asked == 1
    assert not meaning.lacks("sofa")


def test_a_slow_embedder_delays_nothing_and_serves_the_next(store):
    embedder = Embeds()
    meaning = Meaning(store, lambda: embedder, patience_s=0.05)
    embedder.gate.clear()
    assert meaning.query("sofa") is None
    assert meaning.lacks("sofa")
    assert meaning.query("settee") is None  # it rests, and is not asked
    assert embedder.asked == 1
    embedder.gate.set()
    while meaning.lacks("sofa"):
        pass
    assert meaning.query("sofa").tolist() == [1, 0]


def test_a_failing_embedder_is_words_alone(store):
    embedder = Embeds()
    index = LiveIndex(store, Meaning(store, lambda: embedder))
    assert found(index, "sofa")[0] == 0
    embedder.fails = True
    assert found(index, "couch sofa") == []
    assert found(index, "settee") == [0]
    index.close()


def test_items_whose_vectors_cannot_be_made_are_indexed_by_words(store):
    embedder = Embeds()
    embedder.fails = True
    base = BaseIndex.of(store, Meaning(store, lambda: embedder))
    assert (base.vectors, base.model) == (None, "")


def test_vectors_of_another_embedder_are_left_out_until_a_training(store):
    kept = BaseIndex.of(store, Meaning(store, lambda: Embeds("one"))).arrays()
    same = LiveIndex(store, Meaning(store, lambda: Embeds("one")), kept=kept)
    other = LiveIndex(store, Meaning(store, lambda: Embeds("other")), kept=kept)
    without = LiveIndex(store, None, kept=kept)
    assert found(same, "sofa")[0] == 0
    assert found(other, "sofa") == found(without, "sofa") == []
    assert found(other, "settee") == [0]
    for index in (same, other, without):
        index.close()
