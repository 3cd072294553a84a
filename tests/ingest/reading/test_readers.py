from __future__ import annotations

import csv
import gzip
import json
import tempfile
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiyin.errors import InvalidRecord
from zhiyin.ingest.reading import readers, text_file
from zhiyin.ingest.reading.readers import read


def put(folder, name, content):
    path = folder / name
    data = content.encode() if isinstance(content, str) else content
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    return path


def table(path):
    """All rows with their lines, and what was rejected as (line, reason)."""
    chunks = list(read(path))
    rows = [
        (line, *row)
        for chunk in chunks
        for line, row in zip(chunk.lines, chunk.rows.rows(), strict=True)
    ]
    return rows, [(bad.line, bad.reason) for chunk in chunks for bad in chunk.rejected]


@pytest.mark.parametrize("zipped", ["", ".gz"])
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", "user,item\nan,tea\nbo,pot\n"),
        ("a.csv", "user;item\r\nan;tea\r\nbo;pot\r\n"),
        ("a.csv", "\ufeffuser,item\nan,tea\n\nbo,pot"),
        ("a.csv", 'user,item\n"an","tea"\n"bo",pot\n'),
        ("a.txt", "user|item\nan|tea\nbo|pot\n"),
        ("a.tsv", "user\titem\nan\ttea\nbo\tpot\n"),
        ("a.dat", "user\titem\nan\ttea\nbo\tpot\n"),
        ("a.jsonl", '{"user":"an","item":"tea"}\n\n{"item":"pot","user":"bo"}\n'),
        ("A.NDJSON", '\ufeff{"user":"an","item":"tea"}\n{"item":"pot","user":"bo"}'),
    ],
)
def test_every_kind_of_text_holds_the_same_table(tmp_path, name, content, zipped):
    rows, rejected = table(put(tmp_path, name + zipped, content))
    assert [row[1:] for row in rows] == [("an", "tea"), ("bo", "pot")]
    assert rejected == []


def test_parquet_keeps_flat_types_and_turns_the_rest_into_text(tmp_path):
    frame = pl.DataFrame({"n": [7], "tags": [["a", None]], "box": [{"w": 1}], "raw": [b"a\xff"]})
    frame.write_parquet(tmp_path / "a*.parquet")
    frame.with_columns(n=8).write_parquet(tmp_path / "ab.parquet")
    rows, _ = table(tmp_path / "a*.parquet")
    assert rows == [(1, 7, '["a",null]', '{"w":1}', "a\\xff")]


def test_null_lists_and_structs_stay_null(tmp_path):
    pl.DataFrame({"tags": [None, ["a"]], "box": [None, {"w": 1}]}).write_parquet(
        tmp_path / "a.parquet"
    )
    assert table(tmp_path / "a.parquet")[0][0] == (1, None, None)


def test_quoted_cells_hold_delimiters_quotes_and_line_breaks(tmp_path):
    path = put(tmp_path, "a.csv", 'user,text\nan,"one\ntwo, ""three"""\r\nbo,"x\r\ny"\nci,z\n')
    rows, rejected = table(path)
    assert rows == [(2, "an", 'one\ntwo, "three"'), (4, "bo", "x\r\ny"), (6, "ci", "z")]
    assert rejected == []


def test_the_header_may_be_quoted_over_lines(tmp_path):
    assert table(put(tmp_path, "a.csv", '"us\ner",item\nan,tea\n'))[0] == [(3, "an", "tea")]


def test_lines_are_counted_across_chunks_that_end_inside_quotes(tmp_path, monkeypatch):
    monkeypatch.setattr(text_file, "CHUNK_ROWS", 2)
    content = 'user,text\nan,"1\n2\n3"\nbo,x\nci,y\ndi,z\ned\nfa,"q"\n'
    rows, rejected = table(put(tmp_path, "a.csv", content))
    assert [row[:2] for row in rows] == [(2, "an"), (5, "bo"), (6, "ci"), (7, "di"), (9, "fa")]
    assert rejected == [(8, "1 cells for 2 columns")]


def test_tabs_leave_quotes_as_they_are(tmp_path):
    rows, _ = table(put(tmp_path, "a.tsv", 'user\ttitle\nan\t"Heroes" 12" mix\nbo\t"\n'))
    assert rows == [(2, "an", '"Heroes" 12" mix'), (3, "bo", '"')]


@pytest.mark.parametrize("last", ["di,y\n", 'di,"y"\n'])
def test_rows_with_other_numbers_of_cells_are_rejected(tmp_path, last):
    rows, rejected = table(put(tmp_path, "a.csv", f"user,item\nan\nbo,x,y\n\nci,x\n{last}"))
    assert rows == [(5, "ci", "x"), (6, "di", "y")]
    assert rejected == [(2, "1 cells for 2 columns"), (3, "3 cells for 2 columns")]


def test_a_quote_left_open_does_not_swallow_rows_silently(tmp_path):
    rows, rejected = table(put(tmp_path, "a.csv", 'user,text\nan,"open\nbo,x\nci,"y"\ndi,z\n'))
    assert rows == [(5, "di", "z")]
    assert rejected[0][0] == 2
    assert "lines 2 to 4" in rejected[0][1]
    rows, rejected = table(put(tmp_path, "b.csv", 'user,text\nan,x\nbo,"open\nci,y\n'))
    assert rows == [(2, "an", "x")]
    assert "lines 3 to 4" in rejected[0][1]


def test_a_cell_of_two_megabytes_costs_only_its_row(tmp_path):
    huge = "x" * 2_000_000
    rows, rejected = table(put(tmp_path, "a.csv", f'user,text\nan,"{huge}"\nbo,"y"\n'))
    assert rows == [(3, "bo", "y")]
    assert rejected[0][0] == 2
    assert "field limit" in rejected[0][1]


def test_a_line_without_end_is_an_error_not_a_full_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(text_file, "_LONGEST_LINE", 1000)
    with pytest.raises(InvalidRecord, match="line 3 has 1,000 characters"):
        table(put(tmp_path, "a.csv", "user,item\nan,tea\n" + "x" * 2000))


def test_blocks_of_long_lines_are_cut_where_memory_is_full(tmp_path, monkeypatch):
    monkeypatch.setattr(text_file, "_BLOCK_CHARACTERS", 100)
    path = put(tmp_path, "a.csv", "user,item\n" + f"an,{'x' * 60}\n" * 10)
    assert [chunk.rows.height for chunk in read(path)] == [0, 2, 2, 2, 2, 2]


@pytest.mark.parametrize("other", ["bo,茶\n", 'bo,"茶"\n'])
def test_bytes_of_another_encoding_cost_only_their_row(tmp_path, other):
    data = b"user,item\nan," + "茶".encode("gbk") + b"\n" + other.encode()
    rows, rejected = table(put(tmp_path, "a.csv", data))
    assert rows == [(3, "bo", "茶")]
    assert rejected == [(2, "not text in the file's encoding")]


def test_json_cells_become_text(tmp_path):
    row = {
        "a": 1,
        "b": 1.5,
        "c": True,
        "d": None,
        "e": [1, "茶"],
        "f": {"z": 1, "a": 2},
        "g": "1.0",
    }
    path = put(tmp_path, "a.jsonl", json.dumps(row) + '\n{"a":"x"}\n')
    rows, _ = table(path)
    assert rows[0] == (1, "1", "1.5", "true", None, '[1, "茶"]', '{"a": 2, "z": 1}', "1.0")
    assert rows[1] == (2, "x", *[None] * 6)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("nonsense", "it is no JSON"),
        ('{"a":', "it is no JSON"),
        ("[1]", "it is a list"),
        ("null", "it is a NoneType"),
        ("{}", "it is empty"),
        ('{"a":1} {"a":2}', "something follows"),
        ('{"a":' + "9" * 5000 + "}", "limit"),
        ("[" * 100_000, "recursion"),
        ('{"a":' * 50_000, "recursion"),
        (r'{"a":"\ud800"}', "not text"),
        ("é".encode().join([b'{"a":"', b'\xff"}']), "not text"),
    ],
)
def test_json_lines_that_are_no_objects_are_rejected(tmp_path, line, reason):
    data = line if isinstance(line, bytes) else line.encode()
    rows, rejected = table(put(tmp_path, "a.jsonl", b'{"a":"x"}\n' + data + b'\n{"a":"y"}\n'))
    assert rows == [(1, "x"), (3, "y")]
    assert [place for place, _ in rejected] == [2]
    assert reason in rejected[0][1]


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("a.csv", "", "the file is empty"),
        ("a.jsonl", "\ufeff".encode("utf-16-le"), "the file is empty"),
        ("a.parquet", "", "the file is empty"),
        ("a.csv", "\n\n", "the first line is empty"),
        ("a.csv", b"\x89PNG\r\n\x1a\n\x00\xff\xfe", "not text"),
        ("a.csv", "user,item\n".encode("utf-32"), "not text"),
        ("a.csv", "user,item\n".encode("utf-16-le"), "not text"),
        ("a.csv", "user,item\n".encode("utf-16")[:-1], "truncated data"),
        ("a.csv", bytes(range(256)) * 20, "not text"),
        ("a.csv", b"us\x00er,item\n", "not text"),
        ("a.csv", "user,item,user\n", "column names repeat: user"),
        ("a.csv", '"user,item\n', "header cannot be read"),
        ("a.csv", ",".join(f"c{n}" for n in range(2000)), "2,000 columns"),
        ("a.csv", "x" * 100_000, "100,000 characters"),
        ("a.csv", "x" * 1_000_000, "field limit"),
        ("a.jsonl", '[{"user":"an"},', "one JSON document that cannot be read"),
        ("a.json", '[{"user":"an"}] []', "one JSON document that cannot be read"),
        ("a.json", "[" * 100_000, "one JSON document that cannot be read"),
        ("a.json", '{\n"user":"an"}', "one JSON document"),
        ("a.jsonl", "\n".join(f'{{"c{n}":1}}' for n in range(2000)), "2,000 columns"),
        ("a.parquet", b"PAR1 this is none PAR1", "a.parquet"),
        ("a.parquet.gz", b"PAR1", "a.parquet.gz"),
        ("a.xlsx", "x", "files ending in .xlsx are not known"),
        ("noending", "x", "files ending in nothing are not known"),
    ],
)
def test_files_that_are_no_tables_say_so_in_four_parts(tmp_path, name, content, what):
    path = put(tmp_path, name, content) if content else tmp_path / name
    path.touch()
    with pytest.raises(InvalidRecord, match=what) as caught:
        table(path)
    error = caught.value
    assert error.what
    assert error.where == str(path)
    assert error.expected
    assert error.next_step
    assert str(error).isprintable()
    assert len(str(error)) < 1000


@pytest.mark.parametrize(("name", "what"), [("none.csv", "no such file"), (".", "a folder")])
def test_what_is_no_file_says_so(tmp_path, name, what):
    with pytest.raises(InvalidRecord, match=what):
        table(tmp_path / name)


@pytest.mark.parametrize("name", ["a" * 300 + ".csv", "a\0b.csv"])
def test_impossible_paths_are_errors_of_ours(tmp_path, name):
    with pytest.raises(InvalidRecord):
        table(tmp_path / name)


def test_a_gzip_cut_short_gives_what_is_whole_and_then_an_error(tmp_path, monkeypatch):
    monkeypatch.setattr(text_file, "CHUNK_ROWS", 10)
    whole = gzip.compress(
        ("user,item\n" + "".join(f"u{n * n},i{n}\n" for n in range(9999))).encode()
    )
    path = tmp_path / "a.csv.gz"
    path.write_bytes(whole[: len(whole) // 2])
    found: list[int] = []
    with pytest.raises(InvalidRecord, match=r"a\.csv\.gz"):
        found.extend(chunk.rows.height for chunk in read(path))
    assert sum(found) > 100
    path.write_bytes(b"user,item\n")
    with pytest.raises(InvalidRecord, match="gzip"):
        table(path)


def test_a_parquet_file_cut_short_anywhere_is_an_error_of_ours(tmp_path):
    pl.DataFrame({"user": ["an", "bo"] * 20, "n": range(40)}).write_parquet(tmp_path / "a.parquet")
    whole = (tmp_path / "a.parquet").read_bytes()
    for end in range(1, len(whole), max(1, len(whole) // 40)):
        (tmp_path / "b.parquet").write_bytes(whole[:end])
        with pytest.raises(InvalidRecord, match=r"b\.parquet"):
            table(tmp_path / "b.parquet")


def test_a_panic_of_the_parquet_reader_is_an_error_of_ours(tmp_path, monkeypatch):
    def panics(path):
        raise pl.exceptions.PanicException("range end index 234 out of range")

    monkeypatch.setattr(readers, "read_parquet", panics)
    with pytest.raises(InvalidRecord, match="range end index"):
        table(put(tmp_path, "a.parquet", "x"))


@pytest.mark.parametrize("name", ["a.csv", "a.tsv"])
def test_a_header_alone_is_a_table_without_rows(tmp_path, name):
    path = put(tmp_path, name, "user,item" if name == "a.csv" else "user\titem")
    [chunk] = read(path)
    assert chunk.rows.columns == ["user", "item"]
    assert chunk.rows.height == 0


def test_a_parquet_file_without_rows_has_its_columns(tmp_path):
    pl.DataFrame({"user": []}, schema={"user": pl.String}).write_parquet(tmp_path / "a.parquet")
    [chunk] = read(tmp_path / "a.parquet")
    assert (chunk.rows.columns, chunk.rows.height) == (["user"], 0)


def test_progress_ends_at_one(tmp_path, monkeypatch):
    monkeypatch.setattr(text_file, "CHUNK_ROWS", 100)
    path = put(tmp_path, "a.csv.gz", "user,item\n" + "an,tea\n" * 1000)
    done = [chunk.done for chunk in read(path)]
    assert done == sorted(done)
    assert done[-1] == 1.0


cells = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
tables = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(cells, min_size=width, max_size=width), max_size=6)
)


@settings(max_examples=30, deadline=None)
@given(tables, st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]))
def test_any_cells_written_as_csv_are_read_again(rows, quoting):
    width = len(rows[0]) if rows else 2
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.csv")
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, quoting=quoting)
            writer.writerow([f"c{n}" for n in range(width)])
            writer.writerows(rows)
        read_again, rejected = table(path)
    assert [list(row[1:]) for row in read_again] == rows
    assert rejected == []


@settings(max_examples=30, deadline=None)
@given(st.lists(st.dictionaries(cells, cells | st.none(), min_size=1, max_size=4), max_size=6))
def test_any_cells_written_as_json_are_read_again(rows):
    rows = [{name.replace("\0", ""): cell for name, cell in row.items()} for row in rows]
    names = list(dict.fromkeys(name for row in rows for name in row))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.jsonl")
        path.write_text("".join(json.dumps(row) + "\n" for row in rows) or "\n", encoding="utf-8")
        read_again, rejected = table(path)
    assert [row[1:] for row in read_again] == [tuple(row.get(n) for n in names) for row in rows]
    assert rejected == []


def test_tabs_with_quotes_as_excel_writes_them_are_understood(tmp_path):
    content = 'user\ttitle\nan\t"a ""b"""\nbo\t12" mix\nci\t"x, y"\ndi\t"one\ntwo\tthree"\n'
    rows, rejected = table(put(tmp_path, "a.txt", content))
    assert rows == [
        (2, "an", 'a "b"'), (3, "bo", '12" mix'), (4, "ci", "x, y"), (5, "di", "one\ntwo\tthree"),
    ]  # fmt: skip
    assert rejected == []


def test_tabs_with_every_cell_in_quotes_are_understood(tmp_path):
    rows, _ = table(put(tmp_path, "a.tsv", '"user"\t"title"\n"an"\t"Heroes"\n'))
    assert rows == [(2, "an", "Heroes")]


@pytest.mark.parametrize(
    "titles",
    [
        ['"Weird Al" Yankovic', '"Heroes"'],
        ['"Heroes"', "Low"],
        ['"a" and ""b""', '"x, y"'],
        ['"', '"x, y"'],
    ],
)
def test_tabs_with_quotes_that_are_values_keep_them(tmp_path, titles):
    content = "user\ttitle\n" + "".join(f"an\t{title}\n" for title in titles)
    rows, rejected = table(put(tmp_path, "a.tsv", content))
    assert [row[2] for row in rows] == titles
    assert rejected == []


@pytest.mark.parametrize("cell", ["tea", '"tea"'])
@pytest.mark.parametrize(
    ("header", "end"), [("user,item,", ","), ("user,item", ",,"), ("user,item,,", "")]
)
def test_delimiters_at_the_end_of_lines_are_no_columns(tmp_path, header, end, cell):
    path = put(tmp_path, "a.csv", f"{header}\nan,{cell}{end}\nbo,{cell},x{end}\n")
    assert next(read(path)).rows.columns == ["user", "item"]
    rows, rejected = table(path)
    assert rows == [(2, "an", "tea")]
    assert [line for line, _ in rejected] == [3]


@pytest.mark.parametrize("mark", ["sep=;", '"sep=;"', "SEP=;"])
def test_excels_line_about_the_delimiter_is_followed(tmp_path, mark):
    rows, _ = table(put(tmp_path, "a.csv", f"{mark}\r\nuser,name;item\r\nan;tea\r\n"))
    assert rows == [(3, "an", "tea")]


@pytest.mark.parametrize("cell", ["tea", '"tea"'])
@pytest.mark.parametrize("end", ["\r", "\r\n", "\n"])
def test_lines_end_in_any_way_and_blank_ones_are_passed_over(tmp_path, end, cell):
    content = end.join(["", "user,item", "", f"an,{cell}", "  ", f"bo,{cell}", ""])
    rows, rejected = table(put(tmp_path, "a.csv", content))
    assert rows == [(4, "an", "tea"), (6, "bo", "tea")]
    assert rejected == []


def test_nul_bytes_stay_in_their_cells(tmp_path):
    assert table(put(tmp_path, "a.csv", "user,item\na\0n,tea\n"))[0] == [(2, "a\0n", "tea")]


def test_an_unknown_ending_names_all_that_are_known(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(b"PK")
    with pytest.raises(InvalidRecord, match=r"\.csv, \.tsv, \.jsonl, \.json or \.parquet"):
        next(read(tmp_path / "a.xlsx"))
