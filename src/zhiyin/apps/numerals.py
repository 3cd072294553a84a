"""Figures as people read them, in tables, sentences and pictures; documents keep theirs."""

from __future__ import annotations

import math
from collections.abc import Sequence


def printed(value: float, form: str) -> str:
    """Return a figure in a format of Python's, with a real minus sign.

    >>> printed(-0.25, ".2f"), printed(0.25, "+.2f"), printed(1200, ",d")
    ('−0.25', '+0.25', '1,200')
    """
    return format(value, form).replace("-", "−")


def whole_percents(shares: Sequence[float]) -> list[int]:
    """Return shares in whole percents that sum to what the shares sum to: those who lose most by rounding down are rounded up.

    References: the largest remainder method of Hamilton, 1792.

    >>> whole_percents([1 / 3, 1 / 3, 1 / 3]), whole_percents([0.506, 0.274, 0.22])
    ([34, 33, 33], [51, 27, 22])
    """
    exact = [100 * share for share in shares]
    whole = [math.floor(one) for one in exact]
    missing = round(math.fsum(exact)) - sum(whole)
    order = sorted(range(len(exact)), key=lambda n: whole[n] - exact[n])
    for place in order[:missing]:
        whole[place] += 1
    return whole
