"""The network of people as its operator sees it: ties, communities and what they choose, experts, and influence."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy import sparse

from zhiyin.affinity.csr import csr_from
from zhiyin.core import NO_TIME, Kind
from zhiyin.core.interactions import Interactions
from zhiyin.core.ties import AGAINST
from zhiyin.evaluation.controls import shuffled_ties
from zhiyin.portraits.consents import Consents
from zhiyin.portraits.facets import LEAST_LIFT, lifts
from zhiyin.portraits.groups import SMALLEST
from zhiyin.portraits.reading import read_doings
from zhiyin.portraits.society import Society
from zhiyin.portraits.table import PortraitTable
from zhiyin.portraits.table_building import HOURS, PRICES
from zhiyin.portraits.weights import event_weights
from zhiyin.privacy.consent import HIDDEN
from zhiyin.social.communities import communities, modularity
from zhiyin.social.expertise import experts
from zhiyin.social.graph import adjacency
from zhiyin.social.influence import influence
from zhiyin.social.reading import read_declared
from zhiyin.store.store import Store

_LARGEST = 5
_FACETS = 3
_CATEGORIES, _EXPERTS, _SPARE = 20, 3, 10
_WINDOW_DAYS, _DAY_US = 14, 86_400_000_000
_KNOWN_BEFORE = 0.7  # of all purchases; influence is told from the rest


def network_of(store: Store, consents: Consents, society: Society) -> dict[str, Any]:
    """Return the figures of the network as of a training, as documents hold them.

    Returns: ``people``, how many; ``ties``: ``declared``, ``reciprocity`` (the share of them that go both ways; None
        without any) and ``against``; ``trust``: ``people`` who trust somebody, and ``ties``; ``communities``: ``number``,
        ``people`` in them, ``modularity``, ``by_chance`` (what is found with the ends of ties shuffled) and the
        ``largest``, each with how many ``people`` it has and what it ``prefers``; ``experts`` of categories, those with
        the most posts first.
    Complexity: that of finding communities once.
    """
    n = society.community.size
    return {
        "people": n,
        "ties": _ties(store, n),
        "trust": {
            "people": int(np.count_nonzero(np.diff(society.trust.given.indptr))),
            "ties": int(society.trust.given.nnz),
        },
        "communities": _communities(society),
        "experts": _experts(store, consents, society),
    }


def influence_of(store: Store, society: Society) -> dict[str, Any]:
    """Return how much more often people buy what somebody close to them bought in the fortnight before.

    Told from the last three tenths of purchases; people are matched by portraits made of what was done before these.
    Purchases that were kept private count on neither side.

    Returns: ``window_days``; ``since``, of the purchases looked at; ``exposed``, how often somebody saw a purchase;
        ``naive``, the difference from all who saw none; ``matched``, from people of the same leaning, with ``low`` and
        ``high`` of its 95 % interval; ``share_matched``. What nothing is known of is None.
    Complexity: that of ``influence``: seconds for some thousand people, more for more.
    """
    n = society.community.size
    told = read_doings(store, Kind.ITEM).filter(pl.col("person") < n)
    bought = told.filter((pl.col("type") == "purchase") & (pl.col("time_us") != NO_TIME))
    if bought.is_empty():
        return {"window_days": _WINDOW_DAYS, "since": None, "exposed": 0, "naive": None,
                "matched": None, "low": None, "high": None, "share_matched": 0.0}  # fmt: skip
    since_us = int(np.quantile(bought["time_us"].to_numpy(), _KNOWN_BEFORE))
    before = told.filter(pl.col("time_us") < since_us)
    types = np.array(before["type"].to_list(), np.str_)
    weight = event_weights(types, before["value"].fill_null(np.nan).to_numpy())
    who, what, when = (before[name].to_numpy() for name in ("person", "item", "time_us"))
    known = PortraitTable.of(society.items, who, what, weight, when, n_people=n)
    who, what, when = (bought[name].to_numpy() for name in ("person", "item", "time_us"))
    found = influence(
        Interactions(who, what, np.ones(who.size, np.float32), when),
        society.closeness.matrix(n),
        known.vectors(np.arange(n), since_us),
        window_us=_WINDOW_DAYS * _DAY_US,
        since_us=since_us,
    )
    figures = {
        "naive": found.naive, "matched": found.matched.mean, "low": found.matched.low,
        "high": found.matched.high, "share_matched": found.share_matched,
    }  # fmt: skip
    return {
        "window_days": _WINDOW_DAYS,
        "since": datetime.fromtimestamp(since_us / 1e6, UTC).isoformat(),
        "exposed": found.exposed,
        **{
            name: None if np.isnan(figure) else round(figure, 6) for name, figure in figures.items()
        },
    }


def _ties(store: Store, n: int) -> dict[str, Any]:
    declared = read_declared(store)
    is_against = pl.col("kind").is_in(AGAINST) | (pl.col("strength").fill_null(0) < 0)
    friendly, against = (
        adjacency(part["person"].to_numpy(), part["other"].to_numpy(), n, is_directed=True)
        for part in (declared.filter(~is_against), declared.filter(is_against))
    )
    mutual = friendly.multiply(friendly.T).nnz
    share = round(mutual / friendly.nnz, 4) if friendly.nnz else None
    return {"declared": int(friendly.nnz), "reciprocity": share, "against": int(against.nnz)}


def _communities(society: Society) -> dict[str, Any]:
    closeness, community = society.closeness, society.community
    n, tied = community.size, community >= 0
    ends = shuffled_ties(
        closeness.one, closeness.two, rng=np.random.default_rng(0), n_people=max(n, 1)
    )
    _, by_chance = communities(sparse.csr_array((closeness.strength, ends), shape=(n, n)))
    people = np.bincount(community[tied])
    largest = [
        {"people": size, "prefers": prefers}
        for size, prefers in zip(people.tolist(), _preferences(society, people), strict=False)
    ]
    return {
        "number": int(people.size),
        "people": int(tied.sum()),
        "modularity": round(modularity(closeness.matrix(n), community), 4),
        "by_chance": round(by_chance, 4),
        "largest": largest,
    }


def _preferences(society: Society, sizes: NDArray[np.int64]) -> list[list[dict[str, Any]]]:
    """Return what the largest communities choose clearly more often than everybody, that ten of their people chose."""
    table, items, community = society.table, society.items, society.community
    arrays = table.arrays()
    prior = table.prior.clip(0)
    shape = (len(arrays["events"]), prior.size + HOURS + PRICES)
    chosen = csr_from("columns", arrays, shape)
    kinds, told = items.kind_codes, []
    for number in range(min(sizes.size, _LARGEST)):
        rows = chosen[np.flatnonzero(community == number)][:, : prior.size]
        weight = np.zeros(prior.size)
        np.add.at(weight, rows.indices, rows.data.clip(0))
        people = np.bincount(rows.indices[rows.data > 0], minlength=prior.size)
        share, lift = lifts(weight, np.maximum(prior, weight), kinds)
        clear = np.flatnonzero((lift >= LEAST_LIFT) & (people >= SMALLEST))
        best = clear[np.argsort(-(share * lift)[clear], kind="stable")[:_FACETS]]
        told.append(
            [
                {
                    "facet": str(items.facet_names[at]).partition(":")[0],
                    "value": str(items.facet_names[at]).partition(":")[2],
                    "times": round(float(np.exp(lift[at])), 2),
                }
                for at in best.tolist()
            ]
        )
    return told


def _experts(store: Store, consents: Consents, society: Society) -> list[dict[str, Any]]:
    posts, items = society.posts.rows(np.arange(len(society.posts))), society.items
    about = np.flatnonzero(posts.is_shown & (posts.item >= 0) & (posts.item < len(items)))
    category, place = np.unique(items.category[posts.item[about]], return_inverse=True)
    place = np.where(category[place] < 0, -1, place)
    people, score = experts(
        posts.author[about], place, posts.likes[about], posts.seen[about],
        n_categories=category.size, k=_EXPERTS + _SPARE,
    )  # fmt: skip
    often = np.bincount(place[place >= 0], minlength=category.size)
    known = [at for at in np.argsort(-often, kind="stable").tolist() if people[at, 0] >= 0]
    asked = np.unique(people[known[:_CATEGORIES]])
    asked = asked[asked >= 0].tolist()
    shown = consents(asked) > HIDDEN
    keys = {
        one: key
        for one, key, is_shown in zip(asked, store.keys(Kind.PERSON, asked), shown, strict=True)
        if is_shown
    }
    return [
        {
            "category": str(items.facet_names[category[at]]).partition(":")[2],
            "people": [
                {"user": keys[one], "score": round(value, 4)}
                for one, value in zip(people[at].tolist(), score[at].tolist(), strict=True)
                if one in keys
            ][:_EXPERTS],
        }
        for at in known[:_CATEGORIES]
    ]
