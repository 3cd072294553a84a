"""Each fault is broken into a shop and found under its name; a healthy shop has none, and looking changes nothing."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from zhiyin.installation import home as places
from zhiyin.installation import software
from zhiyin.installation.examination import examine
from zhiyin.installation.finding import Finding
from zhiyin.shop import Shop
from zhiyin.store import examining

CHECKS = [
    "python", "packages", "settings", "home", "disk", "secrets", "leftovers", "models", "port", "database", "schema",
    "integrity", "log", "clock", "snapshot", "earlier", "search", "page",
]  # fmt: skip
LONG_AGO = time.time() - 3600


@pytest.fixture(autouse=True)
def _a_port_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHIYIN_API__PORT", str(free_port()))


def free_port() -> int:
    with socket.socket() as some:
        some.bind(("127.0.0.1", 0))
        return int(some.getsockname()[1])


def found(home: Path) -> dict[str, Finding]:
    return {finding.check: finding for finding in examine(home)}


def unwell(home: Path) -> dict[str, str]:
    return {name: one.status for name, one in found(home).items() if one.status != "PASS"}


def content(home: Path) -> dict[str, str]:
    return {
        str(path.relative_to(home)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(home.rglob("*"))
        if path.is_file()
    }


def write(home: Path, statement: str) -> None:
    with closing(sqlite3.connect(home / "shop.db")) as database, database:
        database.execute(statement)


def test_a_healthy_shop_has_none_and_is_left_as_it_is(home: Path) -> None:
    before = content(home)
    findings = list(examine(home))
    assert [one.check for one in findings] == CHECKS
    assert [one for one in findings if one.status != "PASS"] == []
    assert content(home) == before


def test_what_a_killed_process_left_in_the_log_stays_there(home: Path) -> None:
    dies = (
        "import os, sqlite3, sys\n"
        "database = sqlite3.connect(sys.argv[1])\n"
        "database.execute(\"INSERT INTO state VALUES ('k', '1')\")\n"
        "database.commit()\n"
        "os._exit(9)\n"
    )
    subprocess.run([sys.executable, "-c", dies, home / "shop.db"], check=False)
    before = content(home)
    assert before["shop.db-wal"] != hashlib.sha256(b"").hexdigest()
    assert unwell(home) == {}
    after = content(home)
    # The index of the log is memory that readers share.
    assert {**after, "shop.db-shm": ""} == {**before, "shop.db-shm": ""}


def test_another_python_is_named(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(software.platform, "python_version", lambda: "3.9.1")
    assert unwell(home) == {"python": "FAIL"}
    assert "3.9.1" in found(home)["python"].found


def test_packages_missing_and_too_old_are_named(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = software._metadata

    def asks_for_more(field: str) -> list[str]:
        more = ["nothing-of-the-kind>=1", "numpy>=999"] if field == "Requires-Dist" else []
        return told(field) + more

    monkeypatch.setattr(software, "_metadata", asks_for_more)
    packages = found(home)["packages"]
    assert packages.status == "FAIL"
    assert "nothing-of-the-kind is missing" in packages.found
    assert "numpy" in packages.found
    assert ">=999" in packages.found
    assert packages.next_step


def test_an_extra_that_is_missing_is_no_fault_and_one_too_old_is(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = software._metadata
    more: list[str] = []

    def asks_for_more(field: str) -> list[str]:
        added = {"Requires-Dist": more, "Provides-Extra": ["exotic"]}
        return told(field) + added.get(field, [])

    monkeypatch.setattr(software, "_metadata", asks_for_more)
    more[:] = ['nothing-of-the-kind>=1; extra == "exotic"']
    packages = found(home)["packages"]
    assert (packages.status, "exotic" in packages.found) == ("PASS", False)
    more[:] = ['numpy>=1; extra == "exotic"']
    assert "exotic" in found(home)["packages"].found
    more[:] = ['numpy>=999; extra == "exotic"']
    assert found(home)["packages"].status == "FAIL"


def test_code_and_metadata_of_two_versions_are_named(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(software, "__version__", "99.0")
    assert found(home)["packages"].status == "FAIL"


def test_unknown_settings_are_named_and_the_data_are_looked_at_all_the_same(home: Path) -> None:
    (home / "zhiyin.toml").write_text("[api]\nprot = 80\n")
    findings = found(home)
    assert findings["settings"].status == "FAIL"
    assert 'did you mean "port"' in findings["settings"].expected
    assert findings["integrity"].status == findings["snapshot"].status == "PASS"
    assert "page" not in findings


def test_a_home_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    assert unwell(tmp_path / "typo") == {"home": "FAIL"}
    assert not (tmp_path / "typo").exists()


def test_a_home_that_may_not_be_written_is_named(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    may = os.access

    def may_not(path: Any, mode: int) -> bool:
        return Path(path) != home and may(path, mode)

    monkeypatch.setattr(places.os, "access", may_not)
    assert found(home)["home"].status == "FAIL"
    assert str(home) in found(home)["home"].where


@pytest.mark.parametrize(
    ("free_bytes", "free_files", "status"),
    [(10 << 20, 0.5, "FAIL"), (500 << 20, 0.5, "WARN"), (1 << 40, 0.0, "FAIL"), (1 << 40, 0.01, "WARN"), (1 << 40, 0.5, "PASS")],
)  # fmt: skip
def test_a_full_disk_is_named(
    home: Path, monkeypatch: pytest.MonkeyPatch, free_bytes: int, free_files: float, status: str
) -> None:
    told = SimpleNamespace(
        f_bavail=free_bytes >> 12, f_frsize=1 << 12, f_favail=int(free_files * 1000), f_files=1000
    )
    monkeypatch.setattr(places.os, "statvfs", lambda _: told)
    assert found(home)["disk"].status == status


def test_secrets_that_others_may_read_are_named(home: Path) -> None:
    key = home / "next_page.key"
    key.write_bytes(bytes(32))
    key.chmod(0o600)
    (home / "zhiyin.local.toml").write_text('language = "zh"\n')
    assert unwell(home) == {}
    key.chmod(0o640)
    assert unwell(home) == {"secrets": "FAIL"}
    assert "chmod 600" in found(home)["secrets"].next_step
    key.chmod(0o600)
    (home / "zhiyin.local.toml").write_text('# postgresql://an:s3cret@db/shop\nlanguage = "zh"\n')
    (home / "zhiyin.local.toml").chmod(0o644)
    secrets = found(home)["secrets"]
    assert secrets.status == "FAIL"
    assert "s3cret" not in secrets.found


def test_people_s_data_that_others_may_read_are_named(home: Path) -> None:
    (home / "shop.db").chmod(0o644)
    home.chmod(0o755)
    assert unwell(home) == {"home": "WARN"}
    assert found(home)["home"].next_step == f"chmod 700 {home}"
    home.chmod(0o700)
    assert unwell(home) == {}


def test_a_damaged_key_of_next_pages_is_named(home: Path) -> None:
    key = home / "next_page.key"
    key.write_bytes(b"x\n")
    key.chmod(0o600)
    assert unwell(home) == {"page": "FAIL"}
    assert "delete it" in found(home)["page"].next_step


def test_what_a_killed_training_left_is_named_unless_one_publishes(home: Path) -> None:
    left = home / "snapshots" / ".unfinished-abc"
    left.mkdir()
    assert unwell(home) == {}  # it may be somebody's at work
    os.utime(left, (LONG_AGO, LONG_AGO))
    assert unwell(home) == {"leftovers": "WARN"}
    with (home / "snapshots" / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert unwell(home) == {}


def test_a_model_without_its_package_is_named(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "zhiyin.toml").write_text('[reading.embedder]\ntype = "e5"\n')
    monkeypatch.setattr("zhiyin.installation.learned.find_spec", lambda _: None)
    models = found(home)["models"]
    assert models.status == "FAIL"
    assert "zhiyin[local]" in models.next_step


def test_a_damaged_database_is_named(home: Path) -> None:
    (home / "shop.db").write_bytes(b"this is no database " * 500)
    findings = found(home)
    assert findings["database"].status == "FAIL"
    assert "not a database" in findings["database"].found
    assert "integrity" not in findings
    assert findings["snapshot"].status == "PASS"


def test_a_damaged_page_of_the_database_is_named(home: Path) -> None:
    path = home / "shop.db"
    data = bytearray(path.read_bytes())
    with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as database:
        [root] = database.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'events'"
        ).fetchone()
        [size] = database.execute("PRAGMA page_size").fetchone()
    data[(root - 1) * size + 100 : root * size] = b"\x5a" * (size - 100)
    path.write_bytes(data)
    assert found(home)["integrity"].status == "FAIL"


def test_a_database_that_is_gone_is_named_and_not_made(home: Path) -> None:
    (home / "shop.db").unlink()
    assert found(home)["database"].status == "FAIL"
    assert not (home / "shop.db").exists()


def test_numbers_that_were_never_given_are_named(home: Path) -> None:
    write(home, "UPDATE events SET item = 999 WHERE id = 1")
    integrity = found(home)["integrity"]
    assert integrity.status == "FAIL"
    assert "item 999 was never given" in integrity.found


def test_a_look_that_takes_long_is_broken_off(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhiyin.store.sqlite._STEPS", 1)
    looks = examining.Examination(home / "shop.db", long_s=0.0)
    assert "0 seconds reached" in looks.integrity()


def test_tables_of_a_newer_version_are_named_and_left(home: Path) -> None:
    write(home, "UPDATE alembic_version SET version_num = '9999'")
    assert unwell(home) == {"schema": "FAIL"}
    assert found(home)["schema"].next_step == "upgrade zhiyin"


def test_tables_of_an_earlier_version_are_not_migrated(home: Path) -> None:
    write(home, "UPDATE alembic_version SET version_num = '0009'")
    before = content(home)
    findings = found(home)
    assert (findings["schema"].status, findings["page"].status) == ("PASS", "PASS")
    assert "0009" in findings["schema"].found
    assert content(home) == before


def test_a_file_out_of_wal_mode_is_named(home: Path) -> None:
    write(home, "PRAGMA journal_mode = DELETE")
    assert unwell(home) == {"log": "WARN"}


def test_a_log_that_grows_is_named(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examining, "_LARGE_LOG_BYTES", 1000)
    with Shop.open(home) as shop:
        shop.store.set_state("k", "1")
        assert unwell(home) == {"log": "WARN"}


def test_events_of_the_future_are_named(home: Path) -> None:
    ahead_us = int((time.time() + 3 * 86400) * 1e6)
    write(home, f"UPDATE events SET time_us = {ahead_us} WHERE id = (SELECT max(id) FROM events)")
    clock = found(home)["clock"]
    assert clock.status == "WARN"
    assert "an event is 3 days ahead" in clock.found


def test_a_clock_that_went_back_is_named(home: Path) -> None:
    path = home / "shop.db"
    os.utime(path, (path.stat().st_atime, time.time() + 7300))
    clock = found(home)["clock"]
    assert clock.status == "WARN"
    assert "a write to the database is 2 hours ahead" in clock.found


def damage(home: Path, version: int) -> Path:
    path = home / "snapshots" / f"{version:06d}" / "popularity.npy"
    data = bytearray(path.read_bytes())
    data[-1] ^= 0xFF
    path.write_bytes(data)
    return path


def test_a_damaged_snapshot_is_named(home: Path) -> None:
    path = damage(home, 1)
    findings = found(home)
    assert findings["snapshot"].status == "FAIL"
    assert str(path) in findings["snapshot"].where
    assert "page" not in findings


def test_a_damaged_snapshot_before_the_current_one_is_named(home: Path) -> None:
    with Shop.open(home) as shop:
        shop.train()
    path = damage(home, 1)
    assert unwell(home) == {"earlier": "WARN"}
    assert str(path) in found(home)["earlier"].found


def test_a_damaged_pointer_is_named(home: Path) -> None:
    (home / "snapshots" / "CURRENT").write_text("garbage")
    findings = found(home)
    assert findings["snapshot"].status == "FAIL"
    assert findings["earlier"].status == "PASS"


def test_a_shop_without_a_training_is_told_what_is_next(untrained: Path) -> None:
    assert unwell(untrained) == {"snapshot": "FAIL"}
    assert found(untrained)["snapshot"].next_step == "zhiyin train"


def test_a_snapshot_without_an_index_is_named(home: Path) -> None:
    with Shop.open(home) as shop:
        snapshot = shop.snapshots.open()
        kept = {name: a for name, a in snapshot.arrays.items() if not name.startswith("search.")}
        shop.snapshots.rewrite(1, kept, snapshot.manifest)
    assert unwell(home) == {"search": "WARN"}


@pytest.mark.usefixtures("popular_hangs")
def test_a_degraded_page_is_named_with_its_stage(home: Path) -> None:
    page = found(home)["page"]
    assert page.status == "FAIL"
    assert "sources/popular late" in page.found


@contextmanager
def answering(port: int, *answers: bytes) -> Iterator[None]:
    """Answer a port, one answer after the other and again."""
    turn = iter(range(10**6))

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(answers[next(turn) % len(answers)])

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", port), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def healthy(process: int, version: str) -> bytes:
    return json.dumps({"status": "ok", "process": process, "version": version}).encode()


def test_who_answers_the_port_is_told_apart(home: Path) -> None:
    from zhiyin import __version__

    port = int(os.environ["ZHIYIN_API__PORT"])
    assert "is free" in found(home)["port"].found
    with answering(port, healthy(7, __version__), healthy(8, __version__)):
        told = found(home)["port"]
        assert (told.status, "2 processes" in told.found) == ("PASS", True)
    with answering(port, healthy(7, __version__), healthy(8, "0.0.1")):
        told = found(home)["port"]
        assert (told.status, "process 8 runs zhiyin 0.0.1" in told.found) == ("WARN", True)
    with answering(port, b"<html>"):
        assert found(home)["port"].status == "FAIL"


def test_an_address_of_another_machine_is_named(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zhiyin.installation.server._asked", refuses)
    monkeypatch.setenv("ZHIYIN_API__HOST", "203.0.113.7")
    assert found(home)["port"].status == "FAIL"


def refuses(_: object) -> None:
    raise ConnectionRefusedError


def test_an_old_copy_that_still_knows_who_was_forgotten_is_named_and_left(
    home: Path, tmp_path: Path
) -> None:
    old = (home / "shop.db").read_bytes()
    with Shop.open(home) as shop:
        shop.forget("u3")
    assert unwell(home) == {}
    for path in home.glob("shop.db*"):
        path.unlink()
    (home / "shop.db").write_bytes(old)
    before = content(home)
    assert unwell(home) == {"page": "WARN"}
    assert "1 people" in found(home)["page"].found
    assert content(home) == before


def test_a_database_server_that_does_not_answer_is_named(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHIYIN_STORE__URL", f"postgresql://an:s3cret@127.0.0.1:{free_port()}/shop")
    database = found(home)["database"]
    assert database.status == "FAIL"
    assert database.next_step
    assert "s3cret" not in str(database)


@pytest.mark.parametrize("module", ["numpy", "polars", "sqlalchemy", "packaging"])
def test_it_works_without_a_package(home: Path, module: str) -> None:
    run = (
        "import sys\n"
        f"sys.modules[{module!r}] = None\n"
        "sys.argv = ['zhiyin', '--home', sys.argv[1], 'doctor', '--json']\n"
        "from zhiyin.apps.cli.main import run\n"
        "run()\n"
    )
    done = subprocess.run([sys.executable, "-c", run, home], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (1, "")
    told = {row["check"]: row for row in json.loads(done.stdout)}
    assert told["home"]["status"] == told["disk"]["status"] == "PASS"
    failed = [row["found"] for row in told.values() if row["status"] == "FAIL"]
    assert any(module in one for one in failed)
