"""What is told of a forgotten person, on paper as it were: JSON that a program can read, and that names nobody."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from zhiyin.core.erasable import Erased, Leaving
from zhiyin.core.times import from_us
from zhiyin.errors import InvalidRecord
from zhiyin.store.whole_file import whole_file

RECEIPTS = "forgotten"
"""The folder of a home that keeps the receipts."""
FORMAT = 1
_OTHERS = (
    "dumps, exports and backups taken before still hold the person: delete them, or restore them only into a home "
    "that has this receipt in its folder forgotten, where the shop erases the person again",
    "logs of proxies and of other systems, and what was sent to other services, are not the shop's to erase",
)


def receipt(
    person: Leaving,
    salt: str,
    time_us: int,
    done: Sequence[Erased],
    *,
    snapshots: Sequence[int],
    weights: str,
    is_again: bool,
) -> dict[str, Any]:
    """Return a receipt as JSON values.

    Args:
        person: who is gone.
        salt: the key of the hash in the place of the id.
        time_us: when, in microseconds since 1970 UTC.
        done: by the holders.
        snapshots: versions that could not be freed of the person.
        weights: what became of what was learned: ``trained``, ``refitted`` or ``none``.
        is_again: whether the person came back out of an old copy and was erased again.
    """
    return {
        "format": FORMAT,
        "person": person.pseudonym,
        "salt": salt,
        "time": from_us(time_us).isoformat(),
        "time_us": time_us,
        "again": is_again,
        "rows": sum(one.rows for one in done),
        "holders": [one._asdict() for one in done],
        "weights": weights,
        "snapshots_holding": list(snapshots),
        "others": list(_OTHERS),
    }


def keep(folder: Path, told: dict[str, Any]) -> Path:
    """Write a receipt into a folder, made where there is none; only its owner may read it."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"{told['time_us']}-{told['person'][:12]}.json"
    with whole_file(path, replaces=True) as file:
        file.write(json.dumps(told, ensure_ascii=False, indent=1).encode())
    return path


def kept(folder: Path) -> list[dict[str, Any]]:
    """Return the receipts of a folder, the oldest first.

    Raises:
        InvalidRecord: a file is no receipt.
    """
    return [_read(path) for path in sorted(folder.glob("*.json"))] if folder.is_dir() else []


def _read(path: Path) -> dict[str, Any]:
    try:
        told = json.loads(path.read_text("utf-8"))
        if told["format"] != FORMAT or len(bytes.fromhex(told["salt"])) > _LONGEST_SALT:
            raise ValueError("it is of another format")
        return {**told, "person": str(told["person"]), "time_us": int(told["time_us"])}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InvalidRecord(
            f"this is no receipt: {error}",
            where=str(path),
            expected="what zhiyin forget wrote",
            next_step="bring back the file, or take it away and forget the person again",
        ) from error


_LONGEST_SALT = 64
