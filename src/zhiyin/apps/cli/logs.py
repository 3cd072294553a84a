"""What the rooms log while a verb runs: a line each on stderr, so that stdout holds only answers."""

from __future__ import annotations

import logging
import re
import sys
import time

_SECRET = re.compile(r"zhiyin_[A-Za-z0-9_-]{20,}")


class _Line(logging.Formatter):
    """Time, level, who, what; control characters are escaped, so no text of a request can forge a line.

    Secrets of API keys are not written, wherever they came from.
    """

    converter = staticmethod(time.gmtime)

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%SZ")

    def format(self, record: logging.LogRecord) -> str:
        return _SECRET.sub("zhiyin_***", super().format(record))

    def formatMessage(self, record: logging.LogRecord) -> str:
        line = super().formatMessage(record)
        return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in line)


def log_to_stderr() -> None:
    """Send warnings and errors to stderr, unless whoever runs this has set up logging already."""
    root = logging.getLogger()
    if not root.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(_Line())
        root.addHandler(handler)
