"""Whether the server runs, and whether it can make pages: for whatever watches over it."""

from __future__ import annotations

import os
import shutil
import threading
from contextlib import suppress
from typing import Any

from fastapi import APIRouter

from zhiyin import __version__
from zhiyin.apps.api.bodies import Health
from zhiyin.apps.api.metrics import Metrics
from zhiyin.apps.api.problems import problem
from zhiyin.errors import ZhiyinError
from zhiyin.installation.home import LEAST_FREE_BYTES
from zhiyin.shop import Shop

_PATIENCE_S = 5.0
"""How long who asks waits for the index of the search."""


def health_routes(shop: Shop, metrics: Metrics) -> APIRouter:
    """Return the routes that need no key; the index of the search is opened beside them."""
    router = APIRouter(tags=["health"])
    opening = threading.Thread(target=_open_search, args=(shop,), name="warming", daemon=True)
    opening.start()

    @router.get("/healthz", response_model=Health, response_model_exclude_none=True)
    def healthz() -> Any:
        """Say that the server runs, which of its processes answers, and of which version it is."""
        return {"status": "ok", "process": os.getpid(), "version": __version__}

    @router.get(
        "/readyz",
        response_model=Health,
        response_model_exclude_none=True,
        responses={503: {"description": "Not yet"}},
    )
    def readyz() -> Any:
        """Say whether the server can make pages, and from which snapshot.

        The store answers and is where it was, the disk has space for what will be written, something was trained, the
        search has its index, and not every page of late was degraded.
        """
        shop.store.revision()
        shop.telemetry.sizes()
        free = shutil.disk_usage(shop.settings.home).free
        if free < LEAST_FREE_BYTES:
            return problem(
                503,
                "the disk is full",
                f"{free / 1e6:.0f} MB are free.",
                next_step="free some space",
            )
        if shop.version is None:
            # Whoever asks only here would never hear that another process has trained meanwhile.
            shop.reload()
        if shop.version is None:
            return problem(503, "nothing was trained yet", "Next: zhiyin train.")
        opening.join(_PATIENCE_S)
        if opening.is_alive():
            return problem(503, "the index of the search is being opened", "Ask again.")
        shop.searching.refresh()  # raises where it could not be opened
        if metrics.is_every_page_degraded():
            return problem(
                503,
                "every page is degraded",
                "See /metrics: zhiyin_stage_failures_total.",
                next_step="zhiyin doctor",
            )
        return {"status": "ready", "snapshot": shop.version}

    return router


def _open_search(shop: Shop) -> None:
    with suppress(ZhiyinError):  # who searches is told
        shop.searching.refresh()
