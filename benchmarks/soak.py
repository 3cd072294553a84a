"""A simulated day of a shop: whether the memory of its workers stays flat, and whether anything fails.

    python benchmarks/soak.py [--requests 200000 --events 200000] [--json]

``zhiyin serve --workers 2`` over a shop made of the public data set ``hetrec_lastfm`` answers 16 clients. Each is somebody
who opens a page and then, by chance, the next one, what goes with some item, a search for the words of one, the feed, and
why an item was on an earlier page. Events come in batches of twenty, their times spread over the last 24 hours; half of
them name the request they came from, some are of people who never came before. People, items and searches are drawn by a
Zipf law. Four times a new snapshot is trained beside it. The proportional set size (PSS) of all workers together is read every few seconds; the
first fifth of the requests warms up, and goes on until the first new snapshot is served, since what the allocator took to
hold two at a time it keeps. Flat is when the medians of the last quarter of the rest and of its first differ by at most
5 %; where the warm-up took more than half of the day, nothing can be said: ask more.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sys
import tempfile
import time
from collections import Counter, deque
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any
from urllib.parse import quote

import numpy as np

from setting import data_folder, report
from workers import processor_s, sums, workers_at
from zhiyin.bench.serve_load import Answer, Connection, Driven, request
from zhiyin.bench.serve_server import made_home, serving, verb
from zhiyin.core.entity import Kind
from zhiyin.store.store import Store

CLIENTS, WORKERS, BATCH = 16, 2, 20
TRAININGS = (1 / 8, 3 / 8, 5 / 8, 7 / 8)
WARM, MOST_WARM, FLAT, PARTS = 0.2, 0.5, 0.05, 8
CHANCES = {"next": 0.4, "similar": 0.35, "search": 0.3, "feed": 0.2, "explain": 0.1}
TAKEN_UP = 0.05
"""Of the day, in which the workers have taken up the first new snapshot."""
NEWCOMER = 0.005
"""Of the events, those of somebody who never came before."""
OLD_S = 10.0
"""The log of pages is written behind: only a page as old as this is asked about."""
KINDS_OF_EVENTS, THEIR_SHARES = ("view", "click", "cart", "purchase"), (70, 20, 6, 4)


class Day:
    """The people, items and clock of a simulated day, and what was seen of it."""

    def __init__(self, home: Path, asked: argparse.Namespace) -> None:
        with Store.open(home / "shop.db") as store:
            self.people, self.items = (
                store.keys(kind, range(store.count(kind))) for kind in (Kind.PERSON, Kind.ITEM)
            )
            named = store.entities_since(Kind.ITEM, -1)["title"].drop_nulls()
        self.words = [title for title in named.to_list() if title.strip()]
        self.lot = random.Random(asked.seed)
        for things in (self.people, self.items, self.words):
            self.lot.shuffle(things)
        most = max(len(self.people), len(self.items))
        self.often = list(accumulate(1 / (place + 10) for place in range(most)))
        self.start = datetime.now(UTC) - timedelta(days=1)
        self.wanted, self.events = asked.requests, asked.events
        self.sent = self.posted = self.newcomers = 0
        self.did: Counter[str] = Counter()
        self.failed: deque[str] = deque(maxlen=100)
        self.pages: deque[tuple[float, str, str]] = deque(maxlen=1000)
        self.driven = Driven()
        self.warm = WARM

    @property
    def share(self) -> float:
        """How much of the day is over, from 0 to 1."""
        return min(self.sent / self.wanted, 1.0)

    def one(self, things: list[str]) -> str:
        """Return one of some people, items or texts; those that stand first come often."""
        return self.lot.choices(things, cum_weights=self.often[: len(things)])[0]

    def batch(self) -> list[dict[str, Any]]:
        """Return a batch of events of about now."""
        self.posted += BATCH
        return [self._event() for _ in range(BATCH)]

    def _event(self) -> dict[str, Any]:
        second = self.share * 86_400 + self.lot.uniform(-30, 0)
        event = {
            "type": self.lot.choices(KINDS_OF_EVENTS, THEIR_SHARES)[0],
            "time": (self.start + timedelta(seconds=max(second, 0))).isoformat(),
            "user": self.one(self.people),
            "item": self.one(self.items),
        }
        if self.lot.random() < NEWCOMER:
            self.newcomers += 1
            event["user"] = f"newcomer-{self.newcomers}"
        elif self.pages and self.lot.random() < 0.5:
            _, event["request_id"], event["item"] = self.lot.choice(self.pages)
        return event


async def client(day: Day, port: int) -> None:
    """Come as one person after the other until the day is over."""
    connection = Connection(port)

    async def ask(what: str, path: str, body: object = None) -> dict[str, Any]:
        day.did[what] += 1
        day.sent += body is None
        sent = time.monotonic()
        answer: Answer | Exception
        try:
            answer = await asyncio.wait_for(connection.ask(request(path, body)), 60.0)
        except (OSError, EOFError, ValueError, TimeoutError) as error:
            answer = error
        day.driven.note(sent, answer)
        if isinstance(answer, Answer) and answer.is_ok:
            return json.loads(answer.body)
        day.failed.append(f"{what} at {day.share:.4f}, sent {time.monotonic() - sent:.1f} s ago")
        return {}

    while day.sent < day.wanted:
        for what, path in visit(day):
            page = await ask(what, path)
            while what == "page" and page.get("items"):
                day.pages.append((time.monotonic(), page["request_id"], page["items"][0]["item"]))
                if not page.get("next") or day.lot.random() > CHANCES["next"]:
                    break
                page = await ask("next", f"{path}&after={quote(page['next'])}")
        while day.posted < min(day.sent / day.wanted, 1.0) * day.events:
            await ask("events", "/v1/events", day.batch())
    connection.close()


def visit(day: Day) -> Iterator[tuple[str, str]]:
    """Yield what somebody who comes asks for, a path each."""
    lot, user = day.lot, quote(day.one(day.people))
    yield "page", f"/v1/recommend?user={user}"
    if lot.random() < CHANCES["similar"]:
        yield "similar", f"/v1/items/{quote(day.one(day.items), safe='')}/similar"
    if lot.random() < CHANCES["search"]:
        yield "search", f"/v1/search?user={user}&q={quote(day.one(day.words)[:60])}"
    if lot.random() < CHANCES["feed"]:
        yield "feed", f"/v1/feed?user={user}"
    if lot.random() < CHANCES["explain"] and day.pages and _is_logged(day.pages[0]):
        _, asked, item = day.pages[0]
        yield "explain", f"/v1/explain/{asked}/{quote(item, safe='')}"


def _is_logged(page: tuple[float, str, str]) -> bool:
    return time.monotonic() - page[0] > OLD_S


async def watch(
    day: Day, workers: list[int], every_s: float
) -> list[tuple[float, dict[str, float]]]:
    """Return how much of the day was over at each reading, and the megabytes that the workers held."""
    read = []
    while day.sent < day.wanted:
        read.append((day.share, await asyncio.to_thread(sums, workers)))
        await asyncio.sleep(every_s)
    return read


async def train(day: Day, home: Path) -> list[float]:
    """Train a new snapshot at the set times of the day, or later where one takes that long; return the seconds each took."""
    took = []
    for moment in TRAININGS:
        while day.share < moment:
            await asyncio.sleep(0.2)
        if day.share == 1:
            break
        started = time.monotonic()
        await asyncio.to_thread(verb, home, "train")
        took.append(round(time.monotonic() - started, 1))
        if len(took) == 1:
            day.warm = max(WARM, day.share + TAKEN_UP)
    return took


def live(home: Path, asked: argparse.Namespace) -> dict[str, Any]:
    """Serve the shop for the simulated day and return what was seen."""
    day = Day(home, asked)

    async def all_of_it(port: int, workers: list[int]) -> tuple[Any, ...]:
        clients = [client(day, port) for _ in range(CLIENTS)]
        return await asyncio.gather(watch(day, workers, asked.every_s), train(day, home), *clients)

    with serving(home, WORKERS) as port:
        workers = workers_at(port, WORKERS)
        began, worked = time.monotonic(), processor_s(workers)
        read, took, *_ = asyncio.run(all_of_it(port, workers))
        seconds = time.monotonic() - began
        worked = processor_s(workers) - worked
        is_whole = workers_at(port, WORKERS) == workers
    ms = np.percentile(day.driven.ms, (50, 99))
    return {
        "seconds": seconds,
        "workers_processor_s": worked,
        "did": dict(day.did),
        "events_accepted": day.driven.accepted,
        "newcomers": day.newcomers,
        "trainings_s": took,
        "ms_p50_p99": ms.tolist(),
        "errors": day.driven.errors,
        "failed": list(day.failed),
        "said": day.driven.said,
        "workers_lived": is_whole,
        "warm_up": day.warm,
        **judged(read, day.warm),
    }


def judged(read: list[tuple[float, dict[str, float]]], warm: float = WARM) -> dict[str, Any]:
    """Return the medians of each part of the day, and how far the last quarter after the warm-up is from the first."""
    share = np.array([one for one, _ in read])
    after = (share - warm) / (1 - warm)
    names = ("Pss", "Pss_Anon", "Pss_File")
    held = {name: np.array([megabytes[name] for _, megabytes in read]) for name in names}

    def medians(within: np.ndarray) -> dict[str, float]:
        return {name: float(np.median(values[within])) for name, values in held.items()}

    part = np.minimum((share * PARTS).astype(int), PARTS - 1)
    rows = [{"part": one + 1, **medians(part == one)} for one in range(PARTS) if any(part == one)]
    first, last = ((after >= low) & (after < high) for low, high in ((0, 0.25), (0.75, 1.01)))
    growth = medians(last)["Pss"] / medians(first)["Pss"] - 1 if warm <= MOST_WARM else np.nan
    return {
        "megabytes": rows,
        "peak_megabytes": float(held["Pss"].max()),
        "growth_after_warm_up": growth,
        "is_flat": abs(growth) <= FLAT,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=200_000)
    parser.add_argument("--events", type=int, default=200_000)
    parser.add_argument("--every-s", type=float, default=3.0, help="between readings of the memory")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--of", type=Path, help="a trained home, copied, in the place of the data set"
    )
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="zhiyin-soak-") as folder:
        data = data_folder()
        if data is None and asked.of is None:
            sys.exit("there are no data: name their folder by ZHIYIN_DATA, or a home by --of")
        figures = live(made_home(Path(folder), asked.of, data or Path(folder)), asked)
    size = {"requests": asked.requests, "events": asked.events, "seed": asked.seed}
    if asked.json:
        report("soak", size=size, workers=WORKERS, clients=CLIENTS, **figures)
    else:
        table({**size, **figures})
    if figures["errors"] or not figures["is_flat"] or not figures["workers_lived"]:
        sys.exit(1)


def table(figures: dict[str, Any]) -> None:
    """Print the figures for people."""
    print(f"{'part of the day':16}{'PSS, MB':>10}{'own':>10}{'mapped':>10}")
    for row in figures.pop("megabytes"):
        print(f"{row['part']:<16}{row['Pss']:10.1f}{row['Pss_Anon']:10.1f}{row['Pss_File']:10.1f}")
    for name, value in figures.items():
        print(f"{name:24} {value}")


if __name__ == "__main__":
    main()
