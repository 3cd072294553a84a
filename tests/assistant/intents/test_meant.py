"""Messages are read at once, and by meanings from when there are any."""

from __future__ import annotations

import time
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from zhiyin.assistant.intents.meant import MeantReader

EXAMPLES = {
    "delivery": ["where is my parcel", "has my parcel left", "when does it come", "is it on its way"],
    "refund": ["money back please", "i want my money back", "pay me back", "return my money"],
}  # fmt: skip


class Means:
    """Gives texts about money one direction and all others another, once it is told to."""

    def __init__(self) -> None:
        self.vectors: dict[str, NDArray[np.float32]] = {}
        self.wanted: list[str] = []
        self.is_late = False

    def want(self, texts: Iterable[tuple[str, str]]) -> None:
        self.wanted += [text for text, _ in texts]

    def question(self, text: str) -> NDArray[np.float32] | None:
        return None if self.is_late else self.of(text)

    def of(self, text: str) -> NDArray[np.float32]:
        is_money = any(word in text for word in ("money", "pay", "qqq"))
        return np.array([1, 0] if is_money else [0, 1], np.float32)

    def embed(self) -> None:
        self.vectors |= {text: self.of(text) for text in self.wanted}


def read(reader: MeantReader, text: str) -> list[str]:
    return [guess.name for guess in reader.read(text)]


def test_it_changes_over_when_the_examples_are_embedded() -> None:
    means = Means()
    reader = MeantReader(EXAMPLES, means)
    assert read(reader, "has my parcel left") == ["delivery"]
    assert read(reader, "qqq") != ["refund"]
    assert set(means.wanted) == {text for said in EXAMPLES.values() for text in said}
    means.embed()
    until = time.monotonic() + 10
    while read(reader, "qqq") != ["refund"]:
        assert time.monotonic() < until, "it never changed over"
        time.sleep(0.01)
    assert read(reader, "has my parcel left") == ["delivery"]


def test_a_vector_that_is_late_leaves_the_words() -> None:
    means = Means()
    reader = MeantReader(EXAMPLES, means)
    read(reader, "hello")
    means.embed()
    until = time.monotonic() + 10
    while read(reader, "qqq") != ["refund"]:
        assert time.monotonic() < until
        time.sleep(0.01)
    means.is_late = True
    assert read(reader, "i want my money back now") == ["refund"]
    assert read(reader, "qqq") != ["refund"]
