from __future__ import annotations

from zhiyin.testing import StoreContract


class TestStore(StoreContract):
    """On every engine: see the fixture ``store_url``."""
