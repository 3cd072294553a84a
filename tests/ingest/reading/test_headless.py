from __future__ import annotations

import gzip

import pytest

from zhiyin.errors import InvalidRecord
from zhiyin.ingest.reading import text_file
from zhiyin.ingest.reading.headless import read_headless

NAMES = ("user", "item", "type")


def read_all(path, names=NAMES, **options):
    chunks = list(read_headless(path, names, **options))
    rows = [row for chunk in chunks for row in chunk.rows.rows()]
    rejected = [(row.line, row.row) for chunk in chunks for row in chunk.rejected]
    lines = [line for chunk in chunks for line in chunk.lines]
    return rows, lines, rejected


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_each_delimiter(tmp_path, mark):
    path = tmp_path / "a.txt"
    path.write_text("1,1,pv\n2,5,buy\n".replace(",", mark))
    assert read_all(path) == ([("1", "1", "pv"), ("2", "5", "buy")], [1, 2], [])


def test_chunks_keep_their_lines_and_uneven_rows_are_rejected(tmp_path, monkeypatch):
    monkeypatch.setattr(text_file, "CHUNK_ROWS", 2)
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(b"1,1,pv\r\n2,5\r\n\r\n3,7,buy"))
    assert read_all(path) == ([("1", "1", "pv"), ("3", "7", "buy")], [1, 4], [(2, "2,5")])


def test_quotes(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('1,"red, hot",pv\n2,"a ""b""",buy\n3,"open,buy\n')
    rows, _, rejected = read_all(path)
    assert rows == [("1", "red, hot", "pv"), ("2", 'a "b"', "buy")]
    assert rejected == [(3, '3,"open,buy')]


def test_a_separator_of_two_characters(tmp_path):
    path = tmp_path / "ratings.dat"
    path.write_bytes("1::é::5\n".encode("latin-1"))
    assert read_all(path, separator="::", encoding="latin-1")[0] == [("1", "é", "5")]


def test_another_encoding_is_noted_once(tmp_path, monkeypatch):
    monkeypatch.setattr(text_file, "CHUNK_ROWS", 1)
    path = tmp_path / "a.csv"
    path.write_bytes("张三,绿茶的茶杯,购买\n李四,红茶的茶壶,浏览\n".encode("gb18030"))
    chunks = list(read_headless(path, NAMES))
    assert chunks[0].rows.row(0) == ("张三", "绿茶的茶杯", "购买")
    assert [chunk.notes for chunk in chunks] == [("a.csv: read as GB18030 (it is not UTF-8)",), ()]


@pytest.mark.parametrize("size", [1, 2, 50])
@pytest.mark.parametrize("bad", [1, 2, 3])
@pytest.mark.parametrize("cell", [b"pv", b'"p, v"'])
def test_bytes_that_are_no_text_cost_only_their_row(tmp_path, monkeypatch, size, bad, cell):
    monkeypatch.setattr(text_file, "CHUNK_ROWS", size)
    path = tmp_path / "a.csv"
    good = "安,茶," + cell.decode() + "\n"
    rows = [b"1,caf\xe9," + cell + b"\n" if n == bad else good.encode() for n in (1, 2, 3)]
    path.write_bytes(b"".join(rows))
    chunks = list(read_headless(path, NAMES, encoding="utf-8"))
    kept = [row for chunk in chunks for row in chunk.rows.rows()]
    assert kept == [("安", "茶", cell.decode().strip('"'))] * 2
    assert [n for chunk in chunks for n in chunk.lines] == [n for n in (1, 2, 3) if n != bad]
    [rejected] = [row for chunk in chunks for row in chunk.rejected]
    assert (rejected.line, rejected.reason) == (bad, "not text in the file's encoding")
    assert rejected.row == ascii(rows[bad - 1].decode("utf-8", "surrogateescape"))


@pytest.mark.parametrize(
    ("content", "names", "words"),
    [
        (b"1,2,3,4\n", NAMES, "3 names for 4 columns.*name all columns"),
        (b"user,item,type\n1,2,3\n", NAMES, "first line is a header.*leave --header out"),
        (b"", NAMES, "empty"),
        (b"1,2,3\n", ("a", "b", "a"), "column names repeat: a"),
    ],
)
def test_what_does_not_fit_is_refused(tmp_path, content, names, words):
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(InvalidRecord, match=words):
        list(read_headless(path, names))


def test_a_missing_or_damaged_file_is_an_error_of_ours(tmp_path):
    with pytest.raises(InvalidRecord, match="no such file"):
        list(read_headless(tmp_path / "a.csv", NAMES))
    (tmp_path / "a.csv.gz").write_bytes(b"no zip at all")
    with pytest.raises(InvalidRecord, match="Not a gzipped file"):
        list(read_headless(tmp_path / "a.csv.gz", NAMES))
