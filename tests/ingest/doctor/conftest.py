"""A clean shop, made once, and what the doctor says of it after something was planted in a copy."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from zhiyin.core.records import Event, Item, Person, Post, Tie
from zhiyin.ingest.doctor.checkup import examine
from zhiyin.ingest.doctor.finding import Finding
from zhiyin.store.frames import frame
from zhiyin.store.store import Store

NOW = datetime(2026, 6, 1, tzinfo=UTC)
KNOWN = ("view", "cart", "purchase", "play", "rating", "review", "like")
N_PEOPLE, N_ITEMS, DAYS = 150, 60, 300

Examined = Callable[..., dict[str, Finding]]


def past(rng: np.random.Generator) -> datetime:
    return NOW - timedelta(seconds=int(rng.integers(60, DAYS * 86_400)))


def clean_records() -> list[list[Any]]:
    rng = np.random.default_rng(7)
    words = ["".join(rng.choice(list("abcdefghij"), 6)) for _ in range(300)]
    items = [
        Item(
            f"i{n}",
            title=f"{words[n]} {words[n + 60]}",
            description="Soft and warm",
            category=f"c{n % 2}",
            brand="b",
            price_minor=int(rng.integers(1_000, 5_000)),
            currency="CNY",
            stock=5,
        )
        for n in range(N_ITEMS)
    ]
    events = [
        Event(
            f"u{person}",
            f"i{rng.integers(N_ITEMS)}",
            str(rng.choice(["view", "cart", "purchase"])),
            time=past(rng),
        )
        for person in range(N_PEOPLE)
        for _ in range(20)
    ]
    events += [
        Event(f"u{n % N_PEOPLE}", f"i{n % N_ITEMS}", "rating", float(n % 5 + 1), past(rng))
        for n in range(200)
    ]
    posts = [
        Post(
            f"p{n}",
            f"u{n % N_PEOPLE}",
            f"i{n % N_ITEMS}",
            text=" ".join(rng.choice(words, 12)),
            rating=float(n % 5 + 1),
            time=past(rng),
        )
        for n in range(200)
    ]
    people = [Person(f"u{n}") for n in range(N_PEOPLE)]
    pairs = [(f"u{n}", f"u{(n + 1) % N_PEOPLE}") for n in range(N_PEOPLE)]
    ties = [Tie(*pair) for an, bo in pairs for pair in ((an, bo), (bo, an))]
    return [people, items, events, posts, ties]


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("clean") / "shop.db"
    with Store.open(path) as store:
        for records in clean_records():
            write(store, records)
    return path


@pytest.fixture
def examined(template: Path, tmp_path: Path) -> Examined:
    """Return a function that plants records in the clean shop, and returns what each check then finds."""

    def plant(*planted: Sequence[Any]) -> dict[str, Finding]:
        path = shutil.copy(template, tmp_path / "shop.db")
        with Store.open(path) as store:
            for records in planted:
                write(store, records)
            return found_in(store)

    return plant


@pytest.fixture
def alone(tmp_path: Path) -> Examined:
    """Return a function that makes a shop of some records alone, and returns what each check finds."""

    def make(*told: Sequence[Any]) -> dict[str, Finding]:
        with Store.open(tmp_path / "alone.db") as store:
            for records in told:
                write(store, records)
            return found_in(store)

    return make


def write(store: Store, records: Sequence[Any]) -> None:
    kind = {Event: "events", Item: "items", Post: "posts", Person: "users", Tie: "ties"}
    names = {
        type(record): kind.get(type(record), f"{type(record).__name__.lower()}s")
        for record in records
    }
    for noun, name in names.items():
        store.write(name, frame([record for record in records if type(record) is noun]))


def found_in(store: Store) -> dict[str, Finding]:
    findings = examine(store, KNOWN, now_us=int(NOW.timestamp() * 1e6))
    return {finding.check: finding for finding in findings}


def unwell(findings: dict[str, Finding]) -> dict[str, str]:
    """Return the checks that did not pass, with their status."""
    return {name: found.status for name, found in findings.items() if found.status != "PASS"}
