"""A feed over records of a test's own, put together from its parts as a shop does."""

from datetime import UTC, datetime, timedelta

import numpy as np

from zhiyin import registry
from zhiyin.core import Context, Kind, Pipeline, Query, Stages
from zhiyin.core.pool import StagePool
from zhiyin.portraits.own_words import OwnWords
from zhiyin.portraits.people import People
from zhiyin.portraits.places import Places
from zhiyin.portraits.shelf import Shelf
from zhiyin.portraits.society import Society
from zhiyin.ranking.event_table import read_events
from zhiyin.ranking.trained import Trained, event_strength
from zhiyin.retrieval.kept_tastes import KeptTastes
from zhiyin.settings import TrainSettings
from zhiyin.store.catalogue import Catalogue
from zhiyin.store.frames import frame
from zhiyin.store.store import Store

NOON = datetime(2025, 6, 1, 12, tzinfo=UTC)
STAGES = {
    "query_hydrators": ("taste", "circle", "likeness", "here", "wrote"),
    "sources": (
        "alike",
        "semantic",
        "told",
        "friends",
        "posts",
        "people",
        "nearby",
        "popular",
        "fresh",
    ),
    "hydrators": ("signals",),
    "filters": ("consented", "in_stock", "disliked", "seen"),
    "scorers": ("feed",),
    "rerankers": ("feed_mix",),
    "explainers": ("feed_reasons",),
    "side_effects": (),
}


def ago(days):
    return NOON - timedelta(days=days)


def filled(folder, **records):
    """Return a store that holds lists of records by kind."""
    store = Store.open(folder / "shop.db")
    for kind in ("items", "users", "ties", "events", "interactions", "posts", "facts"):
        if records.get(kind):
            store.write(kind, frame(records[kind]))
    return store


class FeedOf:
    """The feed of a store, learned from what it holds now; ``vectors`` are of its items in their order."""

    def __init__(self, store, vectors=None):
        self.store = store
        trained = Trained.from_store(store, TrainSettings())
        events = read_events(store, event_strength(TrainSettings()), values=False).interactions
        n = store.count(Kind.ITEM)
        vectors = np.eye(n) if vectors is None else vectors
        society = Society.learned(store, events, n_people=store.count(Kind.PERSON), vectors=vectors)
        people = People(store, lambda: society)
        self.services = {
            **trained.services(),
            "society": society,
            "catalogue": Catalogue(store),
            "history": store.history,
            "friends": store.friends,
            "posts": society.posts,
            "kept_tastes": KeptTastes(),
            "consents": people.consents,
            "closed": people.consents.closed,
            "doings": store.people.doings,
            "attributes": store.people.attributes,
            "person_facts": lambda person: store.mined.of(Kind.PERSON, person),
            "places": Places(store),
            "shelf": Shelf(store),
            "own_words": OwnWords(store),
            "suggestions": people.suggested,
        }
        self.pool = StagePool()

    def part(self, family, name, **options):
        return registry.build(family, name, options, services=self.services)

    def page(self, user, n=20, stages=STAGES, **context):
        made = {f: [self.part(f, name) for name in names] for f, names in stages.items()}
        pipeline = Pipeline(Stages(**made), self.pool, budget_ms=20_000, candidates_per_source=200)
        page = pipeline.run(
            Query(person=self.number(user), n=n, time=NOON, context=Context(**context))
        )
        assert not page.degraded, [stage for stage in page.trace if stage.status != "ok"]
        return page

    def number(self, user):
        return None if user is None else self.store.number(Kind.PERSON, user)

    def query(self, user, **context):
        """Return a query with the fields of all hydrators."""
        query = Query(person=self.number(user), time=NOON, context=Context(**context))
        for name in STAGES["query_hydrators"]:
            stage = self.part("query_hydrators", name)
            query = query.with_fields(stage.hydrate_query(query))
        return query

    def ids(self, page, kind):
        """Return the ids of what is on a page of a kind, in order."""
        return [self.store.keys(kind, [i.ref.number])[0] for i in page.items if i.ref.kind == kind]

    def reasons(self, page, kind, key):
        """Return kind → reason of something on a page."""
        number = self.store.number(kind, key)
        [item] = [i for i in page.items if i.ref == (kind, number)]
        return {reason.kind: reason for reason in item.reasons}
