"""Routes that tell what a shop runs on, and go back to an earlier snapshot."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Body
from fastapi.responses import JSONResponse

from zhiyin.apps.api.problems import OF_DATA, OF_JSON
from zhiyin.apps.api.system_bodies import (
    EXAMPLE_ROLLBACK,
    ChecksAnswer,
    RollbackBody,
    RolledBackAnswer,
    SystemAnswer,
)
from zhiyin.apps.system_document import system_document
from zhiyin.errors import NotFound, UnknownEntity
from zhiyin.shop import Shop


def system_routes(shop: Shop) -> APIRouter:
    """Return the routes of what a shop runs on."""
    router = APIRouter(prefix="/v1/system", tags=["system"], responses=dict(OF_DATA))

    @router.get("", response_model=SystemAnswer)
    def system() -> Any:
        """Return pipelines in running order, snapshots, what was learned and read when, settings without secrets, and parts."""
        return JSONResponse(system_document(shop))

    @router.get("/checks", response_model=ChecksAnswer)
    def checks() -> Any:
        """Look whether everything here is sound, as `zhiyin doctor` does, which may take seconds; nothing is changed."""
        from zhiyin.installation.examination import examine

        return JSONResponse({"checks": [asdict(one) for one in examine(shop.settings.home)]})

    @router.post(
        "/rollback",
        response_model=RolledBackAnswer,
        responses={404: {"description": "There is no such snapshot"}, **OF_JSON},
    )
    def rollback(
        body: Annotated[
            RollbackBody,
            Body(openapi_examples={"one": {"summary": "Go back", "value": EXAMPLE_ROLLBACK}}),
        ],
    ) -> Any:
        """Make pages from another snapshot, in every process, after reading it whole; nothing is deleted."""
        try:
            version = shop.snapshots.rollback(body.version)
        except NotFound as error:
            raise UnknownEntity(
                error.what,
                where="version",
                expected=f"one of {shop.snapshots.versions()}",
                next_step="GET /v1/system lists the snapshots",
            ) from error
        shop.store.audit.add("rolled back", "snapshot", target=str(version))
        shop.reload()
        return JSONResponse({"version": version, "versions": shop.snapshots.versions()})

    return router
