"""``zhiyin doctor``: is everything here sound."""

from __future__ import annotations

import platform
import shutil
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from zhiyin.apps.cli.existing import existing
from zhiyin.apps.cli.failing import refused_by_the_system
from zhiyin.apps.cli.output import AsJson, listing, print_json
from zhiyin.errors import StageError, StoreError, ZhiyinError

if TYPE_CHECKING:
    from zhiyin.settings import Settings
    from zhiyin.shop import Shop

NAME = "doctor"
_LIBRARIES = ("numpy", "scipy", "polars", "sqlalchemy", "pydantic", "fastapi")


def command(context: typer.Context, as_json: AsJson = False) -> None:
    """Check that everything here is sound.

    Looks at settings, disk, database, snapshot and the time of one list. The exit code is 1 when a check fails; nothing
    is made or mended.
    """
    checks = list(_checks(context.obj))
    if as_json:
        print_json(checks)
    else:
        listing([[row["status"], row["check"], row["found"]] for row in checks])
    if any(row["status"] == "FAIL" for row in checks):
        raise typer.Exit(1)


def _checks(home: Path | None) -> Iterator[dict[str, str]]:
    from zhiyin.settings import Settings
    from zhiyin.shop import Shop

    yield _tried("software", _software)
    try:
        settings = Settings.load(home)
    except ZhiyinError as error:
        yield _failed("settings", error)
        return
    folder = _tried("home", lambda: _home(settings))
    yield folder
    if folder["status"] == "FAIL":
        return
    try:
        shop = Shop.open(settings)
    except ZhiyinError as error:
        yield _failed("shop", error)
        return
    with shop:
        yield _tried("database", lambda: _database(shop))
        yield _tried("snapshot", lambda: _snapshot(shop))
        yield _tried("list", lambda: _one_list(shop))


def _tried(check: str, look: Callable[[], str]) -> dict[str, str]:
    try:
        return {"check": check, "status": "PASS", "found": look()}
    except ZhiyinError as error:
        return _failed(check, error)
    except OSError as error:
        return _failed(check, refused_by_the_system(error))


def _failed(check: str, error: ZhiyinError) -> dict[str, str]:
    return {"check": check, "status": "FAIL", "found": str(error)}


def _software() -> str:
    libraries = ", ".join(f"{name} {version(name)}" for name in _LIBRARIES)
    return f"zhiyin {version('zhiyin')}, Python {platform.python_version()}, {libraries}"


def _home(settings: Settings) -> str:
    existing(settings.home)
    free = shutil.disk_usage(settings.home).free
    return f"{settings.home}, {free / 1e9:.1f} GB free"


def _database(shop: Shop) -> str:
    from zhiyin.core import Kind

    problems = shop.store.check()
    if problems:
        raise StoreError("; ".join(problems), where="database", next_step="restore a backup of it")
    counts = {"items": Kind.ITEM, "posts": Kind.POST, "users": Kind.PERSON}
    return ", ".join(f"{shop.store.count(kind):,} {name}" for name, kind in counts.items())


def _snapshot(shop: Shop) -> str:
    current = shop.snapshots.open()
    return f"version {current.version}, model {current.manifest['model']}, checksums hold"


def _one_list(shop: Shop) -> str:
    shop.recommend(is_preview=True)
    started = time.perf_counter()
    page = shop.recommend(is_preview=True)
    ms = (time.perf_counter() - started) * 1e3
    unwell = [f"{stage.stage}/{stage.name} {stage.status}" for stage in page.trace]
    if page.degraded:
        raise StageError(
            ", ".join(name for name in unwell if not name.endswith(" ok")),
            where="pipeline home",
            expected="every stage to answer in time",
            next_step="zhiyin recommend USER --explain",
        )
    return f"{len(page.items)} items in {ms:.1f} ms"
