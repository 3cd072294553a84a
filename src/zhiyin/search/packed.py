"""Texts and JSON as arrays of bytes, as snapshots hold them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Arrays = Mapping[str, NDArray[Any]]


def packed(value: Any) -> NDArray[np.uint8]:
    """Return a JSON value as bytes.

    >>> unpacked(packed({"棉": [1, None]}))
    {'棉': [1, None]}
    """
    return np.frombuffer(json.dumps(value, ensure_ascii=False).encode(), np.uint8)


def unpacked(array: NDArray[Any]) -> Any:
    """Return the value that ``packed`` took."""
    return json.loads(np.asarray(array).tobytes())


def part(arrays: Arrays, prefix: str) -> dict[str, NDArray[Any]]:
    """Return the arrays whose names begin with a prefix, without it; of memory-mapped ones plain views, which are faster."""
    return {
        name.removeprefix(prefix): np.asarray(arrays[name])
        for name in arrays
        if name.startswith(prefix)
    }


def prefixed(prefix: str, arrays: Arrays) -> dict[str, NDArray[Any]]:
    """Return arrays with a prefix before their names."""
    return {prefix + name: array for name, array in arrays.items()}


def texts(values: Iterable[str]) -> NDArray[np.uint8]:
    """Return texts without line ends as bytes."""
    return np.frombuffer("".join(f"{value}\n" for value in values).encode(), np.uint8)


def of_texts(array: NDArray[Any]) -> list[str]:
    """Return the texts that ``texts`` took."""
    return np.asarray(array).tobytes().decode().split("\n")[:-1]
