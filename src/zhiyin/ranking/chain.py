"""How likely an item shown is clicked, put in the cart and bought, and how likely it is hidden, returned or reported."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from zhiyin.ranking.booster import monotone
from zhiyin.ranking.calibration import Calibrator
from zhiyin.ranking.impression_lists import LoggedLists
from zhiyin.ranking.link import Link, Rows, product_loss

STEPS = ("click", "cart", "purchase")
"""Each is reached only through the one before it: whoever bought had it in hand, whether the log says so or not."""
NEGATIVE = ("hide", "return", "report")
FEWEST = 100
"""Rows to learn from in which an action happened, below which it has no head."""
LEARN, STOP, CALIBRATE, CHOOSE = range(4)
"""What a row is for: trees, their number, the calibration, and which kind of it; in the order of time."""
PLACE = "position"
_PARTS = (0.7, 0.8, 0.9)


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """Items that were shown, and what became of them.

    Attributes:
        names: of the features.
        features: (r, f) float32, NaN where something is not known.
        outcomes: action → (r,) bool; an action that is not there never happened.
        part: (r,) int8, what each row is for: ``LEARN``, ``STOP``, ``CALIBRATE`` or ``CHOOSE``.
    """

    names: tuple[str, ...]
    features: NDArray[np.float32]
    outcomes: Mapping[str, NDArray[np.bool_]]
    part: NDArray[np.int8]

    @classmethod
    def of(cls, lists: LoggedLists) -> Self:
        """Return the rows of logged pages that were looked at, the place among their features, parted by time."""
        is_known = ~np.isnan(lists.features).all(axis=1)
        page = lists.page()
        bounds = np.quantile(page, _PARTS) if page.size else np.zeros(len(_PARTS))
        part = np.searchsorted(bounds, page, side="left").astype(np.int8)
        return cls(
            (*lists.names, PLACE),
            placed(lists.features, lists.position)[is_known],
            {action: done[is_known] for action, done in lists.outcomes.items()},
            part[is_known],
        )

    def where(self, chosen: NDArray[np.bool_]) -> Self:
        """Return some of the rows, (r,) bool."""
        outcomes = {action: done[chosen] for action, done in self.outcomes.items()}
        return type(self)(self.names, self.features[chosen], outcomes, self.part[chosen])

    def reached(self, step: str) -> NDArray[np.bool_]:
        """Return where it came to a step, or to one after it, (r,) bool."""
        found = np.zeros(len(self.part), np.bool_)
        for action in STEPS[STEPS.index(step) :]:
            found |= self.outcomes.get(action, False)
        return found


@dataclass(frozen=True, eq=False)
class Chain:
    """p(click), p(cart) and p(purchase) of an item shown, each the product of links, and heads of their own for what is unwanted.

    p(purchase) = p(click) · p(cart | click) · p(purchase | cart). A later link learns from all items shown, by the loss of
    the product, and not only from those that came to it; where that is no better on later rows, from the latter.

    Attributes:
        names: of the features.
        links: action → trees; steps that are there in their order, then negative actions.
        calibrators: action → what makes its probability come true.
        told: plain figures for the manifest: per action rows in which it happened, trees, calibration; why one is left out.
    """

    names: tuple[str, ...]
    links: Mapping[str, Link]
    calibrators: Mapping[str, Calibrator]
    told: Mapping[str, Any]

    @classmethod
    def fit(cls, shown: Shown, seed: int = 0) -> Chain:
        """Learn every head that happened often enough; there may be none.

        Args:
            shown: with rows of every part.
            seed: of the trees.
        References: Ma et al., SIGIR 2018 (ESMM).
        """
        links: dict[str, Link] = {}
        calibrators: dict[str, Calibrator] = {}
        told: dict[str, Any] = {}
        ones, never = np.ones(len(shown.part)), np.zeros(len(shown.part), np.bool_)
        upstream, came = ones, ~never
        rises = monotone(shown.names)
        for action in (*STEPS, *NEGATIVE):
            is_step = action in STEPS
            label = shown.reached(action) if is_step else shown.outcomes.get(action, never)
            positive = int(np.count_nonzero(label[shown.part == LEARN]))
            if positive < FEWEST or STOP not in shown.part:
                told[action] = {"positive": positive, "why": f"fewer than {FEWEST} to learn from"}
                continue
            before = (upstream, came) if is_step else (ones, ~never)
            link, way = _fitted(shown, label, *before, rises if is_step else None, seed)
            product = before[0] * link.chance(shown.features)
            late = shown.part >= CALIBRATE
            calibrators[action] = Calibrator.chosen(
                product[late], label[late], shown.part[late] == CHOOSE
            )
            links[action] = link
            told[action] = {
                "positive": positive, "trees": link.n_trees, "learned_from": way,
                "calibration": calibrators[action].kind,
            }  # fmt: skip
            if is_step:
                upstream, came = product, label
        return cls(shown.names, links, calibrators, told)

    def probabilities(self, features: NDArray[np.float32]) -> dict[str, NDArray[np.float64]]:
        """Return action → probability of each row of (n, f) features, (n,); a later step is never the likelier one."""
        found: dict[str, NDArray[np.float64]] = {}
        upstream, most = np.ones(len(features)), np.ones(len(features))
        for action, link in self.links.items():
            chance, calibrator = link.chance(features), self.calibrators[action]
            if action in STEPS:
                upstream = upstream * chance
                most = found[action] = np.minimum(calibrator.of(upstream), most)
            else:
                found[action] = calibrator.of(chance)
        return found

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the arrays of a snapshot."""
        about = {
            "names": list(self.names),
            "told": dict(self.told),
            "heads": {
                action: [link.start, self.calibrators[action].kind]
                for action, link in self.links.items()
            },
        }
        found: dict[str, NDArray[Any]] = {"about": _bytes(json.dumps(about))}
        for action, link in self.links.items():
            found[f"{action}.trees"] = _bytes(link.text)
            found[f"{action}.calibration"] = self.calibrators[action].values
        return found

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Chain:
        """Open what ``arrays`` gave.

        Raises:
            KeyError: an array is missing.
        """
        about = json.loads(arrays["about"].tobytes())
        heads: dict[str, list[Any]] = about["heads"]
        links = {
            action: Link(arrays[f"{action}.trees"].tobytes().decode(), start)
            for action, (start, _) in heads.items()
        }
        calibrators = {
            action: Calibrator(kind, np.asarray(arrays[f"{action}.calibration"]))
            for action, (_, kind) in heads.items()
        }
        return cls(tuple(about["names"]), links, calibrators, about["told"])


def utility(
    probabilities: Mapping[str, NDArray[np.float64]], values: Mapping[str, float]
) -> NDArray[np.float64]:
    """Return what each item is worth, (n,): the sum over actions of value times probability.

    Args:
        probabilities: action → (n,), at least one.
        values: action → what one of it is worth, below 0 for what is unwanted; an action without one counts nothing.
    """
    return np.asarray(sum(values.get(action, 0.0) * p for action, p in probabilities.items()))


def placed(features: NDArray[np.float32], position: NDArray[np.int64] | int) -> NDArray[np.float32]:
    """Return (n, f) features with the place on the page behind them, (n, f + 1): as logged to learn, one for all to serve.

    References: Craswell et al., WSDM 2008 (clicks fall with the place); Zhao et al., RecSys 2019 (place as an input).
    """
    column = np.broadcast_to(np.asarray(position, np.float32), (len(features),))
    return np.column_stack([features, column])


def _fitted(
    shown: Shown,
    label: NDArray[np.bool_],
    upstream: NDArray[np.float64],
    came: NDArray[np.bool_],
    monotone: Sequence[int] | None,
    seed: int,
) -> tuple[Link, str]:
    """Return the link with the lower loss on later rows: learned from all rows, or from those that came to it."""

    def rows(chosen: NDArray[np.bool_], before: NDArray[np.float64]) -> Rows:
        return Rows(shown.features[chosen], label[chosen], before[chosen])

    learn, stop = shown.part == LEARN, shown.part == STOP
    held = rows(stop, upstream)
    shape = monotone or [0] * len(shown.names)
    link = Link.fit(rows(learn, upstream), held, shape, seed)
    if came.all() or not (came & stop).any():
        return link, "all"
    ones = np.ones(len(label))
    narrow = Link.fit(rows(learn & came, ones), rows(stop & came, ones), shape, seed)
    losses = [
        product_loss(one.log_odds(held.features), held.upstream, held.label).mean()
        for one in (link, narrow)
    ]
    return (link, "all") if losses[0] <= losses[1] else (narrow, "those that came to it")


def _bytes(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(text.encode(), np.uint8)
