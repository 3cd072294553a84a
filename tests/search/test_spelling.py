"""Words typed wrongly are found; words that are right stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiyin.search.query.spelling import Speller, distance

SPELLER = Speller(
    {"dispenser": 9, "refrigerator": 20, "cement": 8, "multi": 9, "tool": 30, "soap": 40, "防晒霜": 12, "手机壳": 9, "shoe": 0}
)  # fmt: skip


@pytest.mark.parametrize(
    ("said", "meant", "kind"),
    [
        ("dispensor", "dispenser", "spelling"),
        ("refrigirator", "refrigerator", "spelling"),
        ("cemet", "cement", "spelling"),
        ("multitool", "multi tool", "split"),
        ("防赛霜", "防晒霜", "pinyin"),
        ("fangshaishuang", "防晒霜", "pinyin"),
    ],
)
def test_what_was_meant(said: str, meant: str, kind: str) -> None:
    found = SPELLER.meant(said)
    assert found is not None
    assert (found.text, found.kind) == (meant, kind)
    assert 0 < found.confidence <= 1


@pytest.mark.parametrize("word", ["soap", "shoe", "xqzzyw", "", "手机", "沙县", "a4", "soa"])
def test_what_is_right_or_near_nothing_stays(word: str) -> None:
    assert SPELLER.meant(word) is None


def test_two_words_that_are_one_are_joined_only_where_one_of_them_is_none() -> None:
    speller = Speller(
        {"dishwasher": 9, "dish": 1, "washer": 9, "table": 9, "tablecloth": 9, "cloth": 9}
    )
    assert speller.joined("dish", "washer")
    assert not speller.joined("table", "cloth")


_WORDS = st.text(st.sampled_from("abcde"), max_size=7)


@given(_WORDS, _WORDS)
def test_distance_is_that_of_the_definition(first: str, second: str) -> None:
    """Restricted edit distance by its recursion (Damerau 1964)."""

    def slow(i: int, j: int) -> int:
        if not i or not j:
            return i + j
        least = min(
            slow(i - 1, j) + 1,
            slow(i, j - 1) + 1,
            slow(i - 1, j - 1) + (first[i - 1] != second[j - 1]),
        )
        if i > 1 and j > 1 and first[i - 1] == second[j - 2] and first[i - 2] == second[j - 1]:
            least = min(least, slow(i - 2, j - 2) + 1)
        return least

    if len(first) + len(second) <= 9:
        assert distance(first, second) == slow(len(first), len(second))
    assert distance(first, second) == distance(second, first)
