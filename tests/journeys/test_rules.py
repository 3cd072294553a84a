"""Rules of the operator, from saying one to the page that shoppers see."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import plays
from zhiyin import Item, Query, Shop
from zhiyin.core import Kind
from zhiyin.core.rule import Rule, of_ids
from zhiyin.errors import InvalidRecord
from zhiyin.settings import Settings
from zhiyin.store.frames import frame

NOW = datetime(2025, 3, 4, 12, tzinfo=UTC)
IDS = [f"i{n}" for n in range(12)]
SLOW = {name: {"budget_ms": 60_000} for name in ("home", "similar", "feed")}


def fill(shop):
    shop.store.write(
        "items",
        frame(
            [
                Item(key, title=f"Item {key}", category="茶" if n % 2 else "杯子", brand=f"b{n % 3}",
                     price_minor=1000 * (n + 1), currency="CNY", attributes={"season": "冬"} if n > 8 else {})
                for n, key in enumerate(IDS)
            ]
        ),
    )  # fmt: skip
    rows = {f"p{n}": " ".join(IDS[(n * k + k) % 9] for k in range(5)) for n in range(20)}
    shop.record(plays(rows))
    shop.train()


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    with Shop.open(Settings.load(tmp_path_factory.mktemp("rules"), pipelines=SLOW)) as shop:
        fill(shop)
        yield shop


@pytest.fixture(autouse=True)
def _no_rules_are_left(shop):
    yield
    for rule in shop.rules.standing():
        shop.rules.remove(rule.id, "test")


def page(shop, user="p1", n=6, **fields):
    person = shop.store.number(Kind.PERSON, user)
    made = shop.page(Query(person=person, n=n, **{"is_preview": True, **fields}))
    assert not made.degraded
    return [shop.catalogue.key(item.ref.number) for item in made.items]


def say(shop, kind, where, **fields):
    return shop.rules.add(Rule(kind, where, **{"set_by": "li", **fields}))


def test_a_pin_that_no_source_knows_stands_at_its_place_and_shoppers_are_told(shop):
    assert "i11" not in page(shop)  # nobody ever bought it
    say(shop, "pin", of_ids("i11"), place=3)
    made = shop.page(Query(person=shop.store.number(Kind.PERSON, "p1"), n=6, is_preview=True))
    third = made.items[2]
    assert shop.catalogue.key(third.ref.number) == "i11"
    assert third.reasons[0].kind == "promoted"
    assert "pinned" in third.sources
    assert all(one.reasons[0].kind != "promoted" for one in made.items if one is not third)


def test_a_pin_that_must_not_be_shown_is_not(shop):
    say(shop, "pin", of_ids("i11"), place=1)
    assert page(shop)[0] == "i11"
    excluded = say(shop, "exclude", 'attributes.season = "冬"')
    assert "i11" not in page(shop, n=12)
    shop.rules.remove(excluded.id, "li")
    assert page(shop)[0] == "i11"
    shop.put("items", [{"id": "i11", "stock": 0}])
    assert "i11" not in page(shop, n=12)
    shop.put("items", [{"id": "i11", "stock": 5}])
    assert page(shop)[0] == "i11"
    shop.put("events", [{"user": "p1", "item": "i11", "type": "dislike"}])
    assert "i11" not in page(shop, n=12)
    assert page(shop, "p2")[0] == "i11"


def test_excluding_is_of_its_surfaces_and_its_time(shop):
    [first, *_] = page(shop, time=NOW)
    say(shop, "exclude", of_ids(first), surfaces=("feed",))
    assert page(shop, time=NOW)[0] == first
    say(shop, "exclude", of_ids(first), valid_from=NOW, valid_until=NOW + timedelta(days=1))
    assert first not in page(shop, time=NOW, n=12)
    assert page(shop, time=NOW - timedelta(seconds=1))[0] == first
    assert page(shop, time=NOW + timedelta(days=1))[0] == first


def test_a_page_as_of_another_time_does_not_step_out_of_what_is_excluded_now(shop):
    asked = {"time": datetime.now(UTC) - timedelta(days=60)}
    shown = page(shop, **asked)[0]
    say(shop, "exclude", of_ids(shown), valid_from=datetime.now(UTC) - timedelta(days=1))
    assert shown not in page(shop, n=12, **asked)


def test_what_a_rule_alone_brought_is_promoted_wherever_it_stands(shop):
    say(shop, "pin", of_ids("i11"), place=12)
    made = shop.page(Query(person=None, n=12, is_preview=True))
    own = [one for one in made.items if shop.catalogue.key(one.ref.number) == "i11"]
    assert [one.reasons[0].kind for one in own] == ["promoted"]


def test_a_rule_holds_in_another_process_at_once(shop):
    [first, *_] = page(shop)
    with Shop.open(shop.settings) as other:
        assert page(other)[0] == first
        say(shop, "exclude", of_ids(first))
        assert first not in page(other, n=12)


def test_other_surfaces_have_rules_too_but_a_page_about_an_item_never_shows_it(shop):
    say(shop, "pin", of_ids("i11", "i0"), place=1)
    for surface in ("similar", "feed"):
        made = shop.page(Query(n=4, surface=surface, seeds=(3,), is_preview=True))
        assert shop.catalogue.key(made.items[0].ref.number) in ("i0", "i11")
    similar = shop.page(Query(n=6, surface="similar", seeds=(0,), is_preview=True))
    assert "i0" not in [shop.catalogue.key(item.ref.number) for item in similar.items]
    assert similar.items[0].ref.number == 11


def test_a_preview_shows_both_pages_and_changes_nothing(shop):
    before = page(shop, "nobody")
    tried = shop.rules.preview(
        Rule("boost", 'category = "茶"', strength=3, valid_until=NOW - timedelta(days=300)),
        Query(n=6),
    )
    pages = [
        [shop.catalogue.key(item.ref.number) for item in made.items]
        for made in (tried.before, tried.after)
    ]
    assert pages[0] == before == page(shop, "nobody")
    assert pages[1] != before
    is_tea = [int(key[1:]) % 2 for key in pages[1]]
    assert is_tea == sorted(is_tea, reverse=True)
    assert (tried.items, tried.examples) == (6, ("i1", "i3", "i5", "i7", "i9"))
    assert shop.rules.standing() == []
    assert shop._impressions.exposure.of_items(1).sum() == 0


def test_a_preview_of_a_changed_rule_takes_the_place_of_what_stands(shop):
    from dataclasses import replace

    stands = say(shop, "pin", of_ids("i11"), place=1)
    query = Query(person=shop.store.number(Kind.PERSON, "p2"), n=6)
    tried = shop.rules.preview(replace(stands, place=2), query)
    places = [[item.ref.number for item in made.items].index(11) for made in (tried.after,)]
    assert places == [1]
    assert 11 not in [item.ref.number for item in tried.before.items]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"where": "pric < 5"}, 'did you mean "price"'),
        ({"where": 'attributes.seson = "冬"'}, 'did you mean "season"'),
        ({"where": "stock < 5", "surfaces": ("hom",)}, 'did you mean "home"'),
        ({"where": "stock < 5", "set_by": ""}, "nobody says so"),
    ],
)
def test_a_rule_that_means_nothing_is_not_kept(shop, fields, said):
    with pytest.raises(InvalidRecord, match=said):
        shop.rules.add(Rule("bury", **{"set_by": "li", **fields}))
    assert shop.rules.standing() == []


def test_changing_keeps_what_is_not_said_and_checks_again(shop):
    added = say(shop, "pin", of_ids("i11"), place=1, surfaces=("home",), note="launch")
    changed = shop.rules.change(added.id, "wang", place=2, surfaces=())
    assert (changed.place, changed.note, changed.surfaces, changed.set_by) == (
        2,
        "launch",
        (),
        "wang",
    )
    assert page(shop, "p2")[1] == "i11"
    with pytest.raises(InvalidRecord):
        shop.rules.change(added.id, "wang", where="nothing")
    with pytest.raises(InvalidRecord):
        shop.rules.change(added.id, "wang", strength=1.0)
    acts = [one.act for one in shop.rules.changes(added.id)]
    assert acts == ["added", "changed"]


def test_what_the_settings_lack_is_said(tmp_path):
    home = {"filters": [{"type": "seen"}], "rerankers": []}
    with Shop.open(Settings.load(tmp_path, pipelines={"home": home})) as shop:
        assert shop.rules.lacking(Rule("exclude", "stock < 1")) == [
            "pipelines.home.filters: allowed"
        ]
        lacking = shop.rules.lacking(Rule("bury", "stock < 1"))
        assert lacking == ["pipelines.home.rerankers: merchandising"]
        assert shop.rules.lacking(Rule("bury", "stock < 1", ("feed",))) == []


WHERES = st.sampled_from(
    ['category = "茶"', "price < 60", 'brand in ("b0", "b1")', 'attributes.season = "冬"', "not price > 30",
     of_ids("i0", "i3", "i9")]
)  # fmt: skip
MEANT = {
    'category = "茶"': lambda n: n % 2,
    "price < 60": lambda n: n < 5,
    'brand in ("b0", "b1")': lambda n: n % 3 < 2,
    'attributes.season = "冬"': lambda n: n > 8,
    "not price > 30": lambda n: n < 3,
    of_ids("i0", "i3", "i9"): lambda n: n in (0, 3, 9),
}


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    excluded=WHERES,
    pin=st.tuples(WHERES, st.integers(1, 6)),
    others=st.lists(st.tuples(st.sampled_from(["bury", "boost", "expose"]), WHERES), max_size=3),
    user=st.sampled_from(["p1", "p7", "nobody"]),
    surface=st.sampled_from(["home", "feed", "similar"]),
)
def test_no_excluded_item_is_on_any_page_and_a_pin_stands(
    shop, excluded, pin, others, user, surface
):
    figures = {"boost": {"strength": 1.0}, "expose": {"share": 0.2}}
    added = [say(shop, "exclude", excluded), say(shop, "pin", pin[0], place=pin[1])]
    added += [say(shop, kind, where, **figures.get(kind, {})) for kind, where in others]
    person = shop.store.number(Kind.PERSON, user)
    query = Query(
        person=person, n=8, surface=surface, seeds=(4,) * (surface == "similar"), is_preview=True
    )
    made = shop.page(query)
    for rule in added:
        shop.rules.remove(rule.id, "test")
    assert not made.degraded
    numbers = [item.ref.number if item.ref.kind == Kind.ITEM else None for item in made.items]
    assert not any(MEANT[excluded](n) for n in numbers if n is not None)
    ranked = [n for n, item in zip(numbers, made.items, strict=True) if not item.is_backfill]
    if any(n is not None and MEANT[pin[0]](n) for n in ranked) and pin[1] <= len(ranked):
        assert MEANT[pin[0]](ranked[pin[1] - 1])
