"""Whether a difference between two systems can be chance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

_CELLS = 2**19  # signs in memory at a time


def sign_flip_p(difference: NDArray[np.floating[Any]], *, n: int = 9999, seed: int = 0) -> float:
    """Return the two-sided p-value of a paired randomisation test over people.

    Under the hypothesis that two systems are equally good, each person's difference could as well have had the other sign.
    The p-value is the share of random signs whose mean is at least as far from 0 as the observed one, (1 + #) / (n + 1).

    Args:
        difference: (m,) float, one difference a person; NaN = that person could not be judged and is left out.
        n: number of random signs; no p-value is below 1 / (n + 1).
        seed: of the signs.
    Returns: NaN when nobody could be judged.
    Complexity: O(n m) time, bounded memory.
    References: Fisher, The Design of Experiments, 1935; Smucker, Allan & Carterette, CIKM 2007.
    """
    judged = np.asarray(difference, np.float64)
    judged = judged[~np.isnan(judged)]
    if judged.size == 0:
        return float("nan")
    judged = judged[judged != 0]  # 0 has no sign
    observed = abs(judged.sum())
    # Sums in another order, of 32-bit floats, differ in the last digits.
    limit = observed - 1e-6 * np.abs(judged).sum()
    whole, single = judged.sum(), judged.astype(np.float32)
    rng = np.random.default_rng(seed)
    step = max(1, _CELLS // max(1, judged.size))
    n_far = 0
    for start in range(0, n, step):
        size = min(step, n - start)
        bits = np.frombuffer(rng.bytes(-(-size * judged.size // 8)), np.uint8)
        is_flipped = np.unpackbits(bits, count=size * judged.size).reshape(size, judged.size)
        sums = whole - 2.0 * (is_flipped.astype(np.float32) @ single)
        n_far += int(np.count_nonzero(np.abs(sums) >= limit))
    return (1 + n_far) / (n + 1)


def holm(p: Sequence[float]) -> list[float]:
    """Return p-values adjusted for how many there are, so that one false alarm among all is as rare as one alone.

    Args:
        p: of each comparison; NaN = could not be tested, stays NaN and does not count.
    Complexity: O(m log m).
    References: Holm, Scandinavian Journal of Statistics 1979.
    """
    values = np.asarray(p, np.float64)
    tested = np.flatnonzero(~np.isnan(values))
    order = tested[np.argsort(values[tested], kind="stable")]
    factors = np.arange(order.size, 0, -1)
    adjusted = np.full(values.size, np.nan)
    adjusted[order] = np.minimum(1.0, np.maximum.accumulate(values[order] * factors))
    return [float(value) for value in adjusted]
