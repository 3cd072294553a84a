"""An import that is killed at random points, again and again, until it gets through."""

from __future__ import annotations

import itertools
import json
import multiprocessing
import random
import time
from pathlib import Path

import polars as pl
import pytest
import sqlalchemy as sa

from zhiyin.core import Kind
from zhiyin.ingest.importing import run_import
from zhiyin.store.schema import state
from zhiyin.store.store import Store

KILLS = 200
PRELOADED = [
    "alembic.command",
    "alembic.script",
    "psycopg",
    "sqlalchemy.dialects.postgresql.psycopg",
    "zhiyin.ingest.formats.table",
    "zhiyin.ingest.importing",
    "zhiyin.store.postgres",
]
ROWS, CHUNK = 600, 50


@pytest.fixture(params=["sqlite", "postgresql"])
def new_store_url(request, tmp_path):
    """Return the URL of an empty store at each call."""
    if request.param == "postgresql":
        return request.getfixturevalue("postgres_server").new_database
    places = itertools.count()
    return lambda: f"sqlite:///{tmp_path}/{next(places)}.db"


def _import(url: str, path: str) -> None:
    from zhiyin.ingest.formats.table import Table
    from zhiyin.ingest.reading import chunk, text_file

    text_file.CHUNK_ROWS = chunk.CHUNK_ROWS = CHUNK
    with Store.open(url) as store:
        run_import(Table(Table.Config(kind="events")), [Path(path)], store, Path(path).parent / "q")


def _rows(path: Path) -> None:
    """Write events in pairs of equal rows, far apart and near, every tenth of them one that cannot be taken."""
    with path.open("w") as file:
        file.write("user,item,type,value\n")
        for row in range(ROWS):
            value = "much" if row % 10 == 0 else row % 7
            file.write(f"u{row % 31},i{row % 17},view,{value}\n")


def _stored(url: str) -> pl.DataFrame:
    with Store.open(url) as store:
        events = pl.concat(store.events())
        assert store.check() == []
        assert store.count(Kind.PERSON) == 31
        with store._database.reading() as connection:
            kept = sa.select(sa.func.count()).where(state.c.key.like("import:%"))
            assert connection.execute(kept).scalar() == 0
        return events.select("person", "item", "type", "value")


@pytest.mark.slow
def test_killed_at_200_points_it_loses_and_doubles_nothing(new_store_url, tmp_path):
    path = tmp_path / "plays.csv"
    _rows(path)
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(PRELOADED)

    def begun(url: str) -> multiprocessing.Process:
        process = processes.Process(target=_import, args=(url, str(path)))
        process.start()
        return process

    def took(url: str) -> float:
        started = time.perf_counter()
        begun(url).join()
        return time.perf_counter() - started

    whole_url = new_store_url()
    seconds = min(took(whole_url), took(new_store_url()))
    whole = _stored(whole_url)
    assert whole.height == ROWS * 9 // 10
    moments = random.Random(0)
    kills, finished, url = 0, 0, new_store_url()
    while kills < KILLS or not finished:
        process = begun(url)
        process.join(moments.uniform(0, 0.8) * seconds if kills < KILLS else None)
        if process.exitcode is None:
            process.kill()
            process.join()
            kills += 1
            continue
        assert process.exitcode == 0
        assert _stored(url).equals(whole)
        finished += 1
        url = new_store_url()
    lines = [
        row["line"]
        for file in (tmp_path / "q").iterdir()
        for row in map(json.loads, file.read_text().splitlines())
    ]
    # Each import that got through kept each rejected row once; one that was not begun again may add some of them.
    assert min(map(lines.count, range(2, ROWS + 2, 10))) >= finished
