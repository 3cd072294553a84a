"""Ties and what people did toward each other, read from the store."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from zhiyin.core import NO_TIME, Kind
from zhiyin.core.exchanges import Exchanges
from zhiyin.social.relations import Claims, kind_and_name
from zhiyin.store.store import Store

Mood = Callable[[Sequence[str]], NDArray[np.floating]]
"""Says how kind texts are, (n,) from -1 to 1."""


def read_exchanges(store: Store, mood: Mood | None = None) -> Exchanges:
    """Return all that people did toward each other, but nobody to itself.

    Args:
        store: where it is.
        mood: of their words; without it no mood is known.
    """
    parts = [chunk.filter(pl.col("person") != pl.col("other")) for chunk in store.interactions()]
    if not parts:
        return Exchanges.empty()
    told = pl.concat(parts)
    moods = np.full(told.height, np.nan, np.float32)
    said = np.flatnonzero(told["text"].fill_null("").str.strip_chars().ne("").to_numpy())
    if mood is not None and said.size:
        words, place = np.unique(told["text"].to_numpy()[said].astype(np.str_), return_inverse=True)
        moods[said] = mood(words.tolist())[place]
    return Exchanges(
        told["person"].to_numpy(),
        told["other"].to_numpy(),
        np.array(told["type"].to_list(), np.str_),
        told["item"].fill_null(-1).to_numpy(),
        told["time_us"].fill_null(NO_TIME).to_numpy(),
        moods,
    )


def read_declared(store: Store) -> pl.DataFrame:
    """Return declared ties: person, other, kind, strength, time_us; nobody tied to itself, none that was taken back."""
    is_tie = (pl.col("person") != pl.col("other")) & (pl.col("strength").fill_null(1) != 0)
    parts = [chunk.select(*_TIES).filter(is_tie) for chunk in store.ties()]
    return pl.concat(parts) if parts else pl.DataFrame(schema=_TIES)


def claims_of(declared: pl.DataFrame, store: Store) -> Claims:
    """Return who is what to whom: as declared, and as people wrote where the other is named by his or her id.

    A text that says only "my sister" names nobody, so it says nothing of a tie.
    """
    told = [declared.select("person", "other", "kind", confidence=1.0, source=-1)]
    for chunk in store.facts():
        named = chunk.filter((pl.col("name") == "relation") & pl.col("person").is_not_null())
        rows = [
            (person, kind, name.lstrip("@"), confidence, number)
            for person, value, confidence, number in named.select("person", "value", "confidence", "id").iter_rows()
            for kind, name in [kind_and_name(value)]
            if kind and name
        ]  # fmt: skip
        if rows:
            whom = store.numbers(Kind.PERSON, [name for _, _, name, _, _ in rows])
            known = [
                (one, int(two), kind, sure, at)
                for (one, kind, _, sure, at), two in zip(rows, whom, strict=True)
                if two >= 0
            ]
            told.append(pl.DataFrame(known, schema=told[0].schema, orient="row"))
    whole = pl.concat(told)
    return Claims(
        whole["person"].to_numpy(),
        whole["other"].to_numpy(),
        np.array(whole["kind"].to_list(), np.str_),
        whole["confidence"].cast(pl.Float32).to_numpy(),
        (whole["source"] < 0).to_numpy(),
        whole["source"].cast(pl.Int64).to_numpy(),
    )


_TIES = {
    "person": pl.Int64, "other": pl.Int64, "kind": pl.String, "strength": pl.Float64, "time_us": pl.Int64,
}  # fmt: skip
