"""How well it is told what is thought of an aspect, beside a majority, the lexicon, n-grams and shuffled labels."""

from __future__ import annotations

import re
import time
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from zhiyin.core.progress import Progress, untold
from zhiyin.errors import InvalidRecord
from zhiyin.evaluation.intervals import bootstrap
from zhiyin.ingest.reading.encodings import detect
from zhiyin.ingest.reading.text_file import opened
from zhiyin.language.aspects.context import Context, lexicon_rows
from zhiyin.language.aspects.polarity import POLARITIES, AspectHead
from zhiyin.language.aspects.prior import text_rows
from zhiyin.language.embedder import Embedder
from zhiyin.language.linear import fit_softmax
from zhiyin.language.scripts import HAN, fold

_PLACE = "$T$"
_SAID = {
    "negative": 0, "neg": 0, "-1": 0, "neutral": 1, "neu": 1, "0": 1, "positive": 2, "pos": 2, "1": 2,
}  # fmt: skip
_APART = re.compile(f"(?<=[{HAN}])[ \t]+|[ \t]+(?=[{HAN}])")
_BRACKETS = {"-LRB-": "(", "-RRB-": ")", "-lrb-": "(", "-rrb-": ")", "``": '"', "''": '"'}
_PLAIN_REG = 0.3

Labels = NDArray[np.int64]


class Aspects(NamedTuple):
    """Aspects in their sentences, and what is thought of them.

    Attributes:
        contexts: n of them.
        labels: (n,) places in ``POLARITIES``.
    """

    contexts: list[Context]
    labels: Labels


def bench_aspect(
    train: Path,
    test: Path | None = None,
    *,
    embedder: Embedder | None = None,
    seed: int = 0,
    progress: Progress = untold,
) -> dict[str, Any]:
    """Learn from one file what is thought of aspects and judge it by another.

    Files have three lines a record: a sentence with ``$T$`` in the aspect's place, the aspect, its polarity. Nothing but
    the training file is learned from, beside the prior that comes with the package.

    Args:
        train: what to learn from.
        test: what to judge by; a fifth of the training sentences, held out by chance, unless given.
        embedder: its vectors are read beside n-grams, lexicon and prior; None at tier 0.
        seed: of the folds, what is held out and what is shuffled.
        progress: told as the work goes on.
    Returns: ``accuracy``, ``macro_f1`` over the polarities of the test, ``per_s`` aspects judged a second, ``tier``,
        ``n_train``, ``n_test``, baselines, the control and ``new_sentences``: the same of what training has not seen.
    Raises:
        InvalidRecord: a file cannot be read, or is no such file.
        DataError: there are not two polarities to learn.
    """
    learned = read_aspects(train)
    asked = read_aspects(test) if test else None
    if asked is None:
        learned, asked = _cut(learned, seed)
    started = time.perf_counter()
    vectors = _vectors(embedder, learned.contexts)
    progress(0.3, len(learned.labels))
    learning = time.perf_counter()
    head = AspectHead.fit(
        learned.contexts, learned.labels, vectors=vectors, seed=seed,
        progress=lambda done, n: progress(0.3 + 0.5 * done, n),
    )  # fmt: skip
    judging = time.perf_counter()
    found = head.probabilities(asked.contexts, _vectors(embedder, asked.contexts)).argmax(axis=1)
    judged = time.perf_counter()
    known = {_plain(context) for context in learned.contexts}
    is_new = np.array([_plain(context) not in known for context in asked.contexts])
    answer = {
        **_figures(found, asked.labels),
        "accuracy_interval": _interval(found == asked.labels, seed),
        "per_s": round(len(asked.labels) / max(judged - judging, 1e-9), 1),
        "tier": 0 if embedder is None else 1,
        "n_train": len(learned.labels),
        "n_test": len(asked.labels),
        "seconds": {
            "embed": round(learning - started, 2),
            "learn": round(judging - learning, 2),
            "judge": round(judged - judging, 3),
        },
        "new_sentences": {"n": int(is_new.sum()), **_figures(found[is_new], asked.labels[is_new])},
        "baselines": _baselines(learned, asked),
        "control": _control(learned, asked, vectors, embedder, seed),
    }
    progress(1.0, len(asked.labels))
    return answer


def read_aspects(path: Path) -> Aspects:
    """Read records of three lines: a sentence with ``$T$``, the aspect in its place, and a polarity.

    Spaces between Chinese characters are left out. Polarities are words such as ``Positive`` and ``neg``, or -1, 0, 1.

    Raises:
        InvalidRecord: the file cannot be read, or a line of it is something else.
    """
    lines = read_lines(path)
    contexts, labels = [], []
    for place in range(0, len(lines), 3):
        sentence, aspect, said, *_ = *lines[place : place + 3], "", ""
        label = _SAID.get(said.casefold())
        if _PLACE not in sentence or not aspect or label is None:
            raise _no_record(path, place, sentence, aspect, said)
        before, _, after = _joined(sentence).partition(_PLACE)
        contexts.append(Context(fold(before), fold(_joined(aspect)), fold(after)))
        labels.append(label)
    if not contexts:
        raise _no_record(path, 0, "", "", "")
    return Aspects(contexts, np.array(labels, np.int64))


def read_lines(path: Path) -> list[str]:
    """Return the lines of a text file without white space around them, and without empty ones at its end.

    Raises:
        InvalidRecord: the file cannot be read.
    """
    try:
        with opened(path, detect(path)) as file:
            lines = [line.strip() for line in file.lines]
    except (OSError, EOFError, zlib.error) as error:
        raise InvalidRecord(
            f"it cannot be read: {error}",
            where=str(path),
            expected="a text file",
            next_step="check the path and the file",
        ) from error
    while lines and not lines[-1]:
        lines.pop()
    return lines


def _no_record(path: Path, place: int, sentence: str, aspect: str, said: str) -> InvalidRecord:
    """Return what is wrong with the record that begins at a line, counted from 0."""
    if _PLACE not in sentence:
        line, what = (
            place + 1,
            f"there is no {_PLACE} in the sentence" if sentence else "there is no sentence",
        )
    elif not aspect:
        line, what = place + 2, "there is no aspect"
    else:
        line, what = place + 3, f'"{said[:40]}" is no polarity'
    return InvalidRecord(
        what,
        where=f"{path}, line {line}",
        expected=f"three lines a record: a sentence with {_PLACE}, the aspect, and Positive, Neutral or Negative",
        next_step="write the file so; sentences with #### are for the task triplet",
    )


def _joined(text: str) -> str:
    """Return a text with Chinese characters together, and brackets and quotes as people write them."""
    for written, meant in _BRACKETS.items():
        text = text.replace(written, meant)
    return _APART.sub("", text)


def _plain(context: Context) -> str:
    return "".join(context.text.split())


def _cut(whole: Aspects, seed: int) -> tuple[Aspects, Aspects]:
    """Return four fifths of the sentences to learn from, and the others; aspects of one sentence stay together."""
    owner = np.unique([_plain(context) for context in whole.contexts], return_inverse=True)[1]
    held = (np.random.default_rng(seed).permutation(owner.max() + 1) % 5 == 0)[owner]
    parts = (np.flatnonzero(~held), np.flatnonzero(held))
    learned, asked = (
        Aspects([whole.contexts[row] for row in rows], whole.labels[rows]) for rows in parts
    )
    return learned, asked


def _vectors(embedder: Embedder | None, contexts: Sequence[Context]) -> NDArray[np.float32] | None:
    if embedder is None:
        return None
    return embedder.embed([f"{one.aspect.strip()}: {one.text}" for one in contexts], kind="query")


def _figures(found: Labels, labels: Labels) -> dict[str, float]:
    """Return accuracy, and the mean F1 of the polarities there are."""
    f1 = [
        2
        * np.sum((found == one) & (labels == one))
        / (np.sum(found == one) + np.sum(labels == one))
        for one in np.unique(labels)
    ]
    if not f1:
        return {"accuracy": float("nan"), "macro_f1": float("nan")}
    return {
        "accuracy": round(float(np.mean(found == labels)), 5),
        "macro_f1": round(float(np.mean(f1)), 5),
    }


def _interval(right: NDArray[np.bool_], seed: int) -> list[float]:
    interval = bootstrap(right.astype(np.float64), seed=seed)
    return [round(interval.low, 4), round(interval.high, 4)]


def _baselines(learned: Aspects, asked: Aspects) -> dict[str, Any]:
    """Return the figures of a majority, of the lexicon alone, of n-grams, and of the head that has learned nothing here."""
    often = np.bincount(learned.labels, minlength=len(POLARITIES)).argmax()
    # The lexicon's sum over the clause, else over the sentence; neutral is said only where training knows it.
    told = lexicon_rows(asked.contexts)
    value = np.where(told[:, 0] != 0, told[:, 0], told[:, 20])
    nothing = 1 if 1 in learned.labels else often
    lexicon = np.select([value > 0, value < 0], [2, 0], nothing)
    known = np.unique(learned.labels)
    rows, asked_rows = (text_rows([one.text for one in part.contexts]) for part in (learned, asked))
    used = np.unique(rows.indices)
    weights, biases = fit_softmax(
        rows[:, used], np.searchsorted(known, learned.labels), len(known), reg=_PLAIN_REG
    )
    plain = known[(asked_rows[:, used] @ weights + biases).argmax(axis=1)]
    shipped = AspectHead.shipped().probabilities(asked.contexts)[:, known]
    return {
        "majority": _figures(np.full(len(asked.labels), often), asked.labels),
        "lexicon": _figures(lexicon, asked.labels),
        "n-grams": _figures(plain, asked.labels),
        "shipped": _figures(known[shipped.argmax(axis=1)], asked.labels),
    }


def _control(
    learned: Aspects,
    asked: Aspects,
    vectors: NDArray[np.float32] | None,
    embedder: Embedder | None,
    seed: int,
) -> dict[str, float]:
    """Return the figures of the same head after the training labels were shuffled: chance, unless the test leaks."""
    labels = np.random.default_rng(seed).permutation(learned.labels)
    head = AspectHead.fit(learned.contexts, labels, vectors=vectors, seed=seed)
    found = head.probabilities(asked.contexts, _vectors(embedder, asked.contexts)).argmax(axis=1)
    return _figures(found, asked.labels)
