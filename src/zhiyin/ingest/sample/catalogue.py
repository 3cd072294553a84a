"""The goods of the sample shop: latent factors, and titles as sellers write them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.ingest.sample import vocabulary_shop as shop_words
from zhiyin.ingest.sample.climate import DAY_MINUTES, DAYS, FEATURES
from zhiyin.ingest.sample.people import STYLES
from zhiyin.ingest.sample.product_type import ProductType, Words
from zhiyin.ingest.sample.seeds import generator
from zhiyin.ingest.sample.vocabulary_shop import BRANDS, CATEGORIES, COLOURS, SEASONS

SHARED_ASPECTS = ("logistics", "price", "service")


def aspect_names() -> tuple[str, ...]:
    """Return every aspect reviews speak of, shared ones first."""
    own = {name: None for category in CATEGORIES for name in category.aspects}
    own |= {name: None for c in CATEGORIES for kind in c.types for name in kind.aspects}
    return (*SHARED_ASPECTS, *own)


ASPECTS = aspect_names()
TYPES: tuple[tuple[int, ProductType], ...] = tuple(
    (number, kind) for number, category in enumerate(CATEGORIES) for kind in category.types
)
"""Every kind of product with its category's number."""


def aspects_of(kind: int) -> tuple[str, ...]:
    """Return what buyers of a kind of product write about."""
    category, product_type = TYPES[kind]
    return (*SHARED_ASPECTS, *(product_type.aspects or CATEGORIES[category].aspects))


@dataclass(frozen=True)
class Goods:
    """What is true of each item, (items,) arrays unless said otherwise.

    Attributes:
        factors: (items, factors) float32, for the inner product with tastes.
        type, category, brand: positions in ``TYPES``, ``CATEGORIES`` and the category's brands.
        audience: codes such as ``women``.
        quality: utils that everyone grants it.
        appeal: utils of fashion, which everyone grants it too but reviews do not see.
        wants: (items, features) float32, utils for each context feature.
        aspect_quality: (items, aspects) float32, NaN where an aspect does not apply.
        price_minor: CNY fen.
        stock: pieces; 0 is out of stock all year.
        created: minutes since the year's start, negative for those listed before it.
        repeat_days: when it is used up; 0 when it lasts.
    """

    factors: NDArray[np.float32]
    type: NDArray[np.int64]
    category: NDArray[np.int64]
    brand: NDArray[np.int64]
    audience: list[str]
    quality: NDArray[np.float64]
    appeal: NDArray[np.float64]
    wants: NDArray[np.float32]
    aspect_quality: NDArray[np.float32]
    price_minor: NDArray[np.int64]
    stock: NDArray[np.int64]
    created: NDArray[np.float64]
    repeat_days: NDArray[np.int64]


def make_goods(seed: int, n: int) -> Goods:
    """Draw ``n`` items over the kinds of product, with latent quality, style and price."""
    rng = generator(seed, "goods")
    kind = np.sort(np.arange(n) % len(TYPES))
    category = np.array([TYPES[k][0] for k in kind])
    brand = rng.integers(0, [len(BRANDS[c]) for c in category])
    audience = [str(rng.choice(TYPES[k][1].audience)) for k in kind]
    price_z = rng.normal(0, 1, n)
    middle = np.array([np.sqrt(t.yuan[0] * t.yuan[1]) for _, t in TYPES])
    spread = np.array([np.log(t.yuan[1] / t.yuan[0]) / 4 for _, t in TYPES])
    yuan = middle[kind] * np.exp(spread[kind] * np.clip(price_z, -2, 2))
    quality = rng.normal(0, 0.45, n) + 0.12 * price_z
    aspects = quality[:, None] / 0.45 * 0.6 + rng.normal(0, 0.9, (n, len(ASPECTS))) + 0.75
    aspects[:, ASPECTS.index("price")] -= 0.35 * price_z
    applies = np.array([[name in aspects_of(t) for name in ASPECTS] for t in range(len(TYPES))])
    aspects[~applies[kind]] = np.nan
    listed = np.where(rng.random(n) < 0.84, rng.uniform(-500, -5, n), rng.uniform(10, DAYS - 20, n))
    wants = np.array([[t.wants.get(name, 0.0) for name in FEATURES] for _, t in TYPES])[kind]
    return Goods(
        factors=_factors(rng, kind, category, brand, audience, price_z),
        type=kind,
        category=category,
        brand=brand,
        audience=audience,
        quality=quality,
        appeal=np.clip(rng.normal(0, 1.15, n), -2, 2),
        wants=(wants * rng.lognormal(0, 0.2, wants.shape)).astype(np.float32),
        aspect_quality=aspects.astype(np.float32),
        price_minor=_shop_price(yuan),
        stock=np.where(rng.random(n) < 0.02, 0, rng.integers(5, 900, n)),
        created=np.floor(listed * DAY_MINUTES),
        repeat_days=np.array([t.repeat_days for _, t in TYPES])[kind],
    )


def _shop_price(yuan: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return prices in fen that end in 9 yuan or 9.9 yuan, as shops write them."""
    small = np.maximum(np.floor(yuan) + 0.9, 4.9)
    large = np.floor(yuan / 10) * 10 + 9
    return np.round(np.where(yuan < 60, small, large) * 100).astype(np.int64)


def _factors(
    rng: np.random.Generator,
    kind: NDArray[np.int64],
    category: NDArray[np.int64],
    brand: NDArray[np.int64],
    audience: list[str],
    price_z: NDArray[np.float64],
) -> NDArray[np.float32]:
    n = len(kind)
    of_type = rng.standard_normal((len(TYPES), STYLES))[kind]
    of_brand = rng.standard_normal((len(CATEGORIES), 8, STYLES))[category, brand]
    style = 0.66 * of_type + 0.6 * of_brand + 0.45 * rng.standard_normal((n, STYLES))
    meant = np.array([[who == name for name in ("women", "men", "kids")] for who in audience])
    return np.column_stack(
        [np.eye(len(CATEGORIES))[category], style, meant, price_z, price_z**2]
    ).astype(np.float32)


def product_texts(seed: int, goods: Goods) -> dict[str, list[Any]]:
    """Write every item's title, description, attributes and English translation."""
    rng = generator(seed, "product texts")
    columns: dict[str, list[Any]] = {
        name: []
        for name in (
            "title",
            "description",
            "title_en",
            "description_en",
            "attributes",
            "brand",
            "brand_en",
        )
    }
    for number in range(len(goods.type)):
        for name, value in _product_text(rng, goods, number).items():
            columns[name].append(value)
    return columns


def _pick(rng: np.random.Generator, choices: tuple[Any, ...]) -> Any:
    return choices[int(rng.integers(len(choices)))]


def _product_text(rng: np.random.Generator, goods: Goods, number: int) -> dict[str, Any]:
    kind = TYPES[goods.type[number]][1]
    shelf = CATEGORIES[goods.category[number]]
    brand = BRANDS[goods.category[number]][goods.brand[number]]
    material = _pick(rng, kind.materials)
    point, point2 = (kind.points[i] for i in rng.choice(len(kind.points), 2, replace=False))
    colour = str(_pick(rng, shelf.colours)) if shelf.colours and not kind.repeat_days else ""
    audience = shop_words.AUDIENCES[goods.audience[number]]
    season = next((name for name in SEASONS if kind.wants.get(name, 0) >= 0.8), "")
    scene = _pick(rng, scenes_of(kind))
    slots = {
        "brand": brand, "name": kind.name, "material": material, "point": point, "point2": point2,
        "audience": audience, "scene": scene, "season": SEASONS.get(season, Words("", "")),
        "colour": Words(COLOURS.get(colour, ""), colour),
    }  # fmt: skip
    zh = {name: slot.zh for name, slot in slots.items()}
    en = {name: slot.en for name, slot in slots.items()}
    en |= {name.capitalize(): sentence(en[name]) for name in ("name", "material", "point2")}
    titled = en | {"name": " ".join(sentence(word) for word in kind.name.en.split())}
    parts = [
        _pick(rng, group)
        for group in (shop_words.OPENINGS, shop_words.MIDDLES, shop_words.CLOSINGS)
    ]
    attributes = {
        "type": kind.name.en,
        "material": material.en,
        "audience": goods.audience[number],
        "season": season or "all",
        "scene": scene.en,
    }
    if colour:
        attributes["colour"] = colour
    if shelf.sizes and goods.audience[number] != "everyone":
        attributes["size"] = str(_pick(rng, shelf.sizes))
    title_en = _pick(rng, _usable(shop_words.TITLES_EN, en)).format(**titled)
    sentences = [sentence(part.en.format(**en)) for part in parts]
    return {
        "title": _pick(rng, _usable(shop_words.TITLES_ZH, zh)).format(**zh),
        "description": "".join(part.zh.format(**zh) for part in parts),
        "title_en": title_en.replace("  ", " "),
        "description_en": " ".join(sentences),
        "attributes": attributes,
        "brand": brand.zh,
        "brand_en": brand.en,
    }


def scenes_of(kind: ProductType) -> tuple[Words, ...]:
    """Return what a kind of product is good for, from when people want it."""
    scenes = [scene for want in kind.wants for scene in shop_words.SCENES[want]]
    return tuple(scenes) or shop_words.DAILY_SCENES


def _usable(templates: tuple[str, ...], slots: dict[str, str]) -> tuple[str, ...]:
    empty = [f"{{{name}}}" for name, value in slots.items() if not value]
    return tuple(t for t in templates if not any(name in t for name in empty))


def sentence(text: str) -> str:
    """Return an English sentence with a capital first letter.

    >>> sentence("built on wool.")
    'Built on wool.'
    """
    return text[:1].upper() + text[1:]
