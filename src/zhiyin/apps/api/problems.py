"""Errors as problem+json (RFC 9457): the only place that knows HTTP statuses."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from zhiyin import errors
from zhiyin.apps.api.bodies import Problem
from zhiyin.apps.api.headers import SECURITY
from zhiyin.apps.api.requests import HEADER, route_of
from zhiyin.request_id import request_id

_log = logging.getLogger(__name__)
_MEDIA_TYPE = "application/problem+json"
_MOST_COMPLAINTS = 20

_STATUSES: tuple[tuple[type[errors.ZhiyinError], HTTPStatus], ...] = (
    (errors.UnknownEntity, HTTPStatus.NOT_FOUND),
    (errors.UnknownPart, HTTPStatus.NOT_FOUND),
    (errors.ExpiredToken, HTTPStatus.GONE),
    (errors.InvalidToken, HTTPStatus.BAD_REQUEST),
    (errors.UnknownKey, HTTPStatus.UNAUTHORIZED),
    (errors.NotAuthorised, HTTPStatus.FORBIDDEN),
    (errors.TooManyRequests, HTTPStatus.TOO_MANY_REQUESTS),
    (errors.DataError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (errors.Conflict, HTTPStatus.CONFLICT),
    (errors.StoreError, HTTPStatus.SERVICE_UNAVAILABLE),
    (errors.ModelTimeout, HTTPStatus.GATEWAY_TIMEOUT),
    (errors.BadOutput, HTTPStatus.BAD_GATEWAY),
    (errors.ModelError, HTTPStatus.SERVICE_UNAVAILABLE),
)
"""The first that fits counts; anything else is the server's own fault."""
OF_PAGES: Mapping[int | str, dict[str, Any]] = {
    401: {"description": "The key is missing or wrong"},
    422: {"description": "The request cannot be taken"},
    503: {"description": "Nothing was trained yet, or the store does not answer"},
}
"""What may go wrong where pages and people are told of, for the description."""
OF_NEXT_PAGES: Mapping[int | str, dict[str, Any]] = {
    400: {"description": "`after` is no token of this list"},
    410: {"description": "`after` was given too long ago"},
}
"""What may go wrong where a next page is asked for."""
OF_DATA: Mapping[int | str, dict[str, Any]] = {
    401: {"description": "The key is missing or wrong"},
    422: {"description": "The request cannot be taken"},
    503: {"description": "The store does not answer"},
}
"""What may go wrong where what is stored is read or changed."""
OF_JSON: Mapping[int | str, dict[str, Any]] = {
    413: {"description": "The body is too large"},
    415: {"description": "The body is not JSON"},
}
"""What may go wrong with a body."""
_NO_UTF8 = errors.InvalidRecord(
    "the body is no text in UTF-8",
    where="body",
    expected="JSON in UTF-8",
    next_step="write it in UTF-8 and send it again",
)


def problem(status: int, title: str = "", detail: str = "", **more: object) -> Response:
    """Return a problem document; its title is the status in words unless given."""
    title = title or HTTPStatus(status).phrase
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail, **more}
    # A problem may quote what was sent, and JSON can hold half a surrogate pair, which UTF-8 cannot.
    content = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
    return Response(content, status, media_type=_MEDIA_TYPE)


def unavailable(error: errors.StoreError, **more: object) -> Response:
    """Return the problem document of a store that does not answer, without what an outsider should not read."""
    # The step may name the path, and what went wrong may quote what is stored: for the log alone.
    is_bare = not (error.where and error.where in error.next_step)
    return problem(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "",
        "The server's log says more.",
        where="store",
        expected="a store that answers",
        next_step=(is_bare and error.next_step)
        or "try again; if that does not help: zhiyin doctor",
        **more,
    )


def add_problem_handlers(app: FastAPI) -> None:
    """Let `app` answer every error with a problem document."""

    @app.exception_handler(errors.ZhiyinError)
    def ours(request: Request, error: errors.ZhiyinError) -> Response:
        fits = (status for kind, status in _STATUSES if isinstance(error, kind))
        status = next(fits, HTTPStatus.INTERNAL_SERVER_ERROR)
        if status < HTTPStatus.INTERNAL_SERVER_ERROR:
            said = {"where": error.where, "expected": error.expected, "next_step": error.next_step}
            answer = problem(status, error.what, str(error), **said)
            if isinstance(error, errors.UnknownKey):
                answer.headers["WWW-Authenticate"] = "Bearer"
            if isinstance(error, errors.TooManyRequests):
                answer.headers["Retry-After"] = str(error.retry_after_s)
            return answer
        # Where it happened may be a path or the database's address: for the log alone.
        _log.error("%s: %s", request.scope.get("root_path", "") + route_of(request.scope), error)
        if isinstance(error, errors.NotFound):
            return problem(status, error.what, next_step=error.next_step)
        if isinstance(error, errors.StoreError):
            return unavailable(error)
        return problem(status, detail="The server's log says more.")

    @app.exception_handler(RequestValidationError)
    def invalid(_request: Request, error: RequestValidationError) -> Response:
        if isinstance(error.body, bytes):
            return problem(415, detail="Send JSON, and say so: Content-Type: application/json")
        complaints = [_complaint(one) for one in error.errors()[:_MOST_COMPLAINTS]]
        detail = "; ".join(f"{one['where']}: {one['what']}" for one in complaints[:3])
        return problem(422, "The request does not fit", detail, errors=complaints)

    @app.exception_handler(HTTPException)
    def http(request: Request, error: HTTPException) -> Response:
        if isinstance(error.__cause__, UnicodeDecodeError):
            return ours(request, _NO_UTF8)
        answer = problem(error.status_code, detail=error.detail)
        answer.headers.update(error.headers or {})
        path = request.scope["path"].removeprefix(request.scope.get("root_path", ""))
        allowed = _allowed(app.openapi(), path) if error.status_code == 405 else []
        if allowed:  # the framework names those of the first route alone
            answer.headers["Allow"] = ", ".join(allowed)
        return answer

    @app.exception_handler(Exception)
    def unforeseen(_request: Request, _error: Exception) -> Response:
        # Starlette raises the error again after this answer, and the server logs it with its traceback.
        answer = problem(500, detail="The server's log says more.")
        # It is outside of what adds them.
        answer.headers.update({**SECURITY, HEADER: request_id()})
        return answer


def _allowed(document: dict[str, Any], path: str) -> list[str]:
    """Return the methods that the description has for a path, under the template that says most of it."""
    fitting = [
        template
        for template in document["paths"]
        if re.fullmatch(re.sub(r"\{\w+\}", ".+", template), path)
    ]
    best = max(fitting, key=lambda one: len(re.sub(r"\{\w+\}", "", one)), default=None)
    return [] if best is None else [method.upper() for method in document["paths"][best]]


def _complaint(error: Mapping[str, Any]) -> dict[str, str]:
    """Return what is wrong where, without what was sent.

    >>> _complaint({"loc": ("body", "many", 3, "user"), "type": "missing", "msg": "Field required"})
    {'where': 'body[3].user', 'what': 'Field required'}
    """
    root, *inner = error["loc"]
    if error["type"] == "json_invalid":
        return {"where": root, "what": f"no JSON at character {inner[0]}: {error['ctx']['error']}"}
    if root == "body" and inner[:1] in (["one"], ["many"]):
        inner = inner[1:]  # the tag of the form that the body has
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in inner)
    said = str(error["ctx"]["error"]) if error["type"] == "value_error" else error["msg"]
    return {"where": "".join([root, *steps]), "what": said}


def describe_problems(document: dict[str, Any]) -> None:
    """Let an OpenAPI document say that every error is a problem document."""
    schemas = document["components"]["schemas"]
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    own = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas |= own.pop("$defs")
    schemas["Problem"] = own
    content = {_MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for path in document["paths"].values():
        for operation in path.values():
            for status, response in operation["responses"].items():
                if status >= "400":
                    response["content"] = content
