"""Portraits hold meaning, not only mood: what was felt is felt toward something."""

import numpy as np
import pytest

from tests.portraits.shops import DAY, NOW, items_frame
from zhiyin.language.embedders.lsa import Lsa
from zhiyin.portraits.fusion import Told, friends_mean, fuse
from zhiyin.portraits.item_table import ItemPortraits
from zhiyin.portraits.table import PortraitTable
from zhiyin.portraits.weights import event_weights

TITLES = [
    "绿茶 龙井 春茶", "绿茶 碧螺春 新茶", "绿茶 毛峰 散装", "山地车 变速 越野", "山地车 头盔 骑行", "骑行 车灯 越野",
    "忧郁 阴沉 悲伤 蓝调唱片", "忧郁 悲伤 黑白 影集", "台灯 护眼", "书桌 实木",
]  # fmt: skip
TEA, BIKES, GLOOM = [0, 1, 2], [3, 4, 5], [6, 7]


@pytest.fixture(scope="module")
def items():
    lsa = Lsa(Lsa.Config(dim=6))
    lsa.fit(TITLES)
    vectors = lsa.embed(TITLES, kind="passage")
    return ItemPortraits.of(items_frame(brand=["a"] * len(TITLES)), vectors)


def portrait(items, events):
    table = PortraitTable(items)
    for item, weight in events:
        table.fold(0, item, weight, NOW - DAY)
    return table.vector(0, NOW)


def review(polarity):
    [weight] = event_weights(np.array(["review"]), np.array([np.nan]), np.array([polarity]))
    return float(weight)


def test_a_gloomy_person_is_not_a_gloomily_described_thing(items):
    gloomy = portrait(items, [(item, 8.0) for item in TEA])
    by_mood = np.array([-0.8, 0.5]), np.array([-0.4, 0.25])
    cosine = by_mood[0] @ by_mood[1] / np.linalg.norm(by_mood[0]) / np.linalg.norm(by_mood[1])
    assert cosine == pytest.approx(1.0), "mood and a tie's strength alone call them the same"
    assert (items.vectors[GLOOM] @ gloomy).max() < 0.2
    assert (items.vectors[TEA] @ gloomy).min() > 0.5


def test_equal_moods_toward_different_things_are_far_apart(items):
    tea = portrait(items, [(item, review(0.9)) for item in TEA])
    bikes = portrait(items, [(item, review(0.9)) for item in BIKES])
    assert tea @ bikes < 0.2


def test_a_bad_review_lowers_the_thing_and_what_is_like_it(items):
    before = portrait(items, [(0, 8.0), (3, 8.0)])
    after = portrait(items, [(0, 8.0), (3, 8.0), (0, review(-0.9))])
    change = items.vectors @ (after - before)
    assert change[0] < -0.1
    assert change[1] < -0.1, "the other green teas fall with it"
    assert change[2] < -0.1
    assert (change[BIKES] >= 0).all(), "what has nothing to do with it does not"


def test_a_mood_without_a_matter_has_no_vector(items):
    silent = np.zeros((3, items.dim), np.float32)
    told = Told(silent, np.full(3, NOW), np.array([-0.9, -0.8, 0.7]))
    assert not fuse({"posts": told}, items.dim, NOW).vector.any()


def test_the_closer_the_friend_the_more_the_friend_s_taste_counts(items):
    tastes = np.array([portrait(items, [(0, 8.0)]), portrait(items, [(3, 8.0)])])
    near_tea = fuse({"friends": friends_mean(tastes, np.array([0.9, 0.1]), NOW)}, items.dim, NOW)
    near_bikes = fuse({"friends": friends_mean(tastes, np.array([0.1, 0.9]), NOW)}, items.dim, NOW)
    assert items.vectors[0] @ near_tea.vector > items.vectors[3] @ near_tea.vector
    assert items.vectors[3] @ near_bikes.vector > items.vectors[0] @ near_bikes.vector
