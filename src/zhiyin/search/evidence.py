"""Which hits have so much of what was typed that it is no accident."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zhiyin.search.match import NAMES
from zhiyin.search.understanding import Understanding

ALIKE = 0.5
"""From which likeness of its letters on a title has a word that was typed wrongly, and an item that has no word of a query
means the same. Chosen on judged queries and made-up words."""
_WORDS, _COVERED, _MEANING, _SLOTS = map(NAMES.index, ("words", "covered", "meaning", "slots"))


def is_no_accident(read: Understanding, matches: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Return (h,) bool, which items have a word of a query, a value that it asks for, or words much like its own.

    What only shares pieces of words with a query, as all that ends in "-er" does, is no answer to it.

    Args:
        read: the query.
        matches: (h, len(match.NAMES)) float32.

    >>> matches = np.zeros((3, len(NAMES)), np.float32)
    >>> matches[0, NAMES.index("words")], matches[1, NAMES.index("covered")], matches[2, NAMES.index("pieces")] = 0.1, 0.6, 1
    >>> is_no_accident(Understanding("vacume"), matches).tolist()
    [True, True, False]
    """
    found = (matches[:, _WORDS] > 0) | (matches[:, [_COVERED, _MEANING]] >= ALIKE).any(axis=1)
    if any(not slot.is_excluded for slot in read.slots):
        found |= matches[:, _SLOTS] > 0
    return np.asarray(found)
