"""A store under pseudonyms on both engines: the same answers, other bytes; turned over whole or not at all."""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tests.store.full_store import RECORDS, fill
from zhiyin.core.entity import Kind
from zhiyin.core.records import Event, Person
from zhiyin.errors import StoreError
from zhiyin.privacy.pseudonyms import PLAIN, Keyed
from zhiyin.privacy.secret import Secret
from zhiyin.store.engine import Database
from zhiyin.store.frames import frame
from zhiyin.store.pseudonymity import mark
from zhiyin.store.schema import METADATA
from zhiyin.store.store import Store
from zhiyin.store.turning_over import turn_over

SECRET = Secret(Path("nowhere"), "5a" * 32)
KEYED = Keyed(SECRET.read())
KINDS = ("users", "events", "ties", "interactions", "posts", "chats", "facts", "orders", "returns", "turns", "impressions", "searches", "labelled")  # fmt: skip
PEOPLE = ("an", "王芳 😀", "bo")


def exported(store: Store) -> dict[str, str]:
    return {kind: "".join(store.export_lines(kind)) for kind in KINDS}


def rows(url: str) -> dict[str, Any]:
    """Return every row of every table, but for what was done to the store and when."""
    database = Database.at(url)
    with database.reading() as connection:
        found = {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
            for table in METADATA.sorted_tables
            if table.name != "audit"
        }  # fmt: skip
    database.close()
    return found


def keys_of_people(url: str) -> list[str]:
    return [row[2] for row in rows(url)["entities"] if row[0] == int(Kind.PERSON)]


def test_a_store_keeps_pseudonyms_and_answers_with_ids(store_url: str) -> None:
    with Store.open(store_url, SECRET) as store:
        fill(store)
        assert store.keys(Kind.PERSON, [0, 1, 2]) == list(PEOPLE)
        assert store.number(Kind.PERSON, "bo") == 2
        assert store.numbers(Kind.PERSON, ["bo", "nobody"]).tolist() == [2, -1]
        told = store.entity(Kind.PERSON, "an")
        assert told is not None
        assert told["attributes"] == {"vip": True}
        assert store.entities.after(Kind.PERSON, -1, 9)["id"].to_list() == list(PEOPLE)
        assert store.feedback.of(0, now_us=2**53)[0].user == "an"
        assert store.mined.posts((-1, -1), 9)["user"].to_list() == ["an", None]
        assert store.number(Kind.PERSON, KEYED.hide("an")) is None  # a pseudonym is no id
        answers = exported(store)
        assert store.write("users", frame([Person("an")])).accepted == {}
        store.answers.claim("r", "b")
        store.answers.keep("r", '{"user": "an"}')
        assert store.answers.claim("r", "b") == '{"user": "an"}'
    kept = rows(store_url)
    assert keys_of_people(store_url) == [KEYED.hide(one) for one in PEOPLE]
    assert all("~" in str(row) and '"an"' not in str(row) for row in kept["answers"])
    assert all(row[1].startswith("~") for row in kept["facts"])
    database = Database.at(store_url)
    turn_over(database, KEYED, PLAIN)
    database.close()
    with Store.open(store_url) as store:
        plain = exported(store)
    assert {kind: plain[kind] for kind in KINDS if kind != "chats"} == {kind: answers[kind] for kind in KINDS if kind != "chats"}  # fmt: skip


def test_turned_over_and_back_every_row_is_as_it_was(store_url: str) -> None:
    with Store.open(store_url) as store:
        fill(store)
        first = exported(store)
    before, database = rows(store_url), Database.at(store_url)
    told: list[float] = []
    assert turn_over(database, PLAIN, KEYED, lambda done, _: told.append(done)) == 3
    assert told == sorted(told)
    assert told[-1] == 1.0
    with pytest.raises(StoreError, match="people's ids as pseudonyms"):
        turn_over(database, PLAIN, KEYED)
    with Store.open(store_url, SECRET) as store:
        changed = [kind for kind, text in exported(store).items() if text != first[kind]]
        assert changed == ["chats"]  # the one turn without an id has another made one
        said = [store.write(kind, frame(records)) for kind, records in RECORDS.items()]
        assert [one.accepted for one in said if one.accepted] == [{"events": 1}]  # the deleted one
    again = Keyed(b"n" * 32)
    turn_over(database, KEYED, again)
    turn_over(database, again, PLAIN)
    database.close()
    after = rows(store_url)
    kept = [row for row in after["events"] if row[1] != "e3"]
    assert {**after, "events": kept} == before


def test_two_processes_that_open_a_new_store_agree(store_url: str, tmp_path: Path) -> None:
    secrets = [Secret(tmp_path / "pseudonyms.key") for _ in range(2)]
    with Store.open(store_url, secrets[0]) as one, Store.open(store_url, secrets[1]) as two:
        one.write("events", frame([Event("an", "tea")]))
        two.write("events", frame([Event("an", "pot")]))
        assert one.count(Kind.PERSON) == two.count(Kind.PERSON) == 1


_TURNING = """
import sys
from pathlib import Path
from zhiyin.privacy.pseudonyms import PLAIN, Keyed
from zhiyin.store.engine import Database
from zhiyin.store.turning_over import turn_over
print("begun", flush=True)
turn_over(Database.at(sys.argv[1]), PLAIN, Keyed(b"Z" * 32))
"""


@pytest.mark.slow
def test_killed_on_the_way_the_store_is_as_it_was_or_turned_over(store_url: str) -> None:
    ids = [f"person-{n}" for n in range(40_000)]
    with Store.open(store_url) as store:
        store.write("events", frame([Event(one, f"i{n % 50}") for n, one in enumerate(ids)]))
    outcomes = []
    for wait_s in (0.05, 0.2, 0.4, 0.8, 60.0):
        words = [sys.executable, "-c", _TURNING, store_url]
        with subprocess.Popen(words, stdout=subprocess.PIPE) as turning:
            assert turning.stdout is not None
            turning.stdout.readline()
            with suppress(subprocess.TimeoutExpired):
                turning.wait(wait_s)
            turning.kill()
        time.sleep(0.2)  # until the server knows of it
        database = Database.at(store_url)
        with database.reading() as connection:
            is_turned = mark(connection) is not None
        database.close()
        hidden = {key.startswith("~") for key in keys_of_people(store_url)}
        assert hidden == {is_turned}
        assert {"~" in row[1] for row in rows(store_url)["events"]} == {is_turned}
        outcomes.append(is_turned)
        if is_turned:
            break
    assert outcomes[0] is False
    assert outcomes[-1] is True
    with Store.open(store_url, Secret(Path("nowhere"), "5a" * 32)) as store:
        assert store.keys(Kind.PERSON, [0, 39_999]) == [ids[0], ids[-1]]
        assert store.check() == []
