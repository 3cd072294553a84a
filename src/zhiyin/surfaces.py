"""The pipelines of a shop's surfaces, made of the parts that settings name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from zhiyin import registry
from zhiyin.core import Filter, Pipeline, Reranker, StagePool, Stages
from zhiyin.errors import NotOffered
from zhiyin.settings import Part, Settings


class Surfaces:
    """Makes pipelines.

    Args:
        settings: what each surface is made of.
        pool: runs the stages.
    Raises:
        SettingsError: a part or an option does not exist, told before anything is done with it.
    """

    def __init__(self, settings: Settings, pool: StagePool) -> None:
        self._settings = settings
        self._pool = pool
        for surface in settings.pipelines:
            for family, part, where in self._parts(surface):
                registry.configured(family, part.type, part.options, where=where)

    def pipeline(
        self,
        surface: str,
        services: Mapping[str, Any],
        *,
        filters: Sequence[Filter] = (),
        rerankers: Sequence[Reranker] | None = None,
        budget_ms: float | None = None,
        is_trained: bool = True,
    ) -> Pipeline:
        """Return the stages of a surface.

        Args:
            surface: its name.
            services: what parts may ask for in their constructors, by name.
            filters: come before the surface's own.
            rerankers: in the place of its own.
            budget_ms: in the place of its own.
            is_trained: whether the services hold what a training learned; parts that ask for it are left out otherwise.
        Raises:
            UnknownPart: no pipeline serves that surface.
            SettingsError: an option of a part is wrong.
            NotOffered: a part asks for a service that is not offered.
        """
        stages: dict[str, list[Any]] = {family: [] for family in Stages.__dataclass_fields__}
        for family, part, where in self._parts(surface):
            try:
                made = registry.build(
                    family, part.type, part.options, where=where, services=services
                )
            except NotOffered:
                if is_trained:
                    raise
            else:
                stages[family].append(made)
        stages["filters"] = [*filters, *stages["filters"]]
        if rerankers is not None:
            stages["rerankers"] = list(rerankers)
        made_of = self._settings.pipeline(surface)
        return Pipeline(
            Stages(**stages),
            self._pool,
            budget_ms=made_of.budget_ms if budget_ms is None else budget_ms,
            candidates_per_source=made_of.candidates_per_source,
        )

    def _parts(self, surface: str) -> Iterator[tuple[str, Part, str]]:
        """Yield family, part, and where the settings say so."""
        made_of = self._settings.pipeline(surface)
        for family in Stages.__dataclass_fields__:
            for place, part in enumerate(getattr(made_of, family)):
                yield family, part, f"pipelines.{surface}.{family}[{place}]"
