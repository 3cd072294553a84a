"""Routes of people: who somebody is, whom they know, and whom they could follow."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import JSONResponse

from zhiyin.apps.api.entities import is_of_id, user_fields
from zhiyin.apps.api.people_bodies import (
    OrdersAnswer,
    PortraitAnswer,
    RemovedAnswer,
    TiesAnswer,
    ToFollowAnswer,
)
from zhiyin.apps.api.problems import OF_PAGES
from zhiyin.apps.orders_document import orders_document
from zhiyin.apps.portrait_wording import suggestion_text, worded
from zhiyin.apps.wording import language_for
from zhiyin.shop import Shop

_User = Annotated[str, Path(max_length=512, examples=["u1"])]
_Language = Annotated[
    str, Query(max_length=35, description="zh or en; the shop's own unless given.", examples=["zh"])
]
_Many = Annotated[int, Query(ge=1, le=1000, description="How many people.")]
_UNKNOWN: dict[int | str, dict[str, Any]] = {404: {"description": "No user has that id"}}


def people_routes(shop: Shop) -> APIRouter:
    """Return the routes of a shop's people; they go before those that tell of one entity."""
    router = APIRouter(prefix="/v1", tags=["people"], responses=dict(OF_PAGES))

    @router.get("/users/{user:path}/portrait", response_model=PortraitAnswer, responses=_UNKNOWN)
    def portrait(user: _User, request: Request, language: _Language = "") -> Any:
        """Return what is known of a person in sentences, each with what it stands on.

        Without what the person removed, and without what is nobody's business.
        """
        if is_of_id(request, "portrait"):
            return JSONResponse(user_fields(shop, f"{user}/portrait"))
        spoken = language_for(language, shop.settings.language)
        return JSONResponse(worded(shop.people.portrait(user, language=spoken), spoken))

    @router.delete(
        "/users/{user:path}/portrait/{statement}",
        response_model=RemovedAnswer,
        responses={404: {"description": "No user or no statement has that id"}},
    )
    def remove(
        user: _User, statement: Annotated[str, Path(max_length=64, examples=["2e976941728c8510"])]
    ) -> Any:
        """Never say a statement of a person again; safe to repeat."""
        shop.people.remove(user, statement)
        return {"user": user, "removed": statement}

    @router.get("/users/{user:path}/ties", response_model=TiesAnswer, responses=_UNKNOWN)
    def ties(user: _User, request: Request, n: _Many = 20) -> Any:
        """Return the people somebody knows, the closest first, each with what the tie stands on."""
        if is_of_id(request, "ties"):
            return JSONResponse(user_fields(shop, f"{user}/ties"))
        return JSONResponse({"user": user, "ties": shop.people.ties(user, n=n)})

    @router.get("/users/{user:path}/orders", response_model=OrdersAnswer)
    def orders(user: _User, request: Request, n: _Many = 20) -> Any:
        """Return a person's orders, the newest first; none for somebody unknown."""
        if is_of_id(request, "orders"):
            return JSONResponse(user_fields(shop, f"{user}/orders"))
        return JSONResponse(orders_document(user, shop.orders.orders(user, n)))

    @router.get(
        "/users/{user:path}/people-to-follow", response_model=ToFollowAnswer, responses=_UNKNOWN
    )
    def to_follow(user: _User, request: Request, n: _Many = 10, language: _Language = "") -> Any:
        """Return people whom somebody could follow, the best first, with reasons.

        Never who is followed already, who blocks or is blocked.
        """
        if is_of_id(request, "people-to-follow"):
            return JSONResponse(user_fields(shop, f"{user}/people-to-follow"))
        spoken = language_for(language, shop.settings.language)
        people = shop.people.to_follow(user, n=n)
        for one in people:
            one["reasons"] = [
                {**reason, "text": suggestion_text(reason, spoken)} for reason in one["reasons"]
            ]
        return JSONResponse({"user": user, "language": spoken, "people": people})

    return router
