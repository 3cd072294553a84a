"""Latent semantic analysis of a shop's own texts: no model, no network, fitted in seconds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from zhiyin.core.progress import Progress, untold
from zhiyin.language.embedders.bag import Bag, BagEmbedder, sampled
from zhiyin.registry import PartConfig


class Lsa(BagEmbedder):
    """Embeds by which words and characters come together in the shop's texts; needs no model.

    >>> lsa = Lsa(Lsa.Config(dim=2))
    >>> lsa.fit(["green tea", "black tea", "green cup", "black cup"])
    >>> lsa.embed(["tea", ""], kind="query").shape
    (2, 2)
    """

    name = "lsa"

    class Config(PartConfig):
        """Options of `Lsa`."""

        dim: int = Field(384, ge=2, le=1024, description="How many numbers a vector has.")
        features: int = Field(
            25_000,
            ge=100,
            description="How many words and runs of characters count, the commonest.",
        )
        texts: int = Field(20_000, ge=2, description="How many texts it learns from, at most.")
        seed: int = Field(0, ge=0, description="Of the sample of texts and of the sketch.")

    def __init__(self, config: Config) -> None:
        super().__init__()
        self._config = config

    def fit(self, texts: Sequence[str], *, progress: Progress = untold) -> None:
        """Learn from texts; ``model_id`` is another one then.

        Args:
            texts: n of a shop.
            progress: told at the end.
        Raises:
            DataError: the texts share no words, or all of them.
        Complexity: O(characters · dim + (texts + features) · dim²); 20 s of one core for 20,000 reviews.
        References: Deerwester et al., JASIS 1990; Halko, Martinsson & Tropp, SIAM Review 2011.
        """
        sample = sampled(texts, self._config.texts, self._config.seed)
        bag = Bag.chosen(sample, self._config.features)
        rng = np.random.default_rng(self._config.seed)
        self.learn(bag, _main_directions(bag.of(sample), self._config.dim, rng))
        progress(1.0, len(sample))


def _main_directions(rows: Any, dim: int, rng: np.random.Generator) -> NDArray[np.floating[Any]]:
    """Return (m, dim) orthonormal columns along which the rows (n, m) are longest, by a sketch with two passes more."""
    sketch = rows @ rng.standard_normal((rows.shape[1], dim + 10), dtype=np.float32)
    for _ in range(2):
        sketch = rows @ (rows.T @ np.linalg.qr(sketch)[0])
    small = (rows.T @ np.linalg.qr(sketch)[0]).T
    directions = np.linalg.svd(small, full_matrices=False)[2][:dim].T
    return np.pad(directions, ((0, 0), (0, dim - directions.shape[1])))
