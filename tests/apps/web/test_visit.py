"""Sessions and clients: a key that opens nothing is not held."""

from __future__ import annotations

import asyncio
from pathlib import Path

from httpx import ASGITransport
from pydantic import SecretStr

from zhiyin.apps.api.app import create_app
from zhiyin.apps.web.visit import Clients, Visits
from zhiyin.settings import ApiSettings, Settings
from zhiyin.shop import Shop


def test_a_wrong_key_makes_no_session_and_is_not_kept(home: Path) -> None:
    settings = Settings(home=home, api=ApiSettings(key=SecretStr("right")))
    with Shop.open(settings) as shop:
        clients = Clients("http://127.0.0.1", ASGITransport(create_app(shop)))
        visits = Visits(clients)

        async def tried() -> None:
            for at in range(20):
                assert await visits.session_with(f"wrong-{at}") is None
            session = await visits.session_with("right")
            assert session is not None
            assert session.allows("admin")

        asyncio.run(tried())
        assert len(clients) == 1
