"""A report's file: refused before the long work where it cannot be written, and seen only when it is whole."""

from __future__ import annotations

import secrets
from pathlib import Path

from zhiyin.errors import StoreError


def refuse_unwritable(path: Path) -> None:
    """Raise StoreError where no file of that name can be written; what is there stays as it is."""
    if path.exists() and not path.is_file():
        raise _refused(path, "this is a folder" if path.is_dir() else "this is no regular file")
    try:
        trace = _beside(path)
        trace.touch(exist_ok=False)
        trace.unlink()
    except OSError as error:
        raise _refused(path, error.strerror or str(error)) from error


def write_whole(path: Path, text: str) -> None:
    """Write a text file so that others see the old one or the new one, and nothing between."""
    unfinished = _beside(path)
    try:
        unfinished.write_text(text, encoding="utf-8")
        unfinished.replace(path.resolve())
    finally:
        unfinished.unlink(missing_ok=True)


def _beside(path: Path) -> Path:
    target = path.resolve()  # a link is followed, so that what it leads to is replaced
    return target.with_name(f".{target.name[:100]}.{secrets.token_hex(4)}")


def _refused(path: Path, what: str) -> StoreError:
    return StoreError(
        what,
        where=str(path),
        expected="a file that can be written, in a folder that is there",
        next_step="name another file, or make the folder",
    )
