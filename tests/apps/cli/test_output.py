"""Nothing that is printed for people is a command to the terminal."""

from __future__ import annotations

import pytest

from zhiyin.apps.cli.output import listing, printable, say, table

EVIL = "a\x1b[2Jb\x9b\x07\tc"


def test_what_is_not_printable_is_a_space_and_line_breaks_stay() -> None:
    assert printable(f"{EVIL}\n茶") == "a [2Jb   c\n茶"


def test_every_way_of_printing_is_safe(capsys: pytest.CaptureFixture[str]) -> None:
    say(EVIL)
    listing([[EVIL, "x"], ["y", EVIL]], indent=2)
    table(EVIL, [EVIL, "n"], [[EVIL, 1]])
    lines = capsys.readouterr().out.splitlines()
    assert sum(line.count("a [2Jb   c") for line in lines) == 6
    assert all(line.isprintable() for line in lines)


def test_lines_break_in_a_terminal_alone(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    long = " ".join(["2026-05-01T09:30:00Z"] * 9)
    table("", ["time", "more"], [[long, long]])
    assert long not in capsys.readouterr().out
    monkeypatch.delenv("COLUMNS")
    table("", ["time", "more"], [[long, long]])
    listing([["a", f"{long} {long}"]], indent=5)
    out = capsys.readouterr().out
    assert all(f"{long}{gap}{long}" in out for gap in (" ", "   "))
    assert f"     a  {long} {long}\n" in out
