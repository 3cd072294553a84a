"""Words that tell what one person buys from what everybody could."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from zhiyin.affinity.csr import csr_arrays, csr_from, entries_of
from zhiyin.language.stop_words import STOP_WORDS
from zhiyin.language.tokens import Tokenizer
from zhiyin.portraits.sensitive import is_blocked
from zhiyin.portraits.statement import Evidence, Statement

_LONGEST = 1000  # characters of a text that are read
_SHORTEST = 2


@dataclass(frozen=True, slots=True, eq=False)
class ItemWords:
    """The words of items' texts.

    Attributes:
        words: (n_words,) str as they are written most often.
        counts: (n_items, n_words) float32 CSR of how often each stands in an item's text.
        rarity: (n_words,) float32, log(1 + words of a mean item / how often the word stands anywhere).

    >>> words = ItemWords.of(["green tea", "green cup", "black tea", "black cup"])
    >>> words.words.tolist()
    ['black', 'cup', 'green', 'tea']
    """

    words: NDArray[np.str_]
    counts: Any
    rarity: NDArray[np.float32]

    @classmethod
    def of(cls, texts: Iterable[str], tokenizer: Tokenizer | None = None) -> Self:
        """Read items' texts, the n-th that of item n.

        Numbers, single characters, words of one item alone and words that are nobody's business are left out.

        Complexity: linear in the texts.
        """
        cut = tokenizer or Tokenizer()
        spelled: dict[str, Counter[str]] = {}
        found: list[Counter[str]] = []
        for text in texts:
            own: Counter[str] = Counter()
            for term, written in _terms(cut, text[:_LONGEST]):
                own[term] += 1
                spelled.setdefault(term, Counter())[written] += 1
            found.append(own)
        items_with = Counter(term for own in found for term in own)
        kept = sorted(
            term for term, n in items_with.items() if n > 1 and not is_blocked("keyword", term)
        )
        place = {term: number for number, term in enumerate(kept)}
        cells = [
            (item, place[term], count)
            for item, own in enumerate(found)
            for term, count in own.items()
            if term in place
        ]
        row, column, count = np.array(cells, np.int64).reshape(-1, 3).T
        entries = (count.astype(np.float32), (row, column.astype(np.int32)))
        matrix = sparse.csr_array(entries, shape=(len(found), len(kept)))
        matrix.sort_indices()
        often = np.bincount(column, count, minlength=len(kept))
        mean = often.sum() / max(len(found), 1)
        words = np.array([spelled[term].most_common(1)[0][0] for term in kept], np.str_)
        return cls(words, matrix, np.log1p(mean / np.maximum(often, 1)).astype(np.float32))

    def of_person(
        self,
        items: NDArray[np.int64],
        weights: NDArray[np.float32],
        evidence: Callable[[int], Evidence],
        *,
        limit: int = 10,
        least: int = 2,
    ) -> list[Statement]:
        """Return the words that stand out in what a person bought or praised (class-based TF-IDF).

        Args:
            items: (h,) item numbers; the same may stand more than once.
            weights: (h,) above 0.
            evidence: item → what shows that the person bought or praised it.
            limit: how many words, at most.
            least: words of fewer different items are left out.
        Returns: ``keyword`` statements, the best first.
        References: Grootendorst, 2022 (BERTopic, class-based TF-IDF).
        """
        known = items < self.counts.shape[0]
        item, own = np.unique(items[known], return_inverse=True)
        weight = np.bincount(own, weights[known]).astype(np.float32)
        words, values = entries_of(self.counts, item, weight)
        which = np.repeat(item, np.diff(self.counts.indptr)[item])
        distinct, at = np.unique(words, return_inverse=True)
        often = np.bincount(at)
        score = np.bincount(at, values) / max(float(values.sum()), 1e-9) * self.rarity[distinct]
        score[often < least] = 0
        told = []
        for place in np.argsort(-score, kind="stable")[:limit].tolist():
            word = str(self.words[distinct[place]])
            if score[place] <= 0 or is_blocked("keyword", word):
                continue
            shown = which[at == place]
            shown = shown[np.argsort(-weight[np.searchsorted(item, shown)], kind="stable")][:3]
            values_told = {"score": round(float(score[place]), 4), "items": int(often[place])}
            proof = tuple(evidence(one) for one in shown.tolist())
            told.append(Statement("keyword", word, {"word": word, **values_told}, proof))
        return told

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the arrays of a snapshot."""
        return {"words": self.words, "rarity": self.rarity, **csr_arrays("counts", self.counts)}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Self:
        """Open what ``arrays`` gave, without copying."""
        shape = (len(arrays["counts_indptr"]) - 1, len(arrays["words"]))
        return cls(arrays["words"], csr_from("counts", arrays, shape), arrays["rarity"])


def _terms(cut: Tokenizer, text: str) -> Iterable[tuple[str, str]]:
    """Yield the terms of a text, and how they are written there."""
    said = [token for token in cut.tokens(text) if token.text not in STOP_WORDS]
    for term, token in zip(cut.words(text), said, strict=True):
        if token.kind in ("zh", "en") and len(token.text) >= _SHORTEST:
            yield term, token.text
