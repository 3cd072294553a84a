"""What was understood of a search, and what was given up, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

_NAMES = {
    "en": {
        "brand": "brand", "category": "category", "colour": "colour", "size": "size", "material": "material",
        "audience": "audience", "season": "season", "price": "price", "wish": "price",
    },
    "zh": {
        "brand": "品牌", "category": "类目", "colour": "颜色", "size": "尺寸", "material": "材质",
        "audience": "人群", "season": "季节", "price": "价格", "wish": "价格",
    },
}  # fmt: skip
_SAID = {
    "en": {
        "support": "This is a question for the customer service.", "understood": "Understood: {}", "without": "without {}",
        "meant": "“{}” read as “{}”", "relaxed": "Too little was found, so this no longer holds: {}",
        "wider": "{} (20 % wider)", "between": "; ",
    },
    "zh": {
        "support": "这是客服问题。", "understood": "理解为：{}", "without": "不含{}", "meant": "“{}”按“{}”查找",
        "relaxed": "符合的商品太少，已放宽：{}", "wider": "{}（放宽20%）", "between": "；",
    },
}  # fmt: skip


def understood_text(document: Mapping[str, Any], language: str) -> str:
    """Return what was understood of a search beside its words, "" for nothing.

    Args:
        document: of ``search_document``.
        language: ``zh`` or ``en``.
    """
    said, read = _SAID[language], document["understanding"]
    if read["intent"] == "support":
        return said["support"]
    query = document["query"]
    told = [
        f"{_named(slot['name'], language)} {slot['value']}"
        for slot in read["slots"]
        if not slot["excluded"]
    ]
    if price := read["price"]:
        told.append(f"{_named('price', language)} {query[price['start'] : price['end']]}")
    told += [said["without"].format(one["said"]) for one in read["exclusions"]]
    told += [said["meant"].format(one["said"], one["meant"]) for one in read["corrections"]]
    return said["understood"].format(said["between"].join(told)) if told else ""


def relaxed_text(relaxed: Sequence[Mapping[str, Any]], language: str) -> str:
    """Return what was given up, "" for nothing.

    >>> relaxed_text([{"name": "colour", "said": ["red"]}], "en")
    'Too little was found, so this no longer holds: colour red'
    """
    said = _SAID[language]
    told = []
    for one in relaxed:
        words = " ".join([_named(one["name"], language), *one["said"]])
        told.append(said["wider"].format(words) if one["name"] == "price" else words)
    return said["relaxed"].format(said["between"].join(told)) if told else ""


def _named(name: str, language: str) -> str:
    return _NAMES[language].get(name, name)
