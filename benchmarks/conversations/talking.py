"""Conversations held, and what came of them."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta

from benchmarks.conversations.cast import NOON, Role
from benchmarks.conversations.scripts import Script, failed, filled

from zhiyin.assistant.assistant import Turn
from zhiyin.shop import Shop

_WARM = Script("en", "", "none", "warm", [(said, "lane any") for said in ("hello", "recommend a tent", "compare the first two", "when will it ship?")])  # fmt: skip
"""Said before anything is timed: what answers is loaded at the first use."""


@dataclass(frozen=True, slots=True)
class Talked:
    """A conversation that was held: for each turn what was said, the answer, what did not hold, and how long it took."""

    script: Script
    turns: list[tuple[str, Turn, list[str], float]]
    n_kept: int

    @property
    def is_right(self) -> bool:
        """Whether every check of every turn holds."""
        return not any(missed for _, _, missed, _ in self.turns)

    @property
    def is_whole(self) -> bool:
        """Whether every message was kept with its answer."""
        return self.n_kept == 2 * len(self.script.turns)


def talked(shop: Shop, script: Script, role: Role) -> Talked:
    """Hold a conversation, a minute a turn."""
    (user, names), now, talks = role, NOON, shop.conversations
    conversation = talks.open(user, now).id
    turns = []
    for said, checks in script.turns:
        text = filled(said, names)
        now += timedelta(minutes=1)
        began = time.perf_counter()
        turn = talks.say(conversation, text, user, now)
        seconds = time.perf_counter() - began
        turns.append((text, turn, failed(turn, checks, names), seconds))
    return Talked(script, turns, len(talks.turns(conversation)))


def held(
    shop: Shop, wanted: Sequence[Script], whom: Mapping[str, Iterator[Role]], at_once: int = 1
) -> list[Talked]:
    """Hold conversations, so many at once, each with somebody who fits."""
    cast = [(one, next(whom[one.person])) for one in wanted]
    talked(shop, _WARM, (None, {}))
    with ThreadPoolExecutor(at_once) as pool:
        return list(pool.map(lambda pair: talked(shop, *pair), cast))
