from __future__ import annotations

import pytest

from zhiyin.ingest.sample import SampleShop, make


@pytest.fixture(scope="session")
def shop() -> SampleShop:
    return make(3, people=700, products=400)
