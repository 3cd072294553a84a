"""How a verb fails: one message on stderr, and an exit code."""

from __future__ import annotations

import errno
import sys
from typing import Any, NoReturn

import typer
from typer.core import TyperGroup

from zhiyin.errors import UnknownPart, ZhiyinError
from zhiyin.installation.finding import refused


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
            _fail(refused(error), code=1)


def _fail(error: ZhiyinError, *, code: int) -> NoReturn:
    sys.stderr.write(f"zhiyin: {error}\n")
    raise typer.Exit(code) from error
