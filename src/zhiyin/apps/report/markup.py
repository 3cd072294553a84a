"""HTML and SVG put together so that no text can become markup by mistake."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape


class Markup(str):
    """Text that is markup already; all other text is escaped where it is put in.

    >>> tag("p", "a < b", tag("b", "bold"), class_="note")
    '<p class="note">a &lt; b<b>bold</b></p>'
    """

    __slots__ = ()


def tag(name: str, /, *content: object, **attributes: object) -> Markup:
    """Return one element.

    Args:
        name: of the element.
        content: markup, and anything else as escaped text.
        attributes: a trailing underscore is dropped and the others become hyphens; None leaves an attribute out, and a
            float is written with one digit after the point, as places in a picture need no more.
    """
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_escaped(_attribute(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in _EMPTY:
        return Markup(f"<{name}{said}>")
    return Markup(f"<{name}{said}>{join(content)}</{name}>")


def join(content: Iterable[object]) -> Markup:
    """Return some content as one piece of markup."""
    return Markup("".join(part if isinstance(part, Markup) else _escaped(part) for part in content))


_EMPTY = {"meta", "br"}


def _attribute(value: object) -> object:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else value


def _escaped(value: object) -> str:
    """Return text with a space for whatever is not printable, such as marks that turn the direction of writing."""
    shown = "".join(sign if sign.isprintable() or sign == "\n" else " " for sign in str(value))
    return escape(shown, quote=True)
