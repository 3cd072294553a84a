"""A few rounds of benchmarks/faults.py: workers and importers killed at random moments."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "faults.py"


def test_no_kill_loses_or_doubles_what_was_acknowledged(monkeypatch: pytest.MonkeyPatch) -> None:
    spec = importlib.util.spec_from_file_location("faults", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    faults = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "faults", faults)  # its data classes look there
    spec.loader.exec_module(faults)
    told = faults.run(rounds=6, seed=3)
    assert told.rounds == 6
    assert told.acknowledged > 5 * faults.CLIENTS * faults.BATCHES * faults.BATCH
    assert (told.lost, told.duplicated) == (0, 0)
