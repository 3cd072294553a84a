"""What was found when something was looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from zhiyin.errors import StoreError, ZhiyinError

Look = Callable[[], str | ZhiyinError]
"""Returns what it found where all is well, and an error where something may go wrong later; raises what is wrong now."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: ``PASS``, ``WARN`` where something may go wrong later, ``FAIL``.

    Attributes:
        check: its name.
        status: how it is.
        found: in a sentence, with all of what follows.
        where: it is, where it is not well; likewise what was ``expected``, and the ``next_step``.
    """

    check: str
    status: Literal["PASS", "WARN", "FAIL"]
    found: str
    where: str = ""
    expected: str = ""
    next_step: str = ""


def looked(check: str, look: Look) -> Finding:
    """Return what a look found; one that breaks is a finding, too, so that the others are heard.

    >>> looked("sum", lambda: "1").status, looked("sum", lambda: str(1 // 0)).status
    ('PASS', 'FAIL')
    """
    try:
        found = look()
    except ZhiyinError as error:
        return _unwell(check, "FAIL", error)
    except OSError as error:
        return _unwell(check, "FAIL", refused(error))
    except ImportError as error:
        what = f"a package is missing or broken: {error}"
        expected, step = "what zhiyin asks for", "pip install --upgrade zhiyin"
        return _unwell(
            check, "FAIL", ZhiyinError(what, where=check, expected=expected, next_step=step)
        )
    except Exception as error:  # noqa: BLE001 - whatever is broken here, the other checks are wanted
        what = f"looking was not possible: {type(error).__name__}: {error}"
        step = "see what this check needs: docs/doctor.md"
        return _unwell(
            check, "FAIL", ZhiyinError(what, where=check, expected="an answer", next_step=step)
        )
    if isinstance(found, ZhiyinError):
        return _unwell(check, "WARN", found)
    return Finding(check, "PASS", found)


def refused(error: OSError) -> StoreError:
    """Return in four parts what the operating system refused."""
    return StoreError(
        error.strerror or str(error),
        where=str(error.filename or ""),
        expected="a file or folder that this user may read and write",
        next_step="check the path, the rights and the space on the disk",
    )


def _unwell(check: str, status: Literal["WARN", "FAIL"], error: ZhiyinError) -> Finding:
    return Finding(check, status, str(error), error.where, error.expected, error.next_step)
