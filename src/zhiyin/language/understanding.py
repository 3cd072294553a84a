"""Everything that is read out of a text at once: language, polarity, emotions, opinions and facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from zhiyin.language.aspects.opinions import Opinion, Opinions
from zhiyin.language.facts.reader import Reader
from zhiyin.language.finding import Finding
from zhiyin.language.scripts import guess_language
from zhiyin.language.sentiment.emotion import EMOTIONS, Emotions
from zhiyin.language.sentiment.polarity import POLARITIES, Polarity

if TYPE_CHECKING:
    from zhiyin.language.asking import Asked

_LONGEST = 10_000  # characters of a text that are read for opinions


@dataclass(frozen=True, slots=True)
class Understanding:
    """What was read out of one text; spans are characters of the text.

    Attributes:
        language: ``zh``, ``en`` or ``other``.
        polarity: chance of ``negative``, ``neutral`` and ``positive``.
        emotions: chance of each of seven.
        opinions: what is thought of which aspect.
        findings: facts.
    """

    language: str
    polarity: Mapping[str, float]
    emotions: Mapping[str, float]
    opinions: tuple[Opinion, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class TextReader:
    """Reads texts by the rooms' readers; a text that gives orders is read like any other.

    Attributes:
        polarity: how texts are told apart that praise and that blame.
        emotions: likewise, seven emotions.
        opinions: of aspects.
        facts: of situations, plans, people and things.
        asked: reads kinds of facts of which ``facts`` finds none.
    """

    polarity: Polarity
    emotions: Emotions
    opinions: Opinions
    facts: Reader
    asked: Asked | None = None

    def read(
        self,
        texts: Sequence[str],
        *,
        times: Sequence[datetime | None] | None = None,
        categories: Sequence[str | None] | None = None,
    ) -> list[Understanding]:
        """Return what is read out of each of n texts.

        Args:
            texts: of any length.
            times: when each was written, in its writer's zone, so that 明天 becomes a day.
            categories: of what each speaks, so that words are read as they are meant of that kind of goods.
        """
        polarity = self.polarity.probabilities(texts, categories)
        emotions = self.emotions.probabilities(texts)
        opinions = self.opinions.read_all([text[:_LONGEST] for text in texts], categories)
        languages = [guess_language(text) for text in texts]
        findings = [
            self.facts.read(text, times[row] if times else None) for row, text in enumerate(texts)
        ]
        if self.asked:
            more = self.asked.read(texts, languages, known=findings, times=times)
            findings = [[*ruled, *asked] for ruled, asked in zip(findings, more, strict=True)]
        return [
            Understanding(
                languages[row],
                _named(POLARITIES, polarity[row].tolist()),
                _named(EMOTIONS, emotions[row].tolist()),
                tuple(opinions[row]),
                tuple(findings[row]),
            )
            for row in range(len(texts))
        ]


def _named(names: Sequence[str], values: Sequence[float]) -> dict[str, float]:
    return {name: abs(round(value, 4)) for name, value in zip(names, values, strict=True)}
