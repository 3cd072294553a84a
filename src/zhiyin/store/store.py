"""The store: everything that must not be lost, behind one door."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import Any, Self

import numpy as np
import polars as pl
from numpy.typing import NDArray
from sqlalchemy import Table, bindparam, delete, select

from zhiyin.core.entity import Kind
from zhiyin.core.history import History
from zhiyin.core.impression import Impression
from zhiyin.core.progress import Progress, untold
from zhiyin.errors import StoreError, UnknownEntity
from zhiyin.privacy.pseudonyms import Pseudonyms
from zhiyin.privacy.secret import Secret
from zhiyin.store import impressions as pages
from zhiyin.store import reads
from zhiyin.store import schema as tables
from zhiyin.store import vectors as embedded
from zhiyin.store.answers import KeptAnswers
from zhiyin.store.asked import AskedRead
from zhiyin.store.attribution import Attribution, attribution, labelled
from zhiyin.store.audit import Audit
from zhiyin.store.batches import checked
from zhiyin.store.by_key import ByKey
from zhiyin.store.consistency import numbers_out_of_range
from zhiyin.store.conversations import Conversations
from zhiyin.store.documents import StoredDocuments
from zhiyin.store.dump import dump
from zhiyin.store.dump_file import DumpReader, Manifest
from zhiyin.store.engine import Database
from zhiyin.store.erasure import Erasure
from zhiyin.store.export import Exported, export, export_lines
from zhiyin.store.feedback import Feedback
from zhiyin.store.figures import Figures
from zhiyin.store.frames import defaults
from zhiyin.store.keys import StoredKeys
from zhiyin.store.migrate import migrate
from zhiyin.store.mined import MinedFacts
from zhiyin.store.orders import Orders
from zhiyin.store.pseudonymity import pseudonyms_of
from zhiyin.store.ranges import RangesRead
from zhiyin.store.restore import restore
from zhiyin.store.rules import StoredRules
from zhiyin.store.searches import Searches
from zhiyin.store.shown_pages import ShownPages
from zhiyin.store.since import SinceRead
from zhiyin.store.states import put_state
from zhiyin.store.synonyms import StoredSynonyms
from zhiyin.store.table_file import Form
from zhiyin.store.writes import Written, write


class Store:
    """The facts of one shop. What a write returned from is on the disk.

    Several threads and several processes may read and write at the same time; readers never wait.

    >>> import tempfile
    >>> from zhiyin.core.records import Event
    >>> from zhiyin.store.frames import frame
    >>> with tempfile.TemporaryDirectory() as folder, Store.open(f"{folder}/shop.db") as store:
    ...     written = store.write("events", frame([Event("an", "tea"), Event("bo", "tea")]))
    ...     written.accepted, store.number(Kind.PERSON, "bo"), store.history(1).items.tolist()
    ({'items': 1, 'users': 2, 'events': 2}, 1, [0])
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._history = reads.HistoryRead(database)
        self._friends = reads.FriendsRead(database)
        self.entities = reads.EntitiesRead(database)
        state = tables.state.c
        self._by_key = ByKey(database)
        self.orders = Orders(database, self._by_key)
        self.mined = MinedFacts(database)
        self.people = reads.PeopleRead(database)
        self.since, self.ranges = SinceRead(database), RangesRead(database)
        self.rules = StoredRules(database)
        self.synonyms, self.documents = StoredSynonyms(database), StoredDocuments(database)
        self.conversations = Conversations(database)
        self.asked = AskedRead(database)
        self.searches, self.feedback = Searches(database), Feedback(database)
        self.answers, self.shown = KeptAnswers(database), ShownPages(database)
        self.api_keys, self.audit = StoredKeys(database), Audit(database)
        self.erasure, self.figures = Erasure(database), Figures(database)
        self._state = database.prepare(select(state.value).where(state.key == bindparam("key")))

    @classmethod
    def open(cls, url_or_path: str | PathLike[str], secret: Secret | None = None) -> Store:
        """Open a store, make it where there is none, and bring its tables to this version.

        Args:
            url_or_path: a path such as ``shop.db``, or a URL such as ``sqlite:///shop.db``.
            secret: makes the pseudonyms under which people's ids are kept; None where they are kept as they are.
        Raises:
            StoreUnavailable: it cannot be opened, read or written, or a newer version made it.
            StoreError: people's ids are kept otherwise there; see ``pseudonymity.pseudonyms_of``.
        """
        database = Database.at(url_or_path)
        try:
            migrate(database)
            database.hide_people(pseudonyms_of(database, secret))
        except BaseException:
            database.close()
            raise
        return cls(database)

    @property
    def pseudonyms(self) -> Pseudonyms:
        """What stands for people's ids, digests and texts in what is kept."""
        return self._database.pseudonyms

    def close(self) -> None:
        """Close every connection; the store answers no more."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        self.close()

    def write(
        self,
        kind: str,
        batch: pl.DataFrame,
        state: Callable[[Written], Mapping[str, str]] | None = None,
    ) -> Written:
        """Store a batch of records in one transaction; saying the same thing again changes nothing.

        Args:
            kind: ``events``, ``items``, ``users``, ``ties``, ``interactions``, ``posts``, ``chats``, ``facts``, ``documents`` or ``orders``.
            batch: (n, fields) with columns of ``frames.schema(kind)``; those left out are null. Entities it names for
                the first time are made, with only their key. In items, users, ties and posts null never erases.
            state: JSON texts to keep by key in the same transaction, made from what the batch changed.
        Returns: what it changed.
        Raises:
            InvalidRecord: the batch is not made of such records; nothing is stored.
            StoreUnavailable: the database does not answer; nothing is stored.
        """
        rows = checked(kind, batch, self.pseudonyms)
        if rows.is_empty() and state is None:
            return Written({}, 0)
        with self._database.writing() as connection:
            written = Written({}, 0) if rows.is_empty() else write(connection, kind, rows)
            for key, value_json in (state(written) if state else {}).items():
                put_state(connection, key, value_json)
            return written

    def number(self, kind: Kind, key: str) -> int | None:
        """Return the number of the entity with an id, None where there is none."""
        return self._by_key.number(kind, key)

    def entity(self, kind: Kind, key: str) -> dict[str, Any] | None:
        """Return what is known of the entity with an id, None where there is none.

        Returns: its ``number``, and the fields of ``core.records.Item`` but the id: ``created`` is a UTC time,
            ``attributes`` and ``translations`` are mappings, what is not known is None.
        """
        return self._by_key.entity(kind, key)

    def numbers(self, kind: Kind, keys: Iterable[str]) -> NDArray[np.int64]:
        """Return (n,) int64 numbers of n ids, -1 where there is no such entity."""
        return self._by_key.numbers(kind, keys)

    def keys(self, kind: Kind, numbers: Iterable[int] | NDArray[np.int64]) -> list[str]:
        """Return the ids of entities.

        Raises:
            UnknownEntity: a number was never given.
        """
        try:
            return self._by_key.keys(kind, np.fromiter(numbers, np.int64))
        except KeyError as error:
            raise UnknownEntity(
                f"no {kind.name.lower()} has the number {error.args[0]}",
                where=self._database.where,
                expected=f"a number below {self.count(kind)}",
            ) from None

    def count(self, kind: Kind) -> int:
        """Return how many numbers of a kind were given so far; the next one is this."""
        return int(self._counter(f"#{int(kind)}"))

    def revision(self) -> int:
        """Return the revision of the last change to any entity; 0 before the first."""
        return int(self._counter("#revision"))

    def history(self, person: int, limit: int = 200) -> History:
        """Return a person's last events with items, newest first, those of unknown time last.

        Complexity: O(limit) look-ups; half a millisecond for 200.
        """
        return self._history(person, limit)

    def friends(self, person: int) -> NDArray[np.int64]:
        """Return the numbers of the people to whom a person is tied, ascending; nobody of whom either is against the other.

        Complexity: one look-up and as many rows as there are ties.
        """
        return self._friends(person)

    def events(
        self, chunk_rows: int = 500_000, after: int = 0, *, private: bool = True
    ) -> Iterator[pl.DataFrame]:
        """Yield the events in the order they came: id, person, kind, item, type, value, time_us.

        Args:
            chunk_rows: rows in a frame, at most.
            after: only events with a greater id.
            private: whether those are among them that people keep to themselves.
        """
        return reads.event_chunks(self._database, chunk_rows, after, private=private)

    def ties(self, chunk_rows: int = 500_000) -> Iterator[pl.DataFrame]:
        """Yield the ties: id, person, other, kind, strength, time_us."""
        return self._whole(tables.ties, chunk_rows)

    def interactions(self, chunk_rows: int = 500_000, after: int = 0) -> Iterator[pl.DataFrame]:
        """Yield what people did toward one another: id, person, other, type, item, value, text, time_us."""
        return self._whole(tables.interactions, chunk_rows, after)

    def posts(self, chunk_rows: int = 100_000) -> Iterator[pl.DataFrame]:
        """Yield the posts: number, revision, person, item, kind, text, title, rating, language, time_us."""
        told = defaults("posts").items()
        for chunk in self._whole(tables.posts, chunk_rows, after=-1):
            yield chunk.with_columns(pl.col(name).fill_null(value) for name, value in told)

    def chats(self, chunk_rows: int = 100_000, after: int = 0) -> Iterator[pl.DataFrame]:
        """Yield the turns of conversations: id, conversation, role, text, person, item, time_us."""
        return self._whole(tables.chats, chunk_rows, after)

    def facts(self, chunk_rows: int = 100_000, after: int = 0) -> Iterator[pl.DataFrame]:
        """Yield the facts: id, kind and subject (an entity), name, value, person, span, source, method, confidence,
        time_us, expires_us.
        """
        return self._whole(tables.facts, chunk_rows, after)

    def entities_since(self, kind: Kind, revision: int) -> pl.DataFrame:
        """Return the entities of a kind inserted or changed after a revision, in order of number.

        Returns: columns number, revision, id and the fields of ``core.records.Item``. Ask with -1 for all.
        """
        return self.entities.since(kind, revision)

    def record_impressions(self, shown: Sequence[Impression]) -> int:
        """Store pages that were shown; a request stored before is left as it was.

        Returns: how many were new.
        """
        with self._database.writing() as connection:
            return pages.record(connection, shown)

    def impressions(self, after: int = 0) -> Iterator[tuple[int, Impression]]:
        """Yield (id, impression) in the order they came, those with an id greater than ``after``."""
        return pages.stream(self._database, after)

    def labelled(
        self, after: int = 0, chunk_pages: int = 10_000, latest: int | None = None
    ) -> Iterator[pl.DataFrame]:
        """Yield a row for each item shown with what was done with it, as at one moment; see ``attribution.labelled``."""
        with self._database.frozen() as connection:
            yield from labelled(connection, after, chunk_pages, latest)

    def attribution(self) -> Attribution:
        """Return how much of what was done can be traced to what was shown."""
        with self._database.frozen() as connection:
            return attribution(connection)

    def dump(self, path: Path, *, replaces: bool = False, progress: Progress = untold) -> Manifest:
        """Write everything to one file as it is at one moment; see ``dump.dump``."""
        return dump(self._database, path, replaces=replaces, progress=progress)

    def restore(self, source: DumpReader, progress: Progress = untold) -> None:
        """Load a dump into this store, which must be empty, all of it or nothing; see ``restore.restore``."""
        restore(self._database, source, progress)

    def export(
        self,
        folder: Path,
        form: Form = "parquet",
        only: Sequence[str] = (),
        *,
        replaces: bool = False,
        progress: Progress = untold,
    ) -> dict[str, Exported]:
        """Write kinds of records with the shop's own ids, as they are at one moment; see ``export.export``."""
        return export(self._database, folder, form, only, replaces=replaces, progress=progress)

    def export_lines(self, kind: str) -> Iterator[str]:
        """Yield a kind of records as lines of JSON, some at once, as they are at one moment; see ``export.export_lines``."""
        return export_lines(self._database, kind)

    def vectors(
        self, model: str, digests: Sequence[str]
    ) -> tuple[NDArray[np.int64], NDArray[np.float16]]:
        """Return which of n texts have a model's vector, (m,) positions, and (m, dim) vectors; see ``vectors.find``."""
        with self._database.reading() as connection:
            return embedded.find(connection, model, digests)

    def keep_vectors(
        self, model: str, digests: Sequence[str], vectors: NDArray[np.floating[Any]]
    ) -> int:
        """Store a model's (n, dim) vectors of n texts as float16, and return how many are new."""
        with self._database.writing() as connection:
            return embedded.keep(connection, model, digests, vectors)

    def drop_vectors(self, model: str, digests: Sequence[str] | None = None) -> int:
        """Remove a model's vectors of some texts, or all of its vectors, and return how many there were."""
        with self._database.writing() as connection:
            return embedded.drop(connection, model, digests)

    def vector_models(self) -> dict[str, int]:
        """Return model → how many vectors of it are stored."""
        with self._database.reading() as connection:
            return embedded.models(connection)

    def get_state(self, key: str) -> str | None:
        """Return the JSON text kept under a key, None where there is none."""
        rows = self._state.rows(key=key)
        return rows[0][0] if rows else None

    def set_state(self, key: str, value_json: str) -> None:
        """Keep a JSON text under a key, in the place of what was there.

        Raises:
            StoreError: the key is one of the store's own counters, or the text is not JSON.
        """
        if key.startswith("#") or "\0" in key:
            raise StoreError(f"{key!r} is no key", expected="one without NUL that starts without #")
        try:
            json.loads(value_json)
        except ValueError as error:
            raise StoreError(str(error), where=f"state {key!r}", expected="JSON text") from error
        with self._database.writing() as connection:
            put_state(connection, key, value_json)

    def drop_state(self, key: str) -> None:
        """Forget what is kept under a key, if anything is."""
        if self.get_state(key) is not None:
            with self._database.writing() as connection:
                connection.execute(delete(tables.state).where(tables.state.c.key == key))

    def check(self) -> list[str]:
        """Return what is wrong with what is stored, a sentence each; empty when all is well."""
        return self._database.problems() or [
            problem
            for kind in Kind
            for problem in numbers_out_of_range(self._database, kind, self.count(kind))
        ]

    def _counter(self, key: str) -> str:
        value = self.get_state(key)
        if value is None:
            raise StoreError(
                f"the counter {key} is missing",
                where=self._database.where,
                next_step="restore a backup of it",
            )
        return value

    def _whole(self, table: Table, chunk_rows: int, after: int = 0) -> Iterator[pl.DataFrame]:
        columns = [column.name for column in table.columns if column.name != "event_id"]
        return reads.chunks(self._database, table, columns, chunk_rows, after)


def restored(
    url_or_path: str | PathLike[str],
    path: Path,
    progress: Progress = untold,
    *,
    secret: Secret | None = None,
) -> Manifest:
    """Load a dump into the store of an address, which is made only when the whole file is verified.

    Raises:
        InvalidRecord: the file is no dump, damaged, or of a newer version.
        Conflict: the store holds something.
        StoreError: the dump's pseudonyms were made with another key, or there is none.
    """
    with DumpReader(path) as source:
        with Store.open(url_or_path, secret) as store:
            store.restore(source, progress)
        return source.manifest
