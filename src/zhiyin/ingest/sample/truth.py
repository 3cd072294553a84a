"""What is really so in a sample shop and no record says: tastes, utilities, propensities, intents, causes."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.errors import InvalidRecord
from zhiyin.ingest.sample.climate import DAY_MINUTES, START, STEPS, Climate
from zhiyin.ingest.sample.utility import Pieces, State, last_step
from zhiyin.ingest.sample.visits import expected_features

PIECE = "piece_"


@dataclass(frozen=True)
class Truth:
    """The latent side of a sample shop; rows follow the frames (person ``u00003`` is row 3).

    Attributes:
        pieces: the fixed parts of the utility, tastes and item factors among them.
        city, community, susceptibility, mood: (people,).
        quality, appeal: (items,); aspect_quality: (items, aspects), NaN where an aspect does not apply.
        temperature, weather: (days, cities).
        tie_strength: (ties,) float32 in 0..1, row for row of ``frames["ties"]``.
        policy: (steps, items) float64, chance that the logging policy shows an item first.
        uniform_click: (steps,) true click rate of the first position under uniform showing.
        exposure_*: (exposures,) shown lists: request, person, item, position, propensity (given the positions
            above), clicked, minutes since the year's start.
        visit_features: (visits, features) float32 context.
        event_*: (events,) row for row of ``frames["events"]``: visit (-1 none), utility before noise (NaN none),
            influenced (friends' sway made the difference, or a friend's link led there), source (who sent the
            link, -1 none), channel (0 list, 1 search, 2 friend, -1 none).
        sway_*: what friends did: step, swayed person, source person, item, weight.
        purchase_*: person, item, day of every purchase, in order of steps, and its step.
        post_polarity: (posts,) int8, 0 where a post is no review; post_aspects: (posts, aspects) int8.
        post_intent, chat_intent: what a post, a conversation (``c0007`` is row 7) is about.
    """

    pieces: Pieces
    city: NDArray[np.int64]
    community: NDArray[np.int64]
    susceptibility: NDArray[np.float64]
    mood: NDArray[np.float64]
    quality: NDArray[np.float64]
    appeal: NDArray[np.float64]
    aspect_quality: NDArray[np.float32]
    temperature: NDArray[np.float32]
    weather: NDArray[np.int8]
    tie_strength: NDArray[np.float32]
    policy: NDArray[np.float64]
    uniform_click: NDArray[np.float64]
    exposure_request: NDArray[np.int32]
    exposure_person: NDArray[np.int32]
    exposure_item: NDArray[np.int32]
    exposure_position: NDArray[np.int8]
    exposure_propensity: NDArray[np.float64]
    exposure_clicked: NDArray[np.bool_]
    exposure_minutes: NDArray[np.float64]
    visit_features: NDArray[np.float32]
    event_visit: NDArray[np.int64]
    event_utility: NDArray[np.float32]
    event_influenced: NDArray[np.bool_]
    event_source: NDArray[np.int64]
    event_channel: NDArray[np.int64]
    sway_step: NDArray[np.int64]
    sway_swayed: NDArray[np.int64]
    sway_source: NDArray[np.int64]
    sway_item: NDArray[np.int64]
    sway_weight: NDArray[np.float32]
    purchase_person: NDArray[np.int64]
    purchase_item: NDArray[np.int64]
    purchase_day: NDArray[np.float32]
    purchase_step: NDArray[np.int64]
    post_polarity: NDArray[np.int8]
    post_aspects: NDArray[np.int8]
    post_intent: NDArray[np.str_]
    chat_intent: NDArray[np.str_]

    def save(self, path: Path) -> None:
        """Write everything to a ``.npz`` file of plain arrays."""
        arrays = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "pieces"}
        arrays |= {PIECE + f.name: getattr(self.pieces, f.name) for f in fields(Pieces)}
        with path.open("wb") as file:
            np.savez(file, allow_pickle=False, **arrays)

    @classmethod
    def load(cls, path: Path) -> Truth:
        """Read what :meth:`save` wrote.

        Raises:
            InvalidRecord: when the file is not a truth of this version.
        """
        with np.load(path, allow_pickle=False) as file:
            arrays: dict[str, Any] = {name: file[name] for name in file.files}
        wanted = {f.name for f in fields(cls)} - {"pieces"} | {
            PIECE + f.name for f in fields(Pieces)
        }
        if set(arrays) != wanted:
            raise InvalidRecord(
                f"arrays are missing or unknown: {', '.join(sorted(wanted ^ set(arrays)))}",
                where=str(path), expected="a truth saved by this version of the sample shop",
                next_step="make the sample shop again with the same seed",
            )  # fmt: skip
        pieces = Pieces(**{f.name: arrays.pop(PIECE + f.name) for f in fields(Pieces)})
        return cls(pieces=pieces, **arrays)

    def state_at(self, step: int) -> State:
        """Replay friends' sway and purchases up to the beginning of a step."""
        state = State(len(self.city), len(self.quality))
        for now in range(min(step, STEPS)):
            heard, buys = self.sway_step == now, self.purchase_step == now
            state.advance(
                self.sway_swayed[heard], self.sway_item[heard], self.sway_weight[heard],
                self.purchase_person[buys], self.purchase_item[buys], self.purchase_day[buys],
            )  # fmt: skip
        return state

    def utility(
        self,
        people: NDArray[np.int64],
        time: datetime,
        features: NDArray[np.float32] | None = None,
        *,
        state: State | None = None,
    ) -> NDArray[np.float32]:
        """Return the expected utility of every item for people at a time.

        Args:
            people: (m,) int64 rows.
            time: aware moment; only what happened before its five-day step counts.
            features: (m, features) float32 context; None takes the mean context of the next 30 days at home.
            state: the replayed state of that step, when it is at hand.

        Returns: (m, items) float32. Complexity: O(steps · people · items) for the replay.
        """
        minutes = (time - START).total_seconds() / 60
        step = last_step(minutes)
        state = state or self.state_at(step)
        if features is None:
            first = int(minutes // DAY_MINUTES)
            days = max(1, min(30, len(self.temperature) - first))
            climate = Climate(self.temperature, self.weather)
            features = expected_features(climate, self.city[people], first, days)
        return self.pieces.expected(
            people, features, step,
            influence=state.influence[people], last_purchase=state.last_purchase[people],
        )  # fmt: skip
