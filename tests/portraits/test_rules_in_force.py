"""Which rules hold when, where, and for what."""

import logging
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from zhiyin.core import Candidates, Kind
from zhiyin.core.records import Item
from zhiyin.core.rule import Rule
from zhiyin.portraits.matching import Matching
from zhiyin.portraits.rules_in_force import NO_RULES, NOTHING, RulesInForce, of_candidates
from zhiyin.store.catalogue import Catalogue
from zhiyin.store.frames import frame
from zhiyin.store.store import Store

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
ITEMS = [Item(f"i{n}", brand="A" if n < 2 else "B", stock=n) for n in range(5)]


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "shop.db") as store:
        store.write("items", frame(ITEMS))
        yield store


@pytest.fixture
def catalogue(store):
    return Catalogue(store)


@pytest.fixture
def rules(store, catalogue):
    return RulesInForce(Matching(store, catalogue), store.rules)


def rule(kind, where='brand = "A"', **fields):
    return Rule(kind, where, **{"set_by": "li", **fields})


def test_without_rules_nothing_holds(rules):
    rules.refresh()
    assert rules.on("home", NOW) is NOTHING
    assert NO_RULES.on("home", NOW) is NOTHING


def test_each_kind_has_its_array(store, rules):
    for one in (
        rule("exclude"),
        rule("bury", "stock > 3"),
        rule("boost", strength=0.5),
        rule("boost", "stock = 1", strength=-0.2),
        rule("pin", "stock = 3", place=2),
        rule("expose", 'brand = "B"', share=0.3, surfaces=("home",)),
    ):
        store.rules.add(one)
    rules.refresh()
    found = rules.on("home", NOW)
    assert found.excluded.tolist() == [True, True, False, False, False]
    assert found.buried.tolist() == [False, False, False, False, True]
    assert found.boost.tolist() == [0.5, pytest.approx(0.3), 0, 0, 0]
    [(place, mask)] = found.pins
    assert (place, mask.tolist()) == (1, [False, False, False, True, False])
    [exposed] = found.exposed
    assert (exposed.share, exposed.surfaces, exposed.mask.sum()) == (0.3, ("home",), 3)
    assert rules.on("similar", NOW).exposed == ()


def test_a_rule_holds_from_its_begin_to_before_its_end(store, rules):
    store.rules.add(rule("exclude", valid_from=NOW, valid_until=NOW + HOUR))
    rules.refresh()
    second = timedelta(seconds=1)
    holds = [
        rules.on("home", time).excluded.any()
        for time in (NOW - second, NOW, NOW + HOUR - second, NOW + HOUR)
    ]
    assert holds == [False, True, True, False]
    assert rules.on("home", NOW + HOUR) is NOTHING
    assert rules.on("home", NOW) is rules.on("home", NOW + second)


def test_what_another_process_says_holds_after_a_refresh(store, rules, tmp_path):
    rules.refresh()
    with Store.open(tmp_path / "shop.db") as other:
        added = other.rules.add(rule("exclude"))
        rules.refresh()
        assert rules.on("home", NOW).excluded.sum() == 2
        other.rules.remove(added.id, "li")
        rules.refresh()
        assert rules.on("home", NOW) is NOTHING


def test_items_that_change_are_seen(store, rules, catalogue):
    store.rules.add(rule("exclude", "stock < 2"))
    rules.refresh()
    assert rules.on("home", NOW).excluded.tolist() == [True, True, False, False, False]
    store.write("items", frame([Item("i1", stock=9), Item("i4", stock=0), Item("new", stock=1)]))
    catalogue.refresh()
    rules.refresh()
    assert rules.on("home", NOW).excluded.tolist() == [True, False, False, False, True, True]


def test_age_moves_on_without_anything_changing(store, rules, catalogue):
    store.write("items", frame([Item("i0", created=NOW)]))
    catalogue.refresh()
    store.rules.add(rule("boost", "age_days < 1", strength=1.0))
    rules.refresh()
    assert rules.on("home", NOW + HOUR).boost.tolist() == [1, 0, 0, 0, 0]
    assert not rules.on("home", NOW + 24 * HOUR).boost.any()


def test_of_two_pins_for_a_place_the_one_set_later_comes_first(store, rules):
    first = store.rules.add(rule("pin", "stock = 1", place=1))
    store.rules.add(rule("pin", "stock = 2", place=1))
    rules.refresh()
    assert [mask.argmax() for _, mask in rules.on("home", NOW).pins] == [2, 1]
    store.rules.change(first)
    rules.refresh()
    assert [mask.argmax() for _, mask in rules.on("home", NOW).pins] == [1, 2]


def test_a_rule_that_cannot_be_read_does_nothing_and_is_told(store, rules, caplog):
    store.rules.add(rule("exclude", "colour is red"))
    store.rules.add(rule("exclude"))
    with caplog.at_level(logging.ERROR):
        rules.refresh()
    assert "does nothing" in caplog.text
    assert rules.on("home", NOW).excluded.sum() == 2


def test_held_are_pins_at_their_place_and_shares(store, catalogue):
    rules = RulesInForce.of(
        [rule("pin", "stock = 1", place=2), rule("expose", "stock = 4", share=0.1)],
        Matching(store, catalogue),
    )
    held = rules.on("home", NOW).held
    assert held(Candidates.of([0, 1, 4])).tolist() == [False, True, True]
    assert held(Candidates.of([1, 0, 2])).tolist() == [False, False, False]
    assert held(Candidates.of([2])).tolist() == [False]


def test_columns_speak_of_items_they_know_alone():
    kinds = np.array([Kind.ITEM, Kind.POST, Kind.ITEM], np.uint8)
    found = Candidates(np.array([1, 1, 7]), kinds, np.zeros(3, np.float32))
    assert of_candidates(np.array([False, True]), found).tolist() == [True, False, False]
    assert of_candidates(np.zeros(0, bool), found).tolist() == [False] * 3
