"""What a shop's own events can be asked: who newly takes what after a moment, who comes back to what, and the cold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from inspect import signature
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin import registry
from zhiyin.affinity.rows import EventStrength
from zhiyin.bench.served import OpenShop
from zhiyin.core import Kind, Stages
from zhiyin.core.history import History
from zhiyin.core.interactions import Interactions
from zhiyin.errors import NotFound, SettingsError
from zhiyin.evaluation.slices import popularity_slices
from zhiyin.evaluation.splits import Split
from zhiyin.evaluation.task import Task, TrainingData, hold_out
from zhiyin.ranking.event_table import read_events
from zhiyin.ranking.side import read_side
from zhiyin.ranking.trained import Trained, event_strength
from zhiyin.settings import Settings

LOOKS = ("view", "click")
"""Types of event that are no more than a look; what is stronger is more."""

REPEATING = 0.05
"""Share of the held-out pairs that people had before, from which on lists with repeats are judged, too."""


@dataclass(frozen=True, slots=True, eq=False)
class OwnTasks:
    """A shop's events, split, and what is asked of the later part.

    Attributes:
        new: what people newly do, among items that are on offer.
        cold: ``cold items`` and ``cold people`` → the same for what training knows nothing of; those that there are.
        repeats: all that people do, what they had before included; None where they hardly come back to anything.
        repeated_share: of the held-out pairs, those that the person had before.
        targets: name → (n_people, n_items) CSR, parts of what ``new`` asks for.
        split: how the events were parted.
        offered: (n_items,) bool, what could be shown.
        now: the moment of the lists.
        history: a person's number and a limit → the events before that moment, newest first.
        before: (e,) bool, the shop's events with items that had happened by then.
    """

    new: Task
    cold: Mapping[str, Task]
    repeats: Task | None
    repeated_share: float
    targets: Mapping[str, Any]
    split: Split
    offered: NDArray[np.bool_]
    now: datetime
    history: Callable[[int, int], History]
    before: NDArray[np.bool_]

    @classmethod
    def of(
        cls, shop: OpenShop, people: int, seed: int, among: NDArray[np.bool_] | None = None
    ) -> OwnTasks:
        """Part a shop's events by time, or at random where times are missing.

        Args:
            shop: whose events.
            people: judged by each task, at most.
            seed: of the choice of people, and of the split where it is at random.
            among: (e,) bool, the events that there are; all unless given. The ``before`` of tasks makes tasks inside them.
        Raises:
            NotFound: there are too few events for anybody to be judged.
        """
        shop.catalogue.refresh()
        strength = event_strength(shop.settings.train)
        table = read_events(shop.store, strength)
        events = table.interactions
        is_there = np.ones(events.strength.size, np.bool_) if among is None else among
        says = (events.strength != 0) & is_there
        spoken = events.where(says)
        parts = hold_out(spoken, seed)
        n_people, n_items = shop.store.count(Kind.PERSON), shop.store.count(Kind.ITEM)
        side = read_side(shop.store, n_items, parts.cut_us)
        everything = TrainingData(spoken, n_people, n_items, side)
        offered = _offered(shop, n_items, parts.cut_us)
        new = Task.of(everything, parts).offering(offered)
        if not new.people.size:
            raise NotFound(
                "nobody can be judged",
                where="evaluate",
                expected="people who later turn to items that are new to them and in stock",
                next_step="import more events, or the stock; zhiyin demo makes a shop that has both",
            )
        again = Task.of(everything, parts, repeats=True).offering(offered)
        share = 1 - new.relevant.nnz / again.relevant.nnz
        new = new.sampled(people, seed)
        visible = is_there & ~says
        if parts.cut_us is not None:
            visible &= events.time_us <= parts.cut_us
        visible[np.flatnonzero(says)[parts.train]] = True
        return cls(
            new,
            _cold(new, spoken, parts, offered, people, seed),
            again.sampled(people, seed) if share >= REPEATING else None,
            share,
            _targets(new, spoken.where(parts.test), strength),
            parts,
            offered,
            _moment(parts.cut_us),
            table.histories(visible),
            visible,
        )

    def services(self, trained: Trained) -> dict[str, Any]:
        """Return what parts may ask for when pages of that moment are made of what was trained before it."""
        return {
            **trained.services(),
            "history": self.history,
            "friends": lambda person: np.empty(0, np.int64),  # beside those trained on
            "closed": lambda person, people: np.empty(0, np.int64),
        }


_REFUSED = {
    "society": (
        "goes by what is learned of people",
        "for hot, together and again see benchmarks/other_lists.py",
    ),
    "searching": (
        "goes by what is searched for",
        "zhiyin bench search judges the search by judged queries",
    ),
}
"""Service → why pages of what asks for it cannot be judged, and what can be done instead."""


def refuse_unjudged(settings: Settings, surface: str) -> None:
    """Refuse, before the long work, a surface that cannot be made as of a moment of the past.

    Raises:
        UnknownPart: no pipeline serves that surface.
        SettingsError: a part asks for what is learned of people, which is learned of all that is stored, not as of a
            moment; or for what is searched for, which no event says.
    """
    made_of = settings.pipeline(surface)
    for family in Stages.__dataclass_fields__:
        for part in getattr(made_of, family):
            asked = signature(registry.load(family, part.type)).parameters
            for service, (why, instead) in _REFUSED.items():
                if service in asked:
                    raise SettingsError(
                        f"pages of {surface} cannot be judged: {part.type} {why}",
                        where=f"pipelines.{surface}.{family}",
                        expected="a surface without such parts, such as home or similar",
                        next_step=instead,
                    )


def _moment(cut_us: int | None) -> datetime:
    return datetime.now(UTC) if cut_us is None else datetime.fromtimestamp(cut_us / 1e6, UTC)


def _offered(shop: OpenShop, n_items: int, cut_us: int | None) -> NDArray[np.bool_]:
    """Return which items could be shown: in stock, and listed by the moment of the cut where that is known."""
    items = np.arange(n_items)
    offered = shop.catalogue.in_stock(items)
    if cut_us is not None:
        offered &= shop.catalogue.created_us(items) <= cut_us  # NO_TIME is below everything
    return offered


def _cold(
    new: Task,
    events: Interactions,
    parts: Split,
    offered: NDArray[np.bool_],
    people: int,
    seed: int,
) -> dict[str, Task]:
    tasks = {}
    for name, cold in (("cold items", parts.cold_item), ("cold people", parts.cold_person)):
        hidden = events.where(cold).rows(new.data.n_people, new.data.n_items)
        task = Task.hiding(new.data, hidden, parts.name).offering(offered)
        if task.people.size:
            tasks[name] = task.sampled(people, seed)
    return tasks


def _targets(new: Task, held_out: Interactions, strength: EventStrength) -> dict[str, Any]:
    look = max(strength.strengths.get(name, strength.other) for name in LOOKS)
    strong = held_out.where(held_out.strength > look).rows(new.data.n_people, new.data.n_items)
    popularity = np.bincount(new.data.rows.indices, minlength=new.data.n_items)
    parts = popularity_slices(new.relevant, popularity)
    return {
        "more than a look": new.relevant.multiply(strong.astype(bool)).tocsr(),
        "popular items": parts["head"],
        "rare items": parts["tail"],
    }
