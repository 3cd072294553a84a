"""Attributes of 300 hand-labelled titles; those of score.jsonl were not looked at while the rules were written."""

import json
from pathlib import Path

import pytest

from zhiyin.language.facts.attributes import KEPT, Attributes, brand_key
from zhiyin.language.scripts import fold

FOLDER = Path(__file__).parent / "titles"


def form(name, value):
    if name == "brand":
        return name, brand_key(value)
    return name, "".join(fold(value).split()) if name in ("size", "unit") else value


@pytest.mark.parametrize(
    ("half", "precision", "recall"), [("dev", 0.97, 0.95), ("score", 0.94, 0.85)]
)
def test_what_titles_state_is_found(half, precision, recall):
    reader = Attributes()
    n_right = n_found = n_labels = 0
    for line in (FOLDER / f"{half}.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        found = {form(f.name, f.value) for f in reader.read(row["title"]) if f.confidence >= KEPT}
        labels = {
            form(name.replace("units", "unit"), label["value"])
            for name, listed in row["labels"].items()
            for label in listed
        }
        n_right += len(found & labels)
        n_found += len(found)
        n_labels += len(labels)
    assert n_right / n_found >= precision
    assert n_right / n_labels >= recall
