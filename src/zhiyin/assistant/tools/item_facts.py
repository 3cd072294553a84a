"""What is known of one item, as far as a question is about it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from pydantic import Field

from zhiyin.assistant.knowledge.catalogue_facts import CatalogueFacts, ItemFact
from zhiyin.assistant.tools.fact_names import fact_name
from zhiyin.assistant.tools.shelf import Shelf
from zhiyin.assistant.tools.tool import Arguments, Evidence, Speaker, ToolResult
from zhiyin.errors import UnknownEntity
from zhiyin.language.scripts import fold

_ABOUT: Mapping[str, re.Pattern[str]] = {
    "price": re.compile(r"多少钱|价格|价钱|几块|贵|便宜|\bhow much\b|\bprice\b|\bcosts?\b|\bexpensive\b|\bcheap\b"),
    "stock": re.compile(r"有货|现货|库存|补货|断货|缺货|还有|卖完|\bstock\b|\bavailable\b|\bleft\b|\bsold out\b|\brestock\w*"),
    "brand": re.compile(r"牌子|品牌|哪家|什么牌|\bbrand\b|\bwho makes\b|\bmanufacturer\b"),
    "size": re.compile(r"尺码|大小|多大|几码|偏大|偏小|码|\bsizes?\b|\bfits?\b|\bsmall\b|\blarge\b"),
    "material": re.compile(r"材质|面料|什么做|材料|\bmaterial\b|\bmade of\b|\bfabric\b"),
    "color": re.compile(r"颜色|什么色|\bcolou?rs?\b"),
    "opinion": re.compile(r"怎么样|好不好|评价|口碑|好用吗|\bany good\b|\breviews?\b|\bopinions?\b|\bworth\b|\bpeople (?:say|think)\b"),
    "description": re.compile(r"介绍|详情|是什么|\babout\b|\bdescri\w+|\btell me more\b"),
}  # fmt: skip
_NAMES: Mapping[str, Mapping[str, str]] = {
    "zh": {"yes": "有货", "no": "暂时缺货",
           "positive": "好评", "neutral": "中性", "negative": "差评"},
    "en": {"yes": "in stock", "no": "out of stock"},
}  # fmt: skip
_MOST = 4


class ItemFacts:
    """Tells what the shop and its people say of an item.

    Args:
        facts: of items.
        shelf: of the catalogue.
    """

    name = "item_facts"
    description = "What is known of an item that a question is about."
    has_effect = False
    needs_user = False

    class Parameters(Arguments):
        """Which item, and the question."""

        item: str = Field(max_length=512)
        text: str = ""

    parameters = Parameters

    def __init__(self, facts: CatalogueFacts, shelf: Shelf) -> None:
        self._facts, self._shelf = facts, shelf

    def run(self, speaker: Speaker, arguments: Parameters) -> ToolResult:
        """Return the item and the facts asked for; ``no_fact`` with the item alone where nothing says it."""
        language = speaker.language
        try:
            known = self._facts.of(arguments.item, language, speaker.time)
        except UnknownEntity:
            return ToolResult("unknown_item")
        head = self._shelf.evidence(arguments.item, language)
        said = fold(arguments.text)
        topics = {name for name, pattern in _ABOUT.items() if pattern.search(said)}
        told = [one for one in known if _is_asked(one, topics, said)][:_MOST]
        evidence = tuple(_evidence(one, language) for one in told)
        is_told = bool(evidence) or "price" in topics
        data = {"item": arguments.item, "facts": {one.name: one.value for one in told}}
        return ToolResult("ok" if is_told else "no_fact", (head, *evidence), data)


def _is_asked(fact: ItemFact, topics: Iterable[str], said: str) -> bool:
    """Return whether a question is about a fact: by its topic, its name or its value."""
    kind, _, name = fact.name.partition(".")
    if kind in ("title", "price_minor", "currency", "category"):
        return False
    if kind in topics or (name and name in topics):
        return True
    words = [word for word in (name, str(fact.value)) if len(word) > 1]
    return kind != "description" and any(fold(word) in said for word in words)


def _evidence(fact: ItemFact, language: str) -> Evidence:
    names = _NAMES[language]
    kind, _, name = fact.name.partition(".")
    shown = fact_name(name or kind, language)
    if kind == "stock":
        value = names["yes"] if int(fact.value) > 0 else names["no"]
        return Evidence("item", fact.source, value)
    if fact.count is not None:
        value = names.get(str(fact.value), str(fact.value))
        return Evidence("item", fact.source, f"{name}: {value} ({fact.count})", (str(fact.count),))
    return Evidence("item", fact.source, f"{shown}: {fact.value}", (str(fact.value),))
