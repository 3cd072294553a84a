"""Findings out of a chat model's answers: words that stand in the text, where the rules say that they may be believed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

from zhiyin.language.facts.attributes import Attributes
from zhiyin.language.facts.context import PLACE_LASTS, place_at
from zhiyin.language.facts.days import until_end_of
from zhiyin.language.facts.intents import GOING_LASTS, is_going
from zhiyin.language.facts.people import people_in
from zhiyin.language.facts.phrases import Phrases, lexicon
from zhiyin.language.facts.sensitive import is_sensitive
from zhiyin.language.facts.statements import Said
from zhiyin.language.facts.vocabulary_context import PLACES
from zhiyin.language.facts.vocabulary_intents import OUTINGS
from zhiyin.language.finding import Finding
from zhiyin.language.grounding import span_of

CONFIDENCE = 0.3
"""Of all that a model found: below every rule's. Of what the model in the box adds one in five is right."""

_WEATHER = {
    kind: re.compile(words)
    for kind, words in {
        "storm": "台风|雷|storm|typhoon", "snow": "雪|snow", "rain": "雨|rain|drizzl|downpour",
        "smog": "霾|沙尘|smog|haz[ey]", "fog": "雾|fog", "wind": "风|wind",
        "hot": "热|高温|晒|酷暑|hot|heat|scorch", "cold": "冷|冻|寒|零下|降温|cold|freez|chill",
        "cloudy": "阴|多云|cloud|overcast", "fair": "晴|阳光|太阳|天气好|好天气|sun|clear",
    }.items()
}  # fmt: skip
_PLACES = Phrases(lexicon(PLACES) | lexicon(OUTINGS))
_NOW = (None, "now", "today", "tonight")


def situation(
    text: str, answer: Mapping[str, Any], method: str, time: datetime | None
) -> Iterator[Finding]:
    """Yield ``weather``, ``place`` and ``intent`` where the text says that it is so now, or that the writer goes there.

    Args:
        text: what somebody wrote.
        answer: of `answers.Occasion`.
        method: of the findings.
        time: when it was written.
    Complexity: O(n).

    >>> [(f.name, f.value) for f in situation("明天要去密室逃脱", {"place": "密室逃脱", "weather": "雨"}, "m", None)]
    [('intent', '密室逃脱')]
    """
    said = Said(text)
    for name, words, (start, end) in _quoted(text, answer, ("weather", "place", "intent")):
        folded, clause = said.folded[start:end], said.clause_at(start)
        if is_sensitive(folded) or not clause.states(start):
            continue
        if name == "weather":
            kinds = [kind for kind, form in _WEATHER.items() if form.search(folded)]
            if kinds and clause.when(start) in _NOW:
                lasts = until_end_of("today", time)
                yield Finding(name, kinds[0], start, end, CONFIDENCE, method, lasts)
            continue
        value = next((match.value for match in _PLACES.matches(folded)), "") or words
        if name == "place" and place_at(said, start, end):
            yield Finding(name, value, start, end, CONFIDENCE, method, PLACE_LASTS)
        elif is_going(said, start, end):
            yield Finding("intent", value, start, end, CONFIDENCE, method, GOING_LASTS)


def people(text: str, answer: Mapping[str, Any], method: str) -> Iterator[Finding]:
    """Yield a ``relation`` for one who has a name and words of the text around it that say who that is.

    Who is called by what he or she is to the writer, such as 老公, is known to the rules, which see whose it is.

    Args:
        text: what somebody wrote.
        answer: of `answers.Mentions`.
        method: of the findings.
    Complexity: O(n).
    """
    said = Said(text)
    for mention in answer.get("people", ()):
        name, words = span_of(mention["person"], text), span_of(mention["words"], text)
        if name is None or words is None or said.clause_at(name[0]).is_question:
            continue
        is_told = words[0] <= name[0] and name[1] <= words[1] and words != name
        if is_told and not people_in(said.folded[slice(*name)]):
            value = f"{mention['relation']} {said.written(*name)}"
            yield Finding("relation", value, *name, CONFIDENCE, method)


def stated(
    title: str, answer: Mapping[str, Any], method: str, rules: Attributes, category: str | None
) -> Iterator[Finding]:
    """Yield ``brand``, ``colour`` and ``material`` by words that the rules do not know.

    Words that they know state nothing where the rules did not find them, and of sizes, seasons and people they know
    all that there is.

    Args:
        title: of one kind of goods.
        answer: of `answers.TitleAttributes`.
        method: of the findings.
        rules: those that read the title before.
        category: words for what the goods are.
    Complexity: O(n).
    """
    for name, words, span in _quoted(title, answer, ("brand", "colour", "material")):
        if not rules.read(words, category=category):
            yield Finding(name, words, *span, CONFIDENCE, method)


def _quoted(
    text: str, answer: Mapping[str, Any], names: Collection[str]
) -> Iterator[tuple[str, str, tuple[int, int]]]:
    """Yield name, words and span of what the text says of an answer."""
    for name, words in answer.items():
        span = span_of(words, text) if name in names else None
        if span is not None:
            yield name, text[slice(*span)], span
