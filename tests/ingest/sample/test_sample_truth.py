"""The truth kept aside agrees with the records, survives saving, and sets real ceilings."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiyin.errors import DataError, InvalidRecord
from zhiyin.ingest.sample import SampleShop, Truth
from zhiyin.ingest.sample.ceilings import bounds
from zhiyin.ingest.sample.climate import START, STEP_DAYS, STEPS
from zhiyin.ingest.sample.lists import SLATE, draw_slates, logging_policy
from zhiyin.ingest.sample.tasks import (
    CUTOFF,
    TieTask,
    home_task,
    numbers,
    rank_score,
    share_of_gap,
    tie_task,
)


def test_share_of_gap_by_hand() -> None:
    assert share_of_gap(0.15, 0.10, 0.20) == 0.5
    assert share_of_gap(0.05, 0.10, 0.20) == -0.5
    with pytest.raises(DataError, match="no gap"):
        share_of_gap(0.5, 0.3, 0.3)


def test_rank_score_by_hand() -> None:
    scores = np.array([[3.0, 2.0, 1.0], [1.0, 2.0, -np.inf]])
    relevant = np.array([[False, True, False], [False, False, True]])
    first = rank_score(scores[:1], relevant[:1])
    assert first.ndcg == pytest.approx(1 / np.log2(3), abs=1e-6)
    assert first.recall == 1
    assert rank_score(scores[1:], relevant[1:]) == (0, 0)  # what is not allowed is never shown
    assert rank_score(scores, relevant, k=1) == (0, 0)


def test_slates_have_no_repeats_and_propensities_of_what_is_left_sum_to_one() -> None:
    policy = logging_policy(np.arange(1.0, 21.0), np.arange(20) != 4)
    assert policy.sum() == pytest.approx(1)
    assert policy[4] == 0
    slate, propensity = draw_slates(np.random.default_rng(0), policy, 400)
    assert all(len(set(row)) == SLATE for row in slate.tolist())
    assert 4 not in slate
    for row, chances in zip(slate[:20], propensity[:20], strict=True):
        left = policy.copy()
        for item, chance in zip(row, chances, strict=True):
            assert chance == pytest.approx(left[item] / left.sum())
            left[item] = 0


def test_the_first_position_follows_the_policy() -> None:
    policy = np.array([0.4, 0.2, 0.1] + [0.3 / 10] * 10)
    slate, propensity = draw_slates(np.random.default_rng(1), policy, 40_000)
    seen = np.bincount(slate[:, 0], minlength=13) / 40_000
    assert np.abs(seen - policy).max() < 0.01
    assert np.allclose(propensity[:, 0], policy[slate[:, 0]])


def test_logged_policies_are_distributions_over_what_was_listed(shop: SampleShop) -> None:
    policy = shop.truth.policy
    assert np.allclose(policy.sum(axis=1), 1)
    created = shop.frames["items"]["created"]
    for step in (0, 40, STEPS - 1):
        listed = (created <= START + timedelta(days=step * STEP_DAYS)).to_numpy()
        assert not policy[step, ~listed].any()


def test_clicks_in_the_truth_are_the_views_that_name_a_request(shop: SampleShop) -> None:
    truth = shop.truth
    views = shop.frames["events"].filter(
        (pl.col("type") == "view") & pl.col("request_id").is_not_null()
    )
    clicked = truth.exposure_clicked
    told = set(zip(truth.exposure_request[clicked], truth.exposure_item[clicked], strict=True))
    logged = set(zip(numbers(views["request_id"]), numbers(views["item"]), strict=True))
    assert logged == told


def test_utility_can_be_computed_again_from_a_saved_truth(shop: SampleShop, tmp_path: Path) -> None:
    path = tmp_path / "truth.npz"
    shop.truth.save(path)
    truth = Truth.load(path)
    shop.truth.save(tmp_path / "again.npz")
    assert path.read_bytes() == (tmp_path / "again.npz").read_bytes()
    step = 50
    time = START + timedelta(days=step * STEP_DAYS)
    events = shop.frames["events"].with_row_index("row")
    within = events.filter(
        pl.col("time").is_between(time + timedelta(hours=1), time + timedelta(days=4)),
        pl.col("type") == "view",
    )
    rows = within["row"].to_numpy()
    assert len(rows) > 50
    features = truth.visit_features[truth.event_visit[rows]]
    utility = truth.utility(numbers(within["user"]), time, features)
    assert utility.shape == (len(rows), 400)
    assert utility.dtype == np.float32
    again = utility[np.arange(len(rows)), numbers(within["item"])]
    simulated = truth.event_utility[rows]
    assert np.mean(np.isclose(again, simulated, atol=1e-4)) > 0.97  # a link sent at the step's edge


def test_a_file_that_is_no_truth_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.npz"
    np.savez(path, mood=np.zeros(3))
    with pytest.raises(InvalidRecord, match="missing or unknown"):
        Truth.load(path)


def test_truth_lies_row_for_row_beside_the_frames(shop: SampleShop) -> None:
    truth, frames = shop.truth, shop.frames
    assert len(truth.tie_strength) == frames["ties"].height
    assert len(truth.event_utility) == frames["events"].height
    assert len(truth.post_polarity) == len(truth.post_intent) == frames["posts"].height
    assert len(truth.chat_intent) == frames["chats"]["conversation"].n_unique()
    assert truth.pieces.taste.shape[0] == frames["users"].height
    bought = (frames["events"]["type"] == "purchase").sum()
    assert len(truth.purchase_item) == bought


def test_stronger_ties_interact_more_and_friends_cause_events(shop: SampleShop) -> None:
    ties, talk = shop.frames["ties"], shop.frames["interactions"]
    counts = talk.group_by("user", "other").len()
    joined = ties.join(counts, on=["user", "other"], how="left", maintain_order="left")
    number = joined["len"].fill_null(0).to_numpy()
    strong = shop.truth.tie_strength > np.median(shop.truth.tie_strength)
    assert number[strong].mean() > 2 * number[~strong].mean()
    simulated = ~np.isnan(shop.truth.event_utility)
    assert 0.02 < shop.truth.event_influenced[simulated].mean() < 0.3
    linked = shop.truth.event_source >= 0
    pairs = np.column_stack(
        [numbers(shop.frames["events"]["user"])[linked], shop.truth.event_source[linked]]
    )
    known = set(zip(numbers(ties["other"]), numbers(ties["user"]), strict=True))
    assert all((int(a), int(b)) in known for a, b in pairs)


def test_rain_gear_is_wanted_in_rain(shop: SampleShop) -> None:
    events = shop.frames["events"].filter(pl.col("type") == "view")
    items = shop.frames["items"].filter(
        pl.col("attributes").str.contains("rain boots|raincoat|umbrella")
    )
    rain = events["context"].str.contains('"weather":"rain"')
    gear = events["item"].is_in(items["id"].implode())
    assert gear.filter(rain).mean() > 1.5 * gear.filter(~rain).mean()


def test_ratings_mostly_agree_with_texts(shop: SampleShop) -> None:
    rated = (shop.frames["posts"]["kind"] == "review").to_numpy()
    rating = shop.frames["posts"]["rating"].to_numpy()[rated]
    polarity = shop.truth.post_polarity[rated]
    assert set(polarity.tolist()) == {-1, 1}
    assert rating[polarity > 0].mean() > rating[polarity < 0].mean() + 1.5
    assert (shop.truth.post_aspects[rated] != 0).any(axis=1).all()


def test_the_home_split_leaks_nothing(shop: SampleShop) -> None:
    task = home_task(shop)
    assert (task.train["time"] < CUTOFF).all()
    seen = set(task.train.select("user", "item").unique().iter_rows())
    held = {
        (f"u{a:05d}", f"i{b:05d}") for a, b in zip(task.held_person, task.held_item, strict=True)
    }
    assert not seen & held
    again = home_task(shop)
    assert np.array_equal(task.held_item, again.held_item)
    assert np.array_equal(np.unique(task.held_person), task.people)


def test_shuffled_tie_scores_are_worth_nothing(shop: SampleShop) -> None:
    task = tie_task(shop)
    noise = np.random.default_rng(0).random(len(task.rows))
    assert task.score(noise) == pytest.approx(0.5, abs=0.06)
    assert task.score(np.zeros(len(task.rows))) == 0.5


def test_tie_scores_are_judged_by_person_and_pairs() -> None:
    user, label = np.array([0, 0, 0, 2, 2, 3]), np.array([1, 0, 0, 0, 1, 1], bool)
    task = TieTask(pl.DataFrame(), np.arange(6), user, user, label)
    assert task.score(np.array([2.0, 2.0, 1.0, 9.0, 8.0, 0.0])) == (0.75 + 0) / 2


def test_every_ceiling_stands_above_its_floor(shop: SampleShop) -> None:
    tasks = bounds(shop)
    for name in ("home", "context", "ties", "reviews", "intents"):
        assert tasks[name]["ceiling"] > tasks[name]["floor"] + 0.04, name
        assert tasks[name]["ceiling"] <= 1
    assert tasks["context"]["ceiling"] > tasks["context"]["without_context"]
    assert tasks["home"]["ceiling"] < 0.6
    told = tasks["propensity"]
    assert abs(told["reweighted"] - told["true"]) < 0.3 * abs(told["logged"] - told["true"])
    assert told["largest_policy_sum_error"] < 1e-9


@given(st.integers(0, 2**32 - 1), st.integers(1, 6), st.integers(2, 30), st.integers(1, 12))
def test_the_true_order_scores_one_and_every_other_at_most_that(
    seed: int, rows: int, items: int, k: int
) -> None:
    rng = np.random.default_rng(seed)
    relevant = rng.random((rows, items)) < 0.3
    relevant[:, 0] = True
    assert rank_score(relevant.astype(float), relevant, k).ndcg == pytest.approx(1)
    other = rank_score(rng.random((rows, items)), relevant, k)
    assert 0 <= other.ndcg <= 1
    assert 0 <= other.recall <= 1
