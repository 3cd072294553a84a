"""What stages found out, by name."""

from __future__ import annotations

import numpy as np

from zhiyin.errors import MissingField


class Fields(dict[str, np.ndarray]):
    """Named arrays. Who asks for one that is not there is skipped by the pipeline, where an earlier stage is to blame.

    >>> "affinity" in Fields()
    False
    """

    __slots__ = ()

    def __missing__(self, name: str) -> np.ndarray:
        raise MissingField(name)
