"""Lines of JSON: read as they come, in bounded memory, and sent likewise."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

from fastapi.responses import StreamingResponse
from starlette.concurrency import iterate_in_threadpool, run_in_threadpool

MEDIA_TYPE = "application/x-ndjson"
LONGEST_LINE = 64 * 1024


class NdjsonResponse(StreamingResponse):
    """An answer of lines of JSON."""

    media_type = MEDIA_TYPE


def is_lines(content_type: str) -> bool:
    """Return whether a body says that it is lines of JSON."""
    return content_type.partition(";")[0].strip().lower() == MEDIA_TYPE


async def numbered_lines(
    chunks: AsyncIterator[bytes], at_once: int
) -> AsyncIterator[list[tuple[int, bytes]]]:
    """Yield the lines that say something, some at once, with their numbers from 1.

    A line of more than `LONGEST_LINE` bytes comes cut to one more than that.

    Args:
        chunks: a text in pieces of any size.
        at_once: how many lines, at most.
    Complexity: memory for so many lines and one piece.
    """
    lines: list[tuple[int, bytes]] = []
    number, rest = 0, b""
    async for chunk in chunks:
        *whole, rest = (rest + chunk).split(b"\n")
        for line in whole:
            number += 1
            if said := line[: LONGEST_LINE + 1].strip():
                lines.append((number, said))
            if len(lines) == at_once:
                yield lines
                lines = []
        rest = rest[: LONGEST_LINE + 1]
    if said := rest.strip():
        lines.append((number + 1, said))
    if lines:
        yield lines


async def closing(lines: Iterator[str]) -> AsyncIterator[str]:
    """Yield from a generator that runs in another thread, and close it also where nobody reads on."""
    try:
        async for some in iterate_in_threadpool(lines):
            yield some
    finally:
        if close := getattr(lines, "close", None):
            await run_in_threadpool(close)
