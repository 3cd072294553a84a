"""What was understood of a search, and what was given up, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from zhiyin.apps.portrait_names import name_of

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
        "wider": "{} (20 % wider)", "between": "; ", "currency": "Prices are in {}, so this cannot be held: {}",
        "no_price": "Nothing has a price, so this cannot be held: {}",
        "alternative": "Did you mean “{}”?", "narrow": "Narrow by: {}", "related": "Others searched for: {}",
    },
    "zh": {
        "support": "这是客服问题。", "understood": "理解为：{}", "without": "不含{}", "meant": "“{}”按“{}”查找",
        "relaxed": "符合的商品太少，已放宽：{}", "wider": "{}（放宽20%）", "between": "；",
        "currency": "商品以{}标价，无法按此筛选：{}", "no_price": "商品没有标价，无法按此筛选：{}",
        "alternative": "您是不是要找“{}”？", "narrow": "可按此缩小范围：{}",
        "related": "相关搜索：{}",
    },
}  # fmt: skip

_MOST_FACETS, _MOST_VALUES, _MOST_RELATED = 3, 3, 5


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
        f"{slot_name(slot['name'], language)} {slot['value']}"
        for slot in read["slots"]
        if not slot["excluded"]
    ]
    if price := read["price"]:
        told.append(f"{slot_name('price', language)} {query[price['start'] : price['end']]}")
    told += [said["without"].format(one["said"]) for one in read["exclusions"]]
    told += [said["meant"].format(one["said"], one["meant"]) for one in read["corrections"]]
    return said["understood"].format(said["between"].join(told)) if told else ""


def relaxed_text(relaxed: Sequence[Mapping[str, Any]], language: str) -> str:
    """Return what was given up, "" for nothing.

    >>> relaxed_text([{"name": "colour", "said": ["red"]}], "en")
    'Too little was found, so this no longer holds: colour red'
    """
    said = _SAID[language]
    lost = [one for one in relaxed if one["name"] == "currency"]
    lines = [_currency_text(one, language) for one in lost]
    told = []
    for one in relaxed:
        words = " ".join([slot_name(one["name"], language), *one["said"]])
        if one not in lost:
            told.append(said["wider"].format(words) if one["name"] == "price" else words)
    if told:
        lines.append(said["relaxed"].format(said["between"].join(told)))
    return said["between"].join(lines)


def _currency_text(one: Mapping[str, Any], language: str) -> str:
    said, words = _SAID[language], " ".join(one["said"])
    if not one["values"]:
        return said["no_price"].format(words)
    return said["currency"].format(" / ".join(one["values"]), words)


def aids_texts(aids: Mapping[str, Any], language: str) -> list[str]:
    """Return what stands around the hits, a line each: another query, ways to narrow, and searches of others.

    Args:
        aids: of ``search_aids_document``.
        language: ``zh`` or ``en``.

    >>> aids_texts({"did_you_mean": {"kind": "alternative", "text": "tea cup"}, "facets": [], "related": ["tea", "pot"]}, "en")
    ['Did you mean “tea cup”?', 'Others searched for: tea; pot']
    """
    said = _SAID[language]
    lines = []
    meant = aids["did_you_mean"]
    # What was corrected is told with what was understood.
    if meant and meant["kind"] == "alternative":
        lines.append(said["alternative"].format(meant["text"]))
    facets = [_facet_text(one, language) for one in aids["facets"][:_MOST_FACETS]]
    for name, told in (("narrow", facets), ("related", aids["related"][:_MOST_RELATED])):
        if told:
            lines.append(said[name].format(said["between"].join(told)))
    return lines


def _facet_text(facet: Mapping[str, Any], language: str) -> str:
    values = [f"{one['text']} ({one['items']})" for one in facet["values"][:_MOST_VALUES]]
    return f"{slot_name(facet['name'], language)} {' / '.join(values)}"


def slot_name(name: str, language: str) -> str:
    """Return the name of a slot or an attribute in words; a shop's own stands as it is.

    >>> slot_name("brand", "zh"), slot_name("flavour", "zh"), slot_name("Volts", "en")
    ('品牌', '口味', 'Volts')
    """
    return _NAMES[language].get(name) or name_of("facet", name, language)
