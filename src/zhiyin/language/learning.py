"""Polarity learned from a shop's own ratings, and kept only where it judges better than what comes with the package."""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.core.progress import Progress, untold
from zhiyin.errors import DataError
from zhiyin.language.scripts import guess_language
from zhiyin.language.sentiment.head import learned_head
from zhiyin.language.sentiment.polarity import LANGUAGES, Polarity
from zhiyin.store.store import Store
from zhiyin.store.whole_file import whole_file

_LEAST = 100
"""Rated texts of a language from which something is learned."""
_BITS = 22
_HELD = 5
_SCALES = (1.0, 5.0, 10.0, 100.0)
_WITHIN = 0.99  # of the ratings; the others are slips
_CHUNK = 10_000


def learn_polarity(store: Store, path: Path, progress: Progress = untold) -> dict[str, Any]:
    """Learn from the ratings of posts, and write what is better than before to a file.

    A rating in the lower two fifths of the shop's scale is negative, in the upper two positive; the scale ends at 1, 5,
    10 or 100. What a word says in a category of goods is learned beside what it says in all. A fifth of the texts is held
    out to compare by, with the head now in use: an earlier one that was learned, or that of the package where it is newer.

    Args:
        store: whose posts.
        path: of the file with learned heads.
        progress: told as languages are done.
    Returns: language → texts, accuracy before and after on the held-out part, and whether the new one is kept.
    Raises:
        DataError: no language has enough rated texts.
    """
    texts, labels, groups = _rated(store)
    spoken = np.array([guess_language(text) for text in texts])
    is_held = np.array([_is_held(text) for text in texts], np.bool_)
    known = Polarity.read(path) if path.exists() else Polarity.shipped()
    told: dict[str, Any] = {}
    for done, language in enumerate(LANGUAGES):
        rows = np.flatnonzero(spoken == language)
        held, kept = rows[is_held[rows]], rows[~is_held[rows]]
        if len(rows) < _LEAST or min((labels[kept] > 0).sum(), (labels[kept] < 0).sum()) < _HELD:
            continue
        held = held[labels[held] != 0]
        own = learned_head(
            [texts[row] for row in kept], labels[kept], [groups[row] for row in kept], bits=_BITS
        )
        asked = [texts[row] for row in held], [groups[row] for row in held]
        before = _accuracy(known.probabilities(*asked), labels[held])
        after = _accuracy(own.probabilities(*asked), labels[held])
        told[language] = {
            "texts": len(rows), "before": before, "after": after, "is_kept": after > before
        }  # fmt: skip
        if after > before:
            known = known.replaced(language, own)
        progress((done + 1) / len(LANGUAGES), len(rows))
    if not told:
        raise DataError(
            "there are too few rated texts to learn from",
            where="posts",
            expected=f"{_LEAST} posts of a language with a rating, high and low ones",
            next_step="import reviews with ratings; until then the heads of the package are used",
        )
    if any(one["is_kept"] for one in told.values()) or known.is_outdated:
        _written(known, path)
    progress(1.0, len(texts))
    return told


def _is_held(text: str) -> bool:
    """Say if a text is held out: the same ones in every run, so what an earlier run learned from is not judged by."""
    return zlib.crc32(text.encode("utf-8", "surrogatepass")) % _HELD == 0


def _rated(store: Store) -> tuple[list[str], NDArray[np.int64], list[str]]:
    """Return what rated posts say, how they judge (-1 to 1), and the categories of what they judge."""
    texts: list[str] = []
    ratings: list[float] = []
    groups: list[str] = []
    after = (-1, -1)
    while (posts := store.mined.posts(after, _CHUNK)).height:
        after = posts["revision"][-1], posts["number"][-1]
        rows = posts.drop_nulls("rating").select("title", "text", "rating", "category")
        for title, text, rating, category in rows.iter_rows():
            if said := " ".join(filter(None, (title, text))).strip():
                texts.append(said)
                ratings.append(rating)
                groups.append(category or "")
    return texts, _labels(np.array(ratings)), groups


def _labels(ratings: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return -1, 0 or 1 of each rating, by the smallest scale that holds nearly all."""
    scale = next(
        (one for one in _SCALES if (ratings <= one).sum() >= _WITHIN * len(ratings)), _SCALES[-1]
    )
    share = ratings / scale
    return np.where(share <= 0.4, -1, np.where(share > 0.6, 1, 0)).astype(np.int64)


def _accuracy(found: NDArray[np.float32], labels: NDArray[np.int64]) -> float:
    told = np.where(found[:, 2] >= found[:, 0], 1, -1)
    return round(float((told == labels).mean()), 4) if len(labels) else 0.0


def _written(polarity: Polarity, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(path, replaces=True) as file:
        polarity.save(file)
