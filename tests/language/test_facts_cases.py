"""Texts written by hand with all that should be read from them, in two halves.

The rules were made while looking at the first half; the second was written before the reader was first run on it.
"""

import json
from pathlib import Path

import pytest

from tests.language.facts_shop import MORNING, SHOP, said
from zhiyin.language.facts.reader import Reader

CASES = [
    json.loads(line)
    for line in Path(__file__).with_name("facts_cases.jsonl").read_text("utf-8").splitlines()
]
READER = Reader(SHOP)


def judged(half):
    """Return precision and recall of the findings in a half of the cases."""
    n_right = n_found = n_expected = 0
    for case in CASES:
        if case["half"] == half:
            found = set(said(READER.read(case["text"], MORNING)))
            n_right += len(found & set(case["expect"]))
            n_found += len(found)
            n_expected += len(case["expect"])
    return n_right / n_found, n_right / n_expected


@pytest.mark.parametrize(
    ("half", "precision", "recall"), [("development", 0.98, 0.98), ("held_out", 0.97, 0.97)]
)
def test_precision_and_recall(half, precision, recall):
    found = judged(half)
    assert found[0] >= precision
    assert found[1] >= recall


def test_both_halves_and_languages_are_there():
    assert len(CASES) >= 120
    for half in ("development", "held_out"):
        texts = [case["text"] for case in CASES if case["half"] == half]
        assert len(texts) >= 60
        assert sum(text.isascii() for text in texts) >= 15
