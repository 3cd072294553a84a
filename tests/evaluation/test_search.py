from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiyin.errors import InvalidRecord, SettingsError
from zhiyin.evaluation.search import Choice, Journal, LogUniform, Uniform, Whole, search, trial

SPACE = {
    "reg": LogUniform(0.01, 100.0, default=1.0),
    "share": Uniform(-1.0, 1.0, default=0.0),
    "k": Whole(1, 200, default=20, is_log=True),
    "kind": Choice(("cosine", "dot", None), default="dot"),
}


def peak(params):
    """Best at reg = 10 and share = 0.5."""
    return -(math.log10(params["reg"]) ** 2 - 2 * math.log10(params["reg"])) - abs(
        params["share"] - 0.5
    )


@pytest.mark.parametrize(
    ("dimension", "u", "value"),
    [
        (Uniform(2.0, 4.0, default=2.0), 0.25, 2.5),
        (LogUniform(0.01, 100.0, default=1.0), 0.5, 1.0),
        (Whole(3, 5, default=3), 0.0, 3),
        (Whole(3, 5, default=3), 0.34, 4),
        (Whole(3, 5, default=3), 0.999999, 5),
        (Whole(1, 99, default=1, is_log=True), 0.5, 10),
        (Whole(7, 7, default=7), 0.5, 7),
        (Choice(("a", "b"), default="a"), 0.49, "a"),
        (Choice(("a", "b"), default="a"), 0.5, "b"),
    ],
)
def test_a_share_of_the_range_gives_a_value(dimension, u, value):
    got = dimension.at(u)
    assert got == pytest.approx(value) if isinstance(value, float) else got == value
    assert type(got) is type(value)


@settings(deadline=None, max_examples=25)
@given(st.floats(0, 1, exclude_max=True), st.integers(1, 50), st.integers(0, 50))
def test_no_value_is_out_of_range(u, low, width):
    high = low + width
    assert low <= Uniform(low, high + 1, default=low).at(u) <= high + 1
    assert low <= LogUniform(low, high + 1, default=low).at(u) <= high + 1
    for is_log in (False, True):
        assert low <= Whole(low, high, default=low, is_log=is_log).at(u) <= high


@pytest.mark.parametrize(
    "make",
    [
        lambda: Uniform(1.0, 1.0, default=1.0),
        lambda: Uniform(0.0, 1.0, default=2.0),
        lambda: LogUniform(0.0, 1.0, default=0.5),
        lambda: Whole(2, 1, default=1),
        lambda: Whole(0, 5, default=1, is_log=True),
        lambda: Choice((), default=1),
        lambda: Choice((1, 2), default=3),
        lambda: Choice((1, 1), default=1),
    ],
)
def test_a_dimension_that_makes_no_sense_is_refused(make):
    with pytest.raises(SettingsError, match="Next: correct the search space"):
        make()


def test_the_first_trial_is_the_defaults_and_the_others_spread_over_the_space():
    assert trial(SPACE, 0, 7) == {"reg": 1.0, "share": 0.0, "k": 20, "kind": "dot"}
    points = [trial(SPACE, number, 7) for number in range(1, 31)]
    for low in (-1.0, -0.5, 0.0, 0.5):  # a quarter of the range gets about a quarter of them
        assert 5 <= sum(low <= point["share"] < low + 0.5 for point in points) <= 10
    assert {point["kind"] for point in points} == {"cosine", "dot", None}


def test_a_trial_depends_on_space_number_and_seed_alone():
    backwards = {name: SPACE[name] for name in reversed(SPACE)}
    for number in (1, 5, 70):
        assert trial(SPACE, number, 7) == trial(backwards, number, 7)
        assert trial(SPACE, number, 7) != trial(SPACE, number, 8)
    tried = search(SPACE, peak, trials=80, seed=7).tried
    assert [one.number for one in tried] == list(range(80))
    assert all(tried[number].params == trial(SPACE, number, 7) for number in (0, 1, 64, 65, 79))


def test_it_finds_what_is_good():
    found = search(SPACE, peak, trials=200)
    assert found.value == max(one.value for one in found.tried) == peak(found.params)
    assert 4 < found.params["reg"] < 25
    assert 0.2 < found.params["share"] < 0.8
    assert not found.is_exhausted


def test_what_failed_is_never_best_and_of_equals_the_first_is():
    found = search(SPACE, lambda p: math.nan if p["share"] > 0 else p["share"], trials=20)
    assert found.params == trial(SPACE, 0, 0)
    assert search(SPACE, lambda p: 1.0, trials=9).params == trial(SPACE, 0, 0)
    assert math.isnan((lost := search(SPACE, lambda p: math.nan, trials=9)).value)
    assert lost.params == trial(SPACE, 0, 0)
    values = itertools.chain([math.nan, -math.inf], itertools.repeat(math.nan))
    assert search(SPACE, lambda p: next(values), trials=9).params == trial(SPACE, 1, 0)


def test_a_small_space_is_tried_whole_and_nothing_twice():
    space = {"a": Choice((1, 2, 3), default=2), "b": Whole(1, 4, default=1, is_log=True)}
    told = []
    found = search(space, lambda p: p["a"] * p["b"], trials=50, progress=lambda *x: told.append(x))
    tried = [(one.params["a"], one.params["b"]) for one in found.tried]
    assert tried[0] == (2, 1)
    assert sorted(tried) == list(itertools.product((1, 2, 3), (1, 2, 3, 4)))
    assert (found.params, found.is_exhausted) == ({"a": 3, "b": 4}, True)
    assert told[-1] == (1.0, 12)
    assert [rows for _, rows in told] == list(range(1, 13))
    fewer = search(space, lambda p: p["a"] * p["b"], trials=5)
    assert len({tuple(one.params.items()) for one in fewer.tried}) == len(fewer.tried) == 5


def test_an_empty_space_has_one_trial():
    found = search({}, lambda p: 3.0, trials=10)
    assert (found.params, found.value, len(found.tried)) == ({}, 3.0, 1)
    with pytest.raises(SettingsError, match="0 trials"):
        search({}, lambda p: 3.0, trials=0)


class Stopped(Exception):
    pass


def stops_after(n, asked):
    def judge(params):
        if len(asked) == n:
            raise Stopped
        asked.append(dict(params))
        value = peak(params)
        params.clear()  # what a judge does with its copy is its own affair
        return value if len(asked) % 3 else math.nan

    return judge


def same(one, two):
    return str([(t.number, t.params, t.value) for t in one.tried]) == str(
        [(t.number, t.params, t.value) for t in two.tried]
    ) and (one.params, one.value) == (two.params, two.value)


def test_an_interrupted_search_goes_on_where_it_stopped(tmp_path):
    asked = []
    whole = search(SPACE, stops_after(99, []), trials=12, seed=3)
    journal = Journal(tmp_path / "new" / "tuning.jsonl", "data 1")
    with pytest.raises(Stopped):
        search(SPACE, stops_after(5, asked), trials=12, seed=3, journal=journal, name="a")
    found = search(SPACE, stops_after(99, asked), trials=12, seed=3, journal=journal, name="a")
    assert same(found, whole)
    assert len(asked) == 12
    longer = search(SPACE, stops_after(99, asked), trials=15, seed=3, journal=journal, name="a")
    assert (len(longer.tried), len(asked)) == (15, 15)


def test_only_trials_of_the_same_search_are_taken_over(tmp_path):
    path = tmp_path / "tuning.jsonl"
    asked = []

    def run(space=SPACE, fingerprint="x", name="a", seed=0):
        before = len(asked)
        judge = stops_after(99, asked)
        search(space, judge, trials=3, seed=seed, journal=Journal(path, fingerprint), name=name)
        return len(asked) - before

    assert [run(), run()] == [3, 0]
    other = SPACE | {"share": Uniform(-1.0, 2.0, default=0.0)}
    assert [run(other), run(fingerprint="y"), run(name="b"), run(seed=1)] == [3, 3, 3, 3]
    assert [run(), run(other), run(fingerprint="y"), run(name="b"), run(seed=1)] == [0] * 5


def test_a_journal_cut_off_at_any_byte_is_mended(tmp_path):
    path = tmp_path / "tuning.jsonl"
    whole = search(SPACE, peak, trials=3, journal=Journal(path))
    written = path.read_bytes()
    ends = [at + 1 for at, byte in enumerate(written) if byte == ord("\n")]
    for cut in [0, 1, 20, *ends, *(end - 1 for end in ends), *(end + 9 for end in ends[:-1])]:
        path.write_bytes(written[:cut])
        asked = []
        found = search(
            SPACE,
            lambda p, asked=asked: asked.append(p) or peak(p),
            trials=3,
            journal=Journal(path),
        )
        n_lines = sum(end <= cut for end in ends)
        assert len(asked) == 3 - max(0, n_lines - 1)
        assert same(found, whole)
        assert path.read_bytes().count(b"\n") == 4


@pytest.mark.parametrize(
    "text",
    [b"user,item\n1,2\n", b"no line end", b'{"a": 1}\n', b"\xff\xfe\n", b"\n"],
)
def test_a_file_that_is_something_else_is_refused_and_left_alone(tmp_path, text):
    path = tmp_path / "plays.csv"
    path.write_bytes(text)
    with pytest.raises(
        InvalidRecord, match=r"plays.csv:1: this is no journal.* Expected .* Next: "
    ):
        search(SPACE, peak, trials=3, journal=Journal(path))
    assert path.read_bytes() == text


@pytest.mark.parametrize("line", [b"x\n", b"[1]\n", b'{"key": "a"}\n', b"\xff\n"])
def test_a_line_that_is_no_trial_is_named(tmp_path, line):
    path = tmp_path / "tuning.jsonl"
    search(SPACE, peak, trials=2, journal=Journal(path))
    path.write_bytes(path.read_bytes() + line + b"cut o")
    before = path.read_bytes()
    with pytest.raises(InvalidRecord, match=r"tuning.jsonl:4: this is no trial"):
        search(SPACE, peak, trials=2, journal=Journal(path))
    assert path.read_bytes() == before
