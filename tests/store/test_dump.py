"""A dump holds everything, comes back as it was on any engine, and a damaged one changes nothing."""

from __future__ import annotations

import hashlib
import io
import itertools
import json
import multiprocessing
import os
import random
import signal
import stat
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import MetaData, select

from tests.store.full_store import fill
from zhiyin.core.entity import Kind
from zhiyin.core.records import Event
from zhiyin.errors import Conflict, InvalidRecord, ZhiyinError
from zhiyin.store import dump, dump_file, streams
from zhiyin.store.frames import frame
from zhiyin.store.migrate import HEAD, migrate
from zhiyin.store.schema import METADATA, lasting_tables
from zhiyin.store.store import Store

ENGINES = ["sqlite", "postgresql"]


@pytest.fixture
def new_url(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], str]:
    """Return the URL of an empty database of an engine at each call."""
    places = itertools.count()

    def make(engine: str) -> str:
        if engine == "postgresql":
            return str(request.getfixturevalue("postgres_server").new_database())
        return f"sqlite:///{tmp_path}/{next(places)}.db"

    return make


@pytest.fixture
def dumped(tmp_path: Path) -> Path:
    path = tmp_path / "full.zip"
    with Store.open(tmp_path / "full.db") as store:
        fill(store)
        store.dump(path)
    return path


def content(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table that lasts."""
    with store._database.frozen() as connection:
        return {
            table.name: [
                tuple(row)
                for row in connection.execute(select(table).order_by(*table.primary_key.columns))
            ]
            for table in lasting_tables(METADATA)
        }


def load(path: Path, store: Store) -> None:
    with dump_file.DumpReader(path) as source:
        store.restore(source)


def is_empty(store: Store) -> bool:
    rows = content(store)
    return {value for _, value in rows.pop("state")} == {"0"} and not any(rows.values())


@pytest.mark.parametrize("here", ENGINES)
@pytest.mark.parametrize("there", ENGINES)
def test_everything_comes_back_on_any_engine(
    new_url: Callable[[str], str], tmp_path: Path, here: str, there: str
) -> None:
    first, second = tmp_path / "first.zip", tmp_path / "second.zip"
    with Store.open(new_url(here)) as one, Store.open(new_url(there)) as two:
        fill(one)
        one.dump(first)
        load(first, two)
        assert all(content(one).values())
        assert content(two) == content(one)
        assert two.check() == []
        two.dump(second)
        with zipfile.ZipFile(first) as old, zipfile.ZipFile(second) as new:
            assert old.namelist() == new.namelist()
            for name in set(old.namelist()) - {"manifest.json"}:
                assert old.read(name) == new.read(name)
            tables = [json.loads(z.read("manifest.json"))["tables"] for z in (old, new)]
        assert tables[0] == tables[1]
        for store in (one, two):
            store.write("events", frame([Event("new", "newer", event_id="last")]))
        assert content(two) == content(one)
        assert content(two)["events"][-1][0] == 9  # eight were given, the last of them deleted


def test_the_file_is_read_without_us(dumped: Path) -> None:
    with zipfile.ZipFile(dumped) as file:
        assert file.testzip() is None
        manifest = json.loads(file.read("manifest.json"))
        events = pl.read_parquet(io.BytesIO(file.read("events/00001.parquet")))
    assert manifest["revision"] == HEAD
    assert manifest["tables"]["events"]["highest_id"] == 8
    [part] = manifest["tables"]["events"]["parts"]
    assert (part["rows"], manifest["tables"]["events"]["rows"]) == (5, 5)
    assert events["event_id"].to_list() == ["e1", "e2", "e4", "e5", "x0"]
    assert events["value"].to_list() == [0.1, 1e-300, None, None, None]
    whole = dumped.read_bytes()
    assert hashlib.sha256(whole[:-64]).hexdigest().encode() == whole[-64:]
    assert stat.S_IMODE(dumped.stat().st_mode) == 0o600


def test_an_empty_store_comes_back_empty(tmp_path: Path) -> None:
    with Store.open(tmp_path / "a.db") as one, Store.open(tmp_path / "b.db") as two:
        one.dump(tmp_path / "x.zip")
        load(tmp_path / "x.zip", two)
        assert is_empty(two)
        assert two.write("events", frame([Event("an", "tea")])).accepted["events"] == 1


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=9)
numbers = st.none() | st.floats(allow_nan=False)


@settings(max_examples=8, deadline=None)
@given(st.lists(st.tuples(texts.filter(bool), texts, numbers), max_size=12), st.integers(1, 5))
def test_any_events_come_back_in_parts_of_any_size(rows: list[Any], height: int) -> None:
    batch = [
        Event(user, "tea", kind, value, event_id=str(n))
        for n, (user, kind, value) in enumerate(rows)
    ]
    with (
        tempfile.TemporaryDirectory() as folder,
        pytest.MonkeyPatch.context() as patch,
        Store.open(Path(folder) / "a.db") as one,
        Store.open(Path(folder) / "b.db") as two,
    ):
        patch.setattr(streams.streamed, "__kwdefaults__", {"chunk_rows": height, "chunk_bytes": 99})
        if batch:
            one.write("events", frame(batch))
        manifest = one.dump(Path(folder) / "x.zip")
        load(Path(folder) / "x.zip", two)
        assert content(two) == content(one)
        parts = manifest.tables["events"].parts
        assert sum(part.rows for part in parts) == len(rows)
        assert all(part.rows <= height for part in parts)


def test_a_dump_is_of_one_moment(tmp_path: Path) -> None:
    with Store.open(tmp_path / "a.db") as one, Store.open(tmp_path / "b.db") as two:
        fill(one)
        before = content(one)

        def write_meanwhile(done: float, rows: int) -> None:
            one.write("events", frame([Event(f"late{rows}", f"late{rows}")]))

        one.dump(tmp_path / "x.zip", progress=write_meanwhile)
        load(tmp_path / "x.zip", two)
        assert content(two) == before
        assert len(content(one)["events"]) > len(before["events"])


def test_progress_goes_up_to_all(dumped: Path, tmp_path: Path) -> None:
    told: list[tuple[float, int]] = []
    with Store.open(tmp_path / "b.db") as store, dump_file.DumpReader(dumped) as source:
        store.restore(source, lambda done, rows: told.append((done, rows)))
        n_rows = sum(map(len, content(store).values()))
    assert told == sorted(told)
    assert told[-1] == (1.0, n_rows)


def test_a_file_that_is_there_stays_unless_told_otherwise(dumped: Path, tmp_path: Path) -> None:
    old = dumped.read_bytes()
    with Store.open(tmp_path / "b.db") as store:
        with pytest.raises(Conflict, match="--force"):
            store.dump(dumped)
        assert dumped.read_bytes() == old
        store.dump(dumped, replaces=True)
        with pytest.raises(Conflict, match="folder"):
            store.dump(tmp_path, replaces=True)
    assert dumped.read_bytes() != old


def test_a_dump_that_fails_leaves_nothing(tmp_path: Path) -> None:
    def stop(done: float, rows: int) -> None:
        raise KeyboardInterrupt

    with Store.open(tmp_path / "a.db") as store:
        fill(store)
        with pytest.raises(KeyboardInterrupt):
            store.dump(tmp_path / "x.zip", progress=stop)
    assert {path.stem for path in tmp_path.iterdir()} == {"a"}


@pytest.mark.parametrize("engine", ENGINES)
def test_a_store_that_holds_anything_is_refused(
    dumped: Path, new_url: Callable[[str], str], engine: str
) -> None:
    with Store.open(new_url(engine)) as store:
        store.set_state("note", "1")
        before = content(store)
        with pytest.raises(Conflict, match="1 rows of state"):
            load(dumped, store)
        assert content(store) == before


@pytest.mark.parametrize("engine", ENGINES)
def test_an_older_dump_is_brought_forward(
    dumped: Path,
    tmp_path: Path,
    new_url: Callable[[str], str],
    engine: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with Store.open(tmp_path / "full.db") as one:
        migrate(one._database, "0001")
        as_then = MetaData()
        with one._database.reading() as connection:
            as_then.reflect(connection)
        as_then.remove(as_then.tables["alembic_version"])
        with monkeypatch.context() as then:
            then.setattr(dump, "METADATA", as_then)
            one.dump(tmp_path / "old.zip")
        migrate(one._database)
        with Store.open(new_url(engine)) as two:
            load(tmp_path / "old.zip", two)
            assert content(two) == content(one)
            assert two.write("events", frame([Event("an", "tea")])).accepted["events"] == 1


def rewritten(dumped: Path, change: Callable[[dict[str, Any], dict[str, bytes]], None]) -> Path:
    """Return a dump whose seal and checksums hold, after a change of manifest and members."""
    with zipfile.ZipFile(dumped) as file:
        members = {name: file.read(name) for name in file.namelist()}
        comment = file.comment
    manifest = json.loads(members.pop("manifest.json"))
    change(manifest, members)
    path = dumped.with_name("changed.zip")
    with zipfile.ZipFile(path, "w") as file:
        for name, data in members.items():
            file.writestr(name, data)
        file.writestr("manifest.json", json.dumps(manifest))
        file.comment = comment
    whole = path.read_bytes()[:-64]
    path.write_bytes(whole + hashlib.sha256(whole).hexdigest().encode())
    return path


def put(manifest: dict[str, Any], members: dict[str, bytes], rows: pl.DataFrame) -> None:
    """Put other rows in the place of the events."""
    data = io.BytesIO()
    rows.write_parquet(data)
    part = manifest["tables"]["events"]["parts"][0]
    members[part["name"]] = data.getvalue()
    part["sha256"] = hashlib.sha256(data.getvalue()).hexdigest()
    part["rows"] = manifest["tables"]["events"]["rows"] = rows.height


def events_of(members: dict[str, bytes]) -> pl.DataFrame:
    return pl.read_parquet(io.BytesIO(members["events/00001.parquet"]))


def newer_revision(manifest: dict[str, Any], members: dict[str, bytes]) -> None:
    manifest["revision"] = "9999"


def newer_format(manifest: dict[str, Any], members: dict[str, bytes]) -> None:
    manifest |= {"format": 2, "surprise": {}}


def not_a_manifest(manifest: dict[str, Any], members: dict[str, bytes]) -> None:
    manifest.clear()


def wrong_checksum(manifest: dict[str, Any], members: dict[str, bytes]) -> None:
    manifest["tables"]["facts"]["parts"][0]["sha256"] = "0" * 64


def wrong_rows(manifest: dict[str, Any], members: dict[str, bytes]) -> None:
    manifest["tables"]["facts"]["rows"] += 1


def huge_rows(manifest: dict[str, Any], members: dict[str, bytes]) -> None:
    manifest["tables"]["facts"]["rows"] = manifest["tables"]["facts"]["parts"][0]["rows"] = 10**15


def a_way_out(manifest: dict[str, Any], members: dict[str, bytes]) -> None:
    part = manifest["tables"]["events"]["parts"][0]
    members["../../events.parquet"] = members.pop(part["name"])
    part["name"] = "../../events.parquet"


def one_more_member(manifest: dict[str, Any], members: dict[str, bytes]) -> None:
    members["../x"] = b"x"


def one_less_member(manifest: dict[str, Any], members: dict[str, bytes]) -> None:
    members.pop("facts/00001.parquet")


def a_part_twice(manifest: dict[str, Any], members: dict[str, bytes]) -> None:
    said = manifest["tables"]["facts"]
    said["parts"] *= 2
    said["rows"] *= 2


def another_table(manifest: dict[str, Any], members: dict[str, bytes]) -> None:
    manifest["tables"]["sqlite_master"] = {"rows": 0, "highest_id": None, "parts": []}


def not_parquet(manifest: dict[str, Any], members: dict[str, bytes]) -> None:
    part = manifest["tables"]["events"]["parts"][0]
    members[part["name"]] = b"PAR1 nothing PAR1"
    part["sha256"] = hashlib.sha256(b"PAR1 nothing PAR1").hexdigest()


def other_columns(manifest: dict[str, Any], members: dict[str, bytes]) -> None:
    put(manifest, members, events_of(members).rename({"value": "price"}))


def other_types(manifest: dict[str, Any], members: dict[str, bytes]) -> None:
    put(manifest, members, events_of(members).cast({"person": pl.String}))


def the_same_id_twice(manifest: dict[str, Any], members: dict[str, bytes]) -> None:
    put(manifest, members, events_of(members).with_columns(id=1))


def an_event_of_nobody(manifest: dict[str, Any], members: dict[str, bytes]) -> None:
    put(manifest, members, events_of(members).with_columns(person=pl.lit(None, pl.Int64)))


def no_counters(manifest: dict[str, Any], members: dict[str, bytes]) -> None:
    members.pop("state/00001.parquet")
    manifest["tables"]["state"] = {"rows": 0, "highest_id": None, "parts": []}


HOSTILE = [
    newer_revision, newer_format, not_a_manifest, wrong_checksum, wrong_rows, huge_rows, a_way_out,
    one_more_member, one_less_member, a_part_twice, another_table, not_parquet, other_columns,
    other_types, the_same_id_twice, an_event_of_nobody, no_counters,
]  # fmt: skip


def refused(path: Path, store: Store) -> ZhiyinError:
    with pytest.raises(InvalidRecord) as caught:
        load(path, store)
    error = caught.value
    assert error.what
    assert str(path) in error.where
    assert error.expected
    assert error.next_step
    return error


@pytest.mark.parametrize("engine", ENGINES)
def test_what_does_not_hold_together_changes_nothing(
    dumped: Path, new_url: Callable[[str], str], engine: str
) -> None:
    with Store.open(new_url(engine)) as store:
        for change in HOSTILE:
            error = refused(rewritten(dumped, change), store)
            assert is_empty(store), change
            assert ("upgrade" in error.next_step) == change.__name__.startswith("newer"), change
        load(rewritten(dumped, lambda manifest, members: None), store)
        assert not is_empty(store)


@pytest.mark.parametrize("n_rows", [5, 500])
def test_a_text_that_an_engine_cannot_hold_is_refused_there(
    dumped: Path, new_url: Callable[[str], str], n_rows: int
) -> None:
    def with_nul(manifest: dict[str, Any], members: dict[str, bytes]) -> None:
        one = events_of(members).head(1).with_columns(type=pl.lit("a\0b"))
        ids = pl.int_range(1, n_rows + 1, dtype=pl.Int64)
        many = pl.concat([one] * n_rows).with_columns(id=ids, event_id=ids.cast(pl.String))
        put(manifest, members, many)

    path = rewritten(dumped, with_nul)
    with Store.open(new_url("sqlite")) as store:
        load(path, store)
        assert content(store)["events"][0][5] == "a\0b"
    with Store.open(new_url("postgresql")) as store:
        assert "cannot be stored" in refused(path, store).what
        assert is_empty(store)


def test_a_member_that_lies_about_its_size_is_refused(dumped: Path, tmp_path: Path) -> None:
    whole = bytearray(dumped.read_bytes())
    place = whole.rindex(b"PK\x01\x02")
    whole[place + 20 : place + 28] = b"\xff\xff\xff\x7f" * 2
    whole[-64:] = hashlib.sha256(whole[:-64]).hexdigest().encode()
    dumped.write_bytes(whole)
    with Store.open(tmp_path / "b.db") as store:
        refused(dumped, store)


def test_no_changed_byte_goes_unnoticed(dumped: Path, tmp_path: Path) -> None:
    whole = dumped.read_bytes()
    chosen = random.Random(7)
    with Store.open(tmp_path / "b.db") as store:
        for place in [*chosen.sample(range(len(whole)), 200), 0, len(whole) - 1]:
            flipped = bytearray(whole)
            flipped[place] ^= 1 << chosen.randrange(8)
            dumped.write_bytes(flipped)
            refused(dumped, store)
        assert is_empty(store)


def foreign() -> Iterator[bytes]:
    yield b""
    yield b"hello"
    yield bytes(100_000)
    empty = io.BytesIO()
    zipfile.ZipFile(empty, "w").close()
    yield empty.getvalue()


def test_a_file_cut_short_or_of_another_kind_is_refused(dumped: Path, tmp_path: Path) -> None:
    whole = dumped.read_bytes()
    cuts = [whole[:-n] for n in (1, 64, 65, 1_000, len(whole) // 2, len(whole) - 1)]
    with Store.open(tmp_path / "b.db") as store:
        for found in [*cuts, *foreign(), whole + b"\n"]:
            dumped.write_bytes(found)
            refused(dumped, store)
        assert is_empty(store)


PRELOADED = [
    "alembic.command",
    "psycopg",
    "sqlalchemy.dialects.postgresql.psycopg",
    "tests.store.test_dump",
    "zhiyin.store.postgres",
    "zhiyin.store.restore",
]


def _restore_and_die(path: Path, url: str, step: int) -> None:
    """Restore a dump in a process of its own, which is killed when it comes to a step."""
    from zhiyin.store import restore

    steps = itertools.count()

    def dying(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            if next(steps) == step:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*args, **kwargs)

        return call

    for name in ("execute_rows", "set_highest_id", "_compare"):
        setattr(restore, name, dying(getattr(restore, name)))
    with Store.open(url) as store:
        load(path, store)


@pytest.mark.slow
@pytest.mark.parametrize("engine", ENGINES)
def test_killed_at_any_step_it_leaves_an_empty_store(
    dumped: Path, new_url: Callable[[str], str], engine: str
) -> None:
    url = new_url(engine)
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(PRELOADED)
    for step in range(100):
        process = processes.Process(target=_restore_and_die, args=(dumped, url, step))
        process.start()
        process.join()
        if process.exitcode == 0:
            break
        assert process.exitcode == -signal.SIGKILL
        with Store.open(url) as store:
            assert is_empty(store)
    assert step > 15
    with Store.open(url) as store:
        assert store.count(Kind.PERSON) == 3
