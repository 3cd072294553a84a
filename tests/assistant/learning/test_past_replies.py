"""Replies of the past: those given at moments like this one, better than what is given most, and not what was said."""

from __future__ import annotations

import numpy as np
import pytest
from benchmarks.suggestions import cases_of, figures, score, split_of

from zhiyin.assistant.learning.moments import Line, Moment, Talked
from zhiyin.assistant.learning.past_replies import PastReplies

ANSWERS = {
    "where is my parcel": "It should reach you tomorrow.",
    "can i get an invoice": "Ask for it on the order page.",
    "does this come in black": "A few black ones are left.",
}


def talks(n: int = 4) -> list[Talked]:
    """Return conversations of n people about each question, all ending in a goodbye."""
    found = []
    for nth in range(n):
        for place, (question, answer) in enumerate(ANSWERS.items()):
            lines = [
                Line("shopper", question), Line("agent", answer),
                Line("shopper", "thanks"), Line("agent", "Have a nice day!"),
            ]  # fmt: skip
            found.append(Talked(f"{place}-{nth}", f"person {nth}", lines))
    return found


def first(past: PastReplies | None, *lines: tuple[str, str]) -> str:
    """Return the reply that is ranked first after some lines."""
    assert past is not None
    return past.ranked(Moment.of(Line(*line) for line in lines))[0].template.text


@pytest.mark.parametrize("question", ANSWERS)
def test_what_was_replied_to_a_question_like_this_comes_first(question: str) -> None:
    past = PastReplies.fit(talks())
    assert first(past, ("shopper", f"hello, {question}?")) == ANSWERS[question]


def test_the_last_words_count_and_what_was_given_goes_down() -> None:
    past = PastReplies.fit(talks())
    asked = ("shopper", "where is my parcel"), ("agent", ANSWERS["where is my parcel"])
    assert first(past, *asked, ("shopper", "thanks")) == "Have a nice day!"
    assert first(past, *asked, ("shopper", "where is my parcel")) != asked[1][1]


def test_what_only_one_person_was_told_is_not_suggested() -> None:
    told = Talked("x", "cy", [Line("shopper", "my parcel is wet"), Line("agent", "Dear Ms Wang, come to 5 Elm Street.")])  # fmt: skip
    moment = Moment("my parcel is wet", "my parcel is wet")
    alone, twice = PastReplies.fit([*talks(), told]), PastReplies.fit([*talks(), told, Talked("y", "di", told.lines)])  # fmt: skip
    assert alone is not None
    assert twice is not None
    assert "Dear" not in " ".join(one.template.text for one in alone.ranked(moment, 9))
    assert "Dear" in twice.ranked(moment)[0].template.text


def test_what_was_chosen_among_suggestions_counts_more() -> None:
    past = []
    for nth in range(4):
        for place, reply in enumerate(("We will look into it.", "Please send us a photo.")):
            chosen = "an id" if place else None
            lines = [Line("shopper", "the pot is broken"), Line("agent", reply, chosen)]
            past.append(Talked(f"{place}-{nth}", nth, lines))
    assert (
        first(PastReplies.fit(past), ("shopper", "the pot is broken")) == "Please send us a photo."
    )
    assert PastReplies.fit([]) is None


@pytest.mark.slow
def test_on_held_out_conversations_it_beats_what_is_said_most_and_disorder() -> None:
    split = split_of(7)
    told = figures(score(split, 7))["all"]
    assert len(list(cases_of(split.score, split.intents))) == told["moments"] > 150
    assert told["suggestions"] > 0.75 * told["best_possible"]
    assert told["suggestions"] > told["most_frequent_of_true_intent"] + 0.08
    assert told["suggestions"] > told["most_frequent"] + 0.25
    assert told["learned_in_disorder"] < 0.5 * told["suggestions"]
    assert np.isclose(told["best_possible"], 0.72, atol=0.06)
