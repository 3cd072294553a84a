"""How well aspects, opinions and polarities are found together, beside the lexicon alone and shuffled labels."""

from __future__ import annotations

import ast
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from zhiyin.bench.text_aspect import read_lines
from zhiyin.core.progress import Progress, untold
from zhiyin.errors import InvalidRecord
from zhiyin.evaluation.intervals import bootstrap_ratio
from zhiyin.language.aspects.triplets import Triplet, TripletReader, lexicon_triplets
from zhiyin.language.scripts import fold

_MARK = "####"
_SAID = {"neg": "negative", "neu": "neutral", "pos": "positive"}
_LONGEST_LINE = 100_000
_SHUFFLED = 3000  # sentences that the control is learned from, at most


class Sentences(NamedTuple):
    """Sentences as tokens, and the triplets of each.

    Attributes:
        sentences: folded tokens, as the file parts them; positions count these.
        triplets: of each.
    """

    sentences: list[list[str]]
    triplets: list[list[Triplet]]


def bench_triplet(
    train: Path,
    test: Path | None = None,
    *,
    seed: int = 0,
    progress: Progress = untold,
) -> dict[str, Any]:
    """Learn from one file which triplets sentences hold, and judge that by another.

    A triplet counts only where both spans are exactly those of the file and the polarity is too. Nothing but the training
    file is learned from; no model helps, so the tier is 0.

    Args:
        train: what to learn from; see ``read_triplets``.
        test: what to judge by; a fifth of the training sentences, held out by chance, unless given.
        seed: of what is held out, drawn and shuffled.
        progress: told as the work goes on.
    Returns: ``precision``, ``recall``, ``f1``, ``f1_interval``, ``pair_f1`` without polarity, ``per_s`` sentences read a
        second, ``tier``, ``n_train``, ``n_test`` sentences, the lexicon alone, and the control.
    Raises:
        InvalidRecord: a file cannot be read, or is no such file.
    """
    learned = read_triplets(train)
    asked = read_triplets(test) if test else None
    if asked is None:
        learned, asked = _cut(learned, seed)
    learning = time.perf_counter()
    reader = TripletReader.fit(
        *learned, seed=seed, progress=lambda done, n: progress(0.7 * done, n)
    )
    judging = time.perf_counter()
    found = reader.read(asked.sentences)
    judged = time.perf_counter()
    answer = {
        **_figures(found, asked.triplets),
        "f1_interval": _interval(found, asked.triplets, seed),
        "pair_f1": _figures(_pairs(found), _pairs(asked.triplets))["f1"],
        "per_s": round(len(asked.sentences) / max(judged - judging, 1e-9), 1),
        "tier": 0,
        "n_train": len(learned.sentences),
        "n_test": len(asked.sentences),
        "seconds": {"learn": round(judging - learning, 2), "judge": round(judged - judging, 3)},
        "baselines": {"lexicon": _lexicon(learned, asked)},
        "control": _control(learned, asked, seed),
    }
    progress(1.0, len(asked.sentences))
    return answer


def read_triplets(path: Path) -> Sentences:
    """Read lines of a sentence, ``####`` and a list of ((first, last), (first, last), polarity).

    Positions count the sentence's tokens, which are apart by spaces, from 0; the last one belongs to the span, and -1 says
    that no aspect is named. Polarities are POS, NEG and NEU or longer forms of these.

    Raises:
        InvalidRecord: the file cannot be read, or a line of it is something else.
    """
    sentences, triplets = [], []
    for number, line in enumerate(read_lines(path), 1):
        if not line:
            continue
        sentence, mark, listed = line.partition(_MARK)
        tokens = _tokens(sentence)
        try:
            said = ast.literal_eval(listed.strip()) if len(listed) < _LONGEST_LINE else ""
            found = list(dict.fromkeys(_triplet(one, len(tokens)) for one in said))
        except (
            ValueError,
            SyntaxError,
            TypeError,
            KeyError,
            IndexError,
            RecursionError,
            MemoryError,
        ) as error:
            raise InvalidRecord(
                "there is no list of triplets behind ####"
                if mark
                else "there is no #### behind the sentence",
                where=f"{path}, line {number}",
                expected="a sentence of tokens apart by spaces, ####, and [((0, 1), (2, 3), 'POS')]",
                next_step="write the line so; three-line records with $T$ are for the task aspect",
            ) from error
        sentences.append(tokens)
        triplets.append(found)
    if not sentences:
        raise InvalidRecord(
            "there is nothing in it",
            where=str(path),
            expected="a line for each sentence, with its triplets behind ####",
            next_step="check the file",
        )
    return Sentences(sentences, triplets)


def _tokens(sentence: str) -> list[str]:
    """Return the folded tokens; what folds to a space is a token all the same."""
    folded, tokens, start = fold(sentence), [], 0
    for token in sentence.split(" "):
        tokens.append(folded[start : start + len(token)])
        start += len(token) + 1
    return tokens


def _triplet(one: Any, n_tokens: int) -> Triplet:
    """Return a triplet as a line tells it.

    Raises:
        ValueError, TypeError, KeyError: it is none.
    """
    (first, last), (start, end), said = one
    if not all(isinstance(place, int) for place in (first, last, start, end)):
        raise TypeError(one)
    unnamed = first == last == -1
    if not (unnamed or 0 <= first <= last < n_tokens) or not 0 <= start <= end < n_tokens:
        raise ValueError(one)
    return Triplet(
        None if unnamed else (first, last),
        (start, end),
        _SAID[said[:3].casefold()],
    )


def _cut(whole: Sentences, seed: int) -> tuple[Sentences, Sentences]:
    held = np.random.default_rng(seed).permutation(len(whole.sentences)) % 5 == 0
    learned, asked = (
        Sentences([whole.sentences[row] for row in rows], [whole.triplets[row] for row in rows])
        for rows in (np.flatnonzero(~held), np.flatnonzero(held))
    )
    return learned, asked


def _counts(found: Sequence[Sequence[Any]], true: Sequence[Sequence[Any]]) -> NDArray[np.int64]:
    """Return how many triplets of each sentence are right, found and true, (n, 3)."""
    rows = [
        (len(set(told) & set(gold)), len(set(told)), len(set(gold)))
        for told, gold in zip(found, true, strict=True)
    ]
    return np.array(rows, np.int64).reshape(-1, 3)


def _figures(found: Sequence[Sequence[Any]], true: Sequence[Sequence[Any]]) -> dict[str, float]:
    right, told, gold = _counts(found, true).sum(axis=0).tolist()
    return {
        "precision": round(right / max(told, 1), 5),
        "recall": round(right / max(gold, 1), 5),
        "f1": round(2 * right / max(told + gold, 1), 5),
    }


def _interval(
    found: Sequence[Sequence[Any]], true: Sequence[Sequence[Any]], seed: int
) -> list[float]:
    """Return the 95 % interval of F1 by drawing sentences again and again."""
    counts = _counts(found, true)
    interval = bootstrap_ratio(
        2.0 * counts[:, 0], (counts[:, 1] + counts[:, 2]).astype(float), seed=seed
    )
    return [round(interval.low, 4), round(interval.high, 4)]


def _pairs(triplets: Sequence[Sequence[Triplet]]) -> list[list[Any]]:
    return [[triplet[:2] for triplet in one] for one in triplets]


def _lexicon(learned: Sentences, asked: Sentences) -> dict[str, float]:
    """Return the figures of taxonomy and lexicon alone; how much of a clause is the opinion is chosen by the training file."""
    best = max(
        (False, True),
        key=lambda whole: _figures(
            [lexicon_triplets(tokens, whole_clause=whole) for tokens in learned.sentences],
            learned.triplets,
        )["f1"],
    )
    found = [lexicon_triplets(tokens, whole_clause=best) for tokens in asked.sentences]
    return _figures(found, asked.triplets)


def _control(learned: Sentences, asked: Sentences, seed: int) -> dict[str, float]:
    """Return the figures of a reader whose training sentences have each other's triplets, as far as these fit."""
    order = np.random.default_rng(seed).permutation(len(learned.sentences))[:_SHUFFLED]
    shuffled = [
        [
            one
            for one in learned.triplets[other]
            if max(one.opinion[1], one.aspect[1] if one.aspect else 0) < len(learned.sentences[row])
        ]
        for row, other in zip(order, np.roll(order, 1), strict=True)
    ]
    reader = TripletReader.fit([learned.sentences[row] for row in order], shuffled, seed=seed)
    return _figures(reader.read(asked.sentences), asked.triplets)
