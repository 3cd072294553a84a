"""Bodies of the routes of texts."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class TextAsked(BaseModel):
    """A text to be understood."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(max_length=100_000, examples=["今天天气真好，我想去公园散步"])]
    time: Annotated[
        datetime | None, Field(description="When it was written; now unless given.")
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
