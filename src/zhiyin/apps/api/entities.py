"""What is known of one item or person, and the routes that tell it."""

from __future__ import annotations

import math
import re
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from fastapi.routing import APIRoute
from starlette.routing import Match
from starlette.types import Scope

from zhiyin.apps.api.etags import UNCHANGED, tagged
from zhiyin.apps.api.record_bodies import ItemFields, PostFields, UserFields
from zhiyin.apps.iso_times import iso
from zhiyin.core import NO_TIME, History, Kind
from zhiyin.core.times import from_us
from zhiyin.errors import UnknownEntity
from zhiyin.shop import Shop

_MOST_COUNTED = 200
_MOST_TOLD = 20
_NAMES = {Kind.ITEM: "item", Kind.PERSON: "user", Kind.POST: "post"}


_PARTS = re.compile(
    rb"/v1/(items/.+/(similar|together|opinions|portrait)"
    rb"|users/.+/(portrait|portrait/[^/]+|ties|trusted|people-to-follow|orders))$"
)
"""What a path ends with that is of an entity's part, and not of the entity itself."""


class WholeEntityRoute(APIRoute):
    """A route of an id that may hold slashes; paths of an entity's parts are not its own, whatever their method."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Return whether a request is for this route."""
        is_part = _PARTS.search(scope.get("raw_path") or b"")
        return (Match.NONE, {}) if is_part else super().matches(scope)


def entity_routes(shop: Shop) -> APIRouter:
    """Return the routes that tell of one entity; they go after routes that have more to their path."""
    problems: dict[int | str, dict[str, Any]] = {
        401: {"description": "The key is missing or wrong"},
        422: {"description": "The request cannot be taken"},
        503: {"description": "The store does not answer"},
    }
    router = APIRouter(
        prefix="/v1", tags=["data"], responses=problems, route_class=WholeEntityRoute
    )

    @router.get(
        "/items/{item:path}",
        response_model=ItemFields,
        responses={404: {"description": "No item has that id"}, **UNCHANGED},
    )
    def item(
        item: Annotated[str, Path(max_length=512, examples=["tea-7"])], request: Request
    ) -> Any:
        """Return what is known of an item; of one that only an event named, that is its id.

        The slashes of an id may stand as they are, or as `%2F`. An id that ends in `/similar` needs the latter there,
        since that path is the list of similar items.
        """
        return tagged(request, item_fields(shop, item))

    @router.get(
        "/users/{user:path}",
        response_model=UserFields,
        responses={404: {"description": "No user has that id"}, **UNCHANGED},
    )
    def user(user: Annotated[str, Path(max_length=512, examples=["u1"])], request: Request) -> Any:
        """Return what is known of a person, with their last events."""
        return tagged(request, user_fields(shop, user))

    @router.get(
        "/posts/{post:path}",
        response_model=PostFields,
        responses={404: {"description": "No post has that id"}, **UNCHANGED},
    )
    def post(
        post: Annotated[str, Path(max_length=512, examples=["review-9"])], request: Request
    ) -> Any:
        """Return what is known of a text that somebody published."""
        return tagged(request, post_fields(shop, post))

    return router


def is_of_id(request: Request, name: str) -> bool:
    """Return whether the slash before a route's last word is escaped, and so the id's own."""
    raw: bytes = request.scope.get("raw_path", b"")
    return raw.lower().endswith(b"%2f" + name.encode())


def item_fields(shop: Shop, key: str) -> dict[str, Any]:
    """Return what is known of an item, without what is not.

    Raises:
        UnknownEntity: no item has that id.
    """
    known = _known(shop, Kind.ITEM, key)
    return {name: value for name, value in known.items() if name != "number"}


def user_fields(shop: Shop, key: str) -> dict[str, Any]:
    """Return what is known of a person, and their last events with items, newest first.

    Raises:
        UnknownEntity: no user has that id.
    """
    known = _known(shop, Kind.PERSON, key)
    history = shop.store.history(known["number"], _MOST_COUNTED)
    shop.catalogue.refresh()
    told: dict[str, Any] = {
        name: known[name] for name in ("id", "created", "attributes") if name in known
    }
    events = [_event(shop, history, row) for row in range(min(len(history.items), _MOST_TOLD))]
    return {**told, "event_count": len(history.items), "events": events}


def post_fields(shop: Shop, key: str) -> dict[str, Any]:
    """Return what is known of a post, without what is not.

    Raises:
        UnknownEntity: no post has that id.
    """
    number = _known(shop, Kind.POST, key)["number"]
    said = shop.store.people.wrote([number]).get(number, {})
    told: dict[str, Any] = {"id": key}
    for name, kind in (("user", Kind.PERSON), ("item", Kind.ITEM)):
        whose = said.pop("person" if name == "user" else name, None)
        told[name] = None if whose is None else shop.store.keys(kind, [whose])[0]
    time_us = said.pop("time_us", None)
    told |= said | {"time": None if time_us is None else iso(from_us(time_us))}
    return {name: value for name, value in told.items() if value is not None}


def _known(shop: Shop, kind: Kind, key: str) -> dict[str, Any]:
    found = shop.store.entity(kind, key)
    if found is None:
        name = _NAMES[kind]
        raise UnknownEntity(
            f"no {name} has the id {key}", where=name, expected="an id that the shop was told"
        )
    if found["created"] is not None:
        found["created"] = iso(found["created"])
    return {"id": key, **{name: value for name, value in found.items() if value is not None}}


def _event(shop: Shop, history: History, row: int) -> dict[str, Any]:
    number, time_us = int(history.items[row]), int(history.time_us[row])
    value = float(history.values[row])
    told = {
        "item": shop.catalogue.key(number),
        "title": shop.catalogue.title(number, shop.settings.language),
        "type": str(history.types[row]),
        "value": None if math.isnan(value) else value,
        "time": None if time_us == NO_TIME else iso(from_us(time_us)),
    }
    return {name: said for name, said in told.items() if said is not None}
