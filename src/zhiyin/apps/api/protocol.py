"""HTTP as uvicorn reads it, with an answer in our form where it cannot be read."""

from __future__ import annotations

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from zhiyin.apps.api.problems import problem
from zhiyin.apps.api.requests import HEADER, new_request_id

_WHAT = "The request cannot be read: it is no HTTP, or its address is longer than 64 KiB."


class ProblemProtocol(HttpToolsProtocol):
    """Answers what no application ever sees with a problem document, too."""

    def send_400_response(self, msg: str) -> None:
        """Answer, and hang up."""
        answer = problem(400, detail=_WHAT)
        answer.headers.update({"Connection": "close", HEADER: new_request_id()})
        head = b"".join(name + b": " + value + b"\r\n" for name, value in answer.raw_headers)
        self.transport.write(b"HTTP/1.1 400 Bad Request\r\n" + head + b"\r\n" + bytes(answer.body))
        self.transport.close()
