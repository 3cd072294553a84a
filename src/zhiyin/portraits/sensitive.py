"""What no portrait says: kinds of facets and values that are nobody's business."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from zhiyin.language.facts.sensitive import is_sensitive
from zhiyin.language.scripts import fold

_KINDS = re.compile(
    "健康|疾病|病史|体重|过敏|怀孕|孕|宗教|信仰|政治|党派|性取向|性生活|民族|种族|肤色|国籍|收入|工资|薪|财务|财产|负债|信用分|犯罪"
    r"|\b(?:health|medical|illness|condition|allerg\w*|body ?weight|bmi|pregnan\w*|religio\w*|belief|faith|politic\w*|party"
    r"|sexual\w*|orientation|gender identity|ethnic\w*|race|racial|skin ?colou?r|nationality|immigration|income|salary|wage"
    r"|financ\w*|wealth|credit ?score|debts?|crimin\w*)\b"
)
"""Names of matters, as a shop may call an attribute. Their values may be plain words (「政治面貌: 群众」)."""


@lru_cache(maxsize=1 << 16)
def is_blocked(kind: str, value: str) -> bool:
    """Return whether a statement of a kind and a value must neither be made nor shown.

    Args:
        kind: of the facet or fact, such as ``category``; words may be joined by ``_``.
        value: in Chinese or English.

    >>> is_blocked("category", "孕妇装"), is_blocked("religion", "none"), is_blocked("colour", "red")
    (True, True, False)
    """
    name = fold(kind).replace("_", " ")
    return (
        _KINDS.search(name) is not None
        or is_sensitive(name)
        or is_sensitive(fold(value).replace("_", " "))
    )


def allowed(names: Iterable[str]) -> NDArray[np.bool_]:
    """Return (n,) bool, false for each ``kind:value`` that is blocked."""
    parts = (name.partition(":") for name in names)
    return np.fromiter((not is_blocked(kind, value) for kind, _, value in parts), bool)
