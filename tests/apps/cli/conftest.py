from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from zhiyin.apps.cli.main import app

if TYPE_CHECKING:
    from typer.testing import Result

Zhiyin = Callable[..., "Result"]


@pytest.fixture
def zhiyin() -> Zhiyin:
    """Return a function that runs the command line in this process, as in a terminal of 80 columns."""

    def run(*words: str | Path | int) -> Result:
        return CliRunner().invoke(app, [str(word) for word in words], prog_name="zhiyin")

    return run
