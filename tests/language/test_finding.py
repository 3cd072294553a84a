from __future__ import annotations

from dataclasses import FrozenInstanceError
from datetime import timedelta

import pytest

from zhiyin.language.finding import Finding


def test_a_finding_lasts_unless_it_says_how_long_and_does_not_change():
    found = Finding("price", "9.9", 0, 4, 0.9, "rule:price")
    assert found.lasts is None
    assert Finding("price", "9.9", 0, 4, 0.9, "rule:price", timedelta(days=1)) != found
    with pytest.raises(FrozenInstanceError):
        found.value = "8"
