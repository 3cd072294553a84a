"""One snapshot as a folder: an ``.npy`` file for each array, and ``manifest.json``."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from zhiyin.errors import StoreError

FORMAT = 1
_MANIFEST = "manifest.json"
_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]*")
_NEXT_STEP = "go back to an earlier snapshot (zhiyin rollback) or train again (zhiyin train)"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A published set of arrays, as it was given; the arrays are read-only views of the files.

    >>> snapshot = Snapshot(3, datetime(2024, 1, 1, tzinfo=UTC), {}, {"weights": np.ones(2)})
    >>> snapshot["weights"].shape
    (2,)
    """

    version: int
    created: datetime
    manifest: Mapping[str, Any]
    arrays: Mapping[str, np.ndarray]

    def __getitem__(self, name: str) -> np.ndarray:
        return self.arrays[name]


def write_snapshot(
    folder: Path, arrays: Mapping[str, np.ndarray], manifest: Mapping[str, Any]
) -> None:
    """Write a snapshot's files into an empty folder, all the way to the disk.

    Raises:
        StoreError: a name cannot be a file's name, an array holds objects, or the manifest is not JSON.
    """
    files = {}
    for name, array in arrays.items():
        if not _NAME.fullmatch(name):
            raise StoreError(
                f"{name!r} cannot name an array", expected="letters, digits, '_', '-' and '.'"
            )
        files[f"{name}.npy"] = _write_array(folder / f"{name}.npy", np.asarray(array))
    content = {
        "format": FORMAT,
        "created": datetime.now(UTC).isoformat(),
        "manifest": dict(manifest),
        "files": files,
    }
    try:
        text = json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False)
    except (TypeError, ValueError) as error:
        raise StoreError(str(error), where="manifest", expected="JSON values") from error
    with (folder / _MANIFEST).open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def open_snapshot(folder: Path, version: int, *, verify: bool) -> Snapshot:
    """Open a snapshot's folder.

    Raises:
        StoreError: a file is missing, or has another size or checksum than when it was published.
    """
    created, manifest, files = read_manifest(folder)
    arrays = {
        name.removesuffix(".npy"): _read_array(folder / name, promised, verify=verify)
        for name, promised in files.items()
    }
    return Snapshot(version, created, manifest, arrays)


def read_manifest(
    folder: Path,
) -> tuple[datetime, dict[str, Any], dict[str, Mapping[str, Any]]]:
    """Return when a snapshot was published, what is remembered beside its arrays, and the ``bytes`` and ``sha256`` of its files.

    Raises:
        StoreError: that cannot be read, or is of another version.
    """
    path = folder / _MANIFEST
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        known = content["format"] == FORMAT
        created = datetime.fromisoformat(content["created"])
        manifest, files = dict(content["manifest"]), dict(content["files"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(
            f"cannot be read ({error})", where=str(path), expected="JSON", next_step=_NEXT_STEP
        ) from error
    if not known:
        raise StoreError(
            f"has the format {content['format']}",
            where=str(path),
            expected=f"format {FORMAT}",
            next_step="upgrade zhiyin, or train again (zhiyin train)",
        )
    return created, manifest, files


def _write_array(path: Path, array: np.ndarray) -> dict[str, object]:
    with path.open("w+b") as file:
        try:
            np.save(file, array, allow_pickle=False)
        except ValueError as error:
            raise StoreError(
                str(error), where=path.stem, expected="an array of numbers, flags or texts"
            ) from error
        file.flush()
        os.fsync(file.fileno())
        size = file.tell()
        file.seek(0)
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"bytes": size, "sha256": digest}


def _read_array(path: Path, promised: Mapping[str, Any], *, verify: bool) -> np.ndarray:
    try:
        size = path.stat().st_size
        if size != promised["bytes"]:
            raise _damaged(path, f"{size} bytes", f"{promised['bytes']} bytes")
        if verify:
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            if digest != promised["sha256"]:
                raise _damaged(path, f"sha256 {digest[:12]}…", f"{promised['sha256'][:12]}…")
        # As a plain array: each step of numpy on its own kind for mapped files costs a microsecond more.
        array: np.ndarray = np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _damaged(path, str(error), "the file as it was published") from error
    return array


def _damaged(path: Path, found: str, expected: str) -> StoreError:
    return StoreError(
        f"is damaged: {found}", where=str(path), expected=expected, next_step=_NEXT_STEP
    )
