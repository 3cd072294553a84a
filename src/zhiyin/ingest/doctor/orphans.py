"""Records about things that nobody ever described."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl

from zhiyin.core import Kind
from zhiyin.ingest.doctor.finding import Examples, Finding, judged
from zhiyin.ingest.doctor.shop_data import ShopData, marked

ITEMS_WARN = 0.005
ITEMS_FAIL = 0.5
PEOPLE_WARN = 0.2
FACTS_WARN = 0.01


def orphan_checks(data: ShopData) -> Iterator[Finding]:
    """Yield what is found about records whose other end is missing."""
    yield items(data)
    yield posts(data)
    yield people(data)
    yield facts(data)


def items(data: ShopData) -> Finding:
    """Find items that were touched and that the catalogue never described."""
    is_touched = data.events_of_item > 0
    is_touched |= marked(
        data.n_items, data.posts["item"], data.interactions["item"], data.chat_items
    )
    is_described = data.items["is_described"].to_numpy()
    orphans = np.flatnonzero(is_touched & ~is_described)
    events = data.events_of_item
    share = events[orphans].sum() / max(events.sum(), 1)
    has_catalogue = bool(is_described.any())
    worst = orphans[np.argsort(-events[orphans], kind="stable")]
    rows = pl.DataFrame({"item": worst, "events": events[worst]})
    means = f"lists show their bare ids; {share:.1%} of the events are on them"
    advice = "Import the catalogue: zhiyin import table FILE --kind items."
    if has_catalogue:
        advice = (
            "Import the missing items, and compare ids: do events and catalogue write them alike?"
        )
    return judged(
        "orphans.items",
        len(orphans),
        int(is_touched.sum()),
        "items that people touched and the catalogue never described",
        means,
        advice,
        lambda: data.examples(rows) if has_catalogue else (),
        warn_above=ITEMS_WARN,
        fail_above=ITEMS_FAIL if has_catalogue and share > ITEMS_FAIL else 1.0,
    )


def posts(data: ShopData) -> Finding:
    """Find posts that events name and nobody wrote."""
    on_posts = data.events.filter(pl.col("kind") == int(Kind.POST))["item"]
    is_named = marked(data.n_posts, on_posts)
    is_orphan = is_named & ~marked(data.n_posts, data.posts["number"])
    rows = pl.DataFrame({"post": np.flatnonzero(is_orphan)})
    return judged(
        "orphans.posts",
        rows.height,
        int(is_named.sum()),
        "posts that events name and that were never imported",
        "what people liked about them is lost",
        "Import the posts under the ids that events use.",
        lambda: data.examples(rows),
        warn_above=ITEMS_WARN,
    )


def people(data: ShopData) -> Finding:
    """Find people of whom nothing is known but that someone is tied to them."""
    is_tied = marked(data.n_people, data.ties["person"], data.ties["other"])
    is_orphan = is_tied & ~_is_active(data) & ~data.people_described
    rows = pl.DataFrame({"person": np.flatnonzero(is_orphan)})
    return judged(
        "orphans.people",
        rows.height,
        int(is_tied.sum()),
        "people with ties who never did anything and are not described",
        "their friends learn nothing from them",
        "Compare ids: do the files of ties and of events write people alike?",
        lambda: data.examples(rows),
        warn_above=PEOPLE_WARN,
    )


def facts(data: ShopData) -> Finding:
    """Find facts about items, people and posts of which nothing else is known."""
    is_tied = marked(data.n_people, data.ties["person"], data.ties["other"])
    is_known = {
        Kind.ITEM: (data.events_of_item > 0)
        | data.items["is_described"].to_numpy()
        | marked(data.n_items, data.posts["item"], data.interactions["item"]),
        Kind.POST: marked(data.n_posts, data.posts["number"]),
        Kind.PERSON: _is_active(data) | data.people_described | is_tied,
    }
    subject, kinds = data.facts["subject"].to_numpy(), data.facts["kind"].to_numpy()
    is_orphan = np.zeros(len(subject), bool)
    for kind, known in is_known.items():
        of_kind = kinds == kind
        is_orphan[of_kind] = ~known[subject[of_kind]]
    rows = data.facts.filter(is_orphan)
    return judged(
        "orphans.facts",
        int(rows["facts"].sum()),
        int(data.facts["facts"].sum()),
        "facts about something of which nothing else is known",
        "they can serve no list",
        "Compare ids with those of the catalogue and of the events.",
        lambda: [example for kind in Kind for example in _facts_told(data, rows, kind)][:10],
        warn_above=FACTS_WARN,
    )


def _facts_told(data: ShopData, rows: pl.DataFrame, kind: Kind) -> Examples:
    told = rows.filter(pl.col("kind") == int(kind)).drop("kind")
    return data.examples(told.rename({"subject": kind.name.lower()}))


def _is_active(data: ShopData) -> np.typing.NDArray[np.bool_]:
    wrote, met = data.posts["person"], data.interactions
    return (data.events_of_person > 0) | marked(data.n_people, wrote, met["person"], met["other"])
