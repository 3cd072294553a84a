"""How well texts are told apart that praise and that blame, beside rules, a majority and shuffled labels."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.bench.labelled_texts import LabelledTexts, read_labelled
from zhiyin.core.progress import Progress, untold
from zhiyin.language.embedder import Embedder
from zhiyin.language.linear import fit_linear
from zhiyin.language.scripts import fold
from zhiyin.language.sentiment.cues import cues
from zhiyin.language.sentiment.features import Grams
from zhiyin.language.sentiment.head import PolarityHead, learned_head

CURVE = (32, 128, 512)
"""Numbers of labels of the learning curve."""
_SHUFFLED = 4000  # texts that the control is learned from, at most
_EMBEDDED = 12_000  # training texts that are embedded, at most: a head of vectors soon has enough
_FEW_BITS = 18

Floats = NDArray[np.float32]


def bench_polarity(
    train: Path,
    test: Path | None = None,
    *,
    embedder: Embedder | None = None,
    seed: int = 0,
    progress: Progress = untold,
) -> dict[str, Any]:
    """Learn polarity from one table and judge it by another.

    Args:
        train: table of texts with a label each.
        test: the same; a fifth of the training table, held out by chance, unless given.
        embedder: its vectors judge beside n-grams and cues; None at tier 0.
        seed: of what is held out and shuffled.
        progress: told as the work goes on.
    Returns: ``accuracy``, ``macro_f1`` over the classes of the test, ``per_s`` texts judged a second, ``tier``, baselines,
        the control and the learning curve.
    Raises:
        InvalidRecord: a file cannot be read or has no texts with labels.
        DataError: there are not at least two negative and two positive texts to learn from.
    """
    learned, asked = read_labelled(train), None if test is None else read_labelled(test)
    if asked is None:
        learned, asked = _cut(learned, seed)
    rng = np.random.default_rng(seed)
    sample = rng.permutation(len(learned))
    started = time.perf_counter()
    vectors, asked_vectors, embed_s = _embedded(embedder, learned, asked, sample, progress)
    learning = time.perf_counter()
    head = learned_head(
        learned.texts, learned.labels, learned.groups, vectors, seed=seed,
        progress=lambda done, n: progress(0.5 + 0.3 * done, n),
    )  # fmt: skip
    learn_s = time.perf_counter() - learning
    judging = time.perf_counter()
    found = head.probabilities(asked.texts, asked.groups, asked_vectors)
    judge_s = time.perf_counter() - judging
    answer = {
        **figures_of(found, asked.labels, np.unique(asked.labels)),
        "per_s": round(len(asked) / (judge_s + embed_s["test"]), 1),
        "tier": 0 if embedder is None else 1,
        "calibration_error": _calibration_error(found, asked.labels),
        "seconds": {
            "embed": round(embed_s["train"] + embed_s["test"], 2),
            "learn": round(learn_s, 2),
            "judge": round(judge_s, 3),
            "all": round(time.perf_counter() - started, 2),
        },
        "size_mb": round(_size_mb(head), 2),
        "data": {"texts_learned_from": len(learned), "texts_judged": len(asked), "left_out": learned.left_out + asked.left_out},
        "groups": _of_groups(found, asked),
        **_beside(learned, asked, sample, rng, seed),
    }  # fmt: skip
    progress(1.0, len(asked))
    return answer


def _beside(
    learned: LabelledTexts,
    asked: LabelledTexts,
    sample: NDArray[np.int64],
    rng: np.random.Generator,
    seed: int,
) -> dict[str, Any]:
    """Return what the figures are read beside: baselines, the control and the learning curve."""
    classes = np.unique(asked.labels)
    return {
        "baselines": {
            "majority": _majority(learned.labels, asked.labels),
            "rules": _rules(learned, asked, classes),
        },
        "control": _shuffled(learned, asked, sample[:_SHUFFLED], classes, rng),
        "curve": _curve(learned, asked, sample, classes, seed),
    }


def _cut(whole: LabelledTexts, seed: int) -> tuple[LabelledTexts, LabelledTexts]:
    order = np.random.default_rng(seed).permutation(len(whole))
    held = max(len(order) // 5, 1)
    learned = replace(whole.taken(np.sort(order[held:])), left_out=whole.left_out)
    return learned, whole.taken(np.sort(order[:held]))


def _embedded(
    embedder: Embedder | None,
    learned: LabelledTexts,
    asked: LabelledTexts,
    sample: NDArray[np.int64],
    progress: Progress,
) -> tuple[Floats | None, Floats | None, dict[str, float]]:
    """Return the vectors of a sample of the training texts, 0 for the others, and of the test texts."""
    if embedder is None:
        return None, None, {"train": 0.0, "test": 0.0}
    started = time.perf_counter()
    rows = sample[:_EMBEDDED]
    made = embedder.embed([learned.texts[row] for row in rows], kind="passage")
    vectors = np.zeros((len(learned), made.shape[1]), np.float32)
    vectors[rows] = made
    between = time.perf_counter()
    progress(0.3, len(rows))
    asked_vectors = embedder.embed(asked.texts, kind="passage")
    progress(0.5, len(asked))
    seconds = {"train": between - started, "test": time.perf_counter() - between}
    return vectors, asked_vectors, seconds


def _told(found: Floats, classes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the likeliest of the classes there are."""
    told: NDArray[np.int64] = classes[np.argmax(found[:, classes + 1], axis=1)]
    return told


def figures_of(
    found: Floats, labels: NDArray[np.int64], classes: NDArray[np.int64]
) -> dict[str, float]:
    """Return accuracy and macro-F1 of (n, 3) chances, where the likeliest of some classes is told."""
    told = _told(found, classes)
    return {
        "accuracy": round(float((told == labels).mean()), 5),
        "macro_f1": round(_macro_f1(told, labels, classes), 5),
    }


def _macro_f1(
    told: NDArray[np.int64], labels: NDArray[np.int64], classes: Sequence[int] | NDArray[np.int64]
) -> float:
    each = []
    for one in classes:
        right = float(((told == one) & (labels == one)).sum())
        each.append(2 * right / max(float((told == one).sum() + (labels == one).sum()), 1.0))
    return float(np.mean(each))


def _calibration_error(found: Floats, labels: NDArray[np.int64], bins: int = 10) -> float:
    """Return how far said chances are from what came of them, of texts that are not neutral.

    References: Naeini, Cooper & Hauskrecht, AAAI 2015 (expected calibration error).
    """
    kept = labels != 0
    chance = found[kept, 2] / np.maximum(found[kept, 0] + found[kept, 2], 1e-9)
    held = np.minimum((chance * bins).astype(int), bins - 1)
    error = 0.0
    for one in range(bins):
        inside = held == one
        if inside.any():
            gap = abs(float(chance[inside].mean()) - float((labels[kept] > 0)[inside].mean()))
            error += gap * inside.mean()
    return round(float(error), 5)


def _size_mb(head: PolarityHead) -> float:
    return sum(array.nbytes for array in head.arrays().values()) / 1e6


def _of_groups(found: Floats, asked: LabelledTexts) -> dict[str, dict[str, float]]:
    if asked.groups is None:
        return {}
    groups = np.array(asked.groups)
    classes = np.unique(asked.labels)
    right = _told(found, classes) == asked.labels
    names = [name for name in dict.fromkeys(asked.groups) if name]
    return {
        name: {"texts": int((groups == name).sum()), "accuracy": round(float(right[groups == name].mean()), 4)}
        for name in names[:30]
    }  # fmt: skip


def _majority(learned: NDArray[np.int64], asked: NDArray[np.int64]) -> dict[str, float]:
    values, counts = np.unique(learned, return_counts=True)
    told = np.full(len(asked), values[counts.argmax()])
    return {
        "accuracy": round(float((told == asked).mean()), 5),
        "macro_f1": round(_macro_f1(told, asked, np.unique(asked)), 5),
    }


def _rules(
    learned: LabelledTexts, asked: LabelledTexts, classes: NDArray[np.int64]
) -> dict[str, float]:
    """Judge by words of praise and blame alone; nothing is learned but where the middle lies."""

    def sums(texts: list[str]) -> Floats:
        found = cues([fold(text) for text in texts])
        return np.asarray(found[:, 0] + found[:, -1], np.float32)

    before, now = sums(learned.texts), sums(asked.texts)
    share = float((learned.labels > 0).mean())
    middle = max(float(np.quantile(before, 1 - share)), 0.0)
    return _of_signs(now > middle, asked.labels, classes)


def _of_signs(
    is_praise: NDArray[np.bool_], labels: NDArray[np.int64], classes: NDArray[np.int64]
) -> dict[str, float]:
    told = np.where(is_praise, 1, -1)
    return {
        "accuracy": round(float((told == labels).mean()), 5),
        "macro_f1": round(_macro_f1(told, labels, classes), 5),
    }


def _shuffled(
    learned: LabelledTexts,
    asked: LabelledTexts,
    rows: NDArray[np.int64],
    classes: NDArray[np.int64],
    rng: np.random.Generator,
) -> dict[str, float]:
    """Learn n-grams from labels that were shuffled, which must not be better than chance.

    The rules are left out: they know praise from blame before anything is learned.
    """
    part = learned.taken(rows[learned.labels[rows] != 0])
    texts = [fold(text) for text in part.texts]
    grams = Grams.fitted(texts, bits=_FEW_BITS)
    sign = rng.permutation(part.labels).astype(np.float32)
    weights, bias = fit_linear(grams.rows(texts), sign, reg=1.0, loss="squared_hinge")
    margin = grams.scores([fold(text) for text in asked.texts], weights) + bias
    return _of_signs(margin > 0, asked.labels, classes)


def _curve(
    learned: LabelledTexts,
    asked: LabelledTexts,
    sample: NDArray[np.int64],
    classes: NDArray[np.int64],
    seed: int,
) -> dict[str, dict[str, float]]:
    """Learn from a few labels, as a shop has at first."""
    curve = {}
    for n in CURVE:
        rows = sample[:n]
        labels = learned.labels[rows]
        if n > len(sample) or min((labels > 0).sum(), (labels < 0).sum()) < 2:
            continue
        part = learned.taken(rows)
        head = learned_head(part.texts, part.labels, seed=seed, bits=_FEW_BITS)
        curve[str(n)] = figures_of(head.probabilities(asked.texts), asked.labels, classes)
    return curve
