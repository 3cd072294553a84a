import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiyin.errors import DataError
from zhiyin.privacy.masks import from_fixed, masked, pair_seeds, stream, to_fixed, unmasked_sum

NAMES = ["north", "south", "east", "west"]


def uploads_of(held, seeds, lost=()):
    return {
        name: masked(to_fixed(values), name, seeds[name])
        for name, values in held.items()
        if name not in lost
    }


def test_fixed_point_holds_quarters_and_negative_numbers_exactly():
    assert to_fixed(np.array([1.0, 0.25, -1.0])).tolist() == [2**32, 2**30, 2**64 - 2**32]
    values = np.array([0.0, -7.125, 2.0**31 - 1, -(2.0**30)])
    assert from_fixed(to_fixed(values)).tolist() == values.tolist()


@pytest.mark.parametrize("number", [np.nan, np.inf, 2.0**31, -(2.0**31)])
def test_a_number_that_does_not_fit_is_refused(number):
    with pytest.raises(DataError, match="does not fit into fixed point"):
        to_fixed(np.array([1.0, number]))


@settings(deadline=None, max_examples=25)
@given(
    st.dictionaries(
        st.sampled_from(NAMES),
        st.lists(st.integers(-(2**40), 2**40), min_size=3, max_size=3),
        min_size=2,
    ),
    st.data(),
)
def test_the_sum_of_those_who_uploaded_is_exact_whoever_dropped_out(whole, data):
    held = {name: np.array(numbers) / 2**20 for name, numbers in whole.items()}
    lost = data.draw(st.sets(st.sampled_from(sorted(held)), max_size=len(held) - 2))
    seeds = pair_seeds(list(held))
    uploads = uploads_of(held, seeds, lost)
    returned = {name: {gone: seeds[name][gone] for gone in lost} for name in uploads}
    total = from_fixed(unmasked_sum(uploads, returned))
    assert np.array_equal(total, sum(held[name] for name in uploads))


def test_one_upload_looks_uniform_and_differs_from_run_to_run():
    held = {name: np.zeros(20_000) for name in NAMES}
    first, second = (uploads_of(held, pair_seeds(NAMES))["north"] for _ in range(2))
    assert not np.array_equal(first, second)
    for shift in range(0, 64, 8):  # each byte of the upload
        count = np.bincount((first >> np.uint64(shift)).astype(np.uint8), minlength=256)
        chi_square = ((count - 20_000 / 256) ** 2 / (20_000 / 256)).sum()
        assert chi_square < 390  # 1e-7 of 255 degrees of freedom


def test_without_the_seeds_of_who_dropped_out_the_sum_stays_masked():
    held = {name: np.ones(100) for name in NAMES}
    uploads = uploads_of(held, pair_seeds(NAMES), lost=["west"])
    total = from_fixed(unmasked_sum(uploads, {}))
    assert np.abs(total - 3).min() > 1


def test_every_two_silos_share_one_seed_that_nobody_else_has():
    seeds = pair_seeds(NAMES)
    assert seeds["east"]["west"] == seeds["west"]["east"]
    assert len({seed for shared in seeds.values() for seed in shared.values()}) == 6
    assert not np.array_equal(stream(seeds["east"]["west"], 4), stream(seeds["east"]["north"], 4))


def test_a_sum_of_one_and_silos_that_disagree_are_refused():
    seeds = pair_seeds(NAMES)
    uploads = uploads_of({name: np.ones(2) for name in NAMES}, seeds)
    alone = {"north": uploads["north"]}
    with pytest.raises(DataError, match="two uploads or more"):
        unmasked_sum(alone, {"north": {other: seeds["north"][other] for other in NAMES[1:]}})
    with pytest.raises(DataError, match="south says none"):
        unmasked_sum(uploads, {"north": {"gone": b"seed"}})
    with pytest.raises(DataError, match="a silo that did not upload"):
        unmasked_sum(uploads, {name: {"north": b"seed"} for name in NAMES})
