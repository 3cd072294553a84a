"""Who has logged in: keys stay on the server, the browser holds a random name for one."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass

COOKIE = "zhiyin-session"
_IDLE_S = 12 * 3600.0
_MOST = 10_000


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who visits.

    Attributes:
        key: API key that their pages ask with, None where the shop wants none.
        name: of the key.
        scopes: of the key.
    """

    key: str | None
    name: str
    scopes: tuple[str, ...]

    def allows(self, scope: str) -> bool:
        """Return whether the key is for this."""
        return scope in self.scopes or "admin" in self.scopes


class Sessions:
    """Holds sessions until they end, rest for half a day, or the process ends."""

    def __init__(self) -> None:
        self._held: dict[str, tuple[Session, float]] = {}

    def begin(self, session: Session) -> str:
        """Return the random name under which a session is held from now on."""
        now = time.monotonic()
        rested = [one for one, (_, used) in self._held.items() if now - used > _IDLE_S]
        for token in rested or (list(self._held)[:1] if len(self._held) >= _MOST else ()):
            self.end(token)
        token = secrets.token_urlsafe(32)
        self._held[token] = session, now
        return token

    def of(self, token: str) -> Session | None:
        """Return the session held under a name."""
        session, used = self._held.get(token, (None, 0.0))
        if session is None or time.monotonic() - used > _IDLE_S:
            self.end(token)
            return None
        self._held[token] = session, time.monotonic()
        return session

    def end(self, token: str) -> None:
        """Forget a session."""
        self._held.pop(token, None)
