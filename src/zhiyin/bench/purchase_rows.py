"""The candidates of people's lists at a moment, and which of them they then looked at, put in the cart and bought."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from zhiyin.affinity.blend import Blend
from zhiyin.affinity.friends import Friends
from zhiyin.affinity.model import Fitted
from zhiyin.affinity.popularity import popularity
from zhiyin.affinity.training import Training, train
from zhiyin.bench.served import OpenShop
from zhiyin.core import Kind
from zhiyin.errors import NotFound
from zhiyin.evaluation.task import Task, TrainingData
from zhiyin.ranking.booster import families, names_of
from zhiyin.ranking.event_table import EventTable, read_events
from zhiyin.ranking.features.family import DAY_US
from zhiyin.ranking.features.item_columns import ItemColumns
from zhiyin.ranking.ranking_lists import Moment
from zhiyin.ranking.side import read_side
from zhiyin.ranking.signals import popularity_signal
from zhiyin.ranking.trained import event_strength
from zhiyin.ranking.tuning import choose_weights


@dataclass(frozen=True, slots=True, eq=False)
class PurchaseRows:
    """One row for each person and candidate.

    Attributes:
        person: (r,) int64.
        history: (r,) int64 distinct items the person had before the moment.
        features: (r, f) float32.
        popularity: (r,) float64 in [0, 1].
        blend: (r,) float64, the score that serves, as part of the highest of the moment.
        looked: (r,) bool, whether the person then had anything to do with the item that is not against it.
        carted: (r,) bool.
        bought: (r,) bool.
    """

    person: NDArray[np.int64]
    history: NDArray[np.int64]
    features: NDArray[np.float32]
    popularity: NDArray[np.float64]
    blend: NDArray[np.float64]
    looked: NDArray[np.bool_]
    carted: NDArray[np.bool_]
    bought: NDArray[np.bool_]

    def where(self, chosen: NDArray[np.bool_]) -> Self:
        """Return some of the rows, (r,) bool."""
        return type(self)(*(getattr(self, name)[chosen] for name in self.__slots__))

    @classmethod
    def joined(cls, parts: Sequence[Self]) -> Self:
        """Return the rows of several moments, one after the other."""
        columns = ([getattr(part, name) for part in parts] for name in cls.__slots__)
        return cls(*(np.concatenate(column) for column in columns))


@dataclass(frozen=True, slots=True, eq=False)
class PurchaseLog:
    """A shop's events, from which lists of any moment can be made as they would have been.

    Attributes:
        shop: whose.
        table: of its events.
        columns: what the catalogue says.
        n_people: in the store.
    """

    shop: OpenShop
    table: EventTable
    columns: ItemColumns
    n_people: int

    @classmethod
    def of(cls, shop: OpenShop) -> Self:
        """Read a shop's events.

        Raises:
            NotFound: there are no purchases.
        """
        table = read_events(shop.store, event_strength(shop.settings.train))
        if "purchase" not in table.names.tolist():
            raise NotFound(
                "there are no purchases",
                where="evaluate --purchases",
                expected="events of the type purchase",
                next_step="zhiyin import, or zhiyin demo for a sample shop",
            )
        columns = ItemColumns.read(shop.store, shop.store.count(Kind.ITEM))
        return cls(shop, table, columns, shop.store.count(Kind.PERSON))

    @property
    def names(self) -> tuple[str, ...]:
        """What the features are called."""
        return tuple(names_of(families(())))

    def rows(self, cut_us: int, until_us: int, people: int, seed: int = 0) -> PurchaseRows:
        """Return the rows of a moment: lists by a blend that knows nothing later, and what was done by another moment.

        Args:
            cut_us: the moment, microseconds since 1970 UTC.
            until_us: end of what counts as done.
            people: of those with something before the moment at most so many, drawn at random.
            seed: of the draw.
        Complexity: that of ``train``, and of ``Moment.lists``.
        """
        events = self.table.interactions
        before = (events.time_us <= cut_us) & (events.strength != 0)
        n_items = self.columns.category.size
        side = read_side(self.shop.store, n_items, cut_us)
        data = TrainingData(events.where(before), self.n_people, n_items, side)
        known = np.flatnonzero(np.diff(data.histories.indptr))
        if known.size > people:
            drawn = np.random.default_rng(seed).choice(known, people, replace=False)
            known = np.sort(drawn)
        lists = self._moment(data).lists(families(()), known)
        is_item = lists.ids >= 0
        person = np.repeat(known, is_item.sum(axis=1))
        item = lists.ids[is_item]
        after = (events.time_us > cut_us) & (events.time_us <= until_us)
        pair = person * n_items + item

        def done(chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
            own = after & chosen
            return np.isin(pair, events.person[own] * n_items + events.item[own])

        popular = popularity_signal(_popularity(self.shop, data))
        blend = lists.blend[is_item].astype(np.float64)
        return PurchaseRows(
            person, np.diff(data.histories.indptr)[person], lists.features[is_item],
            popular[item].astype(np.float64), np.clip(blend / max(blend.max(), 1e-9), 0, 1),
            done(events.strength > 0), done(self._typed("cart")), done(self._typed("purchase")),
        )  # fmt: skip

    def _typed(self, name: str) -> NDArray[np.bool_]:
        return np.asarray(self.table.names[self.table.types] == name)

    def _moment(self, data: TrainingData) -> Moment:
        settings = self.shop.settings.train
        training = train(
            data.interactions, n_people=data.n_people, n_items=data.n_items, side=data.side,
            dense_limit=settings.dense_limit, memory_gb=settings.memory_gb,
            half_life_days=settings.half_life_days, trials=settings.trials,
        )  # fmt: skip
        weights, _ = choose_weights(training)
        nothing = sparse.csr_array((data.n_people, data.n_items), dtype=np.float32)
        task = Task(data, nothing, np.empty(0, np.int64), data.touched(), "moment")
        popular = _popularity(self.shop, data)
        return Moment(
            task, training.fitted, popular, weights, *_without_parts(training), self.columns
        )


def _popularity(shop: OpenShop, data: TrainingData) -> NDArray[np.float32]:
    events, half_life = data.interactions, shop.settings.train.half_life_days
    return popularity(
        events.item, events.strength, events.time_us, data.n_items, half_life_days=half_life
    )


def _without_parts(training: Training) -> tuple[Blend, dict[str, Fitted]]:
    """Return a model without parts, which may be others at every moment, and whom friends are known from."""
    model = training.model
    if not isinstance(model, Blend):
        return Blend({}, np.zeros(1, np.int64), np.zeros((1, 0), np.float32)), {}
    friends = model.parts.get(Friends.name)
    known = (
        {}
        if friends is None
        else {Friends.name: Fitted(friends, training.fitted, training.fitted.on)}
    )
    return Blend({}, model.fewest, model.weights[:, :0]), known


def moments(log: PurchaseLog, count: int, days: float) -> list[int]:
    """Return moments, oldest first, each ``days`` after the one before it, the last that long before the end."""
    times = log.table.interactions.time_us
    end, step = int(times.max()), int(days * DAY_US)
    return [end - step * (count - place) for place in range(count)]
