"""`make audit` says what is weak, and never that all is well when nobody could tell."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Sequence

import pytest

from tests.dependency_audit import CANARY, main

WEAK = {"name": "a", "version": "1", "vulns": [{"id": "CVE-1", "fix_versions": ["2"]}]}
SOUND = {"name": "b", "version": "1", "vulns": []}
UNKNOWN = {"name": "jinja2", "skip_reason": "not found"}


def answering(
    canary: object, installed: object = ()
) -> Callable[[Sequence[str]], subprocess.CompletedProcess[str]]:
    """Return a stand-in for running pip-audit; what is no list is told on stderr."""

    def run(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
        told = canary if "--requirement" in command else installed
        if isinstance(told, str):
            return subprocess.CompletedProcess(command, 1, "", told)
        return subprocess.CompletedProcess(command, 0, json.dumps({"dependencies": told}), "")

    return run


@pytest.mark.parametrize(
    ("canary", "reason"),
    [("Connection refused", "refused"), ([UNKNOWN], "not found"), ([SOUND], "knows none")],
)
def test_without_a_source_it_says_why_it_was_skipped(
    capsys: pytest.CaptureFixture[str], canary: object, reason: str
) -> None:
    assert main(answering(canary, [WEAK])) == 0
    said = capsys.readouterr().out
    assert said.startswith("SKIPPED: ")
    assert CANARY in said
    assert reason in said


def test_what_is_weak_is_told_and_fails(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(answering([WEAK], [SOUND, WEAK])) == 1
    assert "a 1: CVE-1, mended in 2" in capsys.readouterr().out


def test_what_is_sound_passes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(answering([WEAK], [SOUND])) == 0
    assert "0 known weaknesses, by pypi" in capsys.readouterr().out


def test_a_source_that_falls_silent_is_no_pass(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(answering([WEAK], "timed out")) == 0
    assert "SKIPPED: pypi: timed out" in capsys.readouterr().out
