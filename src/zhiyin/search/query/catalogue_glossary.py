"""What values of attributes are called in titles of another script: found where both stand with the same items."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from zhiyin.language.facts.phrases import any_of
from zhiyin.language.scripts import HAN, fold

_RUN = re.compile(f"[{HAN}0-9a-z+]+")
_HAS_HAN = re.compile(f"[{HAN}]")
_SHORTEST, _LONGEST = 2, 10
_FEWEST = 3
"""Items that must have a value."""
_PRECISION, _RECALL = 0.9, 0.3
_MOST = 40
"""Items of a value that are looked at."""
_READ = 120


def glossary(rows: Iterable[Mapping[str, Any]]) -> dict[str, tuple[str, str]]:
    """Return Chinese phrase → (name, value) for values that are written in Latin letters.

    The phrase is the one that best tells the items with the value from all others, by F1; among equals the longest.

    Args:
        rows: items, as ``Store.entities_since`` gives them.
    Complexity: O(characters of titles and descriptions · 9) where there are such values, nothing where not.
    References: by counts in parallel texts, as Melamed 2000.

    >>> rows = [{"title": title, "description": None, "attributes": json.dumps({"type": kind})}
    ...         for title, kind in [("白 雨衣 轻", "raincoat"), ("红 雨衣", "raincoat"), ("雨衣 大", "raincoat"), ("围巾 轻", "scarf")]]
    >>> glossary(rows)
    {'雨衣': ('type', 'raincoat')}
    """
    texts: list[str] = []
    own: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row in rows:
        text = fold(f"{row['title']} {row['description'] or ''}"[:_READ])
        if row["attributes"] and _HAS_HAN.search(text):
            for term in _values(row["attributes"]):
                own[term].append(len(texts))
            texts.append(text)
    often = {term: places for term, places in own.items() if len(places) >= _FEWEST}
    found = _found(texts, often)
    # 雨衣 tells raincoats once 宠物雨衣 is read as something else.
    rest = {term: places for term, places in often.items() if term not in found.values()}
    if found and rest:
        known = re.compile(any_of(found))
        found = {**_found([known.sub(" ", text) for text in texts], rest), **found}
    return found


def _found(
    texts: list[str], own: Mapping[tuple[str, str], list[int]]
) -> dict[str, tuple[str, str]]:
    shared = {term: _shared(texts, places) for term, places in own.items()}
    every = _counted(texts, {phrase for phrases in shared.values() for phrase in phrases})
    best: dict[str, tuple[float, tuple[str, str]]] = {}
    for term, phrases in shared.items():
        if one := _best(phrases, every, len(own[term])):
            f1, phrase = one
            if phrase not in best or best[phrase][0] < f1:
                best[phrase] = f1, term
    return {phrase: term for phrase, (_, term) in best.items()}


def _values(attributes: str) -> Iterator[tuple[str, str]]:
    for name, value in json.loads(attributes).items():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, str) and one.isascii() and len(one) > 1 and not one.isdigit():
                yield name, one.strip()


def _shared(texts: list[str], places: list[int]) -> Counter[str]:
    """Return what stands by itself in one text of a value and somewhere in enough of them, with how many have it."""
    looked = places[:: max(1, len(places) // _MOST)]
    whole = {match[0] for place in looked for match in _RUN.finditer(texts[place])}
    counts = Counter(
        phrase for place in looked for phrase in whole.intersection(_pieces(texts[place]))
    )
    least = max(2, _RECALL * len(looked))
    return Counter({
        phrase: round(count * len(places) / len(looked))
        for phrase, count in counts.items() if count >= least
    })  # fmt: skip


def _counted(texts: list[str], asked: set[str]) -> Counter[str]:
    if not asked:
        return Counter()
    return Counter(phrase for text in texts for phrase in asked.intersection(_pieces(text)))


def _pieces(text: str) -> Iterator[str]:
    for match in _RUN.finditer(text):
        run = match[0]
        for start in range(len(run)):
            for end in range(start + _SHORTEST, min(start + _LONGEST, len(run)) + 1):
                if _HAS_HAN.search(run, start, end):
                    yield run[start:end]


def _best(phrases: Counter[str], every: Counter[str], n: int) -> tuple[float, str] | None:
    best: tuple[float, int, str] | None = None
    for phrase, count in phrases.items():
        if count < _PRECISION * every[phrase]:
            continue
        f1 = round(2 * count / (every[phrase] + n), 3)
        if best is None or (f1, len(phrase), phrase) > best:
            best = f1, len(phrase), phrase
    return (best[0], best[2]) if best else None
