from __future__ import annotations

import json

import polars as pl
import pytest

from zhiyin.core import Kind
from zhiyin.errors import InvalidRecord
from zhiyin.ingest.formats.hetrec_lastfm import HetrecLastfm
from zhiyin.ingest.importing import run_import
from zhiyin.store.store import Store

FILES = {
    "artists.dat": 'id\tname\turl\tpictureURL\n51\t"Duran"\thttp://a\t\n52\tMoby\t\t\n',
    "user_artists.dat": "userID\tartistID\tweight\n2\t51\t13883\n2\t52\t11690\n3\t51\t7\n",
    "user_friends.dat": "userID\tfriendID\n2\t3\n3\t2\n",
    "tags.dat": "tagID\ttagValue\n1\tchâteau\n1\tagain\n",
    "user_taggedartists.dat": (
        "userID\tartistID\ttagID\tday\tmonth\tyear\n2\t51\t1\t1\t4\t2009\n3\t52\t1\t1\t1\t1956\n"
        "3\t51\t9\t1\t4\t2009\n"
    ),
}


@pytest.fixture
def folder(tmp_path):
    for name, text in FILES.items():
        encoding = "latin-1" if name == "tags.dat" else "utf-8"
        (tmp_path / name).write_text(text, encoding=encoding)
    return tmp_path


def test_artists_plays_friends_and_tags_come_in(folder):
    with Store.open(folder / "shop.db") as store:
        report = run_import(HetrecLastfm(), [folder], store, folder / "quarantine")
        [events] = store.events()
        items = store.entities_since(Kind.ITEM, 0)
        facts = pl.concat(store.facts())
    counts = {kind: n for kind, n in report.accepted.items() if n}
    assert counts == {"items": 2, "users": 2, "events": 3, "ties": 2, "facts": 1}
    assert events["value"].to_list() == [13883.0, 11690.0, 7.0]
    assert items["title"].to_list() == ['"Duran"', "Moby"]
    assert json.loads(items["attributes"][0]) == {"pictureURL": "", "url": "http://a"}
    assert facts["value"].to_list() == ["château"]
    bad = [json.loads(line) for line in report.quarantine.read_text().splitlines()]
    assert [(row["file"], row["line"], row["reason"]) for row in bad] == [
        ("user_taggedartists.dat", 3, "time: 1956-01-01 is too long ago"),
        ("user_taggedartists.dat", 4, "value is missing"),
    ]


def test_a_missing_file_is_named(folder):
    (folder / "tags.dat").unlink()
    with pytest.raises(InvalidRecord, match=r"tags\.dat not found.*hetrec2011"):
        next(HetrecLastfm().batches([folder]))


def test_other_columns_are_an_error_of_ours(folder):
    (folder / "artists.dat").write_text("id\tname\n51\tDuran\n")
    with pytest.raises(InvalidRecord, match="url"):
        list(HetrecLastfm().batches([folder]))


@pytest.mark.slow
def test_the_real_data_come_in(shared_data, tmp_path):
    with Store.open(tmp_path / "shop.db") as store:
        folder = shared_data / "hetrec_lastfm"
        report = run_import(HetrecLastfm(), [folder], store, tmp_path / "quarantine")
    assert report.accepted["events"] >= 92_000
    assert report.accepted["ties"] >= 12_000
    assert report.accepted["facts"] >= 186_000
    assert report.rejected == 5
    reasons = [json.loads(line)["reason"] for line in report.quarantine.read_text().splitlines()]
    assert all(reason.endswith("is too long ago") for reason in reasons)


def test_another_encoding_is_said(folder):
    text = FILES["artists.dat"].replace("Moby", "小安的好茶")
    (folder / "artists.dat").write_bytes(text.encode("gb18030"))
    notes = [note for batch in HetrecLastfm().batches([folder]) for note in batch.notes]
    assert notes == ["artists.dat: read as GB18030 (it is not UTF-8)"]
