"""The API key: who may ask, what for, and how often."""

from __future__ import annotations

import asyncio
import math
import secrets
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.concurrency import run_in_threadpool

from zhiyin.apps.api.guard import LOOPBACK
from zhiyin.apps.api.limits import Buckets
from zhiyin.apps.api.scopes import scope_of
from zhiyin.core.acting import set_actor
from zhiyin.core.key import ADMIN, OPERATE, SCOPES, Key
from zhiyin.errors import NotAuthorised, SettingsError, StoreError, TooManyRequests, UnknownKey
from zhiyin.shop import Shop

_bearer = HTTPBearer(
    auto_error=False,
    description="The secret of a key that `zhiyin keys add` made, or the one in ZHIYIN_API__KEY.",
)
_Shown = Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]
_ENVIRONMENT = "environment"
_LOCAL = "local"
_FRESH_S = 1.0
"""So long a key that was looked up is not looked up again: a revoked one ends within it, in every process."""
_SAID_AGAIN_S = 60.0
"""What a key is refused or reads is in the audit log once within it for each route, so that nobody fills the log."""
_OF_EVERYBODY = frozenset({"GET /v1/export/{kind}", "GET /v1/users"})
"""What changes nothing and is in the audit log all the same: it tells of all people."""


class Door:
    """Lets requests through that show a key for what they ask, and tells the store who acts.

    Where no key was ever made, whoever reaches this machine's own address may do everything. From the first key on each
    request needs one, also when all have ended.

    Args:
        shop: whose keys count, beside the one of the environment, which is for everything.
    Raises:
        SettingsError: the environment's key is blank, which would let in everybody.
    """

    def __init__(self, shop: Shop) -> None:
        api = shop.settings.api
        self._wanted = None if api.key is None else api.key.get_secret_value().encode()
        if self._wanted is not None and not self._wanted.strip():
            raise SettingsError(
                "the API key is blank",
                where="api.key",
                expected="a secret in ZHIYIN_API__KEY",
                next_step="set it to something long, or unset it to listen on this machine only",
            )
        self._keys = shop.store.api_keys
        self._audit = shop.store.audit
        self._may_be_open = self._wanted is None and api.host in LOOPBACK
        self._open_until = 0.0
        self._seen: dict[bytes, tuple[Key, float]] = {}
        self._noted: dict[tuple[str, str, str], float] = {}
        self._buckets = Buckets(api.requests_per_s, api.burst)

    async def check(self, request: Request, shown: _Shown = None) -> None:
        """Let a request of a route through, or say why not.

        Raises:
            UnknownKey: it shows no key that holds.
            TooManyRequests: its key has asked too often.
            NotAuthorised: its key is for something else.
        """
        method = request.method
        template = request.scope["route"].path_format
        # Headers are read as Latin-1: back to the bytes that were sent, whatever the key is written in.
        given = shown.credentials.encode("latin-1") if shown else b""
        route = f"{method} {template}"
        tells_of_all = route in _OF_EVERYBODY
        wanted = scope_of(method, template)
        request.state.scopes = await self.admit(
            given, [wanted] if wanted else [], route, tells_of_all=tells_of_all
        )

    async def admit(
        self, secret: bytes, scopes: Sequence[str], route: str, *, tells_of_all: bool = False
    ) -> Sequence[str]:
        """Let whoever shows a secret do something that needs scopes, and return all that they have.

        For doors that take the secret in a header of their own.

        Args:
            secret: as it was sent.
            scopes: that the key must have, all of them.
            route: method and template, for the audit log.
            tells_of_all: whether the answer tells of all people, which is in the audit log.
        Raises:
            UnknownKey, TooManyRequests, NotAuthorised: see ``check``.
        """
        name, held = await self._who(secret)
        if name is None:
            raise UnknownKey(
                "no key that holds was shown",
                where="header Authorization",
                expected="Bearer and the secret of a key",
                next_step="Authorization: Bearer KEY; whoever runs the shop makes one by zhiyin keys add",
            )
        set_actor(name)
        wait_s = 0.0 if name == _LOCAL else self._buckets.wait(name)
        if wait_s:
            raise TooManyRequests(
                "this key asks too often",
                where="api.requests_per_s",
                expected=f"{self._buckets.rate:g} requests a second",
                next_step=f"ask again in {math.ceil(wait_s)} s",
                retry_after_s=math.ceil(wait_s),
            )
        lacking = next((one for one in scopes if not {one, ADMIN} & {*held}), "")
        if lacking in (OPERATE, ADMIN):
            await self._note(name, lacking, route, "refused")
        if lacking:
            raise NotAuthorised(
                "the key is not for this",
                where=route,
                expected=f"a key with the scope {lacking}",
                next_step=f"zhiyin keys add NAME --scope {lacking}",
            )
        if tells_of_all:
            await self._note(name, scopes[0], route, "read")
        return held

    def forget(self) -> None:
        """Look every key up again: one has changed."""
        self._seen.clear()

    async def _who(self, secret: bytes) -> tuple[str | None, Sequence[str]]:
        """Return the name of whoever shows a secret, None for nobody known, and the scopes that are theirs."""
        if self._wanted is not None and secrets.compare_digest(secret, self._wanted):
            return _ENVIRONMENT, SCOPES
        if secret:
            key = await self._of(secret)
            if key is not None:
                return key.name, key.scopes
        return (_LOCAL, SCOPES) if await self._is_open() else (None, ())

    async def _of(self, secret: bytes) -> Key | None:
        """Return the key with a secret if it holds now."""
        digest, now = sha256(secret).digest(), time.monotonic()
        known, until = self._seen.get(digest, (None, 0.0))
        if now >= until:
            known = await run_in_threadpool(self._keys.of, secret.decode("utf-8", "replace"))
            self._seen.pop(digest, None)
        today = datetime.now(UTC)
        if known is None or not known.holds(today):
            return None
        if now >= until:
            self._seen[digest] = known, now + _FRESH_S
            if known.used != today.date():
                loop = asyncio.get_running_loop()
                loop.run_in_executor(None, self._keys.mark_used, known, today.date())
        return known

    async def _is_open(self) -> bool:
        if self._may_be_open and time.monotonic() >= self._open_until:
            try:
                self._may_be_open = await run_in_threadpool(self._keys.is_empty)
            except StoreError:  # nothing can be read either, and /metrics is wanted most now
                if not self._open_until:
                    raise
            self._open_until = time.monotonic() + _FRESH_S
        return self._may_be_open

    async def _note(self, name: str, scope: str, route: str, outcome: str) -> None:
        now = time.monotonic()
        if now >= self._noted.get((name, route, outcome), -math.inf) + _SAID_AGAIN_S:
            self._noted[name, route, outcome] = now
            await run_in_threadpool(self._audit.add, route, scope, outcome=outcome)
