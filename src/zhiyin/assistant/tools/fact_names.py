"""What facts of items are called in the languages that service speaks."""

from __future__ import annotations

from collections.abc import Mapping

_NAMES: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "price": "价格", "brand": "品牌", "category": "类目", "type": "品类", "stock": "库存", "description": "介绍",
        "colour": "颜色", "color": "颜色", "material": "材质", "size": "尺码", "season": "季节", "scene": "场景",
        "audience": "适合", "weight": "重量", "capacity": "容量", "flavour": "口味", "origin": "产地", "power": "功率",
    },
    "en": {},
}  # fmt: skip


def fact_name(name: str, language: str) -> str:
    """Return what a fact is called; its own name where no other is known.

    >>> fact_name("material", "zh"), fact_name("material", "en"), fact_name("保质期", "zh")
    ('材质', 'material', '保质期')
    """
    return _NAMES[language].get(name, name)
