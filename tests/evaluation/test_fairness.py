import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from zhiyin.evaluation.fairness import SMOOTHING, exposure_merit, utility_gap

seeds = st.integers(0, 2**32 - 1)
SECOND = 1 / np.log2(3)  # exposure of the second place


def csr(rows):
    return sparse.csr_array(np.array(rows, np.float64))


def masks(group):
    return {f"g{code}": group == code for code in np.unique(group).tolist()}


def test_a_gap_by_hand():
    utility = np.array([0.2, 0.4, 0.9, 0.7, np.nan, 0.5])
    groups = masks(np.array([0, 0, 1, 1, 1, 2]))
    told = utility_gap(utility, groups, min_people=2)
    means = {name: one["utility"][0] for name, one in told["groups"].items()}
    assert means == pytest.approx({"g0": 0.3, "g1": 0.8})
    assert {name: one["people"] for name, one in told["groups"].items()} == {"g0": 2, "g1": 2}
    assert told["suppressed"] == 1
    assert (told["best"], told["worst"]) == ("g1", "g0")
    assert told["gap"][0] == pytest.approx(0.5)
    # Six ways to part .2 .4 .9 .7 in two: gaps .5, .2, 0 twice each; a third is as large as found.
    assert told["by_chance"][0] == pytest.approx(0.7 / 3, abs=0.03)
    assert told["p"] == pytest.approx(1 / 3, abs=0.06)


@settings(deadline=None, max_examples=20)
@given(seeds)
def test_other_names_of_groups_change_nothing(seed):
    rng = np.random.default_rng(seed)
    utility, group = rng.random(200), rng.integers(3, size=200)
    new = np.array([2, 0, 1])[group]
    one, other = utility_gap(utility, masks(group)), utility_gap(utility, masks(new))
    assert other["gap"] == pytest.approx(one["gap"])
    assert other["by_chance"] == pytest.approx(one["by_chance"])
    assert other["p"] == one["p"]
    assert other["best"] == f"g{[2, 0, 1][int(one['best'][1])]}"
    for code in range(3):
        assert other["groups"][f"g{[2, 0, 1][code]}"] == one["groups"][f"g{code}"]


@settings(deadline=None, max_examples=20)
@given(seeds)
def test_equal_utilities_have_no_gap(seed):
    values = np.random.default_rng(seed).random(40)
    told = utility_gap(np.tile(values, 3), masks(np.repeat([0, 1, 2], 40)))
    mean, low, high = told["gap"]
    assert mean == pytest.approx(0)
    assert low <= 0 <= high
    assert told["p"] > 0.9


def test_groups_without_meaning_have_the_gap_of_chance_and_real_ones_more():
    rng = np.random.default_rng(1)
    group = rng.integers(5, size=500)
    noise = [utility_gap(rng.random(500), masks(group), n=200) for _ in range(100)]
    found, chance = (np.mean([one[key][0] for one in noise]) for key in ("gap", "by_chance"))
    assert found == pytest.approx(chance, rel=0.1)
    assert found > 0.05  # of five groups one is best, whatever they are
    assert np.mean([one["p"] < 0.05 for one in noise]) < 0.12
    real = utility_gap(rng.random(500) + 0.2 * (group == 3), masks(group))
    assert real["p"] < 0.01
    assert real["best"] == "g3"
    assert real["gap"][1] > 0


def test_small_groups_are_only_counted():
    utility, group = np.random.default_rng(0).random(89), np.repeat([0, 1, 2], [30, 30, 29])
    told = utility_gap(utility, masks(group))
    assert set(told["groups"]) == {"g0", "g1"}
    assert told["suppressed"] == 1
    lonely = utility_gap(utility, masks(np.repeat([0, 1], [60, 29])))
    assert set(lonely) == {"groups", "suppressed"}


# Items 0 and 1 are of brand 0, item 2 of brand 1, item 3 of brand 2, item 4 of none.
BRAND = np.array([0, 0, 1, 2, -1])
LISTS = np.array([[0, 2], [0, 3], [2, 0], [0, 4]])
TAKEN = csr([[1, 0, 0, 0, 0], [0, 0, 1, 3, 0], [0, 0, 2, 0, 0], [0, 1, 0, 0, 5]])


def test_four_people_and_three_brands_by_hand():
    told = exposure_merit(LISTS, TAKEN, BRAND, min_people=1)
    shown = np.array([3 + SECOND, 1 + SECOND, SECOND])  # 3.6309, 1.6309, .6309
    providers = told["providers"]
    assert [providers[b]["takers"] for b in range(3)] == [2, 2, 1]
    assert [providers[b]["exposure"] for b in range(3)] == pytest.approx(shown / shown.sum())
    assert [providers[b]["exposure"] for b in range(3)] == pytest.approx(
        [0.6162, 0.2768, 0.1071], abs=5e-5
    )
    merit = [2 / 4, 1.25 / 4, 0.75 / 4]  # one person took of brands 1 and 2
    assert [providers[b]["merit"] for b in range(3)] == pytest.approx(merit)
    assert told["disparity"][0] == pytest.approx(0.1162, abs=5e-5)
    more = SMOOTHING / 3
    assert providers[2]["ratio"][0] == pytest.approx((0.10706 + more) / (0.1875 + more), abs=1e-4)
    assert (told["suppressed"], told["rest"]) == (0, None)


def test_providers_with_few_takers_are_told_as_one_or_not_at_all():
    two = exposure_merit(LISTS, TAKEN, BRAND, min_people=2)
    assert set(two["providers"]) == {0, 1}
    assert two["suppressed"] == 1
    assert two["rest"] is None  # one taker: it counts as without brand
    assert two["providers"][0]["merit"] == pytest.approx(
        2 / 4
    )  # the second person's is all of brand 1
    people = csr(np.concatenate([np.tile([1, 0, 0], (30, 1)), np.tile([0, 1, 0], (20, 1)),
                                 np.tile([0, 0, 1], (20, 1))]))  # fmt: skip
    told = exposure_merit(np.tile([0, 2], (70, 1)), people, np.arange(3))
    assert set(told["providers"]) == {0}
    assert told["suppressed"] == 2
    assert told["rest"] == pytest.approx({"exposure": SECOND / (1 + SECOND), "merit": 40 / 70})
    none = exposure_merit(LISTS, TAKEN, BRAND)
    assert none == {"providers": {}, "suppressed": 3, "rest": None}


@settings(deadline=None, max_examples=20)
@given(seeds)
def test_exposure_as_merit_has_no_disparity(seed):
    """Everybody's list of one is what that person took."""
    item = np.random.default_rng(seed).integers(6, size=90)
    provider = np.array([0, 0, 1, 1, 2, -1])
    told = exposure_merit(item[:, None], csr(np.eye(6)[item] * 7), provider, min_people=1)
    assert told["disparity"] == pytest.approx([0, 0, 0], abs=1e-9)
    assert told["p"] == 1
    for one in told["providers"].values():
        assert one["ratio"] == pytest.approx([1, 1, 1])


def test_what_nobody_took_is_all_that_is_shown():
    told = exposure_merit(
        np.full((40, 1), 0), csr(np.tile([0, 1], (40, 1))), np.arange(2), min_people=0
    )
    assert told["disparity"][0] == 1
    assert told["providers"][0]["ratio"][0] > 100


def test_lists_as_people_take_differ_by_chance_only_and_uneven_ones_surely():
    rng = np.random.default_rng(2)
    share = np.array([0.4, 0.3, 0.2, 0.1])

    def told(shown):
        taken = np.zeros((300, 4))
        np.add.at(taken, (np.arange(300), rng.choice(4, 300, p=share)), 1)
        lists = rng.choice(4, (300, 1), p=shown)
        return exposure_merit(lists, csr(taken), np.arange(4), n=200, min_people=1)

    alike = [told(share) for _ in range(60)]
    found, chance = (np.mean([one[key][0] for one in alike]) for key in ("disparity", "by_chance"))
    assert found == pytest.approx(chance, rel=0.15)
    assert np.mean([one["disparity"][1] == 0 for one in alike]) > 0.9
    uneven = [told(np.array([0.7, 0.1, 0.1, 0.1])) for _ in range(60)]
    ends = np.array([one["disparity"][1:] for one in uneven])
    assert np.mean((ends[:, 0] <= 0.3) & (ends[:, 1] >= 0.3)) > 0.85
    assert all(one["p"] < 0.05 for one in uneven)


@settings(deadline=None, max_examples=25)
@given(seeds)
def test_exposure_and_merit_equal_a_loop(seed):
    rng = np.random.default_rng(seed)
    top = np.argsort(rng.random((9, 8)), axis=1)[:, :3]
    top[rng.random(top.shape) < 0.2] = -1
    taken = rng.integers(0, 4, (9, 8)) * (rng.random((9, 8)) < 0.4)
    taken[0] = 1
    provider = np.array([0, 1, 2, 0, 1, 2, -1, 3])
    told = exposure_merit(top, csr(taken), provider, min_people=1)
    shown, merit, takers = np.zeros(4), np.zeros(4), np.zeros(4)
    for places, had in zip(top, taken, strict=True):
        for rank, item in enumerate(places, 1):
            if item >= 0 and provider[item] >= 0:
                shown[provider[item]] += 1 / np.log2(rank + 1)
        own = np.array([had[provider == b].sum() for b in range(4)])
        merit += own / max(own.sum(), 1)
        takers += own > 0
    for b, one in told["providers"].items():
        assert one["takers"] == takers[b]
        assert one["exposure"] == pytest.approx(shown[b] / shown.sum())
        assert one["merit"] == pytest.approx(merit[b] / merit.sum())
    gap = np.abs(shown / shown.sum() - merit / merit.sum()).sum() / 2
    assert told["disparity"][0] == pytest.approx(gap)
