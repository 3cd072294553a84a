"""Examples of what shoppers ask for: those that come with the package, and a shop's own."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from zhiyin.settings.assistant import IntentSettings

Examples = Mapping[str, Sequence[str]]
"""Intent → what shoppers say for it."""

SMALL_TALK = frozenset({"greeting", "thanks", "bye"})
"""Intents beside which another one in the same message is what is meant."""


@cache
def built_in() -> Examples:
    """Return the examples of the package, some thirty an intent, half of them Chinese.

    >>> built_in()["refund"][0], len(built_in()) > 20
    ('退款什么时候到账', True)
    """
    return tomllib.loads(files(__package__).joinpath("examples.toml").read_text("utf-8"))


def with_own(own: Mapping[str, IntentSettings]) -> dict[str, list[str]]:
    """Return the built-in examples with a shop's own beside them or in their place.

    >>> from zhiyin.settings.assistant import IntentSettings
    >>> sorted(with_own({"gift_wrap": IntentSettings(examples=["can you wrap it"])}).keys() - built_in().keys())
    ['gift_wrap']
    """
    joined = {name: list(said) for name, said in built_in().items()}
    for name, one in own.items():
        before = [] if one.is_replaced else joined.get(name, [])
        joined[name] = list(dict.fromkeys([*before, *one.examples]))
    return {name: said for name, said in joined.items() if said}
