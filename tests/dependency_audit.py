"""Known weaknesses of what is installed here, as pip-audit is told of them: `make audit`.

A source that cannot be reached, or that answers and knows of none at all, would make everything look sound. So it is asked
first about a package whose weaknesses are old and public; one that does not know them is no source.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

Run = Callable[[Sequence[str]], "subprocess.CompletedProcess[str]"]
SOURCES = ("pypi", "osv")
CANARY = "jinja2==2.4.1"
_QUIET = ("--progress-spinner", "off", "--format", "json")


def main(run: Run) -> int:
    """Print what is known of what is installed, and return 1 if something is, else 0."""
    reasons = []
    with tempfile.TemporaryDirectory() as folder:
        canary = Path(folder) / "requirements.txt"
        canary.write_text(CANARY + "\n")
        for source in SOURCES:
            asked = ("--requirement", str(canary), "--no-deps", "--disable-pip")
            known, said = _asked(run, source, *asked)
            if known:
                return _judged(run, source)
            reasons.append(f"{source}: {said}")
    _say(f"SKIPPED: no source knows the weaknesses of {CANARY} ({'; '.join(reasons)})")
    return 0


def _judged(run: Run, source: str) -> int:
    found, said = _asked(run, source, "--local", "--skip-editable")
    if found is None:
        _say(f"SKIPPED: {source}: {said}")
        return 0
    for line in found:
        _say(line)
    _say(f"{len(found)} known weaknesses, by {source}")
    return 1 if found else 0


def _asked(run: Run, source: str, *what: str) -> tuple[list[str] | None, str]:
    """Return a line for each weakness that a source knows, None where it gave no answer, and what it said."""
    answer = run(
        [sys.executable, "-m", "pip_audit", "--vulnerability-service", source, *_QUIET, *what]
    )
    try:
        told = json.loads(answer.stdout)["dependencies"]
    except (ValueError, KeyError):
        return None, (answer.stderr.strip().splitlines() or ["no answer"])[-1][-200:]
    lines = [
        f"{one['name']} {one.get('version', '')}: {weak['id']}, mended in {', '.join(weak['fix_versions']) or 'none'}"
        for one in told
        for weak in one.get("vulns", [])
    ]
    return lines, "; ".join(
        one["skip_reason"] for one in told if "skip_reason" in one
    ) or "knows none"


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


def _run(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False)


if __name__ == "__main__":
    sys.exit(main(_run))
