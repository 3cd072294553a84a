"""The cached way to embed: a text that did not change is never embedded twice."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from functools import partial
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from zhiyin.compute import Engine, mapped
from zhiyin.core.progress import Progress, untold
from zhiyin.errors import BadOutput
from zhiyin.language.embedder import Embedder, Kind, unit_rows
from zhiyin.store.store import Store

_BATCH_TEXTS = 64
_SAVED_EVERY_S = 1.0
_KINDS: tuple[Kind, ...] = ("query", "passage")


class Vectors:
    """Embeds texts, and keeps the vectors in a store by what was embedded: an embedder with a memory.

    What is finished is stored every second, so that a run that was killed goes on where it was. Vectors are kept in half
    precision, and come back the same whether they were just made or kept.

    >>> import tempfile
    >>> from zhiyin.language.embedders.lsa import Lsa
    >>> lsa = Lsa(Lsa.Config(dim=2))
    >>> lsa.fit(["green tea", "black tea", "tea pot", "iron pot"])
    >>> with tempfile.TemporaryDirectory() as folder, Store.open(f"{folder}/shop.db") as store:
    ...     made = Vectors(store, lsa).of(["green tea", "iron pot", "green tea"], kind="passage")
    ...     made.shape, store.vector_models() == {lsa.model_id: 2}
    ((3, 2), True)
    """

    def __init__(
        self,
        store: Store,
        embedder: Embedder,
        *,
        engine: Engine = "here",
        workers: int | None = None,
    ) -> None:
        self._store = store
        self._embedder = embedder
        self._engine: Engine = engine
        self._workers = workers

    @property
    def model_id(self) -> str:
        """The embedder's."""
        return self._embedder.model_id

    @property
    def dim(self) -> int:
        """The embedder's."""
        return self._embedder.dim

    def embed(self, texts: Sequence[str], *, kind: Kind) -> NDArray[np.float32]:
        """Return what ``of`` does, so that this is an embedder too."""
        return self.of(texts, kind=kind)

    def of(
        self, texts: Sequence[str], *, kind: Kind, progress: Progress = untold
    ) -> NDArray[np.float32]:
        """Return the vectors of texts; those of texts seen before are read, the others made and kept.

        Args:
            texts: n of any length.
            kind: what they are for.
            progress: told how many of those to be embedded are done.
        Returns: (n, dim) float32 with unit rows, zero for a text in which there is nothing.
        Raises:
            ModelError: the embedder does not answer, or not with vectors; what was finished before is kept.
        """
        model = self.model_id
        digests = [digest(text, kind) for text in texts]
        first: dict[str, int] = {}
        for position, told in enumerate(digests):
            first.setdefault(told, position)
        distinct = list(first)
        known, found = self._store.vectors(model, distinct)
        is_known = np.zeros(len(distinct), bool)
        is_known[known] = True
        missing = np.flatnonzero(~is_known)
        dim = found.shape[1] if len(known) else self.dim
        vectors = np.empty((len(distinct), dim), np.float16)
        vectors[known] = found.reshape(-1, dim)
        wanted = [texts[first[distinct[place]]] for place in missing]
        done = 0
        for made in self._made(wanted, kind, dim, progress):
            places = missing[done : done + len(made)]
            vectors[places] = made
            self._store.keep_vectors(model, [distinct[place] for place in places], made)
            done += len(made)
        place_of = {told: place for place, told in enumerate(distinct)}
        rows = np.fromiter((place_of[told] for told in digests), np.int64, len(digests))
        return unit_rows(vectors.astype(np.float32))[rows]

    def stale(self, models_kept: Iterable[str] = ()) -> dict[str, int]:
        """Return how many vectors are kept of each model but this one and ``models_kept``."""
        used = {self.model_id, *models_kept}
        return {m: count for m, count in self._store.vector_models().items() if m not in used}

    def drop(self, model: str) -> int:
        """Remove all vectors of a model, and return how many there were."""
        return self._store.drop_vectors(model)

    def forget(self, texts: Iterable[str]) -> int:
        """Remove what is kept of texts, by every model and for every use, and return how many vectors there were."""
        digests = [digest(text, kind) for text in texts for kind in _KINDS]
        return sum(
            self._store.drop_vectors(model, digests) for model in self._store.vector_models()
        )

    def _made(
        self, texts: Sequence[str], kind: Kind, dim: int, progress: Progress
    ) -> Iterator[NDArray[np.float16]]:
        """Yield the vectors of texts in their order, as many as were finished in a second."""
        batches = [texts[n : n + _BATCH_TEXTS] for n in range(0, len(texts), _BATCH_TEXTS)]
        work = partial(_embedded, self._embedder, kind)
        waiting: list[NDArray[np.float16]] = []
        done, saved = 0, time.monotonic()
        with closing(mapped(work, batches, workers=self._workers, engine=self._engine)) as results:
            for batch, made in zip(batches, results, strict=True):
                waiting.append(_checked(made, len(batch), dim, self.model_id))
                done += len(batch)
                progress(done / len(texts), done)
                if time.monotonic() - saved >= _SAVED_EVERY_S or done == len(texts):
                    yield np.concatenate(waiting)
                    waiting, saved = [], time.monotonic()


def digest(text: str, kind: Kind) -> str:
    """Return the 32 hexadecimal digits under which the vector of a text is kept."""
    said = f"{kind}\n{text}".encode("utf-8", "surrogatepass")
    return blake2b(said, digest_size=16).hexdigest()


def _embedded(embedder: Embedder, kind: Kind, texts: Sequence[str]) -> NDArray[np.float32]:
    return embedder.embed(texts, kind=kind)


def _checked(made: NDArray[np.float32], n: int, dim: int, model: str) -> NDArray[np.float16]:
    """Return the vectors as they are kept."""
    if made.shape != (n, dim) or not np.isfinite(made).all():
        raise BadOutput(
            f"{model} made vectors of the shape {made.shape}, or not of numbers",
            where="embedder",
            expected=f"{(n, dim)} finite numbers, as those that are kept",
            next_step="if the model was exchanged under its name, drop its vectors",
        )
    return made.astype(np.float16)
