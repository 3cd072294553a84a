"""Replies that say the same but for what differs from one conversation to the next."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import numpy as np
from numpy.typing import NDArray

from zhiyin.language.ngrams import hashed_ngrams
from zhiyin.language.scripts import fold
from zhiyin.privacy.redaction import Redaction

SLOT = "…"
"""Stands where replies of one template differ."""
_SAME = 0.55  # share of two replies that is alike, from which on they are of one template
_BLOCK = 3  # tokens that have to be alike in a row, but at the beginning and the end
_FIXED = 3  # times a reply is given word for word, from which on it is none of another template
_NEAR = 0.3  # cosine of n-grams below which replies are not compared
_BITS = 16
_TOKEN = re.compile(r"[A-Za-z0-9'’.-]*[A-Za-z0-9]|\s+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Template:
    """A reply that was given more than once, with ``SLOT`` for what differs.

    Attributes:
        id: made of the text.
        text: without personal data that can be told by its form.
        n_people: to how many different people it was said.
    """

    id: str
    text: str
    n_people: int


def templates_of(
    replies: Sequence[str], people: Sequence[Hashable]
) -> tuple[list[Template], NDArray[np.int64]]:
    """Return the templates of replies, and which template each reply is of.

    Two replies are of one template where more than half of both is the same words in the same order, their beginnings and
    ends counted, and elsewhere at least three tokens in a row; but replies that are both given again and again, word for
    word, are two.

    Args:
        replies: n of them.
        people: to whom each was said.
    Returns: the templates, those of most replies first, and (n,) int64 places among them.
    Complexity: O(n + d² + pairs that are alike · length) for d replies that differ.

    >>> said = ["Your tea is sent today.", "Thanks!", "Your green pot is sent today."]
    >>> found, which = templates_of(said, ["an", "an", "bo"])
    >>> [one.text for one in found], which.tolist()
    (['Your … is sent today.', 'Thanks!'], [0, 1, 0])
    """
    folded = [" ".join(fold(text).split()) for text in replies]
    distinct, first, inverse, counts = np.unique(
        np.asarray(folded, dtype=object), return_index=True, return_inverse=True, return_counts=True
    )
    if not len(distinct):
        return [], np.empty(0, np.int64)
    order = np.lexsort((first, -counts))
    tokens = [_TOKEN.findall(replies[row].strip()) for row in first]
    near = _near(list(distinct))
    leader = np.arange(len(distinct))
    patterns: dict[int, list[str]] = {}
    for one in order.tolist():
        for other in near[one]:
            if other in patterns and min(counts[one], counts[other]) < _FIXED:
                common = _common(patterns[other], tokens[one])
                if common is not None:
                    patterns[other], leader[one] = common, other
                    break
        else:
            patterns[one] = tokens[one]
    which = leader[inverse]
    ranked = sorted(patterns, key=lambda one: (-int((which == one).sum()), int(first[one])))
    place = np.empty(len(distinct), np.int64)
    place[ranked] = np.arange(len(ranked))
    who: list[set[Hashable]] = [set() for _ in ranked]
    for row, person in zip(place[which].tolist(), people, strict=True):
        who[row].add(person)
    texts = [Redaction(["".join(patterns[one])]).texts[0] for one in ranked]
    found = [Template(_id(text), text, len(some)) for text, some in zip(texts, who, strict=True)]
    return found, place[which]


def is_of(template: str, reply: str) -> bool:
    """Return whether a reply is of a template, its slots filled in any way."""
    parts = [" ".join(fold(part).split()) for part in template.split(SLOT)]
    said = " ".join(fold(reply).split())
    if len(parts) == 1:
        return said == parts[0]
    return re.fullmatch(r"\s*.*\s*".join(map(re.escape, parts)), said) is not None


def _near(texts: Sequence[str]) -> list[list[int]]:
    """Return for each text the others that are worth a comparison, the most alike first."""
    from scipy import sparse

    grams = hashed_ngrams(texts, (1, 2, 3), bits=_BITS)
    length = np.sqrt(np.asarray(grams.multiply(grams).sum(axis=1)).ravel())
    grams = sparse.diags_array(1 / np.maximum(length, 1e-9)) @ grams
    alike = (grams @ grams.T).tocsr()
    found = []
    for row in range(len(texts)):
        part = slice(alike.indptr[row], alike.indptr[row + 1])
        values, columns = alike.data[part], alike.indices[part]
        best = np.argsort(-values, kind="stable")
        found.append(
            [int(columns[at]) for at in best if values[at] >= _NEAR and columns[at] != row]
        )
    return found


def _common(pattern: Sequence[str], tokens: Sequence[str]) -> list[str] | None:
    """Return what a pattern and a reply share, with slots between, or None where that is too little."""
    blocks = SequenceMatcher(None, pattern, tokens, autojunk=False).get_matching_blocks()[:-1]
    found: list[str] = []
    at = (0, 0)
    for block in blocks:
        begins = block.a == 0 and block.b == 0
        ends = block.a + block.size == len(pattern) and block.b + block.size == len(tokens)
        words = [one for one in pattern[block.a : block.a + block.size] if one != SLOT]
        if len(words) < _BLOCK and not (begins or ends):
            continue
        if (block.a, block.b) != at:
            found.append(SLOT)
        found += pattern[block.a : block.a + block.size]
        at = (block.a + block.size, block.b + block.size)
    if at != (len(pattern), len(tokens)):
        found.append(SLOT)
    kept = sum(len(one) for one in found if one != SLOT)
    whole = sum(len(one) for one in (*pattern, *tokens) if one != SLOT)
    return _tidy(found) if 2 * kept >= _SAME * whole else None


def _tidy(tokens: Sequence[str]) -> list[str]:
    """Return tokens with no two slots beside one another."""
    kept: list[str] = []
    for one in tokens:
        if one == SLOT and kept and kept[-1] == SLOT:
            continue
        kept.append(one)
    return kept


def _id(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
