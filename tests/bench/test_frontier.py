"""The front of relevance and variety of a small shop, through the verb."""

import json

import numpy as np
import pytest
from typer.testing import CliRunner

from zhiyin import Event, Shop
from zhiyin.apps.cli.main import app
from zhiyin.bench.variety import on_front


def point(gain, distance):
    return {"ndcg": [gain, 0, 0], "distance": distance}


def test_the_front_is_what_nothing_beats_in_both():
    points = [point(0.3, 0.1), point(0.2, 0.5), point(0.2, 0.4), point(0.1, 0.5), point(0.3, 0.1)]
    assert on_front(points) == [True, True, False, False, True]


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Sixty people who keep to one of three categories, mostly."""
    rng = np.random.default_rng(0)
    folder = tmp_path_factory.mktemp("front")
    items = [{"id": f"i{n}", "title": f"thing {n}", "category": f"c{n % 3}", "brand": f"b{n % 5}"} for n in range(45)]  # fmt: skip
    events = []
    for person in range(60):
        own = [n for n in range(45) if n % 3 == person % 3 or rng.random() < 0.2]
        for day, item in enumerate(rng.permutation(own)[:10]):
            time = f"2025-01-{day * 2 + 1:02d}T{rng.integers(24):02d}:00:00Z"
            events.append({"user": f"u{person}", "item": f"i{item}", "type": "purchase", "time": time})  # fmt: skip
    with Shop.open(folder) as shop:
        shop.put("items", items)
        shop.put("events", events)
    return folder


def test_more_of_the_dial_is_more_variety_and_the_picture_is_drawn(home, tmp_path):
    drawn = tmp_path / "front.png"
    asked = ["--home", str(home), "evaluate", "--frontier", "-k", "5", "--picture", str(drawn), "--json"]  # fmt: skip
    answer = CliRunner().invoke(app, asked)
    assert answer.exit_code == 0, answer.output
    told = json.loads(answer.stdout)
    by_way = {}
    for one in told["points"]:
        by_way.setdefault(one["way"], {})[one["dial"]] = one
    plain = by_way["score"][0.0]
    assert all(
        points[0.8]["distance"] >= plain["distance"] for points in (by_way["mmr"], by_way["dpp"])
    )
    assert any(one["distance"] > plain["distance"] for one in by_way["mmr"].values())
    assert by_way["calibrated"][0.8]["calibration"] < plain["calibration"]
    for name in ("alpha_ndcg", "subtopic_recall"):
        assert all(0 < one[name] <= 1 for one in told["points"])
    assert told["knee"]["way"] in by_way
    assert [one["alpha"] for one in told["joint"]] == sorted(by_way["joint"])
    assert drawn.read_bytes().startswith(b"\x89PNG")


def test_the_table_names_the_knee(home):
    answer = CliRunner().invoke(app, ["--home", str(home), "evaluate", "--frontier", "-k", "5"])
    assert answer.exit_code == 0, answer.output
    assert "Knee:" in answer.stdout


def test_the_dial_changes_a_page_and_0_does_not(tmp_path):
    items = [{"id": f"i{n}", "title": f"thing {n}", "category": f"c{n // 4}"} for n in range(12)]
    with Shop.open(tmp_path) as shop:
        shop.put("items", items)
        shop.record([Event(f"u{p}", f"i{n}") for p in range(6) for n in range(12) if (p + n) % 3])
        shop.train()

        def page(dial):
            return [item.ref.number for item in shop.recommend("u0", n=4, diversity=dial).items]

        assert page(0.0) == page(None)
        kinds = {dial: len({number // 4 for number in page(dial)}) for dial in (0.0, 1.0)}
        assert kinds[1.0] >= kinds[0.0]
        assert page(0.7) == page(0.7)
