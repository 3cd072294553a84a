"""How much of what a chat model makes of portraits' sentences says the same, and how long it takes.

The sentences are drawn from the portraits of people of a trained shop. What is printed under ``told`` is for reading: whether
what passed is right is for people to judge.

python benchmarks/rewording.py HOME [--language en] [--sentences 40] [--people 60] [--seed 1] [--model llama]
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from pathlib import Path
from typing import Any

from setting import report
from zhiyin.apps.portrait_wording import worded
from zhiyin.core import Kind
from zhiyin.portraits.rewording import Rewriter
from zhiyin.settings import Part
from zhiyin.shop import Shop


def drawn(
    home: Path, language: str, n_people: int, n_sentences: int, seed: int
) -> list[dict[str, Any]]:
    """Return different statements, with their texts, of people drawn from a shop."""
    rng = random.Random(seed)
    with Shop.open(home) as shop:
        n = shop.store.count(Kind.PERSON)
        people = shop.store.keys(Kind.PERSON, rng.sample(range(n), min(n_people, n)))
        told = [
            statement
            for user in people
            for statement in worded(shop.people.portrait(user, language=language), language)[
                "statements"
            ]
        ]
    rng.shuffle(told)
    return list({one["text"]: one for one in told}.values())[:n_sentences]


def main() -> None:
    """Reword and count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("--language", choices=("en", "zh"), default="en")
    parser.add_argument("--sentences", type=int, default=40)
    parser.add_argument("--people", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--model", default="llama")
    asked = parser.parse_args()
    statements = drawn(asked.home, asked.language, asked.people, asked.sentences, asked.seed)
    rewriter = Rewriter(Part(type=asked.model))
    began = time.perf_counter()
    told = rewriter.reworded({"statements": statements}, asked.language)["statements"]
    seconds = time.perf_counter() - began
    rewriter.close()
    outcome = Counter(why.partition(":")[0] or "taken" for why in rewriter.objections)
    taken = zip(statements, told, strict=True)
    report(
        "rewording",
        language=asked.language,
        seed=asked.seed,
        sentences=len(statements),
        kinds=dict(Counter(one["kind"] for one in statements)),
        outcome=dict(outcome.most_common()),
        seconds_each=seconds / max(len(statements), 1),
        told=[[before["text"], after["text"]] for before, after in taken if after["reworded"]],
    )


if __name__ == "__main__":
    main()
