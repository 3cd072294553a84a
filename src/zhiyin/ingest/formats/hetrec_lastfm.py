"""The HetRec 2011 Last.fm data: artists played, friends, and tags (Cantador, Brusilovsky & Kuflik, 2011)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl
from polars.exceptions import ColumnNotFoundError

from zhiyin.errors import InvalidRecord
from zhiyin.ingest.batch import Batch
from zhiyin.ingest.reading.chunk import Chunk
from zhiyin.ingest.reading.readers import read


class HetrecLastfm:
    """Reads the folder of the data set.

    Artists become items, plays become events of type ``play`` whose value is the number of plays (the data do not say
    when), friendships ties, and each tag that someone gave an artist a fact that names who said it.
    """

    name = "hetrec-lastfm"

    def batches(self, paths: Sequence[Path]) -> Iterator[Batch]:
        """Read artists, plays, friends and tags."""
        for folder in paths:
            files = [folder / name for name in _FILES]
            if missing := [path.name for path in files if not path.is_file()]:
                raise _not_the_data(folder, f"{', '.join(missing)} not found")
            try:
                yield from _folder(*files)
            except ColumnNotFoundError as error:
                raise _not_the_data(folder, str(error).splitlines()[0]) from error


def _folder(
    artists: Path, plays: Path, friends: Path, names: Path, tagged: Path
) -> Iterator[Batch]:
    yield from _table("items", artists, _ARTIST, (0.0, 0.1))
    yield from _table("events", plays, _PLAY, (0.1, 0.4))
    yield from _table("ties", friends, _TIE, (0.4, 0.5))
    tags = pl.concat(chunk.rows for chunk in read(names, encoding="latin-1"))
    tags = tags.select("tagID", "tagValue").unique("tagID", keep="first")
    for chunk in read(tagged):
        rows = chunk.rows.join(tags, on="tagID", how="left", maintain_order="left")
        yield _batch("facts", chunk, tagged, rows.select(**_TAG), (0.5, 1.0))


def _table(
    kind: str, path: Path, fields: dict[str, pl.Expr], span: tuple[float, float]
) -> Iterator[Batch]:
    for chunk in read(path):
        yield _batch(kind, chunk, path, chunk.rows.select(**fields), span)


def _not_the_data(folder: Path, what: str) -> InvalidRecord:
    return InvalidRecord(
        what,
        where=str(folder),
        expected="the unpacked folder of hetrec2011-lastfm-2k",
        next_step="check the path",
    )


_FILES = (
    "artists.dat",
    "user_artists.dat",
    "user_friends.dat",
    "tags.dat",
    "user_taggedartists.dat",
)
_ARTIST = {
    "id": pl.col("id"),
    "title": pl.col("name"),
    "attributes": pl.struct("url", "pictureURL"),
}
_PLAY = {
    "user": pl.col("userID"),
    "item": pl.col("artistID"),
    "type": pl.lit("play"),
    "value": pl.col("weight"),
}
_TIE = {"user": pl.col("userID"), "other": pl.col("friendID"), "kind": pl.lit("friend")}
_TAG = {
    "subject": pl.col("artistID"),
    "name": pl.lit("tag"),
    "value": pl.col("tagValue"),
    "user": pl.col("userID"),
    "source": pl.lit("user_taggedartists.dat"),
    "time": pl.concat_str(
        pl.col("year"),
        pl.col("month").str.zfill(2),
        pl.col("day").str.zfill(2),
        separator="-",
    ),
}


def _batch(
    kind: str, chunk: Chunk, path: Path, rows: pl.DataFrame, span: tuple[float, float]
) -> Batch:
    done = span[0] + chunk.done * (span[1] - span[0])
    return Batch(kind, rows, chunk.lines, path.name, chunk.rejected, done, chunk.notes)
