"""What people did, as far as others may hear of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from zhiyin.portraits.sensitive import is_blocked
from zhiyin.store.store import Store

_TOLD = ("title", "category")


class Discreet:
    """Reads what people did with items, without what they keep private and without goods that are nobody's business.

    >>> import tempfile
    >>> from zhiyin.core import Event, Item
    >>> from zhiyin.store.frames import frame
    >>> with tempfile.TemporaryDirectory() as folder, Store.open(f"{folder}/shop.db") as store:
    ...     _ = store.write("items", frame([Item("tea", title="Green tea"), Item("kit", title="HIV test kit")]))
    ...     _ = store.write("events", frame([Event("an", "tea", "purchase"), Event("an", "kit", "purchase")]))
    ...     Discreet(store)([0], ["purchase"], 0, undated=True)["item"].to_list()
    [0]
    """

    def __init__(self, store: Store) -> None:
        self._doings, self._goods = store.people.doings, store.people.goods

    def __call__(
        self, people: Iterable[int], types: Sequence[str], since_us: int, *, undated: bool = False
    ) -> pl.DataFrame:
        """Return columns person, item, type, value and time_us, newest first; see ``PeopleRead.doings``."""
        done = self._doings(people, types, since_us, undated=undated)
        known = self._goods(done["item"].unique().to_list())
        unsaid = [number for number, item in known.items() if is_delicate(item)]
        return done.filter(~pl.col("item").is_in(unsaid)) if unsaid else done


def is_delicate(item: Mapping[str, Any]) -> bool:
    """Return whether who bought an item is nobody's business, by what it is called in any language.

    Args:
        item: ``title``, ``category``, and ``translations`` as JSON, each of them or None.

    >>> is_delicate({"title": "E-7", "translations": '{"zh": {"title": "验孕棒"}}'}), is_delicate({"title": "Tea"})
    (True, False)
    """
    spoken = [item, *json.loads(item.get("translations") or "{}").values()]
    told = (said.get(name) for said in spoken if isinstance(said, Mapping) for name in _TOLD)
    return any(is_blocked("title", str(name)) for name in told if name)
