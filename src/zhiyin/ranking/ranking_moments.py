"""Lists of several moments of a shop's past, each from models that do not know what came later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from zhiyin.affinity.blend import Blend, segments
from zhiyin.affinity.popularity import popularity
from zhiyin.affinity.training import Training
from zhiyin.core import NO_TIME
from zhiyin.core.interactions import Interactions
from zhiyin.evaluation.ranking import ScoreRows
from zhiyin.evaluation.task import Task, TrainingData, hold_out
from zhiyin.ranking.blend import BlendWeights
from zhiyin.ranking.booster import families, names_of
from zhiyin.ranking.features.item_columns import ItemColumns
from zhiyin.ranking.ranking_lists import Moment, RankingLists

_PEOPLE = 4000


@dataclass(frozen=True, slots=True, eq=False)
class RankingMoments:
    """What trees learn from, and what they are judged by.

    Attributes:
        names: of the features.
        before: lists to learn from, labelled by what happened before ``late`` begins.
        late: lists of the last moment, to judge by.
        all: the lists of all moments, each labelled by all that is known of the time after it.
    """

    names: list[str]
    before: list[RankingLists]
    late: RankingLists
    all: list[RankingLists]


def ranking_moments(
    training: Training,
    weights: BlendWeights,
    columns: ItemColumns,
    events: Interactions,
    seed: int = 0,
) -> RankingMoments:
    """Return the lists of three moments, of at most 4,000 people each, drawn at random.

    They are the moment at which the training's held-out part begins, with the models that were fitted without it; the middle
    of its events; and a fifth of the earlier events before it. For the last two the parts are fitted anew.

    Args:
        training: of a blend, with a part held out by time, and ``refit``.
        weights: of the blend.
        columns: what the catalogue says.
        events: all that the training was given.
        seed: of the people.
    """
    model = training.model
    if not isinstance(model, Blend) or training.refit is None:
        raise TypeError("a training of a blend that can be fitted to other data is needed")
    held = training.held_out
    spoken = events.where(events.strength != 0)
    cut = int(held.data.interactions.time_us.max())
    middle = int(np.median(spoken.time_us[spoken.time_us > cut]))
    earlier = Task.of(held.data, hold_out(held.data.interactions, seed))

    def lists(task: Task, parts: Mapping[str, ScoreRows]) -> RankingLists:
        return _lists(task, parts, model, weights, columns, seed)

    def known_at(until_us: int) -> TrainingData:
        is_past = (spoken.time_us <= until_us) | (spoken.time_us == NO_TIME)
        return replace(held.data, interactions=spoken.where(is_past), later=None)

    def later(data: TrainingData, since_us: int, until_us: int) -> Task:
        return _taken(
            data, spoken.where((spoken.time_us > since_us) & (spoken.time_us <= until_us))
        )

    first = lists(earlier, training.refit(earlier.data))
    second = lists(held, training.held_out_parts)
    halfway = known_at(middle)
    late = lists(later(halfway, middle, int(spoken.time_us.max())), training.refit(halfway))
    half = second.labelled(later(held.data, cut, middle).relevant)
    return RankingMoments(
        names_of(families(list(model.parts))), [first, half], late, [first, second, late]
    )


def _taken(data: TrainingData, events: Interactions) -> Task:
    """Return what people newly took of items, of those that were both known."""
    is_known = np.isin(events.person, data.interactions.person)
    is_known &= np.isin(events.item, data.interactions.item)
    hidden = events.where(is_known).rows(data.n_people, data.n_items)
    return Task.hiding(data, hidden, "global_time")


def _lists(
    task: Task,
    parts: Mapping[str, ScoreRows],
    model: Blend,
    weights: BlendWeights,
    columns: ItemColumns,
    seed: int,
) -> RankingLists:
    known = task.data.interactions
    popular = popularity(known.item, known.strength, known.time_us, task.data.n_items)
    length = np.diff(task.data.histories.indptr)

    def scores(people: NDArray[np.int64]) -> NDArray[np.float32]:
        shares = model.weights[segments(model.fewest, length[people])]  # (m, n_parts)
        total = np.zeros((people.size, task.data.n_items), np.float32)
        for place, part in enumerate(parts.values()):
            total += shares[:, place, None] * part(people)
        return total

    people = np.flatnonzero(np.diff(task.relevant.indptr))
    if people.size > _PEOPLE:
        drawn = np.random.default_rng(seed).choice(people, _PEOPLE, replace=False)
        people = np.sort(drawn)
    moment = Moment(task, scores, popular, weights, model, parts, columns)
    return moment.lists(families(list(model.parts)), people)
