"""What the command says of itself, held in golden files; GOLDEN=write pytest tests/apps/cli writes them anew."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.apps.cli.conftest import Zhiyin
from zhiyin import __version__

GOLDEN = Path(__file__).parent.parent / "golden"
VERBS = [
    "init", "demo", "import", "check", "mine", "train", "evaluate", "recommend", "why", "search", "suggest", "searches", "feed", "chat", "portrait", "network",
    "serve", "export", "forget", "dump", "restore", "rollback", "audit", "parts", "doctor", "insights", "keys", "pseudonyms", "rules", "synonyms", "bench",
]  # fmt: skip


@pytest.mark.parametrize("verb", ["", *VERBS])
def test_help_is_as_agreed(zhiyin: Zhiyin, verb: str) -> None:
    result = zhiyin(*([verb] if verb else []), "--help")
    assert result.exit_code == 0
    assert result.stderr == ""
    golden = GOLDEN / f"help-{verb or 'zhiyin'}.txt"
    if os.environ.get("GOLDEN") == "write":
        golden.write_text(result.stdout, encoding="utf-8")
    assert result.stdout == golden.read_text(encoding="utf-8")


def test_every_verb_fits_on_one_line(zhiyin: Zhiyin) -> None:
    lines = zhiyin("--help").stdout.partition("Commands:\n")[2].splitlines()
    assert [line.split()[0] for line in lines] == VERBS
    assert all(line.endswith(".") and not line.endswith("...") for line in lines)


def test_without_a_verb_it_shows_the_help_as_a_usage_error(zhiyin: Zhiyin) -> None:
    result = zhiyin()
    assert result.exit_code == 2
    assert "Commands:" in result.stdout + result.stderr


def test_version(zhiyin: Zhiyin) -> None:
    assert zhiyin("--version").stdout == f"zhiyin {__version__}\n"


@pytest.mark.parametrize("words", [["--help"], ["recommend", "--help"], ["--version"]])
def test_help_loads_nothing_heavy(words: list[str]) -> None:
    code = (
        "import sys\n"
        "from zhiyin.apps.cli.main import app\n"
        f"app({words!r}, standalone_mode=False)\n"
        "heavy = {'numpy', 'polars', 'sqlalchemy', 'fastapi', 'scipy', 'uvicorn'}\n"
        "sys.stderr.write(' '.join(sorted(heavy & set(sys.modules))))\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stderr == ""
    assert ran.stdout
