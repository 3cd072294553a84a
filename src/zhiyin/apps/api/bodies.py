"""What the API takes and answers, as its OpenAPI description says it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal, LiteralString

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    FiniteFloat,
    Tag,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)
from pydantic_core import PydanticCustomError

from zhiyin.core import Event

MOST_EVENTS = 1000
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
NEXT = "What `after` takes for the next page; null where this is the last."


def as_utc(time: datetime) -> datetime:
    """Return a time in UTC; one without a zone is in UTC already."""
    try:
        return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
    except OverflowError as error:
        raise PydanticCustomError("utc", "Should be in the years 1 to 9999, in UTC") from error


def _as_written(time: object) -> object:
    """Return a time that is written out; a number, or a text that is one, is none."""
    if isinstance(time, datetime) or (isinstance(time, str) and time[4:5] == "-"):
        return time
    raise PydanticCustomError("time", "Should be a time such as 2026-05-01T09:30:00Z")


def _as_written_day(day: object) -> object:
    """Return a day that is written out; a number of seconds, or a time of day with it, is none."""
    if isinstance(day, date) or (isinstance(day, str) and _DAY.fullmatch(day)):
        return day
    raise PydanticCustomError("day", "Should be a day such as 2026-05-01")


WrittenDay = Annotated[date, BeforeValidator(_as_written_day)]
WrittenTime = Annotated[datetime, BeforeValidator(_as_written)]
UtcTime = Annotated[datetime, BeforeValidator(_as_written), AfterValidator(as_utc)]
_PLAIN: LiteralString = "Should be a short text, a finite number, true, false or null"


def _plain(value: object, check: ValidatorFunctionWrapHandler) -> object:
    try:
        return check(value)
    except ValidationError:  # one complaint instead of one for each type that it is not
        raise PydanticCustomError("plain", _PLAIN) from None


Id = Annotated[str, Field(min_length=1, max_length=512)]
Word = Annotated[str, Field(max_length=128)]
Plain = Annotated[Word | bool | FiniteFloat | None, WrapValidator(_plain)]

EXAMPLE_EVENT: dict[str, Any] = {
    "event_id": "order-1042-1",
    "user": "u1",
    "item": "tea-7",
    "type": "purchase",
    "value": 1,
    "time": "2026-05-01T09:30:00Z",
    "context": {"weather": "rain", "device": "phone"},
    "request_id": "3f2a9c",
}
_EXAMPLE_PAGE: dict[str, Any] = {
    "request_id": "3f2a9c",
    "items": [
        {
            "item": "pot-3",
            "title": "Clay teapot",
            "score": 0.42,
            "reasons": [
                {
                    "kind": "history",
                    "text": "Because of Green tea in your history",
                    "language": "en",
                    "share": 0.9,
                    "evidence": [{"item": "tea-7", "title": "Green tea", "share": 0.9}],
                }
            ],
            "sources": ["alike"],
            "backfill": False,
        }
    ],
    "next": "AWsEUd8MamJFekuwBgqRARoBCbQBEh4jHSEAAPAQydBNExRY2nv1nu0ogCM",
    "degraded": False,
    "trace": [
        {
            "stage": "sources",
            "name": "alike",
            "status": "ok",
            "ms": 1.2,
            "in": 0,
            "out": 200,
            "note": "",
        }
    ],
}


class EventBody(BaseModel):
    """Something a person did with an item."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [EXAMPLE_EVENT]})

    user: Id
    item: Id
    type: str = Field(min_length=1, max_length=64, description="view, click, cart, purchase …")
    value: FiniteFloat | None = Field(None, description="A rating, a quantity …")
    time: UtcTime | None = Field(None, description="When; now unless given. Without a zone: UTC.")
    context: dict[Word, Plain] = Field(
        default_factory=dict, description="The moment: place, weather, device …"
    )
    request_id: str | None = Field(None, max_length=128, description="The page that caused it.")
    event_id: Id | None = Field(None, description="Sent again under the same id, it counts once.")
    target: Literal["item", "post"] = Field("item", description="What `item` is the id of.")

    def noun(self) -> Event:
        """Return the event."""
        return Event(**self.__dict__)


def _how_many(body: object) -> str:
    return "many" if isinstance(body, list) else "one"


Events = Annotated[
    Annotated[EventBody, Tag("one")]
    | Annotated[list[EventBody], Field(min_length=1, max_length=MOST_EVENTS), Tag("many")],
    Discriminator(_how_many),
]
"""The tag keeps one complaint about an event from being said twice, once for each form of the body."""


class RejectedLine(BaseModel):
    """A line that was not taken."""

    line: int = Field(description="Its number, from 1.", examples=[4])
    reason: str = Field(examples=["user: Field required"])


class EventsAnswer(BaseModel):
    """What was stored: everything counted here is on the disk."""

    accepted: dict[str, int] = Field(
        description="New records by kind, entities that events name for the first time included.",
        examples=[{"events": 1}],
    )
    duplicates: int = Field(description="Events known before.", examples=[0])
    refused: int = Field(
        0, description="Rows about people who were forgotten, from before that.", examples=[0]
    )
    rejected: list[RejectedLine] | None = Field(
        None, description="Of lines of JSON only: the first 1,000 that were not taken."
    )
    rejected_count: int | None = Field(None, description="Likewise: how many in all.")


class AskedAlike(BaseModel):
    """How a list is wanted."""

    model_config = ConfigDict(extra="forbid")

    n: int = Field(10, ge=1, le=1000, description="How many items.")
    language: str = Field(
        "", max_length=35, description="zh or en; the shop's own unless given.", examples=["zh"]
    )


class AskedPage(AskedAlike):
    """Which page of a list is wanted."""

    after: str | None = Field(
        None,
        max_length=8192,
        description="`next` of the answer before: the next page, which repeats nothing of the list so far. All else is sent "
        "as for the first page; `n` and the situation may change.",
    )


class Asked(AskedPage):
    """For whom a list is wanted, and in what situation."""

    user: Id | None = Field(None, description="The user's id.", examples=["u1"])
    surface: Word | None = Field(
        None,
        description="Which of the shop's pipelines: home, hot, again …; home, or together for a basket, unless given.",
    )
    basket: list[Id] = Field(
        default_factory=list,
        max_length=1000,
        description="Items that go together with what is asked for.",
    )
    session: list[Id] = Field(
        default_factory=list,
        max_length=1000,
        description="Items that somebody without an id clicked, the last one last.",
    )
    place: Word | None = Field(
        None, description="Where the person is, such as home, office, abroad."
    )
    weather: Word | None = Field(None, description="Such as rain.")
    temperature_c: FiniteFloat | None = Field(None, description="Outdoors, in °C.")
    device: Word | None = Field(None, description="Such as phone.")
    occasion: Word | None = Field(None, description="Such as birthday.")
    context: str = Field(
        "",
        max_length=1000,
        description="All of the situation as one text, in the place of the five before.",
        examples=["weather=rain,temperature_c=4,time=2017-11-02T08:00"],
    )
    diversity: float | None = Field(
        None, ge=0, le=1, description="From 0, what fits best, to 1, what differs most."
    )


class EvidenceAnswer(BaseModel):
    """An item that speaks for another, with its share of the score."""

    item: str
    title: str | None
    share: float


class ReasonAnswer(BaseModel):
    """Why an item is on the page."""

    kind: str = Field(description="history, similar, popular, fresh, again, discover, promoted …")
    text: str = Field(description="The reason in words.")
    language: str
    share: float = Field(description="Of the score.")
    evidence: list[EvidenceAnswer]


class ItemAnswer(BaseModel):
    """One place on the page."""

    item: str
    title: str | None
    score: float
    reasons: list[ReasonAnswer]
    sources: list[str] = Field(description="What proposed it.")
    backfill: bool = Field(description="Whether it only fills a page that would be short.")


class StageAnswer(BaseModel):
    """How one stage of the pipeline did."""

    stage: str
    name: str
    status: Literal["ok", "failed", "broken", "late", "open", "skipped"]
    ms: float
    in_: int = Field(alias="in", description="Candidates that went in.")
    out: int = Field(description="How much came out.")
    note: str


class PageAnswer(BaseModel):
    """A page."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE_PAGE]})

    request_id: str = Field(description="To be sent back with the events that the page causes.")
    items: list[ItemAnswer]
    next: str | None = Field(description=NEXT)
    degraded: bool = Field(description="Whether a stage did not do its part.")
    trace: list[StageAnswer]


class Health(BaseModel):
    """How the server is."""

    status: str = Field(examples=["ready"])
    snapshot: int | None = Field(None, examples=[3])
    process: int | None = Field(None, description="Which of the server's workers.", examples=[4711])
    version: str | None = Field(
        None, description="Of Zhiyin, as that worker runs.", examples=["0.1.0"]
    )


class Complaint(BaseModel):
    """One thing that is wrong with a request."""

    where: str = Field(examples=["body[3].user"])
    what: str = Field(examples=["Field required"])


class RejectedAnswer(BaseModel):
    """A record that was not taken."""

    index: int = Field(description="Its position in the list, from 0.", examples=[3])
    field: str | None = Field(
        description="What is wrong; null: the record as a whole.", examples=["price"]
    )
    reason: str = Field(examples=["price: -5 is negative"])


class Problem(BaseModel):
    """What went wrong (RFC 9457)."""

    type: str = Field(examples=["about:blank"])
    title: str = Field(examples=["no item has the id x"])
    status: int = Field(examples=[404])
    detail: str
    where: str | None = None
    expected: str | None = None
    next_step: str | None = None
    errors: list[Complaint] | None = None
    rejected: list[RejectedAnswer] | None = None
    rejected_lines: list[RejectedLine] | None = None
    stored_lines: int | None = Field(
        None, description="Of lines of JSON that broke off: up to which they are stored."
    )
