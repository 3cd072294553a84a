"""What a person gets from an item at a moment: the sum of named parts that drives every choice in the sample shop.

``u = taste·item + quality + appeal + context + friends + need + coupon``, to which choices add logistic or Gumbel noise.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhiyin.ingest.sample.climate import STEP_DAYS, STEPS

INFLUENCE_GAIN = 2.4
INFLUENCE_DECAY = 0.8
"""What friends did counts this much less with every step."""
COUPON_GAIN = 9.0


@dataclass(frozen=True)
class Pieces:
    """The fixed parts of the utility.

    Attributes:
        taste: (people, factors) float32.
        item_factors: (items, factors) float32.
        item_bias: (items,) float32, quality plus appeal, less what the year's mean context adds.
        wants: (items, features) float32.
        context_response, sensitivity: (people,) float32.
        repeat_days: (items,) float32, 0 when the item lasts.
        coupon_item, coupon_first, coupon_last: (coupons,) int64 item, first and last step, inclusive.
        coupon_percent: (coupons,) int64.
    """

    taste: NDArray[np.float32]
    item_factors: NDArray[np.float32]
    item_bias: NDArray[np.float32]
    wants: NDArray[np.float32]
    context_response: NDArray[np.float32]
    sensitivity: NDArray[np.float32]
    repeat_days: NDArray[np.float32]
    coupon_item: NDArray[np.int64]
    coupon_first: NDArray[np.int64]
    coupon_last: NDArray[np.int64]
    coupon_percent: NDArray[np.int64]

    def coupons_at(self, step: int) -> NDArray[np.float32]:
        """Return (items,) the discount share each item has in a step, 0 without a coupon."""
        share = np.zeros(len(self.item_bias), np.float32)
        live = (self.coupon_first <= step) & (step <= self.coupon_last)
        share[self.coupon_item[live]] = self.coupon_percent[live] / 100
        return share

    def expected(
        self,
        people: NDArray[np.int64],
        features: NDArray[np.float32],
        step: int,
        *,
        influence: NDArray[np.float32],
        last_purchase: NDArray[np.float32],
    ) -> NDArray[np.float32]:
        """Return the (m, items) float32 utility without choice noise.

        Args:
            people: (m,) who.
            features: (m, features) context of each.
            step: which step of the year.
            influence: (m, items) what their friends did lately, from :class:`State`.
            last_purchase: (m, items) day of the last purchase, -inf where none.
        """
        utility = self.taste[people] @ self.item_factors.T + self.item_bias
        utility += (features * self.context_response[people, None]) @ self.wants.T
        utility += friends_term(influence)
        utility += self.need(last_purchase, step)
        answer = COUPON_GAIN * self.sensitivity[people]
        share = self.coupons_at(step)
        offered = np.flatnonzero(share)
        utility[:, offered] += answer[:, None] * share[offered]
        return utility

    def need(self, last_purchase: NDArray[np.float32], step: int) -> NDArray[np.float32]:
        """Return the (m, items) repeat need: what is used up is wanted again, what lasts is not."""
        bought = np.isfinite(last_purchase)
        need = np.zeros(last_purchase.shape, np.float32)
        row, item = np.nonzero(bought)
        idle = step * STEP_DAYS - last_purchase[row, item]
        cycle = self.repeat_days[item]
        ripe = np.exp(-0.5 * ((idle - cycle) / np.maximum(0.35 * cycle, 1)) ** 2)
        need[row, item] = np.where(cycle > 0, 2.6 * ripe - 1.2 * (idle < 0.5 * cycle), -2.5)
        return need


def friends_term(influence: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return how many utils friends' shares and purchases add; it saturates."""
    return np.float32(INFLUENCE_GAIN) * (influence / (1 + influence))


class State:
    """What moves from step to step: friends' sway and last purchases.

    Both the simulation and the saved truth advance it by the same code, so a utility can be computed again.
    """

    def __init__(self, n_people: int, n_items: int) -> None:
        self.influence = np.zeros((n_people, n_items), np.float32)
        self.last_purchase = np.full((n_people, n_items), -np.inf, np.float32)

    def advance(
        self,
        swayed: NDArray[np.int64],
        item: NDArray[np.int64],
        weight: NDArray[np.float32],
        buyer: NDArray[np.int64],
        bought: NDArray[np.int64],
        day: NDArray[np.float32],
    ) -> None:
        """Let one step pass: old influence fades, the step's actions and purchases come in."""
        self.influence *= np.float32(INFLUENCE_DECAY)
        np.add.at(self.influence, (swayed, item), weight)
        np.maximum.at(self.last_purchase, (buyer, bought), day)


def last_step(minutes: float) -> int:
    """Return the step a moment lies in."""
    return min(int(minutes // (STEP_DAYS * 1440)), STEPS - 1)
