"""What a kind of product is: its words in two languages, its prices, and when people want it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Words(NamedTuple):
    """The same words in Chinese and in English."""

    zh: str
    en: str


class ProductType(NamedTuple):
    """One kind of product a category offers.

    Attributes:
        name: what it is called.
        yuan: lowest and highest ordinary price.
        materials: what it may be made of.
        points: what a seller would say for it.
        wants: context feature → how many utils it adds for this kind of product.
        repeat_days: after how many days it is used up; 0 when it lasts.
        audience: whom it may be for; what is for everyone has no sizes.
        aspects: what its buyers write about; empty for its category's.
    """

    name: Words
    yuan: tuple[float, float]
    materials: tuple[Words, ...]
    points: tuple[Words, ...]
    wants: Mapping[str, float]
    repeat_days: int
    audience: tuple[str, ...]
    aspects: tuple[str, ...]


class Category(NamedTuple):
    """One of the shop's departments.

    Attributes:
        name: its name; the Chinese one stands in the items' ``category``.
        types: the kinds of product it offers.
        sizes: size codes, empty where goods have none.
        colours: colour codes, empty where goods have none.
        aspects: what its buyers write about, beside delivery, price and service.
    """

    name: Words
    types: tuple[ProductType, ...]
    sizes: tuple[str, ...]
    colours: tuple[str, ...]
    aspects: tuple[str, ...]


def words(text: str) -> tuple[Words, ...]:
    """Read pairs written ``中文|English / 中文|English``.

    >>> words("纯棉|cotton / 亚麻|linen")[1].en
    'linen'
    """
    return tuple(Words(*part.strip().split("|")) for part in text.split(" / "))


def product(
    name: str,
    yuan: tuple[float, float],
    materials: str,
    points: str,
    wants: str = "",
    repeat: int = 0,
    audience: str = "everyone",
    aspects: str = "",
) -> ProductType:
    """Read one kind of product from its line in a vocabulary.

    >>> product("雨靴|rain boots", (49, 159), "橡胶|rubber", "防滑|non-slip", "rain=2").wants
    {'rain': 2.0}
    """
    pairs = (want.split("=") for want in wants.split())
    return ProductType(
        name=words(name)[0],
        yuan=yuan,
        materials=words(materials),
        points=words(points),
        wants={key: float(value) for key, value in pairs},
        repeat_days=repeat,
        audience=tuple(audience.split()),
        aspects=tuple(aspects.split()),
    )


def category(
    name: str,
    types: tuple[ProductType, ...],
    *,
    sizes: str = "",
    colours: str = "",
    aspects: str,
) -> Category:
    """Gather a department from its vocabulary."""
    return Category(
        words(name)[0],
        types,
        tuple(sizes.split()),
        tuple(colours.split()),
        tuple(aspects.split()),
    )
