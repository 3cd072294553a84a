"""Score conversations with service on the sample shop, without a model: A and B were mended on, C is for scoring.

python -m benchmarks.conversations [--half A|B|C] [--home HOME] [--at-once 50] [--verbose] [--json]
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.conversations.cast import people, sample_shop
from benchmarks.conversations.scripts import scripts
from benchmarks.conversations.talking import Talked, held
from benchmarks.conversations.traps import Sprung, all_sprung


def main() -> None:
    """Hold the conversations, or so many at once, spring the traps, and count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=("A", "B", "C"), default="A")
    parser.add_argument(
        "--home", type=Path, help="That holds the sample shop; made anew unless given."
    )
    parser.add_argument("--at-once", type=int, default=1)
    parser.add_argument("--verbose", action="store_true", help="Show what went wrong.")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    with sample_shop(asked.home) as shop:
        whom = people(shop)
        wanted = scripts(asked.half)
        if asked.at_once > 1:
            wanted = [one for one in wanted if one.person != "back"]
            wanted = [wanted[place % len(wanted)] for place in range(asked.at_once)]
        talks = held(shop, wanted, whom, asked.at_once)
        tried = [] if asked.at_once > 1 else all_sprung(shop, asked.half, whom)
    figures = {"half": asked.half, **of_scripts(talks), **speed(talks, asked.at_once), **of_traps(tried)}  # fmt: skip
    if asked.verbose:
        show(talks, tried)
    print(json.dumps(figures) if asked.json else "\n".join(f"{k}\t{v}" for k, v in figures.items()))


def of_scripts(talks: Sequence[Talked]) -> dict[str, Any]:
    """Return how many conversations are right from the first turn to the last."""
    right = {language: [one.is_right for one in talks if one.script.language == language] for language in ("zh", "en")}  # fmt: skip
    return {
        "conversations": len(talks),
        "success": _share([one.is_right for one in talks]),
        **{f"success_{language}": _share(values) for language, values in right.items()},
        "lost": sum(not one.is_whole for one in talks),
    }


def speed(talks: Sequence[Talked], at_once: int) -> dict[str, Any]:
    """Return how long answers took, in milliseconds."""
    times = [1000 * seconds for one in talks for _, _, _, seconds in one.turns]
    told = {f"p{q}_ms": round(float(np.percentile(times, q)), 1) for q in (50, 95, 99)}
    return {"turns": len(times), "at_once": at_once, **told}


def of_traps(tried: Sequence[Sprung]) -> dict[str, Any]:
    """Return how many traps were passed, and how often something was invented or another's was told."""
    if not tried:
        return {}
    return {
        "traps": len(tried),
        "traps_passed": _share([one.is_passed for one in tried]),
        "invented": sum(one.invents for one in tried),
        "leaked": sum(one.leaks for one in tried),
    }


def show(talks: Sequence[Talked], tried: Sequence[Sprung]) -> None:
    """Print the conversations and traps that went wrong."""
    for talk in talks:
        if not talk.is_right:
            print("##", talk.script.language, talk.script.person, talk.script.name)
            for text, turn, missed, _ in talk.turns:
                print(f"  > {text}   {turn.intents} {[one['name'] + ':' + one['outcome'] for one in turn.tools]}")  # fmt: skip
                print(f"    [{turn.lane}] {turn.text[:260]!r}", *missed, sep="\n      !! " if missed else "")  # fmt: skip
    for one in tried:
        if not one.is_passed or one.invents or one.leaks:
            print(f"trap {one.trap.group} {one.trap.said}   {one.turn.intents} invents={one.invents} leaks={one.leaks}")  # fmt: skip
            print(f"    [{one.turn.lane}] {one.turn.text[:260]!r}")


def _share(values: Sequence[bool]) -> float:
    return round(float(np.mean(values)), 4)


if __name__ == "__main__":
    main()
