"""Bodies of the routes around search."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from zhiyin.core.synonym import Synonym

EXAMPLE_SYNONYM: dict[str, Any] = {
    "words": ["sneakers", "trainers"],
    "set_by": "li.wei",
    "note": "British customers",
}
_ANSWER: dict[str, Any] = {
    **EXAMPLE_SYNONYM,
    "id": "9f3c1a20",
    "text": "sneakers = trainers",
    "meant": [],
    "set_at": "2026-11-23T10:00:00Z",
}

_Words = Annotated[list[Annotated[str, Field(min_length=1, max_length=60)]], Field(max_length=20)]


class TriedSynonym(BaseModel):
    """Words that stand for one another."""

    model_config = ConfigDict(extra="forbid")

    words: _Words = Field(description="As shoppers type them.")
    meant: _Words = Field([], description="What they stand for too, but not the other way round.")

    def noun(self) -> Synonym:
        """Return the synonym."""
        return Synonym(tuple(self.words), tuple(self.meant))


class SynonymBody(TriedSynonym):
    """A synonym that is to hold."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [EXAMPLE_SYNONYM]})

    set_by: str = Field(min_length=1, max_length=128, description="Who says so.")
    note: str = Field("", max_length=10_000, description="Why, for people.")

    def noun(self) -> Synonym:
        """Return the synonym."""
        return Synonym(tuple(self.words), tuple(self.meant), self.set_by, note=self.note)


class SynonymPreviewBody(BaseModel):
    """A synonym to be tried on a query."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"synonym": {"words": ["茶壶", "茶具"]}, "q": "茶具", "n": 5}]
        },
    )

    synonym: TriedSynonym
    q: str = Field(min_length=1, max_length=20_000, description="The query.")
    n: int = Field(10, ge=1, le=100, description="How many hits.")
    language: str = Field("", max_length=35, description="Of titles; the shop's own unless given.")


class CompletionAnswer(BaseModel):
    """What a query may become."""

    text: str
    kind: Literal["recent", "query", "category", "brand", "product"] = Field(
        description="The person's own, others', or what the catalogue has."
    )


class CompletionsAnswer(BaseModel):
    """What a query may become, best first."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"suggestions": [{"text": "防晒霜", "kind": "query"}]}]}
    )

    suggestions: list[CompletionAnswer]


class SearchFiguresAnswer(BaseModel):
    """How often a text was searched for, and what came of it."""

    text: str
    times: int = Field(description="Searches.")
    people: int = Field(description="Distinct people; someone unknown is nobody.")
    unfound: int = Field(description="Searches that found nothing.")
    clicked: int = Field(description="Searches on whose page something was done.")
    last: datetime = Field(description="When it was searched for last.")


class SearchesAnswer(BaseModel):
    """What people search for, those of most people first."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "searches": [
                        {
                            "text": "绿茶",
                            "times": 12,
                            "people": 7,
                            "unfound": 0,
                            "clicked": 5,
                            "last": "2026-11-23T10:00:00Z",
                        }
                    ]
                }
            ]
        }
    )

    searches: list[SearchFiguresAnswer]


class SynonymAnswer(BaseModel):
    """A synonym as it stands, or stood."""

    model_config = ConfigDict(json_schema_extra={"examples": [_ANSWER]})

    id: str
    text: str = Field(description="In one line.")
    words: list[str]
    meant: list[str]
    set_by: str = Field(description="Who said so last.")
    set_at: datetime
    note: str


class SynonymsAnswer(BaseModel):
    """The synonyms that were not removed."""

    synonyms: list[SynonymAnswer]


class SynonymChangeAnswer(BaseModel):
    """One thing that was done, and the synonym as it was then."""

    act: Literal["added", "removed"]
    synonym: SynonymAnswer


class SynonymChangesAnswer(BaseModel):
    """All that was done with synonyms, in the order it was done."""

    changes: list[SynonymChangeAnswer]


class ProposalAnswer(BaseModel):
    """Words that may mean the same."""

    words: list[str]
    queries: list[str] = Field(description="Where they were seen.")
    likeness: float = Field(description="Of what was chosen from these queries, 0 to 1.")
    items: int = Field(description="How many items were chosen from both.")
    people: int = Field(description="How many asked the less usual one.")


class ProposalsAnswer(BaseModel):
    """Words that may mean the same, the most alike first."""

    proposed: list[ProposalAnswer]


class FoundAnswer(BaseModel):
    """An item that a query finds."""

    item: str
    title: str | None


class SynonymPreviewAnswer(BaseModel):
    """What a synonym would do to a query."""

    alternatives: list[str] = Field(description="The other words in which it is asked then.")
    before: list[FoundAnswer]
    after: list[FoundAnswer]
