"""What a text of service is about, among the matters that any shop is asked of."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

import numpy as np

from zhiyin.assistant.intents.head import IntentHead
from zhiyin.assistant.intents.likeness import Floats

SPEAKS, SPEAKS_UP = 0.3, 0.45
"""How much a text must be about a matter to be taken for it: where nothing says otherwise, and where something does."""
_FILE = Path(__file__).with_name("topics.toml")


@cache
def _head() -> IntentHead:
    told: dict[str, list[str]] = tomllib.loads(_FILE.read_text("utf-8"))
    pairs = [(text, name) for name, texts in told.items() for text in texts]
    return IntentHead.fit([text for text, _ in pairs], [name for _, name in pairs])


def topics_of(texts: Sequence[str]) -> Floats:
    """Return how much each text is about each matter, (n, topics) float32, from 0 to about 1; all near 0 for another matter.

    Complexity: O(texts · examples); the examples are learned once in a process, in half a second.

    >>> first, second = topics_of(["发票能开公司的吗", "an invoice for my company please"])
    >>> int(first.argmax()) == int(second.argmax())
    True
    """
    head = _head()
    if not len(texts):
        return np.zeros((0, len(head.intents)), np.float32)
    return np.maximum(head.scores(texts), 0)


@lru_cache(256)
def matter_of(text: str) -> tuple[str, float]:
    """Return the matter that a text is most about, and how much, from 0 to about 1.

    >>> matter_of("do you wrap presents")[0]
    'gift_wrap'
    """
    scores = topics_of([text])[0]
    best = int(scores.argmax())
    return _head().intents[best], float(scores[best])
