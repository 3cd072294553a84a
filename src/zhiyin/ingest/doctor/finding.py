"""What one check found."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Status = Literal["PASS", "WARN", "FAIL"]
Examples = Sequence[Mapping[str, Any]]

MOST_EXAMPLES = 10


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found in a shop's data.

    Attributes:
        check: name of the check, ``theme.check``.
        status: ``FAIL`` where what is learned will be wrong until it is mended, ``WARN`` where it is worth a look.
        found: how many records the check is about.
        of: how many it looked at; 0 or 1 where there is nothing to count.
        what: what it means, in one sentence.
        examples: at most ten, in the shop's own ids, titles and times; none when all is well.
        advice: what to do about it; empty when all is well.

    >>> judged("ties.self", 1, 4, "ties of a person to themselves", "they say nothing", "drop them", list).status
    'WARN'
    """

    check: str
    status: Status
    found: int
    of: int
    what: str
    examples: Examples = ()
    advice: str = ""


def judged(
    check: str,
    found: int,
    of: int,
    counted: str,
    means: str,
    advice: str,
    examples: Callable[[], Examples],
    *,
    warn_above: float = 0.0,
    fail_above: float = 1.0,
) -> Finding:
    """Return a finding whose status follows from a share.

    Args:
        check: name of the check.
        found: how many records are as they should not be.
        of: how many there are.
        counted: what those records are, in the plural.
        means: what follows when there are too many.
        advice: what to do then, as a sentence.
        examples: asked for only then.
        warn_above: the share of ``found`` above which it is WARN.
        fail_above: the share above which it is FAIL; 1.0 never is.
    """
    share = found / of if of else 0.0
    if share <= warn_above:
        return passed(check, found, of, counted)
    status: Status = "FAIL" if share > fail_above else "WARN"
    return Finding(check, status, found, of, sentence(f"{counted}: {means}"), examples(), advice)


def passed(check: str, found: int, of: int, counted: str) -> Finding:
    """Return the finding of a check that has nothing to complain of."""
    return Finding(check, "PASS", found, of, sentence(counted))


def sentence(text: str) -> str:
    """Return a text with a capital at its start and a full stop at its end."""
    return f"{text[0].upper()}{text[1:]}."
