"""Suggestions: learned from conversations that were imported and held, quoted from documents, and erased with people."""

from __future__ import annotations

import pytest

from tests.assistant.conftest import NOON, Talker
from zhiyin.core.records import Chat
from zhiyin.errors import UnknownEntity
from zhiyin.shop import Shop
from zhiyin.store.frames import frame

ENGRAVING = "Yes, up to ten letters, free of charge."


def past(user: str, question: str, answer: str) -> list[Chat]:
    """Return a conversation of the past."""
    return [
        Chat(f"c-{user}", "shopper", question, user, time=NOON),
        Chat(f"c-{user}", "agent", answer, user, time=NOON),
    ]


@pytest.fixture
def told(shop: Shop) -> Shop:
    """A shop that was asked about engraving by two people."""
    question = "can you engrave a name on it"
    for user in ("an", "bo"):
        shop.store.write("chats", frame(past(user, question, ENGRAVING)))
    return shop


def suggested(shop: Shop, conversation: str) -> dict[str, str]:
    """Return text → source of what is suggested."""
    return {one.text: one.source for one in shop.conversations.suggestions(conversation)}


def test_what_was_replied_before_is_suggested_and_goes_with_its_people(told: Shop) -> None:
    say = Talker(told, "cy")
    assert told.conversations.suggestions(say.id) == []
    say("could you engrave my name on it?")
    assert suggested(told, say.id) == {ENGRAVING: "reply"}
    told.forget("an")
    assert suggested(told, say.id) == {}


def test_what_documents_surely_say_is_quoted_in_the_last_place(told: Shop) -> None:
    say = Talker(told, "cy")
    say("Who pays for return shipping?")
    *_, last = told.conversations.suggestions(say.id)
    assert (last.source, [one.document for one in last.citations]) == ("document", ["fee-en"])
    assert last.text == "We do when the goods are faulty; otherwise you do."


def test_a_choice_is_kept_and_what_agents_write_here_is_learned(shop: Shop) -> None:
    for user in ("an", "bo"):
        say = Talker(shop, user)
        say("do you gift wrap teapots with ribbon")
        shop.conversations.say_as_agent(say.id, "Sure, with a red ribbon.", suggestion="abc")
    assert shop.conversations.turns(say.id)[-1].told == {"suggestion": "abc"}
    other = Talker(shop, "cy")
    other("gift wrap with ribbon please")
    assert suggested(shop, other.id) == {"Sure, with a red ribbon.": "reply"}


def test_a_conversation_that_is_not_there_has_none(kept: Shop) -> None:
    with pytest.raises(UnknownEntity):
        kept.conversations.suggestions("nobody's")
