"""A small day of benchmarks/soak.py: every kind of request is answered, and the memory of the workers is read."""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pytest

pytestmark = pytest.mark.slow

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


def test_a_small_day_has_no_errors(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    import soak

    monkeypatch.setattr(soak, "OLD_S", 1.0)
    monkeypatch.setattr(soak, "TRAININGS", (0.2,))
    told = soak.live(home, argparse.Namespace(requests=600, events=200, every_s=0.2, seed=1))
    assert (told["errors"], told["said"], told["workers_lived"]) == (0, [], True)
    # One page has all items, so that there is no next one.
    assert set(told["did"]) == {*soak.CHANCES, "page", "events"} - {"next"}
    assert told["events_accepted"] >= 200
    assert len(told["trainings_s"]) == 1
    assert all(row["Pss"] > row["Pss_Anon"] > 0 for row in told["megabytes"])


@pytest.mark.parametrize(("grown", "is_flat"), [(0.0, True), (0.04, True), (0.1, False)])
def test_memory_that_grows_is_not_flat(
    grown: float, is_flat: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    import soak

    shares = np.linspace(0, 1, 101)
    read = [
        (share, dict.fromkeys(("Pss", "Pss_Anon", "Pss_File"), 300 * (1 + grown * share)))
        for share in shares
    ]
    read[:20] = [(share, dict.fromkeys(held, 100.0)) for share, held in read[:20]]
    assert soak.judged(read)["is_flat"] is is_flat
