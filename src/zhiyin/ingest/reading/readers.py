"""Reading a table piece by piece, whatever kind of file it is in."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import polars as pl

from zhiyin.errors import InvalidRecord
from zhiyin.ingest.reading.chunk import Chunk, damaged
from zhiyin.ingest.reading.delimited import read_delimited
from zhiyin.ingest.reading.encodings import NAMES, detect
from zhiyin.ingest.reading.json_document import is_document, read_json_document
from zhiyin.ingest.reading.json_lines import read_json_lines
from zhiyin.ingest.reading.markdown import read_markdown
from zhiyin.ingest.reading.parquet import read_parquet

_DELIMITERS = {".csv": None, ".txt": None, ".tsv": "\t", ".dat": "\t", ".tab": "\t"}
_JSON = (".jsonl", ".ndjson", ".json")
_MARKDOWN = (".md", ".markdown")
# Polars panics, which is no Exception, where a Parquet file is damaged in a way it does not foresee.
_FAILURES = (
    OSError,
    EOFError,
    UnicodeError,
    zlib.error,
    pl.exceptions.PolarsError,
    pl.exceptions.PanicException,
)


def read(path: Path, *, encoding: str | None = None) -> Iterator[Chunk]:
    """Yield a table in chunks, at least one; what kind it is follows from the name's ending, without ``.gz``.

    Args:
        path: a ``.csv``, ``.tsv``, ``.dat``, ``.tab``, ``.txt``, ``.jsonl``, ``.ndjson``, ``.json`` or ``.parquet`` file,
            or documents as ``.md`` or ``.markdown``.
        encoding: of text; None finds it out, and the first chunk's notes say so where it is not UTF-8.
    Raises:
        InvalidRecord: the file is missing, empty, damaged or of an unknown kind.
    """
    ending = Path(path.name.lower().removesuffix(".gz")).suffix
    try:
        if not path.is_file():
            raise InvalidRecord(
                "this is a folder"
                if path.is_dir()
                else "this is no regular file"
                if path.exists()
                else "there is no such file",
                where=str(path),
                expected="a file",
                next_step="check the path",
            )
        if path.stat().st_size == 0:
            raise damaged(path, "the file is empty")
        if ending == ".parquet":
            yield from read_parquet(path)
        elif ending in _JSON or ending in _DELIMITERS or ending in _MARKDOWN:
            yield from _text_chunks(path, ending, encoding)
        else:
            raise InvalidRecord(
                f"files ending in {ending or 'nothing'} are not known",
                where=str(path),
                expected=".csv, .tsv, .jsonl, .json or .parquet; text also with .gz",
                next_step="save it as CSV, or export it as one of these",
            )
    except _FAILURES as error:
        raise damaged(path, (str(error) or type(error).__name__).splitlines()[0]) from error


def _text_chunks(path: Path, ending: str, encoding: str | None) -> Iterator[Chunk]:
    found = encoding or detect(path)
    if ending in _DELIMITERS:
        chunks = read_delimited(path, found, _DELIMITERS[ending])
    elif ending in _MARKDOWN:
        chunks = read_markdown(path, found)
    elif is_document(path, found):
        chunks = read_json_document(path, found)
    else:
        chunks = read_json_lines(path, found)
    if encoding is None and found in NAMES:
        note = f"{path.name}: read as {NAMES[found]} (it is not UTF-8)"
        yield replace(next(chunks), notes=(note,))
    yield from chunks
