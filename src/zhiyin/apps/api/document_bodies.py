"""The documents that service answers from, as the OpenAPI description says them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from zhiyin.apps.api.bodies import Id
from zhiyin.apps.api.record_bodies import Time

DOCUMENTS: list[dict[str, Any]] = [
    {
        "id": "gift-wrap",
        "title": "Do you gift-wrap?",
        "text": "Yes, tick gift wrap at checkout; 5 yuan an item.",
        "language": "en",
    },
    {
        "id": "returns",
        "kind": "policy",
        "title": "退换货政策",
        "text": "## 七天无理由退货\n签收后7天内可以申请无理由退货。",
        "language": "zh",
        "version": "2026-05",
        "valid_from": "2026-05-01",
    },
]


class DocumentBody(BaseModel):
    """An entry of the FAQ, or a policy."""

    model_config = ConfigDict(extra="forbid")

    title: str = Field(description="The question, or what the policy is called.")
    text: str = Field(description="The answer, or the policy; Markdown, whose headings part it.")
    id: Id | None = Field(
        None, description="What tells it apart; its title and language unless given."
    )
    kind: str | None = Field(None, description="faq unless given, or policy.")
    language: str | None = Field(None, description="Such as zh or en; found out unless given.")
    version: str | None = Field(None, description="Counted unless given.")
    valid_from: Time | None = Field(None, description="From when on it holds.")
    valid_to: Time | None = Field(None, description="From when on it holds no longer.")
    source: str | None = Field(None, description="Where it comes from, for people.")


class DocumentFields(BaseModel):
    """A version of a document that holds at some time; what is not known is left out."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{**DOCUMENTS[0], "kind": "faq", "version": "1", "updated": "2026-05-01T09:30:00Z"}]
        }
    )  # fmt: skip

    id: str
    kind: str
    title: str
    text: str
    language: str | None = None
    version: str
    valid_from: datetime | None = None
    valid_to: datetime | None = None
    source: str | None = None
    updated: datetime = Field(description="When the shop was told of it.")


class DocumentsAnswer(BaseModel):
    """Some documents, in the order in which the shop heard of them."""

    documents: list[DocumentFields]
    next: int | None = Field(description="Ask with it as `after`; null: there are no more.")


class RemovedDocument(BaseModel):
    """What was removed."""

    document: str = Field(description="Its id.", examples=["gift-wrap"])
    versions: int = Field(description="How many held at some time.", examples=[1])
