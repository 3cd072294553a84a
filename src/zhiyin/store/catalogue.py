"""The shop's items as arrays by item number, kept up to date with the store."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from zhiyin.core import NO_TIME, Kind
from zhiyin.store.store import Store


class Catalogue:
    """Answers what requests need to know about items, without asking the database for each.

    `refresh` reads what changed since the last time. An item number at or above the catalogue's length is new since
    then: it counts as available, without category, brand or time.

    >>> import tempfile
    >>> from zhiyin.core import Item
    >>> from zhiyin.store.frames import frame
    >>> with tempfile.TemporaryDirectory() as folder, Store.open(f"{folder}/shop.db") as store:
    ...     _ = store.write("items", frame([Item("tea", title="Green tea", stock=0), Item("pot")]))
    ...     Catalogue(store).in_stock(np.array([0, 1])).tolist()
    [False, True]
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._revision = -1
        self._keys: list[str | None] = []
        self._titles: list[str | None] = []
        self._translations: dict[int, str] = {}
        self._codes: dict[tuple[str, str], int] = {}
        self._values: list[str] = []
        self._columns = _Columns()
        self._attributes: dict[str, NDArray[np.int64]] = {}
        self.refresh()

    def __len__(self) -> int:
        return len(self._columns.in_stock)

    @property
    def revision(self) -> int:
        """The revision of the last change to an item that is taken in; -1 before the first."""
        return self._revision

    def refresh(self) -> None:
        """Read the items that were inserted or changed since the last refresh."""
        with self._lock:
            changed = self._store.entities_since(Kind.ITEM, self._revision)
            if changed.height:
                self._take_in(changed)

    def follow(self, *names: str) -> None:
        """Keep what items have as some attributes, for `group`; one pass over the items for those not kept yet."""
        with self._lock:
            new = [name for name in names if name not in (*self._attributes, *_FIELDS)]
            if new:
                none = dict.fromkeys(new, np.empty(0, np.int64))
                items = self._store.entities_since(Kind.ITEM, -1)
                self._attributes |= self._attributed(none, items)

    def _attributed(
        self, known: dict[str, NDArray[np.int64]], changed: pl.DataFrame
    ) -> dict[str, NDArray[np.int64]]:
        """Return the codes of attributes with those of changed items in them."""
        if not known or not changed.height:
            return known
        numbers, size = changed["number"].to_numpy(), int(changed["number"].max()) + 1  # type: ignore[arg-type]
        said = [json.loads(text or "{}") for text in changed["attributes"].to_list()]
        found = {}
        for name, codes in known.items():
            found[name] = _grown(codes, max(size, len(codes)), -1)
            values = pl.Series(name, [_text(one.get(name)) for one in said], pl.String)
            found[name][numbers] = self._coded(name, values.to_frame())
        return found

    def _take_in(self, changed: pl.DataFrame) -> None:
        numbers = changed["number"].to_numpy()
        size = max(len(self), int(numbers.max()) + 1)
        for texts in (self._keys, self._titles):
            texts.extend([None] * (size - len(texts)))
        said = changed.select("number", "id", "title", "translations")
        for number, key, title, translations in said.iter_rows():
            self._keys[number], self._titles[number] = key, title
            if translations is None:
                self._translations.pop(number, None)
            else:
                self._translations[number] = translations
        old = self._columns
        created = _grown(old.created_us, size, NO_TIME)
        created[numbers] = changed["created"].dt.epoch("us").fill_null(NO_TIME).to_numpy()
        in_stock = _grown(old.in_stock, size, True)
        in_stock[numbers] = (changed["stock"].fill_null(1) > 0).to_numpy()
        category, brand = _grown(old.category, size, -1), _grown(old.brand, size, -1)
        category[numbers] = self._coded("category", changed)
        brand[numbers] = self._coded("brand", changed)
        known = np.flatnonzero(created != NO_TIME)
        newest = known[np.argsort(-created[known], kind="stable")]
        self._attributes = self._attributed(self._attributes, changed)
        # One assignment, so that a request sees either all of the change or nothing of it.
        self._columns = _Columns(in_stock, created, category, brand, newest, -created[newest])
        self._revision = max(self._revision, *changed["revision"].to_list())

    def _coded(self, field: str, changed: pl.DataFrame) -> list[int]:
        values: list[str | None] = changed[field].to_list()
        for value in values:
            if value is not None and (field, value) not in self._codes:
                self._values.append(value)
                self._codes[field, value] = len(self._codes)
        return [-1 if value is None else self._codes[field, value] for value in values]

    def in_stock(self, ids: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return (n,) bool, false where an item's stock is 0."""
        return _looked_up(self._columns.in_stock, ids, True)

    def created_us(self, ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return (n,) int64 microseconds since 1970 UTC at which items were listed, or ``NO_TIME``."""
        return _looked_up(self._columns.created_us, ids, NO_TIME)

    def category(self, ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return (n,) int64, equal for items of one category, -1 for none."""
        return _looked_up(self._columns.category, ids, -1)

    def brand(self, ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return (n,) int64, equal for items of one brand, -1 for none."""
        return _looked_up(self._columns.brand, ids, -1)

    def group(self, name: str, ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return (n,) int64, equal for items with the same ``brand``, ``category`` or attribute, -1 for none.

        An attribute is known once `follow` was told of it; of a list the first value counts.
        """
        if name in _FIELDS:
            return _looked_up(getattr(self._columns, name), ids, -1)
        return _looked_up(self._attributes.get(name, np.empty(0, np.int64)), ids, -1)

    def code(self, name: str, value: str) -> int:
        """Return the number that `group` gives to a value, -1 when no item has it; no two values have the same."""
        return self._codes.get((name, value), -1)

    def value(self, code: int) -> str:
        """Return the value that a number of `group`, `category` or `brand` stands for."""
        return self._values[code]

    def newest(self, limit: int, now_us: int) -> NDArray[np.int64]:
        """Return at most `limit` item numbers listed at or before `now_us`, newest first."""
        columns = self._columns
        start = int(np.searchsorted(columns.newest_age, -now_us, side="left"))
        return columns.newest[start : start + limit]

    def untimed(self, first: int) -> NDArray[np.int64]:
        """Return the items numbered `first` or above that have a title and no known time, newest first."""
        titles = self._titles
        numbers = [n for n in range(len(titles) - 1, first - 1, -1) if titles[n]]
        found = np.array(numbers, np.int64)
        is_untimed = self.created_us(found) == NO_TIME
        return np.compress(is_untimed, found)

    def key(self, number: int) -> str:
        """Return an item's id at the edge."""
        known = self._keys[number] if number < len(self._keys) else None
        return self._store.keys(Kind.ITEM, [number])[0] if known is None else known

    def title(self, number: int, language: str = "") -> str | None:
        """Return an item's title, in `language` where the shop gave one; None where there is none."""
        title = self._titles[number] if number < len(self._titles) else None
        if translations := self._translations.get(number):
            title = json.loads(translations).get(language, {}).get("title") or title
        return title


_FIELDS = ("category", "brand")


def _text(value: Any) -> str | None:
    first = value[0] if isinstance(value, list) and value else value
    return str(first) if isinstance(first, str | int | float) else None


@dataclass(frozen=True, slots=True, eq=False)
class _Columns:
    in_stock: NDArray[np.bool_] = field(default_factory=lambda: np.ones(0, bool))
    created_us: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
    category: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
    brand: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
    newest: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
    newest_age: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))


def _grown(array: NDArray[Any], size: int, filling: Any) -> NDArray[Any]:
    grown = np.full(size, filling, array.dtype)
    grown[: len(array)] = array
    return grown


def _looked_up(array: NDArray[Any], ids: NDArray[np.int64], missing: Any) -> NDArray[Any]:
    is_known = ids < len(array)
    return (
        np.where(is_known, array[np.where(is_known, ids, 0)], missing)
        if len(array)
        else np.full(len(ids), missing, array.dtype)
    )
