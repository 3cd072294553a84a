"""What every part of the settings is made of."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class Section(BaseModel):
    """The base of a part of the tree: fixed once made, unknown keys refused, described by its attributes' docstrings."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Part(Section):
    """One part of a pipeline: its registered name and its own options."""

    type: str
    options: dict[str, Any] = Field(default_factory=dict)
