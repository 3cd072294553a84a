"""What one person is to another: from what is declared, and from what was read in texts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhiyin.core.ties import AGAINST
from zhiyin.social.graph import Floats, Ints

_KINDS = {
    "partner": "husband wife spouse boyfriend girlfriend fiance fiancee 伴侣 爱人 老公 老婆 配偶 男友 女友",
    "family": (
        "mother father parent grandparent child grandchild sibling relative brother sister son daughter cousin "
        "家人 亲人 亲戚 亲属 父母 子女 兄弟姐妹"
    ),
    "friend": "best_friend close_friend dear buddy roommate 朋友 好友 闺蜜 死党 室友 知己",
    "colleague": "boss coworker workmate teammate client 同事 上司 下属 客户",
    "acquaintance": "classmate neighbour neighbor teacher student 同学 邻居 老师 学生 熟人 校友",
    "follow": "follows following fan subscriber 关注 粉丝",
}
CIRCLES = tuple(_KINDS)
"""The wide kinds of relation that tie strength knows."""
_CIRCLE = {word: name for name, words in _KINDS.items() for word in (name, *words.split())}
_UNSAID = ("", "mentioned")  # to be called by name says not what somebody is


def circles_of(kinds: NDArray[np.str_]) -> NDArray[np.str_]:
    """Return the wide kind of each kind, "" for one that is not known.

    >>> circles_of(np.array(["mother", "Best friend", "同事", "pirate"])).tolist()
    ['family', 'friend', 'colleague', '']
    """
    names, place = np.unique(kinds, return_inverse=True)
    return np.array([_CIRCLE.get(_plain(name), "") for name in names.tolist()], np.str_)[place]


def kind_and_name(value: str) -> tuple[str, str]:
    """Return what somebody is and the name, of the value of a ``relation`` fact; "" where it says neither.

    >>> kind_and_name("colleague Anna"), kind_and_name("mother"), kind_and_name("mentioned @li")
    (('colleague', 'Anna'), ('mother', ''), ('', '@li'))
    """
    kind, _, name = value.partition(" ")
    return "" if kind in _UNSAID else kind, name


@dataclass(frozen=True, slots=True, eq=False)
class Claims:
    """Who is said to be what to whom, one array a column.

    Attributes:
        one: (c,) int64 person.
        two: (c,) int64 who is ``kind`` to that person.
        kind: (c,) str; "" claims nothing.
        confidence: (c,) float32 in 0..1.
        is_declared: (c,) bool, told as a tie and not read in a text.
        source: (c,) int64, the fact or span it was read in, -1 where it is declared.
    """

    one: Ints
    two: Ints
    kind: NDArray[np.str_]
    confidence: Floats
    is_declared: NDArray[np.bool_]
    source: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Relations:
    """What the second person of each pair is to the first.

    Attributes:
        kind: (p,) str, "" where not known.
        confidence: (p,) float32, 0 where not known.
        source: (p,) int64 of the claim that counts, -1 where it is declared or there is none.
    """

    kind: NDArray[np.str_]
    confidence: Floats
    source: Ints


def relations(pairs: Ints, claims: Claims) -> Relations:
    """Choose one claim for each ordered pair: a declared one before one that was read, then the surest, then the last.

    A tie against somebody, such as a block, says nothing of what the two are to each other. One of trust is chosen where
    nothing else is said.

    Args:
        pairs: (p, 2) int64.
        claims: of anybody.
    Complexity: O((p + c) log c).

    >>> one, two = np.array([0, 0]), np.array([1, 1])
    >>> sure, told = np.array([0.9, 0.7], np.float32), np.array([False, False])
    >>> said = Claims(one, two, np.array(["sibling", "friend"]), sure, told, np.array([8, 9]))
    >>> relations(np.array([[0, 1], [1, 0]]), said).kind.tolist()
    ['sibling', '']
    """
    rows = np.flatnonzero(~np.isin(claims.kind, (*_UNSAID, *AGAINST)))
    highest = max(int(claims.two.max(initial=0)), int(pairs.max(initial=0))) + 1
    key = claims.one[rows] * highest + claims.two[rows]
    says_who = claims.kind[rows] != "trust"
    order = np.lexsort((claims.confidence[rows], claims.is_declared[rows], says_who, key))
    keys, last = np.unique(key[order][::-1], return_index=True)
    best = np.append(rows[order][::-1][last], -1)
    asked = pairs[:, 0] * highest + pairs[:, 1]
    at = np.searchsorted(keys, asked)
    chosen = np.where(np.append(keys, -1)[at] == asked, best[at], -1)
    is_known = chosen >= 0
    return Relations(
        kind=np.where(is_known, np.append(claims.kind, "")[chosen], ""),
        confidence=np.append(claims.confidence, 0).astype(np.float32)[chosen],
        source=np.append(claims.source, -1)[chosen],
    )


def _plain(kind: str) -> str:
    return "_".join(kind.casefold().replace("-", " ").replace("_", " ").split())
