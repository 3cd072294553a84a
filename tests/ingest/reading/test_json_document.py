from __future__ import annotations

import json

import pytest

from tests.ingest.reading.test_readers import put, table
from zhiyin.errors import InvalidRecord
from zhiyin.ingest.reading import json_document
from zhiyin.ingest.reading.readers import read


@pytest.mark.parametrize("zipped", ["", ".gz"])
@pytest.mark.parametrize("indent", [None, 2])
def test_a_json_array_of_objects_is_a_table(tmp_path, zipped, indent):
    content = json.dumps([{"user": "an", "n": 1}, 7, {}, {"n": 2, "user": "bo"}], indent=indent)
    rows, rejected = table(put(tmp_path, f"a.json{zipped}", content))
    assert rows == [(1, "an", "1"), (4, "bo", "2")]
    assert rejected == [
        (2, "not a JSON object: it is a int"), (3, "not a JSON object: it is empty"),
    ]  # fmt: skip


def test_a_json_array_comes_in_chunks(tmp_path, monkeypatch):
    monkeypatch.setattr(json_document, "CHUNK_ROWS", 2)
    chunks = list(read(put(tmp_path, "a.json", json.dumps([{"n": n} for n in range(5)]))))
    assert [chunk.lines.to_list() for chunk in chunks] == [[1, 2], [3, 4], [5]]
    assert [chunk.done for chunk in chunks] == [0.4, 0.8, 1.0]


def test_an_empty_json_array_is_a_table_without_rows(tmp_path):
    [chunk] = read(put(tmp_path, "a.json", "[]"))
    assert chunk.rows.height == 0


def test_a_json_array_too_large_for_memory_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(json_document, "_LARGEST", 20)
    with pytest.raises(InvalidRecord, match="more than 20 characters"):
        table(put(tmp_path, "a.json", json.dumps([{"user": "an"}] * 5)))
