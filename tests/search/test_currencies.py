"""A shop that sells in yen, which has no smaller unit, and shows ¥ for it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from zhiyin import Shop
from zhiyin.core import Item
from zhiyin.store.frames import frame

NOW = datetime(2026, 5, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "query", ["cup under ¥3000", "cup 3000円以下", "cup 3000以内", "cup under 3000 yen"]
)
def test_prices_without_a_smaller_unit_are_held(query: str, tmp_path: Path) -> None:
    with Shop.open(tmp_path) as shop:
        goods = [
            Item(f"cup{price}", title="Tea cup", price_minor=price, currency="JPY")
            for price in (1000, 2000, 2900, 3100, 5000, 90_000)
        ]
        shop.store.write("items", frame(goods))
        found = shop.searching.find(query, "search", NOW)
        keys = {shop.catalogue.key(number) for number in found.hits.numbers.tolist()}
        assert (keys, found.relaxed) == ({"cup1000", "cup2000", "cup2900"}, ())
