"""The API key: who may ask."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, HTTPException
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import SecretStr

from zhiyin.errors import SettingsError

_bearer = HTTPBearer(
    auto_error=False, description="The secret in ZHIYIN_API__KEY, where one is set."
)
_Shown = Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]


def key_check(key: SecretStr | None) -> Callable[[_Shown], None]:
    """Return a dependency that answers 401 to a request that does not show the key; without one, all may ask.

    Raises:
        SettingsError: the key is blank, which would let in everybody.
    """
    wanted = None if key is None else key.get_secret_value().encode()
    if wanted is not None and not wanted.strip():
        raise SettingsError(
            "the API key is blank",
            where="api.key",
            expected="a secret in ZHIYIN_API__KEY",
            next_step="set it to something long, or unset it to listen on this machine only",
        )

    def check(shown: _Shown = None) -> None:
        # Headers are read as Latin-1: back to the bytes that were sent, whatever the key is written in.
        given = shown.credentials.encode("latin-1") if shown else b""
        if wanted is not None and not secrets.compare_digest(given, wanted):
            raise HTTPException(
                401, "Send the key: Authorization: Bearer KEY", {"WWW-Authenticate": "Bearer"}
            )

    return check
