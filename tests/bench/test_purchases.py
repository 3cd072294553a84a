"""How well purchases are foretold: on planted rows, and of a small shop through the verb."""

import json
from dataclasses import replace

import numpy as np
import pytest
from scipy.special import expit
from typer.testing import CliRunner

from zhiyin import Shop
from zhiyin.apps.cli.main import app
from zhiyin.bench.purchase_rows import PurchaseLog, PurchaseRows
from zhiyin.bench.purchases import judged
from zhiyin.errors import NotFound
from zhiyin.evaluation.predictions import log_loss
from zhiyin.ranking.features.family import DAY_US

pytest.importorskip("lightgbm")

PEOPLE, WIDTH = 200, 30
NAMES = ("known", "noise")


def moment(seed, rate=-3.5):
    """Rows in which one feature says who buys, the blend says half of it, and popularity nothing."""
    rng = np.random.default_rng(seed)
    n = PEOPLE * WIDTH
    features = rng.normal(size=(n, 2)).astype(np.float32)
    looked = rng.random(n) < expit(-1.0 + 1.5 * features[:, 0])
    carted = looked & (rng.random(n) < 0.5)
    bought = carted & (rng.random(n) < expit(rate + 2.5 + features[:, 0]))
    return PurchaseRows(
        np.repeat(np.arange(PEOPLE), WIDTH), np.repeat(np.arange(PEOPLE) % 10, WIDTH), features,
        rng.random(n), expit(features[:, 0] + rng.normal(size=n)), looked, carted, bought,
    )  # fmt: skip


@pytest.fixture(scope="module")
def document():
    return judged([moment(seed) for seed in range(6)], NAMES, PEOPLE, 0)


def test_what_knows_more_foretells_more_and_what_was_shuffled_nothing(document):
    models = document["models"]
    less = {name: told["log_loss_less"]["base rate"] for name, told in models.items()}
    for knows, knows_less in (("chain", "blend"), ("trees", "blend"), ("blend", "popularity")):
        assert models[knows]["auc"] > models[knows_less]["auc"] + 0.03
        assert less[knows][1] > max(0, less[knows_less][0])
    assert models["popularity"]["auc"] == pytest.approx(0.5, abs=0.05)
    for nothing in ("popularity", "shuffled"):
        assert models[nothing]["auc"] < models["blend"]["auc"] - 0.05
        assert less[nothing][0] < 0.01
    assert less["base rate"] == [0, 0, 0]


def test_probabilities_come_true(document):
    for name in ("chain", "trees", "blend"):
        told = document["models"][name]
        assert told["ece"] < 0.015, name
        assert told["said"] == pytest.approx(told["came_true"], rel=0.25), name
        assert len(told["reliability"]) == 10


def test_the_base_rate_is_that_of_earlier_moments(document):
    last = moment(5)
    told = document["models"]["base rate"]
    assert told["said"] == pytest.approx(last.bought.mean(), rel=0.3)
    known = log_loss(np.full(last.bought.size, told["said"]), last.bought)
    assert told["log_loss"] == pytest.approx(known, rel=0.01)
    assert told["gauc"] == 0.5


def test_slices_hold_everybody(document):
    assert list(document["slices"]) == ["history 0", "history 1-2", "history 3-7", "history 8-31"]
    assert document["data"]["candidates"] == PEOPLE * WIDTH


def test_too_few_purchases_are_refused():
    nothing = np.zeros(PEOPLE * WIDTH, bool)
    parts = [replace(moment(seed), bought=nothing) for seed in range(6)]
    with pytest.raises(NotFound, match="only 0 of the candidates were bought"):
        judged(parts, NAMES, PEOPLE, 0)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """People who look at what is of their category, and buy a part of it two days later."""
    rng = np.random.default_rng(0)
    folder = tmp_path_factory.mktemp("purchases")
    items = [{"id": f"i{n}", "title": f"thing {n}", "category": f"c{n % 4}"} for n in range(80)]
    events = []
    for person in range(60):
        own = [n for n in range(80) if n % 4 == person % 4 or rng.random() < 0.2]
        for item in rng.permutation(own)[:24]:
            day = int(rng.integers(0, 118))
            time = np.datetime64("2025-01-01T12:00:00") + np.timedelta64(day, "D")
            for kind, late in (("view", 0), ("purchase", 2)):
                if kind == "view" or rng.random() < 0.7:
                    at = f"{time + np.timedelta64(late, 'h')}Z"
                    events.append({"user": f"u{person}", "item": f"i{item}", "type": kind, "time": at})  # fmt: skip
    with Shop.open(folder) as shop:
        shop.put("items", items)
        shop.put("events", events)
    return folder


@pytest.mark.slow
def test_rows_of_a_moment_know_nothing_of_what_comes_later(home):
    with Shop.open(home) as shop:
        log = PurchaseLog.of(shop)
        times = log.table.interactions.time_us
        cut = int(np.quantile(times, 0.7))
        rows = log.rows(cut, cut + 15 * DAY_US, 40)
        again = log.rows(cut, int(times.max()), 40)
        bought = log.table.names[log.table.types] == "purchase"
        events = log.table.interactions
        own = bought & (times > cut) & (times <= cut + 15 * DAY_US)
        pairs = set(zip(events.person[own].tolist(), events.item[own].tolist(), strict=True))
    assert np.unique(rows.person).size == 40
    np.testing.assert_array_equal(rows.features, again.features)
    assert again.bought.sum() > rows.bought.sum() > 0
    assert rows.bought.sum() <= len(pairs)
    assert (rows.looked | ~rows.bought).all()


@pytest.mark.slow
def test_the_verb_prints_one_document_and_a_table(home):
    asked = ["--home", str(home), "evaluate", "--purchases"]
    answer = CliRunner().invoke(app, [*asked, "--json"])
    assert answer.exit_code == 0, answer.output
    told = json.loads(answer.stdout)
    assert {"base rate", "popularity", "blend", "trees", "shuffled"} <= set(told["models"])
    assert told["protocol"]["days"] == pytest.approx(117 / 8, rel=0.05)
    assert np.diff(told["protocol"]["cuts_us"]).min() > 0
    printed = CliRunner().invoke(app, asked)
    assert "Reliability of" in printed.output
    assert "were bought within" in printed.output
