"""How far an import came: kept in the store, in the same transaction as what it speaks of."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from zhiyin.store.store import Store


@dataclass(frozen=True, slots=True)
class Watermark:
    """What an import has stored.

    Attributes:
        batches: how many, in the order the format yields them.
        rows: read in them.
        accepted: name of each kind of record to how many are new or changed.
        duplicates: rows that said nothing new.
        rejected: rows in the quarantine.
        quarantine: name of the quarantine's file, empty when there is none.
        quarantine_bytes: how much of that file belongs to these batches.
        seconds: spent on them.
    """

    batches: int = 0
    rows: int = 0
    accepted: Mapping[str, int] = field(default_factory=dict)
    duplicates: int = 0
    rejected: int = 0
    quarantine: str = ""
    quarantine_bytes: int = 0
    seconds: float = 0.0

    def text(self) -> str:
        """Return it as the store keeps it."""
        return json.dumps(asdict(self))


def job_key(form: str, paths: Sequence[Path], options: str) -> str:
    """Return under which key of the store's state an import keeps its watermark.

    It is another one when a file's size or time of change, the options or this version differ: then the import starts at its
    beginning, and rows stored before are known by their ids.

    Args:
        form: name of the format.
        paths: files and folders.
        options: of the format, as text.
    """
    parts = [version("zhiyin"), form, options, *(said for path in paths for said in _files(path))]
    return "import:" + sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()[:32]


def read_watermark(store: Store, key: str) -> Watermark:
    """Return how far the import of a key came; a new one when it never began or is finished."""
    text = store.get_state(key)
    return Watermark(**json.loads(text)) if text else Watermark()


def _files(path: Path) -> Iterable[str]:
    inside = sorted(path.rglob("*")) if path.is_dir() else [path]
    for file in inside:
        if file.is_file():
            about = file.stat()
            yield f"{file.resolve()} {about.st_size} {about.st_mtime_ns}"
