"""Gorse's routes of feedback."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from zhiyin.apps.api.metrics import Metrics
from zhiyin.apps.gorse.bodies import FeedbackBody
from zhiyin.apps.gorse.nouns import now_us, told_feedback
from zhiyin.apps.gorse.paging import MOST, MostListed, part, position
from zhiyin.apps.gorse.prefix import gorse_router
from zhiyin.core import Kind
from zhiyin.errors import UnknownEntity
from zhiyin.shop import Shop


def feedback_routes(shop: Shop, metrics: Metrics) -> APIRouter:
    """Return the routes that take, tell and take back feedback; of one type, user and item there is one."""
    router = gorse_router()

    def record(body: list[FeedbackBody]) -> Any:
        written = shop.record([one.noun() for one in body])
        metrics.count_events(written.accepted.get("events", 0), written.duplicates)
        return {"RowAffected": len(body)}

    @router.post("/feedback")
    def insert(body: list[FeedbackBody]) -> Any:
        return record(body)

    @router.put("/feedback")
    def overwrite(body: list[FeedbackBody]) -> Any:
        answer = record(body)
        shop.store.feedback.correct([one.noun() for one in body])
        return answer

    @router.get("/feedback")
    def listed(n: MostListed = 10, cursor: str = "") -> Any:
        return _part(shop, "", n, cursor)

    @router.get("/feedback/{feedback_type}")
    def listed_of_type(feedback_type: str, n: MostListed = 10, cursor: str = "") -> Any:
        return _part(shop, feedback_type, n, cursor)

    @router.get("/feedback/{user}/{item}")
    def between(user: str, item: str) -> Any:
        return JSONResponse(_own(shop, user, item=item))

    @router.get("/feedback/{feedback_type}/{user}/{item}")
    def between_of_type(feedback_type: str, user: str, item: str) -> Any:
        found = _own(shop, user, feedback_type, item)
        if not found:
            raise UnknownEntity(
                f"{user} did no {feedback_type} with {item}",
                where="feedback",
                expected="feedback that was sent and not taken back",
                next_step=f"GET /api/user/{user}/feedback tells what there is",
            )
        return JSONResponse(found[0])

    @router.get("/user/{user}/feedback")
    def of_user(user: str) -> Any:
        return JSONResponse(_own(shop, user))

    @router.get("/user/{user}/feedback/{feedback_type}")
    def of_user_of_type(user: str, feedback_type: str) -> Any:
        return JSONResponse(_own(shop, user, feedback_type))

    @router.delete("/feedback/{user}/{item}")
    def withdraw(user: str, item: str) -> Any:
        return {"RowAffected": _withdrawn(shop, user, item)}

    @router.delete("/feedback/{feedback_type}/{user}/{item}")
    def withdraw_of_type(feedback_type: str, user: str, item: str) -> Any:
        return {"RowAffected": _withdrawn(shop, user, item, feedback_type)}

    return router


def _part(shop: Shop, type: str, n: int, cursor: str) -> JSONResponse:
    wanted = min(n, MOST)
    found = shop.store.feedback.after(position(cursor, 0), wanted, type=type, now_us=now_us())
    last = found[-1].id if len(found) == wanted else None
    return JSONResponse(part("Feedback", [told_feedback(one) for one in found], last))


def _own(shop: Shop, user: str, type: str = "", item: str | None = None) -> list[dict[str, Any]]:
    """Return what a user did, newest first; nothing of somebody unknown."""
    person = shop.store.number(Kind.PERSON, user)
    number = -1 if item is None else shop.store.number(Kind.ITEM, item)
    if person is None or number is None:
        return []
    found = shop.store.feedback.of(person, number, type=type, now_us=now_us())
    return [told_feedback(one) for one in found]


def _withdrawn(shop: Shop, user: str, item: str, type: str = "") -> int:
    person, number = shop.store.number(Kind.PERSON, user), shop.store.number(Kind.ITEM, item)
    if person is None or number is None:
        return 0
    return shop.store.feedback.withdraw(person, number, type)
