"""What the rooms log while a verb runs: a line each on stderr, so that stdout holds only answers."""

from __future__ import annotations

import json
import logging
import re
import sys
import time
from datetime import UTC, datetime
from typing import Literal

from zhiyin.request_id import request_id

Form = Literal["text", "json"]
_SECRET = re.compile(r"zhiyin_[A-Za-z0-9_-]{20,}")
_REQUESTS = "zhiyin.apps.api.requests"
_OF_REQUESTS = ("method", "route", "status", "duration_ms")


class _Line(logging.Formatter):
    """Time, level, who, what, for which request; control characters are escaped, so no text of a request can forge a line.

    Secrets of API keys are not written, wherever they came from.
    """

    converter = staticmethod(time.gmtime)

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%SZ")

    def format(self, record: logging.LogRecord) -> str:
        return _SECRET.sub("zhiyin_***", super().format(record))

    def formatMessage(self, record: logging.LogRecord) -> str:
        line = super().formatMessage(record)
        if name := request_id():
            line += f" [{name}]"
        return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in line)


class _JsonLine(logging.Formatter):
    """The same as one JSON document a line, the traceback of an error included."""

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "process": record.process,
        }
        if name := request_id():
            told["request_id"] = name
        told |= {name: vars(record)[name] for name in _OF_REQUESTS if name in vars(record)}
        if record.exc_info:
            told["traceback"] = self.formatException(record.exc_info)
        return _SECRET.sub("zhiyin_***", json.dumps(told))


def log_to_stderr(form: Form = "text", *, requests: bool = False) -> None:
    """Send warnings and errors to stderr, unless whoever runs this has set up logging already.

    Args:
        form: lines for people, or a JSON document a line for programs.
        requests: whether each request that is answered is a line as well.
    """
    root = logging.getLogger()
    if not root.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(_Line())
        root.addHandler(handler)
    for own in root.handlers:
        if isinstance(own.formatter, (_Line, _JsonLine)):
            own.setFormatter(_JsonLine() if form == "json" else _Line())
    if requests:
        logging.getLogger(_REQUESTS).setLevel(logging.INFO)
