"""Routes of the network of people: whom somebody trusts, and the figures of all."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import JSONResponse

from zhiyin.apps.api.entities import is_of_id, user_fields
from zhiyin.apps.api.people_bodies import NetworkAnswer, TrustedAnswer
from zhiyin.apps.api.problems import OF_PAGES
from zhiyin.shop import Shop


def network_routes(shop: Shop) -> APIRouter:
    """Return the routes of a shop's network; they go before those that tell of one entity."""
    router = APIRouter(prefix="/v1", tags=["people"], responses=dict(OF_PAGES))

    @router.get(
        "/users/{user:path}/trusted",
        response_model=TrustedAnswer,
        responses={404: {"description": "No user has that id"}},
    )
    def trusted(
        user: Annotated[str, Path(max_length=512, examples=["u1"])],
        request: Request,
        n: Annotated[int, Query(ge=1, le=1000, description="How many people.")] = 10,
    ) -> Any:
        """Return the people somebody trusts, by own word and votes or by the word of those it trusts.

        Never who hides, who blocks or is blocked.
        """
        if is_of_id(request, "trusted"):
            return JSONResponse(user_fields(shop, f"{user}/trusted"))
        return JSONResponse({"user": user, "people": shop.people.trusted(user, n=n)})

    @router.get("/network", response_model=NetworkAnswer)
    def network() -> Any:
        """Return the figures of the network of people: ties, trust, communities and what they choose, experts.

        They are made once for each training, at the first question.
        """
        return JSONResponse(shop.people.network())

    return router
