"""What is told of a forgotten person, on paper as it were: JSON that a program can read, and that names nobody."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from zhiyin.core.erasable import Erased, Leaving
from zhiyin.core.times import from_us
from zhiyin.errors import InvalidRecord, StoreError
from zhiyin.privacy.pseudonyms import PLAIN, Pseudonyms, is_cover
from zhiyin.store.whole_file import whole_file

RECEIPTS = "forgotten"
"""The folder of a home that keeps the receipts."""
FORMAT = 1
_LONGEST_SALT = 64
"""Bytes of a key that BLAKE2b takes."""
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


def erased(told: dict[str, Any]) -> tuple[str, int]:
    """Return what tells one erasure from others, however the receipt names the person."""
    return str(told["salt"]), int(told["time_us"])


def turned(told: dict[str, Any], new: Pseudonyms, old: Pseudonyms = PLAIN) -> dict[str, Any]:
    """Return a receipt whose hash is covered as a store of pseudonyms has it, or not, as a store of ids has it.

    Raises:
        StoreError: it is covered, and there is no key to tell whom it names.
    """
    person = told["person"]
    if is_cover(person) and new.check is None and old.check is None:
        raise StoreError(
            "a receipt of somebody who was forgotten can be read only with the key of the pseudonyms",
            where=f"{RECEIPTS}/{told['time_us']}",
            expected="privacy.pseudonyms = true, and the key",
            next_step="set it, and turn the store over: zhiyin pseudonyms on",
        )
    if is_cover(person) and old.check is not None:
        [person] = old.uncover([person])
    return {**told, "person": person if is_cover(person) else new.cover([person])[0]}


def turn_folder(
    folder: Path, stored: Sequence[dict[str, Any]], old: Pseudonyms, new: Pseudonyms
) -> None:
    """Write the receipts of a folder as a store has them that was turned over; doing so again does no harm."""
    known = {erased(one): one for one in stored}
    for path in sorted(folder.glob("*.json")):
        told = _read(path)
        told = known.get(erased(told)) or turned(told, new, old)
        if keep(folder, told) != path:
            path.unlink()


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
