"""What became of records that a client of Gorse sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from zhiyin.apps.api.problems import problem
from zhiyin.shop import Shop


def stored_all(shop: Shop, kind: str, records: Sequence[dict[str, Any]]) -> Any:
    """Store records; the answer says how many there are, or with status 422 which of them cannot be taken."""
    rejected = [asdict(one) for one in shop.put(kind, records).rejected]
    if rejected:
        first = rejected[0]
        detail = f"body[{first['index']}]: {first['reason']}; the others are stored"
        return problem(
            422, f"{len(rejected)} of the {kind} cannot be taken", detail, rejected=rejected
        )
    return {"RowAffected": len(records)}
