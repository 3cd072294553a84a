"""Bodies of the routes of keys and of the audit log."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

EXAMPLE_KEY: dict[str, Any] = {"name": "shop-front", "scopes": ["serve"], "expires": "90d"}
_KEY: dict[str, Any] = {
    "name": "shop-front",
    "scopes": ["serve"],
    "created": "2026-11-23T10:00:00Z",
    "expires": "2027-02-21T10:00:00Z",
    "used": "2026-11-24",
    "revoked": None,
    "holds": True,
}
_DEED: dict[str, Any] = {
    "time": "2026-11-23T10:00:00Z",
    "key": "shop-front",
    "action": "added",
    "kind": "rule",
    "target": "9f3c1a20",
    "outcome": "done",
}
_Scope = Literal["ingest", "serve", "operate", "admin"]
Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
_Duration = Annotated[str, Field(pattern=r"^[0-9]{1,5}[mhdw]$")]


class KeyBody(BaseModel):
    """A key to make."""

    model_config = ConfigDict(extra="forbid")

    name: Name = Field(description="Who will use it.", examples=["shop-front"])
    scopes: Annotated[list[_Scope], Field(min_length=1, max_length=8)] = Field(
        description="What it is for; admin holds all."
    )
    expires: _Duration | None = Field(
        None,
        description="After how many minutes, hours, days or weeks it ends; never unless given.",
        examples=["90d"],
    )


class RotateBody(BaseModel):
    """How a key gets a new secret."""

    model_config = ConfigDict(extra="forbid")

    grace: _Duration = Field(
        "24h", description="So long the old secret still opens.", examples=["24h"]
    )


class KeyAnswer(BaseModel):
    """A key without its secret."""

    model_config = ConfigDict(json_schema_extra={"examples": [_KEY]})

    name: str
    scopes: list[str]
    created: datetime
    expires: datetime | None = None
    used: date | None = None
    revoked: datetime | None = None
    holds: bool


class MadeKeyAnswer(KeyAnswer):
    """A key that was just made, with its secret, which is never told again."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{**_KEY, "used": None, "secret": "zhiyin_…"}]}
    )

    secret: str


class KeysAnswer(BaseModel):
    """Keys, those that ended too."""

    keys: list[KeyAnswer]


class CurrentKeyAnswer(BaseModel):
    """Whose key was shown; `local` where the shop wants none."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"name": "till", "scopes": ["serve"]}]}
    )

    name: str
    scopes: list[str]


class DeedAnswer(BaseModel):
    """One entry of the audit log."""

    model_config = ConfigDict(json_schema_extra={"examples": [_DEED]})

    time: datetime
    key: str
    action: str
    kind: str
    target: str
    outcome: str


class AuditAnswer(BaseModel):
    """What was done by whom, the oldest first."""

    audit: list[DeedAnswer]
