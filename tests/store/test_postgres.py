from __future__ import annotations

import subprocess
import sys
import time

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import make_url

from zhiyin.core.entity import Kind
from zhiyin.core.records import Event, Interaction, Item
from zhiyin.errors import StoreUnavailable
from zhiyin.store import postgres, reads
from zhiyin.store import schema as tables
from zhiyin.store.frames import frame
from zhiyin.store.store import Store

texts = st.none() | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
numbers = st.none() | st.floats(allow_nan=False)


@pytest.fixture(scope="module")
def url(postgres_server) -> str:
    """A store with one event of an with tea."""
    made = postgres_server.new_database()
    with Store.open(made) as store:
        store.write("events", frame([Event("an", "tea")]))
    return made


@pytest.fixture(scope="module")
def copying(url: str):
    """The store, where even one row is copied."""
    with pytest.MonkeyPatch.context() as patch, Store.open(url) as store:
        patch.setattr(postgres, "_FEW_ROWS", 0)
        yield store


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(texts, numbers), min_size=1))
def test_what_is_copied_is_what_comes_back(copying: Store, rows):
    schema = {"text": pl.String, "value": pl.Float64}
    told = pl.DataFrame(rows, schema=schema, orient="row")
    last = max((chunk["id"][-1] for chunk in copying.interactions()), default=0)
    unused = [f"{last}-{n}" for n in range(told.height)]
    batch = told.with_columns(event_id=pl.Series(unused), user=pl.lit("a"), other=pl.lit("b"))
    assert copying.write("interactions", batch).accepted["interactions"] == told.height
    (found,) = copying.interactions(after=last)
    assert found.select("text", "value").equals(told)


def test_a_copied_upsert_counts_like_the_contract(copying: Store):
    copying.write("items", frame([Item("cup", title="Cup")]))
    batch = frame([Item("cup", brand="Lu"), Item("cup", stock=3), Item("cup", brand="Lu")])
    written = copying.write("items", batch)
    assert (written.accepted, written.duplicates) == ({"items": 2}, 1)


def test_an_address_with_another_drivers_name_is_read_by_ours(url: str):
    for name in ("postgres", "postgresql+psycopg"):
        with Store.open(make_url(url).set(drivername=name).render_as_string()) as store:
            assert sum(chunk.height for chunk in store.events()) == 1


REFUSED = {
    "no such host": ({"query": {"host": "/nowhere"}}, "server runs"),
    "no such database": ({"database": "nothing"}, "createdb"),
    "no such user": ({"username": "nobody"}, "correct the user"),
}


@pytest.mark.parametrize("change", REFUSED)
def test_a_server_that_refuses_says_what_to_do(change: str, url: str):
    parts, step = REFUSED[change]
    wrong = make_url(url).set(password="hush!", **parts)
    with pytest.raises(StoreUnavailable) as caught:
        Store.open(wrong.render_as_string(hide_password=False))
    error = caught.value
    assert step in error.next_step
    assert error.what
    assert error.expected
    assert "hush" not in str(error)
    assert "postgresql" in error.where


def test_the_password_is_in_no_message():
    for wrong in ("postgresql://an:hush@host:port/shop", "postgresql://an:hu/hush@host:1:2/x"):
        with pytest.raises(StoreUnavailable) as caught:
            Store.open(wrong)
        assert "hush" not in str(caught.value)
        assert caught.value.__suppress_context__


@pytest.mark.parametrize(
    "place",
    [
        "postgresql:/an:hush@h/shop",
        "an:hush@h/shop",
        "host=h dbname=shop user=an password=hush",
        "postgresql://an@127.0.0.1:1/shop?password=hush",
    ],
)
def test_a_mistyped_address_is_no_file_and_keeps_its_secret(place: str, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(StoreUnavailable) as caught:
        Store.open(place)
    assert "hush" not in str(caught.value)
    assert not list(tmp_path.iterdir())


def test_a_missing_driver_is_named():
    code = (
        "import sys; sys.modules['psycopg'] = None\n"
        "from zhiyin.store.store import Store; Store.open('postgresql://h/d')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert "Next: pip install 'zhiyin[postgres]'" in done.stderr


def test_sqlite_needs_no_driver_of_postgresql(tmp_path):
    Store.open(tmp_path / "a.db").close()
    code = (
        "import sys; from zhiyin.store.store import Store; Store.open(sys.argv[1]).close()\n"
        "assert not [name for name in sys.modules if 'store.postgres' in name or name == 'psycopg']"
    )
    subprocess.run([sys.executable, "-c", code, tmp_path / "a.db"], check=True)


def test_another_encoding_is_refused(postgres_server):
    url = postgres_server.new_database("ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    with pytest.raises(StoreUnavailable, match=r"LATIN1.*Expected UTF8"):
        Store.open(url)


def test_waiting_for_another_writer_ends(url: str, monkeypatch: pytest.MonkeyPatch):
    with Store.open(url) as one, Store.open(url) as two:
        monkeypatch.setattr(postgres, "TURN_S", 0.05)
        with one._database.writing(), pytest.raises(StoreUnavailable, match=r"lock.*pg_locks"):
            two.write("events", frame([Event("an", "pot")]))
        monkeypatch.undo()
        assert two.write("events", frame([Event("an", "pot")])).accepted["events"] == 1


def test_a_writer_that_does_nothing_loses_its_turn(url: str, monkeypatch: pytest.MonkeyPatch):
    def stop_and_go_on() -> None:
        with one._database.writing() as connection:
            connection.exec_driver_sql("DELETE FROM events")
            time.sleep(0.3)
            connection.exec_driver_sql("DELETE FROM entities")

    with Store.open(url) as one, Store.open(url) as two:
        monkeypatch.setattr(postgres, "IDLE_S", 0.05)
        with pytest.raises(StoreUnavailable, match=r"idle.*did nothing for too long"):
            stop_and_go_on()
        monkeypatch.undo()
        assert two.write("events", frame([Event("dy", "tea")])).accepted["events"] == 1
        assert one.count(Kind.PERSON) == sum(1 for _ in one.entities_since(Kind.PERSON, -1)["id"])


def test_a_full_server_says_so(url: str):
    guest = make_url(url).set(username="guest").render_as_string()
    with Store.open(url) as store:
        for change, message in (
            ("CREATE ROLE guest LOGIN CONNECTION LIMIT 0", "too many connections.*max_connections"),
            ("ALTER ROLE guest CONNECTION LIMIT 9", "permission denied.*grant"),
        ):
            with store._database.writing() as connection:
                connection.exec_driver_sql(change)
            with pytest.raises(StoreUnavailable, match=message):
                Store.open(guest)


def test_an_invalid_index_is_found(url: str):
    mark = "UPDATE pg_index SET indisvalid = {} WHERE indexrelid = 'events_person'::regclass"
    with Store.open(url) as store:
        for is_valid, found in ((False, ["the index events_person is invalid"]), (True, [])):
            with store._database.writing() as connection:
                connection.exec_driver_sql(mark.format(is_valid))
            assert store.check() == found


def test_connections_the_server_dropped_cost_no_request(url: str):
    with Store.open(url) as store:
        before = store.history(0).items.tolist()
        with Store.open(url) as other, other._database.writing() as connection:
            connection.exec_driver_sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        assert store.history(0).items.tolist() == before
        assert store.write("events", frame([Event("cy", "tea")])).accepted["events"] == 1


def test_a_long_read_says_what_short_ones_say(postgres_server, monkeypatch: pytest.MonkeyPatch):
    url = postgres_server.new_database()
    texts = ["plain", "", None, "茶🍵", 'a,"b"\n\\N', "\\", "%s"]
    with Store.open(url) as store:
        rows = [Interaction("an", "bo", text=text, value=n) for n, text in enumerate(texts)]
        store.write("interactions", frame(rows))
        short = list(store.interactions())
        monkeypatch.setattr(reads, "_LONG", 0)
        for chunk_rows in (3, 7, 100):
            long = list(store._whole(tables.interactions, chunk_rows))
            assert [chunk.height for chunk in long][:-1] == [chunk_rows] * (len(long) - 1)
            assert pl.concat(long).equals(pl.concat(short))
        assert list(store.interactions(after=short[0]["id"][-1])) == []
        with store._database.writing() as connection:
            connection.exec_driver_sql("ALTER TABLE interactions RENAME TO elsewhere")
        with pytest.raises(StoreUnavailable, match="interactions"):
            list(store.interactions())
