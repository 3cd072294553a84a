"""Routes by which people are forgotten; they go behind all others that begin with a person's id."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from fastapi.responses import JSONResponse

from zhiyin.apps.api.entities import WholeEntityRoute
from zhiyin.apps.api.forget_bodies import ReceiptAnswer, ReceiptsAnswer
from zhiyin.apps.api.problems import OF_DATA
from zhiyin.shop import Shop

_UNKNOWN: dict[int | str, dict[str, Any]] = {404: {"description": "Nobody has that id, or had it"}}


def forget_routes(shop: Shop) -> APIRouter:
    """Return the routes of forgetting."""
    router = APIRouter(
        prefix="/v1", tags=["people"], responses=dict(OF_DATA), route_class=WholeEntityRoute
    )

    @router.delete("/users/{user:path}", response_model=ReceiptAnswer, responses=_UNKNOWN)
    def forget(user: Annotated[str, Path(max_length=512, examples=["u1"])]) -> Any:
        """Erase a person from everything and return the receipt; safe to repeat, and there is no way back.

        Rows, texts, vectors and snapshots are freed of the person before the answer. Whoever comes again under the same id is
        a new person; rows from before are refused.
        """
        return JSONResponse(shop.forget(user))

    @router.get("/forgotten", response_model=ReceiptsAnswer)
    def forgotten(
        n: Annotated[int, Query(ge=1, le=10_000, description="How many, the newest.")] = 1000,
    ) -> Any:
        """Return the receipts of who was forgotten, the oldest first; nobody is named in them."""
        return JSONResponse({"receipts": shop.forgetting.receipts()[-n:]})

    return router
