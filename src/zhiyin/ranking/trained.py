"""What training leaves behind and serving reads: made from the store, or opened from a snapshot."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.affinity.blend import Blend
from zhiyin.affinity.model import AffinityModel
from zhiyin.affinity.popularity import popularity
from zhiyin.affinity.rows import STRENGTHS, EventStrength
from zhiyin.affinity.training import refit, train
from zhiyin.affinity.without import without
from zhiyin.core import Context, Kind
from zhiyin.core.interactions import Interactions
from zhiyin.core.progress import Progress, untold
from zhiyin.errors import DataError, NotFound, StoreError
from zhiyin.evaluation.search import Journal
from zhiyin.evaluation.task import TrainingData
from zhiyin.portraits.item_likeness import ItemLikeness
from zhiyin.portraits.society import Society
from zhiyin.portraits.without import society_without
from zhiyin.ranking.blend import BlendWeights
from zhiyin.ranking.booster import families, names_of
from zhiyin.ranking.context_tuning import learn_context
from zhiyin.ranking.event_contexts import EventContexts, read_contexts
from zhiyin.ranking.event_table import read_events
from zhiyin.ranking.features.item_columns import ItemColumns
from zhiyin.ranking.impression_lists import read_logged
from zhiyin.ranking.in_context import ContextModel
from zhiyin.ranking.log_training import learn_from_log
from zhiyin.ranking.ranker import RankerModel
from zhiyin.ranking.ranker_training import learn_ranker
from zhiyin.ranking.side import read_side
from zhiyin.ranking.tuning import choose_weights
from zhiyin.ranking.value import ValueModel, learn_value
from zhiyin.settings import TrainSettings
from zhiyin.store.store import Store

_POPULARITY = "popularity"
_AFFINITY, _LIKENESS, _SOCIETY, _CONTEXT = "affinity.", "likeness.", "society.", "context."
_RANKER, _VALUE = "ranker.", "value."


@dataclass(frozen=True, slots=True, eq=False)
class Trained:
    """Everything that pages are scored with.

    Attributes:
        affinity: the model, over items and people numbered below the counts in `facts`.
        popularity: (n_items,) float32.
        item_likeness: which items are alike.
        blend_weights: how affinity, popularity and freshness add up.
        event_strength: what events were taken to mean, so that serving reads them the same way.
        facts: plain figures: counts, the choice of the model and of the weights.
        society: what was learned of people, None where only items' scores are asked for.
        context: what situations say of items, None where no event tells of any.
        ranker: what was learned of order, None where the blend's serves.
        value: what was learned of actions and their worth, None where nothing was.
    """

    affinity: AffinityModel
    popularity: NDArray[np.float32]
    item_likeness: ItemLikeness
    blend_weights: BlendWeights
    event_strength: EventStrength
    facts: Mapping[str, Any]
    society: Society | None = None
    context: ContextModel | None = None
    ranker: RankerModel | None = None
    value: ValueModel | None = None

    @classmethod
    def from_store(
        cls,
        store: Store,
        settings: TrainSettings,
        progress: Progress = untold,
        journal: Journal | None = None,
        society: Callable[[Interactions], Society] | None = None,
        zone: str = "UTC",
        ranks: bool = False,
        weighs: bool = False,
        weather: Callable[[Context, datetime], Context] | None = None,
    ) -> Trained:
        """Learn from all events with items, and from all ties; a journal lets a training that was stopped go on.

        Args:
            store: what is learned from.
            settings: how.
            progress: told as parts are fitted.
            journal: of trials.
            society: learns of people from the events.
            zone: IANA time zone in which the shop's people live.
            ranks: whether a ranker is learned, too.
            weighs: whether it is learned from the log of pages what items are worth, too; only with ``ranks``.
            weather: fills in the weather of events that do not tell it.
        Raises:
            NotFound: there are no events.
        """
        events = read_events(store, event_strength(settings), values=False).interactions
        if not len(events.person):
            raise NotFound(
                "there are no events to learn from",
                where="train",
                expected="at least one event",
                next_step="zhiyin import, or zhiyin demo for a sample shop",
            )
        n_people, n_items = store.count(Kind.PERSON), store.count(Kind.ITEM)
        side = read_side(store, n_items)
        contexts = read_contexts(store, event_strength(settings), zone, weather)
        columns = ItemColumns.read(store, n_items) if ranks else None
        trained = cls.of(
            events, n_people, n_items, settings, side, progress, journal, contexts, columns
        )
        if trained.ranker is not None:
            trained = trained._with_log(store, trained.ranker, settings.values if weighs else None)
        return trained if society is None else replace(trained, society=society(events))

    def _with_log(
        self, store: Store, ranker: RankerModel, values: Mapping[str, float] | None
    ) -> Trained:
        """Return this with what the log of pages teaches of order, and of worth where actions have values."""
        parts = list(self.affinity.parts) if isinstance(self.affinity, Blend) else []
        lists, read = read_logged(store, names_of(families(parts)))
        ranker, told = learn_from_log(lists, ranker)
        facts = {**self.facts, "ranker": {**self.facts["ranker"], "log": read | told}}
        value = None
        if values is not None:
            value, told = learn_value(lists, values)
            facts["value"] = {"log": read, **told}
        return replace(self, ranker=ranker, value=value, facts=facts)

    @classmethod
    def of(
        cls,
        events: Interactions,
        n_people: int,
        n_items: int,
        settings: TrainSettings,
        side: Mapping[str, Any],
        progress: Progress = untold,
        journal: Journal | None = None,
        contexts: EventContexts | None = None,
        columns: ItemColumns | None = None,
    ) -> Trained:
        """Learn from some events and what is known beside them alone, see ``TrainingData``; a ranker where there are columns."""
        training = train(
            events,
            n_people=n_people,
            n_items=n_items,
            side=side,
            dense_limit=settings.dense_limit,
            memory_gb=settings.memory_gb,
            half_life_days=settings.half_life_days,
            trials=settings.trials,
            journal=journal,
            progress=progress,
        )
        weights, weighed = choose_weights(training)
        popular = popularity(
            events.item,
            events.strength,
            events.time_us,
            n_items,
            half_life_days=settings.half_life_days,
        )
        facts = {
            "counts": {"people": n_people, "items": n_items, "events": len(events.person)},
            "affinity": training.report,
            "blend": weighed,
        }
        context = None
        if contexts is not None:
            context, facts["context"] = learn_context(training, weights, contexts, n_items)
        likeness = ItemLikeness.of(events.rows(n_people, n_items), side.get("descriptions"))
        strength, ranker = event_strength(settings), None
        if columns is not None:
            ranker, facts["ranker"] = learn_ranker(
                training, weights, columns, events, trials=settings.trials
            )
            ranker = ranker or RankerModel.of(columns, events)
        return cls(
            training.model, popular, likeness, weights, strength, facts, None, context, ranker
        )

    @classmethod
    def from_snapshot(
        cls, arrays: Mapping[str, NDArray[Any]], manifest: Mapping[str, Any]
    ) -> Trained:
        """Open what `arrays` and `manifest` gave when the snapshot was published.

        Raises:
            StoreError: they are not of this version.
        """
        prefixes = (_AFFINITY, _LIKENESS, _SOCIETY, _CONTEXT, _RANKER, _VALUE)
        parts = [_part(arrays, prefix) for prefix in prefixes]
        model, likeness, people, said, ordered, weighed = parts
        try:
            strength = manifest["event_strength"]
            return cls(
                Blend.from_arrays(model),
                np.asarray(arrays[_POPULARITY]),
                ItemLikeness.from_arrays(likeness),
                BlendWeights(**manifest["blend_weights"]),
                EventStrength(**{**strength, "rated": tuple(strength["rated"])}),
                manifest["facts"],
                Society.from_arrays(people, zone=manifest["zone"]),
                ContextModel.from_arrays(said) if said else None,
                RankerModel.from_arrays(ordered) if ordered else None,
                ValueModel.from_arrays(weighed) if weighed else None,
            )
        except (KeyError, TypeError) as error:
            raise StoreError(
                f"{error} is not what was expected",
                where="snapshot",
                expected="a snapshot of this version",
                next_step="zhiyin train",
            ) from error

    def without(self, people: NDArray[np.int64]) -> Trained:
        """Return this without some people, (k,) int64 distinct numbers, at once and without training.

        Nothing is left that names them; sums over everybody are as they were, see `affinity.without`.
        """
        society = self.society and society_without(self.society, people)
        return replace(self, affinity=without(self.affinity, people), society=society)

    def refitted(self, store: Store, settings: TrainSettings) -> Trained:
        """Return this with its models fitted to what the store holds now, and all that was chosen as it was chosen.

        So weights are those that training on these data gives which chooses the same. What was learned of people, of
        situations and of order stays.

        Raises:
            DataError: nothing is left to learn from, or a part cannot be fitted.
        Complexity: a reading of all events, and the fits of the parts that weigh anything.
        """
        strength = event_strength(settings)
        events = read_events(store, strength, values=False).interactions
        n_people, n_items = store.count(Kind.PERSON), store.count(Kind.ITEM)
        side = read_side(store, n_items)
        told = events.where(events.strength != 0)
        if not isinstance(self.affinity, Blend) or not len(told.person):
            raise DataError(
                "nothing can be fitted anew",
                where="refit",
                expected="a blend and events",
                next_step="zhiyin train",
            )
        parts = refit(
            TrainingData(told, n_people, n_items, side), self.facts["affinity"],
            dense_limit=settings.dense_limit, memory_gb=settings.memory_gb,
        )  # fmt: skip
        popular = popularity(
            events.item, events.strength, events.time_us, n_items, half_life_days=settings.half_life_days
        )  # fmt: skip
        return replace(
            self, affinity=replace(self.affinity, parts=parts), popularity=popular, event_strength=strength,
            item_likeness=ItemLikeness.of(events.rows(n_people, n_items), side.get("descriptions")),
        )  # fmt: skip

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the arrays of a snapshot."""
        model = {_AFFINITY + name: array for name, array in self.affinity.arrays().items()}
        people = {} if self.society is None else self.society.arrays()
        told = {_SOCIETY + name: array for name, array in people.items()}
        said = {} if self.context is None else self.context.arrays()
        told |= {_CONTEXT + name: array for name, array in said.items()}
        ordered = {} if self.ranker is None else self.ranker.arrays()
        told |= {_RANKER + name: array for name, array in ordered.items()}
        weighed = {} if self.value is None else self.value.arrays()
        told |= {_VALUE + name: array for name, array in weighed.items()}
        alike = {_LIKENESS + name: array for name, array in self.item_likeness.arrays().items()}
        return {_POPULARITY: self.popularity, **alike, **model, **told}

    def manifest(self) -> dict[str, Any]:
        """Return the rest of a snapshot, as JSON can hold it."""
        return {
            "model": self.affinity.name,
            "blend_weights": self.blend_weights.as_dict(),
            "event_strength": {
                "strengths": dict(self.event_strength.strengths),
                "other": self.event_strength.other,
                "rated": list(self.event_strength.rated),
                "threshold": self.event_strength.threshold,
            },
            "facts": dict(self.facts),
            "zone": "UTC" if self.society is None else self.society.zone,
        }

    def services(self) -> dict[str, Any]:
        """Return what parts may ask for in their constructors, by name; of people only where they were learned of."""
        people = self.society
        told = {} if people is None else {"society": people, "posts": people.posts}
        return {
            **told,
            "affinity": self.affinity,
            "popularity": self.popularity,
            "item_likeness": self.item_likeness,
            "blend_weights": self.blend_weights,
            "event_strength": self.event_strength,
            "context_model": self.context,
            "ranker_model": self.ranker,
            "value_model": self.value,
        }


def _part(arrays: Mapping[str, NDArray[Any]], prefix: str) -> dict[str, NDArray[Any]]:
    return {name.removeprefix(prefix): arrays[name] for name in arrays if name.startswith(prefix)}


def event_strength(settings: TrainSettings) -> EventStrength:
    """Return what events mean in this shop.

    Raises:
        SettingsError: a strength is no whole number of eighths.
    """
    return EventStrength({**STRENGTHS, **settings.strengths}, threshold=settings.rating_threshold)
