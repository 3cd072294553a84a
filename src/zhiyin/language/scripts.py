"""The many ways of writing the same characters: width, case, traditional and simplified."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from opencc import OpenCC

HAN = "〇々\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
"""Chinese characters, as the inside of a regular expression's set."""
LATIN = "a-zß-öø-ɏḁ-ỿ\u0300-\u036f"
"""Small Latin letters and the marks on them, as the inside of a set."""

_HAN = re.compile(f"[{HAN}]+")
_LATIN = re.compile(f"[{LATIN}]+", re.IGNORECASE)
_OTHER = re.compile(f"[^\\W\\d_{HAN}{LATIN}]+", re.IGNORECASE)

_SAME = {**dict.fromkeys("‘’ʼ", "'"), **dict.fromkeys("‐‑‒–−", "-")}
_JOINERS = frozenset("\u200c\u200d") | {chr(tag) for tag in range(0xE0020, 0xE0080)}
_KEPT_BELOW = 0x20000  # emoji and nearly all that is written; so the table cannot grow without end


class _Table(dict[int, int]):
    """Code point → the one it is folded to, filled as characters come up."""

    def __missing__(self, code: int) -> int:
        folded = ord(_folded(chr(code)))
        if code < _KEPT_BELOW:
            self[code] = folded
        return folded


_TABLE = _Table()


def fold(text: str) -> str:
    """Return a text in the form in which texts are compared, with as many characters as before.

    Letters become small, full-width characters half-width and traditional characters simplified. Curly apostrophes
    and the many hyphens become the plain ones. Control characters, line ends too, become spaces, and lone surrogates
    U+FFFD. What is not one character for one (``½``, ``…``) stays, so a span of the result is a span of the text.

    Complexity: O(n).

    >>> fold("ＩＰＨＯＮＥ 手機")
    'iphone 手机'
    """
    folded = text.translate(_TABLE)
    if folded.isascii() or not _traditional().search(folded):
        return folded
    simplified = _simplifier().convert(folded)
    return simplified if len(simplified) == len(folded) else folded.translate(_characters())


def guess_language(text: str) -> Literal["zh", "en", "other"]:
    """Return the language of a text by its letters.

    Ten Latin letters weigh as much as one Chinese character, since Chinese texts are full of foreign names and English
    ones have no Chinese in them. Kana, Hangul, Cyrillic and so on are "other" where they are a third of what is not
    Latin, and so is a text without letters.

    Complexity: O(n).

    >>> guess_language("iPhone 15 Pro Max 手机壳"), guess_language("good"), guess_language("とても良い")
    ('zh', 'en', 'other')
    """
    n_latin = _count(_LATIN, text)
    if text.isascii():
        return "en" if n_latin else "other"
    n_han, n_other = _count(_HAN, text), _count(_OTHER, text)
    if 2 * n_other > n_han and 10 * n_other > n_latin:
        return "other"
    if n_han and 10 * n_han >= n_latin:
        return "zh"
    return "en" if n_latin else "other"


def _count(pattern: re.Pattern[str], text: str) -> int:
    return sum(map(len, pattern.findall(text)))


def _folded(character: str) -> str:
    """Return what one character is folded to, by everything but the change to simplified ones."""
    while True:
        category = unicodedata.category(character)
        if category == "Cs":
            return "\ufffd"
        if category in ("Cc", "Cf") and character not in _JOINERS:
            return " "
        usual = _SAME.get(character) or unicodedata.normalize("NFKC", character)
        small = usual.lower()
        after = next((form for form in (small, usual) if len(form) == 1), character)
        if after == character:
            return character
        character = after


@cache
def _simplifier() -> OpenCC:
    from opencc import OpenCC

    return OpenCC("t2s")


@cache
def _characters() -> dict[int, str]:
    """Return traditional characters, by code point, and what each becomes when it stands alone."""
    codes = [*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000), *range(0x20000, 0x323B0)]
    alone = _simplifier().convert("\n".join(map(chr, codes))).split("\n")
    return {code: after for code, after in zip(codes, alone, strict=True) if after != chr(code)}


@cache
def _traditional() -> re.Pattern[str]:
    """Return a pattern of what may not be simplified yet; rare characters all may."""
    # A set within the first plane is a bitmap to the matcher, forty times as fast as a wider one.
    usual = "".join(chr(code) for code in _characters() if code < 0x10000)
    return re.compile(f"[{usual}]|[\U00020000-\U000323af]")
