"""What a person leans to and away from, what he or she pays, when, and which aspects are cared about."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.affinity.csr import Entries, entries_of
from zhiyin.core import NO_TIME
from zhiyin.core.history import History
from zhiyin.portraits.item_facets import OPINIONS
from zhiyin.portraits.item_table import ItemPortraits
from zhiyin.portraits.sensitive import is_blocked
from zhiyin.portraits.statement import Evidence, Statement
from zhiyin.portraits.sums import faded
from zhiyin.portraits.weights import BUY

SHRINK = 256.0
"""Weight of everybody's shares in one's own: that of thirty-two purchases, chosen on held-out purchases of groceries."""
LEAST_LIFT = 0.4
"""A leaning is a share at least half as large again as everybody's, or at most two thirds of it."""
LEAST_EVENTS = 3

_SHOWN = 3
_QUANTILES = (0.1, 0.5, 0.9)
_WINDOW = 4
_LEAST_SHARE = 0.4


def lifts(
    counts: NDArray[np.floating[Any]],
    prior: NDArray[np.floating[Any]],
    kind: NDArray[np.integer[Any]],
    *,
    shrink: float = SHRINK,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return a person's shares of facets among those of their kind, and how they differ from everybody's.

    A share θ is (n + α π)/(N + α), with n a facet's weight, N that of its kind, π everybody's share; the lift is log(θ/π).

    Args:
        counts: (f,) weights of the person, 0 or more.
        prior: (f,) everybody's, with this person's.
        kind: (f,) numbers of the kinds.
        shrink: α.
    Returns: (f,) shares, and (f,) lifts, 0 where nobody has a facet.
    References: shares with a Dirichlet prior, Zhai & Lafferty, SIGIR 2001.

    >>> shares, lift = lifts(np.array([8.0, 0.0]), np.array([1.0, 3.0]), np.zeros(2, int), shrink=8)
    >>> shares.tolist(), np.exp(lift).tolist()
    ([0.625, 0.375], [2.5, 0.5])
    """
    n_kinds = int(kind.max(initial=-1)) + 1
    own = np.bincount(kind, counts, minlength=n_kinds)[kind]
    everybody = np.bincount(kind, prior, minlength=n_kinds)[kind]
    usual = prior / np.maximum(everybody, 1e-12)
    share = (counts + shrink * usual) / (own + shrink)
    ratio = np.where(usual > 0, share / np.maximum(usual, 1e-12), 1.0)
    return share, np.log(ratio)


def leanings(
    facets: Entries,
    prior: NDArray[np.float64],
    items: ItemPortraits,
    history: History,
    weights: NDArray[np.float32],
    *,
    least_lift: float = LEAST_LIFT,
    least_events: int = LEAST_EVENTS,
) -> list[Statement]:
    """Return the facets of which a person has clearly more or less than everybody.

    Args:
        facets: of the person, as ``PortraitTable.facets`` tells.
        prior: (n_facets,) everybody's.
        items: what has which facet.
        history: what the person did, where the evidence is.
        weights: (h,) of these events; those at or below 0 are no evidence.
        least_lift: smaller lifts are left out.
        least_events: facets with fewer events in the history are left out.
    Returns: ``leaning`` statements, the largest share × lift first.
    Complexity: O(h facets of an item + n_facets).
    """
    number, counts = facets
    known = np.flatnonzero((history.items < len(items)) & (weights > 0))
    found, _ = entries_of(items.facets, history.items[known], np.ones(known.size, np.float32))
    lengths = np.diff(items.facets.indptr)[history.items[known]]
    event = np.repeat(known, lengths)
    often = np.bincount(found, minlength=len(prior))[number]
    # Of a facet that came up since the arrays were made, this person's weight is all there is.
    mine = np.zeros(len(prior))
    mine[number] = counts
    share, lift = lifts(mine, np.maximum(prior, mine), items.kind_codes)
    share, lift = share[number], lift[number]
    told = []
    for place in np.flatnonzero((np.abs(lift) >= least_lift) & (often >= least_events)).tolist():
        kind, _, value = str(items.facet_names[number[place]]).partition(":")
        if is_blocked(kind, value):
            continue
        rows = event[found == number[place]]
        values = {
            "facet": kind, "value": value, "share": round(float(share[place]), 4),
            "lift": round(float(lift[place]), 4), "events": int(often[place]),
        }  # fmt: skip
        told.append(Statement("leaning", f"{kind}:{value}", values, _best(history, weights, rows)))
    return sorted(told, key=lambda one: -one.values["share"] * abs(one.values["lift"]))


def prices(
    items: ItemPortraits,
    history: History,
    weights: NDArray[np.float32],
    now_us: int,
    *,
    least_events: int = LEAST_EVENTS,
    limit: int = 5,
) -> list[Statement]:
    """Return what a person pays in each category: the prices below which lie 10, 50 and 90 % of what was bought.

    Purchases fade by the long half-life; in between prices are taken by their logarithms.

    Returns: at most ``limit`` ``price`` statements with ``low``, ``middle`` and ``high`` in minor units, of the categories
        with the most purchases.
    """
    known = np.flatnonzero((history.items < len(items)) & (weights >= BUY))
    item = history.items[known]
    is_told = (items.price_minor[item] >= 0) & (items.category[item] >= 0)
    known, item = known[is_told], item[is_told]
    when = history.time_us[known]
    oldest = when[when != NO_TIME].min(initial=now_us)
    age_us = np.maximum(now_us - np.where(when == NO_TIME, oldest, when), 0)
    left = weights[known] * faded(age_us)[:, 0]
    logs, category = np.log(items.price_minor[item] + 1.0), items.category[item]
    often = np.bincount(category, minlength=1)
    told = []
    for number in np.argsort(-often, kind="stable")[:limit].tolist():
        own = np.flatnonzero(category == number)
        name = str(items.facet_names[number]).partition(":")[2] if own.size else ""
        if own.size < least_events or is_blocked("category", name):
            continue
        quantiles = np.exp(weighted_quantiles(logs[own], left[own], _QUANTILES)) - 1
        low, middle, high = (round(price) for price in quantiles.tolist())
        values = {"category": name, "low": low, "middle": middle, "high": high, "events": own.size}
        told.append(Statement("price", name, values, _best(history, weights, known[own])))
    return told


def weighted_quantiles(
    values: NDArray[np.float64], weights: NDArray[np.float64], at: Sequence[float]
) -> NDArray[np.float64]:
    """Return quantiles of weighted values, between two of them by a straight line.

    Args:
        values: (n,) one or more.
        weights: (n,) above 0; each value stands in the middle of its weight.
        at: places from 0 to 1.

    >>> weighted_quantiles(np.array([3.0, 1.0]), np.array([1.0, 1.0]), [0.0, 0.5]).tolist()
    [1.0, 2.0]
    """
    order = np.argsort(values, kind="stable")
    weight = np.maximum(weights[order], 1e-12)
    place = (np.cumsum(weight) - weight / 2) / weight.sum()
    return np.interp(at, place, values[order])


def hours(
    told: NDArray[np.float32],
    history: History,
    hour_of: Callable[[History], NDArray[np.int64]],
    *,
    least_events: int = 10,
) -> list[Statement]:
    """Return the four hours of the day in which a person does most, where those are at least two fifths of all.

    Args:
        told: (24,) weights of hours, as ``PortraitTable.hours`` tells.
        history: what the person did.
        hour_of: gives (h,) the hour of each event, -1 where it is not known.
        least_events: with fewer in these hours there is nothing to say.
    """
    total = float(told.sum())
    window = sum(np.roll(told, -shift) for shift in range(_WINDOW))
    start = int(np.argmax(window))
    share = float(np.max(window)) / max(total, 1e-9)
    if share < _LEAST_SHARE:
        return []
    hour = hour_of(history)
    rows = np.flatnonzero((hour >= 0) & ((hour - start) % 24 < _WINDOW))
    if rows.size < least_events:
        return []
    values = {
        "from": start, "to": (start + _WINDOW) % 24, "share": round(share, 4), "events": rows.size,
    }  # fmt: skip
    return [Statement("hours", "hours", values, _best(history, np.ones(len(hour)), rows))]


def aspects(
    opinions: Mapping[str, Sequence[tuple[str, Evidence]]], *, least: int = 2
) -> list[Statement]:
    """Return the aspects a person cares about: those that come up again in his or her own reviews.

    Args:
        opinions: aspect → polarity and where it was said.
        least: aspects that come up less often are left out.
    Returns: ``aspect`` statements with counts of each polarity, the commonest first.
    """
    total = sum(len(said) for said in opinions.values())
    told = []
    for aspect, said in opinions.items():
        if len({one.source for _, one in said}) < least or is_blocked("aspect", aspect):
            continue
        counts = dict.fromkeys(OPINIONS, 0)
        for polarity, _ in said:
            counts[polarity] = counts.get(polarity, 0) + 1
        values = {"aspect": aspect, "share": round(len(said) / total, 4), **counts}
        told.append(Statement("aspect", aspect, values, tuple(one for _, one in said[:_SHOWN])))
    return sorted(told, key=lambda one: -one.values["share"])


def _best(
    history: History, weights: NDArray[np.floating[Any]], rows: NDArray[np.int64]
) -> tuple[Evidence, ...]:
    """Return the events that say most, of equal ones the newest."""
    order = rows[np.argsort(-weights[rows], kind="stable")][:_SHOWN]
    return tuple(
        Evidence(str(history.types[row]), int(history.items[row]), None, int(history.time_us[row]))
        for row in order.tolist()
    )
