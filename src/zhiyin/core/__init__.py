"""Nouns that cross rooms, and the pipeline that joins stages."""

from zhiyin.core.candidates import Candidates
from zhiyin.core.entity import Kind, Ref
from zhiyin.core.history import NO_TIME, History
from zhiyin.core.order import Order, OrderLine, Return
from zhiyin.core.page import Features, Page, PageItem, Reason, StageTrace, Witness
from zhiyin.core.pipeline import Pipeline, StageInfo, Stages
from zhiyin.core.pool import Outcome, StagePool
from zhiyin.core.query import Context, Query
from zhiyin.core.records import (
    RECORDS,
    Chat,
    Document,
    Event,
    Fact,
    Interaction,
    Item,
    Person,
    Post,
    Tie,
)
from zhiyin.core.stages import (
    Briefing,
    Drawing,
    Drawn,
    Explainer,
    Filter,
    Hydrator,
    Judged,
    Judging,
    QueryHydrator,
    Reranker,
    Scorer,
    SideEffect,
    Source,
)

__all__ = [
    "NO_TIME",
    "RECORDS",
    "Briefing",
    "Candidates",
    "Chat",
    "Context",
    "Document",
    "Drawing",
    "Drawn",
    "Event",
    "Explainer",
    "Fact",
    "Features",
    "Filter",
    "History",
    "Hydrator",
    "Interaction",
    "Item",
    "Judged",
    "Judging",
    "Kind",
    "Order",
    "OrderLine",
    "Outcome",
    "Page",
    "PageItem",
    "Person",
    "Pipeline",
    "Post",
    "Query",
    "QueryHydrator",
    "Reason",
    "Ref",
    "Reranker",
    "Return",
    "Scorer",
    "SideEffect",
    "Source",
    "StageInfo",
    "StagePool",
    "StageTrace",
    "Stages",
    "Tie",
    "Witness",
]
