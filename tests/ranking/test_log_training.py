from dataclasses import replace

import numpy as np
import pytest

from zhiyin.core.interactions import Interactions
from zhiyin.ranking import log_training
from zhiyin.ranking.features.item_columns import ItemColumns
from zhiyin.ranking.impression_lists import ACTIONS, LoggedLists
from zhiyin.ranking.log_training import GRID, fit, grades, learn_from_log, taken_from, told_by
from zhiyin.ranking.place_model import Choices
from zhiyin.ranking.ranker import RankerModel

pytest.importorskip("lightgbm")

PAGES, PLACES = 3000, 8
LOOKS = 1 / (1 + np.arange(PLACES))


def log(seed=0, *, merit=2.0, shows_best_first=True):
    """Pages in the order of a noisy sum of a good feature and a bad one; people look less at later places."""
    rng = np.random.default_rng(seed)
    good, bad = rng.normal(size=(2, PAGES, PLACES))
    blend = bad + rng.normal(size=bad.shape)
    order = np.argsort(-blend, axis=1) if shows_best_first else rng.permuted(
        np.tile(np.arange(PLACES), (PAGES, 1)), axis=1
    )  # fmt: skip
    good, bad, blend = (np.take_along_axis(one, order, 1).ravel() for one in (good, bad, blend))
    place = np.tile(np.arange(PLACES), PAGES)
    clicked = rng.random(good.size) < LOOKS[place] / (1 + np.exp(-merit * (good - 1)))
    nothing = np.zeros(good.size, bool)
    return LoggedLists(
        ("good", "bad", "blend"),
        np.stack([good, bad, blend], 1).astype(np.float32),
        np.full(PAGES, PLACES),
        np.arange(good.size),
        place,
        np.full(good.size, np.nan),
        np.zeros(good.size, np.int64),
        ("home",),
        np.arange(PAGES),
        np.arange(PAGES) % 700,
        {action: clicked if action == "click" else nothing for action in ACTIONS},
    )


def blank():
    codes = np.zeros(2, np.int64)
    columns = ItemColumns(codes, codes, codes, np.full(2, np.nan), codes)
    nothing = Interactions(codes[:0], codes[:0], np.zeros(0, np.float32), codes[:0])
    return RankerModel.of(columns, nothing)


def test_the_strongest_action_counts_and_what_is_turned_down_is_worth_nothing():
    lists = log()
    done = {action: np.zeros(len(lists.item), bool) for action in ACTIONS}
    done["click"][:4] = done["cart"][1:3] = done["purchase"][2:4] = done["return"][3] = True
    told = replace(lists, outcomes=done)
    assert grades(told)[:6].tolist() == [3, 6, 8, 0, 0, 0]
    assert len(taken_from(told)) == 1


def test_terms_of_places_and_slopes_are_found_again():
    rng = np.random.default_rng(0)
    terms, slope, n = np.array([1.0, 0.0, -1.0]), 1.5, 20_000
    score = rng.normal(size=n * 3)
    place = np.tile(np.arange(3), n)
    chance = np.exp(terms[place] + slope * score).reshape(n, 3)
    chance /= chance.sum(axis=1, keepdims=True)
    pick = (rng.random((n, 1)) > chance.cumsum(axis=1)).sum(axis=1)
    worth = (np.arange(3) == pick[:, None]).ravel().astype(np.int64)
    choices = Choices.of(np.full(n, 3), place, worth, 3)
    found, slopes = choices.fit(score[:, None])
    assert (found - found[1]).tolist() == pytest.approx(terms.tolist(), abs=0.06)
    assert slopes.tolist() == pytest.approx([slope], abs=0.06)
    flat = choices.told(np.zeros(3), 0.0, score)
    assert flat.tolist() == pytest.approx([-np.log(3)] * n)


def test_a_merit_that_the_blend_does_not_know_is_learned_from_the_log():
    ranker, told = learn_from_log(log(), blank())
    assert told["nats over"]["the blend"][1] > 0
    assert "why" not in told
    assert ranker.surfaces == ("home",)
    rows = np.array([[2, 0, 0, 0], [-2, 0, 0, 0]], np.float32)
    up, down = ranker.booster.scores(rows)
    assert up > down
    again = RankerModel.from_arrays(ranker.arrays())
    assert (again.text, again.surfaces) == (ranker.text, ranker.surfaces)


def test_shuffled_answers_teach_nothing_and_the_ranker_stays_as_it_is():
    lists = log()
    rng = np.random.default_rng(1)
    order = np.lexsort((rng.random(len(lists.item)), lists.page()))
    done = {action: taken[order] for action, taken in lists.outcomes.items()}
    before = blank()
    ranker, told = learn_from_log(replace(lists, outcomes=done), before)
    assert ranker is before
    assert told["why"] == "no gain over the blend that is sure"


def test_the_place_is_not_taken_for_merit():
    """``bad`` moves an item up and nothing else: trees that do not know of places like it, those that do hardly."""
    lists = taken_from(log(merit=0.5))
    asked = np.zeros((2, 4), np.float32)
    asked[:, 1] = [2, -2]

    def liked(*, corrects_place):
        up, down = fit(lists, 120, GRID[0], corrects_place=corrects_place).scores(asked)
        return up - down

    plain, corrected = liked(corrects_place=False), liked(corrects_place=True)
    assert plain > 0
    assert abs(corrected) < 0.5 * plain


def test_a_judge_beside_the_place_prefers_merit_to_the_order_shown():
    lists = taken_from(log())
    is_judge = np.arange(len(lists)) % 2 == 0
    good, bad = lists.features[:, :2].astype(np.float64).T
    _, judged = told_by(lists, is_judge, {"good": good, "bad": bad, "turned": -good})
    assert judged["good"].mean() > judged["bad"].mean() + 0.1
    assert judged["turned"].mean() < judged["good"].mean() - 0.1


def test_with_few_pages_nothing_is_learned_and_it_is_said_why(monkeypatch):
    few = log().where(np.arange(PAGES) < 400)
    before = blank()
    ranker, told = learn_from_log(few, before)
    assert ranker is before
    assert told["why"] == "fewer than 1,000 pages with something taken"
    assert learn_from_log(few.where(np.zeros(400, bool)), before)[1]["why"] == told["why"]
    monkeypatch.setattr(log_training, "is_installed", lambda: False)
    assert "zhiyin[rank]" in learn_from_log(few, before)[1]["why"]


def test_lists_of_other_lengths_are_refused():
    lists = log()
    with pytest.raises(ValueError, match="rows"):
        replace(lists, position=lists.position[1:])
    with pytest.raises(ValueError, match="pages"):
        replace(lists, person=lists.person[1:])
    with pytest.raises(ValueError, match="features"):
        replace(lists, names=("good",))
