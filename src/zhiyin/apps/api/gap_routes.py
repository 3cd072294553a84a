"""Routes of what service could not answer."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Body, Path, Query
from fastapi.responses import JSONResponse

from zhiyin.apps.api.gap_bodies import EXAMPLE_APPROVAL, ApprovalBody, ApprovedAnswer, GapsAnswer
from zhiyin.apps.api.problems import OF_DATA, OF_JSON
from zhiyin.apps.conversation_document import gap_document
from zhiyin.shop import Shop


def gap_routes(shop: Shop) -> APIRouter:
    """Return the routes of a shop's gaps."""
    router = APIRouter(prefix="/v1/gaps", tags=["conversations"], responses=dict(OF_DATA))

    @router.get("", response_model=GapsAnswer)
    def gaps(n: Annotated[int, Query(ge=1, le=1000, description="How many.")] = 20) -> Any:
        """Return questions without an answer, those asked most first, with drafts from what people replied.

        Personal data that can be told by its form is left out of drafts; read one before you approve it.
        """
        found = shop.conversations.gaps.found(n)
        return JSONResponse({"gaps": [gap_document(one) for one in found]})

    @router.post(
        "/{gap}",
        response_model=ApprovedAnswer,
        responses={404: {"description": "There is no such gap"}, **OF_JSON},
    )
    def approve(
        gap: Annotated[str, Path(max_length=64, examples=["5f1c09ab"])],
        body: Annotated[
            ApprovalBody,
            Body(openapi_examples={"one": {"summary": "An answer", "value": EXAMPLE_APPROVAL}}),
        ],
    ) -> Any:
        """Store the answer to a gap as an entry of the FAQ; it is given from the next turn on."""
        told = shop.conversations.gaps.approve(gap, body.answer)
        return {
            "document": told.id,
            "title": told.title,
            "text": told.text,
            "language": told.language,
        }

    return router
