"""Scripts: what shoppers say, turn by turn, and what must hold of each answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from zhiyin.assistant.assistant import Turn

SCRIPTS = Path(__file__).with_name("scripts.txt")


@dataclass(frozen=True, slots=True)
class Script:
    """One conversation: each turn is what is said, and the checks of its answer."""

    language: str
    half: str
    person: str
    name: str
    turns: list[tuple[str, str]] = field(default_factory=list)


def scripts(half: str, path: Path = SCRIPTS) -> list[Script]:
    """Return the scripts of a half; how they are written stands at the top of the file."""
    read: list[Script] = []
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("## "):
            head, name = line[3:].split(":", 1)
            read.append(Script(*head.split(), name.strip()))
        elif line and not line.startswith("#"):
            said, _, checks = line.rpartition(" > ")
            read[-1].turns.append((said, checks))
    return [one for one in read if one.half == half]


def filled(text: str, names: Mapping[str, str]) -> str:
    """Return a text with what stands for the names in braces."""
    for name, stands in names.items():
        text = text.replace("{" + name + "}", stands)
    return text


def failed(turn: Turn, checks: str, names: Mapping[str, str]) -> list[str]:
    """Return the checks that do not hold of an answer; where none speaks of the lane, that it is not a person's."""
    asked = [filled(one.strip(), names) for one in checks.split(";")]
    if not any(one.startswith("lane ") for one in asked):
        asked.append("lane answer|draft")
    return [one for one in asked if not _holds(turn, *one.partition(" ")[::2])]


def _holds(turn: Turn, word: str, value: str) -> bool:
    used = [one["name"] for one in turn.tools]
    outcomes = [f"{one['name']}:{one['outcome']}" for one in turn.tools]
    options = value.casefold().split("|")
    has_any = any(one in turn.text.casefold() for one in options)
    return {
        "lane": turn.lane in options or value == "any",
        "tool": value in used or value in outcomes,
        "no": value not in used and value not in outcomes,
        "has": has_any,
        "lacks": not has_any,
        "cites": any(str(one["document"]).startswith(value) for one in turn.citations),
        "cards": bool(turn.cards),
    }[word]
