"""What is known of words before a shop labels anything: weights of n-grams, learned from public reviews and shipped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from zhiyin.language.aspects.context import Context, clause_at
from zhiyin.language.aspects.units import code_of, mixed, units

BITS = 18
_END = 2
_SIZES = (1, 2, 3)
_CLOSE, _LATIN = 10, 5  # characters; of Latin letters so many times as many
VIEWS = 7
"""How many numbers ``prior_rows`` has."""


def text_rows(texts: Sequence[str]) -> Any:
    """Return which n-grams of units texts have, as rows of length 1.

    Args:
        texts: n of them, folded.
    Returns: (n, 2**BITS) float32 CSR.
    Complexity: O(characters).
    """
    coded = [[_END, *(code_of(unit.form) for unit in units(text)), _END] for text in texts]
    owner = np.repeat(np.arange(len(coded)), [len(codes) for codes in coded])
    code = np.array([one for codes in coded for one in codes], np.int64)
    entries = [np.zeros(0, np.int64)]
    for size in _SIZES:
        n = max(len(code) - size + 1, 0)
        within = owner[:n] == owner[len(owner) - n :]
        grams = mixed(size, *(code[step : n + step] for step in range(size)))
        entries.append(
            (owner[:n] << BITS | (grams >> np.uint64(64 - BITS)).astype(np.int64))[within]
        )
    entry = np.unique(np.concatenate(entries))
    rows, columns = entry >> BITS, entry & ((1 << BITS) - 1)
    count = np.bincount(rows, minlength=len(texts))
    values = (1 / np.sqrt(np.maximum(count, 1))).astype(np.float32)[rows]
    return sparse.csr_array((values, (rows, columns)), shape=(len(texts), 1 << BITS))


def prior_rows(
    contexts: Sequence[Context], arrays: Mapping[str, NDArray[Any]] | None = None
) -> NDArray[np.float32]:
    """Return what the prior thinks of contexts, and of parts of them.

    Args:
        contexts: n of them.
        arrays: ``weights`` and ``spread``; the shipped ones unless given.
    Returns: (n, VIEWS) float32 about between -3 and 3, positive = praise: of the whole text, of what stands around the
        aspect, behind it, before it, in its clause, close behind and close before.
    Complexity: O(characters).
    """
    prior = shipped() if arrays is None else arrays
    views: list[list[str]] = [[] for _ in range(VIEWS)]
    for context in contexts:
        clause, close = clause_at(context), _CLOSE * (_LATIN if context.text.isascii() else 1)
        parts = (
            context.text,
            f"{context.before} {context.after}",
            context.after,
            context.before,
            context.text[clause.start : clause.end],
            context.after[:close],
            context.before[-close:],
        )
        for view, part in zip(views, parts, strict=True):
            view.append(part)
    weights = prior["weights"].astype(np.float32)
    scores = [text_rows(view) @ weights for view in views]
    return np.asarray(np.stack(scores, axis=1) / prior["spread"], np.float32)


@cache
def shipped() -> Mapping[str, NDArray[Any]]:
    """Return the arrays that come with the package; benchmarks/train_aspect_heads.py makes them.

    Returns: ``weights`` (2**BITS,) int8 of n-grams, ``spread`` the standard deviation of their scores, and
        ``head_weights`` and ``head_biases`` of the general head.
    """
    with (files("zhiyin.language") / "data" / "aspect_prior.npz").open("rb") as file:
        return dict(np.load(file))
