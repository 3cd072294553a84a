"""What people choose in the rain comes up in the rain, with a reason, and stays known when the shop is opened again."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from zhiyin import Context, Event, Shop

START = datetime(2025, 3, 3, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Two tastes of twelve items each; half of each are taken in the rain only."""
    home = tmp_path_factory.mktemp("rain")
    rng = np.random.default_rng(0)
    events = []
    for n in range(1500):
        person, wet = n % 150, rng.random() < 0.5
        item = f"{'cup' if person % 2 else 'tea'}-{'wet' if wet else 'dry'}-{rng.integers(6)}"
        context = {"weather": "rain" if wet else "sunny"}
        time = START + timedelta(days=n // 150)
        events.append(Event(f"p{person}", item, "purchase", time=time, context=context))
    (home / "zhiyin.local.toml").write_text("[pipelines.home]\nbudget_ms = 5000\n")
    with Shop.open(home) as shop:
        shop.record(events)
        assert shop.train()["facts"]["context"]["gain"][1] > 0
    return home


def page(home, weather):
    now = START + timedelta(days=14)
    with Shop.open(home) as shop:
        page = shop.recommend("p1", n=5, context=Context(weather=weather), time=now)
        assert not [stage for stage in page.trace if stage.status != "ok"]
        return [(shop.catalogue.key(item.ref.number), item.reasons) for item in page.items]


def test_the_list_is_another_in_the_rain(home):
    for weather, kind in (("rain", "wet"), ("sunny", "dry")):
        first = page(home, weather)[0][0]
        assert first.startswith(f"cup-{kind}")


def test_the_situation_is_told_as_a_reason_with_its_share(home):
    reasons = {reason.kind: reason.share for reason in page(home, "rain")[0][1]}
    assert 0 < reasons["context"] < 1
    assert sum(reasons.values()) == pytest.approx(1, abs=1e-5)


def test_a_situation_that_nobody_logged_says_nothing(home):
    assert page(home, "hail") == page(home, None)
