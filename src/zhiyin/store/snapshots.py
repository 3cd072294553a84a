"""Snapshots: immutable, numbered sets of arrays, published by one rename."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from zhiyin.errors import NotFound, StoreError
from zhiyin.store.snapshot import Snapshot, open_snapshot, read_manifest, write_snapshot

_CURRENT = "CURRENT"
_UNFINISHED = ".unfinished-"


class Published(NamedTuple):
    """A snapshot without its arrays.

    Attributes:
        version: which.
        created: when it was published.
        manifest: what is remembered beside the arrays.
        size: bytes of the arrays' files.
    """

    version: int
    created: datetime
    manifest: Mapping[str, Any]
    size: int


class Snapshots:
    """A folder of snapshots, one of which is the current one.

    Publishing writes beside, renames, then moves the pointer; whoever stops it at any moment leaves the last snapshot
    current and whole. Any number of processes may read while one publishes; two that publish take turns.

    >>> import tempfile
    >>> folder = tempfile.TemporaryDirectory()
    >>> snapshots = Snapshots(folder.name)
    >>> snapshots.publish({"weights": np.arange(3.0)}, {"model": "popular"})
    1
    >>> snapshots.open()["weights"].tolist(), snapshots.open().manifest
    ([0.0, 1.0, 2.0], {'model': 'popular'})
    >>> folder.cleanup()
    """

    def __init__(self, folder: str | os.PathLike[str], keep: int = 5) -> None:
        """Use a folder, made at the first publishing.

        Args:
            folder: where.
            keep: how many of the newest snapshots stay; at least 1. The current one always stays.
        """
        if keep < 1:
            raise StoreError(f"keep is {keep}", where=str(folder), expected="at least 1")
        self._folder = Path(folder)
        self._keep = keep
        self._pointer = self._folder / _CURRENT

    def publish(self, arrays: Mapping[str, np.ndarray], manifest: Mapping[str, Any]) -> int:
        """Write a snapshot and make it the current one.

        Args:
            arrays: name to array of any shape; names of letters, digits, ``_``, ``-`` and ``.``.
            manifest: what to remember beside the arrays; JSON values.
        Returns: the version, one above the highest so far.
        Raises:
            StoreError: a name or a value cannot be stored, or the disk refuses; the old snapshot stays current.
        """
        with self._answering(), self._publishing():
            for leftover in self._folder.glob(f"{_UNFINISHED}*"):
                shutil.rmtree(leftover)
            unfinished = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=self._folder))
            try:
                write_snapshot(unfinished, arrays, manifest)
                version = max(self.versions(), default=0) + 1
                unfinished.rename(self._path(version))
            except BaseException:
                shutil.rmtree(unfinished, ignore_errors=True)
                raise
            _sync(self._folder)
            self._point_at(version)
            self._prune(version)
        return version

    def open(self, version: int | None = None, *, verify: bool = True) -> Snapshot:
        """Open a snapshot, the current one unless told which; its arrays are memory-mapped and read-only.

        Args:
            version: which.
            verify: whether to read every byte and compare checksums (about a second for a gigabyte).
        Raises:
            NotFound: there is no such snapshot, or none at all.
            StoreError: a file is missing or is not what was published.
        """
        wanted = self.current() if version is None else version
        if wanted is None:
            raise NotFound(
                "nothing was published yet",
                where=str(self._folder),
                expected="a snapshot",
                next_step="zhiyin train",
            )
        if not self._path(wanted).is_dir():
            raise self._unknown(wanted)
        return open_snapshot(self._path(wanted), wanted, verify=verify)

    def published(self, version: int) -> Published:
        """Return what is known of a snapshot without opening its arrays.

        Raises:
            StoreError: it is damaged, or gone.
        """
        created, manifest, files = read_manifest(self._path(version))
        size = sum(int(promised["bytes"]) for promised in files.values())
        return Published(version, created, manifest, size)

    def current(self) -> int | None:
        """Return the current version, None before the first; a few microseconds, so cheap for each request.

        Raises:
            StoreError: the pointer is damaged.
        """
        try:
            descriptor = os.open(self._pointer, os.O_RDONLY)
        except FileNotFoundError:
            return None
        try:
            text = os.read(descriptor, 64).decode("ascii", "replace").strip()
        finally:
            os.close(descriptor)
        if not text.isdecimal():
            raise StoreError(
                f"the pointer says {text[:20]!r}",
                where=str(self._pointer),
                expected="a version",
                next_step="point it at a version: zhiyin rollback",
            )
        return int(text)

    def rewrite(
        self, version: int, arrays: Mapping[str, np.ndarray], manifest: Mapping[str, Any]
    ) -> None:
        """Put other arrays and another manifest in the place of a snapshot's; whoever has it open keeps what it was.

        Raises:
            NotFound: there is no such snapshot.
            StoreError: see ``publish``; the snapshot stays as it was.
        """
        with self._answering(), self._publishing():
            if not self._path(version).is_dir():
                raise self._unknown(version)
            unfinished = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=self._folder))
            try:
                write_snapshot(unfinished, arrays, manifest)
                self._remove(version)
                unfinished.rename(self._path(version))
            except BaseException:
                shutil.rmtree(unfinished, ignore_errors=True)
                raise
            _sync(self._folder)

    def drop(self, version: int) -> None:
        """Delete a snapshot that is not the current one; one that is not there is no error."""
        with self._answering(), self._publishing():
            if version != self.current() and self._path(version).is_dir():
                self._remove(version)
                _sync(self._folder)

    def rollback(self, version: int | None = None) -> int:
        """Make an earlier snapshot the current one, after reading it whole.

        Args:
            version: which; unless told, the newest below the current one.
        Returns: the version that is now current.
        Raises:
            NotFound: there is no such snapshot.
            StoreError: that snapshot is damaged; the current one stays.
        """
        with self._answering(), self._publishing():
            if version is None:
                version = self._one_before()
            self.open(version)
            self._point_at(version)
        return version

    def versions(self) -> list[int]:
        """Return the versions that can be opened, oldest first."""
        if not self._folder.is_dir():
            return []
        return sorted(int(path.name) for path in self._folder.iterdir() if path.name.isdecimal())

    def _one_before(self) -> int:
        versions = self.versions()
        try:
            now = self.current()
        except StoreError:
            # With the pointer damaged, rolling back is the way out: to the newest there is.
            now = None
        earlier = [version for version in versions if now is None or version < now]
        if not earlier:
            raise NotFound(
                "there is no earlier snapshot",
                where=str(self._folder),
                expected=f"one before {now}; there are {versions}",
                next_step="train again: zhiyin train",
            )
        return earlier[-1]

    def _point_at(self, version: int) -> None:
        fresh = self._folder / f"{_CURRENT}.new"
        with fresh.open("w", encoding="ascii") as file:
            file.write(f"{version}\n")
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._pointer)
        _sync(self._folder)

    def _prune(self, current: int) -> None:
        for version in self.versions()[: -self._keep]:
            if version != current:
                self._remove(version)

    def _remove(self, version: int) -> None:
        # First out of sight, so that a half-deleted folder is never taken for a snapshot.
        gone = self._folder / f"{_UNFINISHED}{version}"
        self._path(version).rename(gone)
        shutil.rmtree(gone)

    def _path(self, version: int) -> Path:
        return self._folder / f"{version:06d}"

    def _unknown(self, version: int) -> NotFound:
        return NotFound(
            f"there is no snapshot {version}",
            where=str(self._folder),
            expected=f"one of {self.versions()}",
            next_step="roll back to one of these: zhiyin rollback",
        )

    @contextmanager
    def _publishing(self) -> Iterator[None]:
        """Take the turn of the only publisher; the system gives it back when a process dies."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self._folder / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    @contextmanager
    def _answering(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise StoreError(
                str(error),
                where=str(self._folder),
                expected="a folder that can be written",
                next_step="check the disk and the rights on the folder",
            ) from error


def _sync(folder: Path) -> None:
    """Make names in a folder outlive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
