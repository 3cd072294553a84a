"""More examples of intents: how conversations of the past began, where what was replied tells what was meant."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from zhiyin.assistant.intents.examples import SMALL_TALK, Examples, built_in
from zhiyin.assistant.intents.reading import IntentReader
from zhiyin.assistant.learning.moments import Talked
from zhiyin.assistant.learning.templates import templates_of
from zhiyin.core.conversation import AGENT, SHOPPER

MOST = 2000
"""Conversations that are learned from, at most; the last ones."""
_SURE = 0.8  # chance of an intent from which on a conversation's beginning is surely read
_AGREE = 0.6  # share of those surely read before a reply that are of one intent, for the reply to tell it
_LONGEST = 200


def learned_examples(past: Sequence[Talked], reader: IntentReader) -> list[tuple[str, str]]:
    """Return what shoppers said first, each with the intent that it asks for.

    What is surely read tells which intents a reply goes with; the reply then tells the intent of conversations that begin in
    words which cannot be read. Conversations of which neither tells are left out.

    Args:
        past: conversations.
        reader: of the examples that are known.
    Complexity: O(conversations · examples).
    """
    begun = [(talk, _opening(talk)) for talk in past[-MOST:]]
    begun = [(talk, text) for talk, text in begun if text]
    read = {talk.id: intent for talk, text in begun if (intent := _surely(reader, text))}
    rows = [(talk, line.text) for talk, _ in begun for line in talk.lines if line.role == AGENT]
    _, given = templates_of([text for _, text in rows], [talk.person for talk, _ in rows])
    held: dict[str, set[int]] = defaultdict(set)
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for (talk, _), place in zip(rows, given.tolist(), strict=True):
        if talk.id in read and place not in held[talk.id]:
            counts[place][read[talk.id]] += 1
        held[talk.id].add(place)
    found = []
    for talk, text in begun:
        intent = read.get(talk.id) or _told(counts[place] for place in sorted(held[talk.id]))
        if intent:
            found.append((text, intent))
    return found


def _opening(talk: Talked) -> str:
    said = next((line.text for line in talk.lines if line.role == SHOPPER), "")
    return said if len(said) <= _LONGEST else ""


def _surely(reader: IntentReader, text: str) -> str | None:
    """Return the only intent of a text where it is surely read, and is no small talk."""
    guesses = reader.read(text)
    is_sure = len(guesses) == 1 and guesses[0].probability >= _SURE
    return guesses[0].name if is_sure and guesses[0].name not in SMALL_TALK else None


def _told(counts: Iterable[Counter[str]]) -> str | None:
    """Return the intent that most replies tell which go with one intent clearly."""
    clear: Counter[str] = Counter()
    for one in counts:
        for intent, n in one.most_common(1):
            if n > 1 and n >= _AGREE * one.total():
                clear[intent] += 1
    return clear.most_common(1)[0][0] if clear else None


def learned_reader(past: Sequence[Talked], known: Examples | None = None) -> IntentReader:
    """Return a reader of examples that are known, the built-in ones unless given, and of what the past tells."""
    examples = {intent: list(said) for intent, said in (known or built_in()).items()}
    found = learned_examples(past, IntentReader(examples))
    for text, intent in found:
        examples[intent].append(text)
    return IntentReader(examples)
