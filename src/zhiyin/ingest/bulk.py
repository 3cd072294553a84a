"""Records that a program sends: each judged alone, by the rules that a file's rows are judged by."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import polars as pl

from zhiyin.errors import nearest
from zhiyin.ingest.checking import WANTED, checked
from zhiyin.ingest.reading.chunk import is_text
from zhiyin.ingest.reasons import REUSED
from zhiyin.store.frames import defaults, json_text, mappings, schema
from zhiyin.store.store import Store
from zhiyin.store.writes import Written

_KEYS: Mapping[str, Sequence[str]] = {
    "items": ["id"],
    "users": ["id"],
    "ties": ["user", "other", "kind"],
    "posts": ["id"],
    "orders": ["user", "order_id", "item"],
    "documents": ["id", "language", "valid_from", "valid_to"],
}
"""What tells records apart where a later one changes the one before."""
_LANGUAGES = "an object of objects of texts"


@dataclass(frozen=True, slots=True)
class RejectedRecord:
    """A record that cannot be taken: its position, the field that is wrong (None: all of it), and why."""

    index: int
    field: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Received:
    """What became of records that were sent; `written` is None where none could be taken.

    >>> Received(None, [RejectedRecord(0, "price", "price: -5 is negative")]).rejected[0].field
    'price'
    """

    written: Written | None
    rejected: Sequence[RejectedRecord]


def receive(kind: str, records: Sequence[object], store: Store) -> Received:
    """Store the records that can be taken, in one transaction, and say of each other one why not.

    Sending the same records again changes nothing: an interaction without ``event_id`` and a post without ``id`` are
    told apart by their content, and where several records are about the same entity, the last value said of each
    field counts. Null says nothing and never erases.

    Args:
        kind: a key of `core.RECORDS`.
        records: (n,) decoded JSON; fields as in the noun, times as text, mappings as objects; items may have a
            ``price`` in whole units, as a number or a text, in the place of ``price_minor``. Of a text's marks one
            point is decimal (1.299), and 1/5/2024 is the fifth of January.
        store: where to.
    Raises:
        StoreUnavailable: the store does not answer; nothing is stored.
    """
    rejected: list[RejectedRecord] = []
    told: dict[int, dict[str, str]] = {}
    for index, record in enumerate(records):
        said = _said(kind, index, record)
        if isinstance(said, RejectedRecord):
            rejected.append(said)
        else:
            told[index] = said
    names = dict.fromkeys(name for said in told.values() for name in said)
    if not names:
        return Received(None, rejected)
    columns = {name: [said.get(name) for said in told.values()] for name in names}
    frame = pl.DataFrame(columns, schema=dict.fromkeys(names, pl.String))
    # Decided beforehand, so that no record changes what another one means.
    rows, reasons = checked(kind, frame, decimal_comma=False, day_first=False)
    for index, reason in zip(told, reasons, strict=True):
        if reason is not None:
            field = reason.replace(":", " ").partition(" ")[0]  # reasons start with their field
            rejected.append(RejectedRecord(index, field, reason))
    good = rows.filter(reasons.is_null())
    if good.is_empty():
        return Received(None, sorted(rejected, key=_place))
    merged = _merged(kind, good)
    written = store.write(kind, merged)
    places = [index for index, reason in zip(told, reasons, strict=True) if reason is None]
    rejected += [RejectedRecord(places[n], "event_id", REUSED) for n in written.reused]
    again = good.height - merged.height
    counted = replace(written, duplicates=written.duplicates + again)
    return Received(counted, sorted(rejected, key=_place))


def _place(record: RejectedRecord) -> int:
    return record.index


def _said(kind: str, index: int, record: object) -> dict[str, str] | RejectedRecord:
    """Return what a record says, as the texts that a file would have, without what says nothing."""
    if not isinstance(record, dict):
        return RejectedRecord(index, None, f"{_shown(record)} is not an object")
    wanted = _wanted(kind)
    said: dict[str, str] = {}
    for name, value in record.items():
        if name not in wanted:
            why = f"{_shown(name)} is no field of {kind}: {nearest(name[:100], wanted)}"
            return RejectedRecord(index, _shown(name)[1:-1], why)
        if value is None or value == {}:
            continue
        text = _text(name, value, wanted[name])
        if text is None:
            return RejectedRecord(index, name, f"{name}: {_shown(value)} is not {wanted[name]}")
        if not is_text(text):
            return RejectedRecord(index, name, f"{name} holds half a surrogate pair")
        said[name] = text
    return said or RejectedRecord(index, None, "the record says nothing")


@cache
def _wanted(kind: str) -> Mapping[str, str]:
    """Return each field that a record may have, and what its value must be."""
    wanted = {name: WANTED.get(dtype, "a text") for name, dtype in schema(kind).items()}
    wanted |= dict.fromkeys(mappings(kind), "an object")
    if "price_minor" in wanted:
        wanted["price"] = "a number"
    if kind == "items":
        wanted["translations"] = _LANGUAGES
    return wanted


def _text(name: str, value: object, wanted: str) -> str | None:
    """Return a JSON value as text, None where it is not what is wanted."""
    if isinstance(value, str):
        return value if wanted in ("a text", "a time") or name == "price" else None
    if isinstance(value, dict):
        return _object(value, wanted) if wanted.startswith("an object") else None
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return repr(value) if is_number and wanted.endswith("number") else None


def _object(value: dict[str, Any], wanted: str) -> str | None:
    if wanted == _LANGUAGES:
        is_fitting = all(
            isinstance(fields, dict) and all(isinstance(text, str) for text in fields.values())
            for fields in value.values()
        )
        if not is_fitting:
            return None
    try:
        return json_text(value)
    except RecursionError:
        return None


def _shown(value: object) -> str:
    """Return a JSON value as it may be quoted: short, and nothing that UTF-8 cannot say."""
    if isinstance(value, dict | list):
        return "[…]" if isinstance(value, list) else "{…}"
    text = json.dumps(value[:40] if isinstance(value, str) else value, ensure_ascii=False)
    return text.encode("utf-8", "replace").decode()


def _merged(kind: str, rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with those about the same entity made one."""
    keys = _KEYS.get(kind)
    if keys is None:
        return rows
    meant = {name: value for name, value in defaults(kind).items() if name in keys}
    filled = rows.with_columns(pl.col(name).fill_null(value) for name, value in meant.items())
    is_named = pl.all_horizontal(pl.col(keys).is_not_null())
    named = filled.filter(is_named)
    if not named.select(keys).is_duplicated().any():
        return rows
    one_each = named.group_by(keys, maintain_order=True).agg(pl.all().drop_nulls().last())
    return pl.concat([one_each.select(rows.columns), filled.filter(~is_named)])
