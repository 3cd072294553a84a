"""One score that puts first what is worth most: what each action is worth, times how likely it is."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.affinity.blend import Blend as AffinityBlend
from zhiyin.ranking.blend import BlendWeights
from zhiyin.ranking.booster import NOT_INSTALLED, is_installed
from zhiyin.ranking.chain import FEWEST, PLACE, Chain, Shown, placed, utility
from zhiyin.ranking.impression_lists import LoggedLists
from zhiyin.ranking.ranker import Ranker, RankerModel

_log = logging.getLogger(__name__)
_CHAIN, _VALUES = "chain.", "values"


@dataclass(frozen=True, eq=False)
class ValueModel:
    """What a training learned of actions, and what they are worth.

    Attributes:
        chain: the probabilities.
        values: action → what one is worth.
    """

    chain: Chain
    values: Mapping[str, float]

    def worth(self, names: Sequence[str], features: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return what items are worth, all of them standing first, (n,).

        Args:
            names: of the features.
            features: (n, f) float32; what the chain asks for and is not there is not known.
        """
        own = {name: column for column, name in enumerate(names)}
        asked = [name for name in self.chain.names if name != PLACE]
        columns = np.full((len(features), len(asked)), np.nan, np.float32)
        for place, name in enumerate(asked):
            if name in own:
                columns[:, place] = features[:, own[name]]
        return utility(self.chain.probabilities(placed(columns, 0)), self.values)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the arrays of a snapshot."""
        values = np.frombuffer(json.dumps(dict(self.values)).encode(), np.uint8)
        return {
            _VALUES: values,
            **{_CHAIN + name: array for name, array in self.chain.arrays().items()},
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> ValueModel:
        """Open what ``arrays`` gave.

        Raises:
            KeyError: an array is missing.
        """
        own = {name.removeprefix(_CHAIN): array for name, array in arrays.items()}
        return cls(Chain.from_arrays(own), json.loads(arrays[_VALUES].tobytes()))


def learn_value(
    lists: LoggedLists, values: Mapping[str, float], seed: int = 0
) -> tuple[ValueModel | None, dict[str, Any]]:
    """Return what pages that were shown say of actions, None where it is too little, and plain figures, among them why.

    Args:
        lists: pages with the features of their items.
        values: action → what one is worth.
        seed: of the trees.
    """
    if not is_installed():
        return None, {"why": NOT_INSTALLED}
    shown = Shown.of(lists)
    told: dict[str, Any] = {"pages": len(lists.group), "items": len(shown.part)}
    chain = Chain.fit(shown, seed)
    told |= {"heads": dict(chain.told), "values": dict(values)}
    if not any(values.get(action, 0.0) > 0 for action in chain.links):
        return None, {**told, "why": f"no action that has a value happened {FEWEST} times"}
    return ValueModel(chain, values), told


class Value(Ranker):
    """Puts the blend's first hundred candidates in the order of what they are worth; where that is unknown, as `Ranker` does.

    All else is as with `Ranker`: scores are the blend's, given out anew, and features are logged.
    """

    name = "value"

    def __init__(
        self,
        config: Ranker.Config,
        blend_weights: BlendWeights,
        affinity: AffinityBlend,
        ranker_model: RankerModel | None,
        value_model: ValueModel | None,
    ) -> None:
        super().__init__(config, blend_weights, affinity, ranker_model)
        if value_model is None:
            _log.warning("values do not rank: see facts.value of the snapshot")
        elif ranker_model is not None and is_installed():
            self._booster = _ByValue(value_model, self._names)


class _ByValue:
    """Stands where a ranker's trees stand."""

    def __init__(self, model: ValueModel, names: Sequence[str]) -> None:
        self._model, self._names = model, names

    def scores(self, features: NDArray[np.float32]) -> NDArray[np.float64]:
        return self._model.worth(self._names, features)
