"""What holds for every check, and for a shop that is well, empty or broken."""

from __future__ import annotations

import dataclasses
import re
import sqlite3
from pathlib import Path

from tests.ingest.doctor.conftest import Examined, clean_records, found_in, unwell
from zhiyin.core.records import Event
from zhiyin.ingest.doctor.checkup import examine
from zhiyin.store.store import Store

DOCS = Path(__file__).parents[3] / "docs" / "data-doctor.md"


def test_a_clean_shop_passes_every_check(examined: Examined) -> None:
    findings = examined()
    assert unwell(findings) == {}
    assert all(not found.examples and not found.advice for found in findings.values())
    assert all(re.fullmatch(r"[A-Z0-9].*[^.]\.", found.what) for found in findings.values())


def test_an_empty_shop_fails_for_want_of_events_only(alone: Examined) -> None:
    assert unwell(alone()) == {"size.events": "FAIL"}


def test_the_docs_list_every_check_and_no_other(alone: Examined) -> None:
    listed = re.findall(r"^\| `([a-z_.]+)` \|", DOCS.read_text("utf-8"), re.MULTILINE)
    assert sorted(listed) == sorted(alone())


def test_progress_goes_up_to_its_end(template: Path) -> None:
    told: list[tuple[float, int]] = []
    with Store.open(template) as store:
        examine(store, (), lambda done, rows: told.append((done, rows)))
    assert told == sorted(told)
    assert 0 < told[0][0] < told[-1][0] <= 1
    assert told[-1][1] == sum(map(len, clean_records()))


def test_looking_changes_nothing(template: Path) -> None:
    with Store.open(template) as store:
        before = store.revision()
        assert found_in(store) == found_in(store)
        assert store.revision() == before


def test_a_damaged_store_is_looked_at_no_further(alone: Examined, tmp_path: Path) -> None:
    alone([Event("an", "tea")])
    with sqlite3.connect(tmp_path / "alone.db") as database:
        database.execute("UPDATE events SET item = 999")
    database.close()
    with Store.open(tmp_path / "alone.db") as store:
        [found] = found_in(store).values()
    assert (found.check, found.status) == ("store.sound", "FAIL")
    assert "item 999 was never given" in found.examples[0]["problem"]


def test_examples_are_ten_at_most(examined: Examined) -> None:
    found = examined([Event(f"u{n}", f"ghost{n}", "view") for n in range(30)])["orphans.items"]
    assert (found.found, len(found.examples)) == (30, 10)
    assert dataclasses.asdict(found)["examples"][0] == {"item": "ghost0", "events": 1}
