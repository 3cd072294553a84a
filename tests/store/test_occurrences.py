from __future__ import annotations

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from zhiyin.store import occurrences
from zhiyin.store.occurrences import Occurrences


@given(st.lists(st.lists(st.integers(0, 9), max_size=12), max_size=20))
def test_each_hash_is_counted_as_a_dictionary_would(chunks):
    seen, expected = Occurrences(), Counter()
    for chunk in chunks:
        counts = seen.add(np.array(chunk, np.uint64))
        for hash, count in zip(chunk, counts.tolist(), strict=True):
            assert count == expected[hash]
            expected[hash] += 1


def test_long_runs_lie_in_a_file_and_count_the_same(monkeypatch):
    monkeypatch.setattr(occurrences, "_IN_MEMORY", 8)
    seen = Occurrences()
    hashes = np.arange(1_000, dtype=np.uint64)
    for chunk in np.array_split(hashes, 37):
        assert not seen.add(chunk).any()
    assert any(isinstance(run, np.memmap) for run in seen._runs)
    assert (seen.add(hashes[::-1]) == 1).all()
    assert len(seen._runs) < 12
