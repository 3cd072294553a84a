"""Gaps: questions without an answer are gathered, drafted from replies, and answered once approved."""

from __future__ import annotations

import pytest

from tests.assistant.conftest import Talker
from zhiyin.errors import InvalidRecord, UnknownEntity
from zhiyin.shop import Shop

ASKED = "Can the zoo adopt my parrot"


def ask(shop: Shop, user: str, text: str = ASKED, reply: str | None = None) -> str:
    """Ask something, let a person reply, and return the conversation's id."""
    say = Talker(shop, user)
    say(text)
    if reply is not None:
        shop.conversations.say_as_agent(say.id, reply)
    return say.id


def test_questions_that_are_alike_are_one_gap_with_a_draft(shop: Shop) -> None:
    ask(shop, "an", reply="Not yet, sorry.")
    ask(shop, "bo", f"{ASKED}?", reply="Not yet, sorry.")
    ask(shop, "cy", "Wer hat an der Uhr gedreht")
    ask(shop, "an", "Who pays for return shipping?")
    first, *others = shop.conversations.gaps.found()
    assert (first.n, first.draft, first.language) == (2, "Not yet, sorry.", "en")
    assert first.example.startswith(ASKED)
    assert all(one.n == 1 and "return shipping" not in one.example for one in others)


def test_an_approved_gap_is_answered_at_the_next_turn(shop: Shop) -> None:
    ask(shop, "an", reply="Not yet, sorry.")
    [gap] = shop.conversations.gaps.found()
    told = shop.conversations.gaps.approve(gap.id)
    assert (told.title, told.text) == (ASKED, "Not yet, sorry.")
    turn = Talker(shop, "bo")(ASKED)
    assert (turn.lane, turn.text) == ("answer", "Not yet, sorry.")


def test_without_a_draft_an_answer_must_be_given(shop: Shop) -> None:
    ask(shop, "an")
    [gap] = shop.conversations.gaps.found()
    assert gap.draft is None
    with pytest.raises(InvalidRecord):
        shop.conversations.gaps.approve(gap.id)
    assert shop.conversations.gaps.approve(gap.id, "No.").text == "No."
    with pytest.raises(UnknownEntity):
        shop.conversations.gaps.approve("nothing")


def test_personal_data_is_hidden_and_goes_with_its_person(shop: Shop) -> None:
    ask(shop, "an", f"{ASKED}? Ring 13800138000")
    [gap] = shop.conversations.gaps.found()
    assert "13800138000" not in gap.example
    assert "[PHONE_1]" in gap.example
    shop.forget("an")
    assert shop.conversations.gaps.found() == []


def test_what_was_not_solved_counts_though_it_was_answered(shop: Shop) -> None:
    talk = ask(shop, "an", "Who pays for return shipping?")
    assert shop.conversations.gaps.found() == []
    shop.conversations.tell_solved(talk, "an", is_solved=False)
    [gap] = shop.conversations.gaps.found()
    assert (gap.n, gap.n_unsolved, gap.nearest) == (1, 1, "Who pays for return shipping?")
    shop.conversations.tell_solved(talk, "an", is_solved=True)
    assert shop.conversations.gaps.found() == []
    with pytest.raises(UnknownEntity):
        shop.conversations.tell_solved(talk, "bo", is_solved=True)
