"""What was shown joined with what was done: an event belongs to the page whose ``request_id`` it names."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import polars as pl
from sqlalchemy import ColumnElement, Connection, func, select

from zhiyin.core.entity import Kind
from zhiyin.store.engine import within
from zhiyin.store.schema import events, impressions
from zhiyin.store.shown_features import by_item, kept_names
from zhiyin.store.streams import columns_of, streamed

_PAGE = ("impression", "request_id", "person", "surface", "time_us", "arms", "context")
_SHOWN = {"position": pl.Int64, "item": pl.Int64, "score": pl.Float64, "propensity": pl.Float64}
_OUTCOME = pl.Struct({"type": pl.String, "value": pl.Float64, "time_us": pl.Int64})
_CLICKS = ("click", "view")
"""A view that names a page's request was opened from that page."""


@dataclass(frozen=True, slots=True)
class SurfaceCounts:
    """What became of the items shown on one surface.

    Attributes:
        pages: how many.
        shown: items on them.
        clicks: shown items that were clicked or viewed from there.
        carts: shown items that were put in the cart.
        purchases: shown items that were bought.

    >>> SurfaceCounts(pages=2, shown=20, clicks=5).click_rate
    0.25
    """

    pages: int = 0
    shown: int = 0
    clicks: int = 0
    carts: int = 0
    purchases: int = 0

    @property
    def click_rate(self) -> float:
        """Clicks for each item shown, 0.0 where nothing was shown."""
        return self.clicks / self.shown if self.shown else 0.0


@dataclass(frozen=True, slots=True)
class Attribution:
    """How much of what was done can be traced to what was shown.

    Each event with a ``request_id`` is counted in exactly one of ``joined``, ``unknown_request``, ``other_person`` and
    ``not_on_page``, the first that holds in the order of the last three, else ``joined``.

    Attributes:
        impressions: pages shown.
        with_outcome: pages with at least one joined event.
        events: events that name a request.
        joined: of them, those on an item of the page they name.
        unknown_request: no page has that request.
        other_person: the page was shown to someone else.
        not_on_page: the page did not show that item.
        surfaces: name to counts.

    >>> counts = Attribution(events=3, joined=2, unknown_request=1)
    >>> counts.joined + counts.unknown_request + counts.other_person + counts.not_on_page
    3
    """

    impressions: int = 0
    with_outcome: int = 0
    events: int = 0
    joined: int = 0
    unknown_request: int = 0
    other_person: int = 0
    not_on_page: int = 0
    surfaces: Mapping[str, SurfaceCounts] = field(default_factory=dict)


def labelled(
    connection: Connection, after: int = 0, chunk_pages: int = 10_000, latest: int | None = None
) -> Iterator[pl.DataFrame]:
    """Yield one row for each item shown, in the order shown, with what was done with it.

    Args:
        connection: one whose reads all see one moment.
        after: only impressions with a greater id.
        chunk_pages: pages in a frame, at most.
        latest: how many of the latest pages, at most; None for all.
    Returns: frames of impression (id), request_id, person, surface, time_us, position (from 0), item, score, propensity,
        arms and context (JSON), outcomes: a list of structs type, value, time_us in the order of time (those of unknown
        time last), empty where nothing was done; feature_names (JSON) and features, a list of float32, as they were when
        the page was made, both null where nothing was told.
    Complexity: O(items shown + events that name a request) time; memory for one chunk.
    """
    if latest is not None:
        newest = connection.execute(select(func.max(impressions.c.id))).scalar() or 0
        after = max(after, newest - latest)
    names = kept_names(connection)
    for pages in _pages(connection, after, chunk_pages):
        shown = _shown(pages)
        rows = _joined(shown, _told_apart(_done(connection, pages), pages, shown))
        yield rows.hstack(by_item(pages, shown["impression"], names))


def outcomes(connection: Connection, impression: int) -> list[list[dict[str, Any]]]:
    """Return what was done with each item of one page, in the order shown, as ``labelled`` has it.

    Args:
        connection: one whose reads all see one moment.
        impression: the page's id; there is such a page.
    """
    [pages] = _pages(connection, impression - 1, 1, impression)
    shown = _shown(pages)
    done = _told_apart(_done(connection, pages), pages, shown)
    return _joined(shown, done)["outcomes"].to_list()


def outcomes_between(
    connection: Connection, from_us: int, until_us: int, chunk_pages: int = 10_000
) -> Iterator[pl.DataFrame]:
    """Yield one row for each item shown in a range of time, with whether it was clicked, put in the cart and bought.

    Args:
        connection: one whose reads all see one moment.
        from_us: of the first pages, microseconds since 1970.
        until_us: pages from then on are left out.
        chunk_pages: pages in a frame, at most.
    Returns: frames of impression (id), person, surface, time_us, item, position (from 0), score, clicked, carted, bought.
    """
    c = impressions.c
    for pages in _pages(
        connection, 0, chunk_pages, None, (c.time_us >= from_us, c.time_us < until_us)
    ):
        shown = _shown(pages)
        rows = _joined(shown, _told_apart(_done(connection, pages), pages, shown))
        yield rows.select(
            "impression", "person", "surface", "time_us", "item", "position", "score",
            clicked=_among(*_CLICKS), carted=_among("cart"), bought=_among("purchase"),
        )  # fmt: skip


def attribution(connection: Connection) -> Attribution:
    """Return how much of what was done can be traced to what was shown, by one pass over the pages.

    Args:
        connection: one whose reads all see one moment.
    """
    fates: Counter[str] = Counter()
    surfaces: dict[str, Counter[str]] = {}
    for pages in _pages(connection, 0, 10_000):
        shown = _shown(pages)
        done = _told_apart(_done(connection, pages), pages, shown)
        fates.update(done["fate"].to_list())
        fates["with_outcome"] += done.filter(fate="joined")["request_id"].n_unique()
        for surface, n_pages in pages["surface"].value_counts().iter_rows():
            surfaces.setdefault(surface, Counter())["pages"] += n_pages
        for row in _surfaces(_joined(shown, done)).iter_rows(named=True):
            surfaces[row.pop("surface")].update(row)
    asked = select(func.count()).where(events.c.request_id.is_not(None))
    n_events = int(connection.execute(asked).scalar_one())
    known = fates["joined"] + fates["other_person"] + fates["not_on_page"]
    return Attribution(
        impressions=sum(counts["pages"] for counts in surfaces.values()),
        with_outcome=fates["with_outcome"],
        events=n_events,
        joined=fates["joined"],
        unknown_request=n_events - known,
        other_person=fates["other_person"],
        not_on_page=fates["not_on_page"],
        surfaces={name: SurfaceCounts(**surfaces[name]) for name in sorted(surfaces)},
    )


def _pages(
    connection: Connection,
    after: int,
    chunk_pages: int,
    until: int | None = None,
    which: Sequence[ColumnElement[bool]] = (),
) -> Iterator[pl.DataFrame]:
    c = impressions.c
    columns = [column.label("impression") if column is c.id else column for column in c]
    question = select(*columns).where(c.id > after, *which).order_by(c.id)
    if until is not None:
        question = question.where(c.id <= until)
    return streamed(connection, question, chunk_rows=chunk_pages)


def _shown(pages: pl.DataFrame) -> pl.DataFrame:
    """Return a row for each item of each page."""
    rows: list[tuple[int, int, float | None, float | None]] = []
    lengths = []
    for items, scores, drawn in pages.select("items", "scores", "propensities").iter_rows():
        numbers = json.loads(items)
        n = len(numbers)
        rows.extend(
            zip(range(n), numbers, _of_length(n, scores), _of_length(n, drawn), strict=True)
        )
        lengths.append(n)
    page = np.repeat(np.arange(pages.height), np.array(lengths, np.int64))
    shown = pl.DataFrame(rows, schema=_SHOWN, orient="row")
    return pl.concat([pages.select(_PAGE)[page], shown], how="horizontal")


def _of_length(n: int, values: str | None) -> list[float | None]:
    """Return n numbers of a JSON list, None where it has none."""
    return [*json.loads(values or "[]"), *[None] * n][:n]


def _done(connection: Connection, pages: pl.DataFrame) -> pl.DataFrame:
    """Return the events that name one of some pages."""
    c = events.c
    columns = [c.id, c.request_id, c.person.label("by"), c.kind, c.item, c.type, c.value, c.time_us]
    # That they are not null is said twice, for the index holds only those.
    asked = within(connection, c.request_id, pages["request_id"]), c.request_id.is_not(None)
    question = select(*columns).where(*asked)
    return pl.concat([pl.DataFrame(schema=columns_of(question)), *streamed(connection, question)])


def _told_apart(done: pl.DataFrame, pages: pl.DataFrame, shown: pl.DataFrame) -> pl.DataFrame:
    """Return events of known requests with their ``fate``: joined, other_person or not_on_page."""
    places = shown.select("request_id", "item", is_shown=True).unique()
    is_other = pl.col("person").is_not_null() & (pl.col("person") != pl.col("by"))
    is_shown = pl.col("is_shown").is_not_null() & (pl.col("kind") == int(Kind.ITEM))
    fate = (
        pl.when(is_other)
        .then(pl.lit("other_person"))
        .when(is_shown)
        .then(pl.lit("joined"))
        .otherwise(pl.lit("not_on_page"))
    )
    return (
        done.join(pages.select("request_id", "person"), on="request_id")
        .join(places, on=["request_id", "item"], how="left")
        .with_columns(fate=fate)
    )


def _joined(shown: pl.DataFrame, done: pl.DataFrame) -> pl.DataFrame:
    """Return shown items with what was done with each."""
    outcomes = (
        done.filter(fate="joined")
        .sort("time_us", "id", nulls_last=True)
        .group_by("request_id", "item", maintain_order=True)
        .agg(outcomes=pl.struct("type", "value", "time_us"))
    )
    rows = shown.join(outcomes, on=["request_id", "item"], how="left", maintain_order="left")
    told = pl.col("outcomes").fill_null(pl.lit([], pl.List(_OUTCOME)))
    return rows.select(*_PAGE[:5], *_SHOWN, *_PAGE[5:], told)


def _surfaces(rows: pl.DataFrame) -> pl.DataFrame:
    """Return of each surface how many of the items shown there became what."""
    return rows.group_by("surface").agg(
        shown=pl.len(),
        clicks=_among(*_CLICKS).sum(),
        carts=_among("cart").sum(),
        purchases=_among("purchase").sum(),
    )


def _among(*wanted: str) -> pl.Expr:
    """Return whether any of some types is among what was done with an item."""
    types = pl.col("outcomes").list.eval(pl.element().struct.field("type"))
    return types.list.eval(pl.element().is_in(wanted)).list.any()
