"""What no shop's records can say: impossible quantities, ratings, prices, and texts without end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from functools import cache

import polars as pl

from zhiyin.core.order import STATUSES
from zhiyin.ingest.reasons import Flaw
from zhiyin.ingest.values.times import EARLIEST
from zhiyin.store.batches import INDEXED, LONGEST_INDEXED_BYTES
from zhiyin.store.frames import TIME, schema

MOST_MINOR_UNITS = 10**12
"""No price is more: ten billion of a currency with cents."""
MOST_PIECES = 1_000_000
"""A quantity is less."""
_CLOCK_SKEW = timedelta(days=1)
_MAY_COME = ("expires", "valid_from", "valid_to")
_LONGEST_ID = 512
_LONGEST_TEXT = 1_000_000
# The widest scales in use: from -10 to 10 (jokes), and percent. Stars, thumbs (-1 to 1) and marks of ten fit in.
_LOWEST_RATING, _HIGHEST_RATING = -10, 100
_IDS = (
    "user", "other", "item", "subject", "id", "conversation", "event_id", "request_id", "order_id",
)  # fmt: skip
_COUNTED = ("purchase", "cart")
_ALLOWED: Mapping[str, tuple[str, ...]] = {
    "target": ("item", "post"),
    "subject_kind": ("item", "post", "person"),
    "role": ("shopper", "agent"),
    "status": STATUSES,
}
_MOST: Mapping[str, int] = {
    "price_minor": MOST_MINOR_UNITS,
    "total_minor": MOST_MINOR_UNITS,
    "quantity": MOST_PIECES,
    "stock": 10**9,
    "confidence": 1,
    "rating": _HIGHEST_RATING,
}
# Distrust is a tie, too.
_LEAST: Mapping[str, int] = {"strength": -1, "rating": _LOWEST_RATING, "quantity": 1}
_NOT_NEGATIVE = ("price", "price_minor", "total_minor", "stock", "confidence")
_SPELLED: Mapping[str, tuple[str, str]] = {
    "currency": (r"^[A-Z]{3}$", "a currency's three letters, such as CNY"),
    "language": (
        r"^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$",
        "a language's tag, such as zh, en or pt-BR",
    ),
}


def field_flaws(kind: str, name: str, now: datetime) -> Iterator[Flaw]:
    """Yield the flaws that a value of a field may have, whatever else its row says.

    Args:
        kind: a key of `core.RECORDS`.
        name: a field of the noun, or ``price``.
        now: what is more than a day later is in the future.
    """
    value = pl.col(name)
    dtype = schema(kind).get(name, pl.Float64())
    if dtype == pl.String():
        yield Flaw(name, value.str.contains("\0", literal=True), f"{name} holds a NUL")
        longest = _LONGEST_ID if name in _IDS else _LONGEST_TEXT
        is_long = value.str.len_chars() > longest
        yield Flaw(name, is_long, f"{name}: {{}}… is longer than {longest:,} characters")
        if name in INDEXED:
            is_long = value.str.len_bytes() > LONGEST_INDEXED_BYTES
            what = f"{name}: {{}}… is longer than {LONGEST_INDEXED_BYTES:,} bytes in UTF-8"
            yield Flaw(name, is_long, what)
        if name in _IDS:
            is_nested = value.str.contains(r"^[\[{]")
            yield Flaw(name, is_nested, f"{name}: {{}} is a list or an object, no id")
    if dtype == TIME:
        latest = now + _CLOCK_SKEW
        yield Flaw(name, value < EARLIEST, f"{name}: {{}} is too long ago")
        if name not in _MAY_COME:
            yield Flaw(name, value > latest, f"{name}: {{}} is in the future")
    if name in _NOT_NEGATIVE:
        yield Flaw(name, value < 0, f"{name}: {{}} is negative")
    if name in _LEAST:
        yield Flaw(name, value < _LEAST[name], f"{name}: {{}} is less than {_LEAST[name]}")
    if name in _MOST:
        yield Flaw(name, value > _MOST[name], f"{name}: {{}} is more than {_MOST[name]:,}")
    if name in _ALLOWED:
        allowed = _ALLOWED[name]
        yield Flaw(name, ~value.is_in(allowed), f"{name}: {{}} is none of {', '.join(allowed)}")
    if name in _SPELLED:
        pattern, wanted = _SPELLED[name]
        yield Flaw(name, ~value.str.contains(pattern), f"{name}: {{}} is not {wanted}")


@cache
def row_flaws(kind: str) -> tuple[Flaw, ...]:
    """Return the flaws that only several fields show: whether a value is a quantity or a rating depends on the type.

    Args:
        kind: a key of `core.RECORDS`.
    """
    if kind == "documents":
        what = "kind: {} is neither faq nor policy"
        is_over = pl.col("valid_to") <= pl.col("valid_from")
        return (
            Flaw("kind", ~pl.col("kind").is_in(["faq", "policy"]), what),
            Flaw("valid_to", is_over, "valid_to: {} is not after valid_from"),
        )
    if kind != "events":
        return ()
    value, is_counted = pl.col("value"), pl.col("type").is_in(_COUNTED)
    is_quantity = (value > 0) & (value < MOST_PIECES)
    reason = f"value: {{}} is no quantity (above 0, below {MOST_PIECES:,})"
    no_quantity = Flaw("value", is_counted & ~is_quantity, reason)
    is_off = (pl.col("type") == "rating") & ~value.is_between(_LOWEST_RATING, _HIGHEST_RATING)
    reason = f"value: {{}} is no rating ({_LOWEST_RATING} to {_HIGHEST_RATING})"
    return no_quantity, Flaw("value", is_off, reason)
