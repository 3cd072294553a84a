"""How a verb fails: one message on stderr, and an exit code."""

from __future__ import annotations

import errno
import sys
from typing import Any, NoReturn

import typer
from typer.core import TyperGroup

from zhiyin.errors import StoreError, UnknownPart, ZhiyinError


class Verbs(TyperGroup):
    """The verbs; what goes wrong in one of them is said in one line instead of a traceback."""

    def invoke(self, ctx: typer.Context) -> Any:  # type: ignore[override]
        """Run a verb: exit code 2 when it named a part that does not exist, 1 when it failed otherwise."""
        try:
            return super().invoke(ctx)
        except ZhiyinError as error:
            _fail(error, code=2 if isinstance(error, UnknownPart) else 1)
        except OSError as error:
            if error.errno == errno.EPIPE:  # whoever read the output has gone; Typer ends quietly
                raise
            _fail(refused_by_the_system(error), code=1)


def refused_by_the_system(error: OSError) -> StoreError:
    """Return in four parts what the operating system refused."""
    return StoreError(
        error.strerror or str(error),
        where=str(error.filename or ""),
        expected="a file or folder that this user may read and write",
        next_step="check the path, the rights and the space on the disk",
    )


def _fail(error: ZhiyinError, *, code: int) -> NoReturn:
    sys.stderr.write(f"zhiyin: {error}\n")
    raise typer.Exit(code) from error
