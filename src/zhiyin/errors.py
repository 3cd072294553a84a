"""Every error Zhiyin raises on purpose, in one tree.

ZhiyinError
├── SettingsError          a setting, an option or a part's name is wrong
│   ├── UnknownPart        no part of that family has that name
│   ├── NotOffered         a part asks for a service that is not there
│   └── MissingExtra       what it needs comes with an extra that is not installed
├── DataError              data from outside is wrong
│   ├── InvalidRecord      a file, row or request body cannot be read
│   ├── UnknownEntity      no item, post or person has that id
│   └── InvalidToken       a token of the next page is not one of ours
│       └── ExpiredToken   it was, but too long ago
├── AccessError            the door does not let a request through
│   ├── UnknownKey         it shows no key that holds
│   ├── NotAuthorised      its key is for something else
│   └── TooManyRequests    its key has asked too often
├── StoreError             what is kept cannot be reached
│   ├── NotFound           nothing is stored under that name
│   ├── Conflict           another writer got there first
│   └── StoreUnavailable   the database does not answer
├── ModelError             a language model gave no answer that can be used
│   ├── NeedsKey           its endpoint wants a key, or another one
│   ├── RateLimited        it, or our own limit, lets no more through for now
│   ├── ModelTimeout       it did not answer in time
│   └── BadOutput          it answered, but not with what was asked for
└── StageError             a pipeline stage misbehaved
    ├── BrokenContract     it answered with something else than it promised
    └── MissingField       it needs what no stage before it gave
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class ZhiyinError(Exception):
    """An error in four parts: what, where, what was expected, next step.

    >>> print(DataError("the file is empty", where="plays.csv", expected="a header line", next_step="check the export"))
    plays.csv: the file is empty. Expected a header line. Next: check the export.
    """

    def __init__(
        self, what: str, *, where: str = "", expected: str = "", next_step: str = ""
    ) -> None:
        self.what = what
        self.where = where
        self.expected = expected
        self.next_step = next_step
        super().__init__(str(self))

    def __str__(self) -> str:
        parts = [f"{self.where}: {self.what}" if self.where else self.what]
        if self.expected:
            parts.append(f"Expected {self.expected}")
        if self.next_step:
            parts.append(f"Next: {self.next_step}")
        return " ".join(part if part.endswith("?") else f"{part}." for part in parts)


class SettingsError(ZhiyinError):
    """A setting, an option or a part's name is wrong."""


class UnknownPart(SettingsError):
    """No part of that family has that name."""


class NotOffered(SettingsError):
    """A part asks for a service that is not there, such as what only a training gives."""


class MissingExtra(SettingsError):
    """What it needs comes with an extra that is not installed."""


class DataError(ZhiyinError):
    """Data from outside is wrong."""


class InvalidRecord(DataError):
    """A file, row or request body cannot be read."""


class UnknownEntity(DataError):
    """No item, post or person has that id."""


class InvalidToken(DataError):
    """A token of the next page is not one of ours, or of another list."""


class ExpiredToken(InvalidToken):
    """A token of the next page was given too long ago."""


class AccessError(ZhiyinError):
    """The door does not let a request through."""


class UnknownKey(AccessError):
    """The request shows no key that holds."""


class NotAuthorised(AccessError):
    """The request's key is for something else."""


class TooManyRequests(AccessError):
    """The request's key has asked too often; ``retry_after_s`` says when it may again."""

    def __init__(self, what: str, *, retry_after_s: int, **parts: str) -> None:
        super().__init__(what, **parts)
        self.retry_after_s = retry_after_s


class StoreError(ZhiyinError):
    """What is kept cannot be reached."""


class NotFound(StoreError):
    """Nothing is stored under that name."""


class Conflict(StoreError):
    """Another writer got there first."""


class StoreUnavailable(StoreError):
    """The database does not answer."""


class ModelError(ZhiyinError):
    """A language model gave no answer that can be used."""


class NeedsKey(ModelError):
    """The model's endpoint wants a key, or another one."""


class RateLimited(ModelError):
    """The model's endpoint, or our own limit, lets no more through for now."""


class ModelTimeout(ModelError):
    """The model did not answer in time."""


class BadOutput(ModelError):
    """The model answered, but not with what was asked for."""


class StageError(ZhiyinError):
    """A pipeline stage misbehaved."""


class BrokenContract(StageError):
    """A stage answered with something else than it promised."""


class MissingField(StageError, KeyError):
    """A stage needs a ``field`` that no stage before it gave."""

    def __init__(self, field: str) -> None:
        super().__init__(
            f"{field} is missing",
            expected="a stage before this one that gives it",
            next_step="see which do: zhiyin parts query_hydrators, zhiyin parts hydrators",
        )
        self.field = field


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the known names and a guess at the one that was meant, for the part "expected" of an error.

    >>> nearest("trendng", ["fresh", "trending"])
    'one of fresh, trending; did you mean "trending"?'
    """
    names = sorted(known)
    lower = {known_name.lower(): known_name for known_name in names}
    close = difflib.get_close_matches(name.lower(), lower, n=1)
    guess = f'; did you mean "{lower[close[0]]}"?' if close else ""
    return f"one of {', '.join(names)}{guess}"
