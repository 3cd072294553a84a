"""The pages' words in Chinese and English: the one catalogue of messages, a file for each group of pages."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

LANGUAGES = ("en", "zh")
_SUFFIX = ".toml"


class Words:
    """Says messages in one language.

    >>> Words("zh")("frame.search")
    '搜索'
    """

    def __init__(self, language: str) -> None:
        self.language = language if language in LANGUAGES else LANGUAGES[0]

    def __call__(self, key: str, **values: object) -> str:
        """Return a message with values in its braces.

        Raises:
            KeyError: there is none under the key.
        """
        said = messages()[key][self.language]
        return said.format(**values) if values else said

    def has(self, key: str) -> bool:
        """Return whether a message is there under a key."""
        return key in messages()


@cache
def messages() -> Mapping[str, Mapping[str, str]]:
    """Return all messages: key, such as ``frame.search``, to language to text."""
    found: dict[str, Mapping[str, str]] = {}
    for file in files(__name__).iterdir():
        if file.name.endswith(_SUFFIX):
            group = file.name.removesuffix(_SUFFIX)
            for key, said in tomllib.loads(file.read_text(encoding="utf-8")).items():
                found[f"{group}.{key}"] = said
    return found


def preferred(header: str) -> str:
    """Return the language of the pages that a browser would rather have.

    >>> preferred("zh-CN,zh;q=0.9,en;q=0.8"), preferred("de, en;q=0.5"), preferred("")
    ('zh', 'en', 'en')
    """
    asked = []
    for place, one in enumerate(header.split(",")):
        tag, _, weight = one.strip().partition(";q=")
        try:
            asked.append((-float(weight or 1), place, tag.split("-")[0].lower()))
        except ValueError:
            continue
    return next((tag for _, _, tag in sorted(asked) if tag in LANGUAGES), LANGUAGES[0])
