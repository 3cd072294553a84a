"""How well polarity learned from some categories of goods is told in one that was never seen.

    nice python benchmarks/polarity_transfer.py [--categories 酒店 蒙牛] [--vectors FILE.npz]

Data: chinese_shopping_reviews, the training file only, each category left out in turn. ``head`` is the head of tier 0;
``with vectors`` is tier 1, where a file gives ``texts`` (n,) and ``vectors`` (n, dim), judged on the texts that have one.
``plain`` is what most would try first: n-grams of one to three characters by TF-IDF, and a linear squared-hinge machine
(Joachims, ECML 1998). Some two minutes a category on one core.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from setting import data_folder, report
from zhiyin.bench.labelled_texts import LabelledTexts, read_labelled
from zhiyin.language.linear import fit_linear
from zhiyin.language.ngrams import hashed_ngrams
from zhiyin.language.sentiment.head import learned_head


def main() -> None:
    """Leave each category out, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--categories", nargs="*", help="those left out in turn; all unless given")
    parser.add_argument("--vectors", type=Path, help="vectors of the texts")
    asked = parser.parse_args()
    folder = data_folder()
    if folder is None:
        raise SystemExit("the reviews are not here: set ZHIYIN_DATA to the folder that holds them")
    whole = read_labelled(folder / "chinese_shopping_reviews/train.tsv.gz")
    vectors = None if asked.vectors is None else vectors_of(whole.texts, asked.vectors)
    groups = np.array(whole.groups)
    told = {}
    for category in asked.categories or sorted(set(whole.groups or ())):
        rest, held = np.flatnonzero(groups != category), np.flatnonzero(groups == category)
        told[category] = judged(whole.taken(rest), whole.taken(held), vectors, rest, held)
    mean = {
        name: float(np.mean([figures[name] for figures in told.values()]))
        for name in next(iter(told.values()))
    }
    report("polarity_transfer", categories=told, mean=mean)


def vectors_of(texts: list[str], path: Path) -> NDArray[np.float32]:
    """Return a row for each text, 0 where the file has none."""
    with np.load(path) as arrays:
        known = dict(zip(arrays["texts"].tolist(), arrays["vectors"], strict=True))
        dim = arrays["vectors"].shape[1]
    nothing = np.zeros(dim, np.float32)
    return np.stack([known.get(text, nothing) for text in texts]).astype(np.float32)


def judged(
    learned: LabelledTexts,
    asked: LabelledTexts,
    vectors: NDArray[np.float32] | None,
    rest: NDArray[np.int64],
    held: NDArray[np.int64],
) -> dict[str, float]:
    """Return accuracies of one category."""

    def right(found: NDArray[Any]) -> NDArray[np.bool_]:
        return np.asarray(np.where(found[:, 2] > found[:, 0], 1, -1) == asked.labels)

    own = None if vectors is None else vectors[rest]
    head = learned_head(learned.texts, learned.labels, learned.groups, own)
    figures = {
        "texts": float(len(asked)),
        "plain": float((plain(learned, asked) == asked.labels).mean()),
        "head": float(right(head.probabilities(asked.texts)).mean()),
    }
    if vectors is not None:
        given = np.abs(vectors[held]).max(axis=1) > 0
        found = head.probabilities(asked.texts, None, vectors[held])
        figures["with vectors"] = float(right(found)[given].mean())
    return figures


def plain(learned: LabelledTexts, asked: LabelledTexts) -> NDArray[np.int64]:
    """Return -1 or 1 of each text by TF-IDF of characters."""
    before, now = (hashed_ngrams(part.texts, (1, 2, 3), bits=22) for part in (learned, asked))
    spread = np.bincount(before.indices, minlength=before.shape[1])
    rarity = (1 + np.log((1 + len(learned)) / (1 + spread))).astype(np.float32)
    for rows in (before, now):
        rows.sum_duplicates()
        rows.data *= rarity[rows.indices]
        length = np.sqrt(rows.multiply(rows).sum(axis=1))
        rows.data /= np.repeat(length, np.diff(rows.indptr))
    weights, bias = fit_linear(before, learned.labels, reg=1.0, loss="squared_hinge")
    return np.where(now @ weights + bias > 0, 1, -1)


if __name__ == "__main__":
    main()
