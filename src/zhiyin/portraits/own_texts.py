"""What people wrote, by who wrote it: how they felt, what they thought of which aspect, and of which item."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, Self

import numpy as np
import polars as pl
from numpy.typing import NDArray

from zhiyin.core import NO_TIME, Kind
from zhiyin.portraits.statement import Evidence

_OPINION = "opinion."
_MOODS = {"negative": -1.0, "neutral": 0.0, "positive": 1.0}


@dataclass(frozen=True, slots=True, eq=False)
class OwnTexts:
    """Feelings and opinions read in people's own posts, one row each, in the order of people and newest first.

    Attributes:
        person: (t,) int64 ascending.
        aspect: (t,) str, empty where the whole text is meant.
        polarity: (t,) float32 from -1 to 1.
        item: (t,) int64 what it is about, -1 for none.
        source: (t,) str such as ``post:p7``.
        time_us: (t,) int64, or ``NO_TIME``.

    >>> OwnTexts.of(pl.DataFrame(), pl.DataFrame()).of_person(3).person.tolist()
    []
    """

    person: NDArray[np.int64]
    aspect: NDArray[np.str_]
    polarity: NDArray[np.float32]
    item: NDArray[np.int64]
    source: NDArray[np.str_]
    time_us: NDArray[np.int64]

    @classmethod
    def of(cls, facts: pl.DataFrame, posts: pl.DataFrame) -> Self:
        """Gather what was read in posts.

        Args:
            facts: columns of ``Store.facts``.
            posts: of ``Store.posts``, for what each is about.
        """
        if facts.is_empty():
            none = np.empty(0, np.int64)
            texts, floats = np.empty(0, np.str_), np.empty(0, np.float32)
            return cls(none, texts, floats, none, texts, none)
        is_opinion = pl.col("name").str.starts_with(_OPINION)
        is_mood = (pl.col("name") == "sentiment") & (pl.col("kind") == int(Kind.POST))
        own = facts.filter(pl.col("person").is_not_null() & (is_opinion | is_mood))
        own = own.filter(pl.col("value").is_in(list(_MOODS)))
        about = posts.select(subject="number", about="item") if posts.height else _NO_POSTS
        own = own.join(about, on="subject", how="left").select(
            "person",
            aspect=pl.when(is_opinion).then(pl.col("name").str.strip_prefix(_OPINION)).otherwise(pl.lit("")),
            polarity=pl.col("value").replace_strict(_MOODS, return_dtype=pl.Float32)
            * pl.when(is_opinion).then(1.0).otherwise(pl.col("confidence")),
            item=pl.when(pl.col("kind") == int(Kind.ITEM)).then("subject").otherwise("about").fill_null(-1),
            source=pl.col("source").fill_null(""),
            time_us=pl.col("time_us").fill_null(NO_TIME),
        ).sort("person", "time_us", descending=[False, True], maintain_order=True)  # fmt: skip
        return cls(
            own["person"].to_numpy(),
            np.array(own["aspect"].to_list(), np.str_),
            own["polarity"].cast(pl.Float32).to_numpy(),
            own["item"].cast(pl.Int64).to_numpy(),
            np.array(own["source"].to_list(), np.str_),
            own["time_us"].to_numpy(),
        )

    def of_person(self, person: int) -> OwnTexts:
        """Return the rows of one person, without copying."""
        rows = slice(*np.searchsorted(self.person, (person, person + 1)).tolist())
        return OwnTexts(*(getattr(self, one.name)[rows] for one in fields(self)))

    def judgment(self, person: int, item: int) -> tuple[float, int] | None:
        """Return what a person last felt toward an item, and when; None where nothing was read."""
        moods = self.of_person(person).moods()
        rows = np.flatnonzero(moods.item == item)
        return (float(moods.polarity[rows[0]]), int(moods.time_us[rows[0]])) if rows.size else None

    def moods(self) -> OwnTexts:
        """Return the rows that tell what whole texts felt like."""
        rows = self.aspect == ""
        return OwnTexts(*(getattr(self, one.name)[rows] for one in fields(self)))

    def opinions(self) -> dict[str, list[tuple[str, Evidence]]]:
        """Return aspect → polarity and where it was said, for all rows that tell of one."""
        told: dict[str, list[tuple[str, Evidence]]] = {}
        for row in np.flatnonzero(self.aspect != "").tolist():
            said = ("negative", "neutral", "positive")[int(np.sign(self.polarity[row])) + 1]
            told.setdefault(str(self.aspect[row]), []).append((said, self.evidence(row)))
        return told

    def evidence(self, row: int) -> Evidence:
        """Return a row as something a statement rests on."""
        source, time_us = str(self.source[row]), int(self.time_us[row])
        return Evidence("post", int(self.item[row]), source, time_us)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the arrays of a snapshot."""
        return {one.name: getattr(self, one.name) for one in fields(self)}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Self:
        """Open what ``arrays`` gave, without copying."""
        return cls(*(arrays[one.name] for one in fields(cls)))


_NO_POSTS = pl.DataFrame(schema={"subject": pl.Int64, "about": pl.Int64})


def months(moods: OwnTexts) -> Iterator[tuple[str, float, list[int]]]:
    """Yield month (``2025-03``), the mean feeling of its texts and their rows, in order of time."""
    dated = np.flatnonzero(moods.time_us != NO_TIME)
    month = np.asarray(moods.time_us[dated], "datetime64[us]").astype("datetime64[M]")
    for one in np.unique(month):
        rows = dated[month == one]
        yield str(one), float(moods.polarity[rows].mean()), rows.tolist()
