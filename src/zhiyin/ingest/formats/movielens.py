"""MovieLens ratings: the 100k, the 1M, and the CSV releases such as small and latest (Harper & Konstan, 2015)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import polars as pl

from zhiyin.ingest.batch import Batch
from zhiyin.ingest.data_set import Fields, columns_of, files, given, not_the_data, table
from zhiyin.ingest.reading.chunk import Chunk
from zhiyin.ingest.reading.headless import read_headless
from zhiyin.ingest.reading.readers import read

_DATA = "an unpacked MovieLens folder with u.data, ratings.dat or ratings.csv"
_GENRES = (
    "unknown", "Action", "Adventure", "Animation", "Children's", "Comedy", "Crime", "Documentary", "Drama", "Fantasy",
    "Film-Noir", "Horror", "Musical", "Mystery", "Romance", "Sci-Fi", "Thriller", "War", "Western",
)  # fmt: skip


class Movielens:
    """Reads the folder of a MovieLens release; which one follows from the files in it.

    Movies become items with their year and genres, ratings events of type ``rating``, and what is told about people
    their attributes. Each tag that someone gave a movie becomes a fact that names who said it.
    """

    name = "movielens"

    def batches(self, paths: Sequence[Path]) -> Iterator[Batch]:
        """Read movies, people, ratings and tags."""
        for place, folder in enumerate(given(paths, _DATA)):
            with columns_of(folder, _DATA):
                for batch in _release(folder):
                    yield replace(batch, done=(place + batch.done) / len(paths))


def _release(folder: Path) -> Iterator[Batch]:
    if (folder / "u.data").is_file():
        movies, people, ratings = files(folder, ("u.item", "u.user", "u.data"), _DATA)
        heads = ["movieId", "title", "released", "video", "imdb", *_GENRES]
        flags = [pl.when(pl.col(name) == "1").then(pl.lit(name)) for name in _GENRES[1:]]
        genres = pl.concat_list(flags).list.drop_nulls()
        yield from table("items", movies, _rows(movies, "|", heads), _movie(genres), (0.0, 0.05))
        told = _rows(people, "|", ("userId", "age", "gender", "occupation", "zip_code"))
        yield from table("users", people, told, _PERSON, (0.05, 0.1))
        yield from table("events", ratings, _rows(ratings, "\t", _RATED), _RATING, (0.1, 1.0))
    elif (folder / "ratings.dat").is_file():
        movies, people, ratings = files(folder, ("movies.dat", "users.dat", "ratings.dat"), _DATA)
        rows = _rows(movies, "::", ("movieId", "title", "genres"))
        yield from table("items", movies, rows, _movie(_listed()), (0.0, 0.05))
        told = _rows(people, "::", ("userId", "gender", "age", "occupation", "zip_code"))
        yield from table("users", people, told, _PERSON, (0.05, 0.1))
        yield from table("events", ratings, _rows(ratings, "::", _RATED), _RATING, (0.1, 1.0))
    elif (folder / "ratings.csv").is_file():
        movies, ratings = files(folder, ("movies.csv", "ratings.csv"), _DATA)
        yield from table("items", movies, read(movies), _movie(_listed()), (0.0, 0.05))
        yield from table("events", ratings, read(ratings), _RATING, (0.05, 0.9))
        if (tags := folder / "tags.csv").is_file():
            yield from table("facts", tags, read(tags), _TAG, (0.9, 1.0))
    else:
        raise not_the_data(folder, "there are no ratings", _DATA)


def _rows(path: Path, separator: str, columns: Sequence[str]) -> Iterator[Chunk]:
    return read_headless(path, columns, separator=separator, encoding="latin-1")


def _listed() -> pl.Expr:
    genres = pl.col("genres")
    return pl.when(~genres.str.starts_with("(") & (genres != "")).then(genres.str.split("|"))


def _movie(genres: pl.Expr) -> Fields:
    """Return an item's fields.

    Args:
        genres: (n,) List of String.
    """
    year = pl.col("title").str.extract(r"\((\d{4})\)\s*$").cast(pl.Int64)
    return {
        "id": pl.col("movieId"),
        "title": pl.col("title"),
        "category": genres.list.join("|"),
        "attributes": pl.struct(year.alias("year"), genres.alias("genres")),
    }


_RATED = ("userId", "movieId", "rating", "timestamp")
_PERSON: Fields = {
    "id": pl.col("userId"),
    "attributes": pl.struct("age", "gender", "occupation", "zip_code"),
}
_RATING: Fields = {
    "user": pl.col("userId"),
    "item": pl.col("movieId"),
    "type": pl.lit("rating"),
    "value": pl.col("rating"),
    "time": pl.col("timestamp"),
}
_TAG: Fields = {
    "subject": pl.col("movieId"),
    "name": pl.lit("tag"),
    "value": pl.col("tag"),
    "user": pl.col("userId"),
    "source": pl.lit("tags.csv"),
    "time": pl.col("timestamp"),
}
