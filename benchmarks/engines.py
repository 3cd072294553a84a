"""Real data in, twice, on SQLite and PostgreSQL: seconds, memory, rates, and whether both give the same lists.

python benchmarks/engines.py [data set ...]
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from setting import data_folder, report
from store import postgres

SETS = {
    "complete_journey": ("complete-journey", ["complete_journey"], ["1", "900", "1228"]),
    "hetrec_lastfm": ("hetrec-lastfm", ["hetrec_lastfm"], ["2", "3", "4"]),
    "amazon_magazines": (
        "amazon-reviews",
        ["amazon_magazines/metadata.jsonl.gz", "amazon_magazines/reviews.jsonl.gz"],
        ["nobody"],
    ),
}


class Shop:
    """A shop used as its owner uses it: one process for each command."""

    def __init__(self, home: Path, url: str) -> None:
        self._command = [str(Path(sys.executable).with_name("zhiyin")), "--home", str(home)]
        self._environment = {**os.environ, "ZHIYIN_STORE__URL": url}

    def run(self, *words: str) -> tuple[Any, dict[str, float]]:
        """Return what a command printed as JSON, and how long it took in what memory."""
        started = time.perf_counter()
        with tempfile.TemporaryFile() as out:
            child = subprocess.Popen(
                [*self._command, *words, "--json"], stdout=out, env=self._environment
            )
            _, status, used = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
            out.seek(0)
            document = json.loads(out.read())
        cost = {"s": time.perf_counter() - started, "peak_mb": used.ru_maxrss / 1024}
        return document, cost


def measure(shop: Shop, name: str, data: Path) -> tuple[dict[str, Any], list[Any]]:
    form, files, people = SETS[name]
    paths = [str(data / file) for file in files]
    first, figures = shop.run("import", form, *paths)
    told: dict[str, Any] = {"import": figures, "rows_s": sum_of(first) / first["seconds"]}
    second, told["import_again"] = shop.run("import", form, *paths)
    told["accepted"] = first["accepted"]
    told["added_by_the_second"] = sum(second["accepted"].values())
    found, told["check"] = shop.run("check")
    told["check"]["found"] = {
        row["check"]: row["status"] for row in found if row["status"] != "PASS"
    }
    _, told["train"] = shop.run("train")
    pages = [shop.run("recommend", user, "-n", "20")[0]["items"] for user in people]
    lists = [[(item["item"], round(item["score"], 6)) for item in page] for page in pages]
    return told, [first["accepted"], found, lists]


def sum_of(done: dict[str, Any]) -> int:
    """Return how many rows of the files an import took; users and items named on the way are not counted."""
    return sum(n for kind, n in done["accepted"].items() if kind not in ("users", "items"))


def main() -> None:
    data = data_folder()
    figures: dict[str, Any] = {}
    for name in sys.argv[1:] or SETS:
        if data is None:
            break
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            sqlite, one = measure(Shop(root / "a", ""), name, data)
            with postgres(root) as url:
                postgresql, other = measure(Shop(root / "b", url), name, data)
        figures[name] = {"sqlite": sqlite, "postgresql": postgresql, "same": one == other}
    report("engines", **figures)


if __name__ == "__main__":
    main()
