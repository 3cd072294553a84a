"""Attributes read from hand-labelled titles of goods: precision, recall and F1 of each, and titles a second.

A file of titles has one JSON object a line: ``title``, ``language`` and ``labels``, attribute → objects of ``value`` and
``span``. What is found is right when name and value agree with a label whose words overlap it. Sizes and amounts agree
when they are written alike but for case and spaces; brands when they are forms of one name (华为, HUAWEI).

Only findings as sure as those that mining keeps count; ``--least 0`` counts all.

python benchmarks/attributes.py --titles FILE [--least CONFIDENCE] [--json] [--wrong]
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from setting import report
from zhiyin.language.facts.attributes import KEPT, Attributes, brand_key
from zhiyin.language.finding import Finding
from zhiyin.language.scripts import fold

NAMES = ("brand", "colour", "size", "material", "season", "audience", "unit")
ROUNDS = 20


class Label:
    """What somebody labelled: the attribute, its value, and all places of its words in the title."""

    def __init__(self, name: str, value: str, span: str, title: str) -> None:
        self.name, self.value = name, value
        self.places = []
        start = title.find(span)
        while start >= 0:
            self.places.append((start, start + len(span)))
            start = title.find(span, start + 1)

    def is_met(self, finding: Finding) -> bool:
        """Return whether a finding says the same of overlapping words."""
        return (
            finding.name == self.name
            and same_form(self.name, finding.value) == same_form(self.name, self.value)
            and any(finding.start < end and start < finding.end for start, end in self.places)
        )


def same_form(name: str, value: str) -> str:
    """Return the form in which values are compared."""
    if name == "brand":
        return brand_key(value)
    return "".join(fold(value).split()) if name in ("size", "unit") else value


def read_titles(path: Path) -> list[tuple[str, list[Label]]]:
    """Return each title of a file with its labels."""
    titles = []
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        labels = [
            Label("unit" if name == "units" else name, label["value"], label["span"], row["title"])
            for name, listed in row["labels"].items()
            for label in listed
        ]
        titles.append((row["title"], labels))
    return titles


def score(
    titles: Iterable[tuple[str, list[Label]]], reader: Attributes, least: float
) -> tuple[dict[str, dict[str, float]], list[dict[str, Any]]]:
    """Return precision, recall and F1 of each attribute and of all, and the titles that were read wrong."""
    counts = {name: {"right": 0, "found": 0, "labels": 0} for name in NAMES}
    wrong = []
    for title, labels in titles:
        found = [finding for finding in reader.read(title) if finding.confidence >= least]
        right = [finding for finding in found if any(label.is_met(finding) for label in labels)]
        met = [label for label in labels if any(label.is_met(finding) for finding in found)]
        for name in NAMES:
            counts[name]["found"] += sum(finding.name == name for finding in found)
            counts[name]["labels"] += sum(label.name == name for label in labels)
            counts[name]["right"] += min(
                sum(finding.name == name for finding in right),
                sum(label.name == name for label in met),
            )
        extra = [f"{f.name}={f.value}" for f in found if f not in right]
        missed = [f"{label.name}={label.value}" for label in labels if label not in met]
        if extra or missed:
            wrong.append({"title": title, "extra": extra, "missed": missed})
    total = {key: sum(count[key] for count in counts.values()) for key in counts["brand"]}
    return {name: rates(count) for name, count in {**counts, "total": total}.items()}, wrong


def rates(count: Mapping[str, int]) -> dict[str, float]:
    """Return precision, recall and F1 of counts."""
    precision = count["right"] / max(count["found"], 1)
    recall = count["right"] / max(count["labels"], 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return {"precision": precision, "recall": recall, "f1": f1, **count}


def titles_per_second(titles: list[str], reader: Attributes) -> float:
    """Return how many titles are read a second of one core, in the fastest of some rounds."""
    seconds = []
    for _ in range(ROUNDS):
        start = time.process_time()
        for title in titles:
            reader.read(title)
        seconds.append(time.process_time() - start)
    return len(titles) / min(seconds)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--titles", type=Path, required=True, help="labelled titles, JSON lines")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument(
        "--wrong", action="store_true", help="print the titles that were read wrong"
    )
    parser.add_argument(
        "--least", type=float, default=KEPT, help="confidence from which a finding counts"
    )
    asked = parser.parse_args()
    titles = read_titles(asked.titles)
    reader = Attributes()
    figures, wrong = score(titles, reader, asked.least)
    speed = titles_per_second([title for title, _ in titles], reader)
    if asked.json:
        report("attributes", titles=len(titles), attributes=figures, titles_per_second=speed)
        return
    print(f"{'':10}{'precision':>10}{'recall':>8}{'f1':>7}{'found':>7}{'labels':>8}")
    for name, row in figures.items():
        print(
            f"{name:10}{row['precision']:>10.3f}{row['recall']:>8.3f}{row['f1']:>7.3f}"
            f"{row['found']:>7}{row['labels']:>8}"
        )
    print(f"{speed:,.0f} titles a second")
    for row in wrong if asked.wrong else ():
        print(f"{row['title']}\n    extra {row['extra']}  missed {row['missed']}")


if __name__ == "__main__":
    main()
