"""A model must beat popularity on the sample shop, and the same model on shuffled data must not."""

import numpy as np
import pytest

from zhiyin.affinity.popularity import popularity
from zhiyin.affinity.rows import EventStrength
from zhiyin.affinity.training import train
from zhiyin.core.interactions import Interactions
from zhiyin.evaluation.intervals import paired_difference
from zhiyin.ingest.sample import make
from zhiyin.ingest.sample.ceilings import home_oracle
from zhiyin.ingest.sample.tasks import home_task, numbers

N_PEOPLE, N_ITEMS = 600, 150


@pytest.fixture(scope="module")
def judged():
    """Return name → the NDCG@10 of each judged person."""
    shop = make(11, people=N_PEOPLE, products=N_ITEMS)
    task = home_task(shop)
    log = task.train
    strength = EventStrength().of(
        log["type"].to_numpy().astype(np.str_), log["value"].fill_null(np.nan).to_numpy()
    )
    person, item = numbers(log["user"]), numbers(log["item"])
    time_us = log["time"].dt.epoch("us").to_numpy()

    def blend(item):
        table = Interactions(person, item, strength, time_us)
        learned = train(table, n_people=N_PEOPLE, n_items=N_ITEMS, k=10, sample=300)
        return task.ndcg(learned.fitted(task.people))

    popular = popularity(item, strength, time_us, N_ITEMS)
    return {
        "popularity": task.ndcg(np.tile(popular, (len(task.people), 1))),
        "blend": blend(item),
        "shuffled": blend(np.random.default_rng(0).permutation(item)),
        "oracle": task.ndcg(home_oracle(shop.truth, task)),
    }


def test_the_blend_beats_popularity_and_the_oracle_beats_the_blend(judged):
    assert paired_difference(judged["blend"], judged["popularity"]).low > 0
    assert paired_difference(judged["oracle"], judged["blend"]).low > 0


def test_on_shuffled_data_there_is_nothing_to_gain(judged):
    assert paired_difference(judged["shuffled"], judged["popularity"]).low <= 0
    assert paired_difference(judged["blend"], judged["shuffled"]).low > 0
