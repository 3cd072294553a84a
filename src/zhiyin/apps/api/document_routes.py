"""The routes of the documents that service answers from."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Body, Path, Query
from fastapi.responses import JSONResponse

from zhiyin.apps.api.document_bodies import (
    DOCUMENTS,
    DocumentBody,
    DocumentsAnswer,
    RemovedDocument,
)
from zhiyin.apps.api.metrics import Metrics
from zhiyin.apps.api.record_bodies import Records
from zhiyin.apps.api.record_routes import TAKEN, taken
from zhiyin.apps.iso_times import iso
from zhiyin.shop import Shop

_PROBLEMS: dict[int | str, dict[str, Any]] = {
    401: {"description": "The key is missing or wrong"},
    503: {"description": "The store does not answer"},
}
_EXAMPLES: Any = {"many": {"summary": "A list of documents", "value": DOCUMENTS}}


def document_routes(shop: Shop, metrics: Metrics) -> APIRouter:
    """Return the routes that take, list and remove documents."""
    router = APIRouter(prefix="/v1/documents", tags=["service"], responses=dict(_PROBLEMS))

    @router.post("", **TAKEN)
    def add(body: Annotated[Records[DocumentBody], Body(openapi_examples=_EXAMPLES)]) -> Any:
        """Store documents; each is used from the next question on, in every process.

        Each is judged alone: the good ones are stored, the others are told with what is wrong. One under an id that is
        known, in the same language and for the same dates, takes the place of what was told before, which is kept. Sending
        the same list again changes nothing.
        """
        return taken(shop, metrics, "documents", body)

    @router.get("", response_model=DocumentsAnswer)
    def standing(
        after: Annotated[int, Query(ge=0, le=2**62, description="`next` of the page before.")] = 0,
        limit: Annotated[int, Query(ge=1, le=1000, description="How many.")] = 100,
    ) -> Any:
        """Return the documents that hold at some time, page by page."""
        found = shop.store.documents.standing(after, limit + 1)
        rows = [{**asdict(one.document), "updated": one.told} for one in found[:limit]]
        told = [{name: value for name, value in row.items() if value is not None} for row in rows]
        for row in told:
            row |= {
                name: iso(row[name])
                for name in ("valid_from", "valid_to", "updated")
                if name in row
            }
        following = found[limit - 1].number if len(found) > limit else None
        return JSONResponse({"documents": told, "next": following})

    @router.delete(
        "/{document:path}",
        response_model=RemovedDocument,
        responses={
            404: {"description": "No document with that id stands"},
            422: {"description": "The request cannot be taken"},
        },
    )
    def remove(document: Annotated[str, Path(max_length=512, examples=["gift-wrap"])]) -> Any:
        """Let a document hold no longer, in every language and for all dates; its versions are kept."""
        versions = shop.store.documents.remove(document)
        return JSONResponse({"document": document, "versions": versions})

    return router
