"""Template families: what is masked, and that each lies on one side."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiyin.evaluation.families import split_by_family, template_family


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("I want to cancel my order 123", "could you please cancel the order #9?"),
        ("track {{Order Number}}", "please track 00012"),
        ("请帮我退货，谢谢", "退货"),
    ],
)
def test_utterances_that_differ_in_slots_and_politeness_are_of_one_family(one, other):
    assert template_family(one) == template_family(other)


def test_others_are_not():
    assert template_family("cancel my order") != template_family("track my order")


@given(
    st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("xyz")), min_size=1),
    st.integers(0, 5),
)
def test_each_family_lies_on_one_side_and_nothing_is_lost(rows, seed):
    texts = [f"word{name} please" if len(rows) % 2 else f"{name}{name}q" for name, _ in rows]
    learned, held = split_by_family(texts, [label for _, label in rows], seed=seed)
    assert sorted([*learned, *held]) == list(range(len(texts)))
    families = [{template_family(texts[row]) for row in side} for side in (learned, held)]
    assert not families[0] & families[1]


def test_about_a_share_of_each_label_is_held_out():
    names = [chr(97 + n % 26) * 3 + chr(97 + n // 26) * 2 for n in range(200)]
    labels = ["many" if n < 150 else "few" for n in range(200)]
    _, held = split_by_family(names, labels, share=0.2)
    assert sum(row < 150 for row in held) == 30
    assert sum(row >= 150 for row in held) == 10
