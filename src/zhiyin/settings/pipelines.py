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
    sources: list[Part] = Field(
        default_factory=lambda: [Part(type="alike"), Part(type="popular"), Part(type="fresh")]
    )
    """What proposes candidates."""
    hydrators: list[Part] = Field(default_factory=lambda: [Part(type="signals")])
    """What looks things up about candidates."""
    filters: list[Part] = Field(
        default_factory=lambda: [Part(type="in_stock"), Part(type="disliked"), Part(type="seen")]
    )
    """What decides which candidates may be shown."""
    scorers: list[Part] = Field(default_factory=lambda: [Part(type="blend")])
    """What judges each candidate alone; scores are added."""
    rerankers: list[Part] = Field(default_factory=lambda: [Part(type="balance"), Part(type="caps")])
    """What judges the list together, one after the other."""
    explainers: list[Part] = Field(default_factory=lambda: [Part(type="shares")])
    """What says why."""
    side_effects: list[Part] = Field(default_factory=lambda: [Part(type="impressions")])
    """What takes note of the page."""


def default_pipelines() -> dict[str, PipelineSettings]:
    """Return what each surface is made of where the settings say nothing of it."""
    alike = PipelineSettings(sources=[Part(type="alike")], rerankers=[])
    home = PipelineSettings(hydrators=[Part(type="signals"), Part(type="in_context")])
    return {"home": home, "similar": alike, "feed": _feed()}


def _feed() -> PipelineSettings:
    """Return a page of goods, places, posts and people."""
    stages = {
        "query_hydrators": "taste circle likeness here wrote",
        "sources": "alike semantic told friends posts people nearby popular fresh",
        "filters": "consented in_stock disliked seen",
        "scorers": "feed",
        "rerankers": "feed_mix",
        "explainers": "feed_reasons",
    }
    made_of = {
        family: [Part(type=name) for name in names.split()] for family, names in stages.items()
    }
    return PipelineSettings(budget_ms=1000.0, **made_of)
