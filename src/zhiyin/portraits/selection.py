"""Which items somebody means: a small language over what the catalogue says of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from zhiyin.errors import InvalidRecord, nearest

TEXTS = ("id", "category", "brand", "currency")
NUMBERS = ("price", "stock", "age_days")
OF_ATTRIBUTE = "attributes."
_DEEPEST = 50
_TOKEN = re.compile(
    r"""(?P<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|“[^”]*”|‘[^’]*’)
    |(?P<number>[-+]?\d{1,300}(?:\.\d+)?(?![\w.]))
    |(?P<sign><=|>=|!=|==|[=<>(),.（），])
    |(?P<word>[^\W\d]\w*)""",
    re.VERBOSE | re.DOTALL,
)
_SAME = {"==": "=", "（": "(", "）": ")", "，": ","}
_ORDERS = ("<", "<=", ">", ">=")


@dataclass(frozen=True, slots=True)
class Comparison:
    """A field held against values: ``=`` any of them, or ``<``, ``<=``, ``>``, ``>=`` the one."""

    field: str
    sign: str
    values: tuple[str, ...]

    @property
    def numbers(self) -> tuple[float, ...]:
        """Those of the values that are numbers."""
        return tuple(float(value) for value in self.values if _is_number(value))


class Selection:
    """An expression over items, read.

    Fields are ``id``, ``category``, ``brand``, ``currency``, ``price`` in whole units, ``stock``, ``age_days`` and
    ``attributes.NAME``; signs are ``=``, ``!=``, ``<``, ``<=``, ``>``, ``>=``, ``in (…)`` and ``not in (…)``, joined by
    ``and``, ``or``, ``not`` and brackets. What is not known equals nothing and is neither less nor more.

    Args:
        text: the expression.
    Raises:
        InvalidRecord: it cannot be read; the error names the place.

    >>> Selection('brand = "Lu" and not price >= 50').comparisons[1]
    Comparison(field='price', sign='>=', values=('50',))
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._steps = _Reading(text).steps()

    @property
    def comparisons(self) -> list[Comparison]:
        """What is held against what, in the order of the text."""
        return [step for step in self._steps if isinstance(step, Comparison)]

    def mask(self, of: Callable[[Comparison], NDArray[np.bool_]]) -> NDArray[np.bool_]:
        """Return (n_items,) bool, true for the items that are meant.

        Args:
            of: says for a comparison for which items it holds, (n_items,) bool.
        """
        stack: list[NDArray[np.bool_]] = []
        for step in self._steps:
            if isinstance(step, Comparison):
                stack.append(of(step))
            elif step == "not":
                stack.append(~stack.pop())
            else:
                last = stack.pop()
                stack.append(stack.pop() & last if step == "and" else stack.pop() | last)
        return stack.pop()


class _Token(NamedTuple):
    kind: str
    text: str
    at: int


class _Reading:
    """Reads by recursive descent and writes steps for a stack: what is joined comes before what joins it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = self._split()
        self._next = 0
        self._depth = 0
        self._steps: list[Comparison | str] = []

    def steps(self) -> tuple[Comparison | str, ...]:
        self._any()
        if self._now.kind != "end":
            raise self._wrong(f'"{self._now.text}" is one too many', "and, or, or the end")
        return tuple(self._steps)

    def _split(self) -> list[_Token]:
        found, at = [], 0
        while at < len(self._text):
            if self._text[at].isspace():
                at += 1
                continue
            match = _TOKEN.match(self._text, at)
            if match is None or match.lastgroup is None:
                raise self._wrong("this cannot be read", 'a field, a sign, a number or "text"', at)
            word = match.group()
            if match.lastgroup == "word" and word.lower() in ("and", "or", "not", "in"):
                found.append(_Token("sign", word.lower(), at))
            else:
                found.append(_Token(match.lastgroup, _SAME.get(word, word), at))
            at = match.end()
        return [*found, _Token("end", "", len(self._text))]

    @property
    def _now(self) -> _Token:
        return self._tokens[self._next]

    def _took(self, sign: str) -> bool:
        is_it = self._now.kind == "sign" and self._now.text == sign
        self._next += is_it
        return is_it

    def _need(self, sign: str) -> None:
        if not self._took(sign):
            raise self._wrong(f'"{sign}" is missing', sign)

    def _any(self) -> None:
        self._all()
        while self._took("or"):
            self._all()
            self._steps.append("or")

    def _all(self) -> None:
        self._one()
        while self._took("and"):
            self._one()
            self._steps.append("and")

    def _one(self) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise self._wrong("brackets stand too deep", f"{_DEEPEST} at most")
        if self._took("not"):
            self._one()
            self._steps.append("not")
        elif self._took("("):
            self._any()
            self._need(")")
        else:
            self._comparison()
        self._depth -= 1

    def _comparison(self) -> None:
        at = self._now.at
        field = self._field()
        is_not = self._took("not")
        if self._took("in"):
            self._need("(")
            values = [self._value(field)]
            while self._took(","):
                values.append(self._value(field))
            self._need(")")
            sign = "="
        else:
            sign = self._now.text
            if is_not or self._now.kind != "sign" or sign not in ("=", "==", "!=", *_ORDERS):
                raise self._wrong(f"{field} is compared with nothing", "=, !=, <, <=, >, >= or in")
            self._next += 1
            values = [self._value(field)]
            is_not, sign = sign == "!=", "=" if sign in ("=", "==", "!=") else sign
        if sign in _ORDERS and (field in TEXTS or not _is_number(values[0])):
            raise self._wrong(f"{field} {sign} {values[0]} orders no numbers", "= or in", at)
        self._steps.append(Comparison(field, sign, tuple(values)))
        if is_not:
            self._steps.append("not")

    def _field(self) -> str:
        token = self._now
        if token.kind != "word":
            raise self._wrong("a field is missing", _FIELDS)
        self._next += 1
        if token.text + "." != OF_ATTRIBUTE:
            if token.text not in (*TEXTS, *NUMBERS):
                known = nearest(token.text, (*TEXTS, *NUMBERS, "attributes"))
                raise self._wrong(f'no field is called "{token.text}"', known, token.at)
            return token.text
        self._need(".")
        name = self._now
        if name.kind not in ("word", "text"):
            raise self._wrong("the attribute's name is missing", "attributes.NAME")
        self._next += 1
        return OF_ATTRIBUTE + (_unquoted(name.text) if name.kind == "text" else name.text)

    def _value(self, field: str) -> str:
        token = self._now
        if token.kind not in ("text", "number"):
            raise self._wrong("a value is missing", '"text" in quotes, or a number')
        if token.kind == "text" and field in NUMBERS:
            raise self._wrong(f"{field} is compared with a text", "a number")
        self._next += 1
        return _unquoted(token.text) if token.kind == "text" else token.text

    def _wrong(self, what: str, expected: str, at: int | None = None) -> InvalidRecord:
        place = self._now.at if at is None else at
        rest = self._text[place : place + 20]
        return InvalidRecord(
            what,
            where=f"where, character {place + 1}" + (f", “{rest}”" if rest else ""),
            expected=expected,
            next_step='write it as: category = "tea" and price < 50',
        )


_FIELDS = ", ".join((*TEXTS, *NUMBERS, "attributes.NAME"))


def _unquoted(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text[1:-1], flags=re.DOTALL)


def _is_number(value: str) -> bool:
    try:
        return bool(np.isfinite(float(value)))
    except ValueError:
        return False
