"""Whether the home folder can be used: rights, space, secrets, and what a killed process left."""

from __future__ import annotations

import fcntl
import os
import re
import stat
import time
from pathlib import Path
from typing import TYPE_CHECKING

from zhiyin.errors import NotFound, StoreError, ZhiyinError

if TYPE_CHECKING:
    from zhiyin.settings import Settings

LEAST_FREE_BYTES = 64 << 20
"""With less a batch of events, or the log beside the database, may find no place."""
_LITTLE_BYTES = 1 << 30
_LITTLE_SHARE = 0.02
_OF_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_ENTERED_BY_OTHERS = stat.S_IXGRP | stat.S_IXOTH
_READ_BY_OTHERS = stat.S_IRGRP | stat.S_IROTH
_PASSWORD = re.compile(rb"://[^/\s:@]*:[^/\s@]+@")
_LEFT = (".*.key.*", "snapshots/.unfinished-*", "snapshots/CURRENT.new")
_RECENT_S = 60.0
"""What is younger may be somebody's at work."""


def folder(home: Path) -> str | ZhiyinError:
    """Return where the home folder is, or which files of people's data in it others than its owner may read.

    Raises:
        StoreError: it is not there, is no folder, or cannot be written.
    """
    if not home.is_dir():
        raise NotFound(
            "no shop is in this folder" if not home.exists() else "this is no folder",
            where=str(home),
            expected="the home folder of a shop",
            next_step="zhiyin init makes one; zhiyin --home DIR names another",
        )
    closed = [path for path in (home, home / "snapshots") if path.exists() and not _is_open(path)]
    if closed:
        raise StoreError(
            "this user may not write there",
            where=", ".join(map(str, closed)),
            expected="a folder that this user may read, write and enter",
            next_step=f"run as its owner, or chown -R {_user()} it",
        )
    open_to_all = [
        path
        for path in sorted(home.glob("shop.db*"))
        if home.stat().st_mode & _ENTERED_BY_OTHERS and path.stat().st_mode & _READ_BY_OTHERS
    ]
    if open_to_all:
        return StoreError(
            "others than its owner may read people's data",
            where=", ".join(map(str, open_to_all)),
            expected="rights of its owner alone",
            next_step=f"chmod 700 {home}",
        )
    return str(home.resolve())


def disk(home: Path) -> str | ZhiyinError:
    """Return what is free on the disk of the home folder.

    Raises:
        StoreError: the space or the number of files is used up.
    """
    found = os.statvfs(home)
    free, files = found.f_bavail * found.f_frsize, found.f_favail
    share = files / found.f_files if found.f_files else 1.0  # some file systems make them as needed
    said = f"{free / 1e9:.1f} GB and {files:,} files are free"
    error = StoreError(
        said if found.f_files else f"{free / 1e9:.1f} GB are free",
        where=str(home),
        expected=f"{LEAST_FREE_BYTES >> 20} MB at least, and a gigabyte and 2 % of the files for a quiet night",
        next_step="free some space, or move the home folder to a larger disk",
    )
    if free < LEAST_FREE_BYTES or not share:
        raise error
    return error if free < _LITTLE_BYTES or share < _LITTLE_SHARE else said


def secrets(home: Path, settings: Settings | None) -> str:
    """Return how many files hold secrets: keys, and settings that name a database with its password.

    Raises:
        StoreError: others than their owner may read one.
    """
    found = {*home.glob("*.key")}
    if settings is not None and settings.privacy.key_file:
        found |= {home / settings.privacy.key_file}
    found |= {path for path in home.glob("zhiyin*.toml") if _PASSWORD.search(path.read_bytes())}
    told = sorted(path for path in found if path.exists() and path.stat().st_mode & _OF_OTHERS)
    if told:
        raise StoreError(
            "others than its owner may read this secret",
            where=", ".join(map(str, told)),
            expected="rights of its owner alone",
            next_step=f"chmod 600 {' '.join(map(str, told))}; if others use this machine, make new ones",
        )
    return f"{len(found)} files, read by their owner alone" if found else "no files"


def leftovers(home: Path) -> str | ZhiyinError:
    """Return that nothing is left of processes that were killed, or what is."""
    lock = home / "snapshots" / ".lock"
    if lock.exists() and _is_held(lock):
        return "a training publishes just now"
    before = time.time() - _RECENT_S
    found = sorted(
        path for pattern in _LEFT for path in home.glob(pattern) if path.stat().st_mtime < before
    )
    if not found:
        return "nothing"
    return StoreError(
        f"{len(found)} files or folders are left of what was killed",
        where=", ".join(map(str, found[:3])),
        expected="none",
        next_step="zhiyin train removes those of snapshots; delete others when nothing runs",
    )


def _is_open(path: Path) -> bool:
    return os.access(path, os.R_OK | os.W_OK | os.X_OK)


def _is_held(lock: Path) -> bool:
    with lock.open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def _user() -> str:
    from getpass import getuser

    try:
        return getuser()
    except (OSError, KeyError):
        return "USER"
