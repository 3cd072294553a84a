"""``zhiyin network``: the shop's people as a network."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.apps.cli.conftest import Zhiyin
from zhiyin.core.records import Event, Person, Post, Tie
from zhiyin.shop import Shop
from zhiyin.store.frames import frame

TIME = datetime(2026, 5, 1, tzinfo=UTC)
TIES = [
    Tie("u0", "u2"), Tie("u2", "u0"), Tie("u2", "u4"), Tie("u4", "u0", "trust"), Tie("u6", "u8", "block"),
]  # fmt: skip


@pytest.fixture
def known(home: Path) -> Path:
    """The home of a shop with ties, and a post that others found helpful."""
    with Shop.open(home) as shop:
        posts = [Post("p", "u0", "tea", kind="review", text="好")]
        votes = [Event(f"u{n}", "p", "like", target="post", time=TIME) for n in range(2, 8)]
        for kind, records in (("ties", TIES), ("posts", posts), ("events", votes)):
            shop.store.write(kind, frame(records))
        shop.store.write("items", frame_of_categories())
        shop.train()
    return home


def frame_of_categories():  # type: ignore[no-untyped-def]
    from zhiyin.core import Item

    return frame([Item(name, category="Tea") for name in ("tea", "pot", "cup")])


def test_the_network_is_told_in_a_page(zhiyin: Zhiyin, known: Path) -> None:
    lines = zhiyin("--home", known, "network").stdout.splitlines()
    assert "10 people" in lines
    assert "  4 ties, 50% both ways; 1 against somebody" in lines
    assert "  6 people trust somebody, 6 ties of trust" in lines
    assert "  Tea  u0 (0.10)" in lines
    at = lines.index("What seeing somebody buy adds to the chance of buying")
    assert lines[at + 1] == "  Too few purchases to tell."


def test_the_network_for_programs_is_one_document(zhiyin: Zhiyin, known: Path) -> None:
    with Shop.open(known) as shop:
        shop.store.write("users", frame([Person("u0", attributes={"social": "hidden"})]))
    told = json.loads(zhiyin("--home", known, "network", "--json").stdout)
    assert list(told) == ["people", "ties", "trust", "communities", "experts", "influence"]
    assert told["ties"] == {"declared": 4, "reciprocity": 0.5, "against": 1}
    assert told["experts"] == [{"category": "Tea", "people": []}]
    assert set(told["influence"]) == {
        "window_days", "since", "exposed", "naive", "matched", "low", "high", "share_matched",
    }  # fmt: skip


def test_before_a_training_it_says_what_to_do(zhiyin: Zhiyin, untrained: Path) -> None:
    result = zhiyin("--home", untrained, "network")
    assert result.exit_code == 1
    assert "zhiyin train" in result.stderr
