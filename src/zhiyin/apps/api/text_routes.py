"""Routes of texts: what a text says, and what people think of an item."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from fastapi.responses import JSONResponse

from zhiyin.apps.api.entities import is_of_id, item_fields
from zhiyin.apps.api.text_bodies import OpinionsAnswer, TextAsked, UnderstandingAnswer
from zhiyin.shop import Shop


def text_routes(shop: Shop) -> APIRouter:
    """Return the routes of a shop's texts."""
    router = APIRouter(
        prefix="/v1",
        tags=["texts"],
        responses={
            401: {"description": "The key is missing or wrong"},
            422: {"description": "The request cannot be taken"},
            503: {"description": "The store does not answer"},
        },
    )

    @router.post("/understand", response_model=UnderstandingAnswer)
    def understand(asked: TextAsked) -> Any:
        """Return language, polarity, emotions, opinions and facts of a text, each fact with its words.

        Nothing is stored.
        """
        read = shop.texts.understand(asked.text, time=asked.time, category=asked.category)
        return {
            "language": read.language,
            "polarity": read.polarity,
            "emotions": read.emotions,
            "opinions": [
                {
                    **_place(asked.text, one.start, one.end, one.confidence),
                    "aspect": one.aspect,
                    "opinion": one.opinion,
                    "polarity": one.polarity,
                }
                for one in read.opinions
            ],
            "facts": [
                {
                    **_place(asked.text, one.start, one.end, one.confidence),
                    "name": one.name,
                    "value": one.value,
                    "method": one.method,
                    "lasts_s": one.lasts.total_seconds() if one.lasts else None,
                }
                for one in read.findings
            ],
        }

    @router.get(
        "/items/{item:path}/opinions",
        response_model=OpinionsAnswer,
        responses={404: {"description": "No item has that id"}},
    )
    def opinions(
        item: Annotated[str, Path(max_length=512, examples=["tea-7"])], request: Request
    ) -> Any:
        """Return what people think of an item by aspect, as `zhiyin mine` read it, with their words."""
        if is_of_id(request, "opinions"):
            return JSONResponse(item_fields(shop, f"{item}/opinions"))
        return {"item": item, "aspects": shop.texts.opinions(item)}

    return router


def _place(text: str, start: int, end: int, confidence: float) -> dict[str, Any]:
    return {"start": start, "end": end, "span": text[start:end], "confidence": round(confidence, 4)}
