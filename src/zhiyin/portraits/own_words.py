"""What a person wrote that still holds, with the post and the words that say so."""

from __future__ import annotations

from typing import NamedTuple

import polars as pl

from zhiyin.core import Kind
from zhiyin.portraits.removed import Removed
from zhiyin.portraits.sensitive import is_blocked
from zhiyin.portraits.statement import statement_id
from zhiyin.store.store import Store

_POST = "post:"
_QUOTED = 60  # characters of a post that are repeated
_NEWEST = 200  # facts that are looked at


class Saying(NamedTuple):
    """One thing that was read of a person.

    Attributes:
        name: of the fact, such as ``likes``.
        value: of the fact.
        source: where it was read, such as ``post:p7``; empty where the shop told it.
        span: the words that say it.
        time_us: when it was written; None where that is not known.
    """

    name: str
    value: str
    source: str
    span: str
    time_us: int | None


class OwnWords:
    """Reads what people wrote of themselves, as it is stored at this moment.

    >>> import tempfile
    >>> from zhiyin.core.records import Fact
    >>> from zhiyin.store.frames import frame
    >>> with tempfile.TemporaryDirectory() as folder, Store.open(f"{folder}/shop.db") as store:
    ...     told = [Fact("an", name, value, "person") for name, value in (("interest", "tea"), ("illness", "flu"))]
    ...     _ = store.write("facts", frame(told))
    ...     [one.value for one in OwnWords(store).of(0, 0)]
    ['tea']
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._removed = Removed(store)

    def of(self, person: int, now_us: int) -> list[Saying]:
        """Return what holds, newest first, without what the person removed and what is nobody's business."""
        facts = self._store.mined.of(Kind.PERSON, person).filter(
            (pl.col("time_us").is_null() | (pl.col("time_us") <= now_us))
            & (pl.col("expires_us").is_null() | (pl.col("expires_us") > now_us))
        )
        removed = self._removed.of(person)
        columns = facts.head(_NEWEST).select("name", "value", "source", "span", "time_us")
        return [
            Saying(name, value, source or "", span or "", time_us)
            for name, value, source, span, time_us in columns.iter_rows()
            if statement_id(name, value) not in removed
            and not is_blocked(name, value)
            and not is_blocked(name, span or "")
        ]

    def is_negative(self, source: str) -> bool:
        """Return whether a post as a whole feels negative."""
        number = self._post(source)
        facts = pl.DataFrame() if number < 0 else self._store.mined.of(Kind.POST, number)
        return any(
            name == "sentiment" and value == "negative"
            for name, value in (facts.select("name", "value").iter_rows() if facts.height else ())
        )

    def quoted(self, saying: Saying) -> tuple[int, str]:
        """Return the number of a saying's post, -1 for none, and the words of it to repeat to the person.

        Of a long post only what stands around the span is repeated, and only the span where there is something in it that
        is nobody's business.
        """
        number = self._post(saying.source)
        text = self._store.people.wrote([number]).get(number, {}).get("text") if number >= 0 else ""
        return number, _excerpt(text or "", saying.span)

    def _post(self, source: str) -> int:
        if not source.startswith(_POST):
            return -1
        number = self._store.number(Kind.POST, source.removeprefix(_POST))
        return -1 if number is None else number


def _excerpt(text: str, span: str) -> str:
    at = max(text.find(span), 0)
    start = max(0, at - (_QUOTED - len(span)) // 2) if len(text) > _QUOTED else 0
    part = text[start : start + _QUOTED]
    if is_blocked("text", part):
        return span[:_QUOTED]
    cut = " ".join(part.split())
    return f"{'…' if start else ''}{cut}{'…' if start + _QUOTED < len(text) else ''}"
