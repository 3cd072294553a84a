"""Templates: replies that differ by what belongs to one conversation are one, and others are not."""

from __future__ import annotations

import numpy as np

from zhiyin.assistant.learning.templates import is_of, templates_of


def test_what_differs_is_left_open() -> None:
    said = [
        "Your order ships on Monday; you will get a message.",
        "Your order ships on 3 May; you will get a message.",
        "这款蓝牙耳机最近卖得很好，降噪不错，您可以看看。",
        "这款露营帐篷最近卖得很好，三秒就能搭好，您可以看看。",
        "You're welcome!",
    ]
    found, which = templates_of(said, range(5))
    texts = [found[place].text for place in which]
    assert texts[0] == texts[1] == "Your order ships on …; you will get a message."
    assert texts[2] == texts[3] == "这款…最近卖得很好，…，您可以看看。"
    assert texts[4] == "You're welcome!"
    assert [one.n_people for one in found] == [2, 2, 1]


def test_what_is_given_again_and_again_word_for_word_is_no_other_template() -> None:
    said = ["麻烦提供一下订单号。", "好的，我看一下订单。"] * 4
    found, which = templates_of(said, range(8))
    assert {one.text for one in found} == set(said)
    assert which.tolist() == [0, 1] * 4


def test_a_person_counts_once_and_personal_data_is_hidden() -> None:
    said = ["Call me: 13800138000"] * 3
    [one], which = templates_of(said, ["an", "an", "bo"])
    assert (one.text, one.n_people) == ("Call me: [PHONE_1]", 2)
    assert which.dtype == np.int64


def test_nothing_said_has_no_templates() -> None:
    found, which = templates_of([], [])
    assert (found, which.tolist()) == ([], [])


def test_a_reply_is_of_a_template_however_its_slots_are_filled() -> None:
    assert is_of("Sent on …; thanks.", "sent on 3 May;  thanks.")
    assert not is_of("Sent on …; thanks.", "Sent on 3 May; sorry.")
    assert not is_of("Costs 3.99?", "Costs 3x99")
