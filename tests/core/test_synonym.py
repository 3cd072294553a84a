"""Words that stand for one another, as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiyin.core.synonym import Synonym
from zhiyin.errors import InvalidRecord


@pytest.mark.parametrize(
    ("line", "words", "meant"),
    [
        ("跑鞋 = 跑步鞋", ("跑鞋", "跑步鞋"), ()),
        ("a,b，c、d", ("a", "b", "c", "d"), ()),
        ("keyboard -> input device", ("keyboard",), ("input device",)),
        ("土豆、洋芋→马铃薯", ("土豆", "洋芋"), ("马铃薯",)),
    ],
)
def test_a_line_is_read(line: str, words: tuple[str, ...], meant: tuple[str, ...]) -> None:
    read = Synonym.read(line)
    assert (read.words, read.meant) == (words, meant)


@pytest.mark.parametrize(
    "line", ["", "alone", "a = A", "a -> b -> c", "-> b", "a ->", "a = " + "x" * 61, "a = b\0", "=",
             " = ".join(f"w{n}" for n in range(21))],
)  # fmt: skip
def test_what_is_no_synonym_is_refused(line: str) -> None:
    with pytest.raises(InvalidRecord):
        Synonym.read(line)


def test_words_of_a_program_are_checked_as_those_of_a_line() -> None:
    for words in (("a=b", "c"), (" a", "b"), ("a", ""), ("a -> b", "c")):
        with pytest.raises(InvalidRecord):
            Synonym(words)


_WORD = st.text("abc茶壶 ", min_size=1, max_size=5).map(str.strip).filter(bool)


@given(st.lists(_WORD, min_size=2, max_size=6, unique=True), st.integers(1, 6))
def test_a_line_comes_back_as_it_was_said(words: list[str], cut: int) -> None:
    synonym = Synonym(tuple(words[:cut]), tuple(words[cut:]))
    assert Synonym.read(str(synonym)) == synonym
