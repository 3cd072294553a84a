from __future__ import annotations

from pathlib import Path

import pytest

from zhiyin.testing import StoreContract


@pytest.fixture(params=["sqlite"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return {"sqlite": f"sqlite:///{tmp_path}/shop.db"}[request.param]


class TestStore(StoreContract):
    pass
