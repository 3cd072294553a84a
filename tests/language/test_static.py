"""The copy of a slow embedder answers as it would, for texts that neither was shown, and without asking it."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from tests.language.embedding import WordSums
from zhiyin.errors import DataError, ModelError
from zhiyin.language.embedders.static import Static
from zhiyin.language.vectors import Vectors
from zhiyin.store.store import Store

WORDS = (
    ["red", "green", "blue", "black", "white", "small", "large"],
    ["tea", "coffee", "soup", "rice"],
    ["cup", "pot", "bowl", "spoon", "box"],
)
SHOP = [" ".join(words) for words in product(*WORDS)]
SHOWN, HIDDEN = SHOP[::2], SHOP[1::2]


def fitted(teacher: object = None, texts: list[str] | None = None, **options: float) -> Static:
    made = Static(Static.Config(**options), teacher or WordSums(32))
    made.fit(SHOWN if texts is None else texts)
    return made


def agreement(static: Static, teacher: WordSums, texts: list[str]) -> float:
    """Return the mean cosine of a teacher's centred vectors with the copy's."""
    wanted = teacher.embed(texts, kind="passage")
    wanted -= wanted.mean(axis=0)
    wanted /= np.linalg.norm(wanted, axis=1, keepdims=True)
    return float((wanted * static.embed(texts, kind="passage")).sum(axis=1).mean())


def test_hidden_texts_get_what_the_teacher_would_say() -> None:
    assert agreement(fitted(), WordSums(32), HIDDEN) > 0.9


def test_words_taught_alone_help_where_texts_are_few() -> None:
    few = SHOWN[:70]
    with_words = fitted(texts=few)
    without = fitted(texts=few, words=0)
    assert agreement(with_words, WordSums(32), HIDDEN) > agreement(without, WordSums(32), HIDDEN)


def test_exchanged_word_vectors_say_nothing() -> None:
    static = fitted()
    arrays = static.arrays()
    broken = Static(Static.Config(), WordSums(32))
    order = np.random.default_rng(0).permutation(len(arrays["basis"]))
    broken.load({**arrays, "basis": arrays["basis"][order]})
    assert abs(agreement(broken, WordSums(32), HIDDEN)) < 0.3
    assert broken.model_id != static.model_id


def test_the_teacher_embeds_so_many_texts_and_words_and_is_then_left_alone() -> None:
    teacher = WordSums(32)
    static = fitted(teacher, texts=[*SHOWN, "", " "], words=3)
    assert len(teacher.asked) == len(SHOWN) + 3
    static.embed(HIDDEN, kind="query")
    assert len(teacher.asked) == len(SHOWN) + 3
    assert set(teacher.asked[len(SHOWN) :]) <= {word for words in WORDS for word in words}


def test_fitting_again_asks_a_teacher_with_a_memory_nothing(tmp_path: Path) -> None:
    teacher = WordSums(32)
    told: list[tuple[float, int]] = []
    with Store.open(tmp_path / "a.db") as store:
        first = fitted(Vectors(store, teacher))
        asked = len(teacher.asked)
        again = Static(Static.Config(), Vectors(store, teacher))
        again.fit(SHOWN, progress=lambda done, rows: told.append((done, rows)))
    assert len(teacher.asked) == asked
    assert again.model_id == first.model_id
    assert told == sorted(told)
    assert told[-1] == (1.0, asked)


def test_it_is_kept_as_arrays() -> None:
    static = fitted()
    other = Static(Static.Config(), WordSums(32))
    other.load(static.arrays())
    assert other.model_id == static.model_id
    assert np.array_equal(other.embed(HIDDEN, kind="query"), static.embed(HIDDEN, kind="query"))


def test_arrays_of_a_version_that_saw_other_features_are_refused() -> None:
    arrays = fitted().arrays()
    other = Static(Static.Config(), WordSums(32))
    with pytest.raises(ModelError, match="another version"):
        other.load({**arrays, "probe": arrays["probe"] + 1})
    with pytest.raises(ModelError, match="static knows no texts yet"):
        other.embed(["a"], kind="query")


def test_it_is_the_same_in_every_process() -> None:
    root = Path(__file__).resolve().parents[2]
    code = "from tests.language.test_static import fitted; print(fitted().model_id)"
    environment = {**os.environ, "PYTHONHASHSEED": "1", "PYTHONPATH": str(root)}
    told = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, env=environment
    )
    assert told.stdout.strip() == fitted().model_id


def test_texts_that_say_nothing_teach_nothing() -> None:
    for texts in ([], ["", " "], ["one"]):
        with pytest.raises(DataError, match="nothing in common"):
            fitted(texts=texts)


def test_no_words_and_few_texts() -> None:
    static = fitted(texts=["red tea", "red cup", "tea"], words=0)
    assert static.embed(["red"], kind="query").any()
