"""Workers and importers killed at random moments: what of the acknowledged is lost, what is there twice.

    python benchmarks/faults.py [--rounds 200] [--seed 7]

Three rounds of four kill a worker of ``zhiyin serve --workers 2`` with SIGKILL while three clients post batches of five
events, each event under an id of its own; a batch that was not acknowledged is sent again until it is, to whichever
worker answers. Every fourth kills ``zhiyin import`` of forty files on its way, each file a transaction; running it again goes
on from there. At the end the store is read: it must hold each acknowledged event once, and be consistent.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from zhiyin.core import Event
from zhiyin.shop import Shop
from zhiyin.store.store import Store

ZHIYIN = [sys.executable, "-c", "from zhiyin.apps.cli.main import run; run()"]
CLIENTS, BATCHES, BATCH = 3, 12, 5
KILLS_OF_A_SERVER = 4
"""A new worker comes later after each kill: so few, and each round waits a second or two."""
FILES, ROWS, KILLS_OF_AN_IMPORT = 40, 100, 4
HEADERS = {"Content-Type": "application/json"}
PATIENCE_S = 600
"""A worker that starts on a busy machine may take minutes; what counts here is what was lost."""


@dataclass(slots=True)
class Told:
    """What some rounds came to."""

    rounds: int = 0
    acknowledged: int = 0
    lost: int = 0
    duplicated: int = 0
    sent_again: int = 0
    imports_in_part: int = 0

    def add(self, home: Path, acknowledged: list[str]) -> None:
        """Count what a store holds of events that were acknowledged."""
        with closing(sqlite3.connect(home / "shop.db")) as database:
            stored = database.execute("SELECT users.key FROM events JOIN entities users ON "
                                      "users.kind = 2 AND users.number = events.person").fetchall()  # fmt: skip
        held = Counter(key for (key,) in stored)
        self.acknowledged += len(acknowledged)
        self.lost += sum(key not in held for key in acknowledged)
        self.duplicated += sum(count - 1 for count in held.values())
        with Store.open(home / "shop.db") as store:
            assert store.check() == []


@contextmanager
def serving(home: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Serve a home with two workers; yield the process that watches them, and the port."""
    command = [*ZHIYIN, "--home", str(home), "serve", "--port", "0", "--workers", "2"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            assert process.stdout is not None
            yield process, int(process.stdout.readline().split(" ")[3].rpartition(":")[2])
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(PATIENCE_S)


def workers_of(watcher: subprocess.Popen[str]) -> list[int]:
    """Return the processes that answer, as soon as there is one: who was killed comes back after seconds."""
    children = Path(f"/proc/{watcher.pid}/task/{watcher.pid}/children")
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        workers = [one for one in children.read_text().split() if b"spawn_main" in _command(one)]
        if workers:
            return [int(worker) for worker in workers]
        if watcher.poll() is not None:
            raise RuntimeError(f"the server has ended with {watcher.returncode}")
        time.sleep(0.01)
    raise TimeoutError(f"no worker has come back within {PATIENCE_S} s")


def _command(process: str) -> bytes:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:  # it has ended
        return b""


def post(port: int, batches: list[list[dict[str, str]]]) -> tuple[list[str], int]:
    """Post batches until each is acknowledged; return the users of their events, and how often one was sent again."""
    acknowledged, again = [], 0
    for batch in batches:
        until = time.monotonic() + PATIENCE_S
        while not _is_stored(port, batch):
            again += 1
            if time.monotonic() > until:
                raise TimeoutError(f"nobody took {batch}")
            time.sleep(0.01)
        acknowledged += [event["user"] for event in batch]
    return acknowledged, again


def _is_stored(port: int, batch: list[dict[str, str]]) -> bool:
    # A connection for each batch, so that both workers are asked.
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)) as connection:
        try:
            connection.request("POST", "/v1/events", json.dumps(batch), HEADERS)
            answer = connection.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException):
            return False
    return answer.status == 200


def kill_workers(folder: Path, rounds: int, lot: random.Random, told: Told) -> None:
    """Kill workers of servers while events are posted."""
    for first in range(0, rounds, KILLS_OF_A_SERVER):
        home = folder / f"served-{first}"
        with Shop.open(home) as shop:
            shop.record([Event("somebody", "tea")])
        acknowledged = ["somebody"]
        kills = min(KILLS_OF_A_SERVER, rounds - first)
        with serving(home) as (watcher, port), ThreadPoolExecutor(CLIENTS) as pool:
            for kill in range(kills):
                posted = [
                    pool.submit(post, port, _batches(f"{kill}-{client}"))
                    for client in range(CLIENTS)
                ]
                time.sleep(lot.uniform(0, 0.4))
                os.kill(lot.choice(workers_of(watcher)), signal.SIGKILL)
                for one in posted:
                    users, again = one.result()
                    acknowledged += users
                    told.sent_again += again
        told.add(home, acknowledged)
        told.rounds += kills


def _batches(name: str) -> list[list[dict[str, str]]]:
    names = [[f"{name}-{batch}-{n}" for n in range(BATCH)] for batch in range(BATCHES)]
    return [
        [{"event_id": one, "user": one, "item": "tea", "type": "view"} for one in batch]
        for batch in names
    ]


def kill_importers(folder: Path, rounds: int, lot: random.Random, told: Told) -> None:
    """Kill imports on their way, and let the last go on to its end."""
    users: list[str] = []
    files = [folder / f"{place}.csv" for place in range(FILES)]
    for file in files:
        named = [f"{file.stem}-{row}" for row in range(ROWS)]
        rows = "".join(f"{user},{user},tea,view\n" for user in named)
        file.write_text("event_id,user,item,type\n" + rows)
        users += named
    for first in range(0, rounds, KILLS_OF_AN_IMPORT):
        home = folder / f"imported-{first}"
        command = [*ZHIYIN, "--home", str(home), "import", "table", *map(str, files)]
        command += ["--kind", "events"]
        kills = min(KILLS_OF_AN_IMPORT, rounds - first)
        for _ in range(kills):
            importer = subprocess.Popen(
                command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            _wait_for(home / "shop.db", importer)
            time.sleep(lot.uniform(0, 0.6))
            importer.kill()
            importer.wait()
            told.imports_in_part += 0 < _stored(home) < len(users)
        subprocess.run(command, check=True, capture_output=True)
        told.add(home, users)
        told.rounds += kills


def _stored(home: Path) -> int:
    with Store.open(home / "shop.db") as store:
        return sum(chunk.height for chunk in store.events())


def _wait_for(path: Path, importer: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE_S
    while not path.exists() and importer.poll() is None and time.monotonic() < until:
        time.sleep(0.01)


def run(rounds: int, seed: int = 7) -> Told:
    """Run all rounds and say what they came to."""
    lot, told = random.Random(seed), Told()
    importing = rounds // 4
    with tempfile.TemporaryDirectory(prefix="zhiyin-faults-") as folder:
        kill_workers(Path(folder), rounds - importing, lot, told)
        kill_importers(Path(folder), importing, lot, told)
    return told


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args()
    started = time.monotonic()
    told = run(asked.rounds, asked.seed)
    fields = {name: getattr(told, name) for name in Told.__slots__}
    print(json.dumps({**fields, "seconds": round(time.monotonic() - started, 1)}))


if __name__ == "__main__":
    main()
