"""Which parts there are: family → name → ``module:Class``, and how one is made."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Mapping
from functools import cache
from importlib.metadata import entry_points
from types import MappingProxyType
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError

from zhiyin.errors import NotOffered, SettingsError, UnknownPart, nearest

PARTS: Mapping[str, Mapping[str, str]] = {
    "query_hydrators": {
        "circle": "zhiyin.retrieval.circle:Circle",
        "heat": "zhiyin.retrieval.trending:Heat",
        "here": "zhiyin.retrieval.nearby:Here",
        "likeness": "zhiyin.retrieval.semantic:LikenessField",
        "taste": "zhiyin.retrieval.taste:Taste",
        "understood": "zhiyin.search.understood:Understood",
        "wrote": "zhiyin.retrieval.told:Wrote",
    },
    "sources": {
        "again": "zhiyin.retrieval.again:Again",
        "alike": "zhiyin.retrieval.alike:Alike",
        "fresh": "zhiyin.retrieval.fresh:Fresh",
        "friends": "zhiyin.retrieval.friends:Friends",
        "matching": "zhiyin.search.matching:Matching",
        "nearby": "zhiyin.retrieval.nearby:Nearby",
        "people": "zhiyin.retrieval.people:People",
        "pinned": "zhiyin.retrieval.pinned:Pinned",
        "popular": "zhiyin.retrieval.popular:Popular",
        "posts": "zhiyin.retrieval.posts:Posts",
        "semantic": "zhiyin.retrieval.semantic:Semantic",
        "together": "zhiyin.retrieval.together:Together",
        "told": "zhiyin.retrieval.told:Told",
        "trending": "zhiyin.retrieval.trending:Trending",
    },
    "hydrators": {
        "in_context": "zhiyin.ranking.in_context:InContext",
        "signals": "zhiyin.ranking.signals:Signals",
    },
    "filters": {
        "allowed": "zhiyin.retrieval.allowed:Allowed",
        "asked": "zhiyin.search.asked:Asked",
        "consented": "zhiyin.retrieval.consent:Consented",
        "disliked": "zhiyin.retrieval.disliked:Disliked",
        "in_stock": "zhiyin.retrieval.in_stock:InStock",
        "seeds": "zhiyin.retrieval.seeds:Seeds",
        "seen": "zhiyin.retrieval.seen:Seen",
    },
    "scorers": {
        "blend": "zhiyin.ranking.blend:Blend",
        "feed": "zhiyin.ranking.feed:Feed",
        "ranker": "zhiyin.ranking.ranker:Ranker",
        "relevance": "zhiyin.search.by_relevance:ByRelevance",
        "value": "zhiyin.ranking.value:Value",
    },
    "rerankers": {
        "balance": "zhiyin.reranking.balance:Balance",
        "caps": "zhiyin.reranking.caps:Caps",
        "explore": "zhiyin.reranking.explore:Explore",
        "feed_mix": "zhiyin.reranking.feed_mix:FeedMix",
        "floors": "zhiyin.reranking.floors:Floors",
        "merchandising": "zhiyin.reranking.merchandising:Merchandising",
        "personal": "zhiyin.search.personal:Personal",
        "popularity_correction": "zhiyin.reranking.popularity_correction:PopularityCorrection",
        "second_look": "zhiyin.search.second_look:SecondLook",
        "variants": "zhiyin.reranking.variants:Variants",
    },
    "explainers": {
        "feed_reasons": "zhiyin.ranking.feed_reasons:FeedReasons",
        "list_reasons": "zhiyin.ranking.list_reasons:ListReasons",
        "matched": "zhiyin.search.matched:Matched",
        "promoted": "zhiyin.ranking.promoted:Promoted",
        "shares": "zhiyin.ranking.shares:Shares",
        "suits": "zhiyin.search.suits:Suits",
    },
    "side_effects": {
        "impressions": "zhiyin.store.impression_log:Impressions",
        "searches": "zhiyin.search.search_log:SearchLog",
    },
    "chat_models": {
        "llama": "zhiyin.language.chat.llama:Llama",
        "openai": "zhiyin.language.chat.openai:OpenAI",
    },
    "embedders": {
        "e5": "zhiyin.language.embedders.e5:E5",
        "lsa": "zhiyin.language.embedders.lsa:Lsa",
        "openai": "zhiyin.language.embedders.openai:OpenAI",
        "static": "zhiyin.language.embedders.static:Static",
    },
    "formats": {
        "amazon-reviews": "zhiyin.ingest.formats.amazon_reviews:AmazonReviews",
        "complete-journey": "zhiyin.ingest.formats.complete_journey:CompleteJourney",
        "gorse": "zhiyin.ingest.formats.gorse:Gorse",
        "hetrec-lastfm": "zhiyin.ingest.formats.hetrec_lastfm:HetrecLastfm",
        "movielens": "zhiyin.ingest.formats.movielens:Movielens",
        "sample": "zhiyin.ingest.formats.sample:Sample",
        "table": "zhiyin.ingest.formats.table:Table",
    },
    "orders": {
        "http": "zhiyin.assistant.orders.http:Http",
        "stored": "zhiyin.assistant.orders.stored:Stored",
    },
    "weather": {
        "http": "zhiyin.ranking.weather.http:Http",
        "table": "zhiyin.ranking.weather.table:Table",
    },
}
"""The parts of the house. Plug-ins add theirs by entry points of the group ``zhiyin.<family>``."""


_PLAIN = {
    "string_type": "a text",
    "string_too_short": "a text that is not empty",
    "int_": "a whole number",
    "float_": "a number",
    "bool_": "true or false",
    "dict_type": "a table: { name = … }",
    "model_": "a table: { name = … }",
    "list_type": "a list: […]",
    "finite_number": "a number",
}
"""Begin of a type of pydantic's complaints → what it asks for."""


class PartConfig(BaseModel):
    """The base of a part's options: fixed once made, and unknown options are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


@cache
def parts(family: str) -> Mapping[str, str]:
    """Return name → ``module:Class`` of a family, plug-ins included.

    >>> "popular" in parts("sources")
    True
    """
    if family not in PARTS:
        raise UnknownPart(
            f'no family of parts is called "{family}"', expected=nearest(family, PARTS)
        )
    plugged = {point.name: point.value for point in entry_points(group=f"zhiyin.{family}")}
    return MappingProxyType({**plugged, **PARTS[family]})


def load(family: str, name: str, *, where: str = "") -> Any:
    """Return the class of a part.

    Raises:
        UnknownPart: no part of the family has that name.
    """
    known = parts(family)
    if name not in known:
        raise UnknownPart(
            f'no part of {family} is called "{name}"',
            where=where,
            expected=nearest(name, known),
            next_step=f"list them: zhiyin parts {family}",
        )
    module, _, attribute = known[name].partition(":")
    return getattr(importlib.import_module(module), attribute)


def build(
    family: str,
    name: str,
    options: Mapping[str, Any] | None = None,
    *,
    where: str = "",
    services: Mapping[str, Any] | None = None,
) -> Any:
    """Make a part: its options checked by its own `Config`, and the services its constructor asks for by name.

    Args:
        family: a key of `PARTS`.
        name: the part's name.
        options: for the part's ``Config`` (the annotation of its constructor's ``config``).
        where: the place in the settings, for errors.
        services: what the composition root has to offer, by name.
    Raises:
        UnknownPart: no part of the family has that name.
        SettingsError: an option is unknown or wrong.
        NotOffered: the part asks for a service that is not offered.
    """
    cls, config = configured(family, name, options, where=where)
    arguments: dict[str, Any] = {}
    for wanted in _asked_for(cls):
        if wanted == "config":
            arguments[wanted] = config
        elif services is not None and wanted in services:
            arguments[wanted] = services[wanted]
        else:
            raise NotOffered(
                f"{name} asks for {wanted}, which is not offered",
                where=where,
                expected=", ".join(sorted(services or {})),
                next_step="change the parameters of the part's constructor",
            )
    return cls(**arguments)


@cache
def _asked_for(cls: Any) -> tuple[str, ...]:
    return tuple(inspect.signature(cls).parameters)


def configured(
    family: str, name: str, options: Mapping[str, Any] | None = None, *, where: str = ""
) -> tuple[Any, PartConfig | None]:
    """Return a part's class and its checked options, None for a part that takes none.

    Raises:
        UnknownPart: no part of the family has that name.
        SettingsError: an option is unknown or wrong.
    """
    cls = load(family, name, where=where)
    if hasattr(cls, "Config"):
        return cls, _config(cls, options or {}, where)
    if options:
        raise SettingsError(f"{name} takes no options", where=where, expected="none")
    return cls, None


def _config(cls: Any, options: Mapping[str, Any], where: str) -> PartConfig:
    known = cls.Config.model_fields
    try:
        made: PartConfig = cls.Config(**options)
    except ValidationError as error:
        first = error.errors()[0]
        option = ".".join(str(step) for step in first["loc"])
        what, expected = f"{option}: {first.get('input')!r} does not fit", wanted(first)
        if first["type"] == "extra_forbidden":
            what, expected = f"no option is called {option}", nearest(option, known)
        elif first["type"] == "missing":
            said = known[option].description or option
            what, expected = f"{option} is missing", said.rstrip(".")
        raise SettingsError(
            what,
            where=f"{where}.options".lstrip("."),
            expected=expected,
            next_step="see the options: zhiyin parts",
        ) from error
    return made


def wanted(complaint: Mapping[str, Any]) -> str:
    """Return what pydantic would have had in the place of a value, in plain words.

    >>> wanted({"type": "less_than_equal", "msg": "Input should be less than or equal to 64"})
    'a number less than or equal to 64'
    """
    kind, said = complaint["type"], complaint["msg"]
    if kind == "value_error":
        return str(complaint["ctx"]["error"])
    words = said.removeprefix("Input should be ")
    if kind.startswith(("less_than", "greater_than")):
        return f"a number {words}"
    return next((plain for start, plain in _PLAIN.items() if kind.startswith(start)), words)


class PartInfo(NamedTuple):
    """One part as ``zhiyin parts`` lists it."""

    family: str
    name: str
    summary: str
    options: tuple[str, ...]


def described(family: str) -> list[PartInfo]:
    """Return every part of a family with the first sentence of its docstring and its options.

    Raises:
        UnknownPart: there is no such family.
    """
    found = []
    for name in sorted(parts(family)):
        cls = load(family, name)
        summary = (cls.__doc__ or "").strip().splitlines()[:1]
        config = getattr(cls, "Config", None)
        options = [
            f"{option}={'required' if field.is_required() else repr(field.default)}"
            for option, field in (config.model_fields.items() if config else ())
        ]
        found.append(PartInfo(family, name, "".join(summary), tuple(options)))
    return found
