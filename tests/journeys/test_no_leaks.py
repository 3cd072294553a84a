"""Nothing that is to be found out may help to find it: the ways in which an evaluation fools itself, each tried."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import polars as pl
import pytest

from zhiyin import Shop
from zhiyin.affinity.asked import Asked
from zhiyin.affinity.baselines import ITEM_KNN, POPULARITY, ease_learner
from zhiyin.affinity.model import fit
from zhiyin.bench.own_tasks import OwnTasks
from zhiyin.core import Kind
from zhiyin.core.interactions import Interactions
from zhiyin.evaluation.contest import Budget, compete
from zhiyin.evaluation.controls import shuffled_targets
from zhiyin.evaluation.intervals import paired_difference
from zhiyin.evaluation.task import Task, TrainingData
from zhiyin.ingest.sample import make
from zhiyin.ranking.trained import Trained

K = 10
EVERYBODY = 10**6


def made_frames(people, products):
    made = make(3, people=people, products=products)
    return {kind: made.frames[kind] for kind in ("items", "users", "ties", "events")}


@pytest.fixture(scope="module")
def frames():
    return made_frames(700, 200)


def opened(folder, frames):
    shop = Shop.open(folder)
    for kind, frame in frames.items():
        shop.store.write(kind, frame)
    shop.catalogue.refresh()
    return shop


@pytest.fixture(scope="module")
def judged(frames, tmp_path_factory):
    """The shop of the frames, and its own tasks."""
    with opened(tmp_path_factory.mktemp("shop"), frames) as shop:
        yield SimpleNamespace(shop=shop, tasks=OwnTasks.of(shop, EVERYBODY, seed=0))


def learned(judged, interactions):
    """All that a snapshot made of some events would hold, as one list of arrays."""
    data, settings = judged.tasks.new.data, judged.shop.settings.train
    arrays = Trained.of(interactions, data.n_people, data.n_items, settings, data.side).arrays()
    return [arrays[name] for name in sorted(arrays)]


def cut_us(judged):
    return int(judged.tasks.now.timestamp() * 1e6)


def test_a_score_of_an_item_does_not_use_that_item(judged):
    rows = judged.tasks.new.data.rows
    for shape in (rows, rows[:60]):  # from the items' side, and from the people's
        model = fit(shape, reg=50.0)
        person = int(np.argmax(np.diff(shape.indptr)))
        items, weights = shape.indices[shape.indptr[person] :][:6].astype(np.int64), np.ones(6)
        for place in range(6):
            others = np.arange(6) != place
            whole = model.scores(Asked(items, weights.astype(np.float32)))
            without = model.scores(Asked(items[others], weights[others].astype(np.float32)))
            assert whole[items[place]] == pytest.approx(without[items[place]], abs=1e-5)


def test_names_mean_nothing(frames, judged, tmp_path):
    """Users and items under other ids, which sort in another order, get the same figures."""

    def renamed(column):
        number = pl.col(column).str.slice(1).cast(pl.Int64) * 7919 % 100_003
        return ("x" + number.cast(pl.String)).alias(column)

    other = {
        "items": frames["items"].with_columns(renamed("id")),
        "users": frames["users"].with_columns(renamed("id")),
        "ties": frames["ties"].with_columns(renamed("user"), renamed("other")),
        "events": frames["events"].with_columns(renamed("user"), renamed("item")),
    }
    learners = [POPULARITY, ITEM_KNN, ease_learner()]
    with opened(tmp_path, other) as shop:
        tasks = OwnTasks.of(shop, EVERYBODY, seed=0)
        assert set(shop.store.keys(Kind.ITEM, range(200))) == set(other["items"]["id"])
        there = compete(tasks.new, learners, K, Budget(trials=2))
    here = compete(judged.tasks.new, learners, K, Budget(trials=2))
    for one, two in zip(here, there, strict=True):
        assert one.params == two.params
        assert one.figures[f"ndcg@{K}"].tolist() == two.figures[f"ndcg@{K}"].tolist()


def test_what_comes_after_the_cut_changes_nothing_that_was_learned(tmp_path):
    """Weights, popularity and its scale, the blend's weights: all of it stays to the bit."""
    frames = made_frames(120, 60)
    with opened(tmp_path / "a", frames) as shop:
        judged = SimpleNamespace(shop=shop, tasks=OwnTasks.of(shop, EVERYBODY, seed=0))
        same = learned(judged, judged.tasks.new.data.interactions)
    cut = judged.tasks.now
    events = frames["events"]
    after = events.filter(pl.col("time") > cut)
    other = pl.concat(
        [
            events.filter(pl.col("time") <= cut),
            after.with_columns(item=pl.lit(after["item"][0]), type=pl.lit("purchase")),
        ]
    )
    with opened(tmp_path / "b", frames | {"events": other}) as shop:
        tasks = OwnTasks.of(shop, EVERYBODY, seed=0)
        assert tasks.now == cut
        assert tasks.new.relevant.nnz < judged.tasks.new.relevant.nnz
        changed = learned(SimpleNamespace(shop=shop, tasks=tasks), tasks.new.data.interactions)
    assert len(same) == len(changed) > 5
    assert all(np.array_equal(one, two) for one, two in zip(same, changed, strict=True))


def test_validation_is_not_test(judged):
    task = judged.tasks.new
    rng = np.random.default_rng(0)
    other = replace(task, relevant=task.relevant[rng.permutation(task.data.n_people)])
    other = replace(other, people=np.flatnonzero(np.diff(other.relevant.indptr)))
    learners = [ITEM_KNN, ease_learner()]
    for one, two in zip(
        *(compete(t, learners, K, Budget(trials=3)) for t in (task, other)), strict=True
    ):
        assert (one.params, one.validation) == (two.params, two.validation)
        assert one.figures[f"ndcg@{K}"].mean() != two.figures[f"ndcg@{K}"].mean()


def test_training_is_before_validation_and_validation_before_test(judged):
    data = judged.tasks.new.data
    inner = data.held_out()
    events = data.interactions
    last_fitted = inner.data.interactions.time_us.max()
    asked_by = {(p, i) for p, i in zip(*inner.relevant.nonzero(), strict=True)}
    after = events.where(events.time_us > last_fitted)
    found = set(zip(after.person.tolist(), after.item.tolist(), strict=True))
    assert asked_by <= found
    assert (inner.split, inner.people.size > 100) == ("global_time", True)
    times = pl.concat(judged.shop.store.events())["time_us"].to_numpy()
    assert last_fitted < events.time_us.max() <= cut_us(judged) < times.max()


def test_pages_are_made_of_the_history_before_the_cut(judged):
    tasks, store = judged.tasks, judged.shop.store
    later = 0
    for person in tasks.new.people[:50].tolist():
        known, whole = tasks.history(person, 10_000), store.history(person, 10_000)
        before = whole.time_us <= cut_us(judged)
        later += int((~before).sum())
        assert known.time_us.tolist() == whole.time_us[before].tolist()
        assert sorted(known.items.tolist()) == sorted(whole.items[before].tolist())
    assert later > 100  # there was something to leave out


def test_on_shuffled_targets_nothing_is_gained(judged):
    task = judged.tasks.new
    events = task.data.interactions
    item = shuffled_targets(events.person, events.item, rng=np.random.default_rng(1))
    data = task.data
    dealt = Interactions(events.person, item, events.strength, events.time_us)
    shuffled = Task.hiding(
        TrainingData(dealt, data.n_people, data.n_items), task.relevant, "shuffled"
    )
    for at, is_real in ((task, True), (shuffled, False)):
        popular, knn, ease = compete(
            at, [POPULARITY, ITEM_KNN, ease_learner()], K, Budget(trials=5)
        )
        for one in (knn, ease):
            gain = paired_difference(one.figures[f"ndcg@{K}"], popular.figures[f"ndcg@{K}"])
            assert (gain.low > 0) == is_real, (one.name, gain)
