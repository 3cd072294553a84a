"""Which reply was given at moments like this one: votes of the past, weighed by how alike the moments are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from zhiyin.assistant.intents.likeness import Floats, Likeness
from zhiyin.assistant.learning.moments import Moment, Talked, moments_of
from zhiyin.assistant.learning.templates import Template, is_of, templates_of
from zhiyin.language.scripts import guess_language

MOST = 2000
"""Moments that are learned from, at most; the last ones."""
CHOSEN = 2.0
"""How much a reply counts that was chosen among suggestions, beside one that was written."""
NAMES = ("last", "reply", "topic", "meant", "shared", "often", "repeats")
WEIGHTS = (0.33, 0.09, 0.26, 0.33, 0.43, -1.0, -4.26)
"""What the log votes by each likeness of moments count for, and what having been given already; see ``benchmarks/suggestions.py``."""
_SHARPNESS = 6
_PRIOR = 0.1  # moments just like this one that how often replies are given at all counts for

Intents = Callable[[Sequence[str]], Floats]


class Ranked(NamedTuple):
    """A template and its share of the votes."""

    template: Template
    score: float


@dataclass(frozen=True, slots=True, eq=False)
class PastReplies:
    """The moments of conversations, n of them, and the templates of what was replied, T of them.

    Attributes:
        templates: of the replies, those given most first.
        given: (n,) int64 the template given at each moment.
        before: (n,) int64 the template given before it, -1 where there was none.
        weight: (n,) float32 how much the reply counts.
        in_conversation: (n, T) float32, 1 where a template was given in the moment's conversation, at any time.
        last: likeness to what the shopper said last, and ``topic`` to all the shopper said.
        meant: (n, C) float32 unit rows, the intents that the topics may have.
        languages: (n,) of the topics.
        intents: tells the chances of intents of texts, None where they do not count.
    """

    templates: Sequence[Template]
    given: NDArray[np.int64]
    before: NDArray[np.int64]
    weight: Floats
    in_conversation: Floats
    last: Likeness
    topic: Likeness
    meant: Floats
    languages: NDArray[np.str_]
    intents: Intents | None

    @classmethod
    def fit(cls, past: Sequence[Talked], intents: Intents | None = None) -> Self | None:
        """Learn from conversations; None where nobody replied in any.

        Complexity: O(moments · characters + d²) for d different replies.
        """
        rows = [(talk, moment, line) for talk in past for moment, line in moments_of(talk)][-MOST:]
        if not rows:
            return None
        templates, given = templates_of([line.text for *_, line in rows], [talk.person for talk, *_ in rows])  # fmt: skip
        by_text = {line.text: int(place) for (*_, line), place in zip(rows, given, strict=True)}
        before = [by_text.get(moment.replies[-1], -1) if moment.replies else -1 for _, moment, _ in rows]  # fmt: skip
        talks, conversation = np.unique([talk.id for talk, *_ in rows], return_inverse=True)
        held = np.zeros((len(talks), len(templates)), np.float32)
        held[conversation, given] = 1
        topics = [moment.topic for _, moment, _ in rows]
        return cls(
            templates=templates,
            given=given,
            before=np.array(before, np.int64),
            weight=np.array([CHOSEN if line.suggestion else 1.0 for *_, line in rows], np.float32),
            in_conversation=held[conversation],
            last=Likeness.fit([moment.last for _, moment, _ in rows]),
            topic=Likeness.fit(topics),
            meant=_directions(intents, topics),
            languages=np.array([guess_language(topic) for topic in topics], np.str_),
            intents=intents,
        )

    def _shared(self, said: Sequence[int]) -> Floats:
        """Return how rare the rarest reply is that each moment's conversation shares with this one, (n,) from 0 to 1."""
        if not said:
            return np.zeros(len(self.given), np.float32)
        often = np.maximum(self.in_conversation.mean(axis=0), 1e-9)
        rarity = np.log(often) / min(float(np.log(often.min())), -1e-9)
        return np.asarray(
            (self.in_conversation[:, said] * rarity[said]).max(axis=1) ** _SHARPNESS, np.float32
        )

    def said(self, moment: Moment) -> list[int]:
        """Return the templates that were given in a conversation already, in order; what is of none is left out."""
        found = []
        for reply in moment.replies:
            places = (at for at, one in enumerate(self.templates) if is_of(one.text, reply))
            found += [place for place in [next(places, None)] if place is not None]
        return found

    def signs(self, moment: Moment) -> Floats:
        """Return log votes for each template by each likeness, and whether it was given already, (T, len(NAMES)) float32.

        What was said last votes for what was given then; the topic, and replies that conversations share, for all that
        was given in those conversations.
        """
        said = self.said(moment)
        topic = self.topic.of([moment.topic])[0] ** _SHARPNESS
        meant = (self.meant @ _directions(self.intents, [moment.topic])[0]) ** _SHARPNESS
        at_moments = [
            self.last.of([moment.last])[0] ** _SHARPNESS,
            self.before == (said[-1] if said else -1),
        ]
        in_talks = [topic, meant, self._shared(said)]
        which = np.eye(len(self.templates), dtype=np.float32)[self.given]
        shares = [_share(alike * self.weight, which) for alike in at_moments]
        shares += [_share(alike * self.weight, self.in_conversation) for alike in in_talks]
        given = np.zeros(len(self.templates), np.float32)
        given[said] = 1
        often = np.log(which.mean(axis=0))
        return np.stack([*shares, often, given], axis=1)

    def ranked(self, moment: Moment, n: int = 3) -> list[Ranked]:
        """Return the templates that were given at moments like one, the likeliest first, with their shares of the votes.

        Only what was said to two people at least is among them.

        Complexity: O(moments · n-grams of the moment).
        """
        scores = self.signs(moment) @ np.array(WEIGHTS, np.float32)
        may = np.array([one.n_people > 1 for one in self.templates])
        spoken = np.unique(self.given[self.languages == guess_language(moment.topic)])
        if len(spoken):
            may &= np.isin(np.arange(len(may)), spoken)
        rows = np.flatnonzero(may)
        if not len(rows):
            return []
        chances = np.exp(scores[rows] - scores[rows].max())
        chances /= chances.sum()
        best = np.argsort(-chances, kind="stable")[:n]
        return [Ranked(self.templates[rows[one]], float(chances[one])) for one in best]


def _share(votes: Floats, told: Floats) -> Floats:
    """Return the log share of votes of (n,) moments that tell of each template, (T,), or how often it is told of at all."""
    share = votes @ told + _PRIOR * told.mean(axis=0)
    return np.asarray(np.log(share / (votes.sum() + _PRIOR)), np.float32)


def _directions(intents: Intents | None, texts: Sequence[str]) -> Floats:
    """Return the intents that texts may have as unit rows, (m, C); (m, 1) of ones where intents do not count."""
    if intents is None:
        return np.ones((len(texts), 1), np.float32)
    chances = intents(texts)
    return np.asarray(chances / np.linalg.norm(chances, axis=1, keepdims=True), np.float32)
