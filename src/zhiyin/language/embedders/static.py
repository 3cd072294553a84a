"""The shop's own copy of a slow embedder: one matrix that answers much the same, some hundred times as fast."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Field
from scipy import sparse

from zhiyin.core.progress import Progress, untold
from zhiyin.language.embedder import Embedder, readable
from zhiyin.language.embedders.bag import Bag, BagEmbedder, sampled
from zhiyin.language.tokens import Tokenizer
from zhiyin.registry import PartConfig

_BATCH_TEXTS = 64
_COUNTED_TEXTS = 20_000


class Static(BagEmbedder):
    """Embeds as another embedder would, from the vectors that one gave to some of the shop's texts and words.

    A text's vector is a weighted sum over its words and runs of characters, whose own vectors are a ridge regression on
    the teacher's. Its mean is taken away: the teacher's cosines are squeezed together, these are not.

    >>> from zhiyin.language.embedders.lsa import Lsa
    >>> texts = [f"{a} {b}" for a in ("red", "green", "blue") for b in ("tea", "cup", "lamp")]
    >>> teacher = Lsa(Lsa.Config(dim=4))
    >>> teacher.fit(texts)
    >>> static = Static(Static.Config(), teacher)
    >>> static.fit(texts)
    >>> static.embed(["yellow tea"], kind="query").shape
    (1, 4)
    """

    name = "static"

    class Config(PartConfig):
        """Options of `Static`."""

        texts: int = Field(
            2_000, ge=2, le=20_000, description="How many texts the teacher embeds, at most."
        )
        words: int = Field(
            3_000, ge=0, le=20_000, description="How many words it embeds, the commonest."
        )
        word_weight: float = Field(
            0.5, gt=0, description="What a word's vector counts beside a text's."
        )
        reg: float = Field(0.3, gt=0, description="Pull of the words' vectors to 0.")
        features: int = Field(
            50_000,
            ge=100,
            description="How many words and runs of characters count, the commonest.",
        )
        seed: int = Field(0, ge=0, description="Of the sample of texts.")

    def __init__(self, config: Config, teacher: Embedder) -> None:
        super().__init__()
        self._config = config
        self._teacher = teacher

    def fit(self, texts: Sequence[str], *, progress: Progress = untold) -> None:
        """Have the teacher embed some texts and words, and learn to do the same; ``model_id`` is another one then.

        Args:
            texts: n of a shop.
            progress: told how many the teacher has done. A teacher that is a ``Vectors`` does none twice.
        Raises:
            DataError: the texts share no words, or all of them.
            ModelError: the teacher does not answer.
        Complexity: the teacher's time, and O(taught³) for the solve: 3 s and 0.3 GB for 5,000.
        References: Arora, Liang & Ma, ICLR 2017 (weighted sums of word vectors); Hoerl & Kennard, 1970 (ridge).
        """
        config = self._config
        sample = sampled(texts, max(_COUNTED_TEXTS, config.texts), config.seed)
        bag = Bag.chosen(sample, config.features)
        taught = sample[: config.texts]
        words = _commonest_words(sample, config.words)
        wanted = self._taught([*taught, *words], progress)
        for part in (slice(0, len(taught)), slice(len(taught), None)):
            if wanted[part].size:  # words lie elsewhere than texts; that says nothing of a word
                wanted[part] -= wanted[part].mean(axis=0)
        weight = np.repeat([1.0, config.word_weight], [len(taught), len(words)])
        self.learn(bag, _ridge(bag.of([*taught, *words]), wanted, weight, config.reg))

    def _taught(self, texts: Sequence[str], progress: Progress) -> NDArray[np.float32]:
        parts = []
        for start in range(0, len(texts), _BATCH_TEXTS):
            batch = texts[start : start + _BATCH_TEXTS]
            parts.append(self._teacher.embed(batch, kind="passage"))
            progress((start + len(batch)) / len(texts), start + len(batch))
        return np.concatenate(parts)


def _commonest_words(texts: Sequence[str], most: int) -> list[str]:
    tokenizer = Tokenizer()
    spread: Counter[str] = Counter()
    for text in texts:
        spread.update(list(dict.fromkeys(token.text for token in tokenizer.tokens(text))))
    return [word for word, _ in spread.most_common(most) if readable(word)]


def _ridge(
    rows: Any, wanted: NDArray[np.float32], weight: NDArray[np.float64], reg: float
) -> NDArray[np.float32]:
    """Return (m, dim) B that minimises Σ weight · |row B - wanted|² + reg · |B|², by the rows' Gram matrix.

    Args:
        rows: (n, m) CSR.
        wanted: (n, dim).
        weight: (n,) above 0.
        reg: above 0.
    """
    from scipy.linalg import solve

    root = np.sqrt(weight).astype(np.float32)
    scaled = sparse.diags_array(root) @ rows
    gram = (scaled @ scaled.T).toarray()
    gram[np.diag_indices(len(gram))] += reg
    amounts = solve(gram, root[:, None] * wanted, assume_a="pos", overwrite_a=True)
    found: NDArray[np.float32] = scaled.T @ amounts
    return found
