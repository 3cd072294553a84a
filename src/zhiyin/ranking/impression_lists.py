"""The log of what was shown, as arrays to learn from: pages with the features that were known when they were made."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import polars as pl
from numpy.typing import NDArray

from zhiyin.store.store import Store

ACTIONS: Mapping[str, tuple[str, ...]] = {
    "click": ("click", "view"),
    "cart": ("cart",),
    "purchase": ("purchase",),
    "hide": ("hide", "dislike"),
    "return": ("return",),
    "report": ("report",),
}
"""What can become of an item shown, and the types of event that say so; a view that names its page was a click there."""


LATEST = 100_000
"""Pages that are read, the latest ones: with 20 items and 50 features they take 0.4 GB."""
_CHUNK_PAGES = 5_000


@dataclass(frozen=True, slots=True, eq=False)
class LoggedLists:
    """Pages in the order of time, g of them with r items in all; the items of a page lie one after the other as shown.

    Attributes:
        names: of the f features.
        features: (r, f) float32 as they were when the page was made, NaN where something was not known; a whole row of NaN
            is an item that was not looked at.
        group: (g,) int64, items of each page; their sum is r.
        item: (r,) int64 numbers.
        position: (r,) int64 place on the page, from 0.
        propensity: (r,) float64 chance of standing there, NaN where nothing was drawn.
        surface: (r,) int64 into ``surfaces``.
        surfaces: names.
        time_us: (g,) int64, when each page was made, microseconds since 1970 UTC, ascending.
        person: (g,) int64, -1 for someone unknown.
        outcomes: action → (r,) bool, whether that was done with the item later, see ``ACTIONS``.
    """

    names: tuple[str, ...]
    features: NDArray[np.float32]
    group: NDArray[np.int64]
    item: NDArray[np.int64]
    position: NDArray[np.int64]
    propensity: NDArray[np.float64]
    surface: NDArray[np.int64]
    surfaces: tuple[str, ...]
    time_us: NDArray[np.int64]
    person: NDArray[np.int64]
    outcomes: Mapping[str, NDArray[np.bool_]]

    def __post_init__(self) -> None:
        pages, rows = len(self.group), int(self.group.sum())
        columns = (self.item, self.position, self.propensity, self.surface, *self.outcomes.values())
        if self.features.shape != (rows, len(self.names)):
            raise ValueError(f"features are {self.features.shape}, not {(rows, len(self.names))}")
        if any(column.shape != (rows,) for column in columns):
            raise ValueError(f"a column has not {rows} rows")
        if self.time_us.shape != (pages,) or self.person.shape != (pages,):
            raise ValueError(f"a column has not {pages} pages")

    def __len__(self) -> int:
        return len(self.group)

    def start(self) -> NDArray[np.int64]:
        """Return the first row of each page, (g,) int64."""
        return np.cumsum(self.group) - self.group

    def page(self) -> NDArray[np.int64]:
        """Return which page each row is of, (r,) int64 ascending."""
        return np.repeat(np.arange(len(self.group)), self.group)

    def where(self, chosen: NDArray[np.bool_]) -> Self:
        """Return some of the pages, (g,) bool."""
        rows = np.repeat(chosen, self.group)
        return type(self)(
            self.names,
            self.features[rows],
            self.group[chosen],
            self.item[rows],
            self.position[rows],
            self.propensity[rows],
            self.surface[rows],
            self.surfaces,
            self.time_us[chosen],
            self.person[chosen],
            {action: done[rows] for action, done in self.outcomes.items()},
        )


def read_logged(
    store: Store, names: Sequence[str], latest: int = LATEST
) -> tuple[LoggedLists, dict[str, int]]:
    """Return the latest pages that have more than half of some features, and how many had none, or others.

    A name never changes its meaning, so features are found by name, NaN where a page lacks one: parts of a blend come and go
    with trainings. What was done later is what the pages' items became; it changes no feature. Items that the scorer did not
    look at, and pages of fewer than two others, are left out.

    Args:
        store: with the log.
        names: of the features that are wanted, in the order wanted.
        latest: how many pages are looked at.
    Returns: the pages, and ``pages``, ``without features`` and ``with other features``.
    Complexity: O(items shown) time, memory for the pages that are used and one chunk.
    """
    told = {"pages": 0, "without features": 0, "with other features": 0}
    parts: list[pl.DataFrame] = []
    for shown in store.labelled(chunk_pages=_CHUNK_PAGES, latest=latest):
        told["pages"] += shown["impression"].n_unique()
        is_told = pl.col("features").is_not_null()
        told["without features"] += shown.filter(~is_told)["impression"].n_unique()
        for (said,), own in shown.filter(is_told).group_by("feature_names", maintain_order=True):
            place = {name: at for at, name in enumerate(json.loads(str(said)))}
            if 2 * sum(name in place for name in names) <= len(names):
                told["with other features"] += own["impression"].n_unique()
                continue
            parts.append(_wanted(own, len(place), [place.get(name, -1) for name in names]))
    empty = pl.DataFrame(schema=_schema(len(names)))
    rows = pl.concat([empty, *parts]).sort("time_us", "impression", "position")
    return _lists(rows, tuple(names)), told


def _schema(n_features: int) -> pl.Schema:
    return pl.Schema(
        {
            "impression": pl.Int64(), "person": pl.Int64(), "surface": pl.String(),
            "time_us": pl.Int64(), "position": pl.Int64(), "item": pl.Int64(),
            "propensity": pl.Float64(), "features": pl.Array(pl.Float32, n_features),
            **dict.fromkeys(ACTIONS, pl.Boolean()),
        }
    )  # fmt: skip


def _wanted(shown: pl.DataFrame, n_logged: int, places: Sequence[int]) -> pl.DataFrame:
    """Return the items that were looked at, of pages with at least two, with the features at some places, -1 for none."""
    features = shown["features"].list.to_array(n_logged).to_numpy()
    features = np.pad(features, ((0, 0), (0, 1)), constant_values=np.nan)
    types = pl.col("outcomes").list.eval(pl.element().struct.field("type"))
    done = [
        types.list.eval(pl.element().is_in(kinds)).list.any().alias(action)
        for action, kinds in ACTIONS.items()
    ]
    chosen = pl.Series("features", features[:, places])
    rows = shown.with_columns(chosen, *done).select(_schema(len(places)).names())
    rows = rows.filter(~np.isnan(features).all(axis=1))
    return rows.filter(pl.len().over("impression") > 1)


def _lists(rows: pl.DataFrame, names: tuple[str, ...]) -> LoggedLists:
    pages = rows.group_by("impression", maintain_order=True).agg(
        pl.len(), pl.first("time_us"), pl.first("person")
    )
    surfaces = sorted(rows["surface"].unique())
    code = {name: place for place, name in enumerate(surfaces)}
    return LoggedLists(
        names,
        rows["features"].to_numpy().reshape(rows.height, len(names)),
        pages["len"].cast(pl.Int64).to_numpy(),
        rows["item"].to_numpy(),
        rows["position"].to_numpy(),
        rows["propensity"].fill_null(np.nan).to_numpy(),
        rows["surface"].replace_strict(code, return_dtype=pl.Int64).to_numpy(),
        tuple(surfaces),
        pages["time_us"].to_numpy(),
        pages["person"].fill_null(-1).to_numpy(),
        {action: rows[action].to_numpy() for action in ACTIONS},
    )
