"""What a load is driven against: the command's own server over a shop's home, and the route that does nothing."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from zhiyin.errors import NotFound, StoreUnavailable
from zhiyin.settings import Settings

DATASET = "hetrec_lastfm"
_ZHIYIN = (sys.executable, "-c", "from zhiyin.apps.cli.main import run; run()")
_START_S = 120.0


def verb(home: Path, *words: str, store: str = "") -> None:
    """Run a verb of the command line over a home, in a process of its own.

    Args:
        home: of the shop.
        words: the verb, and what it is told.
        store: URL of the shop's database; empty where it is in its home.
    Raises:
        StoreUnavailable: it failed.
    """
    done = subprocess.run(  # noqa: S603 - our own command
        _command(home, words), env=_environment(store), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise _failed(words, done.stderr)


def made_home(folder: Path, home: Path | None, data: Path, store: str = "") -> Path:
    """Return a trained home of its own for a run: a copy of one, or of the public data set.

    Args:
        folder: where it may be made.
        home: to copy; its own stays as it is.
        data: folder of public data sets, where no home is given.
        store: URL of an empty database to which what is stored goes; empty for a file in the home.
    Raises:
        NotFound: there is neither, or the home keeps its data elsewhere.
        StoreUnavailable: the database is not empty, or does not answer.
    """
    made = _copied(folder / "home", home, data)
    if store:
        dump = str(folder / "dump")
        verb(made, "dump", dump)
        verb(made, "restore", dump, store=store)
    return made


def _copied(made: Path, home: Path | None, data: Path) -> Path:
    if home is not None:
        if Settings.load(home).store.url or not (home / "shop.db").is_file():
            raise NotFound(
                "there is no shop of its own in this folder",
                where=str(home),
                expected="a home with a trained shop in SQLite",
                next_step="zhiyin import, zhiyin train",
            )
        shutil.copytree(home, made)
        return made
    if not (data / DATASET).is_dir():
        raise NotFound(
            f"the data set {DATASET} is not there",
            where=str(data),
            expected="the folder of public data sets",
            next_step="name it with --data or ZHIYIN_DATA, or a trained shop with --of",
        )
    verb(made, "import", DATASET.replace("_", "-"), str(data / DATASET))
    verb(made, "train")
    return made


@contextmanager
def serving(home: Path, workers: int, store: str = "") -> Iterator[int]:
    """Serve a home on a free port of this machine, its database at a URL where one is given; yields the port."""
    command = _command(home, ("serve", "--port", "0", "--workers", str(workers)))
    log = home / "serve.log"
    with (
        log.open("w") as errors,
        subprocess.Popen(  # noqa: S603 - our own command
            command, env=_environment(store), stdout=subprocess.PIPE, stderr=errors, text=True
        ) as process,
    ):
        try:
            said = process.stdout.readline() if process.stdout else ""
            port = re.search(r":(\d+)", said)
            if port is None:
                raise _failed(("serve",), log.read_text())
            yield int(port[1])
        finally:
            process.send_signal(signal.SIGTERM)


@contextmanager
def doing_nothing(workers: int) -> Iterator[int]:
    """Serve the route that does nothing, by as many processes of the same server; yields the port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    command = (
        sys.executable, "-m", "uvicorn", "zhiyin.bench.serve_noop:app", "--port", str(port),
        "--workers", str(workers), "--log-level", "critical", "--no-access-log",
    )  # fmt: skip
    with subprocess.Popen(command) as process:  # noqa: S603 - our own command
        try:
            _await(port)
            yield port
        finally:
            process.send_signal(signal.SIGTERM)


def _await(port: int) -> None:
    until = time.monotonic() + _START_S
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port), 1):
                return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def _command(home: Path, words: Sequence[str]) -> tuple[str, ...]:
    return (*_ZHIYIN, "--home", str(home), *words)


def _environment(store: str) -> dict[str, str]:
    """Return the environment without settings of the door: a key or an address would change what is measured."""
    told = {name: said for name, said in os.environ.items() if not name.startswith("ZHIYIN_API__")}
    return {**told, **({"ZHIYIN_STORE__URL": store} if store else {})}


def _failed(words: Sequence[str], said: str) -> StoreUnavailable:
    return StoreUnavailable(
        f"zhiyin {words[0]} failed: {said.strip()[-500:]}",
        where="bench serve",
        expected="a verb that does its work",
        next_step=f"run it by hand: zhiyin {' '.join(words)}",
    )
