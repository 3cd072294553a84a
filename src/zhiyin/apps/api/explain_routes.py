"""The routes that say why an item is on a page, or is not, and how a page comes about."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Body, Path, Query
from fastapi.responses import JSONResponse

from zhiyin.apps.api.explain_bodies import EXAMPLE_RUN, Explained, Run, RunBody
from zhiyin.apps.api.problems import OF_JSON, OF_PAGES
from zhiyin.apps.run_document import run_document
from zhiyin.apps.why_document import why_document
from zhiyin.apps.wording import language_for
from zhiyin.core import Kind
from zhiyin.core import Query as Asked
from zhiyin.shop import Shop


def explain_routes(shop: Shop) -> APIRouter:
    """Return the routes of a shop's explanations."""
    router = APIRouter(prefix="/v1", tags=["shop"], responses=dict(OF_PAGES))

    @router.get(
        "/explain/{request_id}/{item:path}",
        response_model=Explained,
        responses={404: {"description": "No page has that request, or no item has that id"}},
    )
    def explain(
        request_id: Annotated[str, Path(max_length=128, examples=["3f2a9c"])],
        item: Annotated[str, Path(max_length=512, examples=["pot-3"])],
        language: Annotated[
            str, Query(max_length=35, description="zh or en; the shop's own unless given.")
        ] = "",
    ) -> Any:
        """Return why a page that was shown holds an item, or where the item was lost.

        `shown` is what was logged. `now` are the numbers of every stage as the same question is answered today from what the
        person had done by then; catalogue, rules, snapshot and other people are those of today, and where the page would be
        another one, `differs` says so.
        """
        spoken = language_for(language, shop.settings.language)
        told = shop.explaining.of_page(request_id, item)
        return JSONResponse(why_document(shop, told, spoken))

    @router.post(
        "/explain",
        response_model=Run,
        responses={404: {"description": "No item has that id"}, **OF_JSON},
    )
    def run(
        body: Annotated[
            RunBody, Body(openapi_examples={"one": {"summary": "A page", "value": EXAMPLE_RUN}})
        ],
    ) -> Any:
        """Return how a page made now would come about, with the numbers of every stage.

        Nobody sees the page and nothing is logged. With `item`, also why it would be on the page, or where it is lost.
        """
        spoken = language_for(body.language, shop.settings.language)
        person = None if body.user is None else shop.store.number(Kind.PERSON, body.user)
        surface = body.surface if body.text is None else "search"
        asked = Asked(person, body.n, surface, text=body.text, diversity=body.diversity)
        told = run_document(shop, shop.explaining.run(asked), spoken)
        why = None
        if body.item is not None:
            why = why_document(shop, shop.explaining.of(asked, body.item), spoken)
        return JSONResponse({**told, "why": why})

    return router
