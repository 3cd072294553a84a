"""The live service under load on this machine: pages, events, what crosses workers, snapshots that change meanwhile."""

from __future__ import annotations

import asyncio
import json
import os
import random
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import numpy as np

from zhiyin.bench.serve_load import Answer, Connection, Driven, Load, load, request
from zhiyin.bench.serve_server import doing_nothing, made_home, serving, verb
from zhiyin.core import Kind
from zhiyin.core.progress import Progress, untold
from zhiyin.errors import StoreUnavailable
from zhiyin.privacy.secret import Secret
from zhiyin.settings import Settings
from zhiyin.store.snapshots import Snapshots
from zhiyin.store.store import Store

CLIENTS, WRITERS, BATCH = 16, 4, 100
_ASKING, _BATCHES, _TRIES, _SWAPS = 2000, 200, 100, 4
_AFTER_SWAP_S = 1.0
_PHASES = 8


def bench_serve(
    *,
    home: Path | None = None,
    data: Path,
    store: str = "",
    workers: int = 2,
    seconds: float = 8.0,
    seed: int = 0,
    progress: Progress = untold,
) -> dict[str, Any]:
    """Start the server over a trained shop, drive it, and return what it did.

    Args:
        home: a trained shop, of which a copy is driven; the public data set hetrec_lastfm unless given.
        data: folder of public data sets.
        store: URL of an empty database that is to hold the shop; empty for SQLite in its home.
        workers: processes of the server.
        seconds: of each run.
        seed: of who asks and what is done.
        progress: told of each phase.
    Returns: ``recommend``, ``one_client``, ``noop`` (percentiles in ms, requests a second, errors), ``events_per_s``,
        ``event_to_list_p95_ms``, ``training`` and ``swap``, and what they hold for.
    Raises:
        NotFound: there is neither a home nor the data set.
        StoreUnavailable: the server does not start, or answers with errors throughout.
    """
    rng = random.Random(seed)  # noqa: S311 - a draw, no secret
    phases = iter(range(1, _PHASES + 1))

    def done() -> None:
        progress(next(phases) / _PHASES, 0)

    with tempfile.TemporaryDirectory(prefix="zhiyin-bench-") as folder, load() as driver:
        own = made_home(Path(folder), home, data, store)
        secret = Secret.of(Settings.load(own).privacy, own)
        with Store.open(store or own / "shop.db", secret) as held:
            users, items = (held.keys(one, range(held.count(one))) for one in _KINDS)
        asked = [quote(user) for user in rng.choices(users, k=_ASKING)]
        pages = [request(f"/v1/recommend?user={user}") for user in asked]
        batches = list(_batches(rng, users, items))
        done()
        told = _measured(driver, own, store, workers, seconds, pages, batches, done)
    told["setting"] = {
        "of": "hetrec_lastfm" if home is None else home.name,
        "store": store.partition(":")[0] or "sqlite",
        "people": len(users),
        "items": len(items),
        "workers": workers,
        "clients": CLIENTS,
        "cores": os.cpu_count(),
        "load_1min": round(os.getloadavg()[0], 2),
        "seconds": seconds,
        "seed": seed,
    }
    return told


def _measured(
    driver: Load,
    own: Path,
    store: str,
    workers: int,
    seconds: float,
    pages: list[bytes],
    batches: list[bytes],
    done: Callable[[], None],
) -> dict[str, Any]:
    with serving(own, workers, store) as port:
        _proved(driver.drive(port, pages, CLIENTS, min(seconds, 3.0)))
        one = driver.drive(port, pages, 1, seconds)
        done()
        many = driver.drive(port, pages, CLIENTS, seconds)
        done()
        with doing_nothing(workers) as idle:
            driver.drive(idle, [request("/noop")], CLIENTS, 1.0)
            noop = driver.drive(idle, [request("/noop")], CLIENTS, seconds)
        done()
        crossing = asyncio.run(_crossing(port, workers))
        done()
        written = driver.drive(port, batches, WRITERS, seconds)
        done()
        training = _beside(driver, port, pages, lambda: verb(own, "train", store=store))
        done()
        swap = _swapped(driver, port, pages, Snapshots(own / "snapshots"))
        done()
    return {
        "recommend": _figures(many),
        "one_client": _figures(one),
        "noop": _figures(noop),
        "ratio_to_noop": round(_rate(many) / _rate(noop), 3),
        "events_per_s": round(written.accepted / written.seconds),
        "events": {"batch": BATCH, "clients": WRITERS, **_figures(written)},
        "event_to_list_p95_ms": _percentile(crossing, 95),
        "event_to_list_p50_ms": _percentile(crossing, 50),
        "training": training,
        "swap": swap,
    }


_KINDS = (Kind.PERSON, Kind.ITEM)


def _batches(rng: random.Random, users: list[str], items: list[str]) -> Iterable[bytes]:
    """Yield posts of events without ids, so that each counts however often it is sent."""
    now = datetime.now(UTC).isoformat()
    for _ in range(_BATCHES):
        yield request(
            "/v1/events",
            [
                {"user": rng.choice(users), "item": rng.choice(items), "type": "view", "time": now}
                for _ in range(BATCH)
            ],
        )


async def _crossing(port: int, workers: int) -> list[float]:
    """Return how long it took from an event's acknowledgement by a worker until another's list had changed, in ms.

    Somebody new takes the first item of the list, which then has to go. Who takes the event and who is asked for the
    list change places; a worker alone is asked itself.
    """
    found = await _one_each(port, workers)
    took = []
    for place in range(_TRIES):
        told, asked = found[place % len(found)], found[(place + 1) % len(found)]
        page = request(f"/v1/recommend?user=bench-newcomer-{place}")
        before = _listed(await asked.ask(page))
        event = {"user": f"bench-newcomer-{place}", "item": before[0], "type": "purchase"}
        _listed(await told.ask(request("/v1/events", event)), "accepted")
        started = time.perf_counter()
        while _listed(await asked.ask(page)) == before:
            pass
        took.append((time.perf_counter() - started) * 1e3)
    for connection in found:
        connection.close()
    return took


async def _one_each(port: int, workers: int) -> list[Connection]:
    """Return a connection to each worker: new ones are opened until all were met."""
    found: dict[int, Connection] = {}
    for _ in range(100 * workers):
        connection = Connection(port)
        process = json.loads((await connection.ask(request("/healthz"))).body)["process"]
        if found.setdefault(process, connection) is not connection:
            connection.close()
        if len(found) == workers:
            return list(found.values())
    raise StoreUnavailable(
        f"only {len(found)} of {workers} workers answer",
        where="bench serve",
        expected="each to be met by one of many new connections",
        next_step="try again",
    )


def _listed(answer: Answer, name: str = "items") -> Any:
    if not answer.is_ok:
        raise _refused(repr(answer))
    told = json.loads(answer.body)[name]
    return [one["item"] for one in told] if name == "items" else told


def _beside(
    driver: Load, port: int, pages: list[bytes], work: Callable[[], None]
) -> dict[str, Any]:
    """Return the figures of pages for one client at rest, and while something else works."""
    alone = driver.drive(port, pages, 1, 3.0)
    started = time.monotonic()
    took: list[float] = []

    def run() -> None:
        work()
        took.append(time.monotonic() - started)

    thread = threading.Thread(target=run)
    thread.start()
    runs = []
    while thread.is_alive():
        runs.append(driver.drive(port, pages, 1, 1.0))
    thread.join()
    if not took:
        raise StoreUnavailable(
            "the training failed",
            where="bench serve",
            expected="a shop that can be trained",
            next_step="zhiyin train",
        )
    beside = [ms for one in runs for ms in one.ms]
    return {
        "seconds": round(took[0], 1),
        "errors": sum(one.errors for one in runs),
        "p99_ms": _percentile(beside, 99),
        "p99_ms_before": _percentile(alone.ms, 99),
    }


def _swapped(driver: Load, port: int, pages: list[bytes], snapshots: Snapshots) -> dict[str, Any]:
    """Return how pages fared while the current snapshot changed, back and forth, some seconds apart."""
    newest = snapshots.versions()[-1]
    apart_s = 3.0 * _AFTER_SWAP_S
    run = driver.start(port, pages, CLIENTS, apart_s * (_SWAPS + 1))
    moments = []
    for place in range(_SWAPS):
        time.sleep(apart_s)
        moments.append(time.monotonic())
        snapshots.rollback(newest if place % 2 else None)
    driven = run.result()
    sent, ms = np.array(driven.sent_s), np.array(driven.ms)
    is_during = np.zeros(sent.size, bool)
    for moment in moments:
        is_during |= (sent + ms / 1e3 > moment) & (sent < moment + _AFTER_SWAP_S)
    during, steady = _percentile(ms[is_during], 99), _percentile(ms[~is_during], 99)
    return {
        "swaps": _SWAPS,
        "failed": driven.errors,
        "requests": sent.size,
        "p99_ms_before": steady,
        "p99_ms_during": during,
        "p99_rise": round(during / steady, 2),
    }


def _proved(driven: Driven) -> None:
    if driven.errors or not driven.ms:
        raise _refused("; ".join(driven.said[:1]))


def _refused(said: str) -> StoreUnavailable:
    return StoreUnavailable(
        f"the server answers with errors: {said}",
        where="bench serve",
        expected="pages",
        next_step="look at the shop: zhiyin doctor",
    )


def _figures(driven: Driven) -> dict[str, Any]:
    return {
        "p50_ms": _percentile(driven.ms, 50),
        "p99_ms": _percentile(driven.ms, 99),
        "rps": round(_rate(driven), 1),
        "errors": driven.errors,
    }


def _rate(driven: Driven) -> float:
    return len(driven.ms) / driven.seconds


def _percentile(ms: Any, share: float) -> float:
    return round(float(np.percentile(ms, share)), 3) if len(ms) else float("nan")
