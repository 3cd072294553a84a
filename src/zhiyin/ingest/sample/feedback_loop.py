"""Rounds after the sample year in which a caller's lists are shown, people answer, and the answers change the shop.

A round is one step of five days. People answer by the same utility, bars and noise as in the year; what a list does to
them (fatigue, purchases, what friends hear of these, coming back less) is felt from the next round on.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from zhiyin.errors import DataError
from zhiyin.ingest.sample.behaviour import NEXT_MINUTES, PURCHASE_WEIGHT, decide, hearing
from zhiyin.ingest.sample.catalogue import make_goods
from zhiyin.ingest.sample.climate import DAY_MINUTES, DAYS, STEP_DAYS, STEPS, Climate, to_us
from zhiyin.ingest.sample.event_log import EVENT_TYPES, visit_contexts
from zhiyin.ingest.sample.frames import table
from zhiyin.ingest.sample.lists import EXAMINE, SLATE, VIEW_BAR, sigmoid
from zhiyin.ingest.sample.people import make_people
from zhiyin.ingest.sample.seeds import generator
from zhiyin.ingest.sample.shop import SampleShop
from zhiyin.ingest.sample.ties import make_ties
from zhiyin.ingest.sample.visits import HOURS, draw_place
from zhiyin.ingest.sample.world import PURCHASE, World
from zhiyin.store.frames import TIME, json_text

FATIGUE = 2.0
"""Utils an item loses, at most, for someone who saw it again and again and never opened it."""
FATIGUE_LOOKS = 2.0
"""Looks in vain at which half of that is lost."""
FATIGUE_HALF_LIFE_DAYS = 30.0
LEAVING = 0.15
"""Share of a person's visits that is lost by a round in which they came and opened nothing."""


@dataclass(frozen=True)
class Visitors:
    """Who comes in a round, in order of time; all arrays are (v,) but ``features``.

    Attributes:
        request: int64, number of the list each will be shown; goes on from the year's.
        person: int64, row of ``frames["users"]``; who comes twice has two rows.
        minutes: float64, since the year's start.
        place: int64, position in ``PLACES``.
        features: (v, features) float32, the context that moves the utility.
        contexts: v dicts, the context as the shop would log it.
    """

    request: NDArray[np.int64]
    person: NDArray[np.int64]
    minutes: NDArray[np.float64]
    place: NDArray[np.int64]
    features: NDArray[np.float32]
    contexts: list[dict[str, Any]]


@dataclass(frozen=True)
class Answers:
    """What came back, one row for each item shown, in order of request and position; all arrays are (shown,).

    Attributes:
        request, person, item, position: int64.
        propensity: float64, as the caller told it, NaN where it was not told.
        minutes: float64, when the list was shown.
        clicked, favourited, carted, purchased: bool; only what was clicked can be more.
        delay: float64, minutes from the list to the click, 0 without a click.
        quantity: int64, how many were bought, 0 without a purchase.
    """

    request: NDArray[np.int64]
    person: NDArray[np.int64]
    item: NDArray[np.int64]
    position: NDArray[np.int64]
    propensity: NDArray[np.float64]
    minutes: NDArray[np.float64]
    clicked: NDArray[np.bool_]
    favourited: NDArray[np.bool_]
    carted: NDArray[np.bool_]
    purchased: NDArray[np.bool_]
    delay: NDArray[np.float64]
    quantity: NDArray[np.int64]


_DTYPES = (*[np.int64] * 4, *[np.float64] * 2, *[np.bool_] * 4, np.float64, np.int64)
_NOTHING = Answers(*(np.zeros(0, dtype) for dtype in _DTYPES))


class FeedbackLoop:
    """A sample shop after its year, open to the caller's lists.

    Visitors come at their own yearly rate. The weather, hours and feasts are those of the year again, 52 weeks later.
    Nobody searches or sends links here: whatever is opened was shown. The same seed and the same lists give the same
    answers; ``copy.deepcopy`` makes a second loop that goes its own way from here.

    Args:
        shop: from :func:`make`.
        seed: of who comes and of the noise in what they do.
        fatigue: utils an item loses at most, 0 for none.
        leaving: share of their visits that people lose by a round with nothing opened, 0 for none.

    Attributes:
        round: how many rounds have been shown.
        live: (items,) bool, listed and in stock; nothing else may be shown.
        state: friends' sway and last purchases at the start of the round.
        tiredness: (people, items) float32 looks in vain, fading with the half-life; a click clears them.
        loyalty: (people,) float64 in 0..1, which share of their usual visits people make.

    >>> from zhiyin.ingest.sample import make
    >>> loop = FeedbackLoop(make(1, people=60, products=96), seed=1)
    >>> lists = np.tile(np.flatnonzero(loop.live)[:3], (len(loop.visitors().person), 1))
    >>> expected = loop.expected_clicks(lists)
    >>> answers = loop.show(lists)
    >>> answers.item.shape == (lists.size,), expected.shape == (len(lists),), loop.round
    (True, True, 1)
    """

    def __init__(
        self, shop: SampleShop, seed: int, *, fatigue: float = FATIGUE, leaving: float = LEAVING
    ) -> None:
        truth = shop.truth
        people, goods = make_people(shop.seed, len(truth.city)), make_goods(shop.seed, len(truth.quality))  # fmt: skip
        if not np.array_equal(people.city, truth.city):
            raise DataError(
                f"the truth is not that of seed {shop.seed}",
                where="FeedbackLoop", expected="a shop as make returned it",
                next_step="make the sample shop again with the same seed",
            )  # fmt: skip
        self.seed, self.fatigue, self.leaving = seed, fatigue, leaving
        climate = Climate(truth.temperature, truth.weather)
        self._world = World(people, goods, make_ties(shop.seed, people), climate, truth.pieces)
        self.live: NDArray[np.bool_] = goods.stock > 0
        self.state = truth.state_at(STEPS)
        self.tiredness = np.zeros(self.state.influence.shape, np.float32)
        self.loyalty = np.ones(len(truth.city))
        self.round = 0
        self._first_request = int(truth.exposure_request.max(initial=-1)) + 1
        self._contexts: list[dict[str, Any]] = []
        self._answers: list[Answers] = []
        self._begin()

    def visitors(self) -> Visitors:
        """Return who comes in this round."""
        return self._visitors

    def utility(self) -> NDArray[np.float32]:
        """Return (v, items) what each item is worth to each visitor, fatigue included and noise left out."""
        return self._utility

    def click_chance(self, slates: NDArray[np.integer]) -> NDArray[np.float64]:
        """Return (v, k) the exact chance that each shown item is opened, 0 at empty places.

        Args:
            slates: (v, k) int items by position, -1 where a place is empty.
        """
        slates = self._checked(slates)
        row = np.arange(len(slates))[:, None]
        chance = EXAMINE[: slates.shape[1]] * sigmoid(self._utility[row, slates] - VIEW_BAR)
        return np.asarray(np.where(slates >= 0, chance, 0.0))

    def expected_clicks(self, slates: NDArray[np.integer]) -> NDArray[np.float64]:
        """Return (v,) exactly how many clicks each list gets in expectation, were it shown in this round.

        The mean over visitors is the value of the policy that made the lists.
        """
        return np.asarray(self.click_chance(slates).sum(axis=1))

    def show(
        self, slates: NDArray[np.integer], propensity: NDArray[np.floating] | None = None
    ) -> Answers:
        """Show each visitor a list, take their answers, and go on to the next round.

        Args:
            slates: (v, k) int items by position, k at most 10, -1 where a place is empty.
            propensity: (v, k) the chance with which the caller drew each, only logged.
        Raises:
            DataError: the shape is wrong, or a list repeats an item or holds one that is not on offer.
        Complexity: O((people + v) · items).
        """
        slates = self._checked(slates)
        if propensity is not None and propensity.shape != slates.shape:
            raise DataError(
                f"propensities of shape {propensity.shape}",
                where="FeedbackLoop.show", expected=f"the shape of the lists, {slates.shape}",
                next_step="give one chance for each place",
            )  # fmt: skip
        rng, visitors = generator(self.seed, f"answers {self.round}"), self._visitors
        roll = rng.random(slates.shape) < self.click_chance(slates)
        row, position = np.nonzero(slates >= 0)
        item, person, clicked = slates[row, position], visitors.person[row], roll[row, position]
        at = np.flatnonzero(clicked)
        done = decide(
            rng, self._utility[row[at], item[at]], person[at], item[at], self._world.goods.repeat_days
        )  # fmt: skip
        answers = Answers(
            request=visitors.request[row], person=person, item=item, position=position,
            propensity=np.full(len(row), np.nan) if propensity is None
            else propensity[row, position].astype(np.float64),
            minutes=visitors.minutes[row], clicked=clicked,
            favourited=_spread(done.favourite, clicked), carted=_spread(done.cart, clicked),
            purchased=_spread(done.purchase, clicked), delay=_spread(done.delay, clicked),
            quantity=_spread(np.where(done.purchase, done.quantity, 0), clicked),
        )  # fmt: skip
        self._answers.append(answers)
        self._contexts += visitors.contexts
        self._advance(answers)
        return answers

    def answers(self) -> Answers:
        """Return all that came back so far."""
        parts = [_NOTHING, *self._answers]
        return Answers(
            *(np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(Answers))
        )

    def events(self) -> pl.DataFrame:
        """Return what was done so far as records of kind ``events``, in order of time.

        Ids are not those of the year, so the frame can stand below ``shop.frames["events"]``.
        """
        got = self.answers()
        row, kind = np.nonzero(
            np.column_stack([got.clicked, got.favourited, got.carted, got.purchased])
        )
        request, minutes = got.request[row], got.minutes[row] + got.delay[row]
        contexts = []
        for number, what, quantity in zip(request, kind, got.quantity[row], strict=True):
            order = {"order_id": f"or{number:07d}", "quantity": int(quantity)}
            context = self._contexts[number - self._first_request]
            contexts.append(json_text(context | order if what == PURCHASE else context))
        number = (request * SLATE + got.position[row]) * len(EVENT_TYPES) + kind
        frame = table(
            "events",
            {
                "user": [f"u{k:05d}" for k in got.person[row]],
                "item": [f"i{k:05d}" for k in got.item[row]],
                "type": [EVENT_TYPES[k] for k in kind],
                "time": to_us(minutes + kind * NEXT_MINUTES),
                "context": contexts,
                "request_id": [f"r{k:07d}" for k in request],
                "event_id": [f"f{k:09d}" for k in number],
            },
        )
        return frame.sort("time", maintain_order=True)

    def impressions(self) -> pl.DataFrame:
        """Return what was shown so far: request_id, user, item, position, propensity, clicked, time."""
        got = self.answers()
        return pl.DataFrame(
            {
                "request_id": [f"r{k:07d}" for k in got.request],
                "user": [f"u{k:05d}" for k in got.person],
                "item": [f"i{k:05d}" for k in got.item],
                "position": got.position,
                "propensity": pl.Series(got.propensity).fill_nan(None),
                "clicked": got.clicked,
                "time": pl.Series(to_us(got.minutes)).cast(TIME),
            },
            schema_overrides=dict.fromkeys(("request_id", "user", "item"), pl.String),
        )

    def _begin(self) -> None:
        """Draw who comes in the round and what everything is worth to them."""
        rng = generator(self.seed, f"visitors {self.round}")
        people, step = self._world.people, STEPS + self.round
        count = rng.poisson(people.visits * (STEP_DAYS / DAYS) * self.loyalty)
        person = np.repeat(np.arange(len(count)), count)
        v = len(person)
        hour = rng.choice(len(HOURS), v, p=HOURS / HOURS.sum()) + rng.random(v)
        minutes = (step * STEP_DAYS + rng.integers(0, STEP_DAYS, v)) * DAY_MINUTES + hour * 60
        order = np.argsort(minutes, kind="stable")
        person, minutes = person[order], minutes[order]
        place = draw_place(rng, minutes)
        last_year = (minutes - DAY_MINUTES) % (364 * DAY_MINUTES) + DAY_MINUTES  # same weekday
        features = self._world.climate.at(people.city[person], last_year, place)
        devices = int(rng.integers(1 << 62))
        logged = {"person": person, "minutes": last_year, "place": place}
        contexts = visit_contexts(devices, self._world, logged)
        request = self._first_request + len(self._contexts) + np.arange(v)
        self._visitors = Visitors(request, person, minutes, place, features, contexts)
        tired = self.tiredness[person]
        self._utility: NDArray[np.float32] = self._world.pieces.expected(
            person, features, step,
            influence=self.state.influence[person], last_purchase=self.state.last_purchase[person],
        )  # fmt: skip
        self._utility -= np.float32(self.fatigue) * (tired / (np.float32(FATIGUE_LOOKS) + tired))
        self._utility.flags.writeable = False

    def _advance(self, answers: Answers) -> None:
        """Let purchases be heard of, what was shown in vain tire, and the disappointed stay away."""
        ties, step = self._world.ties, STEPS + self.round
        bought = np.flatnonzero(answers.purchased)
        buyer, item = answers.person[bought], answers.item[bought]
        heard, purchase = hearing(ties, buyer, step * STEP_DAYS * DAY_MINUTES)
        susceptibility = self._world.people.susceptibility[ties.user[heard]]
        weight = (PURCHASE_WEIGHT * (ties.strength[heard] * susceptibility)).astype(np.float32)
        day = (answers.minutes[bought] + answers.delay[bought]) // DAY_MINUTES
        self.state.advance(
            ties.user[heard], item[purchase], weight, buyer, item, day.astype(np.float32)
        )
        self.tiredness *= np.float32(0.5 ** (STEP_DAYS / FATIGUE_HALF_LIFE_DAYS))
        seen = (answers.person, answers.item)
        looks = np.where(answers.clicked, 0, EXAMINE[answers.position])
        np.add.at(self.tiredness, seen, looks.astype(np.float32))
        self.tiredness[answers.person[answers.clicked], answers.item[answers.clicked]] = 0
        came = np.unique(self._visitors.person)
        pleased = np.isin(came, answers.person[answers.clicked])
        before = self.loyalty[came]
        self.loyalty[came] = np.where(pleased, (1 + before) / 2, (1 - self.leaving) * before)
        self.round += 1
        self._begin()

    def _checked(self, slates: NDArray[np.integer]) -> NDArray[np.int64]:
        """Return the lists as int64 when they can be shown."""
        v, n = len(self._visitors.person), len(self.live)
        wrong = None
        if slates.ndim != 2 or len(slates) != v or slates.shape[1] > SLATE:
            wrong = f"lists of shape {slates.shape}"
        elif not np.issubdtype(slates.dtype, np.integer):
            wrong = f"lists of {slates.dtype}"
        elif slates.size and (slates.min() < -1 or slates.max() >= n):
            wrong = (
                f"item {slates.max() if slates.max() >= n else slates.min()}, which there is not"
            )
        elif (gone := (slates >= 0) & ~self.live[slates]).any():
            wrong = f"item {slates[gone][0]}, which is out of stock"
        elif ((order := np.sort(slates, axis=1))[:, 1:] == order[:, :-1])[order[:, 1:] >= 0].any():
            wrong = "a list that shows an item twice"
        if wrong:
            raise DataError(
                wrong,
                where="FeedbackLoop", expected=f"({v}, at most {SLATE}) int items that are live, or -1",
                next_step="choose among loop.live, one row for each of loop.visitors()",
            )  # fmt: skip
        return slates.astype(np.int64)


def _spread(values: NDArray[Any], clicked: NDArray[np.bool_]) -> NDArray[Any]:
    """Return values of the clicked rows among all rows, zero elsewhere."""
    wide = np.zeros(len(clicked), values.dtype)
    wide[clicked] = values
    return wide
