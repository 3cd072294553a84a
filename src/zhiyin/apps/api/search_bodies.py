"""What the route of search takes and answers."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from zhiyin.apps.api.bodies import NEXT, AskedPage, Id, ItemAnswer, StageAnswer

_EXAMPLE: dict[str, Any] = {
    "request_id": "3f2a9c",
    "query": "红色跑步鞋 100-500元",
    "found": 1,
    "items": [
        {
            "item": "i7",
            "title": "跑步鞋 红色",
            "score": 1.0,
            "reasons": [
                {
                    "kind": "matched",
                    "text": "含有“红色”、“跑步”和“鞋”",
                    "language": "zh",
                    "share": 1.0,
                    "evidence": [],
                }
            ],
            "sources": ["matching"],
            "backfill": False,
        }
    ],
    "next": "AWsEUd8MamJFekuwBgqRARoBCbQBEh4jHSEAAPAQydBNExRY2nv1nu0ogCM",
    "instead": [],
    "relaxed": [{"name": "colour", "values": ["red"], "said": ["红色"]}],
    "understanding": {
        "text": "红色跑步鞋",
        "language": "zh",
        "intent": "attribute",
        "confidence": 0.8,
        "slots": [
            {
                "name": "colour",
                "value": "red",
                "start": 0,
                "end": 2,
                "confidence": 0.92,
                "excluded": False,
            }
        ],
        "price": {
            "low_minor": 10000,
            "high_minor": 50000,
            "currency": "CNY",
            "soft": False,
            "start": 6,
            "end": 14,
        },
        "cheapness": 0,
        "exclusions": [],
        "corrections": [],
        "compared": [],
        "categories": [{"name": "鞋", "share": 1.0}],
    },
    "degraded": False,
    "trace": [],
}


class AskedSearch(AskedPage):
    """What is searched for, and by whom."""

    q: str = Field(
        max_length=20_000,
        description="As a shopper types it; the first 200 characters are read.",
        examples=["红色跑步鞋 500元以内"],
    )
    user: Id | None = Field(None, description="The user's id.", examples=["u1"])
    filter: list[Annotated[str, Field(max_length=500)]] = Field(
        [],
        max_length=20,
        description="NAME:VALUE of a facet, such as brand:Sony, or price:100-200 CNY; never given up. Of one name one is enough.",
    )
    personal: bool = Field(True, description="Whether the user's taste may order the hits.")
    language: str = Field(
        "",
        pattern=r"^((zh|en)([-_][A-Za-z0-9]{1,16})*)?$",
        description="zh or en; the shop's own unless given.",
        examples=["zh"],
    )


class SlotAnswer(BaseModel):
    """A value that the query asks for; start and end are places in it."""

    name: str = Field(description="brand, category, colour, size, material, audience, season …")
    value: str
    start: int
    end: int
    confidence: float
    excluded: bool = Field(description="Whether items with it are not wanted.")


class PriceAnswer(BaseModel):
    """The price asked for, in the currency's smallest unit."""

    low_minor: int | None
    high_minor: int | None
    currency: str | None
    soft: bool = Field(description="Whether it is a wish and no limit.")
    start: int
    end: int


class ExclusionAnswer(BaseModel):
    """Something that is not wanted."""

    said: str
    start: int
    end: int


class CorrectionAnswer(BaseModel):
    """Something that was read otherwise than typed."""

    said: str
    meant: str
    start: int
    end: int
    kind: Literal["spelling", "pinyin", "split", "joined"]
    confidence: float


class CategoryAnswer(BaseModel):
    """A category of the catalogue, and its share in what the query means."""

    name: str
    share: float = Field(description="All shares together are 1 at most.")


class QueryUnderstandingAnswer(BaseModel):
    """What was understood of the query."""

    text: str = Field(description="What is searched for: corrected, without prices and exclusions.")
    language: Literal["zh", "en", "mixed", "other"]
    intent: Literal["navigational", "product", "attribute", "gift", "compare", "support"]
    confidence: float = Field(description="Of the intent.")
    slots: list[SlotAnswer]
    price: PriceAnswer | None
    cheapness: int = Field(description="-1 something cheap, 1 something dear, 0 nothing said.")
    exclusions: list[ExclusionAnswer]
    corrections: list[CorrectionAnswer]
    compared: list[str] = Field(description="What is to be compared.")
    categories: list[CategoryAnswer] = Field(
        description="Of what the query means by its best hits, highest first, at most five."
    )


class ConstraintAnswer(BaseModel):
    """Something asked for that was given up, since too few items had it; a price is widened by a fifth."""

    name: str = Field(
        description="A slot, price, wish for a price that is no limit, or currency for one in which nothing is sold."
    )
    values: list[str] = Field(
        description="What was asked for; of a currency those in which something is sold."
    )
    said: list[str]


class SearchAnswer(BaseModel):
    """What was found."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    request_id: str = Field(description="To be sent back with the events that the page causes.")
    query: str = Field(description="What was read of the query.")
    found: int = Field(description="How many items fit, those on the page included.")
    items: list[ItemAnswer]
    next: str | None = Field(description=NEXT)
    instead: list[ItemAnswer] = Field(
        description="What is popular or liked, in the price asked for and without what is not wanted, where nothing was found."
    )
    relaxed: list[ConstraintAnswer]
    understanding: QueryUnderstandingAnswer
    degraded: bool = Field(description="Whether a stage did not do its part.")
    trace: list[StageAnswer]
