"""The polarity bench: figures beside baselines and a control."""

import json

import numpy as np
import pytest

from zhiyin.bench import text_polarity
from zhiyin.bench.labelled_texts import read_labelled
from zhiyin.bench.text_polarity import bench_polarity, figures_of
from zhiyin.errors import DataError, InvalidRecord
from zhiyin.language.sentiment.head import learned_head

SAID = {1: ["blorp", "wim"], 0: ["middling"], -1: ["zugg", "drok"]}
FILLER = ["the", "tea", "cup", "of", "my", "box", "and", "this"]


def written(path, n, seed=0, classes=(-1, 1), groups=()):
    """Write a table of texts whose words tell their label."""
    rng = np.random.default_rng(seed)
    lines = ["text\tlabel" + "\tcategory" * bool(groups)]
    for place in range(n):
        label = int(rng.choice(classes))
        words = rng.permutation([*rng.choice(FILLER, 4), rng.choice(SAID[label]), f"n{place}"])
        group = f"\t{rng.choice(groups)}" if groups else ""
        lines.append(f"{' '.join(words)}\t{label}{group}")
    path.write_text("\n".join(lines) + "\n")
    return path


class Planted:
    """An embedder whose one direction tells praise from blame."""

    model_id, dim = "planted", 4

    def embed(self, texts, *, kind):
        rng = np.random.default_rng(0)
        vectors = rng.normal(size=(len(texts), self.dim)).astype(np.float32)
        vectors[:, 0] += [5 if {"blorp", "wim"} & set(text.split()) else -5 for text in texts]
        return vectors


def bench(*tables, **options):
    """Run the bench with few columns, which a few words do not need more of."""

    def learned(*args, **more):
        return learned_head(*args, **{**more, "bits": 16})

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(text_polarity, "learned_head", learned)
        return bench_polarity(*tables, **options)


@pytest.fixture(scope="module")
def answer(tmp_path_factory):
    folder = tmp_path_factory.mktemp("polarity")
    train = written(folder / "train.tsv", 160, groups=("tea", "ice"))
    test = written(folder / "test.tsv", 80, seed=1, groups=("tea", "ice"))
    return bench(train, test)


def test_figures_by_hand():
    found = np.array([[0.6, 0.3, 0.1], [0.1, 0.5, 0.4], [0.2, 0.2, 0.6], [0.5, 0.1, 0.4]], np.float32)  # fmt: skip
    labels = np.array([-1, -1, 1, 1])
    # Told are -1, 1, 1, -1: half is right of either class.
    assert figures_of(found, labels, np.array([-1, 1])) == {"accuracy": 0.5, "macro_f1": 0.5}
    # Told are -1, 0, 1, -1: F1 is 1/2 of -1, 0 of 0, 2/3 of 1.
    assert figures_of(found, labels, np.array([-1, 0, 1])) == {
        "accuracy": 0.5,
        "macro_f1": pytest.approx((1 / 2 + 2 / 3) / 3, abs=1e-5),
    }


def test_the_answer_has_all_its_figures(answer):
    assert answer["accuracy"] > 0.95
    assert answer["macro_f1"] > 0.95
    assert answer["per_s"] > 0
    assert answer["tier"] == 0
    assert answer["size_mb"] > 0
    assert 0 <= answer["calibration_error"] < 0.3
    assert answer["data"] == {"texts_learned_from": 160, "texts_judged": 80, "left_out": 0}
    assert set(answer["groups"]) == {"tea", "ice"}
    assert sum(group["texts"] for group in answer["groups"].values()) == 80
    assert set(answer["curve"]) == {"32", "128"}
    assert answer["curve"]["128"]["accuracy"] > 0.8
    assert set(answer["baselines"]) == {"majority", "rules"}
    assert json.loads(json.dumps(answer)) == answer


def test_shuffled_labels_and_baselines_are_near_chance(answer):
    # No word of these tables is a cue, so rules know nothing either.
    for figures in (answer["control"], *answer["baselines"].values()):
        assert 0.3 < figures["accuracy"] < 0.7
    assert answer["baselines"]["majority"]["macro_f1"] < 0.42


def test_rules_know_plain_words(tmp_path):
    path = tmp_path / "plain.csv"
    rows = [f"it is {'great' if n % 2 else 'terrible'} {n},{n % 2}" for n in range(60)]
    path.write_text("\n".join(["text,label", *rows]))
    assert bench(path)["baselines"]["rules"]["accuracy"] == 1


def test_without_a_test_table_a_fifth_is_held_out(tmp_path):
    path = written(tmp_path / "all.tsv", 100)
    with path.open("a") as file:
        file.write("no label here\t\n" * 3)
    heard = []
    answer = bench(path, progress=lambda done, n: heard.append(done))
    assert answer["data"] == {"texts_learned_from": 80, "texts_judged": 20, "left_out": 3}
    assert answer["accuracy"] > 0.75
    assert answer["groups"] == {}
    assert heard == sorted(heard)
    assert heard[-1] == 1


def test_the_same_seed_gives_the_same_figures(tmp_path):
    path = written(tmp_path / "all.tsv", 60, classes=(-1, 0, 1))
    timed = {"per_s", "seconds"}
    one, two = (bench(path, seed=3) for _ in range(2))
    assert {k: v for k, v in one.items() if k not in timed} == {
        k: v for k, v in two.items() if k not in timed
    }


def test_vectors_judge_beside_words(tmp_path):
    train = written(tmp_path / "train.tsv", 80)
    test = written(tmp_path / "test.tsv", 40, seed=1)
    answer = bench(train, test, embedder=Planted())
    assert answer["tier"] == 1
    assert answer["accuracy"] > 0.95


@pytest.mark.parametrize("n", [1, 2, 4])
def test_too_few_texts_cannot_be_learned_from(tmp_path, n):
    path = tmp_path / "few.csv"
    path.write_text("text,label\n" + "".join(f"tea {k},{k % 2}\n" for k in range(n)))
    with pytest.raises(DataError, match="two negative and two positive texts"):
        bench(path)


def test_a_test_table_without_labels_is_named(tmp_path):
    train = written(tmp_path / "train.tsv", 20)
    (tmp_path / "test.csv").write_text("text\ntea\n")
    with pytest.raises(InvalidRecord, match=r"test\.csv"):
        bench(train, tmp_path / "test.csv")


@pytest.mark.slow
def test_two_thousand_real_reviews_are_enough(shared_data, tmp_path):
    path = shared_data / "chinese_shopping_reviews" / "test.tsv.gz"
    if not path.is_file():
        pytest.skip("no chinese_shopping_reviews/test.tsv.gz among the research data")
    whole = read_labelled(path)
    order = np.random.default_rng(0).permutation(len(whole))

    def part(name, rows):
        taken = whole.taken(rows)
        lines = [
            f"{' '.join(text.split())}\t{label}"
            for text, label in zip(taken.texts, taken.labels, strict=True)
        ]
        (tmp_path / name).write_text("\n".join(["text\tlabel", *lines]).replace('"', ""), "utf-8")
        return tmp_path / name

    answer = bench_polarity(part("train.tsv", order[:2000]), part("test.tsv", order[2000:5000]))
    assert answer["data"]["texts_learned_from"] == 2000
    assert answer["accuracy"] >= 0.87
    assert answer["accuracy"] > answer["baselines"]["rules"]["accuracy"]
    assert abs(answer["control"]["accuracy"] - 0.5) < 0.1
