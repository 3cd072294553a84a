from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np
import pytest

from zhiyin.evaluation import cost
from zhiyin.evaluation.cost import measured


def hold(mb):
    return int(np.ones(mb * 2**17).sum())  # every page is touched


def test_the_time_is_that_of_the_block_also_when_it_raises():
    with measured() as short:
        time.sleep(0.05)
        assert np.isnan(short.seconds)
    assert 0.05 <= short.seconds < 5

    def fails():
        with measured() as failed:
            costs.append(failed)
            raise KeyError

    costs = []
    with pytest.raises(KeyError):
        fails()
    assert costs[0].seconds >= 0
    assert costs[0].rss_mb > 0


def test_memory_is_the_peak_of_the_block_and_of_no_other():
    try:
        Path("/proc/self/clear_refs").write_text("5")
    except OSError:
        pytest.skip("this system does not let a process begin its memory peak anew")
    with measured() as before:
        hold(1)
    with measured() as large:
        hold(200)
    with measured() as after:
        hold(1)
    assert 190 < large.rss_mb - before.rss_mb < 230
    assert large.rss_mb - after.rss_mb > 150


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no getrusage")
def test_elsewhere_it_is_the_peak_of_the_process(monkeypatch, tmp_path):
    with measured() as here:
        hold(50)
    monkeypatch.setattr(cost, "_CLEAR", tmp_path)  # a folder cannot be written to
    with measured() as elsewhere:
        hold(1)
    assert here.rss_mb * 0.9 < elsewhere.rss_mb < 2**20


def test_a_system_that_tells_no_memory_gives_none_and_the_time_all_the_same(monkeypatch, tmp_path):
    monkeypatch.setattr(cost, "_CLEAR", tmp_path)  # a folder cannot be written to
    monkeypatch.setitem(sys.modules, "resource", None)  # its import fails
    with measured() as there:
        hold(1)
    assert np.isnan(there.rss_mb)
    assert there.seconds > 0
