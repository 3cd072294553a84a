"""Words for sides of things that a shop's people use and no list has: found by where they stand, sorted by their company."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
from scipy import sparse

from zhiyin.language.aspects.clauses import Said, clauses, said
from zhiyin.language.aspects.taxonomy import IGNORED, Taxonomy
from zhiyin.language.aspects.vocabulary import (
    DEFAULT,
    DETERMINERS,
    EVERYWHERE,
    LINKS,
    PASSED,
    WHOLE,
)
from zhiyin.language.facts.people import people_in
from zhiyin.language.facts.phrases import is_letter
from zhiyin.language.facts.sensitive import is_sensitive
from zhiyin.language.scripts import fold
from zhiyin.language.stop_words import STOP_WORDS
from zhiyin.language.tokens import Token, Tokenizer

LEAST = 8
"""Reviews that judge what a word names, below which it is not looked at."""

# Chosen by reading what came up in the training part of Chinese shopping reviews, and on the words of the lists there,
# each taken for unknown in its turn.
_RATE = 0.2  # of the reviews that have a word, those that judge it; of a quarter of the listed words it is less
_RATE_EN = 0.1  # English reviews are longer, and only one way of judging is looked for
_OWNING = 0.1  # times right before an aspect, to a review that has it: what has aspects is the thing itself (手机屏幕)
_OPINIONS = 3  # different ones; fewer are a set phrase
_NEAR = 0.25  # likeness to an aspect's two most alike words
_AHEAD = 0.05  # of the likeness to the next aspect's
_OFTEN = 3  # times LEAST reviews judge what is near to none, so that it is an aspect of its own
_COMMON = 20  # clauses with a word, below which its company says little
_TEXT = 1_000  # characters

_NOUNS = frozenset(("n", "nz", "vn", "an", "l"))
_BETWEEN = frozenset("dcvz")  # adverbs, conjunctions, verbs: between a thing and what is said of it
_END = re.compile("[了的啊呢哦吧呀啦哈嘛着 ]*$")
_LINKS, _PASSED = frozenset(LINKS.split()), frozenset(PASSED.split())
_DETERMINERS, _WHOLE = frozenset(DETERMINERS.split()), frozenset(WHOLE.split())

Grown = dict[str, dict[str, list[str]]]
"""Category → aspect → words."""


@dataclass(slots=True)
class _Seen:
    """What the reviews of one category hold.

    Attributes:
        clauses: the words of each.
        judging: word → the reviews that judge what it names.
        having: word → reviews that have it.
        opinions: word → the opinion words on it.
        owning: how often a word stands right before the name of an aspect.
    """

    clauses: list[list[str]] = field(default_factory=list)
    judging: dict[str, set[int]] = field(default_factory=dict)
    having: Counter[str] = field(default_factory=Counter)
    opinions: dict[str, set[str]] = field(default_factory=dict)
    owning: Counter[str] = field(default_factory=Counter)


def grown(
    texts: Sequence[str],
    categories: Sequence[str | None],
    taxonomy: Taxonomy,
    tokenizer: Tokenizer,
    goods: Set[str] = frozenset(),
    *,
    least: int = LEAST,
) -> Grown:
    """Return words for aspects that reviews use and a taxonomy lacks.

    A word is taken when it is what opinions are on (地毯有点脏, 干净的泳池, "the zipper is stuck") in enough reviews, and
    in enough of those that have it. It joins the aspect whose words stand in clauses with the same words as it does;
    where none is clearly the nearest it is an aspect of its own, if it is often judged, and else left out.

    Args:
        texts: n reviews.
        categories: of what each is about, in the shop's words.
        taxonomy: what is known already.
        tokenizer: that knows the shop's new words.
        goods: terms for the goods themselves, as ``Tokenizer.words`` gives them.
        least: reviews that judge it.
    Returns: for ``Taxonomy``; all of it folded.
    Complexity: O(n), some 2,000 reviews of 58 characters a second.
    References: Hu & Liu, KDD 2004 (what opinion words stand beside); Church & Hanks, ACL 1989 (mutual information);
        Turney & Pantel, JAIR 2010 (words that keep the same company).
    """
    seen: dict[str, _Seen] = {}
    known: dict[str, dict[str, str]] = {}
    for row, (text, category) in enumerate(zip(texts, categories, strict=True)):
        key = taxonomy.resolve(category) or EVERYWHERE
        if key not in seen:
            seen[key], known[key] = _Seen(), taxonomy.named(category)
        _read(seen[key], row, fold(text[:_TEXT]), known[key], tokenizer)
    found: Grown = {}
    for key, one in sorted(seen.items()):
        new = [
            word
            for word in one.judging
            if _is_aspect(one, word, least)
            and word not in known[key]
            and goods.isdisjoint(tokenizer.words(word))
            and not taxonomy.matches(word, key or None)
        ]
        new.sort(key=lambda word: (-len(one.judging[word]), word))
        # What joins an aspect of all goods is so of all goods.
        joined = {
            word: aspect
            for word, aspect in known[key].items()
            if aspect != IGNORED and (key or aspect in DEFAULT[EVERYWHERE])
        }
        for word, aspect in _placed(one, new, joined, _OFTEN * least):
            found.setdefault(key, {}).setdefault(aspect, []).append(word)
    return found


def _read(seen: _Seen, row: int, folded: str, known: Mapping[str, str], cut: Tokenizer) -> None:
    """Take in what a review says."""
    words: set[str] = set()
    for clause in clauses(folded):
        if clause.asks:
            continue
        part = folded[clause.start : clause.end]
        tokens = cut.tokens(part)
        told = [token.text for token in tokens]
        seen.clauses.append(told)
        words.update(told)
        for place, word in enumerate(told[:-1]):
            after = told[place + 1 + (told[place + 1] == "的") :]
            if after and after[0] in known and not _is_adjective(after[0]):
                seen.owning[word] += 1
        for one in said(folded, clause):
            thing = _judged(part, tokens, one, clause.start)
            if thing and thing != one.word:
                seen.judging.setdefault(thing, set()).add(row)
                seen.opinions.setdefault(thing, set()).add(one.word)
    seen.having.update(words)


def _judged(part: str, tokens: Sequence[Token], one: Said, offset: int) -> str | None:
    """Return the noun that an opinion is on: its subject, or what it stands before with 的 (漂亮的大堂)."""
    start, end = one.start - offset, one.end - offset
    before = [token for token in tokens if token.end <= start]
    if is_letter(part[start]):
        return _english(before)
    if not _is_adjective(one.word):
        return None
    if part.startswith("的", end):
        behind = [token for token in tokens if token.start > end]
        return _chinese(behind[:1]) if behind and behind[0].end == len(part) else None
    if not _END.match(part, end):
        return None
    while before and _kind(before[-1].text)[0] in _BETWEEN and _kind(before[-1].text) != "vn":
        before.pop()
    return _chinese(before[-1:])


def _chinese(tokens: Sequence[Token]) -> str | None:
    for one in tokens:
        if one.kind == "zh" and len(one.text) > 1 and _kind(one.text) in _NOUNS:
            return one.text
    return None


def _english(before: list[Token]) -> str | None:
    """Return the noun of "the zipper is" or "its zipper was just"."""
    while before and before[-1].text in _PASSED:
        before.pop()
    is_linked = bool(before) and before[-1].text in _LINKS
    if not is_linked or len(before) < 3:  # determiner, noun, link
        return None
    noun = before[-2]
    has_determiner = any(token.text in _DETERMINERS for token in before[-4:-2])
    return noun.text if noun.kind == "en" and len(noun.text) > 2 and has_determiner else None


def _is_aspect(seen: _Seen, word: str, least: int) -> bool:
    """Return whether a word stands as aspects do, and is neither the goods nor a person."""
    rate = _RATE_EN if word.isascii() else _RATE
    return (
        len(seen.judging[word]) >= max(least, rate * seen.having[word])
        and seen.owning[word] <= _OWNING * seen.having[word]
        and len(seen.opinions[word]) >= _OPINIONS
        and word not in _WHOLE
        and word not in STOP_WORDS
        and not people_in(word)
        and not is_sensitive(word)
    )


def _placed(
    seen: _Seen, new: Sequence[str], known: Mapping[str, str], often: int
) -> Iterator[tuple[str, str]]:
    """Yield words with their aspects, and those of their own."""
    likeness, listed = _likeness(seen, new, known)
    aspects = list(dict.fromkeys(listed))
    of = np.array([aspects.index(aspect) for aspect in listed], np.int64)
    for word, likes in zip(new, likeness, strict=True):
        best = [np.sort(likes[of == place])[-2:].mean() for place in range(len(aspects))]
        order = np.argsort(best)[::-1]
        first, second = (best[order[place]] if place < len(order) else 0.0 for place in (0, 1))
        if first >= _NEAR and first - second >= _AHEAD:
            yield word, aspects[order[0]]
        elif len(seen.judging[word]) >= often:
            yield word, word


def _likeness(seen: _Seen, new: Sequence[str], known: Mapping[str, str]) -> tuple[Any, list[str]]:
    """Return how alike the company of new words is to that of known ones, (new, known), and the aspects of these.

    A word's company are the words of its clauses, each by the positive mutual information of the two.
    """
    counted = Counter(word for clause in seen.clauses for word in set(clause))
    common = [word for word, n in counted.items() if n >= _COMMON or word in new]
    column = {word: place for place, word in enumerate(common)}
    rows, columns = [], []
    for row, clause in enumerate(seen.clauses):
        own = [column[word] for word in set(clause) if word in column]
        rows += [row] * len(own)
        columns += own
    ones = np.ones(len(rows), np.float32)
    said_in = sparse.csc_array((ones, (rows, columns)), (len(seen.clauses), len(common)))
    listed = [word for word in known if word in column and word not in new]
    chosen = [column[word] for word in [*new, *listed]]
    pairs = (said_in[:, chosen].T @ said_in).toarray()
    pairs[np.arange(len(chosen)), chosen] = 0
    share = said_in.sum(axis=0) / max(said_in.sum(), 1)
    odds = pairs / np.maximum(pairs.sum(axis=1, keepdims=True), 1) / share
    company = np.where(pairs > 1, np.log(np.maximum(odds, 1)), 0)
    company /= np.maximum(np.linalg.norm(company, axis=1, keepdims=True), 1e-9)
    return company[: len(new)] @ company[len(new) :].T, [known[word] for word in listed]


@lru_cache(maxsize=1 << 16)
def _kind(word: str) -> str:
    """Return the part of speech of a Chinese word; of a new one that of its last piece."""
    from rjieba import tag

    return str(tag(word)[-1][1])


def _is_adjective(word: str) -> bool:
    return _kind(word)[0] == "a"
