"""What all pictures share: a frame with a name, scales with round ticks, and how wide a text is."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from zhiyin.apps.numerals import printed
from zhiyin.apps.report.markup import Markup, join, tag

WIDTH = 920.0
"""Of every picture, in its own units; one unit is about a pixel on a wide screen."""
LETTER = 13.0
"""Height of a letter."""
BELOW = 50.0
"""Room for an axis."""


class Scale(NamedTuple):
    """A straight scale from values to places.

    >>> Scale(0.0, 2.0, 100.0, 300.0)(1.0)
    200.0
    """

    low: float
    high: float
    begin: float
    end: float

    def __call__(self, value: float) -> float:
        """Return the place of a value."""
        share = (value - self.low) / (self.high - self.low)
        return self.begin + share * (self.end - self.begin)


def ticks(low: float, high: float, most: int = 6) -> list[float]:
    """Return round values that reach from at most ``low`` to at least ``high``; 0 is one of them.

    >>> ticks(0.0, 0.23)
    [0.0, 0.05, 0.1, 0.15, 0.2, 0.25]
    """
    low, high = min(low, 0.0), max(high, 0.0)
    if not high > low:
        high = low + 1.0
    rough = (high - low) / most
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * factor for factor in (1, 2, 2.5, 5, 10) if size * factor >= rough * 0.999999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(place * step, 12) for place in range(first, last + 1)]


def text_width(text: str) -> float:
    """Return about how wide a text of usual letters is; a Chinese character is as wide as high."""
    wide = sum(unicodedata.east_asian_width(sign) in "WF" for sign in text)
    return LETTER * (wide + 0.58 * (len(text) - wide))


def shortened(text: str, width: float) -> str:
    """Return a text cut so that it is no wider."""
    if text_width(text) <= width:
        return text
    while text and text_width(text + "…") > width:
        text = text[:-1]
    return text.rstrip() + "…"


def words(text: str, x: float, y: float, *, anchor: str = "start", class_: str = "") -> Markup:
    """Return a text that stands with its middle at a height; what was cut off is shown on pointing."""
    return tag("text", text, x=x, y=y + LETTER * 0.35, text_anchor=anchor, class_=class_ or None)


def line(x1: float, y1: float, x2: float, y2: float, class_: str) -> Markup:
    """Return a straight line."""
    return tag("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=class_)


def frame(
    name: str, title: str, description: Iterable[str], height: float, content: Sequence[Markup]
) -> Markup:
    """Return a picture with a title and a description for those who do not see it."""
    return tag(
        "svg",
        tag("title", title, id=f"{name}-title"),
        tag("desc", "; ".join(description), id=f"{name}-desc"),
        *content,
        viewBox=f"0 0 {WIDTH:.0f} {height:.0f}",
        role="img",
        aria_labelledby=f"{name}-title {name}-desc",
        class_="picture",
    )


def bottom_axis(
    scale: Scale,
    values: Sequence[float],
    top: float,
    bottom: float,
    label: str,
    said: Callable[[float], str],
) -> Markup:
    """Return the lines of a grid with their values below, and what they mean."""
    parts: list[Markup] = []
    for value in values:
        x = scale(value)
        parts.append(line(x, top, x, bottom, "axis" if value == 0 else "grid"))
        parts.append(words(said(value), x, bottom + 14, anchor="middle", class_="tick"))
    middle = (scale.begin + scale.end) / 2
    parts.append(words(label, middle, bottom + 36, anchor="middle", class_="label"))
    return join(parts)


def mark(role: str, x: float, y: float, title: str) -> Markup:
    """Return the mark of a role: a dot, a diamond for the best baseline, a square for popularity."""
    told = tag("title", title)
    if role == "best":
        return tag(
            "path", told, d=f"M{x:.1f} {y - 6.5:.1f}l6.5 6.5l-6.5 6.5l-6.5-6.5z", class_=role
        )
    if role == "popular":
        return tag("rect", told, x=x - 4.5, y=y - 4.5, width=9.0, height=9.0, class_=role)
    return tag("circle", told, cx=x, cy=y, r=6.0 if role == "own" else 5.0, class_=role)


def number(value: float) -> str:
    """Return a value of an axis.

    >>> number(0.25), number(-0.5), number(1200.0)
    ('0.25', '−0.5', '1,200')
    """
    return printed(value, ",.6g" if abs(value) < 1e6 else ".2g")


def with_interval(found: Sequence[float]) -> str:
    """Return a mean with the ends of its interval.

    >>> with_interval([0.5, -0.25, 1.25])
    '0.5000 [−0.2500, 1.2500]'
    """
    mean, low, high = (printed(value, ".4f") for value in found)
    return f"{mean} [{low}, {high}]"


def whisker(scale: Scale, found: Sequence[float], y: float, role: str, title: str) -> Markup:
    """Return a mark with the line of its interval."""
    mean, low, high = found
    wide = scale(high) - scale(low) > 16  # else the mark hides the ends
    ends = join(
        line(scale(x), y - 4, scale(x), y + 4, f"whisker {role}") for x in (low, high) if wide
    )
    return join(
        [
            line(scale(low), y, scale(high), y, f"whisker {role}"),
            ends,
            mark(role, scale(mean), y, title),
        ]
    )
