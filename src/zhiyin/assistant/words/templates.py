"""Sentences of service in Chinese and English, filled with what is known."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

LANGUAGES = ("zh", "en")


@cache
def templates() -> Mapping[str, Mapping[str, str]]:
    """Return name → language → what is said.

    >>> sorted(templates()["bye"])
    ['en', 'zh']
    """
    return tomllib.loads(files(__package__).joinpath("templates.toml").read_text("utf-8"))


def worded(name: str, language: str, **values: str) -> str:
    """Return a sentence; values are put in as they are, whatever they hold.

    >>> worded("item", "en", title="{Tea}", text="9 CNY")
    '“{Tea}”: 9 CNY'
    """
    return templates()[name][language].format_map(values)
