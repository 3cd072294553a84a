"""Keys and the audit log as JSON."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from zhiyin.apps.iso_times import iso

if TYPE_CHECKING:
    from zhiyin.core.key import Key
    from zhiyin.shop import Shop


def key_document(key: Key) -> dict[str, Any]:
    """Return a key; its secret is nowhere known."""
    return {
        "name": key.name,
        "scopes": list(key.scopes),
        "created": iso(key.created),
        "expires": None if key.expires is None else iso(key.expires),
        "used": None if key.used is None else key.used.isoformat(),
        "revoked": None if key.revoked is None else iso(key.revoked),
        "holds": key.holds(datetime.now(UTC)),
    }


def audit_document(shop: Shop, since: datetime | None, n: int) -> dict[str, Any]:
    """Return the newest entries of the audit log, the oldest of them first."""
    deeds = shop.store.audit.since(since, n=n)
    return {"audit": [{**deed._asdict(), "time": iso(deed.time)} for deed in deeds]}
