"""An OpenAI-compatible endpoint on the loopback that behaves, or misbehaves, as it is told."""

import json
import time
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler

from tests.local_server import served


def answer(text, *, finish="stop", usage=(7, 3)):
    """Return the document of a good answer."""
    message = {"role": "assistant", "content": text}
    document = {"choices": [{"index": 0, "message": message, "finish_reason": finish}]}
    if usage:
        document["usage"] = dict(zip(("prompt_tokens", "completion_tokens"), usage, strict=True))
    return document


def says(document, status=200, headers=()):
    """Return a behaviour: answer with a document, or with bytes as they are."""
    body = document if isinstance(document, bytes) else json.dumps(document).encode()

    def behave(handler):
        handler.send_response(status)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(body)))
        for name, value in headers:
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return behave


def refuses(status, message="no", headers=(), **more):
    """Return a behaviour: answer with an error."""
    return says({"error": {"message": message, **more}}, status, headers)


def streams(*pieces, done=True, length=None):
    """Return a behaviour: answer in server-sent events; bytes are sent as they are."""

    def behave(handler):
        handler.send_response(200)
        handler.send_header("Content-Type", "text/event-stream")
        if length:
            handler.send_header("Content-Length", str(length))
        handler.end_headers()
        for piece in pieces:
            if not isinstance(piece, bytes):
                piece = b"data: " + json.dumps(delta(piece)).encode() + b"\n\n"
            handler.wfile.write(piece)
            handler.wfile.flush()
        if done:
            handler.wfile.write(b"data: [DONE]\n\n")

    return behave


def delta(text):
    return {"choices": [{"index": 0, "delta": {"content": text}}]}


def drips(text, every_s):
    """Return a behaviour: answer a byte at a time."""

    def behave(handler):
        handler.send_response(200)
        handler.end_headers()
        for byte in text.encode():
            handler.wfile.write(bytes([byte]))
            handler.wfile.flush()
            time.sleep(every_s)

    return behave


def hangs(handler):
    """Say nothing until the client goes away."""
    handler.connection.settimeout(10)
    handler.connection.recv(1)


def behaves(handler):
    """Do as a small model would that says hello, or that the mood is good."""
    if handler.body.get("stream"):
        streams("hel", "lo")(handler)
    else:
        says(answer('{"mood":"good"}' if "response_format" in handler.body else "hello"))(handler)


@contextmanager
def endpoint(*behaviours):
    """Serve the behaviours one after the other, the last one for ever; give the URL and the requests that came."""
    waiting, seen = list(behaviours), []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            seen.append(({name.lower(): value for name, value in self.headers.items()}, body))
            behave = waiting.pop(0) if len(waiting) > 1 else waiting[0]
            with suppress(OSError):  # the client went away, which is what some tests are about
                self.body = body
                behave(self)
            self.close_connection = True

    with served(Handler) as address:
        yield f"{address}/v1", seen
