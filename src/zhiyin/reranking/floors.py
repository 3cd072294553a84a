"""A floor for how much each provider is seen."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from zhiyin.core import Candidates, Kind, Query
from zhiyin.registry import PartConfig
from zhiyin.store.catalogue import Catalogue
from zhiyin.store.impression_log import ImpressionLog


class Floors:
    """Gives the last places of a page to providers that were seen too little lately, where they have something that fits.

    A provider is behind with less than ``floor`` times the mean exposure of a provider. The one furthest behind comes first,
    with the best of its items. Pages count once they are served, in this process alone, and halve in a day (`Exposure`).

    References: Singh & Joachims, KDD 2018; Morik et al., SIGIR 2020.
    """

    name = "floors"

    class Config(PartConfig):
        """Options of `Floors`."""

        provider: str = Field(
            "brand", description="What names the provider: brand, category or an attribute."
        )
        floor: float = Field(
            0.25, ge=0, le=1, description="Part of the mean exposure that each provider gets."
        )
        places: int = Field(1, ge=1, description="Places of a page that may be given away.")
        pool: int = Field(50, ge=1, description="Candidates, the best, among which it must be.")

    def __init__(self, config: Config, catalogue: Catalogue, impression_log: ImpressionLog) -> None:
        self._config = config
        self._catalogue = catalogue
        self._exposure = impression_log.exposure
        catalogue.follow(config.provider)

    def rerank(self, query: Query, candidates: Candidates, k: int) -> NDArray[np.int64]:
        """Return k positions. Complexity: O(items of the catalogue + candidates)."""
        order = np.arange(len(candidates))
        n = min(query.n, k, order.size)
        stay = max(n - self._config.places, 0)
        best = candidates.take(order[: max(self._config.pool, n)])
        provider = self._catalogue.group(self._config.provider, best.ids)
        provider[best.kinds != Kind.ITEM] = -1
        lack = self._lacking()
        row = np.arange(len(best))
        behind = np.where(provider >= 0, lack[provider], 0.0)
        may = (behind > 0) & (row >= stay) & ~np.isin(provider, provider[:stay])
        _, first = np.unique(np.where(may, provider, -1), return_index=True)
        first = first[may[first]]
        lifted = first[np.lexsort((first, -behind[first]))][: n - stay]
        page = np.concatenate([order[: n - lifted.size], lifted])
        page = page[np.sort(np.unique(page, return_index=True)[1])]
        return np.concatenate([page, np.delete(order, page)])[:k]

    def _lacking(self) -> NDArray[np.float64]:
        """Return by provider's number how much exposure it lacks, and a 0 at the end."""
        seen = self._exposure.of_items(len(self._catalogue))
        provider = self._catalogue.group(self._config.provider, np.arange(seen.size)) + 1
        of_provider = np.bincount(provider, seen)[1:]
        exists = np.bincount(provider)[1:] > 0
        due = self._config.floor * of_provider.sum() / max(int(exists.sum()), 1)
        return np.append(np.where(exists, np.maximum(due - of_provider, 0), 0), 0.0)
