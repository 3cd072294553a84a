"""Bodies of the routes of gaps."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

EXAMPLE_APPROVAL: dict[str, Any] = {"answer": "Yes, up to ten letters."}
_GAP: dict[str, Any] = {
    "id": "5f1c09ab",
    "example": "Can you engrave a name?",
    "n": 4,
    "n_unsolved": 1,
    "n_solved": 0,
    "nearest": "Gift wrap",
    "draft": "Yes, up to ten letters.",
    "language": "en",
}


class GapAnswer(BaseModel):
    """Questions that are alike and have no answer."""

    model_config = ConfigDict(json_schema_extra={"examples": [_GAP]})

    id: str
    example: str
    n: int = Field(description="How often it was asked.")
    n_unsolved: int = Field(description="How often a conversation was told not to have solved it.")
    n_solved: int = Field(description="How often one was told to have solved it, by a person.")
    nearest: str | None = Field(None, description="The title of the document that comes nearest.")
    draft: str | None = Field(None, description="What people of the shop replied most.")
    language: str


class GapsAnswer(BaseModel):
    """What service could not answer, asked most first."""

    gaps: list[GapAnswer]


class ApprovalBody(BaseModel):
    """What to answer."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [EXAMPLE_APPROVAL]})

    answer: str | None = Field(
        None, min_length=1, max_length=5000, description="The draft unless given."
    )


class ApprovedAnswer(BaseModel):
    """The entry of the FAQ that it became."""

    document: str
    title: str
    text: str
    language: str | None
