"""Bodies of the route of explanations."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from zhiyin.apps.api.bodies import StageAnswer

_EXAMPLE: dict[str, JsonValue] = {
    "request_id": "3f2a9c",
    "item": "pot-3",
    "title": "Clay teapot",
    "user": "u1",
    "surface": "home",
    "time": "2026-05-01T09:30:00Z",
    "context": {"weather": "rain"},
    "language": "en",
    "verdict": {
        "kind": "shown",
        "place": 2,
        "text": "It stands at place 2",
    },
    "steps": [
        "alike proposed it, 9 of 100",
        "The filter in_stock let it pass",
        "Scored 3 of 180",
        "The re-ranker balance moved it from 3 to 2",
    ],
    "shown": {
        "place": 2,
        "of": 10,
        "score": 0.42,
        "propensity": 1.0,
        "arms": {"home-order": "control"},
        "features": {"blend": 0.42, "clicks_7": 3.0},
        "outcomes": [{"type": "click", "value": 1.0, "time": "2026-05-01T09:30:12Z"}],
    },
    "now": {
        "differs": False,
        "place": 2,
        "backfill": False,
        "sources": [{"name": "alike", "rank": 9, "of": 100, "score": 0.42}],
        "filters": [{"name": "in_stock", "hard": True, "kept": True}],
        "scorers": [
            {"name": "blend", "score": 0.42, "parts": {"affinity": 0.4, "popularity": 0.02}}
        ],
        "score": 0.42,
        "rank": 3,
        "of": 180,
        "rerankers": [{"name": "balance", "before": 3, "after": 2, "of": 180}],
        "reasons": [],
        "degraded": False,
        "trace": [],
    },
}


class VerdictAnswer(BaseModel):
    """What became of the item: shown, or the first stage where it was lost for good; places and ranks count from 1."""

    kind: Literal[
        "shown",
        "shown_now",
        "not_proposed",
        "shown_before",
        "filtered",
        "filter_failed",
        "held_back",
        "outscored",
        "moved",
        "left_out",
    ] = Field(
        description="`shown_now`: not on that page, but it would be on one made now; `shown_before`: on an earlier page of "
        "the list; `held_back`: kept for pages that would be short; `outscored`: behind the page's last; `moved`, "
        "`left_out`: by a re-ranker."
    )
    stage: str | None = Field(None, description="The filter or re-ranker.")
    place: int | None = Field(None, description="On the page.")
    rank: int | None = Field(None, description="By score.")
    of: int | None = Field(None, description="Among so many.")
    before: int | None = Field(None, description="Where the re-ranker found it.")
    after: int | None = Field(None, description="Where it put it.")
    text: str = Field(description="In words.")


class OutcomeAnswer(BaseModel):
    """Something the person did with the item, naming this page."""

    type: str
    value: float | None
    time: str | None


class ShownAnswer(BaseModel):
    """What was logged of the item when the page was shown."""

    place: int = Field(description="Among the items of the page, from 1.")
    of: int = Field(description="Items on the page; a feed's posts and people are not counted.")
    score: float | None
    propensity: float | None = Field(
        description="The chance of standing there; null: nothing was drawn."
    )
    arms: dict[str, str] = Field(description="Experiment to arm.")
    features: dict[str, float | None] = Field(
        description="What the scorer knew; null: not known. Empty where nothing was logged."
    )
    outcomes: list[OutcomeAnswer]


class ProposedAnswer(BaseModel):
    """What a source said of the item."""

    name: str
    rank: int | None = Field(description="Among what it proposed, from 1; null: not proposed.")
    of: int
    score: float | None


class CheckAnswer(BaseModel):
    """What a filter said of the item."""

    name: str
    hard: bool = Field(description="A soft one keeps what it drops for pages that would be short.")
    kept: bool | None = Field(description="Null: the filter did not answer.")


class JudgementAnswer(BaseModel):
    """What a scorer gave the item."""

    name: str
    score: float | None = Field(description="Null: the scorer did not answer.")
    parts: dict[str, float | None] = Field(description="By name, where the scorer tells them.")


class MoveAnswer(BaseModel):
    """What a re-ranker did with the item."""

    name: str
    before: int
    after: int | None = Field(description="Null: left out.")
    of: int


class NowAnswer(BaseModel):
    """The numbers of every stage that the item came to, in a page made now."""

    differs: bool = Field(description="Whether that page is not the one that was shown.")
    place: int | None
    backfill: bool
    sources: list[ProposedAnswer]
    filters: list[CheckAnswer]
    scorers: list[JudgementAnswer]
    score: float | None = Field(description="The sum of all scorers.")
    rank: int | None = Field(description="By score, from 1; null: not judged, or held back.")
    of: int
    rerankers: list[MoveAnswer]
    reasons: list[dict[str, Any]] = Field(description="As the page would give them.")
    degraded: bool
    trace: list[StageAnswer]


class Explained(BaseModel):
    """Why a page holds an item, or does not."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    request_id: str
    item: str
    title: str | None
    user: str | None
    surface: str
    time: str
    context: dict[str, Any]
    language: str
    verdict: VerdictAnswer
    steps: list[str] = Field(description="The way of the item through the stages, in words.")
    shown: ShownAnswer | None = Field(description="Null: the page did not hold the item.")
    now: NowAnswer


EXAMPLE_RUN: dict[str, JsonValue] = {"user": "u1", "surface": "home", "n": 10, "item": "pot-3"}


class RunBody(BaseModel):
    """A page that is only looked at."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [EXAMPLE_RUN]})

    user: str | None = Field(
        None, min_length=1, max_length=512, description="Whose page; nobody's unless given."
    )
    surface: str = Field("home", min_length=1, max_length=64, description="home, hot, feed …")
    n: int = Field(10, ge=1, le=100, description="How long the page is.")
    text: str | None = Field(
        None, min_length=1, max_length=200, description="What is searched for."
    )
    diversity: float | None = Field(None, ge=0, le=1, description="The settings' own unless given.")
    item: str | None = Field(
        None, min_length=1, max_length=512, description="Why this one, or why not."
    )
    language: str = Field("", max_length=35, description="zh or en; the shop's own unless given.")


class Run(BaseModel):
    """What every stage was given and answered."""

    surface: str
    language: str
    sources: list[dict[str, Any]] = Field(description="How many each proposed, and its best.")
    filters: list[dict[str, Any]] = Field(description="What each took out, 50 at most by name.")
    allowed: int = Field(description="How many candidates passed all filters.")
    judged: list[dict[str, Any]] = Field(
        description="The best 40, and all of the page, with the parts of their scores and how they were moved."
    )
    items: list[dict[str, Any]] = Field(description="The page, with reasons.")
    degraded: bool
    trace: list[StageAnswer]
    why: Explained | None = Field(None, description="Of the item that was asked for.")
