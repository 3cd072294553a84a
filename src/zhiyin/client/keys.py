"""Operations on API keys, and the log of who changed how a shop is run."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from zhiyin.client.calls import Answer, Call, Caller, Lines, Text


class Keys(Caller[Answer, Text, Lines]):
    """Makes and ends keys; none of this is sent again by itself, since a secret is told once."""

    def keys(self) -> Answer:
        """Return all keys, without their secrets."""
        return self._get("/v1/keys")

    def current_key(self) -> Answer:
        """Return whose key this client shows, and what it is for."""
        return self._get("/v1/keys/current")

    def add_key(self, name: str, scopes: Sequence[str], *, expires: str | None = None) -> Answer:
        """Make a key, and return it with its secret."""
        body = {"name": name, "scopes": list(scopes), "expires": expires}
        return self._ask(Call("POST", "/v1/keys", body=body, is_repeatable=False))

    def rotate_key(self, name: str, *, grace: str = "24h") -> Answer:
        """Make a new secret for a key, and return it; the old one opens for ``grace`` longer."""
        path = "/v1/keys/{name}/rotate"
        call = Call("POST", path, {"name": name}, body={"grace": grace}, is_repeatable=False)
        return self._ask(call)

    def revoke_key(self, name: str) -> Answer:
        """Let a key open nothing any more."""
        return self._ask(Call("DELETE", "/v1/keys/{name}", {"name": name}))

    def audit(self, *, since: datetime | None = None, n: int | None = None) -> Answer:
        """Return who changed how the shop is run, and when."""
        return self._get("/v1/audit", since=None if since is None else since.isoformat(), n=n)
