"""An index that a training left is opened, and a damaged one is made anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from zhiyin.core import Item
from zhiyin.errors import StoreError
from zhiyin.search.base_index import VERSION, BaseIndex
from zhiyin.search.kept import PREFIX, kept_index
from zhiyin.search.live_index import LiveIndex
from zhiyin.search.packed import packed, prefixed
from zhiyin.store.frames import frame
from zhiyin.store.snapshots import Snapshots
from zhiyin.store.store import Store


def test_what_a_training_left_is_opened_and_caught_up(tmp_path: Path) -> None:
    snapshots = Snapshots(tmp_path / "snapshots")
    assert kept_index(snapshots) == {}
    with Store.open(tmp_path / "shop.db") as store:
        store.write("items", frame([Item("a", title="oak floor"), Item("b", title="green tea")]))
        snapshots.publish(prefixed(PREFIX, BaseIndex.of(store).arrays()), {})
        store.write("items", frame([Item("b", title="oak table")]))
        index = LiveIndex(store, kept=kept_index(snapshots))
        found = index.find(index.understand("oak"))
        index.close()
        index.refresh()
        assert 0 in found.numbers
        assert index.find(index.understand("oak table")).numbers.tolist() == [1, 0]
        assert index.find(index.understand("tea")).numbers.size == 0
        index.close()


def test_a_damaged_one_is_made_anew(tmp_path: Path) -> None:
    snapshots = Snapshots(tmp_path / "snapshots")
    snapshots.publish({}, {})
    (tmp_path / "snapshots" / "000001" / "manifest.json").write_text("{")
    assert kept_index(snapshots) == {}


def test_one_of_another_version_is_refused_with_a_next_step_and_made_anew(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with Store.open(tmp_path / "shop.db") as store:
        store.write("items", frame([Item("a", title="green tea")]))
        arrays = BaseIndex.of(store).arrays()
        without = {name: array for name, array in arrays.items() if name != "version"}
        for kept in (without, {**arrays, "version": packed(VERSION + 1)}):
            with pytest.raises(StoreError, match=r"of version \d.*Next: zhiyin train"):
                BaseIndex.from_arrays(kept)
            caplog.clear()
            index = LiveIndex(store, kept=kept)
            assert index.find(index.understand("tea")).numbers.tolist() == [0]
            assert "indexed anew" in caplog.text
            index.close()


def test_one_of_another_store_is_made_anew(tmp_path: Path) -> None:
    with Store.open(tmp_path / "old.db") as old:
        for title in ("oak floor", "oak table", "oak chair"):
            old.write("items", frame([Item(title, title=title)]))
        kept = BaseIndex.of(old).arrays()
    with Store.open(tmp_path / "new.db") as store:
        store.write("items", frame([Item("a", title="green tea")]))
        for arrays in (kept, {"told": kept["told"]}):
            index = LiveIndex(store, kept=arrays)
            assert index.find(index.understand("oak")).numbers.size == 0
            assert index.find(index.understand("tea")).numbers.tolist() == [0]
            index.close()
