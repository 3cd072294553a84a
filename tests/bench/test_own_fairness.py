"""Who is grouped with whom, who provides what, and that exposure is held against what people take."""

import json
from types import SimpleNamespace

import numpy as np
import pytest
from scipy import sparse

from zhiyin import Shop
from zhiyin.bench.own_fairness import fairness

PEOPLE, ITEMS, K = 120, 12, 3


@pytest.fixture
def shop(tmp_path):
    """A hundred and twenty people and a dozen items of three sellers, two of which go by one brand."""
    users = [
        {
            "id": f"secret-{n}",
            "attributes": {
                "gender": "woman" if n < 60 else "man",
                "sex": "f" if n < 60 else "m",
                "member": n % 3 == 0,
                "age": 20 + n % 40,
                "email": f"u{n}@example.org",
                "height": 1.5 + n / 1000,
                "town": "big" if n < 91 else "small",
            },
        }
        for n in range(PEOPLE)
    ]
    items = [
        {"id": f"i{n}", "brand": "one" if n < 8 else "two", "attributes": {"seller": n // 4}}
        for n in range(ITEMS)
    ]
    with Shop.open(tmp_path) as opened:
        opened.put("users", users)
        opened.put("items", items)
        yield opened


def asked(shop, provider="brand"):
    """Judge lists of the first items, for people who take the last; women alone find something."""
    people = np.arange(PEOPLE)
    taken = np.zeros((PEOPLE, ITEMS))
    taken[people, 8 + people % 4] = 1
    taken[people, people % 4] = 1
    rows = sparse.csr_array(np.arange(ITEMS) <= people[:, None] % ITEMS)
    task = SimpleNamespace(
        people=people,
        relevant=sparse.csr_array(taken),
        data=SimpleNamespace(rows=rows, n_items=ITEMS),
    )
    gains = {f"ndcg@{K}": (people < 60) * 0.5 + (people % 5) / 10}
    first = np.tile(np.arange(K), (PEOPLE, 1))
    judged = [
        SimpleNamespace(name=name, figures=gains, lists=lists)
        for name, lists in (("pipeline", first), ("popularity", first + 8))
    ]
    return fairness(shop, judged, task, K, provider, 0)


def test_people_are_parted_by_what_makes_groups_once(shop):
    told = asked(shop)["people"]
    assert set(told) == {"history", "age", "gender", "member", "town"}  # sex parts as gender does
    assert set(told["age"]["models"]["pipeline"]["groups"]) == {"< 34", "34–46", "≥ 47"}
    assert set(told["member"]["models"]["pipeline"]["groups"]) == {"false", "true"}
    gender = told["gender"]["models"]["pipeline"]
    assert (gender["best"], gender["worst"]) == ("woman", "man")
    assert gender["gap"][0] == pytest.approx(0.5)
    assert gender["p_holm"] == pytest.approx(4 / 1001, rel=1e-4)  # times the attributes with a gap


def test_a_small_group_and_who_is_in_it_cannot_be_read(shop):
    told = asked(shop)
    town = told["people"]["town"]
    assert town["suppressed"] == 1
    assert set(town["models"]["pipeline"]) == {"groups"}
    assert set(town["models"]["pipeline"]["groups"]) == {"big"}
    text = json.dumps(told)
    assert "secret-" not in text
    assert "@" not in text
    assert "small" not in text


def test_exposure_is_held_against_what_people_take_by_any_attribute(shop):
    brands = asked(shop)["providers"]
    assert set(brands["providers"]) == {"one", "two"}
    assert brands["models"]["pipeline"]["disparity"][0] == pytest.approx(0.5)
    assert brands["providers"]["one"]["merit"] == pytest.approx(0.5)
    assert brands["providers"]["two"]["exposure"] == 0
    sellers = asked(shop, "seller")["providers"]
    assert sellers["attribute"] == "seller"
    assert set(sellers["providers"]) == {"0", "2"}
    assert sellers["suppressed"] == 1  # nobody takes of seller 1
    assert asked(shop, "colour")["providers"] is None
