from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import numpy as np
import pytest

from zhiyin import Event, Item, Shop
from zhiyin.bench import own_data
from zhiyin.bench.own_data import evaluate
from zhiyin.core import Tie
from zhiyin.errors import NotFound, SettingsError, UnknownPart
from zhiyin.ingest.sample import make
from zhiyin.store.frames import frame

MAY = datetime(2024, 5, 1, tzinfo=UTC)
LATE = MAY + timedelta(days=60)
PEOPLE, ITEMS, CIRCLES = 48, 96, 6
EARLY = 14
NDCG = "ndcg@5"


def planted(seed=0, late=2):
    """Return events of people of six tastes in 50 days, and some of each after that: less than a fifth of all."""
    rng = np.random.default_rng(seed)
    early, after = [], []
    for who in range(PEOPLE):
        liked = np.where(np.arange(ITEMS) % CIRCLES == who % CIRCLES, 1, 0.03)
        taken = rng.choice(ITEMS, EARLY + late, replace=False, p=liked / liked.sum())
        for place, item in enumerate(taken):
            start, days = (MAY, 50) if place < EARLY else (LATE, 5)
            time = start + timedelta(seconds=int(rng.integers(days * 86_400)))
            kind = "purchase" if place % 2 else "view"
            events = early if place < EARLY else after
            events.append(Event(f"u{who}", f"i{item}", kind, time=time))
    return early, after


def first_of(events):
    """Return user → the item of the earliest event."""
    by_time = sorted(events, key=lambda event: event.time, reverse=True)
    return {event.user: event.item for event in by_time}


def opened(folder, events, *, ties=(), items=()):
    shop = Shop.open(folder)
    known = [Item(f"i{n}", category=f"c{n % CIRCLES}") for n in range(ITEMS)]
    shop.store.write("items", frame([*known, *items]))
    if events:
        shop.store.write("events", frame(events))
    if ties:
        shop.store.write("ties", frame(ties))
    return shop


def judged(shop, **options):
    return evaluate(shop, **{"k": 5, "trials": 1, **options})


def without_cost(document):
    machine = {"fit_s", "score_s", "rss_mb"}
    models = {
        name: {key: value for key, value in told.items() if key not in machine}
        for name, told in document["models"].items()
    }
    rest = {key: document[key] for key in ("cold", "repeats", "data", "left_out")}
    return {"models": models, **rest}


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """What the evaluation of a small sample shop told, and how it told its progress."""
    made, told = make(3, people=120, products=96), []
    with Shop.open(tmp_path_factory.mktemp("sample")) as shop:
        for kind in ("items", "users", "ties", "events"):
            shop.store.write(kind, made.frames[kind])
        document = evaluate(shop, people=80, trials=2, progress=lambda *now: told.append(now))
    return document, told


def test_the_pipeline_is_better_than_chance_on_the_sample_shop(sample):
    models = sample[0]["models"]
    assert models["pipeline"]["ci"]["ndcg@10"][0] > models["random"]["ci"]["ndcg@10"][1]


def test_the_answer_is_json_and_says_what_was_done(sample):
    document, _ = sample
    assert json.loads(json.dumps(document, allow_nan=False)) == document
    baselines = {"random", "popularity", "popularity of the last days", "item-knn", "ease"}
    social = {"friends", "friends, shuffled ties"}
    assert set(document["models"]) == {"pipeline"} | baselines | social
    assert document["data"]["split"] == "global_time"
    assert document["data"]["judged_people"] <= 80
    for told in document["models"].values():
        assert {"coverage", "gini", "serendipity", "intra_list_distance", "calibration_kl"} <= set(
            told
        )
        assert {"more than a look", "popular items", "rare items"} <= set(told["slices"])
    pipeline = document["models"]["pipeline"]
    assert pipeline["fit_s"] == pytest.approx(document["training"]["seconds"], abs=1e-3)
    assert pipeline["against"]["reference"] in baselines
    assert document["serving"]["degraded"] == 0
    assert document["serving"]["measured"] == "on the evaluated pipeline"
    assert 0 < document["serving"]["p50_ms"] <= document["serving"]["p99_ms"]


def test_fairness_is_told_of_what_people_declare_and_of_brands(sample):
    document, _ = sample
    told = document["fairness"]
    assert {"history", "gender"} <= set(told["people"])
    assert not {"latitude", "city_en"} & set(told["people"])  # no groups; those of the city again
    for one in told["people"].values():
        assert set(one["models"]) == set(document["models"])
        for gap in one["models"].values():
            assert all(group["people"] >= 30 for group in gap["groups"].values())
    gender = told["people"]["gender"]["models"]["pipeline"]
    assert gender["gap"][0] >= 0
    assert 0 < gender["p_holm"] <= 1
    assert gender["by_chance"][0] > 0
    for figures in document["models"].values():
        assert 0 <= figures["subtopic_recall"] <= 1
        assert 0 <= figures["alpha_ndcg"] <= 1


def test_progress_only_grows_and_ends_at_one(sample):
    shares = [share for share, _ in sample[1]]
    assert all(a <= b for a, b in pairwise(shares))
    assert shares[-1] == 1
    assert 0 < shares[0] < 0.2


def test_on_a_shop_of_tastes_the_pipeline_finds_them(tmp_path):
    early, late = planted()
    with opened(tmp_path, early + late) as shop:
        document = judged(shop)
    models = document["models"]
    assert models["pipeline"]["ci"][NDCG][0] > models["popularity"]["ci"][NDCG][1]
    assert document["data"]["judged_people"] == PEOPLE
    assert document["data"]["items_on_offer"] == ITEMS
    assert document["protocol"]["split"].startswith("one moment for everybody")
    assert document["repeats"] is None
    assert document["cold"] == {}
    assert "friends" not in models


def lists_of(shop, monkeypatch, **options):
    """Return name → lists of everybody who is judged, and the answer."""
    caught = []

    def spying(entered, task, *rest, **more):
        caught.append({one.name: one.lists for one in entered} | {"people": task.people})
        return summary(entered, task, *rest, **more)

    summary = own_data.summary
    with monkeypatch.context() as patched:
        patched.setattr(own_data, "summary", spying)
        document = judged(shop, **options)
    return caught[0], document


def changed(events, cut):
    """Return other items, types and ratings for what came after a moment; all stay new to their people."""
    had: dict[str, set[str]] = {}
    for event in events:
        had.setdefault(event.user, set()).add(event.item)
    told = []
    for event in events:
        if event.time <= cut:
            told.append(event)
            continue
        item = next(f"i{n}" for n in range(ITEMS) if f"i{n}" not in had[event.user])
        had[event.user].add(item)
        told.append(replace(event, item=item, type="purchase"))
    return told


def test_what_happens_after_the_cut_changes_no_list(tmp_path, monkeypatch):
    early, late = planted()
    events = early + late
    ties = [Tie(f"u{n}", f"u{(n + CIRCLES) % PEOPLE}", time=MAY) for n in range(PEOPLE)]
    with opened(tmp_path / "a", events, ties=ties) as shop:
        before, document = lists_of(shop, monkeypatch)
    cut = datetime.fromisoformat(document["data"]["cut"])
    assert MAY < cut < LATE

    other = changed(events, cut)
    assert sum(a != b for a, b in zip(events, other, strict=True)) >= len(late)
    other += [Event(f"u{n}", "i0", "impression", time=LATE) for n in range(PEOPLE)]
    ties += [Tie(f"u{n}", f"u{(n + 1) % PEOPLE}", time=LATE) for n in range(PEOPLE)]
    with opened(tmp_path / "b", other, ties=ties) as shop:
        after, told = lists_of(shop, monkeypatch)
    assert told["data"]["cut"] == document["data"]["cut"]
    assert set(after) == set(before) > {"pipeline", "people", "friends"}
    for name, lists in before.items():
        np.testing.assert_array_equal(after[name], lists)
    assert told["models"]["pipeline"][NDCG] != document["models"]["pipeline"][NDCG]

    earlier = [replace(e, item="i1") if e.time < MAY + timedelta(days=20) else e for e in events]
    with opened(tmp_path / "c", earlier, ties=ties) as shop:
        moved, _ = lists_of(shop, monkeypatch)
    assert not np.array_equal(moved["pipeline"], before["pipeline"])


def test_lists_hold_nothing_that_was_had_is_out_of_stock_or_not_yet_listed(tmp_path, monkeypatch):
    early, late = planted()
    new = [Item("new", created=LATE + timedelta(days=1)), Item("old", created=MAY)]
    with opened(tmp_path, early + late, items=new) as shop:
        sold_out = [Item(f"i{n}", stock=0) for n in range(0, ITEMS, 5)]
        shop.store.write("items", frame(sold_out))  # after the shop was opened
        lists, document = lists_of(shop, monkeypatch)
        cut = datetime.fromisoformat(document["data"]["cut"])
        had = {(e.user, e.item) for e in early + late if e.time <= cut}
        for name in ("pipeline", "ease", "popularity"):
            for person, row in zip(lists["people"].tolist(), lists[name].tolist(), strict=True):
                listed = {(f"u{person}", f"i{item}") for item in row if item >= 0}
                assert not listed & had
                assert not {item for _, item in listed} & {item.id for item in sold_out}
        assert document["data"]["items_on_offer"] == ITEMS + 1 - len(sold_out)


def test_people_without_a_history_are_judged_apart(tmp_path):
    early, late = planted()
    newcomers = [
        Event(f"new{n}", f"i{(n * step) % ITEMS}", "purchase", time=LATE + timedelta(hours=n))
        for n in range(25)
        for step in (1, 3)
    ]
    with opened(tmp_path, early + late + newcomers) as shop:
        document = judged(shop)
    cold = document["cold"]["cold people"]
    assert cold["people"] == 25
    assert set(cold["models"]) == set(document["models"])
    assert cold["models"]["pipeline"]["recall@5"] > 0
    low, high = cold["models"]["pipeline"]["ci"][NDCG]
    assert low <= cold["models"]["pipeline"][NDCG] <= high
    assert document["data"]["judged_people"] == PEOPLE


def test_a_few_of_them_have_no_figures(tmp_path):
    early, late = planted()
    newcomers = [Event(f"new{n}", "i1", "purchase", time=LATE) for n in range(3)]
    with opened(tmp_path, early + late + newcomers) as shop:
        assert judged(shop)["cold"]["cold people"] == {"people": 3, "pairs": 3, "models": {}}


def test_no_page_leaves_an_impression(tmp_path):
    early, late = planted()
    with opened(tmp_path, early + late) as shop:
        shop.train()
        shown = shop.recommend("u0")
        document = judged(shop)
        assert document["serving"]["measured"] == "as served now"
        assert document["serving"]["pages"] == PEOPLE
        version = shop.version
    with Shop.open(tmp_path) as again:
        assert [one.request_id for _, one in again.store.impressions()] == [shown.request_id]
        assert again.version == version == 1


def test_where_people_come_back_to_what_they_had_repeats_are_judged_too(tmp_path):
    early, late = planted()
    bought = first_of(early)
    again = [
        Event(user, item, "purchase", time=LATE + timedelta(days=6))
        for user, item in list(bought.items())[:30]
    ]
    with opened(tmp_path, early + late + again) as shop:
        document = judged(shop, k=20)  # longer than what anybody had
    repeats = document["repeats"]
    test = document["data"]["test"]
    assert repeats["share"] == pytest.approx(30 / (30 + test), abs=1e-3)
    assert repeats["pairs"] == 30 + test
    assert set(repeats["models"]) == set(document["models"]) | {"repeat"}
    found = repeats["models"]["repeat"]["precision@20"] * 20 * repeats["people"]
    assert found > 30 - 0.01  # what was had before stands in the list as a whole


def test_people_who_only_come_back_count_in_the_share_of_repeats(tmp_path):
    early, late = planted()
    new = [event for event in late if int(event.user[1:]) < PEOPLE - 16]
    bought = first_of(early)
    again = [
        Event(f"u{n}", bought[f"u{n}"], "purchase", time=LATE + timedelta(days=6, hours=hour))
        for n in range(PEOPLE - 16, PEOPLE)
        for hour in range(2)
    ]
    with opened(tmp_path, early + new + again) as shop:
        document = judged(shop)
    new_people = PEOPLE - 16
    assert new_people <= document["data"]["judged_people"] < PEOPLE
    assert document["repeats"]["share"] == pytest.approx(
        16 / (16 + document["data"]["test"]), abs=1e-3
    )


def test_without_times_items_are_hidden_at_random_and_the_answer_says_so(tmp_path):
    early, late = planted()
    with opened(tmp_path, [replace(event, time=None) for event in early + late]) as shop:
        document = judged(shop)
    assert document["data"]["split"] == "per_person_random"
    assert document["data"]["cut"] is None
    assert document["protocol"]["split"].startswith("a random fifth of each person's items")
    assert document["left_out"] == {"popularity of the last days": "no event has a time"}
    models = document["models"]
    assert models["pipeline"]["ci"][NDCG][0] > models["popularity"]["ci"][NDCG][1]


def test_two_evaluations_are_equal_and_a_journal_spares_the_trials(tmp_path):
    early, late = planted()
    journal = tmp_path / "trials.jsonl"
    with opened(tmp_path / "home", early + late) as shop:
        first = judged(shop, trials=2, journal=journal)
        lines = journal.read_text()
        again = judged(shop, trials=2, journal=journal)
    assert journal.read_text() == lines
    assert without_cost(first) == without_cost(again)


def test_too_few_events_are_refused_in_four_parts(tmp_path):
    with opened(tmp_path, []) as shop:
        for event in (None, Event("an", "i1", "purchase", time=MAY)):
            if event:
                shop.record([event])
            with pytest.raises(NotFound) as caught:
                judged(shop)
            error = caught.value
            assert error.what == "nobody can be judged"
            assert error.where
            assert error.expected
            assert error.next_step


def test_a_surface_that_is_not_there_is_refused_before_anything_is_tried(tmp_path):
    told = []
    early, late = planted()
    with (
        opened(tmp_path, early + late) as shop,
        pytest.raises(UnknownPart, match=r'"hoem".*did you mean "home"'),
    ):
        judged(shop, surface="hoem", progress=lambda *now: told.append(now))
    assert told == []


@pytest.mark.parametrize("surface", ["hot", "together", "again", "feed", "search"])
def test_a_surface_that_goes_by_people_or_by_a_text_is_refused_before_the_work(tmp_path, surface):
    with (
        Shop.open(tmp_path) as shop,
        pytest.raises(SettingsError, match="cannot be judged") as told,
    ):
        evaluate(shop, surface=surface)
    said = {"search": "zhiyin bench search"}.get(surface, "benchmarks/other_lists.py")
    assert said in told.value.next_step
