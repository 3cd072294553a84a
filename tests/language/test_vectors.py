"""What was embedded once is never embedded again, and a run that stops midway goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.language.embedding import WordSums
from zhiyin.errors import BadOutput
from zhiyin.language.embedder import Embedder, unit_rows
from zhiyin.language.vectors import Vectors, digest
from zhiyin.store.store import Store

TEXTS = ["green tea", "black tea", "", "green tea", "\ud83d", "茶"]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "a.db") as store:
        yield store


def test_each_text_is_embedded_once(store: Store) -> None:
    embedder = WordSums()
    vectors = Vectors(store, embedder)
    first = vectors.of(TEXTS, kind="passage")
    assert embedder.asked == ["green tea", "black tea", "", "\ud83d", "茶"]
    again = vectors.of(["black tea", *TEXTS], kind="passage")
    assert len(embedder.asked) == 5
    assert np.array_equal(again, first[[1, *range(6)]])
    assert np.abs(first - WordSums().embed(TEXTS, kind="passage")).max() < 1e-3
    assert first.dtype == np.float32
    assert np.allclose(np.linalg.norm(first, axis=1), [1, 1, 0, 1, 0, 1])


def test_a_text_for_another_use_is_another_text(store: Store) -> None:
    embedder = WordSums()
    vectors = Vectors(store, embedder)
    vectors.of(["tea"], kind="passage")
    vectors.of(["tea"], kind="query")
    assert embedder.asked == ["tea", "tea"]
    assert digest("tea", "query") != digest("tea", "passage")


def test_no_texts(store: Store) -> None:
    assert Vectors(store, WordSums()).of([], kind="query").shape == (0, 16)


def test_another_embedder_is_seen_and_the_old_ones_vectors_go(store: Store) -> None:
    old, new = (Vectors(store, WordSums(model_id=name)) for name in ("old", "new"))
    old.of(["a", "b", "c"], kind="passage")
    new.of(["a"], kind="passage")
    assert new.stale() == {"old": 3}
    assert new.stale(["old"]) == {}
    assert new.drop("old") == 3
    assert new.stale() == {}
    assert store.vector_models() == {"new": 1}


def test_a_model_exchanged_under_its_name_is_refused(store: Store) -> None:
    Vectors(store, WordSums(dim=16)).of(["a"], kind="passage")
    exchanged = Vectors(store, WordSums(dim=8))
    with pytest.raises(BadOutput, match="drop its vectors"):
        exchanged.of(["a", "b"], kind="passage")


def test_what_is_no_vector_is_not_kept(store: Store) -> None:
    class Broken(WordSums):
        def embed(self, texts, *, kind):
            return super().embed(texts, kind=kind) * np.nan

    with pytest.raises(BadOutput, match="finite"):
        Vectors(store, Broken()).of(["a"], kind="passage")
    assert store.vector_models() == {}


def test_texts_are_forgotten_by_every_model(store: Store) -> None:
    for model in ("one", "two"):
        for kind in ("query", "passage"):
            Vectors(store, WordSums(model_id=model)).of(["mine", "other"], kind=kind)
    assert Vectors(store, WordSums(model_id="one")).forget(["mine", "unknown"]) == 4
    assert store.vector_models() == {"one": 2, "two": 2}


def test_progress_tells_what_is_to_be_embedded(store: Store) -> None:
    told: list[tuple[float, int]] = []
    texts = [f"text {n}" for n in range(200)]
    vectors = Vectors(store, WordSums())
    vectors.of(texts[:50], kind="passage")
    vectors.of(texts, kind="passage", progress=lambda done, rows: told.append((done, rows)))
    assert told == sorted(told)
    assert told[0][1] < 100
    assert told[-1] == (1.0, 150)


def test_a_stopped_run_goes_on(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhiyin.language.vectors._SAVED_EVERY_S", 0.0)
    texts = [f"text {n}" for n in range(300)]
    with pytest.raises(KeyboardInterrupt):
        Vectors(store, WordSums(fails_after=200)).of(texts, kind="passage")
    kept = store.vector_models()["word-sums"]
    assert 128 <= kept <= 200
    embedder = WordSums()
    whole = Vectors(store, embedder).of(texts, kind="passage")
    assert embedder.asked == texts[kept:]
    assert np.abs(whole - WordSums().embed(texts, kind="passage")).max() < 1e-3


SLOW_RUN = """
import sys, time
from tests.language.embedding import WordSums
from zhiyin.language.vectors import Vectors
from zhiyin.store.store import Store

class Slow(WordSums):
    def embed(self, texts, *, kind):
        time.sleep(1.1)
        return super().embed(texts, kind=kind)

def told(done, rows):
    print(rows, flush=True)

with Store.open(sys.argv[1]) as store:
    Vectors(store, Slow()).of([f"text {n}" for n in range(10_000)], kind="passage", progress=told)
"""


@pytest.mark.slow
def test_a_killed_run_goes_on(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[2]
    with subprocess.Popen(
        [sys.executable, "-c", SLOW_RUN, str(tmp_path / "a.db")],
        stdout=subprocess.PIPE,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
    ) as run:
        assert run.stdout is not None
        told = [int(run.stdout.readline()) for _ in range(3)]
        run.send_signal(signal.SIGKILL)
    with Store.open(tmp_path / "a.db") as store:
        # What was told last may be not stored yet; what was told before it is.
        assert store.vector_models()["word-sums"] >= told[-2]
        assert store.check() == []


@pytest.mark.slow
def test_processes_embed_the_same(store: Store) -> None:
    texts = [f"text {n}" for n in range(150)]
    made = Vectors(store, WordSums(), engine="processes", workers=2).of(texts, kind="passage")
    assert np.abs(made - WordSums().embed(texts, kind="passage")).max() < 1e-3


def test_it_is_an_embedder_itself(store: Store) -> None:
    embedder: Embedder = Vectors(store, WordSums())
    assert (embedder.model_id, embedder.dim) == ("word-sums", 16)
    assert np.array_equal(embedder.embed(["a"], kind="query"), embedder.embed(["a"], kind="query"))


def test_any_texts_in_any_order_come_back_the_same(store: Store) -> None:
    texts = st.lists(st.text(max_size=4), max_size=12)
    names = map(str, count())

    @settings(max_examples=25, deadline=None)
    @given(texts, texts)
    def holds(one: list[str], two: list[str]) -> None:
        embedder = WordSums(model_id=next(names))
        vectors = Vectors(store, embedder)
        vectors.of(one, kind="passage")
        found = vectors.of([*two, *one], kind="passage")
        assert len(embedder.asked) == len({*one, *two})
        wanted = embedder.embed([*two, *one], kind="passage")
        assert np.array_equal(found, unit_rows(wanted.astype(np.float16).astype(np.float32)))

    holds()
