"""All that can be looked at without changing anything, in an order in which what is broken explains what comes after."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from zhiyin.errors import StageError, StoreError, ZhiyinError
from zhiyin.installation import home as places
from zhiyin.installation import learned, server, software
from zhiyin.installation.finding import Finding, looked

if TYPE_CHECKING:
    from zhiyin.settings import Settings
    from zhiyin.store.examining import Examination

_DEFAULT_HOME = "zhiyin-home"
_SETTINGS_FILES = ("zhiyin.local.toml", "zhiyin.toml")


def examine(home: Path | None = None) -> Iterator[Finding]:
    """Yield what each check found; what cannot be looked at because something before it is broken is left out.

    Args:
        home: folder of the shop; ``ZHIYIN_HOME``, then ``zhiyin-home``, unless given.
    """
    folder = home or Path(os.environ.get("ZHIYIN_HOME") or _DEFAULT_HOME)
    yield looked("python", software.python)
    yield looked("packages", software.packages)
    found: list[Settings] = []
    yield looked("settings", lambda: _settings(folder, found))
    yield looked("home", lambda: places.folder(folder))
    if not folder.is_dir():
        return
    settings = found[0] if found else None
    yield looked("disk", lambda: places.disk(folder))
    yield looked("secrets", lambda: places.secrets(folder, settings))
    yield looked("leftovers", lambda: places.leftovers(folder))
    if settings is not None:
        yield looked("models", lambda: learned.models(settings))
        yield looked("port", lambda: server.port(settings.api))
    unwell = []
    for finding in _of_the_data(folder, settings):
        unwell += [finding] if finding.status == "FAIL" else []
        yield finding
    if settings is not None and not unwell:
        yield looked("page", lambda: _page(settings))


def _settings(folder: Path, found: list[Settings]) -> str:
    from zhiyin.settings import Settings

    found.append(Settings.load(folder))
    files = [name for name in _SETTINGS_FILES if (folder / name).is_file()]
    return f"read from {' and '.join(files)}" if files else "the defaults"


def _of_the_data(folder: Path, settings: Settings | None) -> Iterator[Finding]:
    made: list[Examination] = []
    yield looked("database", lambda: _database(folder, settings, made))
    for examination in made:
        yield looked("schema", examination.schema)
        yield looked("integrity", examination.integrity)
        yield looked("log", examination.log)
        yield looked("clock", examination.clock)
    snapshots = folder / "snapshots"
    current = looked("snapshot", partial(learned.current_snapshot, snapshots))
    yield current
    if snapshots.is_dir():
        yield looked("earlier", partial(learned.earlier_snapshots, snapshots))
    if current.status != "FAIL":
        yield looked("search", partial(learned.search_index, snapshots))


def _database(folder: Path, settings: Settings | None, made: list[Examination]) -> str:
    from zhiyin.privacy.secret import Secret
    from zhiyin.store.examining import Examination

    url = settings.store.url if settings is not None else ""
    examination = Examination(url or folder / "shop.db")
    found = examination.entities()
    made.append(examination)
    if settings is not None:
        examination.people(Secret.of(settings.privacy, settings.home))
    return found


def _page(settings: Settings) -> str | ZhiyinError:
    """Return how long a page takes that nobody is shown; none is made where opening the shop would change it.

    Raises:
        StageError: a stage of it does not do its part.
    """
    from zhiyin.core import Query
    from zhiyin.shop import Shop
    from zhiyin.store.examining import Examination

    examination = Examination(settings.store.url or settings.home / "shop.db")
    if not examination.is_current():
        return "not made before the tables are at the newest migration"
    with examination.untouched():
        if owed := _owed(settings):
            return owed
        with Shop.open(settings) as shop:
            shop.page(Query(is_preview=True))
            started = time.perf_counter()
            page = shop.page(Query(is_preview=True))
            ms = (time.perf_counter() - started) * 1e3
    if page.degraded:
        unwell = (
            f"{one.stage}/{one.name} {one.status}" for one in page.trace if one.status != "ok"
        )
        raise StageError(
            ", ".join(unwell),
            where="pipeline home",
            expected="every stage to answer in time",
            next_step="zhiyin recommend USER --explain",
        )
    return f"{len(page.items)} items in {ms:.1f} ms"


def _owed(settings: Settings) -> ZhiyinError | None:
    """Return whether people were forgotten of whom this database still knows, an old copy; the next start erases them."""
    from zhiyin.forgetting.receipts import RECEIPTS, erased, kept
    from zhiyin.privacy.secret import Secret
    from zhiyin.store.store import Store

    receipts = kept(settings.home / RECEIPTS)
    if not receipts:
        return None
    secret = Secret.of(settings.privacy, settings.home)
    with Store.open(settings.store.url or settings.home / "shop.db", secret) as store:
        known = {erased(one) for one in store.erasure.tombstones.receipts()}
    owed = sum(erased(one) not in known for one in receipts)
    if not owed:
        return None
    return StoreError(
        f"{owed} people of this database were forgotten by a later one: it is an old copy",
        where=str(settings.home / RECEIPTS),
        expected="a database that has forgotten them",
        next_step="start zhiyin: whatever is done first erases them again",
    )
