"""What each surface's pages are made of, and what they are made of unless the shop says otherwise."""

from __future__ import annotations

from pydantic import Field

from zhiyin.settings.section import Part, Section


class PipelineSettings(Section):
    """What a surface's pages are made of."""

    budget_ms: float = Field(200.0, gt=0)
    """From the request to the page; what is late is left out and named."""
    candidates_per_source: int = Field(100, ge=1)
    """How many candidates each source is asked for."""
    query_hydrators: list[Part] = Field(default_factory=lambda: [Part(type="taste")])
    """What finds out about the person first."""
    sources: list[Part] = Field(default_factory=lambda: _parts("alike popular fresh pinned"))
    """What proposes candidates."""
    hydrators: list[Part] = Field(default_factory=lambda: [Part(type="signals")])
    """What looks things up about candidates."""
    filters: list[Part] = Field(
        default_factory=lambda: _parts("allowed in_stock disliked seen seeds")
    )
    """What decides which candidates may be shown."""
    scorers: list[Part] = Field(default_factory=lambda: [Part(type="blend")])
    """What judges each candidate alone; scores are added."""
    rerankers: list[Part] = Field(default_factory=lambda: _parts("balance caps merchandising"))
    """What judges the list together, one after the other."""
    explainers: list[Part] = Field(default_factory=lambda: _parts("promoted shares"))
    """What says why."""
    side_effects: list[Part] = Field(default_factory=lambda: [Part(type="impressions")])
    """What takes note of the page."""


def default_pipelines() -> dict[str, PipelineSettings]:
    """Return what each surface is made of where the settings say nothing of it."""
    alike = PipelineSettings(sources=_parts("alike pinned"), rerankers=_parts("merchandising"))
    home = PipelineSettings(hydrators=[Part(type="signals"), Part(type="in_context")])
    return {
        "home": home,
        "similar": alike,
        "feed": _feed(),
        "hot": _list("trending", "taste heat", "allowed in_stock disliked seen"),
        "latest": _list("fresh", "taste", "allowed in_stock disliked seen"),
        "together": _list("together", "taste", "allowed in_stock disliked seeds"),
        "again": _list("again", "taste", "allowed in_stock disliked seeds"),
        "search": _search(),
    }


def _list(source: str, query_hydrators: str, filters: str) -> PipelineSettings:
    """Return a page in the order of one source."""
    return PipelineSettings(
        query_hydrators=_parts(query_hydrators), sources=_parts(f"{source} pinned"), hydrators=[],
        filters=_parts(filters), scorers=[], rerankers=_parts("merchandising"),
        explainers=_parts("promoted list_reasons"),
    )  # fmt: skip


def _feed() -> PipelineSettings:
    """Return a page of goods, places, posts and people."""
    stages = {
        "query_hydrators": "taste circle likeness here wrote",
        "sources": "alike semantic told friends posts people nearby popular fresh pinned",
        "filters": "consented allowed in_stock disliked seen",
        "scorers": "feed",
        "rerankers": "feed_mix merchandising",
        "explainers": "promoted feed_reasons",
    }
    made_of = {family: _parts(names) for family, names in stages.items()}
    return PipelineSettings(budget_ms=1000.0, **made_of)


def _search() -> PipelineSettings:
    """Return a page of what a text asks for."""
    return PipelineSettings(
        budget_ms=1000.0, query_hydrators=_parts("understood taste likeness"), sources=_parts("matching"), hydrators=[],
        filters=_parts("allowed in_stock asked"), scorers=_parts("relevance"),
        rerankers=_parts("personal merchandising"), explainers=_parts("promoted matched suits"),
        side_effects=_parts("impressions searches"),
    )  # fmt: skip


def _parts(names: str) -> list[Part]:
    return [Part(type=name) for name in names.split()]
