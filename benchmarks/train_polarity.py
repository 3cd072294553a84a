"""Trains the polarity heads that come with the package, from public reviews, and prints what they reach.

Chinese: shopping reviews of ten categories. English: reviews of clothes, recommended or not, and of magazines by their
stars. A fifth of each is held out for the figures; the heads that are written learn from the other four fifths, so that
the figures are true of them. Writes src/zhiyin/language/data/polarity.npz; ``--json`` prints the figures as JSON.
"""

from __future__ import annotations

import argparse
import io
import json
from pathlib import Path

import numpy as np

from setting import data_folder
from zhiyin.bench.labelled_texts import LabelledTexts, read_labelled
from zhiyin.bench.text_polarity import figures_of
from zhiyin.language.sentiment.head import PolarityHead, learned_head

FILE = Path(__file__).parents[1] / "src/zhiyin/language/data/polarity.npz"
SOURCES = {
    "zh": ["chinese_shopping_reviews/train.tsv.gz"],
    "en": ["womens_clothing/reviews.csv.gz", "amazon_magazines/reviews.jsonl.gz"],
}
BITS = 18


def main() -> None:
    """Train, write, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON")
    asked = parser.parse_args()
    folder = data_folder()
    if folder is None:
        raise SystemExit("the reviews are not here: set ZHIYIN_DATA to the folder that holds them")
    heads: dict[str, PolarityHead] = {}
    told: dict[str, dict[str, float]] = {}
    for language, names in SOURCES.items():
        learned, held = [], {}
        for name in names:
            whole = read_labelled(folder / name)
            order = np.random.default_rng(0).permutation(len(whole))
            cut = len(order) // 5
            learned.append(whole.taken(order[cut:]))
            held[name] = whole.taken(order[:cut])
        texts = [text for part in learned for text in part.texts]
        labels = np.concatenate([part.labels for part in learned])
        heads[language] = learned_head(texts, labels, bits=BITS)
        for name, part in held.items():
            told[name] = _judged(heads[language], part)
    arrays = {
        f"{language}.{name}": array
        for language, head in heads.items()
        for name, array in head.arrays().items()
    }
    written = io.BytesIO()
    np.savez_compressed(written, **arrays)
    FILE.write_bytes(written.getvalue())
    told["file"] = {"MB": round(FILE.stat().st_size / 1e6, 2)}
    if asked.json:
        print(json.dumps(told))
    else:
        for name, figures in told.items():
            print(name, *(f"{key} {value:.4g}" for key, value in figures.items()))


def _judged(head: PolarityHead, part: LabelledTexts) -> dict[str, float]:
    found = head.probabilities(part.texts)
    return figures_of(found, part.labels, np.unique(part.labels))


if __name__ == "__main__":
    main()
