"""What shoppers of the sample shop would type, made by rule from what is true of its goods, with every item judged."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from zhiyin.ingest.sample.catalogue import TYPES
from zhiyin.ingest.sample.mistyping import mistyped
from zhiyin.ingest.sample.seeds import generator
from zhiyin.ingest.sample.vocabulary_shop import BRANDS, COLOURS, DAILY_SCENES, SCENES

GRADES = 3
_AUDIENCE = {
    "women": (("女款", "女士", "女"), ("for women", "women's", "ladies")),
    "men": (("男款", "男士", "男"), ("for men", "men's", "mens")),
    "kids": (("儿童", "小孩"), ("for kids", "kids")),
}
_ORDER_ZH = ("brand", "audience", "colour", "material", "type", "scene", "price", "unwanted")
_ORDER_EN = ("colour", "material", "brand", "type", "audience", "scene", "price", "unwanted")
_NAMES = ("brand", "colour", "audience", "material", "scene", "price", "unwanted")


class Wish(NamedTuple):
    """A value that a query asks for, or does not want; for the price, the bounds in fen."""

    name: str
    value: Any
    is_unwanted: bool = False


@dataclass(frozen=True)
class JudgedQuery:
    """A query, what it means, and how well each item answers it.

    Attributes:
        text: as it is typed.
        language: zh or en.
        types: English names of the kinds of goods that it may mean.
        is_whole: whether the kind is named in full.
        wishes: what else it asks for.
        error: how it was mistyped; empty where it was not.
        grades: (items,) 3 the kind and all wishes, 2 the kind and some of them, 1 the kind or the category alone, 0 else.
    """

    text: str
    language: str
    types: frozenset[str]
    is_whole: bool
    wishes: tuple[Wish, ...]
    error: str
    grades: NDArray[np.int8]


@dataclass(frozen=True)
class _Goods:
    """An item in the words of both languages."""

    kind: int
    type: str
    category: str
    price_minor: int
    values: dict[str, str]
    zh: dict[str, str]


def make_queries(seed: int, items: pl.DataFrame, n: int = 200) -> list[JudgedQuery]:
    """Draw queries, half of them Chinese, half English, a third of each with a typing error.

    Args:
        seed: the same gives the same queries.
        items: of a sample shop.
        n: how many.

    >>> from zhiyin.ingest.sample import make
    >>> made = make_queries(1, make(1, people=60, products=96).frames["items"], 6)
    >>> [one.language for one in made], all(one.grades.max() == 3 for one in made)
    (['zh', 'en', 'zh', 'en', 'zh', 'en'], True)
    """
    rng = generator(seed, "queries")
    goods = [_read(row) for row in items.iter_rows(named=True)]
    return [_query(rng, goods, "zh" if place % 2 == 0 else "en", place // 2) for place in range(n)]


def _query(rng: np.random.Generator, goods: list[_Goods], language: str, place: int) -> JudgedQuery:
    anchor = goods[int(rng.integers(len(goods)))]
    peers = [one for one in goods if one.type == anchor.type]
    said: dict[str, str] = {}
    name, is_whole = _type_name(rng, anchor, language)
    error = ""
    if place % 3 == 0:
        name, error = mistyped(rng, name, language)
    said["type"] = name
    wishes = []
    possible = [name for name in _NAMES if name in ("price", "unwanted") or name in anchor.values]
    for chosen in rng.permutation(possible)[: int(rng.integers(1, 4))]:
        if wish := _wish(rng, str(chosen), anchor, peers):
            wishes.append(wish)
            said[str(chosen)] = _words(rng, wish, anchor, goods, language)
    order = _ORDER_ZH if language == "zh" else _ORDER_EN
    text = (" " if language == "en" or rng.random() < 0.5 else "").join(
        said[part] for part in order if part in said and part not in ("price", "unwanted", "scene")
    )
    text = " ".join(
        [text, *(said[part] for part in ("scene", "price", "unwanted") if part in said)]
    )
    types = _meant(anchor, language, is_whole)
    grades = np.array([_grade(one, anchor, types, wishes) for one in goods], np.int8)
    return JudgedQuery(text, language, types, is_whole, tuple(wishes), error, grades)


def _type_name(rng: np.random.Generator, anchor: _Goods, language: str) -> tuple[str, bool]:
    """Return the name of the kind, two times of five without its first words, and whether it is whole."""
    name = getattr(TYPES[anchor.kind][1].name, language)
    if rng.random() < 0.6 or (short := _short(name, language)) == name:
        return name, True
    return short, False


def _short(name: str, language: str) -> str:
    if language == "zh":
        return name[2:] if len(name) > 4 else name
    words = name.split()
    return " ".join(words[1:]) if len(words) > 2 else name


def _meant(anchor: _Goods, language: str, is_whole: bool) -> frozenset[str]:
    if is_whole:
        return frozenset({anchor.type})
    short = _short(getattr(TYPES[anchor.kind][1].name, language), language)
    return frozenset(
        kind.name.en for _, kind in TYPES if getattr(kind.name, language).endswith(short)
    )


def _wish(rng: np.random.Generator, name: str, anchor: _Goods, peers: list[_Goods]) -> Wish | None:
    if name == "price":
        yuan = anchor.price_minor / 100
        least, most = round(yuan * 0.7), round(yuan * rng.uniform(1.1, 1.5)) + 1
        form = int(rng.integers(3))
        return Wish(
            "price", ((None, most * 100), (least * 100, most * 100), (least * 100, None))[form]
        )
    if name == "unwanted":
        others = [
            Wish(key, value, True)
            for key in ("colour", "material", "brand")
            for value in sorted({one.values[key] for one in peers if key in one.values})
            if value != anchor.values.get(key)
        ]
        return others[int(rng.integers(len(others)))] if others else None
    return Wish(name, anchor.values[name])


def _words(
    rng: np.random.Generator, wish: Wish, anchor: _Goods, goods: list[_Goods], language: str
) -> str:
    """Return how a wish is said."""
    if wish.name == "price":
        return _price(wish.value, language)
    if wish.name == "audience":
        forms = _AUDIENCE[wish.value][language == "en"]
        return forms[int(rng.integers(len(forms)))]
    plain = wish.value
    if wish.name == "brand" and language == "en":
        plain = _ENGLISH_BRANDS[wish.value]
    elif wish.name != "brand" and language == "zh":
        plain = next(one.zh[wish.name] for one in goods if one.values.get(wish.name) == wish.value)
    if wish.is_unwanted:
        cues = ("不要", "不想要") if language == "zh" else ("not", "without", "except")
        return f"{cues[int(rng.integers(len(cues)))]}{' ' * (language == 'en')}{plain}"
    if wish.name == "scene":
        return f"适合{plain}" if language == "zh" else f"for {plain}"
    return str(plain)


def _price(bounds: tuple[int | None, int | None], language: str) -> str:
    low, high = (None if one is None else one // 100 for one in bounds)
    zh = language == "zh"
    if low is None:
        return f"{high}元以内" if zh else f"under {high} yuan"
    if high is None:
        return f"{low}元以上" if zh else f"over {low} yuan"
    return f"{low}-{high}元" if zh else f"{low} to {high} yuan"


def _grade(one: _Goods, anchor: _Goods, types: frozenset[str], wishes: list[Wish]) -> int:
    if one.type not in types:
        return int(one.category == anchor.category)
    met = sum(_meets(one, wish) for wish in wishes)
    return 3 if met == len(wishes) else 2 if met else 1


def _meets(one: _Goods, wish: Wish) -> bool:
    if wish.name == "price":
        low, high = wish.value
        return bool(
            (low is None or one.price_minor >= low) and (high is None or one.price_minor <= high)
        )
    return bool((one.values.get(wish.name) == wish.value) != wish.is_unwanted)


_ENGLISH_BRANDS = {brand.zh: brand.en for shelf in BRANDS for brand in shelf}
_SCENES_ZH = {one.en: one.zh for group in (*SCENES.values(), DAILY_SCENES) for one in group}
_KINDS = {kind.name.en: place for place, (_, kind) in enumerate(TYPES)}


def _read(row: dict[str, Any]) -> _Goods:
    values = json.loads(row["attributes"])
    kind = _KINDS[values["type"]]
    materials = {one.en: one.zh for one in TYPES[kind][1].materials}
    own = {"brand": row["brand"], "material": values["material"], "scene": values["scene"]}
    zh = {"material": materials[values["material"]], "scene": _SCENES_ZH[values["scene"]]}
    if "colour" in values:
        own["colour"], zh["colour"] = values["colour"], COLOURS[values["colour"]]
    if values["audience"] in _AUDIENCE:
        own["audience"] = values["audience"]
    return _Goods(kind, values["type"], row["category"], row["price_minor"], own, zh)
