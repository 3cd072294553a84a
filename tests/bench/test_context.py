import json

import numpy as np
import pytest

from zhiyin.bench.context import SHUFFLED, bench_context
from zhiyin.bench.context_models import SEEN, UNSEEN
from zhiyin.errors import DataError, InvalidRecord

HEAD = "user,item,weather,kind,cnt"


def table(path, *, depends, seed=0, people=80, rows=12):
    """People have six items each; what they take depends on the weather, or does not."""
    rng = np.random.default_rng(seed)
    lines = [HEAD]
    for person in range(people):
        own = rng.permutation(30)[:6]
        for _ in range(rows):
            wet = rng.random() < 0.5
            item = own[(3 * wet if depends else rng.integers(0, 2) * 3) + rng.integers(0, 3)]
            lines.append(
                f"p{person},i{item},{'rain' if wet else 'sun'},k{item % 4},{rng.integers(9)}"
            )
    path.write_text("\n".join(lines))
    return path


@pytest.fixture(scope="module")
def answer(tmp_path_factory):
    path = table(tmp_path_factory.mktemp("context") / "rain.csv", depends=True)
    return bench_context(path)


def test_habits_in_the_rain_are_other_than_in_the_sun(answer):
    models = answer["tables"][SEEN]["models"]
    told = models["habits in context"]
    assert told["over"] == "habits"
    mean, low, high = told["ratio"]
    assert low <= mean <= high
    assert low > 1.1
    assert told["ndcg@10"] == pytest.approx(mean * models["habits"]["ndcg@10"], rel=0.01)
    assert told["difference"][1] > 0


def test_shuffled_contexts_give_no_gain(answer):
    control = answer["tables"][SEEN]["models"][f"habits in context, {SHUFFLED}"]
    assert control["difference"][1] <= 0
    assert control["ratio"][0] < 1.05


def test_where_context_says_nothing_it_gives_nothing(tmp_path):
    answer = bench_context(table(tmp_path / "coin.csv", depends=False))
    told = answer["tables"][SEEN]["models"]["habits in context"]
    assert told["ratio"][1] <= 1 <= told["ratio"][2] * 1.02


def test_the_answer_says_what_was_read_and_left_out(answer):
    data = answer["data"]
    assert (data["people"], data["rows"], data["judged_people"]) == (80, 960, 80)
    assert data["contexts"] == ["weather"]
    assert set(data["left_out"]) == {"kind", "cnt"}  # kind follows from the item
    people = [answer["tables"][name]["people"] for name in (SEEN, UNSEEN)]
    assert sum(people) <= data["judged_people"]
    json.dumps(answer)


def test_the_same_seed_gives_the_same_figures(tmp_path):
    path = table(tmp_path / "some.csv", depends=True, people=40, rows=5)
    one, two = (bench_context(path, seed=3) for _ in range(2))
    assert {**one, "seconds": 0} == {**two, "seconds": 0}
    assert one["tables"] != bench_context(path, seed=4)["tables"]


@pytest.mark.parametrize(
    ("text", "error", "what"),
    [
        ("user,item,weather\na,b,rain\n", DataError, "only 0 people"),
        ("user,item\na,b\n", InvalidRecord, "no column of it describes situations"),
        ("who,what,weather\na,b,rain\n", InvalidRecord, "no column of people"),
        ("user,weather\na,rain\n", InvalidRecord, "no column of items"),
    ],
)
def test_files_that_say_nothing_are_refused(tmp_path, text, error, what):
    path = tmp_path / "bad.csv"
    path.write_text(text)
    with pytest.raises(error, match=what):
        bench_context(path)


@pytest.mark.slow
def test_context_of_apps(shared_data):
    """Where a model knows no person, context is worth more than 1.15; to habits it adds little; shuffled nothing."""
    answer = bench_context(shared_data / "context_frappe" / "frappe.csv")
    models = answer["tables"][SEEN]["models"]
    assert models["popularity in context"]["ratio"][0] >= 1.15
    assert models["habits in context"]["ratio"][0] > 1.0
    for name in ("popularity in context", "bilinear + iᵀW₃c", "habits in context"):
        for told in answer["tables"].values():
            assert told["models"][f"{name}, {SHUFFLED}"]["difference"][1] <= 0
    assert set(answer["data"]["left_out"]) == {"cnt", "cost"}
