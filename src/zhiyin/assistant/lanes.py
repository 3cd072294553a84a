"""Who answers: the assistant, the assistant with a person looking at it, or a person."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from zhiyin.language.scripts import fold

ANGRY = 0.8
"""From this likelihood of anger on, a person answers."""
UPSET = 0.6
"""From this likelihood of a bad feeling on, the tone is calmer and one answer that fails is enough."""
MOST_FAILURES = 2
"""So many turns in a row without an answer, and a person is asked in."""

_WORDS: Mapping[str, re.Pattern[str]] = {
    "safety": re.compile(
        r"受伤|烫伤|烧伤|割伤|划伤|起火|着火|爆炸|冒烟|触电|漏电|过敏|中毒|呕吐|住院|红肿|烂脸"
        r"|\binjur\w+|\bburn(?:ed|t)\b|\bon fire\b|\bcaught fire\b|\bexplo\w+|\bsmoking\b|\belectric shock\b|\ballerg\w+|\bpoison\w*"
        r"|\brash\b|\bhospital\b|\bvomit\w*"
    ),
    "legal": re.compile(
        r"律师|起诉|法院|诉讼|消协|工商局|市场监管|12315|报警|法律责任"
        r"|\blawyers?\b|\battorney\b|\bsue\b|\bsuing\b|\bcourt\b|\blegal action\b|\bpolice\b|\bconsumer protection\b|\bregulator\b"
    ),
    "money": re.compile(
        r"多扣|重复扣|扣了?[两2]次|扣了?双份|乱扣|盗刷|少退|多收了|退款金额不对|金额不对|赔我|[要得]求?赔|给我赔|给.{0,3}赔偿|假一赔"
        r"|\bcharged (?:me )?twice\b|\bdouble[- ]charged\b|\bovercharged\b|\bunauthori[sz]ed\b|\bchargeback\b|\bcompensat\w+"
        r"|\bwrong amount\b|\bamount (?:is|was|refunded is) wrong\b|\btook (?:the )?money twice\b"
    ),
}  # fmt: skip
_WEIGHTS = {"safety": 0.9, "legal": 0.8, "money": 0.7, "anger": 0.6, "failed": 0.4, "asked": 0.4, "unknown": 0.3}  # fmt: skip


class Mood(NamedTuple):
    """What a turn shows: the strongest emotion, how likely it is, and how likely anger is."""

    emotion: str = "neutral"
    likely: float = 1.0
    anger: float = 0.0

    @property
    def is_upset(self) -> bool:
        """Whether a calmer tone is due."""
        return self.emotion in ("anger", "disgust", "sadness", "fear") and self.likely >= UPSET


def reason_for_person(text: str, *, is_asked: bool, mood: Mood, failures: int) -> str | None:
    """Return why a person should answer: ``safety``, ``legal``, ``money``, ``asked``, ``anger``, ``failed``, or None.

    Args:
        text: what the shopper says.
        is_asked: whether a person is asked for.
        mood: of the text.
        failures: turns in a row without an answer.

    >>> reason_for_person("The kettle caught fire", is_asked=False, mood=Mood(), failures=0)
    'safety'
    """
    folded = fold(text)
    for reason, pattern in _WORDS.items():
        if pattern.search(folded):
            return reason
    if is_asked:
        return "asked"
    if mood.anger > ANGRY:
        return "anger"
    return "failed" if failures >= MOST_FAILURES else None


def priority(reason: str | None, anger: float) -> float:
    """Return how urgent a conversation is, from 0 to 1: by why a person is needed, and by anger.

    >>> priority("safety", 0.0) > priority("asked", 0.9) > priority("asked", 0.0) > priority(None, 1.0)
    True
    """
    return 0.0 if reason is None else round(min(1.0, _WEIGHTS[reason] + 0.2 * anger), 3)
