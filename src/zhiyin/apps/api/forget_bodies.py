"""Bodies of the routes by which people are forgotten."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

_RECEIPT: dict[str, JsonValue] = {
    "format": 1,
    "person": "24bf9b71eef495857e959620fdfb5bd5",
    "salt": "00af0b51c48bc3718559e6a7c249b217",
    "time": "2026-11-23T10:00:00+00:00",
    "time_us": 1795428000000000,
    "again": False,
    "rows": 14,
    "holders": [
        {"holder": "events", "rows": 11, "note": ""},
        {"holder": "snapshots", "rows": 3, "note": ""},
    ],
    "weights": "refitted",
    "snapshots_holding": [],
    "others": ["dumps, exports and backups taken before still hold the person"],
}


class HolderAnswer(BaseModel):
    """What one holder of people's data did."""

    holder: str = Field(description="A table, or files, snapshots, memory.")
    rows: int = Field(description="How many rows, vectors, lines or snapshots were freed.")
    note: str = Field(description="What is to be said of it; empty where nothing is.")


class ReceiptAnswer(BaseModel):
    """That a person was forgotten, and by what."""

    model_config = ConfigDict(json_schema_extra={"examples": [_RECEIPT]})

    format: int
    person: str = Field(description="A keyed hash in the place of the id.")
    salt: str = Field(description="The key of the hash, so that an id can be held against it.")
    time: datetime
    time_us: int = Field(description="The same, in microseconds since 1970 UTC.")
    again: bool = Field(description="Whether the person came back out of an old copy.")
    rows: int
    holders: list[HolderAnswer]
    weights: Literal["trained", "refitted", "none"] = Field(
        description="What became of what was learned of the person."
    )
    snapshots_holding: list[int] = Field(description="Versions that could not be freed.")
    others: list[str] = Field(description="What others must do, since the shop cannot.")


class ReceiptsAnswer(BaseModel):
    """All who were forgotten, the oldest first."""

    receipts: list[ReceiptAnswer]
