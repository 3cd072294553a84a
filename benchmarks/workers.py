"""The processes that answer a port: the memory they hold, the processor time they take, and what they answer to."""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import time
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from zhiyin.bench.serve_load import HOST, Answer, Connection, Driven

FIELDS = ("Pss", "Pss_Anon", "Pss_File", "Private_Dirty", "Rss")
_PATIENCE_S = 60.0


def workers_at(port: int, number: int) -> list[int]:
    """Return the processes that answer a port, met by new connections until there are so many."""
    found: set[int] = set()
    until = time.monotonic() + _PATIENCE_S
    while len(found) < number:
        if time.monotonic() > until:
            raise TimeoutError(f"only {len(found)} of {number} workers answer")
        with closing(http.client.HTTPConnection(HOST, port, timeout=_PATIENCE_S)) as connection:
            connection.request("GET", "/healthz")
            found.add(json.loads(connection.getresponse().read())["process"])
    return sorted(found)


def memory_of(process: int) -> dict[str, float]:
    """Return megabytes of a process as Linux accounts them.

    A page that several processes map counts for each by its share (``Pss``); ``Pss_File`` is what is mapped from files,
    ``Pss_Anon`` what the process has made itself, nearly all of it private.
    """
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()[1:]
    read = {name: int(value.split()[0]) for name, _, value in (one.partition(":") for one in lines)}
    return {name: read[name] * 1024 / 1e6 for name in FIELDS}


def sums(processes: Iterable[int]) -> dict[str, float]:
    """Return megabytes of processes together; ``Rss`` then counts what they share once for each."""
    each = [memory_of(one) for one in processes]
    return {name: sum(one[name] for one in each) for name in FIELDS}


def processor_s(processes: Iterable[int]) -> float:
    """Return the processor seconds that processes have taken so far, threads and system calls included."""
    stats = (Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split() for one in processes)
    return sum(int(stat[11]) + int(stat[12]) for stat in stats) / os.sysconf("SC_CLK_TCK")


async def _ask(port: int, requests: Iterable[bytes], clients: int) -> tuple[Driven, list[Answer]]:
    driven, answers, turns = Driven(), [], iter(requests)
    began = time.monotonic()

    async def client() -> None:
        connection = Connection(port)
        for one in turns:
            sent, answer = time.monotonic(), None
            try:
                answer = await asyncio.wait_for(connection.ask(one), _PATIENCE_S)
                answers.append(answer)
            except (OSError, EOFError, ValueError, TimeoutError) as error:
                driven.note(sent, error)
            else:
                driven.note(sent, answer)
        connection.close()

    await asyncio.gather(*(client() for _ in range(clients)))
    driven.seconds = time.monotonic() - began
    return driven, answers


def ask(port: int, requests: Iterable[bytes], clients: int) -> tuple[Driven, list[Answer]]:
    """Send each request once, from several clients that wait for their answers; return what became of them."""
    return asyncio.run(_ask(port, requests, clients))
