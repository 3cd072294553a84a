from __future__ import annotations

import typing
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiyin.language.emoji import MOODS, Emotion, bare, moods
from zhiyin.language.scripts import fold


def _said(text):
    return [(text[start:end], mood.emotion) for start, end, mood in moods(text)]


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("", []),
        ("还行", []),
        ("[鼓掌][泪]好[怒]", [("[鼓掌]", "joy"), ("[泪]", "sadness"), ("[怒]", "anger")]),
        ("［哈哈］ [GOOD]", [("［哈哈］", "joy"), ("[GOOD]", "joy")]),
        ("[包邮] 【赞】", []),
        ("👍🏽👍", [("👍🏽", "joy"), ("👍", "joy")]),
        ("❤️ ❤️‍🔥", [("❤️", "joy"), ("❤️‍🔥", "joy")]),
        ("👨‍👩‍👧 1️⃣ 🇨🇳", []),
        ("T_T :D (╯°□°)╯︵┻━┻", [("T_T", "sadness"), (":D", "joy"), ("(╯°□°)╯︵┻━┻", "anger")]),
        ("谢谢：）", [("：）", "joy")]),
        (">:(", [(">:(", "anger")]),
        ("备注：（见下）size:D http://a.cn <30 t_test", []),
    ],
)
def test_signs_of_a_mood_are_found(text, signs):
    assert _said(text) == signs


def test_every_sign_is_found_as_itself():
    for sign, mood in MOODS.items():
        assert moods(f"好 {sign} 好") == [(2, 2 + len(sign), mood)]


def test_moods_are_well_formed():
    assert len(MOODS) >= 300
    for sign, mood in MOODS.items():
        assert sign == fold(sign) == bare(sign)
        assert -1 <= mood.polarity <= 1
        assert mood.emotion in typing.get_args(Emotion)
        assert mood.polarity > 0 or mood.emotion != "joy"
        assert mood.polarity < 0 or mood.emotion in ("joy", "neutral", "surprise")


@settings(deadline=None, max_examples=25)
@given(st.lists(st.sampled_from(sorted(MOODS)), max_size=8))
def test_spans_are_in_order_and_do_not_overlap(signs):
    found = moods(" ".join(signs))
    assert len(found) == len(signs)
    assert all(one[1] <= two[0] for one, two in pairwise(found))
