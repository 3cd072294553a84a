"""People by the shop's ids: what each answer stands on, what was removed, and who is not known."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from zhiyin.core import Kind
from zhiyin.core.interactions import Interactions
from zhiyin.core.records import Event, Fact, Interaction, Item, Person, Tie
from zhiyin.errors import NotFound, UnknownEntity
from zhiyin.portraits.people import People
from zhiyin.portraits.society import Society
from zhiyin.store.frames import frame
from zhiyin.store.store import Store

TIME = datetime(2025, 3, 10, 20, tzinfo=UTC)
TEA = [
    Item(f"茶/{n}", title=f"绿茶 {n}", translations={"en": {"title": f"Green tea {n}"}}, brand="Lu",
         category="tea", price_minor=1000 * (n + 1), currency="CNY")
    for n in range(3)
]  # fmt: skip
ITEMS = [
    *TEA,
    *(Item(f"n{n}", title=f"茶具 {n}", category="pots", brand="Mo", price_minor=500, currency="CNY")
      for n in range(3)),
    Item("pill", title="抗抑郁药", category="tea", brand="Lu", price_minor=1000, currency="CNY"),
]  # fmt: skip
EVENTS = [
    *(Event("an", f"茶/{n}", "purchase", time=TIME - timedelta(days=n)) for n in range(3) for _ in range(9)),
    Event("an", "pill", "purchase", time=TIME),
    *(Event(f"u{k}", f"n{n}", "purchase", time=TIME) for k in range(30) for n in range(3)),
]  # fmt: skip
TIES = [
    Tie("an", "bo", "friend"), Tie("an", "cy", "colleague"), Tie("bo", "di", "friend"), Tie("cy", "di", "friend"),
    Tie("di", "an", "follow"),
]  # fmt: skip
EXCHANGES = [Interaction("an", "bo", "message", time=TIME - timedelta(days=n)) for n in range(3)]
FACTS = [
    Fact("an", name, value, subject_kind="person", user="an", source="post:p2", time=TIME, method="rule",
         confidence=0.8, expires=expires, span="x")
    for name, value, expires in (
        ("interest", "hiking", None), ("life_event", "moving", TIME + timedelta(days=30)),
    )
]  # fmt: skip


def society_of(store):
    """Return what is learned of the people of a store."""
    [events] = list(store.events())
    of_items = events.filter(events["kind"] == int(Kind.ITEM))
    columns = (of_items[name].to_numpy() for name in ("person", "item"))
    when = of_items["time_us"].to_numpy()
    told = Interactions(*columns, np.ones(of_items.height, np.float32), when)
    vectors = np.eye(store.count(Kind.ITEM), dtype=np.float32)
    return Society.learned(store, told, n_people=store.count(Kind.PERSON), vectors=vectors)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    with Store.open(tmp_path_factory.mktemp("people") / "shop.db") as store:
        records = {"items": ITEMS, "events": EVENTS, "ties": TIES, "interactions": EXCHANGES, "facts": FACTS}  # fmt: skip
        for kind, told in records.items():
            store.write(kind, frame(told))
        yield store


@pytest.fixture(scope="module")
def society(store):
    return society_of(store)


@pytest.fixture
def people(store, society):
    yield People(store, lambda: society)
    for person in range(store.count(Kind.PERSON)):
        store.drop_state(f"portrait.removed.{person}")


def said(people, kind, user="an", **more):
    return [one for one in people.portrait(user, **more)["statements"] if one["kind"] == kind]


def test_evidence_stands_by_ids_titles_and_times(people):
    [brand] = [one for one in said(people, "leaning") if one["about"] == "brand:Lu"]
    assert brand["evidence"][0] == {
        "type": "purchase", "item": "茶/0", "title": "绿茶 0", "time": "2025-03-10T20:00:00+00:00",
    }  # fmt: skip
    [brand] = [one for one in said(people, "leaning", language="en") if one["about"] == "brand:Lu"]
    assert brand["evidence"][0]["title"] == "Green tea 0"
    [interest] = said(people, "interest")
    assert interest["evidence"] == [
        {"type": "post", "source": "post:p2", "time": "2025-03-10T20:00:00+00:00"}
    ]


def test_prices_are_in_whole_units_of_their_currency(people):
    [price] = said(people, "price")
    assert price["currency"] == "CNY"
    assert 10 <= price["low"] <= price["middle"] <= price["high"] <= 30


def test_what_is_nobody_s_business_is_no_evidence(people):
    evidence = [e for one in people.portrait("an")["statements"] for e in one["evidence"]]
    assert evidence
    assert not [one for one in evidence if one.get("item") == "pill"]
    assert said(people, "price")[0]["events"] == 28  # the pill was bought, and is not told


def test_a_statement_that_rests_only_on_what_is_nobody_s_business_is_not_made(tmp_path):
    pills = [
        Item(f"pill{n}", title="抗抑郁药", category="Shelf 7", brand="Ox", price_minor=900)
        for n in range(3)
    ]
    bought = [Event("bo", f"pill{n}", "purchase", time=TIME) for n in range(3) for _ in range(9)]
    with Store.open(tmp_path / "shop.db") as store:
        store.write("items", frame([*ITEMS, *pills]))
        store.write("events", frame([*EVENTS, *bought]))
        society = society_of(store)
        assert People(store, lambda: society).portrait("bo")["statements"] == []


def test_it_is_as_of_the_newest_event_unless_told(people):
    assert said(people, "life_event")
    assert not said(people, "life_event", now=TIME + timedelta(days=31))


def test_who_was_never_seen_to_do_anything_has_an_empty_portrait(people, store):
    store.write("users", frame([Person("newcomer")]))
    told = people.portrait("newcomer")
    assert (told["user"], told["statements"]) == ("newcomer", [])
    assert people.ties("newcomer") == people.to_follow("newcomer") == []


def test_what_is_removed_is_not_said_again_and_the_rest_is(people):
    before = people.portrait("an")["statements"]
    gone = said(people, "interest")[0]["id"]
    people.remove("an", gone)
    assert people.portrait("an")["statements"] == [one for one in before if one["id"] != gone]
    people.remove("an", gone)
    with pytest.raises(UnknownEntity, match="no statement about u1 has the id"):
        people.remove("u1", gone)


def test_ties_tell_what_they_stand_on_the_closest_first(people):
    first, second = people.ties("an")[:2]
    assert (first["user"], first["kind"], first["declared"]) == ("bo", "friend", True)
    assert first["exchanges"] == {"all": 3, "message": 3}
    assert first["last"] == "2025-03-10T20:00:00+00:00"
    assert second["exchanges"] == {}
    assert second["last"] is None
    assert first["strength"] > second["strength"]
    assert people.ties("an", n=1) == [first]


def allowed(store, **social):
    told = [Person(user, attributes={"social": word}) for user, word in social.items()]
    store.write("users", frame(told))


def common_friends(people):
    [found] = people.to_follow("an")
    common = next(one for one in found["reasons"] if one["kind"] == "common_friends")
    return sorted(common["people"]), common["count"]


def test_people_to_follow_come_with_reasons_by_id(people, store):
    [found] = people.to_follow("an")
    assert found["user"] == "di"
    assert {"kind": "follows_you"} in found["reasons"]
    allowed(store, an="named", bo="named", cy="named")
    assert common_friends(people) == (["bo", "cy"], 2)


def test_friends_are_named_only_where_both_let_themselves_be_and_who_hides_is_gone(people, store):
    allowed(store, an="named", bo="named", cy="counted")
    assert common_friends(people) == (["bo"], 2)
    allowed(store, an="counted", bo="named")
    assert common_friends(people) == ([], 2)
    allowed(store, di="hidden")
    assert people.to_follow("an") == []
    allowed(store, di="counted")


ASKS = [
    lambda people, user: people.portrait(user),
    lambda people, user: people.ties(user),
    lambda people, user: people.to_follow(user),
    lambda people, user: people.remove(user, "x"),
]


@pytest.mark.parametrize("ask", ASKS)
def test_nobody_has_an_unknown_id(people, ask):
    with pytest.raises(UnknownEntity, match="nobody has the id \ud800nobody"):
        ask(people, "\ud800nobody")


@pytest.mark.parametrize("ask", ASKS)
def test_before_a_training_nothing_is_known(store, ask):
    with pytest.raises(NotFound, match="zhiyin train"):
        ask(People(store, lambda: None), "an")
