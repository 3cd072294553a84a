"""The routes that take a shop's data, record by record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Body

from zhiyin.apps.api.metrics import Metrics
from zhiyin.apps.api.problems import problem
from zhiyin.apps.api.record_bodies import (
    EXAMPLES,
    InteractionBody,
    ItemBody,
    OrderBody,
    PostBody,
    PutAnswer,
    Records,
    TieBody,
    UserBody,
)
from zhiyin.shop import Shop

_PROBLEMS: Mapping[int | str, dict[str, Any]] = {
    401: {"description": "The key is missing or wrong"},
    503: {"description": "The store does not answer"},
}
TAKEN: dict[str, Any] = {
    "response_model": PutAnswer,
    "responses": {
        413: {"description": "The body is too large"},
        415: {"description": "The body is not JSON"},
        422: {
            "description": "No record can be taken, or the body is no list of 1 to 1,000 records"
        },
    },
}


def _body(kind: str) -> Any:
    return Body(
        openapi_examples={"many": {"summary": f"A list of {kind}", "value": EXAMPLES[kind]}}
    )


def taken(shop: Shop, metrics: Metrics, kind: str, records: Sequence[object]) -> Any:
    """Store the records that can be taken, and answer with what became of each; a problem where none can."""
    received = shop.put(kind, records)
    rejected = [asdict(one) for one in received.rejected]
    written = received.written
    if written is None:
        metrics.count_records(kind, 0, 0, len(rejected))
        first = rejected[0]
        detail = f"body[{first['index']}]: {first['reason']}"
        return problem(422, f"none of the {kind} can be taken", detail, rejected=rejected)
    new = written.accepted.get(kind, 0)
    metrics.count_records(kind, new, written.duplicates, len(rejected))
    return {**written.counts(), "rejected": rejected}


def record_routes(shop: Shop, metrics: Metrics) -> APIRouter:
    """Return the routes that take items, users, ties, interactions, posts and orders."""
    router = APIRouter(prefix="/v1", tags=["data"], responses=dict(_PROBLEMS))

    def put(kind: str, records: Sequence[object]) -> Any:
        return taken(shop, metrics, kind, records)

    @router.put("/items", **TAKEN)
    def items(body: Annotated[Records[ItemBody], _body("items")]) -> Any:
        """Store items: new ones are added, known ones are changed in the fields that are given.

        Each is judged alone: the good ones are stored, the others are told with what is wrong. Sending the same list
        again changes nothing.
        """
        return put("items", body)

    @router.put("/users", **TAKEN)
    def users(body: Annotated[Records[UserBody], _body("users")]) -> Any:
        """Store people: new ones are added, known ones are changed in the fields that are given.

        Each is judged alone, as items are.
        """
        return put("users", body)

    @router.put("/ties", **TAKEN)
    def ties(body: Annotated[Records[TieBody], _body("ties")]) -> Any:
        """Store who is tied to whom; a tie is known by both people and its kind.

        Each is judged alone, as items are.
        """
        return put("ties", body)

    @router.put("/interactions", **TAKEN)
    def interactions(body: Annotated[Records[InteractionBody], _body("interactions")]) -> Any:
        """Store what people did toward one another; one without an `event_id` is known by its content.

        Each is judged alone, as items are.
        """
        return put("interactions", body)

    @router.put("/posts", **TAKEN)
    def posts(body: Annotated[Records[PostBody], _body("posts")]) -> Any:
        """Store texts that people published; one without an `id` is known by its content.

        Each is judged alone, as items are.
        """
        return put("posts", body)

    @router.put("/orders", **TAKEN)
    def orders(body: Annotated[Records[OrderBody], _body("orders")]) -> Any:
        """Store orders, a record a line; a line is known by its order, user and item, and told again when it moves on.

        Each is judged alone, as items are.
        """
        return put("orders", body)

    return router
