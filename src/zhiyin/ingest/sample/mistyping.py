"""Typing errors as people make them: letters missing, moved, doubled; characters of the same sound; pinyin."""

from __future__ import annotations

from functools import cache

import numpy as np

_SHORTEST = 5


def mistyped(rng: np.random.Generator, text: str, language: str) -> tuple[str, str]:
    """Return a text with one typing error, and what kind it is; unchanged, and "", where nothing can go wrong.

    >>> rng = np.random.default_rng(0)
    >>> mistyped(rng, "air purifier", "en")[0] != "air purifier"
    True
    >>> mistyped(rng, "ab", "en")
    ('ab', '')
    """
    return _letters(rng, text) if language == "en" else _sounds(rng, text)


def _letters(rng: np.random.Generator, text: str) -> tuple[str, str]:
    words = text.split()
    long = [place for place, word in enumerate(words) if len(word) >= _SHORTEST and word.isalpha()]
    if not long:
        return text, ""
    place = int(rng.choice(long))
    word = words[place]
    at = int(rng.integers(1, len(word) - 1))
    kind = str(rng.choice(["dropped", "moved", "doubled"]))
    if kind == "moved" and word[at] == word[at + 1]:
        kind = "doubled"
    words[place] = {
        "dropped": word[:at] + word[at + 1 :],
        "moved": word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        "doubled": word[:at] + word[at] + word[at:],
    }[kind]
    return " ".join(words), kind


def _sounds(rng: np.random.Generator, text: str) -> tuple[str, str]:
    from pypinyin import lazy_pinyin

    if rng.random() < 0.4:
        return "".join(lazy_pinyin(text)), "pinyin"
    places = [
        (place, others)
        for place, sign in enumerate(text)
        if (others := [one for one in _same_sound().get(_sound(sign), ()) if one != sign])
    ]
    if not places:
        return text, ""
    place, others = places[int(rng.integers(len(places)))]
    return text[:place] + others[int(rng.integers(len(others)))] + text[place + 1 :], "homophone"


def _sound(sign: str) -> str:
    from pypinyin import lazy_pinyin

    return str(lazy_pinyin(sign)[0])


@cache
def _same_sound() -> dict[str, list[str]]:
    """Return sound → the usual characters that have it: the first level of GB 2312."""
    signs = [
        bytes((high, low)).decode("gb2312", "ignore")
        for high in range(0xB0, 0xD8)
        for low in range(0xA1, 0xFF)
    ]
    found: dict[str, list[str]] = {}
    for sign in filter(None, signs):
        found.setdefault(_sound(sign), []).append(sign)
    return found
