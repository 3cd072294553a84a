"""A shop of pseudonyms: nobody's id in any byte that is kept, and everybody's in every answer."""

from __future__ import annotations

import json
import logging
import re
import shutil
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from zhiyin.apps.api.app import create_app
from zhiyin.core.conversation import Conversation, Said
from zhiyin.core.entity import Kind
from zhiyin.core.order import OrderLine
from zhiyin.core.records import Chat, Event, Fact, Interaction, Item, Person, Post, Tie
from zhiyin.errors import Conflict, SettingsError, StoreError
from zhiyin.installation.examination import examine
from zhiyin.pseudonymising import Pseudonymising
from zhiyin.settings import Settings
from zhiyin.shop import Shop
from zhiyin.store.frames import frame
from zhiyin.store.store import Store

pytestmark = pytest.mark.slow

PEOPLE = [f"person-7f3a-{n:02d}-龙" for n in range(12)]
REFUSED = "person-7f3a-refused"
GONE = PEOPLE[5]
NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
UNSTEADY = {"request_id", "next", "trace", "ms", "trained"}
MADE = re.compile(r"([0-9a-f]{8})?~?[0-9a-f]{32}(-\d+)?")
HEADERS = {"Idempotency-Key": "k-1"}


def home_of(folder: Path, *, hides: bool, url: str = "") -> Path:
    folder.mkdir(exist_ok=True)
    told = f"[store]\nurl = {json.dumps(url)}\n[privacy]\npseudonyms = {json.dumps(hides)}\n"
    (folder / "zhiyin.local.toml").write_text(told + "[pipelines.home]\nbudget_ms = 5000\n")
    return folder


def fill(shop: Shop, folder: Path) -> None:
    """Tell a shop of everything by every way in; no text and no id of something else names a person."""
    write = shop.store.write
    write("items", frame([Item(f"i{n}", title=f"Green tea {n}", category=f"c{n % 3}") for n in range(12)]))  # fmt: skip
    write("users", frame([Person(one, attributes={"city": "Wuhan"}) for one in PEOPLE[:6]]))
    rows = [f"{one},i{n % 12},2026-04-0{1 + k}T10:00:00Z" for n, one in enumerate(PEOPLE) for k in range(3)]  # fmt: skip
    table = folder / "plays.csv"
    table.write_text("\n".join(["user,item,time", *rows, rows[0], f"{REFUSED},i1,never", ""]))
    report = shop.ingest("table", [table], {"kind": "events"})
    assert (report.accepted["events"], report.rejected) == (37, 1)
    assert not any(shop.ingest("table", [table], {"kind": "events"}).accepted.values())
    table.unlink()
    shop.record([Event(one, f"i{(2 * n + k) % 12}", "purchase", time=NOON + timedelta(hours=n)) for n, one in enumerate(PEOPLE) for k in range(6)])  # fmt: skip
    write("events", frame([Event(PEOPLE[1], PEOPLE[2], "follow", time=NOON, target="person")]))
    pairs = [(one, PEOPLE[(n + k) % 12]) for n, one in enumerate(PEOPLE) for k in (1, 2)]
    write("ties", frame([Tie(one, other, "friend") for one, other in pairs]))
    write("interactions", frame([Interaction(one, other, "gift", "i1", time=NOON) for one, other in pairs]))  # fmt: skip
    posts = [{"user": one, "item": f"i{n}", "text": f"A fine tea, number {n}.", "rating": 4.0} for n, one in enumerate(PEOPLE)]  # fmt: skip
    assert not shop.put("posts", posts).rejected
    write("posts", frame([Post("given", PEOPLE[0], "i3", text="Bitter tea.", time=NOON)]))
    write("chats", frame([Chat(f"c{n}", "shopper", "Is it in stock?", one, time=NOON) for n, one in enumerate(PEOPLE)]))  # fmt: skip
    write("facts", frame([Fact(one, "likes", "tea", "person", one, method="given") for one in PEOPLE]))  # fmt: skip
    write("orders", frame([OrderLine(f"o{n}", one, "i1", "delivered", time=NOON) for n, one in enumerate(PEOPLE)]))  # fmt: skip
    shop.orders.open_return(PEOPLE[1], "o1", "i1", "size", "key")
    talk = Conversation("k1", PEOPLE[1], NOON, NOON)
    shop.store.conversations.open(talk)
    shop.store.conversations.append(talk, [Said("shopper", "Is it in stock?", NOON)])
    shop.texts.mine()
    shop.train()


def asked(client: TestClient) -> dict[str, Any]:
    """Return what the API answers to a caller, without what differs from call to call."""
    who = PEOPLE[1]
    told = {}
    for path in (
        f"/recommend?user={who}&n=5", f"/search?q=tea&user={who}&n=5", f"/feed?user={who}&n=5", f"/users/{who}",
        f"/users/{who}/portrait", f"/users/{who}/ties", f"/users/{who}/people-to-follow", f"/users/{who}/trusted",
        "/users?limit=20", "/posts/given", "/network", "/items/i1/opinions", "/items/i1/portrait",
        *(f"/export/{kind}" for kind in ("users", "events", "ties", "interactions", "posts", "chats", "facts", "orders", "returns", "turns")),
    ):  # fmt: skip
        answer = client.get(f"/v1{path}")
        told[path] = (answer.status_code, _steady(answer.text))
    return told


def _steady(text: str) -> Any:
    """Return documents without what is made anew each time; ids made of what a row says are all alike."""

    def without(value: Any) -> Any:
        if isinstance(value, dict):
            made = UNSTEADY | {"time"} if "order_id" in value and "reason" in value else UNSTEADY
            return {name: without(one) for name, one in value.items() if name not in made}
        return [without(one) for one in value] if isinstance(value, list) else value

    told = MADE.sub("made", text)
    return [without(json.loads(line, parse_float=lambda told: round(float(told), 4))) for line in told.splitlines()]  # fmt: skip


def use(shop: Shop) -> dict[str, Any]:
    """Ask and tell over the API, forget somebody, dump; return what was answered."""
    with TestClient(create_app(shop), base_url="http://127.0.0.1") as client:
        event = {"user": PEOPLE[3], "item": "i7", "type": "click", "time": "2026-05-02T12:00:00Z"}
        posts = [client.post("/v1/events", json=[event], headers=HEADERS) for _ in range(2)]
        assert posts[0].status_code == 200, posts[0].text
        assert posts[0].text == posts[1].text
        assert client.post("/v1/events", json=[{"user": PEOPLE[4]}]).status_code == 422
        told = {"sent": posts[0].json(), "before": asked(client)}
        assert client.delete(f"/v1/users/{GONE}").status_code == 200
        assert client.get(f"/v1/users/{GONE}").status_code == 404
        told["after"] = asked(client)
    shop.store.dump(shop.settings.home / "all.zip")
    return told


def kept(home: Path) -> bytes:
    """Return every byte that is kept, what is packed in a dump too."""
    found = [path.read_bytes() for path in sorted(home.rglob("*")) if path.is_file()]
    for path in home.rglob("*.zip"):
        with zipfile.ZipFile(path) as file:
            found += [file.read(name) for name in file.namelist()]
    return b"\n".join(found)


def named(home: Path, *others: str) -> list[str]:
    data = kept(home)
    told = {
        one: one.removesuffix("-龙") for one in (*PEOPLE, REFUSED)
    }  # however the last of it is written
    return [one for one, name in told.items() if name.encode() in data or any(name in text for text in others)]  # fmt: skip


@pytest.fixture
def plain(tmp_path: Path) -> Iterator[Shop]:
    with Shop.open(home_of(tmp_path / "plain", hides=False)) as shop:
        fill(shop, tmp_path)
        yield shop


@pytest.fixture
def hiding(tmp_path: Path) -> Iterator[Shop]:
    with Shop.open(home_of(tmp_path / "hiding", hides=True)) as shop:
        fill(shop, tmp_path)
        yield shop


def test_no_byte_names_anybody_and_every_answer_is_the_same(
    plain: Shop, hiding: Shop, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    told = use(plain)
    caplog.clear()
    assert use(hiding) == told
    assert all(status == 200 for status, _ in told["before"].values())
    logged = [record.getMessage() for record in caplog.records if record.name.startswith("zhiyin")]
    assert logged
    assert named(hiding.settings.home, *logged) == []
    assert set(named(plain.settings.home)) >= {*PEOPLE, REFUSED} - {GONE}
    hiding.close()
    assert named(hiding.settings.home) == []


def test_who_was_forgotten_stays_so_after_an_old_dump(hiding: Shop, tmp_path: Path) -> None:
    hiding.store.dump(tmp_path / "before.zip")
    hiding.forget(GONE)
    hiding.close()
    fresh = home_of(tmp_path / "fresh", hides=True)
    for name in ("forgotten", "pseudonyms.key"):
        found = hiding.settings.home / name
        (shutil.copytree if found.is_dir() else shutil.copy)(found, fresh / name)
    Shop.restore(fresh, tmp_path / "before.zip")
    with Shop.open(fresh) as shop:
        assert shop.store.number(Kind.PERSON, GONE) is None
        assert [one["again"] for one in shop.forgetting.receipts()] == [True]
        old = shop.put("posts", [{"user": PEOPLE[5], "item": "i5", "text": "A fine tea, number 5.", "rating": 4.0}])  # fmt: skip
        assert old.written is not None
        assert old.written.refused == 1
        assert shop.record([Event(GONE, "i1", time=NOON)]).refused == 1
        assert shop.store.number(Kind.PERSON, PEOPLE[4]) is not None


def test_a_dump_goes_only_where_its_key_is(hiding: Shop, plain: Shop, tmp_path: Path) -> None:
    for shop in (hiding, plain):
        shop.store.dump(shop.settings.home / "all.zip")
    dump = hiding.settings.home / "all.zip"
    with pytest.raises(StoreError, match=r"the dump's pseudonyms were made with another key"):
        Shop.restore(home_of(tmp_path / "a", hides=True), dump)
    with pytest.raises(StoreError, match=r"privacy\.pseudonyms is off"):
        Shop.restore(home_of(tmp_path / "b", hides=False), dump)
    with pytest.raises(StoreError, match="the dump holds people's ids as they are"):
        Shop.restore(home_of(tmp_path / "c", hides=True), plain.settings.home / "all.zip")
    for name in "abc":
        with Shop.open(tmp_path / name) as shop:
            assert shop.store.count(Kind.PERSON) == 0
    shutil.copy(hiding.settings.home / "pseudonyms.key", tmp_path / "a")
    shutil.rmtree(tmp_path / "a", ignore_errors=True)
    again = home_of(tmp_path / "a", hides=True)
    shutil.copy(hiding.settings.home / "pseudonyms.key", again)
    Shop.restore(again, dump)
    with Shop.open(again) as shop:
        assert shop.store.keys(Kind.PERSON, range(12)) == hiding.store.keys(Kind.PERSON, range(12))


def test_another_key_no_key_and_the_other_setting_are_refused(hiding: Shop, plain: Shop) -> None:
    home, key = hiding.settings.home, hiding.settings.home / "pseudonyms.key"
    hiding.close()
    secret = key.read_text()
    key.write_text("00" * 32)
    with pytest.raises(StoreError, match="were made with another key"):
        Shop.open(home)
    [database] = [one for one in examine(home) if one.check == "database"]
    assert database.status == "FAIL"
    assert "made with another key" in database.found
    key.unlink()
    with pytest.raises(SettingsError, match="the key of the pseudonyms is not there"):
        Shop.open(home)
    assert not key.exists()
    home_of(home, hides=False)
    with pytest.raises(StoreError, match=r"privacy\.pseudonyms is off"):
        Shop.open(home)
    key.write_text(secret)
    home_of(home, hides=True)
    Shop.open(home).close()
    plain.close()
    home_of(plain.settings.home, hides=True)
    with pytest.raises(StoreError, match="the store holds people's ids as they are"):
        Shop.open(plain.settings.home)


def test_a_changed_pseudonym_is_told(hiding: Shop) -> None:
    with hiding.store._database.writing() as connection:
        connection.exec_driver_sql(f"UPDATE entities SET key = '~' || upper(substr(key, 2)) WHERE kind = {int(Kind.PERSON)}")  # fmt: skip
    with pytest.raises(StoreError, match="a pseudonym cannot be read"):
        hiding.store.keys(Kind.PERSON, [1])


def test_a_process_from_before_writes_nothing(plain: Shop) -> None:
    home = home_of(plain.settings.home, hides=True)
    Pseudonymising(Settings.load(home)).on()
    with pytest.raises(Conflict, match="others than when this process opened it"):
        plain.record([Event(PEOPLE[0], "i1")])
    plain.close()
    assert named(home) == []


def quarantined(home: Path) -> list[str]:
    return [path.read_text() for path in sorted((home / "quarantine").iterdir())]


def exports(home: Path) -> dict[str, str]:
    with Shop.open(home) as shop:
        return {kind: "".join(shop.store.export_lines(kind)) for kind in ("users", "events", "ties", "interactions", "posts", "chats", "facts")}  # fmt: skip


def test_on_off_and_another_key(plain: Shop, tmp_path: Path) -> None:
    home = plain.settings.home
    plain.forget(GONE)
    receipts = plain.forgetting.receipts()
    plain.close()
    rejected = quarantined(home)
    first = exports(home)
    home_of(home, hides=True)
    turning = Pseudonymising(Settings.load(home))
    assert turning.on().people == 12
    assert named(home) == []
    assert turning.on().people == 0  # once more is no harm
    files = sorted((home / "quarantine").iterdir())
    assert [line + "\n" for path in files for line in turning.rejected(path)] == rejected
    hidden = exports(home)
    assert [hidden[kind] for kind in ("users", "ties")] == [first[kind] for kind in ("users", "ties")]  # fmt: skip
    for kind in ("events", "interactions", "chats", "posts", "facts"):
        assert hidden[kind] != first[kind] or kind == "facts"  # made ids are covered
    with Shop.open(home) as shop:
        covered = shop.forgetting.receipts()
        assert covered != receipts
        assert shop.record([Event(GONE, "i1", time=NOON)]).refused == 1
        said = shop.put("posts", [{"user": PEOPLE[2], "item": "i2", "text": "A fine tea, number 2.", "rating": 4.0}])  # fmt: skip
        assert said.written is not None
        assert (said.written.accepted, said.written.duplicates) == ({}, 1)
    before = kept(home)
    turning.rotate(tmp_path / "new.key")
    assert turning.rotate(tmp_path / "new.key").people == 0
    with pytest.raises(StoreError, match="another key"):
        Shop.open(home)
    shutil.move(tmp_path / "new.key", home / "pseudonyms.key")
    assert exports(home)["users"] == first["users"]
    with Store.open(home / "shop.db", shop_secret(home)) as store:
        assert store.pseudonyms.hide(PEOPLE[0]).encode() not in before
    home_of(home, hides=False)
    assert Pseudonymising(Settings.load(home)).off().people == 12
    assert exports(home) == first
    assert quarantined(home) == rejected
    with Shop.open(home) as shop:
        assert shop.forgetting.receipts() == receipts


def shop_secret(home: Path) -> Any:
    from zhiyin.privacy.secret import Secret

    return Secret.of(Settings.load(home).privacy, home)
