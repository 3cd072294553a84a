"""Users, items and feedback: as the shop keeps them, and as Gorse tells them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from zhiyin.apps.gorse.bodies import ItemPatch, UserPatch
from zhiyin.apps.iso_times import iso
from zhiyin.core import Kind
from zhiyin.core.times import from_us
from zhiyin.errors import UnknownEntity
from zhiyin.shop import Shop

NO_TIME = "0001-01-01T00:00:00Z"
_DELETED = "deleted"
Known = Mapping[str, Any]
"""A row of the store's entities, ``attributes`` read."""


def stored(shop: Shop, kind: Kind, keys: Iterable[str]) -> dict[str, Known]:
    """Return what is kept of entities by their ids, also of items that were deleted here."""
    numbers = shop.store.numbers(kind, list(keys))
    return {row["id"]: row for row in rows(shop.store.entities.of(kind, numbers[numbers >= 0]))}


def known(shop: Shop, kind: Kind, key: str) -> Known:
    """Return what is known of one entity.

    Raises:
        UnknownEntity: there is none with that id, or it was deleted here.
    """
    row = stored(shop, kind, [key]).get(key)
    if row is None or is_deleted(row):
        name = "item" if kind is Kind.ITEM else "user"
        raise UnknownEntity(
            f"no {name} has the id {key}",
            where=name,
            expected="an id that the shop was told",
            next_step=f"POST /api/{name} brings it in",
        )
    return row


def rows(found: Any) -> list[Known]:
    """Return a frame of the store's entities as rows."""
    return [
        {**row, "attributes": json.loads(row["attributes"] or "{}")}
        for row in found.iter_rows(named=True)
    ]


def is_deleted(row: Known) -> bool:
    """Return whether an item was deleted by a client of Gorse."""
    return row["attributes"].get(_DELETED) is True


def told_user(row: Known) -> dict[str, Any]:
    """Return a user as Gorse tells one."""
    said = row["attributes"]
    return {
        "UserId": row["id"],
        "Labels": _labels(said, "comment"),
        "Subscribe": None,
        "Comment": str(said.get("comment", "")),
    }


def told_item(row: Known) -> dict[str, Any]:
    """Return an item as Gorse tells one; what cannot be bought is hidden."""
    created = row["created"]
    return {
        "ItemId": row["id"],
        "IsHidden": row["stock"] == 0,
        "Categories": categories_of(row),
        "Timestamp": NO_TIME if created is None else iso(created),
        "Labels": _labels(row["attributes"], "categories"),
        "Comment": row["title"] or "",
    }


def told_feedback(done: Any) -> dict[str, Any]:
    """Return something that was done as Gorse tells feedback."""
    return {
        "FeedbackType": done.type,
        "UserId": done.user,
        "ItemId": done.item,
        "Value": done.value or 0.0,
        "Timestamp": NO_TIME if done.time_us is None else iso(from_us(done.time_us)),
        "Comment": str(json.loads(done.context or "{}").get("comment", "")),
    }


def categories_of(row: Known) -> list[str]:
    """Return an item's categories, the one the shop keeps it under first."""
    said = row["attributes"].get("categories")
    if isinstance(said, list):
        return [str(one) for one in said]
    return [row["category"]] if row["category"] else []


def user_record(user: str, patch: UserPatch, before: Known | None) -> dict[str, Any]:
    """Return the record of a user for the shop; what the patch leaves out is as before."""
    had = before["attributes"] if before else {}
    labels = _labels(had, "comment") if patch.labels is None else patch.labels
    comment = str(had.get("comment", "")) if patch.comment is None else patch.comment
    told = {**({"comment": comment} if comment else {}), **_attributes(labels)}
    return {"id": user, "attributes": told or {"labels": []}}  # none at all would erase nothing


def item_record(
    item: str, patch: ItemPatch, before: Known | None, *, is_out: bool
) -> dict[str, Any]:
    """Return the record of an item for the shop; what the patch leaves out is as before.

    Args:
        item: its id.
        patch: what a client said.
        before: what was known, None where nothing of it shall stay.
        is_out: whether it is out of stock now.
    """
    had = before["attributes"] if before else {}
    categories = patch.categories
    if categories is None:
        categories = categories_of(before) if before else []
    labels = _labels(had, "categories") if patch.labels is None else patch.labels
    record: dict[str, Any] = {
        "id": item,
        "title": patch.comment or None,
        "category": next(iter(categories), None),
        "created": patch.timestamp and iso(patch.timestamp),
        "attributes": {**_attributes(labels), "categories": categories},
    }
    if patch.is_hidden is not None and patch.is_hidden != is_out:
        record["stock"] = int(not patch.is_hidden)  # the store erases no number: shown again is 1
    return record


def deleted_item(item: str) -> dict[str, Any]:
    """Return the record of an item that no list shows any more and that this door does not know."""
    return {"id": item, "stock": 0, "attributes": {_DELETED: True}}


def now_us() -> int:
    """Return the moment in microseconds since 1970 UTC."""
    return int(datetime.now(UTC).timestamp() * 1e6)


def _attributes(labels: Any) -> dict[str, Any]:
    told = labels if isinstance(labels, dict) else {"labels": labels}
    return {name: said for name, said in told.items() if said not in (None, "", [])}


def _labels(attributes: Known, *without: str) -> Any:
    """Return attributes as labels; a list or a text of labels stands under their name."""
    rest = {name: said for name, said in attributes.items() if name not in without}
    return (rest["labels"] if list(rest) == ["labels"] else rest) or None
