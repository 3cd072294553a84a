"""What is learned after somebody was forgotten is what is learned where that person never did anything."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.forgetting.conftest import WHO
from zhiyin.core.records import Event, Item, Person, Tie
from zhiyin.ranking.trained import Trained
from zhiyin.shop import Shop
from zhiyin.store.frames import frame

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
N_ITEMS, N_PEOPLE = 8, 24
Doings = Sequence[tuple[int, int]]


def told(home: Path, doings: Doings, ties: Doings, *, leaves_out: bool) -> Shop:
    """Return a shop of 24 people, the first of whom did nothing where that is wished."""
    shop = Shop.open(home)
    names = [WHO, *(f"u{n}" for n in range(1, N_PEOPLE))]
    shop.store.write("items", frame([Item(f"i{n}", title=f"Thing {n}") for n in range(N_ITEMS)]))
    shop.store.write("users", frame([Person(name) for name in names]))
    hours = [NOON + timedelta(hours=row) for row in range(len(doings) + 1)]
    events = [
        Event(names[person], f"i{item}", "purchase", time=hours[row], event_id=f"e{row}")
        for row, (person, item) in enumerate(doings)
        if person or not leaves_out
    ]
    events.append(Event("u1", "i0", "purchase", time=hours[-1], event_id="last"))
    shop.store.write("events", frame(events))
    tied = [
        Tie(names[one], names[two], "friend")
        for one, two in ties
        if one != two and ((one and two) or not leaves_out)
    ]
    if tied:
        shop.store.write("ties", frame(tied))
    return shop


def differences(one: Shop, other: Shop) -> dict[str, float]:
    """Return the names of what was learned differently, with by how much; search and marks are not of people."""
    left, right = one.snapshots.open().arrays, other.snapshots.open().arrays
    found = dict.fromkeys(set(left) ^ set(right), np.inf)
    for name in sorted(set(left) & set(right)):
        if name.startswith("search.") or name in ("society.marks", "society.items.vectors"):
            continue
        if left[name].shape != right[name].shape:
            found[name] = np.inf
        elif left[name].dtype.kind in "fib":
            gap = np.abs(left[name].astype(float) - right[name].astype(float))
            if (worst := float(np.nan_to_num(gap).max(initial=0))) > 1e-4:
                found[name] = worst
    return found


def checked(doings: Doings, ties: Doings) -> None:
    with tempfile.TemporaryDirectory() as folder:
        here, there = Path(folder, "here"), Path(folder, "there")
        with (
            told(here, doings, ties, leaves_out=False) as shop,
            told(there, doings, ties, leaves_out=True) as without,
        ):
            shop.train()
            without.train()
            control = differences(shop, without)
            assert bool(control) == any(person == 0 for person, _ in doings)
            receipt = shop.forget(WHO)
            assert receipt["weights"] == "refitted"
            snapshot = shop.snapshots.open()
            chosen = Trained.from_snapshot(snapshot.arrays, snapshot.manifest)
            expected = chosen.refitted(without.store, without.settings.train)
            for name, array in expected.affinity.arrays().items():
                if array.dtype.kind == "f":
                    found = snapshot.arrays[f"affinity.{name}"]
                    assert found.shape == array.shape, name
                    assert np.allclose(found, array, atol=1e-4), name
            assert np.allclose(expected.popularity, snapshot["popularity"], atol=1e-4)
            shop.train()
            assert differences(shop, without) == {}


def a_shop(seed: int) -> tuple[Doings, Doings]:
    rng = np.random.default_rng(seed)
    doings = np.column_stack([rng.integers(0, N_PEOPLE, 150), rng.integers(0, N_ITEMS, 150)])
    ties = rng.integers(0, N_PEOPLE, (30, 2))
    return [(int(a), int(b)) for a, b in [[0, 1], [0, 2], *doings.tolist()]], [
        (int(a), int(b)) for a, b in [[0, 1], *ties.tolist()]
    ]


def test_learning_after_forgetting_is_learning_without() -> None:
    checked(*a_shop(0))


_pair = st.tuples(st.integers(0, N_PEOPLE - 1), st.integers(0, N_ITEMS - 1))
_tie = st.tuples(st.integers(0, N_PEOPLE - 1), st.integers(0, N_PEOPLE - 1))


@pytest.mark.slow
@settings(
    max_examples=5,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],  # each example trains three shops
)
@given(st.lists(_pair, min_size=60, max_size=160), st.lists(_tie, max_size=30))
def test_learning_after_forgetting_is_learning_without_for_any_shop(
    doings: Doings, ties: Doings
) -> None:
    checked([(0, 1), *doings], ties)
