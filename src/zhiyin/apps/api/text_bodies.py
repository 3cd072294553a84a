"""Bodies of the routes of texts."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from zhiyin.apps.api.bodies import WrittenTime


def _of_our_age(time: datetime | None) -> datetime | None:
    if time is not None and not 1900 <= time.year <= 2200:
        raise ValueError("a time between the years 1900 and 2200 is expected")
    return time


class TextAsked(BaseModel):
    """A text to be understood."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(max_length=100_000, examples=["今天天气真好，我想去公园散步"])]
    time: Annotated[
        WrittenTime | None,
        AfterValidator(_of_our_age),
        Field(description="When it was written; now unless given."),
    ] = None
    category: Annotated[
        str | None, Field(max_length=512, description="Of the goods it speaks of.")
    ] = None


class Span(BaseModel):
    """Where words stand, in characters of the text."""

    start: int
    end: int
    span: Annotated[str, Field(description="The words themselves.")]
    confidence: float


class OpinionAnswer(Span):
    """What the text thinks of one side of something."""

    aspect: str
    opinion: str
    polarity: str


class FactAnswer(Span):
    """Something the text says."""

    name: str
    value: str
    method: Annotated[str, Field(description="The rule or model that found it.")]
    lasts_s: Annotated[
        float | None, Field(description="How long it holds; null where it does not end by itself.")
    ]


class UnderstandingAnswer(BaseModel):
    """What was read out of a text."""

    language: str
    polarity: dict[str, float]
    emotions: dict[str, float]
    opinions: list[OpinionAnswer]
    facts: list[FactAnswer]


class ExampleAnswer(BaseModel):
    """Words of somebody's post."""

    polarity: str
    span: str | None
    source: str | None


class AspectAnswer(BaseModel):
    """What people think of one side of an item."""

    aspect: str
    negative: int
    neutral: int
    positive: int
    examples: list[ExampleAnswer]


class OpinionsAnswer(BaseModel):
    """What people think of an item, the most discussed first."""

    item: str
    aspects: list[AspectAnswer]
