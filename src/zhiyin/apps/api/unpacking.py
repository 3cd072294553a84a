"""Bodies that come as gzip, unpacked piece by piece before anything else reads or measures them."""

from __future__ import annotations

import zlib

from anyio.lowlevel import checkpoint
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from zhiyin.apps.api.problems import problem

_GZIP = 16 + zlib.MAX_WBITS
_NAMES = ("gzip", "x-gzip")
_PLAIN = ("", "identity")
_PIECE_BYTES = 256 * 1024
"""So much is unpacked at once, at most: a small body can hold a thousand times its size."""
_OF_PACKED = (b"content-encoding", b"content-length")


class Unpacked:
    """ASGI middleware that unpacks bodies of ``Content-Encoding: gzip``; others are refused with 415, damaged ones with 400.

    What is behind it meets the body as if it had been sent unpacked, so limits hold for what comes out.

    Args:
        app: what answers.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with its body unpacked."""
        packing = (
            Headers(scope=scope).get("content-encoding", "") if scope["type"] == "http" else ""
        )
        packing = packing.strip().lower()
        if packing in _NAMES:
            scope["headers"] = [one for one in scope["headers"] if one[0] not in _OF_PACKED]
            receive = _Unpacking(receive)
        elif packing not in _PLAIN:
            answer = problem(
                415,
                "The body is packed in a way that is not read",
                "Send it as gzip, or as it is",
                where="header Content-Encoding",
                expected="gzip",
                next_step="pack it as gzip, or leave the header out",
            )
            answer.headers["Accept-Encoding"] = _NAMES[0]
            await answer(scope, receive, send)
            return
        await self._app(scope, receive, send)


class _Unpacking:
    """Receives a body of gzip, of one member or several, in pieces of what is in it (RFC 1952)."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._member = zlib.decompressobj(_GZIP)
        self._packed = b""
        self._is_full = self._is_begun = self._is_over = False
        self._has_more = True

    async def __call__(self) -> Message:
        if self._is_over:
            return await self._receive()
        if self._packed or self._is_full:
            await checkpoint()  # others get their turn between two pieces
        else:
            message = await self._receive()
            if message["type"] != "http.request":
                return message
            self._packed = message.get("body", b"")
            self._has_more = message.get("more_body", False)
        piece = self._unpacked()
        self._is_over = not (self._packed or self._is_full or self._has_more)
        if self._is_over and self._is_begun:
            raise _damaged("ends too early")
        return {"type": "http.request", "body": piece, "more_body": not self._is_over}

    def _unpacked(self) -> bytes:
        if not self._packed and not self._is_full:
            return b""
        try:
            piece = self._member.decompress(self._packed, _PIECE_BYTES)
        except zlib.error:
            raise _damaged("is damaged") from None
        self._packed = self._member.unconsumed_tail
        self._is_full = len(piece) == _PIECE_BYTES
        self._is_begun = not self._member.eof
        if self._member.eof:
            self._packed, self._is_full = self._member.unused_data, False
            self._member = zlib.decompressobj(_GZIP)
        return piece


def _damaged(what: str) -> HTTPException:
    return HTTPException(400, f"The body says it is gzip, and {what}")
