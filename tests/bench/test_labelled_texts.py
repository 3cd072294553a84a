"""Tables of texts with labels, whatever their labels look like."""

import gzip

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiyin.bench.labelled_texts import read_labelled
from zhiyin.errors import InvalidRecord


def table(folder, labels, header="text,label", name="table.csv"):
    path = folder / name
    lines = [f"text {place},{label}" for place, label in enumerate(labels)]
    path.write_text("\n".join([header, *lines]) + "\n", "utf-8")
    return path


@pytest.mark.parametrize(
    ("said", "labels"),
    [
        (["0", "1", "1"], [-1, 1, 1]),
        (["-1", "0", "1"], [-1, 0, 1]),
        (["-1", "1", "1"], [-1, 1, 1]),
        (["0", "1", "2"], [-1, 0, 1]),
        (["0", "2", "2"], [-1, 1, 1]),
        (["1", "2", "3", "4", "5"], [-1, -1, 0, 1, 1]),
        (["1", "2", "2"], [-1, -1, -1]),
        (["1.0", "3.0", "4.5"], [-1, 0, 1]),
        (["2.5", "3.5"], [-1, 1]),
        (["positive", "Negative ", "NEUTRAL"], [1, -1, 0]),
        (["pos", "neg", "neu"], [1, -1, 0]),
        (["好评", "差评", "中评"], [1, -1, 0]),
        (["正面", "负面", "中性"], [1, -1, 0]),
        (["积极", "消极"], [1, -1]),
        (["true", "false"], [1, -1]),
        (["yes", "no"], [1, -1]),
    ],
)
def test_labels_are_read_as_they_are_written(tmp_path, said, labels):
    found = read_labelled(table(tmp_path, said))
    assert found.labels.tolist() == labels
    assert found.labels.dtype == np.int64
    assert found.texts == [f"text {place}" for place in range(len(said))]
    assert found.groups is None
    assert found.left_out == 0
    assert len(found) == len(said)


@pytest.mark.parametrize(
    ("said", "labels"),
    [
        (["5", "nan", "1", "4"], [1, -1, 1]),
        (["5", "", "1", "great"], [1, -1]),
        (["positive", "unsure", "negative"], [1, -1]),
    ],
)
def test_rows_without_a_label_are_left_out_and_counted(tmp_path, said, labels):
    found = read_labelled(table(tmp_path, said))
    assert found.labels.tolist() == labels
    assert found.left_out == len(said) - len(labels)


def test_rows_without_a_text_are_left_out(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text('text,label\ngood,1\n,1\n"  ",0\nbad,0\n')
    found = read_labelled(path)
    assert (found.texts, found.labels.tolist(), found.left_out) == (["good", "bad"], [1, -1], 2)


def test_a_title_stands_before_the_text_and_groups_are_kept(tmp_path):
    path = tmp_path / "table.tsv"
    path.write_text(
        "标题\t评论\t评分\t类别\n很好\t喜欢这个茶\t5\t茶\n\t太冷\t1\t\n只有标题\t\t2\t冰\n", "utf-8"
    )
    found = read_labelled(path)
    assert found.texts == ["很好 喜欢这个茶", "太冷", "只有标题"]
    assert found.labels.tolist() == [1, -1, -1]
    assert found.groups == ["茶", "", "冰"]
    taken = found.taken(np.array([2, 0]))
    assert (taken.texts, taken.groups) == (["只有标题", "很好 喜欢这个茶"], ["冰", "茶"])
    assert taken.labels.tolist() == [-1, 1]


def test_other_kinds_of_files_are_read(tmp_path):
    lines = tmp_path / "reviews.jsonl.gz"
    with gzip.open(lines, "wt", encoding="utf-8") as file:
        file.write('{"text": "nice", "rating": 5.0}\n{"text": "bad", "rating": 1.0}\n')
    assert read_labelled(lines).labels.tolist() == [1, -1]
    said = tmp_path / "said.jsonl"
    said.write_text('{"review": "nice", "positive": true}\n{"review": "bad", "positive": false}\n')
    assert read_labelled(said).labels.tolist() == [1, -1]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("label\n1\n", "no column holds the text"),
        ("text\ntea\n", "no column holds the label"),
        ("text,label\n", "no row has a text and a label"),
        ("title,text,label\n", "no row has a text and a label"),
        ("text,label\ntea,\n", "no row has a text and a label"),
        ("text,label\n,1\n", "no row has a text and a label"),
        ("text,label\ntea,gut\nice,schlecht\n", "labels such as gut, schlecht are not known"),
        ("text,label\ntea,1\nice,100\n", "labels such as 1, 100 are not known"),
        ("text,label\ntea,inf\nice,1\n", "are not known"),
        ("", "empty"),
    ],
)
def test_a_table_that_cannot_be_taken_is_named(tmp_path, content, said):
    path = tmp_path / "table.csv"
    path.write_text(content, "utf-8")
    with pytest.raises(InvalidRecord, match=said) as caught:
        read_labelled(path)
    assert str(path) in str(caught.value)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(InvalidRecord, match=r"nothing\.csv"):
        read_labelled(tmp_path / "nothing.csv")


@settings(deadline=None, max_examples=25)
@given(st.lists(st.sampled_from(["1", "2", "3", "4", "5", "", "nan"]), min_size=1, max_size=20))
def test_each_row_is_either_taken_or_left_out(tmp_path_factory, said):
    path = table(tmp_path_factory.mktemp("labels"), ["1", "5", *said])
    found = read_labelled(path)
    assert len(found) + found.left_out == len(said) + 2
    # What a rating means does not depend on its neighbours, as long as the scale can be seen.
    wanted = {"1": -1, "2": -1, "3": 0, "4": 1, "5": 1}
    assert found.labels.tolist() == [-1, 1, *(wanted[one] for one in said if one in wanted)]
