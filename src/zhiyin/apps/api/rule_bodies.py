"""Bodies of the routes of the operator's rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, model_validator

from zhiyin.apps.api.bodies import AskedAlike, Id, UtcTime, Word
from zhiyin.core.rule import Rule, of_ids

EXAMPLE_RULE: dict[str, Any] = {
    "kind": "boost",
    "where": 'category = "tea" and price < 50 and age_days < 14',
    "surfaces": ["home"],
    "strength": 0.2,
    "valid_from": "2026-11-25T00:00:00+08:00",
    "valid_until": "2026-12-02T00:00:00+08:00",
    "set_by": "li.wei",
    "note": "new teas",
}
_ANSWER: dict[str, Any] = {
    **EXAMPLE_RULE,
    "id": "9f3c1a20",
    "place": None,
    "share": None,
    "valid_from": "2026-11-24T16:00:00Z",
    "valid_until": "2026-12-01T16:00:00Z",
    "set_at": "2026-11-23T10:00:00Z",
    "query": "",
    "lacking": [],
}
_PLACE: dict[str, Any] = {"kind": "item", "id": "tea-7", "title": "Green tea", "promoted": True}

_Where = Annotated[str, Field(min_length=1, max_length=10_000)]
_Items = Annotated[list[Id], Field(min_length=1, max_length=500)]
_Surfaces = Annotated[list[Word], Field(max_length=100)]
_By = Annotated[str, Field(min_length=1, max_length=128)]
_Query = Annotated[str, Field(max_length=200)]
_Note = Annotated[str, Field(max_length=10_000)]


class _Said(BaseModel):
    """The fields of a rule that a program may give."""

    model_config = ConfigDict(extra="forbid")

    where: _Where | None = Field(None, description="Which items, an expression.")
    items: _Items | None = Field(None, description="Ids of items, in the place of `where`.")
    surfaces: _Surfaces = Field([], description="On these pages only; on all when empty.")
    place: int | None = Field(None, description="Of a pin, from 1.")
    strength: FiniteFloat | None = Field(
        None, description="Of a boost, in ranges of the page's scores."
    )
    share: FiniteFloat | None = Field(None, description="Of expose: the part of what is seen.")
    valid_from: UtcTime | None = Field(None, description="Without a zone: UTC.")
    valid_until: UtcTime | None = Field(None, description="Without a zone: UTC.")
    note: _Note = Field("", description="Why, for people.")
    query: _Query = Field(
        "",
        description="Only where a search has all these words, as it is understood or in a synonym; on the page search alone.",
        examples=["green tea"],
    )

    @model_validator(mode="after")
    def _is_one(self) -> _Said:
        if self.where is not None and self.items is not None:
            raise ValueError("where and items say the same; one of them is expected")
        return self

    def fields(self) -> dict[str, Any]:
        """Return what was given, as `Rule` calls it."""
        given = self.model_dump(exclude_unset=True, exclude={"kind", "set_by", "items", "where"})
        if "surfaces" in given:
            given["surfaces"] = tuple(given["surfaces"])
        where = of_ids(*self.items) if self.items else self.where
        return given if where is None else {**given, "where": where}


class TriedRule(_Said):
    """A rule, whoever may set it."""

    kind: Literal["pin", "bury", "exclude", "boost", "expose"]

    def noun(self) -> Rule:
        """Return the rule."""
        return Rule(self.kind, **{"where": "", **self.fields()})


class RuleBody(TriedRule):
    """A rule that is to hold."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [EXAMPLE_RULE]})

    set_by: _By = Field(description="Who says so.")

    def noun(self) -> Rule:
        """Return the rule."""
        return replace(super().noun(), set_by=self.set_by)


class RuleChangeBody(_Said):
    """What is to change of a rule; null takes a date away."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"valid_until": None, "set_by": "li.wei"}]},
    )

    set_by: _By = Field(description="Who changes it.")


class PreviewBody(AskedAlike):
    """A rule to be tried on a page."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"rule": {"kind": "pin", "items": ["tea-7"], "place": 1}, "user": "u1", "n": 5}
            ]
        },
    )

    rule: TriedRule
    user: Id | None = Field(None, description="Whose page; nobody's unless given.")
    surface: Word | None = Field(
        None,
        description="Which of the shop's pipelines; home unless given, and search for a rule with a query.",
    )
    q: str | None = Field(
        None,
        max_length=20_000,
        description="What is searched for; the rule's query unless given.",
    )


class RuleFields(BaseModel):
    """A rule as it stands, or stood."""

    id: str | None = Field(description="Null for one that was only tried.")
    kind: str
    where: str
    surfaces: list[str]
    place: int | None = None
    strength: float | None = None
    share: float | None = None
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    set_by: str = Field(description="Who said so last.")
    set_at: datetime | None = Field(None, description="When; null for a rule that was only tried.")
    note: str
    query: str = Field(
        description="Words that a search must have; whatever is searched for if empty."
    )


class RuleAnswer(RuleFields):
    """A rule, and what the settings must name for it to hold."""

    model_config = ConfigDict(json_schema_extra={"examples": [_ANSWER]})

    lacking: list[str] = Field(examples=[["pipelines.home.filters: allowed"]])


class RulesAnswer(BaseModel):
    """The rules that were not removed."""

    rules: list[RuleAnswer]


class ChangeAnswer(BaseModel):
    """One thing that was done, and the rule as it was then."""

    act: Literal["added", "changed", "removed"]
    rule: RuleFields


class ChangesAnswer(BaseModel):
    """All that was done with rules, in the order it was done."""

    changes: list[ChangeAnswer]


class MeantAnswer(BaseModel):
    """An item that a rule means."""

    item: str
    title: str | None


class PlaceAnswer(BaseModel):
    """One place of a page."""

    model_config = ConfigDict(json_schema_extra={"examples": [_PLACE]})

    kind: Literal["item", "post", "person"]
    id: str
    title: str | None
    promoted: bool = Field(description="Whether a rule speaks for it, as shoppers are told.")


class PreviewAnswer(BaseModel):
    """What a rule would do."""

    rule: RuleAnswer
    items: int = Field(description="How many items it means.")
    examples: list[MeantAnswer]
    before: list[PlaceAnswer] = Field(description="The page without the rule.")
    after: list[PlaceAnswer] = Field(description="The page with it.")
