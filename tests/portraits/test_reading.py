"""Portraits read from a store: by the same rules at once and one by one, with receipts, and without what was removed."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from zhiyin.core import NO_TIME, Kind
from zhiyin.core.records import Event, Fact, Item, Post
from zhiyin.portraits.own_texts import OwnTexts
from zhiyin.portraits.portrait import Social
from zhiyin.portraits.reading import (
    PortraitReader,
    read_facts,
    read_items,
    read_own_texts,
    read_table,
    read_words,
)
from zhiyin.portraits.removed import Removed
from zhiyin.portraits.table import PortraitTable
from zhiyin.portraits.weights import event_weights
from zhiyin.store.frames import frame
from zhiyin.store.store import Store

TIME = datetime(2025, 3, 10, 20, tzinfo=UTC)
NOW = int((TIME + timedelta(days=1)).timestamp() * 1e6)
ITEMS = [
    Item(f"i{n}", title=title, brand="Lu" if n < 4 else "Mo", category="tea" if n < 4 else "bikes",
         price_minor=1000 * (n + 1), currency="CNY")
    for n, title in enumerate(["龙井 绿茶", "碧螺春 绿茶", "毛峰 绿茶", "祁门 红茶", "公路车", "山地车", "山地车 头盔", "车灯"])
]  # fmt: skip
EVENTS = [
    *(Event("an", f"i{n}", "purchase", time=TIME - timedelta(days=n)) for n in range(3)),
    Event("an", "i3", "rating", value=5, time=TIME),
    Event("bo", "i4", "purchase", time=TIME),
    *(Event("bo", f"i{n}", "view", time=TIME) for n in (4, 5, 6, 7)),
    *(Event("cy", f"i{n}", "purchase") for n in (4, 5, 6, 7)),
    *(Event(f"u{k}", f"i{n}", "purchase", time=TIME) for k in range(10) for n in (4, 5, 6, 7)),
]
POSTS = [
    Post("p1", "an", "i3", text="泡不开", time=TIME),
    Post("p2", "an", None, kind="share", text="心情不错", time=TIME - timedelta(days=60)),
    Post("p3", "bo", "i5", text="太重", time=TIME),
]


def _read_fact(post, user, name, value, **more):
    more = {"subject_kind": "post", "confidence": 1.0, "time": TIME, "span": "x", **more}
    return Fact(more.pop("subject", post), name, value, user=user, source=f"post:{post}",
                method="rule", **more)  # fmt: skip


FACTS = [
    _read_fact("p1", "an", "sentiment", "negative"),
    _read_fact("p2", "an", "sentiment", "positive", time=TIME - timedelta(days=60)),
    _read_fact("p3", "bo", "sentiment", "negative"),
    _read_fact("p1", "an", "opinion.taste", "negative", subject="i3", subject_kind="item"),
    _read_fact("p2", "an", "opinion.taste", "positive", subject="i2", subject_kind="item"),
    _read_fact("p2", "an", "interest", "hiking", subject="an", subject_kind="person"),
    _read_fact("p2", "an", "life_event", "moving", subject="an", subject_kind="person",
               expires=TIME + timedelta(days=30)),
    _read_fact("p1", "an", "intent", "park", subject="an", subject_kind="person", expires=TIME),
]  # fmt: skip


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "shop.db") as store:
        for kind, records in (("items", ITEMS), ("events", EVENTS), ("posts", POSTS), ("facts", FACTS)):  # fmt: skip
            store.write(kind, frame(records))
        yield store


def opened(store):
    facts = read_facts(store)
    items = read_items(store, np.eye(8), facts)
    texts = read_own_texts(store, facts)
    table = read_table(store, items, texts)
    return table, texts, PortraitReader(store, table, texts, read_words(store, 8))


def number(store, user):
    return store.number(Kind.PERSON, user)


def test_a_review_s_words_go_before_its_stars(store):
    table, _, _ = opened(store)
    an = table.sums(number(store, "an"))
    assert (an.vectors[0][:3] > 0).all()
    assert an.vectors[0][3] == pytest.approx(-12), "five stars, but she says it is bad"


def test_a_review_without_an_event_counts_too(store):
    table, _, _ = opened(store)
    bo = table.sums(number(store, "bo"))
    assert bo.n_events == 6
    assert bo.vectors[0][5] == pytest.approx(1 - 12)


def test_at_once_or_one_by_one_is_the_same(store):
    table, texts, _ = opened(store)
    other = PortraitTable(table.items, origin_us=int((TIME - timedelta(days=2)).timestamp() * 1e6))
    for chunk in store.events():
        for row in chunk.iter_rows(named=True):
            own = texts.of_person(row["person"]).moods()
            thought = dict(zip(own.item.tolist(), own.polarity.tolist(), strict=True))
            [weight] = event_weights(
                np.array([row["type"]]),
                np.array([np.nan if row["value"] is None else row["value"]]),
                np.array([thought.get(row["item"], np.nan)]),
            )
            when = NO_TIME if row["time_us"] is None else row["time_us"]
            other.fold(row["person"], row["item"], float(weight), when)
    for user in ("an", "cy"):
        one, two = table.sums(number(store, user)), other.sums(number(store, user))
        assert one.vectors == pytest.approx(two.vectors, rel=1e-5)
        assert one.n_events == two.n_events


def test_everything_that_is_said_has_its_kind_and_receipts(store):
    _, _, reader = opened(store)
    given = Social({"friend": 3, "family": 1}, (("family", 0.9),), ("茶友",))
    told = reader.read(number(store, "an"), NOW, given=given)
    by_kind = {kind: [one.about for one in told.of_kind(kind)] for kind in
               {one.kind for one in told.statements}}  # fmt: skip
    assert by_kind["leaning"][:2] in (["brand:Lu", "category:tea"], ["category:tea", "brand:Lu"])
    assert by_kind["price"] == ["tea"]
    assert by_kind["aspect"] == ["taste"]
    assert by_kind["keyword"] == ["绿茶"]
    assert by_kind["interest"] == ["hiking"]
    assert by_kind["life_event"] == ["moving"]
    assert "intent" not in by_kind, "it expired"
    assert by_kind["ties"] == ["friend", "family"]
    assert by_kind["community"] == ["茶友"]
    [mood] = told.of_kind("mood")
    assert [one["month"] for one in mood.values["months"]] == ["2025-01", "2025-03"]
    assert mood.values["change"] == -2
    needs = {"leaning", "price", "aspect", "keyword", "interest", "life_event", "mood"}
    assert all(one.evidence for one in told.statements if one.kind in needs)
    assert sum(told.sources.values()) == pytest.approx(1)
    document = told.document()
    assert json.loads(json.dumps(document)) == document
    assert all(isinstance(one["id"], str) for one in document["statements"])


def test_a_mood_toward_nothing_moves_no_topics(store):
    table, texts, reader = opened(store)
    turned = replace(texts, polarity=np.where(texts.item < 0, -texts.polarity, texts.polarity))
    other = read_table(store, table.items, turned)
    an = number(store, "an")
    gay = reader.read(an, NOW)
    sad = PortraitReader(store, other, turned, read_words(store, 8)).read(an, NOW)
    assert gay.vector.tolist() == sad.vector.tolist()
    assert gay.sources == sad.sources
    differ = {one.kind for one in gay.statements if one not in sad.statements}
    assert differ == {"mood"}


def test_what_was_removed_stays_away_when_figures_change(store):
    table, _, reader = opened(store)
    removed = Removed(store)
    an = number(store, "an")
    [tea] = [one for one in reader.read(an, NOW).statements if one.about == "category:tea"]
    removed.add(an, tea.id)
    removed.add(an, "another")
    store.write("events", frame([Event("an", "i0", "purchase", time=TIME)]))
    table.fold(an, 0, 8.0, int(TIME.timestamp() * 1e6))
    told = reader.read(an, NOW, removed=removed.of(an))
    assert "brand:Lu" in [one.about for one in told.statements]
    assert "category:tea" not in [one.about for one in told.statements]
    assert removed.of(an) == Removed(store).of(an) == {tea.id, "another"}
    assert removed.of(number(store, "bo")) == frozenset()
    removed.forget(an)
    assert removed.of(an) == frozenset()


def test_a_leaning_grows_by_events_without_building_anew(store):
    table, _, reader = opened(store)
    bo = number(store, "bo")
    assert not [one for one in reader.read(bo, NOW).of_kind("leaning") if one.about == "brand:Lu"]
    when = TIME + timedelta(hours=1)
    for n in range(4):
        store.write("events", frame([Event("bo", f"i{n}", "purchase", time=when)]))
        table.fold(bo, n, 8.0, int(when.timestamp() * 1e6))
    [leaning] = [one for one in reader.read(bo, NOW).of_kind("leaning") if one.about == "brand:Lu"]
    assert {one.item for one in leaning.evidence} < {0, 1, 2, 3}


def test_nobody_is_told_nothing_of(store):
    _, _, reader = opened(store)
    told = reader.read(999, NOW)
    assert told.statements == ()
    assert told.mass == (0, 0)


def test_an_empty_store_can_be_read(tmp_path):
    with Store.open(tmp_path / "a.db") as store:
        facts = read_facts(store)
        items = read_items(store, np.zeros((0, 4)), facts)
        texts = read_own_texts(store, facts)
        table = read_table(store, items, texts)
        reader = PortraitReader(store, table, texts, read_words(store, 0))
        assert reader.read(0, NOW).statements == ()
        assert len(table) == 0


def test_own_texts_come_back_from_arrays(store):
    texts = read_own_texts(store, read_facts(store))
    again = OwnTexts.from_arrays(texts.arrays())
    an = number(store, "an")
    assert again.of_person(an).opinions() == texts.of_person(an).opinions()
    assert again.of_person(an).opinions()["taste"][0][0] == "negative"
    assert again.person.tolist() == sorted(again.person.tolist())
