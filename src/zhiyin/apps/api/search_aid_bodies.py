"""What the route of what stands around a search answers."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

_OPINION: dict[str, int] = {"negative": 1, "neutral": 0, "positive": 6}
_EXAMPLE: dict[str, Any] = {
    "query": "小米手环和华为手环哪个好",
    "facets": [
        {
            "name": "price",
            "text": "价格",
            "values": [
                {
                    "value": None,
                    "text": "100 元以下",
                    "filter": "price:0-100 CNY",
                    "items": 4,
                    "low_minor": 0,
                    "high_minor": 10000,
                },
                {
                    "value": None,
                    "text": "100 元以上",
                    "filter": "price:100- CNY",
                    "items": 4,
                    "low_minor": 10000,
                    "high_minor": None,
                },
            ],
            "others": 0,
            "covered": 8,
            "bits": 1.0,
            "currency": "CNY",
        }
    ],
    "did_you_mean": {"text": "手环", "kind": "alternative", "found": 30},
    "related": ["手环 表带"],
    "comparison": {
        "items": [
            {"name": "小米手环", "item": "i7", "title": "小米 手环 9"},
            {"name": "华为手环", "item": "i9", "title": "华为 手环 9"},
        ],
        "facts": [
            {
                "name": "price",
                "text": "价格",
                "values": [24900, 26900],
                "texts": ["249 元", "269 元"],
                "differs": True,
            }
        ],
        "aspects": [{"aspect": "battery", "opinions": [_OPINION, _OPINION], "better": None}],
        "currencies": ["CNY", "CNY"],
        "are_unlike": False,
    },
}


class FacetValueAnswer(BaseModel):
    """A value of a facet, or a band of prices."""

    value: str | None = Field(
        None, description="As the catalogue has it; null for a band of prices."
    )
    text: str = Field(
        description="In the language asked for, where the catalogue has it; bands of prices in words."
    )
    filter: str = Field(description="What narrows the search to it, as `filter` of /v1/search.")
    items: int = Field(description="How many of those found have it.")
    low_minor: int | None = None
    high_minor: int | None = Field(
        None, description="No longer in the band; null for the last one."
    )


class FacetAnswer(BaseModel):
    """A way to narrow down what was found."""

    name: str = Field(description="category, brand, price, or the name of an attribute.")
    text: str = Field(description="The name in the language asked for.")
    values: list[FacetValueAnswer]
    others: int = Field(description="How many values are left out.")
    covered: int = Field(description="How many of the items found say anything of it.")
    bits: float = Field(description="How much a choice narrows down, as entropy.")
    currency: str | None = Field(None, description="Of prices.")


class DidYouMeanAnswer(BaseModel):
    """Another query."""

    text: str
    kind: Literal["corrected", "alternative"] = Field(
        description="Whether the hits are already those of this query."
    )
    found: int | None = Field(
        None, description="How many items it found last; null where nobody asked."
    )


class ComparedItemAnswer(BaseModel):
    """One of the products compared; null where none fits the name."""

    name: str
    item: str | None = None
    title: str | None = None


class ComparedFactAnswer(BaseModel):
    """A line of the table, with a value for each product."""

    name: str
    text: str = Field(description="The name in the language asked for.")
    values: list[Any] = Field(description="Prices in the smallest unit; null is not known.")
    texts: list[str | None] = Field(
        description="The values in the language asked for, as far as the catalogue has it."
    )
    differs: bool


class OpinionCountAnswer(BaseModel):
    """How many opinions there are."""

    negative: int
    neutral: int
    positive: int


class ComparedAspectAnswer(BaseModel):
    """What people think of an aspect of each product."""

    aspect: str
    opinions: list[OpinionCountAnswer]
    better: int | None = Field(
        None,
        description="The place of the product people like better; null where counts cannot tell.",
    )


class ComparisonAnswer(BaseModel):
    """Products side by side, differences first."""

    items: list[ComparedItemAnswer]
    facts: list[ComparedFactAnswer]
    aspects: list[ComparedAspectAnswer]
    currencies: list[str | None]
    are_unlike: bool = Field(
        description="Whether the names are of brands that sell nothing of one category, so that nothing is compared."
    )


class SearchAidsAnswer(BaseModel):
    """What stands around the hits of a query."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    query: str
    facets: list[FacetAnswer]
    did_you_mean: DidYouMeanAnswer | None = None
    related: list[str] = Field(description="Searches of others, of five people or more.")
    comparison: ComparisonAnswer | None = None
