"""What somebody who is typing is offered."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiyin.search.aids.suggesting import Phrase, Suggestion, Suggestions, keys_of
from zhiyin.search.asked_queries import normal

FOUND = Suggestions(
    [
        Phrase("防晒霜", 2.0, "query", "美妆"),
        Phrase("防水鞋", 1.0, "product", "鞋靴"),
        Phrase("Face mask", 3.0, "category", "美妆"),
        Phrase("面膜", 1.5, "query", "美妆"),
        Phrase("iPhone 手机壳", 1.2, "query", None),
    ]
)


def told(typed: str, **more: object) -> list[str]:
    return [one.text for one in FOUND.suggest(typed, **more)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("防", ["防晒霜", "防水鞋"]),
        ("fangs", ["防晒霜", "防水鞋"]),
        ("fang shai", ["防晒霜"]),
        ("fang'sh", ["防晒霜", "防水鞋"]),
        ("fss", ["防晒霜"]),
        ("FACE", ["Face mask"]),
        ("ｆａｃｅ　", ["Face mask"]),
        ("mm", ["面膜"]),
        ("iphonesh", ["iPhone 手机壳"]),
        ("防曬", ["防晒霜"]),  # traditional
        ("房晒", ["防晒霜"]),  # another character of the same sound
        ("房", []),
        ("xyz", []),
    ],
)
def test_a_beginning_is_completed(typed: str, expected: list[str]) -> None:
    assert told(typed) == expected


def test_what_is_written_so_goes_before_what_sounds_so_and_that_before_first_letters() -> None:
    found = Suggestions([Phrase("mao mat", 1.0), Phrase("猫", 1.0), Phrase("mask", 1.0), Phrase("毛衣", 1.0)])  # fmt: skip
    assert [one.text for one in found.suggest("mao")] == ["mao mat", "毛衣", "猫"]
    assert [one.text for one in found.suggest("my")] == ["毛衣"]


def test_nothing_typed_begins_with_everything() -> None:
    assert told("", n=2) == ["Face mask", "防晒霜"]


def test_what_somebody_likes_rises() -> None:
    assert told("f") == ["Face mask", "防晒霜", "防水鞋"]
    assert told("fangs", likes={"鞋靴": 1.0}) == [
        "防晒霜",
        "防水鞋",
    ]  # 1.0 doubled is no more than 2.0
    close = Suggestions([Phrase("茶壶", 1.1, "query", "茶"), Phrase("茶几", 1.0, "query", "家具")])
    assert close.suggest("茶")[0].text == "茶壶"
    assert close.suggest("茶", likes={"家具": 0.5})[0].text == "茶几"


def test_own_queries_come_first_once_and_without_personal_data() -> None:
    own = ["防水 13800138000", "防水鞋", "防水鞋", "防风衣", "防滑垫", "防尘罩", "雨伞"]
    assert FOUND.suggest("fang", own=own) == [
        Suggestion("防水鞋", "recent"),
        Suggestion("防风衣", "recent"),
        Suggestion("防滑垫", "recent"),
        Suggestion("防晒霜", "query"),
    ]
    assert [one.text for one in FOUND.suggest("fang", own=own, n=2)] == ["防水鞋", "防风衣"]


def test_the_heaviest_of_many_are_found() -> None:
    many = Suggestions([Phrase(f"tea {number}", float(number)) for number in range(500)])
    assert [one.text for one in many.suggest("te", n=2)] == ["tea 499", "tea 498"]


@given(
    st.dictionaries(
        st.text("ab 茶猫防", min_size=1, max_size=6).filter(str.strip), st.floats(0, 9)
    ),
    st.text("ab 茶", max_size=3),
    st.integers(0, 5),
)
def test_what_is_suggested_begins_or_sounds_so(
    weights: dict[str, float], typed: str, n: int
) -> None:
    found = Suggestions([Phrase(text, weight) for text, weight in weights.items()])
    suggested = [one.text for one in found.suggest(typed, n=n)]
    assert len(suggested) <= n
    assert len({normal(text) for text in suggested}) == len(suggested)
    without_spaces = "".join(normal(typed).split())
    wanted = [key for key in (*keys_of(typed), without_spaces) if key] if normal(typed) else [""]
    for text in suggested:
        assert any(key.startswith(one) for key in keys_of(text) if key for one in wanted)
    heaviest = max(
        (text for text in weights if normal(text).startswith(normal(typed))),
        key=lambda text: weights[text],
        default=None,
    )
    if n and heaviest is not None:
        assert suggested
