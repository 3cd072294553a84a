import numpy as np
import pytest

from tests.ranking.test_chain import VALUES, log
from zhiyin import Settings, Shop
from zhiyin.core import Kind
from zhiyin.errors import SettingsError
from zhiyin.ranking.chain import Chain, Shown, placed, utility
from zhiyin.ranking.value import ValueModel, learn_value

pytest.importorskip("lightgbm")


@pytest.fixture(scope="module")
def model():
    found, told = learn_value(log(0, pages=1500), VALUES)
    assert told["items"] == 15_000
    assert told["heads"]["report"]["why"]
    return found


def test_features_are_found_by_their_names(model):
    asked = np.random.default_rng(0).random((20, 3), dtype=np.float32)
    names = ("affinity", "price", "annoying")
    worth = model.worth(names, asked)
    known = utility(model.chain.probabilities(placed(asked, 0)), VALUES)
    assert worth.tolist() == known.tolist()
    others = np.column_stack([asked[:, 2], np.full(20, 9, np.float32), asked[:, :2]])
    assert model.worth(("annoying", "new", "affinity", "price"), others).tolist() == worth.tolist()
    unknown = asked.copy()
    unknown[:, 1] = np.nan
    without = model.worth(("affinity", "annoying"), asked[:, [0, 2]])
    assert without.tolist() == model.worth(names, unknown).tolist()


def test_a_snapshot_gives_the_same_order(model):
    again = ValueModel.from_arrays(model.arrays())
    asked = np.random.default_rng(0).random((20, 3), dtype=np.float32)
    names = ("affinity", "price", "annoying")
    assert again.worth(names, asked).tolist() == model.worth(names, asked).tolist()
    assert again.values == VALUES


def test_too_short_a_log_gives_no_values_and_the_manifest_says_why(monkeypatch):
    nothing, told = learn_value(log(0, pages=10), VALUES)
    assert nothing is None
    assert told["why"] == "no action that has a value happened 100 times"
    assert learn_value(log(0, pages=1500), {"report": -1.0})[0] is None
    monkeypatch.setattr("zhiyin.ranking.value.is_installed", lambda: False)
    assert "zhiyin[rank]" in learn_value(log(0, pages=10), VALUES)[1]["why"]


def test_no_page_at_all_is_no_error():
    lists = log(0, pages=10)
    empty = lists.where(np.zeros(10, bool))
    assert not Chain.fit(Shown.of(empty)).links
    assert learn_value(empty, VALUES)[0] is None


def test_values_of_unknown_actions_are_refused(tmp_path):
    with pytest.raises(SettingsError, match='no action is called "purchases"'):
        Settings.load(tmp_path, train={"values": {"purchases": 3}})


PRICES = np.tile([5.0, 50.0], 60)


def shop_of(folder, values):
    """A shop of cheap and dear things, in which people look at what is dear and buy what is cheap."""
    return Settings.load(
        folder,
        train={"values": values},
        pipelines={"home": {"scorers": [{"type": "value"}], "rerankers": []}},
    )


def filled(shop):
    rng = np.random.default_rng(0)
    shop.put(
        "items",
        [{"id": f"i{n}", "title": f"thing {n}", "price": p} for n, p in enumerate(PRICES)],
    )
    events = []
    for person in range(40):
        for day, item in enumerate(rng.choice(120, 6, replace=False)):
            events.append({
                "user": f"u{person}", "item": f"i{item}", "type": "purchase",
                "time": f"2025-01-{day * 3 + 1:02d}T{rng.integers(24):02d}:00:00Z",
            })  # fmt: skip
    shop.put("events", events)
    shop.train()


def answered(shop, pages):
    rng, told = np.random.default_rng(1), []
    for number in range(pages):
        user = f"u{number % 40}"
        page = shop.recommend(user, n=10)
        shown = [item.ref.number for item in page.items]
        for item in shop.store.keys(Kind.ITEM, shown):
            is_dear = PRICES[int(item.removeprefix("i"))] > 10
            if rng.random() < (0.7 if is_dear else 0.25):
                kinds = ["click"] if is_dear else ["click", "cart", "purchase"]
                told += [
                    {"user": user, "item": item, "type": kind, "request_id": page.request_id}
                    for kind in kinds
                ]
    shop.put("events", told)


def dear(shop):
    """Return the share of dear things on the first places of pages."""
    pages = [shop.recommend(f"u{n}", n=10, is_preview=True) for n in range(40)]
    shown = [item.ref.number for page in pages for item in page.items[:5]]
    first = [int(item.removeprefix("i")) for item in shop.store.keys(Kind.ITEM, shown)]
    return float(np.mean(PRICES[first] > 10))


@pytest.mark.slow
def test_what_is_worth_most_comes_first_by_what_the_log_says(tmp_path):
    with Shop.open(shop_of(tmp_path, {"click": 1.0})) as shop:
        filled(shop)
        before = dear(shop)
        answered(shop, 320)
        facts = shop.train()["facts"]["value"]
        assert facts["heads"]["click"]["positive"] > 300, facts
        by_clicks = dear(shop)
    with Shop.open(shop_of(tmp_path, {"purchase": 7.0})) as shop:
        shop.train()
        by_purchases = dear(shop)
    assert by_purchases < 0.25 < before < 0.75 < by_clicks
