"""A planted world: circles of friends, each with a taste of its own."""

import numpy as np

from zhiyin.core import NO_TIME
from zhiyin.core.interactions import Interactions
from zhiyin.core.ties import Ties
from zhiyin.evaluation.task import Task, TrainingData, hold_out


def circles_task(n_people, n_items, circles, *, events, share, ties, seed):
    """Return who will take what: ``share`` of a person's events are of the circle's taste, and so are all its ties."""
    rng = np.random.default_rng(seed)
    person = np.repeat(np.arange(n_people), events)
    own = rng.integers(0, n_items // circles, person.size) * circles + person % circles
    item = np.where(rng.random(person.size) < share, own, rng.integers(0, n_items, person.size))
    one = np.repeat(np.arange(n_people), ties)
    two = (one + circles * rng.integers(1, n_people // circles, one.size)) % n_people
    pairs = np.unique(np.stack([one, two], 1)[one != two], axis=0)
    unknown = np.full(person.size, NO_TIME)
    plays = Interactions(person, item, np.ones(person.size, np.float32), unknown)
    side = {"ties": Ties(pairs[:, 0], pairs[:, 1])}
    return Task.of(TrainingData(plays, n_people, n_items, side), hold_out(plays, 0))
