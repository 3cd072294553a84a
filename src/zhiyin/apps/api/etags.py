"""Answers that say which version they are, so that whoever has it is not sent it again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from fastapi import Request
from fastapi.responses import JSONResponse, Response

UNCHANGED: Mapping[int | str, dict[str, Any]] = {
    304: {"description": "It is still what the ETag in If-None-Match says"}
}


def tagged(request: Request, document: object) -> Response:
    """Return a document as JSON with its ETag, or 304 to a request that names it in ``If-None-Match``.

    The tag is weak, since the same document may also be sent compressed.
    """
    answer = JSONResponse(document)
    tag = f'W/"{hashlib.sha256(answer.body).hexdigest()[:32]}"'
    known = {one.strip() for one in request.headers.get("if-none-match", "").split(",")}
    if known & {tag, tag[2:], "*"}:
        return Response(status_code=304, headers={"ETag": tag})
    answer.headers["ETag"] = tag
    return answer
