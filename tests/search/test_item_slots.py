"""Values of items are the same however they came: at once, one after another, or out of a snapshot."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiyin.core import Item
from zhiyin.search import item_slots
from zhiyin.search.base_index import BaseIndex
from zhiyin.search.item_slots import NO_PRICE, ItemSlots
from zhiyin.search.live_index import LiveIndex
from zhiyin.store.frames import frame
from zhiyin.store.store import Store

_COLOURS, _WHO = ("red", "红色", "blue"), ("women", "all", None)


def _row(number: int, colour: str, who: str | None, price: int | None) -> dict[str, Any]:
    attributes = json.dumps({"colour": colour} | ({"audience": who} if who else {}))
    return {
        "number": number, "revision": number + 1, "title": "跑步鞋", "brand": "Lu", "category": None, "translations": None,
        "attributes": attributes, "price_minor": price, "currency": "CNY",
    }  # fmt: skip


_ROWS = st.lists(
    st.builds(
        _row, st.integers(0, 5), st.sampled_from(_COLOURS), st.sampled_from(_WHO),
        st.sampled_from([None, 5, 900]),
    ), min_size=1, max_size=8,
)  # fmt: skip


@given(_ROWS)
def test_one_after_another_is_as_all_at_once(rows: list[dict[str, Any]]) -> None:
    latest = {row["number"]: row for row in rows}
    at_once, later = ItemSlots().after(latest.values()), ItemSlots()
    for row in rows:
        later = later.after([row])
    for one in (
        later,
        ItemSlots.from_arrays(at_once.arrays()),
        ItemSlots.from_arrays(later.arrays()),
    ):
        for name, values in (
            ("colour", _COLOURS),
            ("audience", ("women", "men")),
            ("brand", ("lu",)),
        ):
            for value in values:
                assert one.has(name, [value]).tolist() == at_once.has(name, [value]).tolist()
                assert one.lacks(name, value).tolist() == at_once.lacks(name, value).tolist()
        assert one.price_minor.tolist() == at_once.price_minor.tolist()
    red = [
        number in latest and "blue" not in latest[number]["attributes"]
        for number in range(later.price_minor.size)
    ]
    assert later.has("colour", ["红色"]).tolist() == red


def test_who_looks_at_the_old_sees_no_change() -> None:
    before = ItemSlots().after([_row(0, "red", None, 5)])
    after = before.after([_row(0, "blue", None, None), _row(2, "red", None, 7)])
    assert before.has("colour", ["red"]).tolist() == [True]
    assert after.has("colour", ["red"]).tolist() == [False, False, True]
    assert after.price_minor.tolist() == [NO_PRICE, NO_PRICE, 7]
    assert (before.revision, after.revision) == (1, 3)


def test_a_snapshot_is_opened_without_reading_items(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open(tmp_path / "shop.db") as store:
        store.write(
            "items", frame([Item("a", title="红色跑步鞋", brand="Zenwick"), Item("b", title="cup")])
        )
        kept = BaseIndex.of(store).arrays()
        read: list[int] = []
        slots_of = item_slots._Reader.slots
        monkeypatch.setattr(item_slots._Reader, "slots", lambda self, row: read.append(row["number"]) or slots_of(self, row))  # fmt: skip
        index = LiveIndex(store, kept=kept)
        assert index.slots.has("colour", ["red"]).tolist() == [True, False]
        assert read == []
        store.write("items", frame([Item("b", title="Zenwick red cup")]))
        index.refresh()
        assert index.slots.has("colour", ["red"]).tolist() == [True, True]
        assert index.slots.has("brand", ["zenwick"]).tolist() == [True, True]
        index.rebuild()
        assert np.flatnonzero(index.slots.has("brand", ["zenwick"])).tolist() == [0, 1]
        assert read == [1]
        index.close()
