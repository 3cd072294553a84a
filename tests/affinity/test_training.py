from __future__ import annotations

import json

import numpy as np
import pytest

from zhiyin.affinity.asked import Asked
from zhiyin.affinity.training import train
from zhiyin.core.history import NO_TIME
from zhiyin.core.interactions import Interactions
from zhiyin.core.ties import Ties
from zhiyin.evaluation.intervals import paired_difference
from zhiyin.evaluation.search import Journal


def planted(n_people, n_items, seed, tastes=4, events=12):
    """People of four tastes; each buys mostly among the items of their own, popular ones more."""
    rng = np.random.default_rng(seed)
    taste = np.arange(n_people) % tastes
    appeal = 1 / np.arange(1, n_items + 1) ** 0.7
    person, item = [], []
    for who in range(n_people):
        liked = appeal * np.where(np.arange(n_items) % tastes == taste[who], 1, 0.05)
        item.append(rng.choice(n_items, events, replace=False, p=liked / liked.sum()))
        person.append(np.full(events, who))
    return table(np.concatenate(person), np.concatenate(item))


def table(person, item, strength=1.0, time_us=None):
    unknown = np.full(person.size, NO_TIME)
    return Interactions(
        person.astype(np.int64),
        item.astype(np.int64),
        np.full(person.size, strength, np.float32),
        unknown if time_us is None else time_us,
    )


@pytest.mark.parametrize("shape", [(300, 120), (150, 400)])
def test_it_beats_popularity_and_on_shuffled_data_it_does_not(shape):
    data = planted(*shape, seed=5)
    learned = train(data, n_people=shape[0], n_items=shape[1], k=10)
    figures = learned.report["figures"]
    assert figures["blend"][1] > figures["popularity"][2]
    assert figures["blend"][0] > figures["ease"][1]
    assert learned.report["over_popularity"][1] > 0.05
    shuffled = table(data.person, np.random.default_rng(6).permutation(data.item))
    chance = train(shuffled, n_people=shape[0], n_items=shape[1], k=10)
    assert chance.report["over_popularity"][0] < 0.1 * learned.report["over_popularity"][0]


def test_the_report_and_the_held_out_part_can_be_used_above():
    data = planted(200, 90, seed=7)
    learned = train(data, n_people=200, n_items=95, k=10)
    report = json.loads(json.dumps(learned.report))
    assert report["split"] == "per_person_random"
    assert report["people"] == learned.held_out.people.size == 200
    assert set(report["figures"]) > {"popularity", "item-knn", "ease", "people", "blend"}
    assert set(report["weights"]["8"]) <= set(report["parameters"])
    assert report["left_out"]["friends"] == "no ties are known"
    assert "everybody" in report["left_out"]["ease of neighbours"]
    mean, low, high = report["figures"]["blend"]
    assert low < mean < high
    held = learned.held_out
    again = held.ndcg(learned.held_out_scores, learned.k)
    assert again.mean() == pytest.approx(mean)
    assert held.data.rows.multiply(held.relevant).nnz == 0
    assert held.data.rows.nnz + held.relevant.nnz == data.rows(200, 95).nnz
    assert learned.model.n_items == 95
    popular = learned.held_out_popularity
    pop = held.ndcg(lambda people: np.tile(popular, (people.size, 1)), learned.k)
    assert paired_difference(again, pop).as_list() == report["over_popularity"]
    for shares in report["weights"].values():
        assert sum(shares.values()) == pytest.approx(1)


def test_weak_events_choose_alike_because_the_ridge_is_in_their_units():
    data = planted(200, 90, seed=8)
    strong = train(data, n_people=200, n_items=90)
    weak = train(table(data.person, data.item, 0.25), n_people=200, n_items=90)
    for part in ("ease", "people"):
        assert weak.report["parameters"][part] == strong.report["parameters"][part]
        means = [one.report["figures"][part][0] for one in (strong, weak)]
        assert means[0] == pytest.approx(means[1], abs=1e-4)


def test_friends_count_where_taste_runs_along_ties():
    """Everybody's ties go to people of the same taste."""
    data = planted(200, 90, seed=5, events=6)
    rng = np.random.default_rng(2)
    one = np.repeat(np.arange(200), 5)
    two = (one + 4 * rng.integers(1, 50, one.size)) % 200
    ties = {"ties": Ties(one, two)}
    learned = train(data, n_people=200, n_items=90, side=ties)
    weights = learned.report["weights"]
    assert set(weights[min(weights, key=int)]) & {"friends", "people and ties"}
    newcomer = Asked(np.empty(0, np.int64), np.empty(0, np.float32), friends=np.arange(0, 40, 4))
    scores = learned.model.scores(newcomer)
    assert (np.argsort(-scores)[:10] % 4 == 0).mean() > 0.8


def test_impressions_are_neither_learned_nor_judged():
    data = planted(100, 60, seed=9)
    noise = table(np.arange(100), np.arange(100) % 60, 0.0)
    columns = (np.concatenate(pair) for pair in zip(fields(data), fields(noise), strict=True))
    with_noise = train(Interactions(*columns), n_people=100, n_items=60)
    assert with_noise.report == train(data, n_people=100, n_items=60).report


def fields(data):
    return data.person, data.item, data.strength, data.time_us


def test_with_times_the_last_part_is_held_out():
    data = planted(120, 60, seed=10)
    order = np.random.default_rng(1).permutation(data.person.size)
    timed = table(data.person, data.item, time_us=order * 1_000_000)
    learned = train(timed, n_people=120, n_items=60)
    assert learned.report["split"] == "global_time"
    visible = timed.where(timed.time_us <= np.quantile(timed.time_us, 0.81))
    assert learned.held_out.data.rows.nnz < visible.rows(120, 60).nnz + 1


@pytest.mark.parametrize("n", [0, 1])
def test_a_shop_without_behaviour_has_a_model(n):
    nobody = table(np.zeros(n), np.zeros(n))
    learned = train(nobody, n_people=1, n_items=3)
    assert learned.report["people"] == 0
    assert learned.report["figures"] == {}
    assert not learned.model.scores(Asked.of([0]))[1:].any()
    assert learned.held_out_scores is None


def test_where_both_sides_are_large_dense_solves_are_left_out_and_named():
    data = planted(100, 60, seed=11)
    learned = train(data, n_people=100, n_items=60, dense_limit=50)
    assert "above 50 for a dense solve" in learned.report["left_out"]["ease"]
    assert "ease" not in learned.report["figures"]
    assert learned.report["figures"]["blend"][0] > 1.5 * learned.report["figures"]["popularity"][0]


def test_what_would_take_too_much_memory_is_left_out_and_named():
    data = planted(100, 60, seed=11)
    learned = train(data, n_people=100, n_items=60, memory_gb=1e-4)
    left_out = learned.report["left_out"]
    for part in ("item-knn", "implicit-factors", "ease of neighbours"):
        assert "Next: raise memory_gb" in left_out[part]
    assert "for a dense solve" in left_out["ease"]
    assert set(learned.report["figures"]) == {"decayed popularity", "popularity", "blend"}
    assert learned.model.scores(Asked.of([0])).any()


@pytest.mark.slow
def test_real_plays_are_learned(shared_data):
    file = shared_data / "hetrec_lastfm" / "user_artists.dat"
    user, artist, _ = np.loadtxt(file, np.int64, skiprows=1).T
    person = np.unique(user, return_inverse=True)[1]
    item = np.unique(artist, return_inverse=True)[1]
    data = table(person, item)
    learned = train(data, n_people=1892, n_items=17_632)
    assert learned.report["over_popularity"][1] > 0.1
    figures = learned.report["figures"]
    assert figures["blend"][0] > max(figures["ease"][0], figures["item-knn"][0])


def test_trials_that_were_finished_are_not_tried_again(tmp_path):
    events = planted(120, 40, 3)
    journal = Journal(tmp_path / "trials.jsonl", fingerprint="this version")
    asked = {"n_people": 120, "n_items": 40, "trials": 3, "journal": journal}
    first = train(events, **asked)
    lines = journal.path.read_text().splitlines()
    assert len(lines) > 6
    again = train(events, **asked)
    assert journal.path.read_text().splitlines() == lines
    assert again.report == first.report
