"""Which model the arrays of a snapshot are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from numpy.typing import NDArray

from zhiyin.affinity.dual import DualEase
from zhiyin.affinity.everybody import Everybody
from zhiyin.affinity.friends import Friends
from zhiyin.affinity.graph_filter import GraphFilter
from zhiyin.affinity.implicit_factors import ImplicitFactors
from zhiyin.affinity.item_weights import ItemWeights
from zhiyin.affinity.model import AffinityModel
from zhiyin.affinity.people_neighbours import PeopleNeighbours
from zhiyin.affinity.people_weights import PeopleWeights
from zhiyin.affinity.text_weights import TextWeights
from zhiyin.affinity.transition_kernel import TransitionModel
from zhiyin.errors import NotFound, nearest

Arrays = Mapping[str, NDArray[Any]]

_OPENED: dict[str, Callable[[Arrays], AffinityModel]] = {
    model.name: model.from_arrays
    for model in (
        DualEase,
        Everybody,
        Friends,
        GraphFilter,
        ImplicitFactors,
        PeopleNeighbours,
        PeopleWeights,
        TextWeights,
        TransitionModel,
    )
}
_WEIGHTS = ("ease", "item-knn", "random-walk")


def opened(name: str, arrays: Arrays) -> AffinityModel:
    """Open the model that ``arrays()`` of a model called ``name`` gave; arrays may be read-only and memory-mapped.

    Raises: NotFound when no model has that name.
    """
    if name in _WEIGHTS:
        return ItemWeights.from_arrays(name, arrays)
    if name in _OPENED:
        return _OPENED[name](arrays)
    raise NotFound(
        f'no affinity model is called "{name}"',
        where="snapshot",
        expected=nearest(name, sorted([*_OPENED, *_WEIGHTS])),
        next_step="train again",
    )
