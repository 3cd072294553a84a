"""Seven emotions of short texts of shoppers: accuracy and macro-F1 beside two baselines, and texts a second.

The cases are hand-written. Half "dev" was seen while the words were chosen, and the head over vectors is fitted to it
(--fit); half "score" was written when the words stood, and only measured.

python benchmarks/emotion.py [--json] [--fit]
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from setting import ROOT, report
from zhiyin.errors import MissingExtra
from zhiyin.language.embedders.e5 import E5
from zhiyin.language.scripts import fold
from zhiyin.language.sentiment.cues import cues
from zhiyin.language.sentiment.emotion import EMOTIONS, Emotions

CASES = ROOT / "tests" / "language" / "emotion_cases.jsonl"
HEAD = ROOT / "src" / "zhiyin" / "language" / "data" / "emotion.npz"
REG, SHARPNESS = 0.2, 16.0  # by five-fold log loss within dev
REPEATS = 200


def figures(truth: NDArray[np.int64], guess: NDArray[np.int64]) -> dict[str, Any]:
    """Return accuracy, macro-F1 and the F1 of each emotion."""
    f1 = {}
    for place, name in enumerate(EMOTIONS):
        said, meant = guess == place, truth == place
        f1[name] = float(2 * (said & meant).sum() / max(said.sum() + meant.sum(), 1))
    return {
        "accuracy": float((truth == guess).mean()),
        "macro_f1": float(np.mean(list(f1.values()))),
        "f1": f1,
    }


def by_polarity(texts: list[str]) -> NDArray[np.int64]:
    """Return joy where a text praises, sadness where it blames, neutral elsewhere."""
    polarity = cues([fold(text) for text in texts])[:, 0]
    places = [EMOTIONS.index(name) for name in ("sadness", "neutral", "joy")]
    return np.array(places)[np.sign(polarity).astype(int) + 1]


def fitted(cases: list[dict[str, str]], embedder: E5) -> None:
    """Fit the head over vectors to half dev by ridge regression, and write it."""
    dev = [case for case in cases if case["half"] == "dev"]
    vectors = embedder.embed([case["text"] for case in dev], kind="query").astype(np.float64)
    mean = vectors.mean(axis=0)
    centred = vectors - mean
    labels = np.eye(len(EMOTIONS))[[EMOTIONS.index(case["emotion"]) for case in dev]]
    gram = centred.T @ centred + REG * np.eye(vectors.shape[1])
    weights = SHARPNESS * np.linalg.solve(gram, centred.T @ (labels - 1 / len(EMOTIONS)))
    HEAD.parent.mkdir(exist_ok=True)
    np.savez_compressed(
        HEAD,
        model_id=np.array(embedder.model_id),
        weights=weights.astype(np.float16),
        bias=(-mean @ weights).astype(np.float32),
    )


def speed(texts: list[str]) -> float:
    """Return texts per second of CPU time, in a batch."""
    many = texts * REPEATS
    emotions = Emotions()
    emotions.probabilities(texts)
    start = time.process_time()
    emotions.probabilities(many)
    return len(many) / (time.process_time() - start)


def main() -> None:
    """Measure, and print a table or JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--fit", action="store_true", help="fit the head over vectors first")
    asked = parser.parse_args()
    cases = [json.loads(line) for line in Path(CASES).read_text("utf-8").splitlines()]
    embedder = E5(E5.Config())
    if asked.fit:
        fitted(cases, embedder)
    table = {}
    for language in ("zh", "en"):
        mine = [c for c in cases if c["language"] == language and c["half"] == "score"]
        texts = [case["text"] for case in mine]
        truth = np.array([EMOTIONS.index(case["emotion"]) for case in mine])
        guesses = {
            "one emotion for all": np.full(len(mine), np.bincount(truth).argmax()),
            "polarity only": by_polarity(texts),
            "words and signs": Emotions().probabilities(texts).argmax(axis=1),
        }
        try:
            guesses["words, signs and E5"] = Emotions(embedder).probabilities(texts).argmax(axis=1)
        except MissingExtra as error:
            print(error, file=sys.stderr)
        for name, guess in guesses.items():
            table[f"{language}: {name}"] = {"n": len(mine), **figures(truth, guess)}
    per_second = speed([case["text"] for case in cases])
    if asked.json:
        report("emotion", score=table, texts_per_cpu_second=per_second)
        return
    for name, row in table.items():
        each = " ".join(f"{emotion} {value:.2f}" for emotion, value in row["f1"].items())
        print(
            f"{name:26} n {row['n']}  acc {row['accuracy']:.3f}  F1 {row['macro_f1']:.3f}  {each}"
        )
    print(f"{per_second:,.0f} texts per CPU second")


if __name__ == "__main__":
    main()
