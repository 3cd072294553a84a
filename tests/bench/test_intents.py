"""The bench of intents: figures beside baselines and a control."""

import csv

import pytest

from tests.assistant.intents.test_head import said
from zhiyin.bench.intents import bench_intents, read_intents
from zhiyin.errors import InvalidRecord


def written(path, n, seed=0, **more):
    with path.open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(("text", "intent"))
        table.writerows(zip(*said(n, seed, **more), strict=True))
    return path


@pytest.fixture(scope="module")
def answer(tmp_path_factory):
    folder = tmp_path_factory.mktemp("intents")
    strange = {"oos": ["rain", "sunny", "cloud", "wind"]}
    return bench_intents(
        written(folder / "train.csv", 40),
        written(folder / "test.csv", 20, seed=1),
        oos=written(folder / "oos.csv", 30, words=strange),
        tier=0,
    )


def test_what_words_tell_is_found(answer):
    assert answer["accuracy"] > 0.95
    assert answer["macro_f1"] > 0.95
    assert answer["oos_recall"] > 0.7
    assert answer["in_scope_rejected"] <= 0.1
    assert answer["oos_auroc"] > 0.9


def test_baselines_and_the_control_stand_beside_it(answer):
    assert answer["baselines"]["majority"]["accuracy"] == pytest.approx(1 / 3, abs=1e-4)
    assert answer["baselines"]["words, linear machine"]["accuracy"] > 0.9
    assert answer["control"]["accuracy"] < 0.6
    assert list(answer["curve"]) == ["30"]


def test_without_a_test_whole_families_are_held_out(tmp_path):
    found = bench_intents(written(tmp_path / "train.csv", 40), tier=0)
    assert found["data"]["texts_judged"] + found["data"]["texts_learned_from"] == 120
    assert "oos_recall" not in found


def test_a_validation_table_chooses_the_threshold(tmp_path):
    train, test = written(tmp_path / "train.csv", 30), written(tmp_path / "test.csv", 20, seed=1)
    found = bench_intents(train, test, validation=test, tier=0)
    assert found["in_scope_rejected"] == pytest.approx(0.05, abs=0.02)


def test_a_table_without_intents_is_refused(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("text,colour\nhi,red\n")
    with pytest.raises(InvalidRecord, match="no column holds the intent"):
        read_intents(path)
    assert read_intents(path, needs_intents=False).texts == ["hi"]
