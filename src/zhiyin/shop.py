"""The shop: the one place where rooms meet. It wires them and does no work itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from time import time_ns
from typing import TYPE_CHECKING, Any, Self

from zhiyin import registry
from zhiyin.assistant.knowledge.knowledge import Knowledge
from zhiyin.assistant.making import conversations_of
from zhiyin.assistant.orders.provider import order_provider
from zhiyin.core import (
    Context,
    Filter,
    Kind,
    Page,
    Pipeline,
    Query,
    Reranker,
    StageInfo,
    StagePool,
)
from zhiyin.core.interactions import Interactions
from zhiyin.core.progress import Progress, untold
from zhiyin.errors import UnknownEntity
from zhiyin.evaluation.search import Journal
from zhiyin.forgetting.receipts import RECEIPTS
from zhiyin.ingest.importing import ImportReport as ImportReport
from zhiyin.ingest.preview import Preview as Preview
from zhiyin.intake import Intake
from zhiyin.language.chat.named import NamedModel
from zhiyin.next_page import NextPages
from zhiyin.portraits.items import Items
from zhiyin.portraits.matching import Matching
from zhiyin.portraits.rewording import Rewriter
from zhiyin.portraits.rules_in_force import NO_RULES, RulesInForce
from zhiyin.portraits.society import Society
from zhiyin.portraits.store_services import store_services
from zhiyin.privacy.secret import Secret
from zhiyin.ranking.trained import Trained, event_strength
from zhiyin.ranking.weather.filling import WeatherFiller
from zhiyin.registry import PartInfo
from zhiyin.retrieval.kept_tastes import KeptTastes
from zhiyin.search.answer import Answer as Answer
from zhiyin.search.meaning import Meaning
from zhiyin.search.model_slots import ModelSlots
from zhiyin.search.searching import Searching
from zhiyin.serving import Serving
from zhiyin.settings import Settings
from zhiyin.store.catalogue import Catalogue
from zhiyin.store.impression_log import ImpressionLog
from zhiyin.store.snapshots import Snapshots
from zhiyin.store.store import Store
from zhiyin.surfaces import Surfaces
from zhiyin.telemetry import Telemetry

if TYPE_CHECKING:
    from zhiyin.explaining import Explaining
    from zhiyin.explaining import Explanation as Explanation
    from zhiyin.forgetting.forgetting import Forgetting
    from zhiyin.language.texts import Texts
    from zhiyin.portraits.people import People
    from zhiyin.portraits.rules import RulePreview as RulePreview
    from zhiyin.portraits.rules import Rules

FAMILIES = tuple(registry.PARTS)


def parts(family: str) -> list[PartInfo]:
    """Return the parts of a family that settings can name, plug-ins included.

    Raises:
        UnknownPart: there is no such family.
    """
    return registry.described(family)


class Shop(Intake):
    """A shop's data, what was learned from them, and the pages made of both.

    >>> import tempfile
    >>> from zhiyin.core import Event
    >>> with tempfile.TemporaryDirectory() as home, Shop.open(home) as shop:
    ...     _ = shop.record([Event("an", "tea"), Event("an", "pot"), Event("bo", "tea")])
    ...     _ = shop.train()
    ...     [shop.catalogue.key(item.ref.number) for item in shop.recommend("bo", n=1).items]
    ['pot']
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        home = settings.home
        self._weather = WeatherFiller(settings.context.weather, home, settings.reading.time_zone)
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        secret = Secret.of(settings.privacy, home)
        self.store = Store.open(settings.store.url or home / "shop.db", secret)
        self.snapshots = Snapshots(home / "snapshots", keep=settings.store.snapshots_kept)
        self.catalogue = Catalogue(self.store)
        self._in_force = RulesInForce(Matching(self.store, self.catalogue), self.store.rules)
        self.items = Items(self.store, self._society)
        self.rewriter = Rewriter(settings.reading.chat)
        self._stored = store_services(self.store)
        self.knowledge = Knowledge.of(
            settings.assistant, self.store, lambda item: self.texts.opinions(item)
        )
        self.orders = order_provider(settings.assistant.orders, self.store)
        self.conversations = conversations_of(self)
        self._impressions = ImpressionLog(self.store.record_impressions)
        self._chat = NamedModel(settings.reading.chat)
        self.searching = Searching(
            self.store, self.catalogue, self._in_force, self.snapshots,
            Meaning(self.store, lambda: self.texts.embedder()) if settings.search.dense else None,
            model_slots=ModelSlots(self._chat) if settings.search.ask_model else None,
        )  # fmt: skip
        self._pool = StagePool()
        self._surfaces = Surfaces(settings, self._pool)
        self._serving = Serving(
            settings, self.store, self.snapshots, self.catalogue, self._surfaces, self._offered
        )
        self.telemetry = Telemetry(self.store, self._serving, self.snapshots, self._impressions, time_zone=settings.reading.time_zone)  # fmt: skip
        self._next_pages = NextPages(settings, self.page)
        event_strength(settings.train)  # refuses what no training could use
        self._serving.try_reload()
        if (home / RECEIPTS).is_dir():
            self.forgetting.again()

    @classmethod
    def open(cls, home: str | Path | Settings | None = None) -> Shop:
        """Open the shop of a home folder, and make it where there is none.

        Raises:
            SettingsError: the folder's settings are wrong.
            StoreError: what is stored cannot be read.
        """
        return cls(home if isinstance(home, Settings) else Settings.load(home))

    def close(self) -> None:
        """Write what is waiting and let go of everything."""
        self.telemetry.close()
        self.rewriter.close()
        self._weather.close()
        self._pool.close()
        self._impressions.close()
        self.searching.close()
        self.knowledge.close()
        self._chat.close()
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        self.close()

    @cached_property
    def texts(self) -> Texts:
        """What reads the shop's texts; its word lists are loaded when it is first asked for."""
        from zhiyin.language.texts import Texts

        return Texts(self.store, self.settings.home / "language", self.settings.reading)

    @cached_property
    def people(self) -> People:
        """Who is close to whom and whom one could follow, as of the last training, and who somebody is now."""
        from zhiyin.portraits.people import People

        return People(self.store, self._society, self.settings.reading.time_zone)

    @cached_property
    def rules(self) -> Rules:
        """What whoever runs the shop wants of some items: which rules there are, who set them, and what one would do."""
        from zhiyin.portraits.rules import Rules

        return Rules(self.store, self.catalogue, self.settings.pipelines, self._page_under, self.searching.words_of)  # fmt: skip

    @cached_property
    def explaining(self) -> Explaining:
        """Why a page holds an item, or does not."""
        from zhiyin.explaining import Explaining

        return Explaining(self.store, self._serving, self._surfaces, self._ready, self._impressions.flush)  # fmt: skip

    @cached_property
    def forgetting(self) -> Forgetting:
        """Takes people out of everything that holds something of them."""
        from zhiyin.forgetting.forgetting import Forgetting

        return Forgetting(self.store, self.snapshots, self.settings, self.train, self._renewed)

    def forget(self, user: str, *, trains: bool = False) -> dict[str, Any]:
        """Erase a person from everything, and return the receipt; see ``Forgetting.forget``."""
        return self.forgetting.forget(user, trains=trains)

    def _renewed(self) -> None:
        self.__dict__.pop("texts", None)
        self.searching.__dict__.pop("aids", None)
        self.reload()

    def _ready(self, query: Query) -> Query:
        """Bring all up to date that a query needs, however long it takes; return the query with the weather."""
        if query.text is not None:
            self.searching.refresh()
        if query.surface == "feed":
            self.people.ready()
        self._serving.catch_up()
        self._in_force.refresh()
        return self._weather.filled(query)

    def _page_under(self, query: Query, rules: RulesInForce) -> Page:
        query = self._ready(query)
        self._serving.pipeline(query.surface)  # refuses one that there is not
        services = {**self._serving.services, "rules": rules}
        return self._surfaces.pipeline(query.surface, services).run(query)

    def _society(self) -> Society | None:
        return self._serving.society

    def _learned(self, events: Interactions) -> Society:
        n_people, n_items = self.store.count(Kind.PERSON), self.store.count(Kind.ITEM)
        return Society.learned(
            self.store, events, n_people=n_people, vectors=self.texts.item_vectors(n_items),
            mood=self.texts.moods, zone=self.settings.reading.time_zone,
        )  # fmt: skip

    @property
    def version(self) -> int | None:
        """The snapshot that pages are made from, None before the first training."""
        return self._serving.version

    def train(self, progress: Progress = untold) -> dict[str, Any]:
        """Learn from all events, publish a snapshot and serve from it; return its manifest.

        With ``trials`` above 1 under ``[train]`` finished ones are kept in ``trials.jsonl``, so that a training that was
        stopped goes on. They count for the same data and version only.

        Raises:
            NotFound: there are no events.
        """
        began_us = time_ns() // 1000
        self.catalogue.refresh()
        journal = Journal.of_this_version(self.settings.home / "trials.jsonl")
        trained = Trained.from_store(
            self.store, self.settings.train, progress, journal, self._learned,
            self.settings.reading.time_zone,
            ranks=any(self.settings.names("scorers", one) for one in ("ranker", "value")),
            weighs=self.settings.names("scorers", "value"),
            weather=self._weather.past,
        )  # fmt: skip
        index, told = self.searching.trained(self.settings.search.judgments_in(self.settings.home))
        took = {"began_us": began_us, "seconds": time_ns() / 1e9 - began_us / 1e6}
        manifest = {**trained.manifest(), "search": told, "training": took}
        self.snapshots.publish({**trained.arrays(), **index}, manifest)
        version = self.forgetting.since_training_began(began_us)
        self.reload()
        self.searching.renew()
        return {"version": version, **manifest}

    def reload(self) -> None:
        """Serve from the current snapshot, if there is one.

        Raises:
            StoreError: it is damaged; what was served before is still served.
            SettingsError: a pipeline names something that is not there.
        """
        self._serving.reload()

    def _offered(self) -> dict[str, Any]:
        """Return what parts may ask for in their constructors beside what was trained."""
        return {
            **self._stored,
            "kept_tastes": KeptTastes(),
            "catalogue": self.catalogue,
            "impression_log": self._impressions,
            "rules": self._in_force,
            "searching": self.searching,
            "chat": self._chat,
            "consents": self.people.consents,
            "closed": self.people.consents.closed,
            "suggestions": self.people.suggested,
        }

    def recommend(
        self, user: str | None = None, *, n: int = 10, surface: str = "home", context: Context | None = None,
        diversity: float | None = None, time: datetime | None = None, seeds: Sequence[str] = (),
        is_preview: bool = False, after: str | None = None,
    ) -> Page:  # fmt: skip
        """Return a page for a user; someone unknown gets what is popular and what is new.

        Args:
            user: the shop's own id, None for nobody in particular.
            n: how many items.
            surface: whose pipeline.
            context: the situation, where it is known.
            diversity: from 0, what fits best, to 1, what differs most; the settings' own unless given.
            time: as of when; now unless given.
            seeds: ids of items that the page starts from and does not show: a basket, or what was clicked, the last one
                last.
            is_preview: whether the page is only looked at, not shown to the user: then it leaves no impression.
            after: `next` of the page before, for one that repeats nothing of the list so far.
        Raises:
            InvalidToken: `after` is not of this user's list on this surface, or too old.
            NotFound: nothing was trained yet.
            UnknownPart: no pipeline serves that surface.
            UnknownEntity: no item has the id of a seed.
        """
        person = None if user is None else self.store.number(Kind.PERSON, user)
        query = Query(
            person, n, surface, time or datetime.now(UTC), context=context or Context(),
            seeds=self._seeds(seeds, "seeds"), diversity=diversity, is_preview=is_preview,
        )  # fmt: skip
        return self._next_pages.page(query, after, surface, user)

    def search(
        self, text: str, user: str | None = None, *, n: int = 10, personal: bool = True, is_preview: bool = False,
        filters: Sequence[str] = (), after: str | None = None,
    ) -> Answer:  # fmt: skip
        """Return what a text asks for, and what was understood of it; in the user's own order among hits about as relevant.

        Items must have what ``filters`` say, such as ``brand:Sony``, whatever else is given up.

        Raises:
            InvalidRecord: a filter cannot be read, or names what no item has.
            InvalidToken: `after`, which asks for the next page, is not of this search, or too old.
        """
        self.searching.refresh()  # the first time this makes the index, which no page has time for
        self.searching.check(filters)
        person = None if user is None else self.store.number(Kind.PERSON, user)
        query = Query(
            person, n, "search", text=text, filters=tuple(filters), is_personal=personal, is_preview=is_preview
        )  # fmt: skip
        return Answer.of(self._next_pages.page(query, after, "search", user, text, *filters))

    def similar(self, item: str, *, n: int = 10, after: str | None = None) -> Page:
        """Return a page of items that go with one item.

        Raises:
            UnknownEntity: no item has that id.
        """
        return self._goes_with(item, "similar", n, after)

    def together(self, item: str, *, n: int = 10, after: str | None = None) -> Page:
        """Return a page of items that are bought together with one item.

        Raises:
            UnknownEntity: no item has that id.
        """
        return self._goes_with(item, "together", n, after)

    def _goes_with(self, item: str, surface: str, n: int, after: str | None) -> Page:
        query = Query(n=n, surface=surface, seeds=self._seeds([item], "item"))
        return self._next_pages.page(query, after, surface, None, item)

    def _seeds(self, items: Sequence[str], where: str) -> tuple[int, ...]:
        numbers = [self.store.number(Kind.ITEM, item) for item in items]
        if None in numbers:
            raise UnknownEntity(
                f"no item has the id {items[numbers.index(None)]}",
                where=where,
                expected="an id of the catalogue",
                next_step="zhiyin import brings items in",
            )
        return tuple(number for number in numbers if number is not None)

    def page(self, query: Query, *, filters: Sequence[Filter] = ()) -> Page:
        """Return the page for a query, held to further filters; `recommend`, `similar` and `together` make queries from ids."""
        self._serving.catch_up()
        self._in_force.refresh()
        pipeline = self._serving.pipeline(query.surface)
        if filters:
            pipeline = self._surfaces.pipeline(
                query.surface, self._serving.services, filters=filters
            )
        return pipeline.run(self._weather.filled(query))

    def describe(self, surface: str = "home") -> list[StageInfo]:
        """Return the stages behind a surface, in running order."""
        return self._serving.pipeline(surface).describe()

    def pipeline(
        self,
        surface: str,
        services: Mapping[str, Any],
        *,
        filters: Sequence[Filter] = (),
        rerankers: Sequence[Reranker] | None = None,
        budget_ms: float | None = None,
    ) -> Pipeline:
        """Return a surface's stages over other services, filters before its own, re-rankers and budget in their place.

        The operator's rules do not hold there unless the services have them.
        """
        known = {"catalogue": self.catalogue, "impression_log": self._impressions, "searching": self.searching, "kept_tastes": KeptTastes()}  # fmt: skip
        offered = {**known, "rules": NO_RULES, **services}
        return self._surfaces.pipeline(
            surface, offered, filters=filters, rerankers=rerankers, budget_ms=budget_ms
        )
