"""What pages are made from: the newest snapshot, and what happened since it was trained."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from zhiyin.core import Pipeline
from zhiyin.core.freed import give_back
from zhiyin.core.rule import SEARCH
from zhiyin.errors import NotFound, StoreError, ZhiyinError
from zhiyin.portraits.live import Live
from zhiyin.portraits.society import Society
from zhiyin.ranking.trained import Trained
from zhiyin.settings import Settings
from zhiyin.store.catalogue import Catalogue
from zhiyin.store.since import Marks
from zhiyin.store.snapshots import Snapshots
from zhiyin.store.store import Store
from zhiyin.surfaces import Surfaces

_log = logging.getLogger(__name__)


class Serving:
    """Opens the newest snapshot and makes the pipelines over it.

    What is served stays while another is opened, and when that one is damaged; where nothing is served yet, the newest
    whole one before it is. What is wrong with a snapshot is kept for
    who asks for a page, so that training and rolling back go on.

    Args:
        settings: which surfaces there are.
        store: what happened.
        snapshots: what was learned.
        catalogue: items.
        surfaces: makes pipelines.
        services: gives what parts may ask for beside what a snapshot holds, when it is opened.
    """

    def __init__(
        self,
        settings: Settings,
        store: Store,
        snapshots: Snapshots,
        catalogue: Catalogue,
        surfaces: Surfaces,
        services: Callable[[], Mapping[str, Any]],
    ) -> None:
        self._settings = settings
        self._store = store
        self._snapshots = snapshots
        self._catalogue = catalogue
        self._surfaces = surfaces
        self._shared = services
        self._swap = threading.Lock()
        self.services: Mapping[str, Any] = {}
        self.pipelines: Mapping[str, Pipeline] = {}
        self.version: int | None = None
        self._untrained: Pipeline | None = None
        self._live: Live | None = None
        self._seen: tuple[Marks, Live | None] | None = None
        self._failure: ZhiyinError | None = None
        self._tried: int | None = None

    @property
    def marks(self) -> Marks | None:
        """How far in the store the pages are that were made last; None before the first."""
        return self._seen[0] if self._seen else None

    @property
    def society(self) -> Society | None:
        """What the newest training learned of people, and what they did since; None before the first."""
        self.catch_up()
        return self.services.get("society")

    def pipeline(self, surface: str) -> Pipeline:
        """Return the stages behind a surface; those of search need no training, and are without what it learns before one.

        Raises:
            NotFound: nothing was trained yet.
            UnknownPart: no pipeline serves that surface.
        """
        if not self.pipelines and surface == SEARCH and not self._failure:
            if self._untrained is None:
                self._untrained = self._surfaces.pipeline(surface, self._shared(), is_trained=False)
            return self._untrained
        if not self.pipelines:
            raise self._failure or NotFound(
                "nothing was trained yet",
                where=str(self._settings.home),
                expected="a snapshot",
                next_step="zhiyin train",
            )
        self._settings.pipeline(surface)  # refuses one that there is not
        return self.pipelines[surface]

    def reload(self) -> None:
        """Serve from the current snapshot, if there is one.

        Raises:
            StoreError: it is damaged; what was served before is still served.
            SettingsError: a pipeline names something that is not there.
        """
        with self._swap:
            version = self._snapshots.current()
            if version is not None and version != self.version:
                is_first = self.version is None
                self._serve(version)
                if not is_first:
                    give_back()

    def _serve(self, version: int) -> None:
        snapshot = self._snapshots.open(version)
        trained = Trained.from_snapshot(snapshot.arrays, snapshot.manifest)
        services = {**self._shared(), **trained.services()}
        surfaces = self._settings.pipelines
        pipelines = {name: self._surfaces.pipeline(name, services) for name in surfaces}
        live = Live(self._store, trained.society) if trained.society else None
        if live:
            live.catch_up()
        self.services, self.pipelines, self._live = services, pipelines, live
        self.version, self._failure = version, None

    def try_reload(self) -> None:
        """Reload, and keep what goes wrong."""
        self._tried = self._newest()
        try:
            self.reload()
        except ZhiyinError as error:
            _log.error("%s", error)
            self._failure = error
            if isinstance(error, StoreError) and not self.pipelines:
                self._serve_one_before()

    def _serve_one_before(self) -> None:
        """Serve the newest whole snapshot before the current one, or of all where the pointer is damaged."""
        with self._swap:
            for version in reversed(self._snapshots.versions()):
                if self._tried is None or version < self._tried:
                    with suppress(ZhiyinError):
                        self._serve(version)
                        _log.error("snapshot %d is served in its place", version)
                        return

    def catch_up(self) -> None:
        """Take in what is new: items, what people did, and a newer snapshot, which is opened beside the one served."""
        # One question tells whether anything is new; a snapshot opened meanwhile catches up by itself.
        seen = self._store.since.marks(), self._live
        if seen != self._seen:
            self._catalogue.refresh()
            if live := self._live:
                live.catch_up()
            self._seen = seen
        if self._newest() in (self.version, self._tried) or self._swap.locked():
            return
        if not self.pipelines:
            self.try_reload()
        else:
            threading.Thread(target=self.try_reload, name="reload", daemon=True).start()

    def _newest(self) -> int | None:
        """Return the current snapshot's version; what is served stays when the pointer to it is damaged."""
        try:
            return self._snapshots.current()
        except StoreError as error:
            self._failure = error
            return self.version
