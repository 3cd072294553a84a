from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from zhiyin.errors import NotFound, StoreError
from zhiyin.store.snapshots import Snapshots

ARRAYS = {
    "gram": np.arange(6, dtype=np.float32).reshape(2, 3),
    "names": np.array(["茶", "cup"]),
    "none": np.empty((0, 4), np.int64),
    "one": np.array(7),
}


def test_what_was_published_comes_back(tmp_path: Path):
    snapshots = Snapshots(tmp_path / "made" / "here")
    assert snapshots.current() is None
    assert snapshots.versions() == []
    assert snapshots.publish(ARRAYS, {"model": "茶", "n": 3}) == 1
    snapshot = snapshots.open()
    assert (snapshot.version, snapshot.manifest) == (1, {"model": "茶", "n": 3})
    assert timedelta(0) <= datetime.now(UTC) - snapshot.created < timedelta(minutes=1)
    assert snapshot.arrays.keys() == ARRAYS.keys()
    for name, array in ARRAYS.items():
        assert snapshot[name].dtype == array.dtype
        np.testing.assert_array_equal(snapshot[name], array)
    assert isinstance(snapshot["gram"].base, np.memmap)
    with pytest.raises(ValueError, match="read-only"):
        snapshot["gram"][0, 0] = 1


def test_the_newest_stay_and_numbers_go_on(tmp_path: Path):
    snapshots = Snapshots(tmp_path, keep=2)
    assert [snapshots.publish({"v": np.array(n)}, {}) for n in range(4)] == [1, 2, 3, 4]
    assert snapshots.versions() == [3, 4]
    assert snapshots.current() == 4
    assert snapshots.rollback() == 3
    assert int(snapshots.open()["v"]) == 2
    assert snapshots.publish({"v": np.array(9)}, {}) == 5
    assert snapshots.current() == 5
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        ".lock", "000004", "000005", "CURRENT",
    ]  # fmt: skip


def test_another_reader_sees_each_move_of_the_pointer(tmp_path: Path):
    writer, reader = Snapshots(tmp_path), Snapshots(tmp_path)
    for version in range(1, 6):
        writer.publish({"v": np.array(0)}, {})
        assert reader.current() == version
    assert [reader.rollback(), reader.rollback(), writer.rollback(5)] == [4, 3, 5]
    assert reader.current() == 5


def test_an_open_snapshot_outlives_its_folder(tmp_path: Path):
    snapshots = Snapshots(tmp_path, keep=1)
    snapshots.publish(ARRAYS, {})
    old = snapshots.open()
    snapshots.publish({}, {})
    assert snapshots.versions() == [2]
    np.testing.assert_array_equal(old["gram"], ARRAYS["gram"])


def test_asking_for_what_is_not_there(tmp_path: Path):
    snapshots = Snapshots(tmp_path)
    for ask in (snapshots.open, snapshots.rollback):
        with pytest.raises(NotFound):
            ask()
    snapshots.publish({}, {})
    for ask in (lambda: snapshots.open(2), snapshots.rollback, lambda: snapshots.rollback(2)):
        with pytest.raises(NotFound):
            ask()
    assert snapshots.current() == 1


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


@pytest.mark.parametrize("damage", [flip, cut, Path.unlink])
@pytest.mark.parametrize("name", ["gram.npy", "manifest.json"])
def test_damage_is_named_and_rolling_back_helps(name: str, damage, tmp_path: Path):
    snapshots = Snapshots(tmp_path)
    snapshots.publish(ARRAYS, {})
    snapshots.publish(ARRAYS, {})
    damage(tmp_path / "000002" / name)
    with pytest.raises(StoreError, match=rf"000002/{name}.*zhiyin rollback"):
        snapshots.open()
    assert snapshots.rollback() == 1
    assert snapshots.open().version == 1
    with pytest.raises(StoreError):
        snapshots.rollback(2)
    assert snapshots.current() == 1


def test_without_verifying_a_changed_byte_passes_and_a_changed_size_does_not(tmp_path: Path):
    snapshots = Snapshots(tmp_path)
    snapshots.publish(ARRAYS, {})
    flip(tmp_path / "000001" / "gram.npy")
    assert snapshots.open(verify=False)["gram"].shape == (2, 3)
    cut(tmp_path / "000001" / "gram.npy")
    with pytest.raises(StoreError):
        snapshots.open(verify=False)


def test_a_damaged_pointer_is_named_and_rolling_back_mends_it(tmp_path: Path):
    snapshots = Snapshots(tmp_path)
    snapshots.publish(ARRAYS, {})
    (tmp_path / "CURRENT").write_text("?")
    with pytest.raises(StoreError, match=r"CURRENT.*zhiyin rollback"):
        snapshots.current()
    assert snapshots.rollback() == snapshots.current() == 1


def test_a_snapshot_of_a_newer_format_is_refused(tmp_path: Path):
    snapshots = Snapshots(tmp_path)
    snapshots.publish({}, {})
    path = tmp_path / "000001" / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "format": 2}))
    with pytest.raises(StoreError, match="upgrade"):
        snapshots.open()


@pytest.mark.parametrize(
    ("arrays", "manifest"),
    [
        ({"../x": np.ones(1)}, {}),
        ({"": np.ones(1)}, {}),
        ({"o": np.array([{}, None])}, {}),
        ({}, {"o": object()}),
        ({}, {"o": float("nan")}),
    ],
)
def test_what_cannot_be_published_leaves_the_last_one(arrays, manifest, tmp_path: Path):
    snapshots = Snapshots(tmp_path)
    snapshots.publish(ARRAYS, {})
    with pytest.raises(StoreError):
        snapshots.publish(arrays, manifest)
    assert snapshots.current() == 1
    assert snapshots.versions() == [1]
    assert not list(tmp_path.glob(".unfinished-*"))


KILLED = """
import os, sys
import numpy as np
from pathlib import Path
from zhiyin.store.snapshots import Snapshots
folder, step = sys.argv[1], int(sys.argv[2])
steps = 0
def dying(real):
    def call(*args, **kwargs):
        global steps
        if steps == step:
            os.kill(os.getpid(), 9)
        steps += 1
        return real(*args, **kwargs)
    return call
os.fsync = dying(os.fsync)
Path.rename = dying(Path.rename)
Path.replace = dying(Path.replace)
np.save = dying(np.save)
Snapshots(folder, keep=1).publish({"a": np.ones(3), "b": np.ones(3)}, {"new": True})
"""


def deaths(folder: Path) -> Iterator[int]:
    for step in range(100):
        code = subprocess.run([sys.executable, "-c", KILLED, folder, str(step)]).returncode
        if code == 0:
            return
        assert code == -9
        yield step


def test_a_publisher_killed_at_any_step_leaves_a_whole_snapshot(tmp_path: Path):
    snapshots = Snapshots(tmp_path, keep=1)
    snapshots.publish({"a": np.zeros(3)}, {"new": False})
    was_new = False
    steps = 0
    for _ in deaths(tmp_path):
        steps += 1
        snapshot = snapshots.open()
        # Once the pointer has moved, later runs only move it further.
        assert snapshot.manifest["new"] >= was_new
        was_new = bool(snapshot.manifest["new"])
        assert snapshot["a"].tolist() == ([1.0] * 3 if was_new else [0.0] * 3)
    assert steps >= 9
    assert was_new
    assert snapshots.versions() == [snapshots.current()]
    assert not list(tmp_path.glob(".unfinished-*"))


def test_two_publishers_take_turns(tmp_path: Path):
    code = (
        "import sys, numpy as np; from zhiyin.store.snapshots import Snapshots\n"
        "for n in range(30): Snapshots(sys.argv[1], keep=90).publish({'a': np.ones(n)}, {})"
    )
    both = [subprocess.Popen([sys.executable, "-c", code, tmp_path]) for _ in range(2)]
    assert [process.wait(30) for process in both] == [0, 0]
    assert Snapshots(tmp_path).versions() == list(range(1, 61))
    assert Snapshots(tmp_path).open().version == 60


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError):
        Snapshots(tmp_path / "file" / "x").publish({}, {})
    with pytest.raises(StoreError):
        Snapshots(tmp_path, keep=0)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_snapshot_can_be_rewritten_and_dropped_but_the_current_one_stays(tmp_path: Path) -> None:
    snapshots = Snapshots(tmp_path)
    for value in (1, 2, 3):
        snapshots.publish({"a": np.full(3, value)}, {"n": value})
    opened = snapshots.open(1)
    snapshots.rewrite(1, {"b": np.zeros(2)}, {"n": 9})
    assert opened["a"].tolist() == [1, 1, 1]  # whoever has it open keeps what it was
    assert list(snapshots.open(1).arrays) == ["b"]
    assert snapshots.open(1).manifest == {"n": 9}
    snapshots.drop(2)
    snapshots.drop(3)
    snapshots.drop(99)
    assert (snapshots.versions(), snapshots.current()) == ([1, 3], 3)
    with pytest.raises(NotFound, match="no snapshot 2"):
        snapshots.rewrite(2, {}, {})
