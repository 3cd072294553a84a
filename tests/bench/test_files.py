from __future__ import annotations

import gzip
from datetime import UTC, datetime

import numpy as np
import polars as pl
import pytest

from zhiyin.bench.files import read_pairs, read_ties
from zhiyin.core.history import NO_TIME
from zhiyin.errors import InvalidRecord

TRAIN = "user,item,rating,time\nbo,pot,5,2024-05-01\nan,tea,,\nbo,cup,3,2024-05-02\n"
TEST = "user,item\ncy,tea\nan,net\n"


def written(folder, **texts):
    paths = []
    for name, text in texts.items():
        path = folder / f"{name}.csv"
        path.write_text(text, "utf-8")
        paths.append(path)
    return paths


def test_ids_become_numbers_as_the_training_file_brings_them_up_then_the_test_file(tmp_path):
    pairs = read_pairs(*written(tmp_path, train=TRAIN, test=TEST))
    assert pairs.people.to_list() == ["bo", "an", "cy"]
    assert pairs.shape == (3, 4)
    assert pairs.train.person.tolist() == [0, 1, 0]
    assert pairs.train.item.tolist() == [0, 1, 2]  # pot, tea, cup
    assert pairs.test.person.tolist() == [2, 1]
    assert pairs.test.item.tolist() == [1, 3]
    assert pairs.train.strength.tolist() == [1, 1, 1]
    np.testing.assert_array_equal(pairs.train_value, [5, np.nan, 3])
    assert np.isnan(pairs.test_value).all()
    day = [int(datetime(2024, 5, d, tzinfo=UTC).timestamp() * 1e6) for d in (1, 2)]
    assert pairs.train.time_us.tolist() == [day[0], NO_TIME, day[1]]
    assert pairs.test.time_us.tolist() == [NO_TIME, NO_TIME]
    assert pairs.rejected == 0


def test_ids_stay_text(tmp_path):
    pairs = read_pairs(
        *written(tmp_path, train="user,item\n01,1\n1,01\n", test="user,item\n01,01\n")
    )
    assert pairs.people.to_list() == ["01", "1"]
    assert pairs.train.item.tolist() == [0, 1]
    assert (pairs.test.person.tolist(), pairs.test.item.tolist()) == ([0], [1])


def test_rows_that_cannot_be_taken_are_counted_and_the_others_are_read(tmp_path):
    bad = "user,item,rating\nan,tea,5\n,tea,5\nbo,,5\nbo,tea,good\nan,pot,4,9,9\nbo,pot,4\n"
    pairs = read_pairs(*written(tmp_path, train=bad, test="user,item\nan,pot\nan,\n"))
    assert pairs.people.to_list() == ["an", "bo"]
    assert pairs.train.person.tolist() == [0, 1]
    assert pairs.rejected == 4 + 1


@pytest.mark.parametrize("kind", ["csv", "tsv.gz", "parquet"])
def test_the_usual_kinds_of_file_say_the_same(tmp_path, kind):
    frame = pl.DataFrame({"user": ["an", "bo", "an"], "item": ["tea", "tea", "pot"]})
    paths = [tmp_path / f"{name}.{kind}" for name in ("train", "test")]
    for path in paths:
        if kind == "parquet":
            frame.write_parquet(path)
        elif kind == "csv":
            frame.write_csv(path)
        else:
            path.write_bytes(gzip.compress(frame.write_csv(separator="\t").encode()))
    pairs = read_pairs(*paths)
    assert pairs.people.to_list() == ["an", "bo"]
    assert pairs.train.person.tolist() == pairs.test.person.tolist() == [0, 1, 0]
    assert pairs.train.item.tolist() == [0, 0, 1]


def test_chinese_headers_are_understood(tmp_path):
    train, test, ties = written(
        tmp_path,
        train="用户,商品\n小安,茶\n小波,壶\n",
        test="用户,商品\n小波,茶\n",
        ties="用户,好友\n小安,小波\n",
    )
    pairs = read_pairs(train, test)
    assert pairs.people.to_list() == ["小安", "小波"]
    assert pairs.test.item.tolist() == [0]
    known, left_out = read_ties(ties, pairs.people)
    assert (known.two.tolist(), left_out) == ([1], 0)


def test_ties_are_taken_once_and_only_between_people_who_are_there(tmp_path):
    [path] = written(
        tmp_path, ties="user,other\ncy,an\nan,bo\ncy,an\nbo,an\nan,an\nan,who\nwho,bo\n,an\n"
    )
    ties, left_out = read_ties(path, pl.Series(["an", "bo", "cy"]))
    assert left_out == 5
    assert list(zip(ties.one.tolist(), ties.two.tolist(), strict=True)) == [(2, 0), (0, 1), (1, 0)]


UNREADABLE = {
    "empty": b"",
    "a header alone": b"user,item\n",
    "no good row": b"user,item\n,tea\n",
    "other columns": b"colour,size\nred,1\n",
    "no text": bytes(range(256)),
}


@pytest.mark.parametrize("content", UNREADABLE.values(), ids=UNREADABLE)
@pytest.mark.parametrize("place", ["train", "test"])
def test_a_file_that_holds_nothing_is_refused_in_four_parts(tmp_path, content, place):
    train, test = written(tmp_path, train=TRAIN, test=TEST)
    (tmp_path / f"{place}.csv").write_bytes(content)
    with pytest.raises(InvalidRecord) as caught:
        read_pairs(train, test)
    error = caught.value
    assert error.what
    assert error.where
    assert error.expected
    assert error.next_step


def test_a_file_that_is_not_there_is_named(tmp_path):
    train, _ = written(tmp_path, train=TRAIN, test=TEST)
    with pytest.raises(InvalidRecord, match=r"nowhere.csv: there is no such file.*Next: "):
        read_pairs(train, tmp_path / "nowhere.csv")
    with pytest.raises(InvalidRecord, match=r"nowhere.csv: there is no such file.*Next: "):
        read_ties(tmp_path / "nowhere.csv", pl.Series(["an"]))
