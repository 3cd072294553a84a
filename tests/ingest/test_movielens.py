from __future__ import annotations

import json

import polars as pl
import pytest

from zhiyin.core import Kind
from zhiyin.errors import InvalidRecord
from zhiyin.ingest.formats.movielens import Movielens
from zhiyin.ingest.importing import run_import
from zhiyin.store.store import Store

FLAGS = "0|0|0|1|1|1|0|0|0|0|0|0|0|0|0|0|0|0|0"
SHAPES = {
    "100k": {
        "u.item": f"1|Toy Story (1995)|01-Jan-1995||http://x|{FLAGS}\n2|Léon (1994)||||{'0|' * 18}0\n",
        "u.user": "1|24|M|technician|85711\n2|53|F|other|94043\n",
        "u.data": "1\t1\t5\t874965758\n2\t2\t3\t876893171\n2\t1\tmany\t876893171\n2\t1\n",
    },
    "1m": {
        "movies.dat": "1::Toy Story (1995)::Animation|Children's|Comedy\n2::Léon (1994)::\n",
        "users.dat": "1::M::24::technician::85711\n2::F::53::other::94043\n",
        "ratings.dat": "1::1::5::874965758\n2::2::3::876893171\n2::1::many::876893171\n2::1\n",
    },
    "small": {
        "movies.csv": (
            "movieId,title,genres\r\n1,Toy Story (1995),Animation|Children's|Comedy\r\n"
            '2,"Léon (1994)",(no genres listed)\r\n'
        ),
        "ratings.csv": (
            "userId,movieId,rating,timestamp\r\n1,1,5.0,874965758\r\n2,2,3.0,876893171\r\n"
            "2,1,many,876893171\r\n2,1\r\n"
        ),
        "tags.csv": "userId,movieId,tag,timestamp\r\n1,1,pixar,1139045764\r\n",
        "links.csv": "movieId,imdbId,tmdbId\r\n1,0114709,862\r\n",
    },
}


@pytest.fixture(params=SHAPES)
def release(request, tmp_path):
    for name, text in SHAPES[request.param].items():
        encoding = "utf-8" if name.endswith(".csv") else "latin-1"
        (tmp_path / name).write_bytes(text.encode(encoding))
    return request.param, tmp_path


def test_each_release_says_the_same(release):
    shape, folder = release
    with Store.open(folder / "shop.db") as store:
        report = run_import(Movielens(), [folder], store, folder / "quarantine")
        [events] = store.events()
        items = store.entities_since(Kind.ITEM, 0)
        people = store.entities_since(Kind.PERSON, 0)
        facts = list(store.facts())
    assert events["value"].to_list() == [5.0, 3.0]
    assert events["type"].to_list() == ["rating", "rating"]
    assert events["time_us"].to_list() == [874965758_000000, 876893171_000000]
    assert items["title"].to_list() == ["Toy Story (1995)", "Léon (1994)"]
    assert items["category"].to_list() == ["Animation|Children's|Comedy", None]
    first = json.loads(items["attributes"][0])
    assert first == {"year": 1995, "genres": ["Animation", "Children's", "Comedy"]}
    assert people["id"].to_list() == ["1", "2"]
    if shape == "small":
        assert pl.concat(facts)["value"].to_list() == ["pixar"]
    else:
        said = {"age": "24", "gender": "M", "occupation": "technician", "zip_code": "85711"}
        assert json.loads(people["attributes"][0]) == said
    assert report.rejected == 2
    reasons = [json.loads(line)["reason"] for line in report.quarantine.read_text().splitlines()]
    assert "value: many is not a number" in reasons


def test_a_second_import_adds_nothing(release):
    _, folder = release
    with Store.open(folder / "shop.db") as store:
        run_import(Movielens(), [folder], store, folder / "quarantine")
        again = run_import(Movielens(), [folder], store, folder / "quarantine")
    assert not any(again.accepted.values())


def test_a_missing_file_is_named(release):
    shape, folder = release
    missing = {"100k": "u.item", "1m": "movies.dat", "small": "movies.csv"}[shape]
    (folder / missing).unlink()
    with pytest.raises(InvalidRecord, match=f"{missing} not found.*MovieLens.*check the path"):
        next(Movielens().batches([folder]))


def test_another_folder_is_refused(tmp_path):
    with pytest.raises(InvalidRecord, match=r"no ratings.*u\.data.*check the path"):
        next(Movielens().batches([tmp_path]))


def test_other_columns_are_an_error_of_ours(tmp_path):
    (tmp_path / "movies.csv").write_text("movieId,name\n1,Heat\n")
    (tmp_path / "ratings.csv").write_text("userId,movieId,rating,timestamp\n")
    with pytest.raises(InvalidRecord, match="title"):
        list(Movielens().batches([tmp_path]))


def test_another_encoding_is_said(tmp_path):
    for name, text in SHAPES["small"].items():
        (tmp_path / name).write_bytes(text.replace("Léon", "这个杀手不太冷").encode("gb18030"))
    notes = [note for batch in Movielens().batches([tmp_path]) for note in batch.notes]
    assert "movies.csv: read as GB18030 (it is not UTF-8)" in notes
