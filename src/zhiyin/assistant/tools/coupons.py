"""Coupons that hold now: of one item, or of what the speaker has lately had in hand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, tzinfo
from typing import NamedTuple

from pydantic import AwareDatetime, BaseModel, Field, ValidationError

from zhiyin.assistant.orders.wording import day_of
from zhiyin.assistant.tools.shelf import Shelf
from zhiyin.assistant.tools.tool import Arguments, Evidence, Speaker, ToolResult
from zhiyin.core.entity import Kind
from zhiyin.store.store import Store

FACT = "coupon"
"""Name of the facts of items that tell a coupon, as a JSON object: code, percent, valid_from, valid_to."""
_RECENT, _MOST = 100, 30
_IN_HAND = frozenset({"view", "click", "favourite", "favorite", "cart"})


class Coupon(BaseModel):
    """Some percent off an item for some time."""

    code: str = Field(min_length=1, max_length=100)
    percent: int = Field(gt=0, le=100)
    valid_from: AwareDatetime | None = None
    valid_to: AwareDatetime | None = None

    def holds(self, time: datetime) -> bool:
        """Return whether it can be used at a time."""
        return not (
            (self.valid_from and time < self.valid_from) or (self.valid_to and time > self.valid_to)
        )


class _Held(NamedTuple):
    item: str
    coupon: Coupon


class Coupons:
    """Tells the coupons that can be used now.

    Args:
        store: whose facts and events.
        shelf: of the catalogue.
        zone: in which days are.
    """

    name = "coupons"
    description = (
        "Coupons that hold now for an item, or for what the speaker looked at or put into the cart."
    )
    has_effect = False
    needs_user = False

    class Parameters(Arguments):
        """For which item; what the speaker had in hand unless given."""

        item: str | None = Field(None, max_length=512)

    parameters = Parameters

    def __init__(self, store: Store, shelf: Shelf, zone: tzinfo) -> None:
        self._store, self._shelf, self._zone = store, shelf, zone

    def run(self, speaker: Speaker, arguments: Parameters) -> ToolResult:
        """Return coupons, those of the last item in hand first; ``nothing`` where none holds."""
        if arguments.item is None:
            numbers = self._in_hand(speaker)
        else:
            number = self._store.number(Kind.ITEM, arguments.item)
            numbers = [] if number is None else [number]
        held = list(self._held(numbers, speaker.time))
        data = {
            "coupons": [
                {"item": one.item, **one.coupon.model_dump(mode="json", exclude_none=True)}
                for one in held
            ]
        }
        evidence = tuple(self._evidence(one, speaker.language) for one in held)
        return ToolResult("ok" if held else "nothing", evidence, data)

    def _in_hand(self, speaker: Speaker) -> list[int]:
        person = None
        if speaker.user is not None:
            person = self._store.number(Kind.PERSON, speaker.user)
        if person is None:
            return []
        history = self._store.history(person, _RECENT)
        pairs = zip(history.items.tolist(), history.types.tolist(), strict=True)
        return list(dict.fromkeys(item for item, what in pairs if what in _IN_HAND))[:_MOST]

    def _held(self, numbers: list[int], time: datetime) -> Iterator[_Held]:
        for number, item in zip(numbers, self._shelf.ids(numbers), strict=True):
            for row in self._store.mined.of(Kind.ITEM, number).iter_rows(named=True):
                coupon = _coupon(row["value"]) if row["name"] == FACT else None
                if coupon is not None and coupon.holds(time):
                    yield _Held(item, coupon)

    def _evidence(self, held: _Held, language: str) -> Evidence:
        title, coupon = self._shelf.title(held.item, language), held.coupon
        until = None if coupon.valid_to is None else day_of(coupon.valid_to, self._zone)
        if language == "zh":
            text = f"“{title}”可用优惠码 {coupon.code}，优惠 {coupon.percent}%"
            text += f"，有效期至 {until}" if until else ""
        else:
            text = f"Code {coupon.code} takes {coupon.percent}% off “{title}”"
            text += f", until {until}" if until else ""
        values = (coupon.code, f"{coupon.percent}%", title, *([until] if until else ()))
        return Evidence("coupon", coupon.code, text, values)


def _coupon(value: str) -> Coupon | None:
    """Return what a fact tells, None where it is no coupon."""
    try:
        return Coupon.model_validate(json.loads(value))
    except (ValueError, RecursionError, ValidationError):
        return None
