import json

import numpy as np
import pytest

from zhiyin.bench.ties import bench_ties
from zhiyin.errors import DataError, InvalidRecord


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Three circles of people tied within; each circle has items of its own, and people turn to their friends."""
    folder = tmp_path_factory.mktemp("ties")
    rng = np.random.default_rng(0)
    circle = rng.integers(0, 3, 150)
    chance = np.where(circle[:, None] == circle, 0.15, 0.01)
    one, two = np.nonzero(np.triu(rng.random((150, 150)) < chance, 1))
    rows = [f"p{a}\tp{b}" for a, b in zip(one, two, strict=True)]
    (folder / "ties.tsv").write_text("\n".join(["user\tfriend", *rows]))
    bought = [f"p{p}\ti{circle[p] * 9 + rng.integers(0, 9)}" for p in range(150) for _ in range(4)]
    (folder / "bought.tsv").write_text("\n".join(["user\titem", *bought]))
    said = [f"p{a}\tp{b}\tmessage" for a, b in zip(one, two, strict=True) if rng.random() < 0.7]
    (folder / "said.tsv").write_text("\n".join(["user\tother\ttype", *said]))
    return folder


def test_hidden_ties_are_found_beyond_baselines_and_shuffled_ones_are_not(folder):
    answer = bench_ties(folder / "ties.tsv", folder / "bought.tsv")
    assert answer["auc"] > max(answer["baselines"].values())
    assert set(answer["baselines"]) == {"adamic_adar", "katz", "degree"}
    assert answer["baselines"]["degree"] == pytest.approx(0.5, abs=0.1)
    assert answer["control"]["auc"] == pytest.approx(0.5, abs=0.15)
    assert answer["data"]["hidden"] == round(answer["data"]["ties"] * 0.1)
    low, high = answer["interval"]
    assert low <= answer["auc"] <= high
    json.dumps(answer)


def test_what_people_say_to_one_another_tells_their_ties(folder):
    answer = bench_ties(folder / "ties.tsv", folder / "said.tsv")
    assert answer["weights"]["turned_to"] > 0
    assert answer["auc"] > 0.75


def test_the_same_seed_gives_the_same_figures(folder):
    one, two = (bench_ties(folder / "ties.tsv", is_directed=True, seed=3) for _ in range(2))
    assert {**one, "seconds": 0} == {**two, "seconds": 0}
    assert "tied_back" in one["weights"]


def test_files_that_say_nothing_are_refused(tmp_path):
    (tmp_path / "few.tsv").write_text("user\tfriend\na\tb\n")
    with pytest.raises(DataError, match="only 1"):
        bench_ties(tmp_path / "few.tsv")
    (tmp_path / "bad.tsv").write_text("x\ty\n1\t2\n")
    with pytest.raises(InvalidRecord):
        bench_ties(tmp_path / "bad.tsv")


def test_where_everybody_is_tied_to_everybody_nothing_can_be_told(tmp_path):
    rows = [f"p{one}\tp{two}" for one in range(14) for two in range(one)]
    (tmp_path / "all.tsv").write_text("\n".join(["user\tfriend", *rows]))
    with pytest.raises(DataError, match="everybody is tied to everybody"):
        bench_ties(tmp_path / "all.tsv")
