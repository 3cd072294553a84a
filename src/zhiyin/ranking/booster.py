"""Gradient-boosted trees that put the blend's first candidates in a better order, learned from what people took."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.ranking.features.activity import Activity
from zhiyin.ranking.features.family import Family
from zhiyin.ranking.features.freshness import Freshness
from zhiyin.ranking.features.knowledge import Knowledge
from zhiyin.ranking.features.likeness import Likeness
from zhiyin.ranking.features.parts import Parts
from zhiyin.ranking.features.portrait import Portrait
from zhiyin.ranking.features.scores import Scores
from zhiyin.ranking.features.social import Social
from zhiyin.ranking.features.velocity import Velocity
from zhiyin.ranking.ranking_lists import RankingLists

_RISING, _FALLING = ("affinity", "blend"), ("affinity_place", "blend_place")
_FIXED = {
    "objective": "lambdarank",
    "learning_rate": 0.05,
    "max_bin": 63,
    "bin_construct_sample_cnt": 20_000,
    "lambdarank_truncation_level": 20,
    "label_gain": list(range(9)),
    "num_threads": 1,
    "deterministic": True,
    "force_row_wise": True,
    "verbose": -1,
}

NOT_INSTALLED = "LightGBM is not installed: pip install 'zhiyin[rank]'"


def is_installed() -> bool:
    """Return whether LightGBM is there."""
    return find_spec("lightgbm") is not None


def monotone(names: Sequence[str]) -> list[int]:
    """Return for each feature 1 where a higher value never lowers a score, -1 where it never raises one, else 0."""
    return [(name in _RISING) - (name in _FALLING) for name in names]


def families(parts: Sequence[str]) -> tuple[Family, ...]:
    """Return the families of features, for an affinity model of some parts."""
    return (
        Scores(), Parts(parts), Social(), Likeness("text"), Likeness("chosen"), Knowledge(),
        Activity(), Velocity(), Portrait(), Freshness(),
    )  # fmt: skip


def names_of(families: Sequence[Family]) -> list[str]:
    """Return the names of all features, in the order of the columns."""
    return [name for family in families for name in family.names]


class Booster:
    """Trees over features.

    Args:
        text: what LightGBM writes and reads.
    """

    def __init__(self, text: str) -> None:
        import lightgbm

        self.text = text
        self._trees = lightgbm.Booster(model_str=text)

    @property
    def n_features(self) -> int:
        """How many features a row has."""
        return int(self._trees.num_feature())

    @classmethod
    def fit(
        cls,
        lists: Sequence[RankingLists],
        names: Sequence[str],
        trees: int,
        params: Mapping[str, Any],
        seed: int = 0,
    ) -> Booster:
        """Learn the order of lists in which something was taken.

        A gain is what the strongest event says, in eighths. A higher affinity or blend never lowers a score.

        Args:
            lists: of people, at one moment or several.
            names: of the features.
            trees: how many.
            params: of LightGBM, beside those that are fixed.
            seed: of the features a tree may use.
        Returns: the same for the same seed.
        References: Burges, MSR-TR-2010-82 (LambdaMART); Ke et al., NIPS 2017 (LightGBM).
        """
        import lightgbm

        taken = [one.where(np.any(one.gains > 0, axis=1)) for one in lists]
        are_items = [one.ids >= 0 for one in taken]
        told = list(zip(taken, are_items, strict=True))
        how = {
            **_FIXED,
            **params,
            "seed": seed,
            "monotone_constraints": monotone(names),
        }
        data = lightgbm.Dataset(
            np.concatenate([one.features[is_item] for one, is_item in told]),
            np.ceil(np.concatenate([one.gains[is_item] for one, is_item in told]) * 8),
            group=np.concatenate([np.count_nonzero(is_item, axis=1) for is_item in are_items]),
            params=how,
        )
        return cls(lightgbm.train(how, data, trees).model_to_string())

    def scores(
        self, features: NDArray[np.float32], first: int = 0, trees: int = -1
    ) -> NDArray[np.float64]:
        """Return the score of each row of (n, f) features, (n,); of some of the trees only, where they are named."""
        found = self._trees.predict(
            features, start_iteration=first, num_iteration=trees, num_threads=1, raw_score=True
        )
        return np.asarray(found)

    def contributions(
        self, features: NDArray[np.float32], families: Sequence[Family]
    ) -> NDArray[np.float64]:
        """Return what each family adds to the score of each row, (n, n_families + 1); the last column is what all rows get.

        The rows sum to ``scores``. A share says what moved an item beside the mean of what the trees learned from.

        Args:
            features: (n, f) float32.
            families: whose columns stand in this order; columns after theirs count for the last.
        Complexity: O(n · trees · leaves · depth²), some tens of times that of ``scores``.
        References: Lundberg et al., Nature Machine Intelligence 2020 (TreeSHAP).
        """
        found = np.asarray(self._trees.predict(features, num_threads=1, pred_contrib=True))
        ends = np.cumsum([0, *(len(family.names) for family in families)])
        return np.add.reduceat(found, ends, axis=1)
