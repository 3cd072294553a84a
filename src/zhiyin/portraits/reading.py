"""Portraits read from the store: of all items, of all people, and of one person with everything that is said."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy import sparse

from zhiyin.core import NO_TIME, Kind
from zhiyin.core.history import History
from zhiyin.portraits import facets
from zhiyin.portraits.fusion import Fused, Told, fuse
from zhiyin.portraits.groups import read_groups
from zhiyin.portraits.item_table import ItemPortraits
from zhiyin.portraits.keywords import ItemWords
from zhiyin.portraits.own_texts import OwnTexts
from zhiyin.portraits.portrait import Social, UserPortrait, lasting, mood, social
from zhiyin.portraits.related import related_items
from zhiyin.portraits.statement import Evidence, Statement
from zhiyin.portraits.table import PortraitTable
from zhiyin.portraits.weights import BUY, event_weights, is_judgment
from zhiyin.store.store import Store

_LONGEST = 1000
_RECENT = 100  # events of a source that are looked at
_JUDGED = ("rating", "review")
_DOING = {
    "person": pl.Int64, "item": pl.Int64, "type": pl.String, "value": pl.Float64, "time_us": pl.Int64,
}  # fmt: skip
_FACTS = ("sentiment", "brand", "colour", "material", "season", "audience")


def read_facts(store: Store) -> pl.DataFrame:
    """Return the facts that portraits of all items and people are made of: of items, and what people felt and thought."""
    wanted = pl.col("name").is_in(_FACTS) | pl.col("name").str.starts_with("opinion.")
    parts = [chunk.filter(wanted) for chunk in store.facts()]
    return pl.concat(parts) if parts else pl.DataFrame()


def read_doings(store: Store, kind: Kind, types: Collection[str] | None = None) -> pl.DataFrame:
    """Return what people did with items, or with posts, and did not keep private, in the order it came.

    Args:
        store: whose events; all of them are looked at.
        kind: of what they are about.
        types: of events; all unless given.
    Returns: person, item (the number of what it is about), type, value, and time_us, or ``NO_TIME``.
    """
    wanted = pl.col("kind") == int(kind)
    if types is not None:
        wanted &= pl.col("type").is_in(list(types))
    parts = [chunk.filter(wanted).select(*_DOING) for chunk in store.events(private=False)]
    done = pl.concat([pl.DataFrame(schema=_DOING), *parts])
    return done.with_columns(pl.col("time_us").fill_null(NO_TIME))


def read_items(
    store: Store,
    vectors: NDArray[np.floating[Any]],
    facts: pl.DataFrame,
    *,
    touched: Any = None,
    chosen: Any = None,
) -> ItemPortraits:
    """Return the portraits of the items numbered below the number of vectors.

    Args:
        store: whose catalogue and people.
        vectors: (n, dim) of their texts, centred.
        facts: by ``read_facts``.
        touched: as in ``ItemPortraits.of``.
        chosen: (n_people, n) float32 CSR of who likes what, above 0; without it there are no groups and no related items.
    """
    told = None if facts.is_empty() else facts
    beside: dict[str, Any] = {}
    if chosen is not None:
        groups, member = read_groups(store, chosen.shape[0])
        audience = sparse.csr_array(chosen.astype(bool).astype(np.float32).T @ member)
        audience.sort_indices()
        related = related_items(chosen, vectors)
        beside = {"groups": groups, "audience": audience, "related": related}
    items = store.entities_since(Kind.ITEM, -1)
    return ItemPortraits.of(items, vectors, told, touched=touched, **beside)


def read_words(store: Store, n_items: int) -> ItemWords:
    """Return the words of items' titles."""
    items = store.entities_since(Kind.ITEM, -1).filter(pl.col("number") < n_items)
    titles = [""] * n_items
    for number, title in items.select("number", "title").iter_rows():
        titles[number] = title or ""
    return ItemWords.of(titles)


def read_own_texts(store: Store, facts: pl.DataFrame) -> OwnTexts:
    """Return what was read in people's own posts."""
    parts = [chunk.select("number", "item") for chunk in store.posts()]
    return OwnTexts.of(facts, pl.concat(parts) if parts else pl.DataFrame())


def read_table(
    store: Store,
    items: ItemPortraits,
    texts: OwnTexts,
    *,
    until: int | None = None,
    scale: tuple[float, float] = (1.0, 5.0),
    zone: str = "UTC",
) -> PortraitTable:
    """Build the portraits of all people from their events with items.

    What a person wrote about an item goes before the rating of it; an item somebody wrote about without an event of
    judging it counts as judged then.

    Args:
        store: whose events.
        items: their portraits.
        texts: what people wrote.
        until: id of the last event that counts; all do if None.
        scale: lowest and highest rating.
        zone: whose hours count.
    """
    own = _judgments(texts)
    parts = []
    is_wanted = pl.col("kind") == int(Kind.ITEM)
    if until is not None:
        is_wanted &= pl.col("id") <= until
    for chunk in store.events(private=False):
        events = chunk.filter(is_wanted).join(
            own.select("person", "item", "polarity"), on=["person", "item"], how="left"
        )
        value = events["value"].fill_null(np.nan).to_numpy()
        thought = events["polarity"].fill_null(np.nan).to_numpy()
        weight = event_weights(_types(events["type"]), value, thought, scale=scale)
        judged = events["type"].is_in(_JUDGED)
        when = pl.col("time_us").fill_null(NO_TIME)
        told = events.select("person", "item", when, weight=pl.Series(weight), judged=judged)
        parts.append(told)
    events = pl.concat(parts) if parts else _NO_EVENTS
    said = events.filter(pl.col("judged")).select("person", "item")
    alone = own.join(said, on=["person", "item"], how="anti")
    thought = alone["polarity"].to_numpy()
    reviews = np.full(alone.height, "review")
    weight = event_weights(reviews, np.full(alone.height, np.nan), thought, scale=scale)
    more = alone.select("person", "item", "time_us", weight=pl.Series(weight))
    told = pl.concat([events.drop("judged"), more])
    columns = (told[name].to_numpy() for name in ("person", "item", "weight", "time_us"))
    return PortraitTable.of(items, *columns, n_people=store.count(Kind.PERSON), zone=zone)


class PortraitReader:
    """Reads the whole portrait of one person at a time.

    Args:
        store: for what the person did and is known for.
        table: of all people.
        texts: what people wrote.
        words: of items; without them there are no keywords.
        scale: lowest and highest rating.
        zone: whose hours count.
    """

    def __init__(
        self,
        store: Store,
        table: PortraitTable,
        texts: OwnTexts,
        words: ItemWords | None = None,
        *,
        scale: tuple[float, float] = (1.0, 5.0),
        zone: str = "UTC",
    ) -> None:
        self._store = store
        self._table = table
        self._texts = texts
        self._words = words
        self._scale = scale
        self._zone = ZoneInfo(zone)

    def read(
        self,
        person: int,
        now_us: int,
        *,
        given: Social | None = None,
        removed: Collection[str] = (),
        beside: Mapping[str, Told] | None = None,
    ) -> UserPortrait:
        """Return what is said of a person.

        Args:
            person: number.
            now_us: when.
            given: what the network knows.
            removed: ids of statements the person does not want said.
            beside: sources that are joined with purchases, views and reviews, such as posts and friends.
        """
        table, items = self._table, self._table.items
        history = self._store.history(person, _LONGEST)
        own = self._texts.of_person(person)
        weights, judged = self._weights(history, own), is_judgment(history.types)
        statements = [
            *facets.leanings(table.facets(person, now_us), table.prior, items, history, weights),
            *facets.prices(items, history, weights, now_us),
            *facets.aspects(own.opinions()),
            *facets.hours(table.hours(person, now_us), history, self._hours),
            *self._keywords(history, weights, (weights >= BUY) | (judged & (weights > 0))),
            *lasting(self._store.mined.of(Kind.PERSON, person), now_us),
            *mood(own),
            *social(given),
        ]
        fused = self._fused(history, weights, judged, now_us, beside or {})
        mass, vector = table.mass(person, now_us), table.vector(person, now_us)
        told = UserPortrait(person, tuple(statements), mass, vector, fused.sources)
        return told.without(removed)

    def _weights(self, history: History, own: OwnTexts) -> NDArray[np.float32]:
        """Return (h,) weights of events, by the same rule as ``read_table``."""
        moods = own.moods()
        about = dict(zip(moods.item[::-1].tolist(), moods.polarity[::-1].tolist(), strict=True))
        thought = None
        if about.pop(-1, None) is not None or about:
            thought = np.array([about.get(item, np.nan) for item in history.items.tolist()], float)
        return event_weights(history.types, history.values, thought, scale=self._scale)

    def _hours(self, history: History) -> NDArray[np.int64]:
        """Return (h,) the hour of each event, -1 where it is not known."""
        is_dated = history.time_us != NO_TIME
        when = pl.Series(np.where(is_dated, history.time_us, 0)).cast(pl.Datetime("us", "UTC"))
        hour = when.dt.convert_time_zone(str(self._zone)).dt.hour().cast(pl.Int64).to_numpy()
        return np.where(is_dated, hour, -1)

    def _keywords(
        self, history: History, weights: NDArray[np.float32], is_liked: NDArray[np.bool_]
    ) -> list[Statement]:
        if self._words is None:
            return []
        liked = np.flatnonzero(is_liked)

        def evidence(item: int) -> Evidence:
            row = int(liked[np.argmax(history.items[liked] == item)])
            return Evidence(str(history.types[row]), item, None, int(history.time_us[row]))

        return self._words.of_person(history.items[liked], weights[liked], evidence)

    def _fused(
        self,
        history: History,
        weights: NDArray[np.float32],
        judged: NDArray[np.bool_],
        now_us: int,
        beside: Mapping[str, Told],
    ) -> Fused:
        """Join what was done, thought and told."""
        items = self._table.items
        known = history.items < len(items)
        bought = ~judged & (weights >= BUY)
        told = dict(beside)
        for name, rows in (
            ("purchases", bought),
            ("reviews", judged),
            ("views", ~judged & ~bought),
        ):
            at = np.flatnonzero(rows & known)[:_RECENT]
            told[name] = Told(items.vectors[history.items[at]], history.time_us[at], weights[at])
        return fuse(told, items.dim, now_us)


_NO_EVENTS = pl.DataFrame(
    schema={
        "person": pl.Int64, "item": pl.Int64, "time_us": pl.Int64, "weight": pl.Float32, "judged": pl.Boolean,
    }
)  # fmt: skip


def _judgments(texts: OwnTexts) -> pl.DataFrame:
    """Return of each person and item what was last written: person, item, polarity, time_us."""
    moods = texts.moods()
    columns = {name: getattr(moods, name) for name in ("person", "item", "polarity", "time_us")}
    about = pl.DataFrame(columns).filter(pl.col("item") >= 0)
    return about.unique(["person", "item"], keep="first", maintain_order=True)


def _types(column: pl.Series) -> NDArray[np.str_]:
    return np.array(column.to_list(), np.str_)
