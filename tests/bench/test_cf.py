from __future__ import annotations

import json

import numpy as np
import pytest

from zhiyin.affinity.baselines import baselines
from zhiyin.bench.cf import bench_cf
from zhiyin.errors import DataError, InvalidRecord, SettingsError
from zhiyin.evaluation.controls import shuffled_targets

N_PEOPLE, N_ITEMS, CIRCLES = 120, 40, 4
NDCG = "ndcg@5"
BASELINES = {learner.name for learner in baselines()}


def planted(seed=0):
    """Return training, test and tie pairs: people of four tastes, tied within a taste; popular items are liked more."""
    rng = np.random.default_rng(seed)
    appeal = 1 / np.arange(1, N_ITEMS + 1) ** 0.5
    train, test, ties = [], [], []
    for who in range(N_PEOPLE):
        liked = appeal * np.where(np.arange(N_ITEMS) % CIRCLES == who % CIRCLES, 1, 0.05)
        taken = rng.choice(N_ITEMS, 9, replace=False, p=liked / liked.sum())
        taken = rng.permutation(taken).tolist()
        train += [(who, item) for item in taken[:6]]
        test += [(who, item) for item in taken[6:]]
        friends = rng.choice(np.arange(who % CIRCLES, N_PEOPLE, CIRCLES), 4, replace=False)
        ties += [(who, int(other)) for other in friends if other != who]
    return train, test, ties


def written(folder, train, test, ties=(), person="u{}", item="i{}"):
    """Write pairs as files; ids are made of numbers."""
    folder.mkdir(exist_ok=True)
    paths = []
    for name, pairs in (("train", train), ("test", test)):
        lines = [f"{person.format(p)},{item.format(i)}" for p, i in pairs]
        (folder / f"{name}.csv").write_text("user,item\n" + "\n".join(lines) + "\n")
        paths.append(folder / f"{name}.csv")
    lines = [f"{person.format(p)},{person.format(q)}" for p, q in ties]
    (folder / "ties.csv").write_text("user,other\n" + "\n".join(lines) + "\n")
    return [*paths, folder / "ties.csv"]


def figures(document):
    """Return everything but what the clock and the machine say."""
    machine = {"fit_s", "score_s", "rss_mb"}
    return {
        name: {key: value for key, value in told.items() if key not in machine}
        for name, told in document["models"].items()
    }


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    return written(tmp_path_factory.mktemp("planted"), *planted())


@pytest.fixture(scope="module")
def document(files):
    train, test, ties = files
    return bench_cf(train, test, ties=ties, k=5, history=(0, 1, 3), trials=3)


def test_the_answer_is_what_was_promised(files):
    train, test, _ = files
    answer = bench_cf(train, test, trials=1)
    assert json.loads(json.dumps(answer, allow_nan=False)) == answer
    others = {"graph-filter", "random-walk", "implicit-factors", "people", "zhiyin"}
    large = {"ease of neighbours"}
    assert set(answer["models"]) == BASELINES - {"popularity of the last days"} | others
    assert answer["left_out"].pop("popularity of the last days") == "no event has a time"
    assert set(answer["left_out"]) == large
    for told in answer["models"].values():
        assert {"recall@20", "ndcg@20", "ci", "fit_s", "score_s", "rss_mb"} <= set(told)
        for metric in ("recall@20", "ndcg@20"):
            low, high = told["ci"][metric]
            assert low <= told[metric] <= high
        assert told["rss_mb"] > 10
        assert told["fit_s"] >= 0
        assert "history" not in told
    assert answer["data"] == {
        "people": N_PEOPLE,
        "items": N_ITEMS,
        "train": 6 * N_PEOPLE,
        "test": 3 * N_PEOPLE,
        "judged_people": N_PEOPLE,
        "test_in_train": 0,
        "rejected_rows": 0,
    }
    assert answer["protocol"]["validation"] == "per_person_random"


def test_taste_is_found_and_friends_are_real(document):
    ndcg = {name: told[NDCG] for name, told in document["models"].items()}
    low = {name: told["ci"][NDCG][0] for name, told in document["models"].items()}
    assert ndcg["random"] < low["popularity"]
    assert low["ease"] > ndcg["popularity"]
    assert low["item-knn"] > ndcg["popularity"]
    assert document["models"]["friends"]["gain"]["verdict"] == "real"
    assert document["models"]["friends, shuffled ties"]["control_of"] == "friends"
    assert document["data"]["ties"] == len(planted()[2])
    references = [t["against"]["reference"] for t in document["models"].values() if t["against"]]
    assert set(references) < {"ease", "item-knn"}
    assert len(references) == len(document["models"]) - 1


def test_lengths_of_history_are_judged_on_the_same_people_with_the_same_parameters(document):
    for name, told in document["models"].items():
        assert list(told["history"]) == ["0", "1", "3"]
        assert {short["people"] for short in told["history"].values()} == {N_PEOPLE / 5}
        if name != "random":
            continue
        assert len({short[NDCG][0] for short in told["history"].values()}) == 1  # knows no history
    ease, popular = (document["models"][name]["history"] for name in ("ease", "popularity"))
    assert ease["3"][NDCG][0] > ease["0"][NDCG][0]
    assert ease["0"][NDCG][0] == pytest.approx(popular["0"][NDCG][0], abs=0.05)
    mean, low, high = ease["3"][NDCG]
    assert low <= mean <= high


def test_other_names_for_people_and_items_change_no_figure(document, tmp_path):
    train, test, ties = written(tmp_path, *planted(), person="{}x", item="商品{}")
    renamed = bench_cf(train, test, ties=ties, k=5, history=(0, 1, 3), trials=3)
    assert figures(renamed) == figures(document)


def test_another_seed_draws_other_people(files, document):
    other = bench_cf(*files[:2], k=5, models=["ease"], trials=3, seed=1)
    assert other["models"]["ease"]["ci"] != document["models"]["ease"]["ci"]


def test_with_shuffled_targets_nobody_is_better_than_what_is_popular(document, tmp_path):
    train, test, ties = planted()
    person, item = np.array(test).T
    items = shuffled_targets(person, item, rng=np.random.default_rng(0))
    shuffled = list(zip(person.tolist(), items.tolist(), strict=True))
    train_file, test_file, ties_file = written(tmp_path, train, shuffled, ties)
    chance = bench_cf(train_file, test_file, ties=ties_file, k=5, trials=3)["models"]
    better = {
        name for name, told in chance.items() if told["ci"][NDCG][0] > chance["popularity"][NDCG]
    }
    assert better == set()
    assert chance["ease"]["params"] == document["models"]["ease"]["params"]


def test_the_training_file_alone_decides_the_parameters(document, tmp_path):
    train, test, ties = planted()
    part = [(person, item) for person, item in test if person < 10]
    files = written(tmp_path, train, part, ties)
    other = bench_cf(*files[:2], ties=files[2], k=5, trials=3)["models"]
    for name, told in document["models"].items():
        assert (other[name]["params"], other[name]["validation"]) == (
            told["params"],
            told["validation"],
        )


def test_a_model_that_is_not_there_is_refused_with_a_guess(files):
    train, test, ties = files
    with pytest.raises(SettingsError, match=r'"frends".*did you mean "friends"'):
        bench_cf(train, test, ties=ties, models=["frends"], trials=1)
    with pytest.raises(SettingsError, match=r'"friends".*--ties'):
        bench_cf(train, test, models=["friends"], trials=1)


def test_the_baselines_always_stand_beside_and_a_control_beside_its_model(files):
    train, test, ties = files
    named = bench_cf(train, test, ties=ties, models=["ease"], trials=1)["models"]
    assert set(named) == BASELINES - {"popularity of the last days"}
    with_friends = bench_cf(train, test, ties=ties, models=["friends"], trials=1)["models"]
    assert set(with_friends) - set(named) == {"friends", "friends, shuffled ties"}


def test_a_journal_is_taken_up_again(files, tmp_path):
    train, test, _ = files
    journal = tmp_path / "trials.jsonl"
    first = bench_cf(train, test, trials=2, journal=journal)
    lines = journal.read_text().splitlines()
    assert figures(bench_cf(train, test, trials=2, journal=journal)) == figures(first)
    assert journal.read_text().splitlines() == lines
    assert len(lines) == 1 + 6 * 2 + 2  # a header, six with parameters and two without


def test_what_stands_in_the_training_file_is_not_asked_for(tmp_path):
    train, test, _ = planted()
    files = written(tmp_path, train, test + train[:5])
    answer = bench_cf(*files[:2], trials=1)
    assert answer["data"]["test_in_train"] == 5
    with pytest.raises(DataError, match=r"test.csv: nobody can be judged.*Next: "):
        bench_cf(*written(tmp_path, train, train[:5])[:2], trials=1)


def test_people_and_items_of_the_test_file_alone_are_judged_too(tmp_path):
    train, test, _ = planted()
    files = written(tmp_path, train, [*test, (N_PEOPLE, 0), (0, N_ITEMS)])
    data = bench_cf(*files[:2], trials=1)["data"]
    assert (data["people"], data["items"]) == (N_PEOPLE + 1, N_ITEMS + 1)
    assert data["judged_people"] == N_PEOPLE + 1


def test_less_than_one_trial_is_refused(files):
    with pytest.raises(SettingsError, match="--trials: 0 trials"):
        bench_cf(*files[:2], trials=0)


def test_a_file_that_cannot_be_read_is_named(files, tmp_path):
    with pytest.raises(InvalidRecord, match=r"none.csv"):
        bench_cf(files[0], tmp_path / "none.csv")


@pytest.mark.slow
def test_on_real_plays_of_friends(shared_data):
    """Figures of the field for this split: EASE 0.26 and 0.21."""
    folder = shared_data / "social_lastfm"
    models = bench_cf(
        folder / "train.tsv.gz",
        folder / "test.tsv.gz",
        ties=folder / "friends.tsv.gz",
        models=["friends", "graph-filter"],
        trials=2,
    )["models"]
    assert models["ease"]["recall@20"] >= 0.260
    assert models["ease"]["ndcg@20"] >= 0.206
    assert models["popularity"]["ndcg@20"] < models["item-knn"]["ndcg@20"]
    assert models["friends"]["gain"]["verdict"] == "real"
    assert models["graph-filter"]["recall@20"] > models["ease"]["recall@20"]


def test_where_nobody_has_two_items_defaults_are_judged_and_popularity_is_the_reference(tmp_path):
    train = [(who, who % 4) for who in range(9)]
    files = written(tmp_path, train, [(1, 2), (2, 3)], [])
    document = bench_cf(*files[:2], k=3)
    references = {
        one["against"]["reference"] for one in document["models"].values() if one["against"]
    }
    assert references == {"popularity"}
    assert document["models"]["zhiyin"]["validation"] is None
    assert document["protocol"]["validation"].startswith("none")
