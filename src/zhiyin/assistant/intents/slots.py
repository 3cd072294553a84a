"""What a message names that an answer needs: an order's number, a product, a day, an amount of money."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date, timedelta
from typing import Literal, NamedTuple

from zhiyin.core.currency import SMALLEST_UNITS
from zhiyin.language.facts.dates import dates_in
from zhiyin.language.scripts import fold
from zhiyin.privacy.redaction import personal_data
from zhiyin.search.query.currency_signs import SIGN, currency

Kind = Literal["order", "product", "date", "amount"]
Span = tuple[str, int, int]
Products = Callable[[str], Iterable[Span]]
"""Finds products in a folded text: the id, where its name begins, and behind its last character."""

_NAMED = re.compile(
    r"(?:[订运快][单递](?:编号|号码|号)?|单号|\b(?:order|parcel|tracking)(?: ?(?:no\.?|number|id))?)"
    r"(?: is| was)?[\s.:#是为]{0,4}(?P<id>[a-z]{0,6}[-_]?\d[a-z0-9_-]{3,30})(?![a-z0-9]|[月日号年元块])"
)
_CODED = re.compile(
    r"(?<![a-z0-9@.¥$€£-])(?P<id>[a-z]{1,4}[-_]?\d{5,20}|\d{8,24})(?![a-z0-9@]|[-.]\d|元|块)"
)
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d{1,9}(?:\.\d{1,2})?"
_AMOUNT = re.compile(rf"(?P<before>{SIGN}) ?(?P<of>{_NUMBER})|(?P<n>{_NUMBER}) ?(?P<behind>{SIGN})")
_DAYS_AGO = {
    "今天": 0, "今日": 0, "昨天": 1, "昨日": 1, "前天": 2, "大前天": 3, "明天": -1, "后天": -2,
    "today": 0, "yesterday": 1, "the day before yesterday": 2, "tomorrow": -1,
}  # fmt: skip
_DAY_WORD = re.compile(
    r"大?前天|[今昨]日|[今昨明后]天|\bthe day before yesterday\b|\b(?:today|yesterday|tomorrow)\b"
)
_AGO = re.compile(
    r"(?P<n>\d{1,3}|[一两二三四五六七八九十])天[之以]?前|\b(?P<en>\d{1,3}|an?|two|three) days? ago\b"
)
_WEEKDAY_ZH = re.compile(
    r"(?P<week>上上|上|这|本|下)?个?(?:周|星期|礼拜)(?P<day>[一二三四五六日天])"
)
_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY_EN = re.compile(rf"\b(?:(?P<week>last|this|next|on) )(?P<day>{'|'.join(_NAMES)})\b")
_FEW = {word: n for n, word in enumerate("零一二三四五六七八九十")} | {"两": 2, "a": 1, "an": 1, "two": 2, "three": 3}  # fmt: skip


class Slot(NamedTuple):
    """What text[start:end] says.

    Attributes:
        kind: order, product, date or amount.
        value: an order's number or a product's id as they are, a day as ``2026-03-05``, an amount in whole units with its
            currency, as ``12.5 CNY``.
        start: where it begins, in characters of the text.
        end: behind its last character.
    """

    kind: Kind
    value: str
    start: int
    end: int


def slots_in(
    text: str,
    today: date,
    *,
    products: Products | None = None,
    sold: Collection[str | None] = (),
) -> list[Slot]:
    """Return what a message names, in its order; what was taken for one thing is not taken for another too.

    A day of the week or a day without a year is the last one that was, unless it is said to come: shoppers ask about what
    they did.

    Args:
        text: as it was written.
        today: the day on which it was, where the shop's people live.
        products: finds products by their names.
        sold: currencies of the shop, by which ¥ and $ are read.

    >>> [slot[:2] for slot in slots_in("订单号 A20260301 上周三买的，花了¥1,299", date(2026, 3, 6))]
    [('order', 'A20260301'), ('date', '2026-02-25'), ('amount', '1299 CNY')]
    """
    folded = fold(text)
    found: list[Slot] = []
    taken = [(one.start, one.end) for one in personal_data(text) if one.kind in ("PHONE", "EMAIL")]
    if products is not None:
        _take(found, taken, (Slot("product", *one) for one in products(folded)))
    _take(found, taken, _orders(_NAMED, text, folded))
    _take(found, taken, _amounts(folded, sold))
    _take(found, taken, _dates(folded, today))
    _take(found, taken, _orders(_CODED, text, folded))
    return sorted(found, key=lambda slot: slot.start)


def _take(found: list[Slot], taken: list[tuple[int, int]], slots: Iterable[Slot]) -> None:
    for slot in slots:
        if all(slot.end <= start or end <= slot.start for start, end in taken):
            taken.append((slot.start, slot.end))
            found.append(slot)


def _orders(pattern: re.Pattern[str], text: str, folded: str) -> Iterator[Slot]:
    for match in pattern.finditer(folded):
        start, end = match.span("id")
        yield Slot("order", text[start:end], start, end)


def _amounts(folded: str, sold: Collection[str | None]) -> Iterator[Slot]:
    for match in _AMOUNT.finditer(folded):
        number = float((match["of"] or match["n"]).replace(",", ""))
        code = currency(match["before"] or match["behind"], sold)
        decimals = 2 if SMALLEST_UNITS.get(code, 100.0) > 1 else 0
        said = f"{number:.{decimals}f}"
        value = said.rstrip("0").rstrip(".") if decimals else said
        yield Slot("amount", f"{value} {code}", *match.span())


def _dates(folded: str, today: date) -> Iterator[Slot]:
    for written in dates_in(folded):
        if day := _with_year(written.value, today):
            yield Slot("date", day.isoformat(), written.start, written.end)
    for match in _DAY_WORD.finditer(folded):
        day = today - timedelta(_DAYS_AGO[match.group()])
        yield Slot("date", day.isoformat(), *match.span())
    for match in _AGO.finditer(folded):
        said = match["n"] or match["en"]
        n = int(said) if said.isdecimal() else _FEW[said]
        yield Slot("date", (today - timedelta(n)).isoformat(), *match.span())
    for match in _WEEKDAY_ZH.finditer(folded):
        place = "一二三四五六日".index("日" if match["day"] == "天" else match["day"])
        weeks = {"上上": -2, "上": -1, "这": 0, "本": 0, "下": 1, None: None}[match["week"]]
        yield Slot("date", _weekday(place, weeks, today).isoformat(), *match.span())
    for match in _WEEKDAY_EN.finditer(folded):
        place = _NAMES.index(match["day"])
        day = _weekday(place, None, today)
        if match["week"] in ("this", "next"):
            day = today + timedelta((place - today.weekday() - 1) % 7 + 1)
        yield Slot("date", day.isoformat(), *match.span())


def _weekday(place: int, weeks: int | None, today: date) -> date:
    """Return a day of the week that lies ``weeks`` behind this one; the last before today where no week is named."""
    if weeks is None:
        return today - timedelta((today.weekday() - place - 1) % 7 + 1)
    return today + timedelta(place - today.weekday() + 7 * weeks)


def _with_year(value: str, today: date) -> date | None:
    """Return the day of ``2026-03-05``, ``--03-05`` or ``---05``: the last that was where no year is said."""
    month = value[2:4] if value.startswith("--") and value[2:3] != "-" else ""
    if not value.startswith("--"):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return None
    number = int(value[-2:])
    for back in range(48):
        years, place = divmod(today.month - 1 - back, 12)
        if month and int(month) != place + 1:
            continue
        try:
            day = date(today.year + years, place + 1, number)
        except ValueError:
            continue
        if day <= today:
            return day
    return None
