"""What people do in the sample year: shown lists, own search, friends' links; view, favourite, cart, purchase."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from zhiyin.ingest.sample.climate import DAY_MINUTES, DAYS, STEP_DAYS, STEPS
from zhiyin.ingest.sample.lists import (
    EXAMINE,
    SLATE,
    VIEW_BAR,
    click_chance,
    draw_slates,
    exponential,
    logging_policy,
    sigmoid,
)
from zhiyin.ingest.sample.seeds import generator
from zhiyin.ingest.sample.ties import Ties
from zhiyin.ingest.sample.utility import State, friends_term
from zhiyin.ingest.sample.visits import Visits, draw_place, make_visits
from zhiyin.ingest.sample.world import CART, FAVOURITE, PURCHASE, VIEW, Behaviour, Log, World

FAVOURITE_BAR, CART_BAR = 5.6, 6.2
CHOICE_NOISE = 1.5
"""Scale of the logistic noise in what people want; taste, context and friends are signal beside it."""
FAVOURITE_SHARE = 0.45
LINK_BAR = 0.5
SEARCHES_PER_VISIT = 1.1
MOST_SEARCHES = 4
SEARCH_NOISE = 1.7
BUY_GIVEN_CART = 0.5
PURCHASE_WEIGHT, SHARE_WEIGHT = 0.9, 1.3
NEXT_MINUTES = 0.9
"""Minutes from a view to its favourite, from there to the cart, from there to the purchase."""


@dataclass(frozen=True)
class Moment:
    """One step under way: its visits first, then the visits that follow friends' links.

    Attributes:
        number: which step.
        rng: the step's own generator.
        person, minutes: (rows,) of each visit.
        utility, sway: (rows, items) float32, and friends' part of it.
        live: (items,) listed and in stock.
        visits: how many rows are visits of their own accord.
        link_item, link_source: (rows - visits,) what was sent, by whom.
    """

    number: int
    rng: np.random.Generator
    person: NDArray[np.int64]
    minutes: NDArray[np.float64]
    utility: NDArray[np.float32]
    sway: NDArray[np.float32]
    live: NDArray[np.bool_]
    visits: int
    link_item: NDArray[np.int64]
    link_source: NDArray[np.int64]


@dataclass(frozen=True)
class Looks:
    """Items opened in a step, (looks,) arrays.

    Attributes:
        row: row of the moment.
        item: what was opened.
        channel: position in ``CHANNELS``.
        request: the list that caused it, -1 for none.
        moved: without friends it would not have been opened.
    """

    row: NDArray[np.int64]
    item: NDArray[np.int64]
    channel: NDArray[np.int64]
    request: NDArray[np.int64]
    moved: NDArray[np.bool_]

    def first_of_each(self, n_items: int) -> Looks:
        """Return one look for each row and item."""
        _, at = np.unique(self.row * n_items + self.item, return_index=True)
        return Looks(
            self.row[at], self.item[at], self.channel[at], self.request[at], self.moved[at]
        )


@dataclass(frozen=True)
class Decisions:
    """What became of opened items, (looks,) arrays.

    Attributes:
        desire: utility with the noise of choice.
        favourite, cart, purchase: what was done.
        delay: minutes from the visit's start to the look.
        quantity: how many are bought if it is bought.
    """

    desire: NDArray[np.float64]
    favourite: NDArray[np.bool_]
    cart: NDArray[np.bool_]
    purchase: NDArray[np.bool_]
    delay: NDArray[np.float64]
    quantity: NDArray[np.int64]


def decide(
    rng: np.random.Generator,
    utility: NDArray[np.floating],
    who: NDArray[np.int64],
    item: NDArray[np.int64],
    repeat_days: NDArray[np.int64],
) -> Decisions:
    """Let each look lead to a favourite, a cart and a purchase.

    Args:
        rng: of the step.
        utility, who, item: (looks,) expected utility, person and item of each look.
        repeat_days: (items,) 0 when the item lasts; a person buys such an item once in a step.
    """
    n, cycle = len(item), repeat_days[item]
    desire = utility + rng.logistic(0, CHOICE_NOISE, n)
    in_cart = desire > CART_BAR
    bought = in_cart & (rng.random(n) < BUY_GIVEN_CART)
    bought &= _once(who, item, bought & (cycle == 0))
    likes = (desire > FAVOURITE_BAR) & (rng.random(n) < FAVOURITE_SHARE)
    delay = rng.uniform(0, 12, n)
    quantity = 1 + np.where(cycle > 0, rng.poisson(0.5, n), 0)
    return Decisions(desire, likes, in_cart, bought, delay, quantity)


def hearing(
    ties: Ties, buyer: NDArray[np.int64], before: float
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return which ties hear of purchases, and of which.

    Args:
        ties: who listens to whom.
        buyer: (purchases,) who bought.
        before: minutes; later ties hear nothing.
    Returns: (heard,) rows of ``ties``, and (heard,) positions in ``buyer``.
    """
    length = ties.starts[buyer + 1] - ties.starts[buyer]
    offset = np.arange(length.sum()) - np.repeat(np.cumsum(length) - length, length)
    heard = ties.listening[np.repeat(ties.starts[buyer], length) + offset]
    purchase = np.repeat(np.arange(len(buyer)), length)
    met = ties.time[heard] < before
    return heard[met], purchase[met]


class Simulation:
    """Lets the year pass, step by step."""

    def __init__(self, seed: int, world: World) -> None:
        self.seed, self.world = seed, world
        n, items = len(world.people.created), len(world.goods.created)
        self.state = State(n, items)
        self.popularity = np.exp(world.goods.appeal) * 3
        self.recent = np.full((n, 4), -1, np.int64)
        self.visits = make_visits(seed, world.people, world.climate)
        self.events, self.exposures, self.shares = Log(), Log(), Log()
        self.sway, self.visited = Log(), Log()
        self.policy, self.uniform_click = np.zeros((STEPS, items)), np.zeros(STEPS)
        self.requests = 0
        self.visit_count = 0

    def run(self) -> Behaviour:
        """Simulate the whole year."""
        for step in range(STEPS):
            moment = self._begin(step, generator(self.seed, f"behaviour {step}"))
            looks = self._look(moment)
            self._decide(moment, looks)
            self.visit_count += len(moment.person)
        return Behaviour(
            events=self.events.close(),
            exposures=self.exposures.close(),
            shares=self.shares.close(),
            sway=self.sway.close(),
            visits=self.visited.close(),
            policy=self.policy,
            uniform_click=self.uniform_click,
        )

    def _begin(self, step: int, rng: np.random.Generator) -> Moment:
        world = self.world
        start = step * STEP_DAYS * DAY_MINUTES
        own = self.visits.between(start, start + STEP_DAYS * DAY_MINUTES)
        links, link_item, link_source = self._share(step, rng)
        person, minutes, place, features = (
            np.concatenate([getattr(own, name), getattr(links, name)])
            for name in ("person", "minutes", "place", "features")
        )
        self.visited.add(person=person, minutes=minutes, place=place, features=features)
        influence = self.state.influence[person]
        return Moment(
            number=step,
            rng=rng,
            person=person,
            minutes=minutes,
            utility=world.pieces.expected(
                person,
                features,
                step,
                influence=influence,
                last_purchase=self.state.last_purchase[person],
            ),
            sway=friends_term(influence),
            live=(world.goods.created <= start) & (world.goods.stock > 0),
            visits=len(own.person),
            link_item=link_item,
            link_source=link_source,
        )

    def _share(
        self, step: int, rng: np.random.Generator
    ) -> tuple[Visits, NDArray[np.int64], NDArray[np.int64]]:
        """Let people send links of what they lately looked at; return the visits that may follow."""
        ties, people = self.world.ties, self.world.people
        start = step * STEP_DAYS * DAY_MINUTES
        rate = 0.035 * ties.strength**2 * np.sqrt(people.visits[ties.user] / 20)
        chosen = np.flatnonzero((rng.random(len(rate)) < rate) & (ties.time < start))
        item = self.recent[ties.user[chosen], rng.integers(0, 4, len(chosen))]
        chosen, item = chosen[item >= 0], item[item >= 0]
        minutes = start + rng.uniform(0, STEP_DAYS * DAY_MINUTES - 1, len(chosen))
        user, other = ties.user[chosen], ties.other[chosen]
        self.shares.add(user=user, other=other, item=item, minutes=minutes)
        weight = SHARE_WEIGHT * ties.strength[chosen] * people.susceptibility[other]
        self._sway(step, other, user, item, weight)
        visit = np.minimum(minutes + rng.exponential(300, len(chosen)), DAYS * DAY_MINUTES - 60)
        place = draw_place(rng, visit)
        features = self.world.climate.at(people.city[other], visit, place)
        return Visits(other, visit, place, features), item, user

    def _sway(
        self,
        step: int,
        swayed: NDArray[np.int64],
        source: NDArray[np.int64],
        item: NDArray[np.int64],
        weight: NDArray[np.float64],
    ) -> None:
        self.sway.add(
            step=np.full(len(item), step),
            swayed=swayed,
            source=source,
            item=item,
            weight=weight.astype(np.float32),
        )

    def _look(self, now: Moment) -> Looks:
        """Let people open items: from the list they are shown, by their own search, from friends' links."""
        listed = self._show_list(now)
        row, item = self._search(now)
        found = Looks(
            row, item, np.full(len(row), 1), np.full(len(row), -1), np.zeros(len(row), bool)
        )
        linked = np.arange(now.visits, len(now.person))
        wanted = now.utility[linked, now.link_item] + now.rng.logistic(0, 1, len(linked))
        followed = (wanted > LINK_BAR) & now.live[now.link_item]
        self.shares.add(followed=followed)
        row, item = linked[followed], now.link_item[followed]
        sent = Looks(
            row, item, np.full(len(row), 2), np.full(len(row), -1), np.ones(len(row), bool)
        )
        parts = (listed, found, sent)
        looks = Looks(*(np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(Looks)))
        return looks.first_of_each(len(now.live))

    def _show_list(self, now: Moment) -> Looks:
        rows, step = now.visits, now.number
        self.policy[step] = logging_policy(self.popularity, now.live)
        slate, propensity = draw_slates(now.rng, self.policy[step], rows)
        self.uniform_click[step] = click_chance(now.utility[:rows, now.live]).mean() if rows else 0
        across = np.arange(rows)[:, None]
        shown = now.utility[across, slate]
        roll = now.rng.random((rows, SLATE))
        clicked = roll < EXAMINE * sigmoid(shown - VIEW_BAR)
        alone = roll < EXAMINE * sigmoid(shown - now.sway[across, slate] - VIEW_BAR)
        request = self.requests + np.arange(rows)
        self.requests += rows
        self.exposures.add(
            request=np.repeat(request, SLATE),
            person=np.repeat(now.person[:rows], SLATE),
            item=slate.ravel(),
            position=np.tile(np.arange(SLATE), rows),
            propensity=propensity.ravel(),
            clicked=clicked.ravel(),
            minutes=np.repeat(now.minutes[:rows], SLATE),
        )
        row, position = np.nonzero(clicked)
        return Looks(
            row, slate[row, position], np.zeros(len(row), np.int64), request[row], ~alone[clicked]
        )

    def _search(self, now: Moment) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return rows and items that people find of themselves: the best by utility plus Gumbel noise."""
        finds = np.minimum(now.rng.poisson(SEARCHES_PER_VISIT, now.visits), MOST_SEARCHES)
        searching = np.flatnonzero(finds)
        noise = -np.log(exponential(now.rng, len(searching), len(now.live)))
        keys = now.utility[searching] / SEARCH_NOISE + noise
        keys[:, ~now.live] = -np.inf
        best = np.argpartition(-keys, MOST_SEARCHES, axis=1)[:, :MOST_SEARCHES]
        row, rank = np.nonzero(np.arange(MOST_SEARCHES) < finds[searching, None])
        return searching[row], best[row, rank]

    def _decide(self, now: Moment, looks: Looks) -> None:
        """Let each look lead to a favourite, a cart and a purchase, and let friends see the purchases."""
        n, who = len(looks.row), now.person[looks.row]
        utility = now.utility[looks.row, looks.item]
        done = decide(now.rng, utility, who, looks.item, self.world.goods.repeat_days)
        without = done.desire - now.sway[looks.row, looks.item]
        begin = now.minutes[looks.row] + done.delay
        source = np.full(n, -1)
        linked = looks.row >= now.visits
        source[linked] = now.link_source[looks.row[linked] - now.visits]
        for kind, taken, moved in (
            (VIEW, np.ones(n, bool), looks.moved),
            (FAVOURITE, done.favourite, looks.moved | (without <= FAVOURITE_BAR)),
            (CART, done.cart, looks.moved | (without <= CART_BAR)),
            (PURCHASE, done.purchase, looks.moved | (without <= CART_BAR)),
        ):
            at = np.flatnonzero(taken)
            self.events.add(
                person=who[at],
                item=looks.item[at],
                type=np.full(len(at), kind),
                minutes=begin[at] + kind * NEXT_MINUTES,
                begin=begin[at],
                visit=self.visit_count + looks.row[at],
                utility=utility[at],
                influenced=moved[at],
                channel=looks.channel[at],
                source=source[at],
                request=looks.request[at],
                quantity=done.quantity[at],
                step=np.full(len(at), now.number),
            )
        self._remember(who, looks.item, done.cart)
        bought = done.purchase
        self._settle(now.number, who[bought], looks.item[bought], begin[bought])

    def _remember(
        self, who: NDArray[np.int64], item: NDArray[np.int64], in_cart: NDArray[np.bool_]
    ) -> None:
        """Count what was opened, and keep what each person may later show to friends."""
        opened = np.bincount(item, minlength=len(self.popularity))
        self.popularity = self.popularity * 0.92 + opened + 0.02
        shown = np.flatnonzero(in_cart | (np.arange(len(who)) % 3 == 0))
        self.recent[who[shown], np.arange(len(shown)) % 4] = item[shown]

    def _settle(
        self,
        step: int,
        buyer: NDArray[np.int64],
        item: NDArray[np.int64],
        minutes: NDArray[np.float64],
    ) -> None:
        """Let friends hear of purchases and move the shared state on."""
        ties = self.world.ties
        heard, purchase = hearing(ties, buyer, step * STEP_DAYS * DAY_MINUTES)
        heard_item = item[purchase]
        weight = ties.strength[heard] * self.world.people.susceptibility[ties.user[heard]]
        self._sway(step, ties.user[heard], ties.other[heard], heard_item, PURCHASE_WEIGHT * weight)
        swayed, swayed_item, weights = (
            np.concatenate(self.sway.columns[name][-2:]) for name in ("swayed", "item", "weight")
        )
        day = np.floor(minutes / DAY_MINUTES).astype(np.float32)
        self.state.advance(swayed, swayed_item, weights, buyer, item, day)


def _once(
    who: NDArray[np.int64], item: NDArray[np.int64], lasting: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Return False where a lasting item is taken by the same person for the second time in a step."""
    n = len(who)
    key = np.where(lasting, who * (item.max(initial=0) + 1) + item, -1 - np.arange(n))
    first = np.zeros(n, bool)
    first[np.unique(key, return_index=True)[1]] = True
    return first


def simulate(seed: int, world: World) -> Behaviour:
    """Let the year pass in a world and return all that was logged."""
    return Simulation(seed, world).run()
