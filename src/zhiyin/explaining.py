"""Why a page holds an item, or does not: what was logged of it, and the same question asked again with a recording."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.core import History, Kind, Page, Query, Ref
from zhiyin.core.journey import Journey, Verdict
from zhiyin.core.noted import query_of
from zhiyin.core.recording import Recording
from zhiyin.errors import InvalidRecord, UnknownEntity
from zhiyin.serving import Serving
from zhiyin.store.shown_pages import ShownPage
from zhiyin.store.store import Store
from zhiyin.surfaces import Surfaces

_WRITTEN_S = 0.6
"""So long a page of another worker is on its way into the store."""
_PATIENCE_S = 3.0
"""How long who asks waits for the pages of this one to be written."""
_BUDGET_MS = 5000.0
"""Nobody waits for the page itself, so that no stage is left out for being late."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why an item is on a page, or is not.

    Attributes:
        query: what was asked.
        item: the item.
        logged: the page as it was shown; None for a new page.
        page: what the same question is answered with now, from what was done until then.
        journey: the item's way through that run.
    """

    query: Query
    item: Ref
    logged: ShownPage | None
    page: Page
    journey: Journey

    @property
    def place(self) -> int | None:
        """The item's place on the page that was shown, from 1; None where it was not on it, or nothing was shown."""
        items = () if self.logged is None else self.logged.impression.items
        return items.index(self.item.number) + 1 if self.item.number in items else None

    @property
    def differs(self) -> bool:
        """Whether the page made now holds other items than the one shown, or in another order."""
        if self.logged is None:
            return False
        now = [one.ref.number for one in self.page.items if one.ref.kind == Kind.ITEM]
        return now != list(self.logged.impression.items)

    @property
    def verdict(self) -> Verdict:
        """What became of the item; ``shown_now`` where the page that was shown did not hold it and one made now does."""
        if self.place is not None:
            return Verdict("shown", None, {"place": self.place})
        found = self.journey.verdict(self.query.n)
        is_new = self.logged is not None and found.kind == "shown"
        return found._replace(kind="shown_now") if is_new else found


@dataclass(frozen=True, slots=True)
class Run:
    """A page made for whoever asks how.

    Attributes:
        query: what was asked.
        page: what came of it.
        recording: what every stage was given and answered.
    """

    query: Query
    page: Page
    recording: Recording


class Explaining:
    """Explains pages.

    A page is made again at the logged time, from the person's events until then; the snapshot, the catalogue, rules and what
    others did since are those of now, so the answer says whether the page differs. Nobody sees it and nothing is logged.

    Args:
        store: what was shown and done.
        serving: what pages are made from.
        surfaces: makes pipelines.
        ready: brings all up to date that a query needs, and returns the query with the weather.
        written: waits so many seconds at most until the pages shown so far are in the store.
    """

    def __init__(
        self, store: Store, serving: Serving, surfaces: Surfaces, ready: Callable[[Query], Query],
        written: Callable[[float], object],
    ) -> None:  # fmt: skip
        self._store = store
        self._serving = serving
        self._surfaces = surfaces
        self._ready = ready
        self._written = written

    def of_page(self, request_id: str, item: str) -> Explanation:
        """Return why a page that was shown holds an item, or does not.

        Raises:
            UnknownEntity: no page has that request, or no item has that id.
            InvalidRecord: it answered a search whose text was not kept.
            NotFound: nothing was trained yet.
        """
        ref = self._item(item)
        shown = self._shown(request_id)
        page = shown.impression
        text = self._store.searches.texts([request_id]).get(request_id)
        if page.surface == "search" and text is None:
            raise InvalidRecord(
                "the text of this search is not kept",
                where=request_id,
                expected="a search for goods",
                next_step=f"zhiyin why {item} --query TEXT tells of a new one",
            )
        query = self._ready(query_of(page, text))
        self._serving.pipeline(query.surface)  # refuses one that there is not
        services = dict(self._serving.services)
        services["history"] = _until(services["history"], query.time_us)
        return _explained(self._run(query, services), ref, shown)

    def of(self, query: Query, item: str) -> Explanation:
        """Return why a page made now would hold an item, or would not.

        Raises:
            UnknownEntity: no item has that id.
            UnknownPart: no pipeline serves that surface.
            NotFound: nothing was trained yet.
        """
        return _explained(self.run(query), self._item(item), None)

    def run(self, query: Query) -> Run:
        """Return how a page made now comes about; nobody sees it and nothing is logged.

        Raises:
            UnknownPart: no pipeline serves that surface.
            NotFound: nothing was trained yet.
        """
        query = self._ready(replace(query, is_preview=True))
        self._serving.pipeline(query.surface)  # refuses one that there is not
        return self._run(query, self._serving.services)

    def _run(self, query: Query, services: Mapping[str, Any]) -> Run:
        pipeline = self._surfaces.pipeline(query.surface, services, budget_ms=_BUDGET_MS)
        recording = Recording()
        return Run(query, pipeline.run(query, recording), recording)

    def _item(self, item: str) -> Ref:
        number = self._store.number(Kind.ITEM, item)
        if number is None:
            raise UnknownEntity(
                f"no item has the id {item}",
                where="item",
                expected="an id of the catalogue",
                next_step="zhiyin import brings items in",
            )
        return Ref(Kind.ITEM, number)

    def _shown(self, request_id: str) -> ShownPage:
        shown = self._store.shown.of(request_id)
        if shown is None:
            self._written(_PATIENCE_S)
            shown = self._store.shown.of(request_id)
        if shown is None:
            time.sleep(_WRITTEN_S)
            shown = self._store.shown.of(request_id)
        if shown is None:
            raise UnknownEntity(
                f"no page was shown under the request {request_id}",
                where="request_id",
                expected="`request_id` of a page that was shown, no preview",
                next_step="ask for a page, or zhiyin why --user USER ITEM",
            )
        return shown


def _explained(run: Run, ref: Ref, shown: ShownPage | None) -> Explanation:
    journey = Journey.of_run(run.recording, run.query, run.page, ref)
    return Explanation(run.query, ref, shown, run.page, journey)


def _until(history: Callable[[int, int], History], time_us: int) -> Callable[[int, int], History]:
    """Return what reads histories as they were at a time; events of an unknown time stay."""

    def read(person: int, n: int) -> History:
        found = history(person, n)
        was: NDArray[np.bool_] = found.time_us <= time_us  # NO_TIME is before everything
        return History(found.items[was], found.types[was], found.values[was], found.time_us[was])

    return read
