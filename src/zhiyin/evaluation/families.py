"""Families of utterances that were made from one template, and splits that keep each whole."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_SLOT = re.compile(r"\{\{[^}]*\}\}|\[[A-Za-z_ ]+\]|\S+@\S+|[a-z]*[#-]?\d[\w.,:/#-]*")
_POLITE = re.compile(
    r"\b(?:(?:can|could|would|will) (?:you|u)(?: please| pls)?(?: (?:ask|tell) an? agent)?|ask an agent|please|pls|plz"
    r"|(?:i'd|i would) (?:like|love)(?: you)? to|i (?:want|need|wanna|wish|have)(?: to)?|i'm trying to|i am trying to"
    r"|help(?: me)?(?: to)?|assist(?: me)?|tell me|let me know|show me|inform me|give me information (?:about|on)"
    r"|thanks|thank you|hello|hi|hey|do you know|(?:i )?(?:do not|don't|dont) know|need (?:help|assistance|information))\b"
    r"|请问?|麻烦(?:你|您|帮我)?|谢谢|您好|你好|帮我|帮忙|一下|能不能|可以|我想要?|吗|呢|吧|啊"
)
_FRAME = re.compile(
    r"\b(?:how (?:can|could|do|to|should)|what (?:do|should|can|must)|is it possible to|where (?:can|could|do)|if|i|we|to|do"
    r"|can|could|a|an|the|my|some|your|any|about|with|of|for)\b"
)
_MARKS = re.compile(r"[^\w\u4e00-\u9fff#]+")


def template_family(text: str) -> str:
    """Return what is left of an utterance when slots, politeness and the words that frame a question are masked.

    Slots are placeholders, addresses of mail and whatever has digits in it. Utterances of one family differ in nothing
    else, so one that is learned from gives another away.

    Args:
        text: an utterance; case and marks do not count.

    >>> template_family("Could you please tell me how to cancel order 0012?")
    'cancel order #'
    >>> template_family("I want to cancel my order #99!") == template_family("can u ask an agent how to cancel an order 5")
    True
    """
    masked = _SLOT.sub(" # ", text.lower().replace("’", "'"))
    masked = _FRAME.sub(" ", _POLITE.sub(" ", masked))
    return " ".join(_MARKS.sub(" ", masked).replace("_", " ").split())


def split_by_family(
    texts: Sequence[str], labels: Sequence[str], *, share: float = 0.2, seed: int = 0
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Part utterances such that each family lies on one side whole, of each label about a ``share`` held out.

    A family whose utterances have several labels goes by the first of them; a label with a single family is learned from.

    Args:
        texts: n of them.
        labels: the label of each.
        share: of a label's utterances, 0 to 1.
        seed: of which families are held out.
    Returns: the rows to learn from and those held out, both ascending.
    """
    rows_of: dict[str, dict[str, list[int]]] = {}
    owner: dict[str, str] = {}
    for row, (text, label) in enumerate(zip(texts, labels, strict=True)):
        family = template_family(text)
        home = owner.setdefault(family, label)
        rows_of.setdefault(home, {}).setdefault(family, []).append(row)
    rng = np.random.default_rng(seed)
    held: list[int] = []
    for families in rows_of.values():
        names = sorted(families)
        wanted = share * sum(map(len, families.values()))
        taken = 0
        for place in rng.permutation(len(names))[:-1]:
            size = len(families[names[place]])
            if taken + size / 2 <= wanted:
                held += families[names[place]]
                taken += size
    is_held = np.zeros(len(texts), bool)
    is_held[held] = True
    return np.flatnonzero(~is_held), np.flatnonzero(is_held)
