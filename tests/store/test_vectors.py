"""Vectors by what was embedded: found again as they were, gone when dropped, and left out of dumps."""

from __future__ import annotations

import zipfile
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.store.full_store import MAY
from zhiyin.core.records import Event, Fact
from zhiyin.errors import StoreError
from zhiyin.store.dump_file import DumpReader
from zhiyin.store.engine import Database
from zhiyin.store.frames import frame
from zhiyin.store.migrate import migrate
from zhiyin.store.store import Store

ROWS = np.array([[0.5, -0.25], [0.0, 0.0], [1.0, 3.0]])


def test_vectors_are_found_by_model_and_digest(store_url: str) -> None:
    with Store.open(store_url) as store:
        assert store.keep_vectors("m", ["a", "b", "c"], ROWS) == 3
        assert store.keep_vectors("n", ["a"], np.ones((1, 5))) == 1
        positions, vectors = store.vectors("m", ["x", "c", "a"])
        assert positions.tolist() == [1, 2]
        assert vectors.tolist() == ROWS[[2, 0]].tolist()
        assert vectors.dtype == np.float16
        assert store.vectors("n", ["a"])[1].shape == (1, 5)
        for model, digests in (("m", ["x"]), ("o", ["a"]), ("m", [])):
            positions, vectors = store.vectors(model, digests)
            assert (positions.shape, vectors.shape) == ((0,), (0, 0))
        assert store.vector_models() == {"m": 3, "n": 1}


def test_a_text_keeps_the_vector_it_has(store_url: str) -> None:
    with Store.open(store_url) as store:
        store.keep_vectors("m", ["a"], ROWS[:1])
        assert store.keep_vectors("m", ["a", "b"], ROWS[1:]) == 1
        assert store.vectors("m", ["a"])[1].tolist() == [[0.5, -0.25]]
        assert store.keep_vectors("m", [], np.empty((0, 2))) == 0


def test_dropping(store_url: str) -> None:
    with Store.open(store_url) as store:
        for model in ("m", "n"):
            store.keep_vectors(model, ["a", "b", "c"], ROWS)
        assert store.drop_vectors("m", ["a", "x"]) == 1
        assert store.drop_vectors("m", []) == 0
        assert store.vectors("m", ["a", "b"])[0].tolist() == [1]
        assert store.drop_vectors("n") == 3
        assert store.drop_vectors("n") == 0
        assert store.vector_models() == {"m": 2}


def test_more_digests_than_one_question_takes(store_url: str) -> None:
    digests = [f"{n:032x}" for n in range(20_001)]
    vectors = np.arange(20_001)[:, None] % 2_000
    with Store.open(store_url) as store:
        assert store.keep_vectors("m", digests, vectors.astype(float)) == 20_001
        positions, found = store.vectors("m", digests[::-1])
        assert positions.tolist() == list(range(20_001))
        assert found[:, 0].astype(int).tolist() == vectors[::-1, 0].tolist()
        assert store.drop_vectors("m", digests[1:]) == 20_000


def test_vectors_of_several_lengths_are_no_answer(tmp_path: Path) -> None:
    with Store.open(tmp_path / "a.db") as store:
        store.keep_vectors("m", ["a"], np.ones((1, 2)))
        store.keep_vectors("m", ["b"], np.ones((1, 3)))
        assert store.vectors("m", ["b"])[1].shape == (1, 3)
        with pytest.raises(StoreError, match=r"\[2, 3\] numbers.*drop the model's vectors"):
            store.vectors("m", ["a", "b"])


def test_any_half_precision_numbers_come_back(tmp_path: Path) -> None:
    numbers = st.lists(st.floats(width=16, allow_nan=False), min_size=3, max_size=3)
    models = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=5)

    with Store.open(tmp_path / "a.db") as store:

        @settings(max_examples=25, deadline=None)
        @given(st.lists(numbers, max_size=6), models)
        def holds(rows: list[list[float]], model: str) -> None:
            digests = [str(n) for n in range(len(rows))]
            store.keep_vectors(model, digests, np.array(rows).reshape(-1, 3))
            assert store.vectors(model, digests)[1].reshape(-1, 3).tolist() == rows
            assert store.drop_vectors(model) == len(rows)

        holds()


def test_a_cache_is_neither_dumped_nor_in_the_way_of_a_restore(
    store_url: str, tmp_path: Path
) -> None:
    with Store.open(store_url) as store, Store.open(tmp_path / "b.db") as other:
        store.keep_vectors("m", ["a"], ROWS[:1])
        other.keep_vectors("m", ["b"], ROWS[:1])
        store.write("events", frame([Event("an", "tea")]))
        store.dump(tmp_path / "x.zip")
        with zipfile.ZipFile(tmp_path / "x.zip") as file:
            assert not [name for name in file.namelist() if name.startswith("vectors")]
        with DumpReader(tmp_path / "x.zip") as dump:
            other.restore(dump)
        assert len(list(other.events())) == 1
        assert other.vector_models() == {"m": 1}


def test_the_way_back_and_forth_keeps_the_facts_and_loses_the_cache(store_url: str) -> None:
    with Store.open(store_url) as store:
        store.write("facts", frame([Fact("tea", "taste", "mild", time=MAY, expires=MAY)]))
        store.keep_vectors("m", ["a"], ROWS[:1])
        (before,) = store.facts()
    database = Database.at(store_url)
    migrate(database, "0002")
    migrate(database)
    database.close()
    with Store.open(store_url) as store:
        (after,) = store.facts()
        assert after.drop("expires_us").equals(before.drop("expires_us"))
        assert (before["expires_us"].item(), after["expires_us"].item()) == (
            int(MAY.timestamp() * 1e6),
            None,
        )
        assert store.vector_models() == {}
        assert store.check() == []


def test_when_a_fact_ends_is_told_but_does_not_make_it_another_fact(
    store_url: str, tmp_path: Path
) -> None:
    ends = [Fact("tea", "offer", "-20 %", expires=at) for at in (MAY, None)]
    with Store.open(store_url) as store:
        assert store.write("facts", frame(ends)).accepted["facts"] == 1
        store.export(tmp_path, only=["facts"])
        assert pl.read_parquet(tmp_path / "facts.parquet")["expires"].to_list() == [MAY]
