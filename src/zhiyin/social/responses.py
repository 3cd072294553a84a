"""A label of closeness that is honest and costs nothing: does somebody take up what another person shares?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.core.exchanges import Exchanges
from zhiyin.core.history import NO_TIME
from zhiyin.core.interactions import Interactions
from zhiyin.social.graph import Floats, Ints
from zhiyin.social.tie_features import TieFeatures, tie_features

WITHIN_DAYS = 14
_STEP_DAYS = 30
_DAY_US = 86_400_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Responses:
    """Shares of items, oldest first, and whether they were taken up.

    Attributes:
        pairs: (r, 2) int64, who was sent it, and by whom.
        labels: (r,) bool, whether the first person turned to the item in time.
        time_us: (r,) int64, when it was sent.
    """

    pairs: Ints
    labels: NDArray[np.bool_]
    time_us: Ints

    def where(self, chosen: NDArray[np.bool_]) -> Responses:
        """Return the chosen shares; ``chosen`` is (r,) bool."""
        return Responses(self.pairs[chosen], self.labels[chosen], self.time_us[chosen])


def share_responses(
    exchanges: Exchanges, events: Interactions, *, until_us: int, days: float = WITHIN_DAYS
) -> Responses:
    """Say of each share of an item whether who got it opened, liked or bought the item in the days after it.

    Left out are shares without a time or an item, those of somebody to itself, and those whose days are not over.

    Args:
        exchanges: of everybody.
        events: of everybody; one of no strength above 0 is no answer.
        until_us: up to when all events are known, microseconds since 1970 UTC.
        days: in which the answer counts.
    Complexity: O((e + events) log (e + events)).

    >>> sent, day = np.array([0]), 86_400_000_000
    >>> told = Exchanges(sent, sent + 1, np.array(["share"]), sent + 7, sent, np.ones(1, np.float32))
    >>> bought = Interactions(sent + 1, sent + 7, np.ones(1, np.float32), sent + 3 * day)
    >>> share_responses(told, bought, until_us=20 * day).labels.tolist()
    [True]
    """
    span = round(days * _DAY_US)
    is_share = (exchanges.type == "share") & (exchanges.item >= 0)
    is_share &= (exchanges.one != exchanges.two) & (exchanges.time_us != NO_TIME)
    sent = exchanges.where(is_share & (exchanges.time_us <= until_us - span))
    sent = sent.where(np.argsort(sent.time_us, kind="stable"))
    done = events.where((events.strength > 0) & (events.time_us != NO_TIME))
    n_items = max(int(sent.item.max(initial=0)), int(done.item.max(initial=0))) + 1
    key = np.concatenate([sent.two * n_items + sent.item, done.person * n_items + done.item])
    time_us = np.concatenate([sent.time_us, done.time_us])
    is_event = np.arange(key.size) >= sent.one.size
    # An event at the very time of the share led to it and did not follow.
    order = np.lexsort((~is_event, time_us, key))
    last = np.int64(key.size)
    place = np.where(is_event[order], np.arange(key.size), last)
    after = np.append(np.minimum.accumulate(place[::-1])[::-1], last)[: key.size]
    found = order[np.minimum(after, max(key.size - 1, 0))]
    is_answered = (after < last) & (key[found] == key[order])
    is_answered &= time_us[found] - time_us[order] <= span
    labels = np.empty(key.size, np.bool_)
    labels[order] = is_answered
    return Responses(np.column_stack([sent.two, sent.one]), labels[: sent.one.size], sent.time_us)


def features_before(
    responses: Responses,
    exchanges: Exchanges,
    *,
    n_people: int,
    kinds: NDArray[np.str_] | None = None,
    since_us: Ints | None = None,
    graph: Any = None,
    likeness: Floats | None = None,
) -> TieFeatures:
    """Return the features of each share's pair as they were before it: before the first share of its 30 days.

    Exchanges without a time are left out, as they may have come after. The rest is taken as it is given: ties, kinds
    and likeness should be of before the first share too, or be such as no answer brings about.

    Args:
        responses: r shares, oldest first.
        exchanges: of everybody, also of after.
        n_people: people are numbered below it.
        kinds: (r,) str, as in ``tie_features``.
        since_us: (r,) int64 likewise.
        graph: likewise.
        likeness: (r,) float32 likewise.
    Returns: a row for each share, in their order.
    Complexity: O(cuts (e log e)).
    """
    steps = responses.time_us // (_STEP_DAYS * _DAY_US)
    parts = []
    for step in np.unique(steps):
        rows = np.flatnonzero(steps == step)
        cut = int(responses.time_us[rows].min())
        parts.append(
            tie_features(
                responses.pairs[rows],
                exchanges.before(cut),
                n_people=n_people,
                now_us=cut,
                kinds=None if kinds is None else kinds[rows],
                since_us=None if since_us is None else since_us[rows],
                graph=graph,
                likeness=None if likeness is None else likeness[rows],
            )
        )
    if not parts:
        nobody = np.empty((0, 2), np.int64)
        return tie_features(nobody, exchanges, n_people=n_people, now_us=0)
    return TieFeatures(parts[0].names, np.vstack([part.values for part in parts]))
