"""What was bought as orders: one for a visit, as far on its way as it is old when the year ends."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from zhiyin.ingest.sample.climate import CITIES, DAY_MINUTES, DAYS, to_us
from zhiyin.ingest.sample.coupons import Coupons
from zhiyin.ingest.sample.event_log import redeemed
from zhiyin.ingest.sample.frames import table
from zhiyin.ingest.sample.seeds import generator
from zhiyin.ingest.sample.world import PURCHASE, Behaviour, World

CARRIERS = (("顺丰速运", "SF"), ("中通快递", "ZT"), ("圆通速递", "YT"), ("京东物流", "JD"))
_WAY = ("placed", "paid", "packed", "shipped", "delivered")
_CANCELLED_SHARE, _RETURNED_SHARE = 0.02, 0.03
_REFUND_DAYS = 4.0

_Floats = NDArray[np.float64]


def make_orders(
    seed: int, world: World, coupons: Coupons, log: Behaviour, rated: NDArray[np.int64]
) -> pl.DataFrame:
    """Return the lines of the orders, in the order in which they were placed.

    Args:
        seed: of the shop.
        world: its people and goods.
        coupons: of the year.
        log: what was bought.
        rated: rows among the purchases that somebody wrote of: these were not cancelled.
    """
    rng = generator(seed, "orders")
    rows = np.flatnonzero(log.events["type"] == PURCHASE)
    bought = {name: column[rows] for name, column in log.events.items()}
    visits, order = np.unique(bought["visit"], return_inverse=True)
    placed = np.zeros(len(visits))
    np.maximum.at(placed, order, bought["minutes"])
    times = _times(rng, placed)
    is_kept = np.zeros(len(visits), bool)
    is_kept[order[rated]] = True
    is_cancelled = ~is_kept & (rng.random(len(visits)) < _CANCELLED_SHARE)
    reached = (times <= DAYS * DAY_MINUTES).sum(0) - 1  # placed is always reached
    carrier = rng.integers(len(CARRIERS), size=len(visits))
    number = rng.integers(10**11, 10**12, len(visits))
    status = np.array(_WAY)[reached].astype("<U9")
    status[is_cancelled] = "cancelled"
    reached[is_cancelled] = np.minimum(reached[is_cancelled], 1)
    line_status = _with_returns(rng, status[order], times[-1][order])
    price = world.goods.price_minor[bought["item"]] * bought["quantity"]
    code, percent = _coupons_used(seed, coupons, log, rows)
    total = np.zeros(len(visits))
    np.add.at(total, order, price * (100 - percent) / 100)
    by_time = np.lexsort((np.arange(len(rows)), placed[order]))
    lines, of = by_time, order[by_time]
    is_sent = reached[of] >= _WAY.index("shipped")
    return table(
        "orders",
        {
            "order_id": [f"o{visit:06d}" for visit in visits[of]],
            "user": [f"u{k:05d}" for k in bought["person"][lines]],
            "item": [f"i{k:05d}" for k in bought["item"][lines]],
            "status": line_status[lines].tolist(),
            "quantity": bought["quantity"][lines],
            "price_minor": world.goods.price_minor[bought["item"][lines]],
            "currency": ["CNY"] * len(lines),
            "total_minor": np.round(total[of]).astype(np.int64),
            "time": to_us(placed[of]),
            "paid": _told(times[1], reached >= 1, of),
            "shipped": _told(times[3], reached >= 3, of),
            "delivered": _told(times[4], reached >= 4, of),
            "carrier": _where(is_sent, [CARRIERS[k][0] for k in carrier[of]]),
            "tracking": _where(is_sent, [f"{CARRIERS[carrier[k]][1]}{number[k]}" for k in of]),
            "city": [CITIES[k].zh for k in world.people.city[bought["person"][lines]]],
            "coupon": [code[k] for k in lines],
        },
    )  # fmt: skip


def _times(rng: np.random.Generator, placed: _Floats) -> _Floats:
    """Return (5, orders) minutes at which orders came to each place of `_WAY`."""
    n = len(placed)
    takes = [
        rng.uniform(0.5, 20, n),
        rng.uniform(0.1, 0.8, n) * DAY_MINUTES,
        rng.uniform(0.1, 1.0, n) * DAY_MINUTES,
        rng.uniform(1, 6, n) * DAY_MINUTES,
    ]
    return np.cumsum([placed, *takes], axis=0)


def _with_returns(
    rng: np.random.Generator, status: NDArray[np.str_], delivered: _Floats
) -> NDArray[np.str_]:
    """Return the lines' statuses with some of those that were delivered sent back."""
    sent = delivered + rng.uniform(0.5, 6, len(status)) * DAY_MINUTES
    is_back = (status == "delivered") & (rng.random(len(status)) < _RETURNED_SHARE)
    is_back &= sent <= DAYS * DAY_MINUTES
    is_done = sent + _REFUND_DAYS * DAY_MINUTES <= DAYS * DAY_MINUTES
    return np.where(is_back, np.where(is_done, "refunded", "returning"), status)


def _coupons_used(
    seed: int, coupons: Coupons, log: Behaviour, rows: NDArray[np.int64]
) -> tuple[list[str | None], _Floats]:
    """Return the code that each purchase was made with, and how many percent it took off."""
    used, which = redeemed(seed, coupons, log.events)
    coupon_of = dict(zip(used.tolist(), which.tolist(), strict=True))
    told = [coupon_of.get(row) for row in rows.tolist()]
    code = [None if k is None else coupons.code(k) for k in told]
    return code, np.array([0.0 if k is None else coupons.percent[k] for k in told])


def _told(minutes: _Floats, is_reached: NDArray[np.bool_], of: NDArray[np.int64]) -> pl.Series:
    """Return microseconds for the lines of orders, null where it did not come to that."""
    return pl.Series(to_us(minutes[of])).zip_with(
        pl.Series(is_reached[of]), pl.Series([None] * len(of), dtype=pl.Int64)
    )


def _where(is_so: NDArray[np.bool_], texts: list[str]) -> list[str | None]:
    return [text if so else None for so, text in zip(is_so, texts, strict=True)]
