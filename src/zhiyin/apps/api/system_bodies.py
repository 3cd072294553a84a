"""Bodies of the routes that tell what a shop runs on."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

EXAMPLE_ROLLBACK: dict[str, Any] = {"version": 2}
_SNAPSHOT: dict[str, Any] = {
    "version": 3,
    "created": "2026-11-24T00:00:41Z",
    "is_current": True,
    "is_served": True,
    "bytes": 12_000_000,
    "training_s": 41.5,
    "problem": None,
}
_SYSTEM: dict[str, Any] = {
    "version": "0.1.0",
    "snapshot": 3,
    "pipelines": [
        {
            "surface": "home",
            "budget_ms": 200.0,
            "candidates_per_source": 100,
            "stages": [{"family": "sources", "parts": [{"name": "alike", "options": {}}]}],
        }
    ],
    "snapshots": [_SNAPSHOT],
    "jobs": {
        "training": {"began": "2026-11-24T00:00:00Z", "seconds": 41.5, "events_since": 120},
        "reading": {"was_read": True, "is_behind": False},
        "impressions_waiting": 0,
        "impressions_dropped": 0,
        "store_failures": 0,
    },
    "holds": {"items": 800, "posts": 5386, "persons": 2000, "data_bytes": 34_000_000},
    "settings": [
        {"key": "api.port", "value": 8000, "is_default": True, "meaning": "Port to listen on."}
    ],
    "parts": [
        {"family": "sources", "name": "alike", "summary": "Items like those liked.", "options": []}
    ],
}


class PipelinePartAnswer(BaseModel):
    """A part of a stage."""

    name: str
    options: dict[str, Any]


class PipelineStageAnswer(BaseModel):
    """A stage, and the parts in it."""

    family: str
    parts: list[PipelinePartAnswer]


class PipelineAnswer(BaseModel):
    """What a surface's pages are made of, in running order."""

    surface: str
    budget_ms: float
    candidates_per_source: int
    stages: list[PipelineStageAnswer]


class SnapshotAnswer(BaseModel):
    """What a training published."""

    version: int
    created: datetime | None = None
    is_current: bool
    is_served: bool = Field(description="Whether this process makes its pages from it.")
    bytes: int | None = None
    training_s: float | None = None
    problem: str | None = Field(None, description="What is wrong with it; null where nothing is.")


class TrainedAnswer(BaseModel):
    """The training that pages are made from."""

    began: datetime
    seconds: float | None = None
    events_since: int | None = None


class ReadingAnswer(BaseModel):
    """Whether texts were mined."""

    was_read: bool
    is_behind: bool = Field(description="Whether there is something to mine.")


class JobsAnswer(BaseModel):
    """What is done beside the pages."""

    training: TrainedAnswer | None = None
    reading: ReadingAnswer
    impressions_waiting: int
    impressions_dropped: int
    store_failures: int


class SettingAnswer(BaseModel):
    """A setting."""

    key: str
    value: Any = Field(description="`***` where it is secret.")
    is_default: bool
    meaning: str


class PartAnswer(BaseModel):
    """What settings can name."""

    family: str
    name: str
    summary: str
    options: list[str]


class SystemAnswer(BaseModel):
    """What a shop runs on."""

    model_config = ConfigDict(json_schema_extra={"examples": [_SYSTEM]})

    version: str = Field(description="Of zhiyin.")
    snapshot: int | None = Field(
        None, description="That pages are made from; null before training."
    )
    pipelines: list[PipelineAnswer]
    snapshots: list[SnapshotAnswer] = Field(description="The newest first.")
    jobs: JobsAnswer
    holds: dict[str, int] = Field(description="How many of what, and bytes.")
    settings: list[SettingAnswer]
    parts: list[PartAnswer]


class FindingAnswer(BaseModel):
    """What a check found."""

    check: str
    status: Literal["PASS", "WARN", "FAIL"]
    found: str
    where: str
    expected: str
    next_step: str


class ChecksAnswer(BaseModel):
    """What all checks found."""

    checks: list[FindingAnswer]


class RollbackBody(BaseModel):
    """To which snapshot to go."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [EXAMPLE_ROLLBACK]})

    version: int | None = Field(
        None, ge=1, le=2**53, description="The one before the current one unless given."
    )


class RolledBackAnswer(BaseModel):
    """Which snapshot is the current one now."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"version": 2, "versions": [1, 2, 3]}]}
    )

    version: int
    versions: list[int]
