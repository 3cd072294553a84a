from __future__ import annotations

import json

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiyin.bench.sequence import bench_sequence, tasks
from zhiyin.bench.sequence_files import read_attributes, read_sequences
from zhiyin.errors import DataError, InvalidRecord, SettingsError

SMALL = 2
TIMES = {"fit_s", "score_s", "rss_mb"}


def written(folder, sequences, name="sequences.tsv"):
    path = folder / name
    lines = [f"{user}\t{' '.join(items)}\n" for user, items in sequences.items()]
    path.write_text("user\titems\n" + "".join(lines))
    return path


def chains(n_people=120, n_items=40, seed=0):
    """People who mostly go on to the next item, each with a genre of ten items."""
    rng = np.random.default_rng(seed)
    sequences = {}
    for person in range(n_people):
        genre = person % 4
        step = rng.choice(10, rng.integers(4, 9), replace=False)
        start = int(step[0])
        items = [(start + i) % 10 if rng.random() < 0.8 else int(s) for i, s in enumerate(step)]
        sequences[f"p{person}"] = [f"i{genre * n_items // 4 + i}" for i in dict.fromkeys(items)]
    return sequences


GENRES = {f"i{i}": [i // 10, "thing"] for i in range(40)}


def without_times(report):
    models = {
        name: {key: value for key, value in figures.items() if key not in TIMES}
        for name, figures in report["models"].items()
    }
    return {**report, "models": models}


def test_the_last_item_is_hidden_and_the_one_before_chooses(tmp_path):
    given = read_sequences(written(tmp_path, {"an": ["a", "b", "c", "d"], "bo": ["b", "e"]}))
    task, validation = tasks(given)
    number = {item: n for n, item in enumerate(given.items)}
    assert task.people.tolist() == validation.people.tolist() == [0]
    assert task.relevant.nonzero()[1].tolist() == [number["d"]]
    assert sorted(task.seen[[0]].indices) == sorted(number[i] for i in "abc")
    assert validation.relevant.nonzero()[1].tolist() == [number["c"]]
    assert sorted(validation.seen[[0]].indices) == sorted(number[i] for i in "ab")
    for data in (task.data, validation.data):
        assert (data.rows > 0).sum() == 4
    assert (number["d"], validation.data.n_items, task.data.n_items) == (4, 4, 5)


@given(
    st.lists(st.lists(st.sampled_from("abcdef"), max_size=6), min_size=1, max_size=5),
    st.lists(st.sampled_from("abcxyz"), min_size=5, max_size=5),
)
@settings(deadline=None, max_examples=25)
def test_validation_knows_nothing_of_the_last_items(tmp_path_factory, earlier, last):
    folder = tmp_path_factory.mktemp("sequences")
    sequences = {f"p{n}": [*items, "a"] for n, items in enumerate([*earlier, ["b", "c"]])}
    other = {
        user: [*items[:-1], last[n % 5]] if len(items) > 2 else items
        for n, (user, items) in enumerate(sequences.items())
    }
    one, two = (tasks(read_sequences(written(folder, s)))[1] for s in (sequences, other))
    assert one.data.n_items == two.data.n_items
    for name in ("person", "item", "time_us"):
        same = (getattr(v.data.interactions, name).tolist() for v in (one, two))
        assert next(same) == next(same)
    assert (one.relevant != two.relevant).nnz == 0


def test_other_last_items_change_no_parameter(tmp_path):
    sequences = chains()
    other = {user: [*items[:-1], "i3"] for user, items in sequences.items()}
    attributes = tmp_path / "genres.json"
    attributes.write_text(json.dumps(GENRES))
    one, two = (
        bench_sequence(written(tmp_path, s), attributes=attributes, trials=SMALL)["models"]
        for s in (sequences, other)
    )
    assert one.keys() == two.keys()
    for name in one:
        assert one[name]["params"] == two[name]["params"]
        assert one[name]["validation"] == two[name]["validation"]
    assert any(one[name]["recall@10"] != two[name]["recall@10"] for name in one)


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    folder = tmp_path_factory.mktemp("chains")
    attributes = folder / "genres.json"
    attributes.write_text(json.dumps(GENRES))
    return bench_sequence(written(folder, chains()), attributes=attributes, k=3, trials=SMALL)


def test_the_report_is_json_of_the_known_shape(report):
    again = json.loads(json.dumps(report, allow_nan=False))
    assert set(again) == {"models", "data", "protocol", "left_out"}
    names = ["random", "popularity", "item-knn", "ease", "markov", "session-knn"]
    assert list(again["models"])[:6] == names
    wanted = {"recall@3", "ndcg@3", "ci", *TIMES, "params", "trials", "against", "gain", "slices"}
    for figures in again["models"].values():
        assert wanted <= set(figures)
    assert "popularity of the last days" in again["left_out"]
    assert "leaks global time" in again["protocol"]["caveat"]
    assert again["data"]["people"] == again["data"]["judged_people"] == 120
    assert again["data"]["attributes"] == 5


def test_what_was_planted_is_found_and_what_was_shuffled_is_not(report):
    models = report["models"]
    popular = models["popularity"]["ci"]["ndcg@3"][1]
    assert models["item-knn"]["ci"]["ndcg@3"][0] > popular
    assert models["markov"]["ci"]["ndcg@3"][0] > popular
    assert models["attributes"]["gain"]["verdict"] == "real"
    control = models["attributes, shuffled attributes"]
    assert control["control_of"] == "attributes"
    assert control["ci"]["ndcg@3"][0] <= models["popularity"]["ndcg@3"]


def test_what_transitions_gain_is_told_beside_the_same_without_order(report):
    gain = report["models"]["transitions"]["gain"]
    assert gain["over"] == "item-knn"
    (control,) = gain["controls"].values()
    assert control[2] < gain["ndcg@3"][0]
    assert report["models"]["transitions, shuffled order"]["control_of"] == "transitions"


def test_the_automatic_choice_is_as_good_as_its_best_part(report):
    models = report["models"]
    found = models["zhiyin"]
    assert set(found["params"]["parts"]) == {"item-knn", "transitions", "attributes"}
    assert found["validation"] >= max(
        models[name]["validation"] for name in found["params"]["parts"]
    )
    assert found["ci"]["ndcg@3"][1] > models["transitions"]["ndcg@3"]


def test_in_shuffled_sequences_nobody_finds_more_than_chance(tmp_path):
    rng = np.random.default_rng(3)
    sequences = {f"p{n}": [f"i{i}" for i in rng.permutation(40)[:6]] for n in range(150)}
    models = bench_sequence(written(tmp_path, sequences), k=3, trials=SMALL)["models"]
    for name in ("item-knn", "markov", "ease"):
        assert models[name]["ci"]["recall@3"][0] < 3 / 35


def test_the_same_seed_tells_the_same_and_other_ids_change_nothing(tmp_path):
    sequences = chains(60)
    renamed = {f"人{user}": [f"{i[::-1]}号" for i in items] for user, items in sequences.items()}
    one, two, three = (
        without_times(bench_sequence(written(tmp_path, s), trials=SMALL))
        for s in (sequences, sequences, renamed)
    )
    assert one == two == three


def test_short_sequences_and_items_had_before_are_counted(tmp_path):
    sequences = {"an": ["a", "b", "c"], "bo": ["a"], "cy": ["a", "b"], "di": ["a", "b", "a"]}
    described = bench_sequence(written(tmp_path, sequences), trials=SMALL)["data"]
    assert described["judged_people"] == 1
    assert described["short_sequences"] == 2
    assert described["last_items_had_before"] == 1
    assert described["last_items_nobody_had"] == 1


def test_all_kinds_of_files_say_the_same(tmp_path):
    sequences = {"1": ["5", "7", "9"], "2": ["7", "5"]}
    table = pl.DataFrame({"user": [1, 2], "items": [[5, 7, 9], [7, 5]]})
    table.write_parquet(tmp_path / "a.parquet")
    table.write_ndjson(tmp_path / "a.jsonl")
    (tmp_path / "a.csv").write_text('user,items\n1,"5,7, 9"\n2,7 5\n')
    (tmp_path / "b.csv").write_text('items,user\n"[5, 7, 9]",1\n"[""7"", 5]",2\n')
    (tmp_path / "long.csv").write_text("user,item\n1,5\n2,7\n1,7\n1,9\n2,5\n")
    expected = read_sequences(written(tmp_path, sequences))
    assert expected.items.to_list() == ["5", "7", "9"]
    for name in ("a.parquet", "a.jsonl", "a.csv", "b.csv", "long.csv"):
        found = read_sequences(tmp_path / name)
        assert found.items.to_list() == expected.items.to_list(), name
        assert found.events.item.tolist() == expected.events.item.tolist(), name
        assert found.part.tolist() == expected.part.tolist(), name


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("items\na b c\n", "one column"),
        ("1\t1 2 3\n2\t4 5 6\n", "not a header"),
        ("user\titems\nan\t\nbo\t[1, {}]\n", "no row of it"),
    ],
)
def test_a_file_of_another_kind_is_refused(tmp_path, text, what):
    path = tmp_path / "wrong.tsv"
    path.write_text(text)
    with pytest.raises(InvalidRecord, match=what) as caught:
        read_sequences(path)
    assert caught.value.where == str(path)
    assert caught.value.expected
    assert caught.value.next_step


@given(
    st.lists(
        st.one_of(
            st.lists(st.sampled_from(["a", "b", " ", ",", ", ", "人", "\u3000"]), max_size=9).map(
                "".join
            ),
            st.lists(st.one_of(st.integers(0, 9), st.sampled_from(["a b", "c,"]))).map(json.dumps),
            st.sampled_from(["[1", "[]", "[null]", '["a", 1.5]']),
        ),
        min_size=1,
        max_size=9,
    )
)
@settings(deadline=None, max_examples=25)
def test_lists_in_json_and_ids_apart_stand_beside_one_another(tmp_path_factory, cells):
    path = tmp_path_factory.mktemp("cells") / "cells.parquet"
    cells = [*cells, "z"]
    pl.DataFrame({"user": [f"p{n}" for n in range(len(cells))], "items": cells}).write_parquet(path)
    expected = []
    for cell in cells:
        ids = cell.replace(",", " ").split()
        if cell.startswith("["):
            ids = [] if cell.endswith((" 1.5]", "[1", "l]")) else json.loads(cell)
        expected.append([str(i) for i in ids])
    given = read_sequences(path)
    assert given.rejected == sum(not ids for ids in expected)
    assert given.items[given.events.item].to_list() == [i for ids in expected for i in ids]


def test_bad_rows_are_counted_and_good_ones_kept(tmp_path):
    path = tmp_path / "some.tsv"
    path.write_text("user\titems\nan\ta b c\nbo\t\ncy\t[1, null]\ndi\ta\tb\n")
    given = read_sequences(path)
    assert (given.n_people, given.rejected) == (1, 3)


@pytest.mark.parametrize("said", ["[1]", "{", '{"a": 3}', '{"a": [[1]]}', '{"z": [1]}'])
def test_attributes_of_another_kind_are_refused(tmp_path, said):
    path = tmp_path / "attributes.json"
    path.write_text(said)
    with pytest.raises(InvalidRecord) as caught:
        read_attributes(path, pl.Series(["a", "b"]))
    assert caught.value.where == str(path)


def test_attributes_stand_in_the_rows_of_their_items(tmp_path):
    path = tmp_path / "attributes.json"
    path.write_text('{"b": ["red", "wool", "red"], "a": ["wool"], "elsewhere": ["silk"]}')
    rows = read_attributes(path, pl.Series(["a", "b", "c"]))
    assert rows.toarray().tolist() == [[0, 1], [1, 1], [0, 0]]


def test_unknown_models_and_sequences_too_short_are_refused(tmp_path):
    path = written(tmp_path, {"an": ["a", "b", "c"]})
    with pytest.raises(SettingsError, match="markov"):
        bench_sequence(path, models=["markof"])
    with pytest.raises(SettingsError, match="--attributes"):
        bench_sequence(path, models=["attributes"])
    with pytest.raises(DataError, match="nobody has 3 items"):
        bench_sequence(written(tmp_path, {"an": ["a", "b"]}))


@pytest.mark.slow
def test_the_automatic_choice_reaches_its_figures_on_real_sequences(shared_data):
    folder = shared_data / "sequence_beauty"
    report = bench_sequence(
        folder / "sequences.tsv.gz",
        attributes=folder / "item_attributes.json",
        models=["zhiyin", "transitions"],
        trials=2,
    )
    models = report["models"]
    assert report["data"]["judged_people"] == 22_363
    assert "dense solve" in report["left_out"]["ease"]
    assert models["item-knn"]["recall@10"] >= 0.060
    assert models["transitions"]["gain"]["verdict"] == "real"
    assert models["zhiyin"]["recall@10"] >= 0.088
    assert models["zhiyin"]["ndcg@10"] >= 0.0545


def test_a_table_of_events_with_times_is_refused_and_items_are_found_by_name(tmp_path):
    path = tmp_path / "events.csv"
    path.write_text("user,timestamp,item\nan,3,tea\nan,1,pot\n")
    with pytest.raises(InvalidRecord, match="timestamp seems to be a column of times"):
        read_sequences(path)
    path.write_text("user,channel,item\nan,web,tea\nan,web,pot\n,web,cup\n")
    given = read_sequences(path)
    assert (given.items.to_list(), given.n_people, given.rejected) == (["tea", "pot"], 1, 1)


def test_where_all_last_items_were_had_before_nobody_is_judged(tmp_path):
    with pytest.raises(DataError, match="everybody had their last item before"):
        bench_sequence(written(tmp_path, {"an": ["a", "b", "a"], "bo": ["b", "a", "b"]}))
