"""Make ``language/data/aspect_prior.npz``: what is known of words that praise and blame before a shop labels anything.

Needs the data sets in ``../shared/data`` or ``ZHIYIN_DATA``; only their training parts are read. ``weights`` are of n-grams,
learned from clauses of Chinese shopping reviews (each has its review's label), from aspect-opinion pairs of restaurant
reviews, and from sentences of English reviews of clothes and magazines (by their stars). ``head_*`` weigh the lexicon
and this prior; they are learned from labelled aspects of cameras, phones and laptops. Prints one JSON document.
"""

from __future__ import annotations

import csv
import gzip
import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from scipy import sparse

from zhiyin.bench.text_aspect import read_aspects
from zhiyin.bench.text_triplet import read_triplets
from zhiyin.language.aspects.clauses import clauses
from zhiyin.language.aspects.context import lexicon_rows
from zhiyin.language.aspects.polarity import TOLD
from zhiyin.language.aspects.prior import VIEWS, prior_rows, text_rows
from zhiyin.language.linear import fit_linear, fit_softmax
from zhiyin.language.scripts import fold

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "src" / "zhiyin" / "language" / "data" / "aspect_prior.npz"
LONGEST = 40
"""Characters of a Chinese clause that is learned from."""
PAIR_WEIGHT, ENGLISH_WEIGHT = 3.0, 0.5
REG, HEAD_REG = 1.0, 1.0

Told = Iterator[tuple[str, float]]


def chinese_clauses(folder: Path) -> Told:
    """Clauses of shopping reviews, 1 of reviews that praise, -1 of those that blame."""
    with gzip.open(
        folder / "chinese_shopping_reviews" / "train.tsv.gz", "rt", encoding="utf-8"
    ) as file:
        next(file)
        for line in file:
            _, praises, review = line.rstrip("\n").split("\t")
            text = fold(review)
            for clause in clauses(text):
                if 2 <= clause.end - clause.start <= LONGEST:
                    yield text[clause.start : clause.end], 1.0 if praises == "1" else -1.0


def pairs(folder: Path) -> Told:
    """Aspects with their opinions; what is neutral counts as blame, as it does where two polarities are told apart."""
    said = read_triplets(folder / "aspect_sentiment" / "chinese_triplets" / "train.txt")
    for tokens, triplets in zip(said.sentences, said.triplets, strict=True):
        for aspect, (first, last), polarity in triplets:
            text = "".join(tokens[first : last + 1])
            if aspect and abs(aspect[0] - first) < 12:
                text = "".join(tokens[min(aspect[0], first) : max(aspect[1], last) + 1])
            yield text, 1.0 if polarity == "positive" else -1.0


def english_sentences(folder: Path) -> Told:
    """Sentences of reviews by their stars, without those of three."""
    with gzip.open(folder / "womens_clothing" / "reviews.csv.gz", "rt", encoding="utf-8") as file:
        reviews = [
            (row["Review Text"], row["Title"], row["Rating"]) for row in csv.DictReader(file)
        ]
    with gzip.open(
        folder / "amazon_magazines" / "reviews.jsonl.gz", "rt", encoding="utf-8"
    ) as file:
        for line in file:
            row = json.loads(line)
            reviews.append((row.get("reviewText", ""), row.get("summary", ""), row["overall"]))
    for text, title, stars in reviews:
        for sentence in re.split(r"[.!?;\n]+", fold(f"{text}. {title}")):
            if 4 < len(sentence) < 300 and int(float(stars)) != 3:
                yield sentence, 1.0 if float(stars) > 3 else -1.0


def learned_prior(folder: Path) -> tuple[np.ndarray, dict[str, int]]:
    """Return the weights of n-grams, and how many texts of which kind they are learned from."""
    kinds = {
        "clauses": (chinese_clauses, 1.0),
        "pairs": (pairs, PAIR_WEIGHT),
        "sentences": (english_sentences, ENGLISH_WEIGHT),
    }
    rows, labels, weights, counts = [], [], [], {}
    for name, (read, weight) in kinds.items():
        texts, told = zip(*read(folder), strict=True)
        sign = np.array(told)
        rows.append(text_rows(texts))
        labels.append(sign)
        # English reviews are eight of nine full of praise: blame counts more, though not all that much more.
        rare = 0.7 * (sign > 0).sum() / (sign < 0).sum() if name == "sentences" else 1.0
        weights.append(weight * np.where(sign > 0, 1.0, rare))
        counts[name] = len(texts)
    features = sparse.vstack(rows, format="csr")
    learned, _ = fit_linear(
        features, np.concatenate(labels), reg=REG, weights=np.concatenate(weights)
    )
    return learned, counts


def main() -> None:
    """Learn, write the arrays and print what they are."""
    folder = Path(os.environ.get("ZHIYIN_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        sys.exit("SKIPPED: no research data, set ZHIYIN_DATA")
    learned, counts = learned_prior(folder)
    scale = np.abs(learned).max() / 127
    weights = np.round(learned / scale).astype(np.int8)
    arrays = {"weights": weights, "spread": np.ones(VIEWS, np.float32)}
    sets = folder / "aspect_sentiment"
    named = (
        "chinese_camera/camera.train.txt",
        "chinese_phone/phone.train.txt",
        "english_laptop/Laptops_Train.xml.seg",
    )
    known = [read_aspects(sets / name) for name in named]
    contexts = [context for one in known for context in one.contexts]
    labels = np.concatenate([one.labels for one in known])
    prior_views = prior_rows(contexts, arrays)
    arrays["spread"] = np.maximum(prior_views.std(axis=0), 1e-6).astype(np.float32)
    rows = TOLD * np.hstack([lexicon_rows(contexts), prior_views / arrays["spread"]])
    arrays["head_weights"], arrays["head_biases"] = fit_softmax(rows, labels, 3, reg=HEAD_REG)
    TARGET.parent.mkdir(exist_ok=True)
    np.savez_compressed(TARGET, **arrays)
    print(
        json.dumps(
            {
                "texts": counts,
                "aspects": len(labels),
                "bytes": TARGET.stat().st_size,
                "used": int((weights != 0).sum()),
            }
        )
    )


if __name__ == "__main__":
    main()
