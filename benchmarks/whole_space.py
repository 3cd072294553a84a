"""Should the link from a click to a purchase learn from all items shown, or from the clicked ones? On worlds whose truth is known.

    python benchmarks/whole_space.py

Prints one JSON document: log-loss over all items shown, against the true probabilities, mean of four draws of 20,000 rows each.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from setting import report
from zhiyin.ranking.link import Link, Rows, product_loss

ROWS, ASKED, SEEDS = 20_000, 100_000, (0, 1, 2, 3)
Worlds = Mapping[str, tuple[Callable[..., NDArray], Callable[..., NDArray], list[int]]]
FREE, RISING = [0, 0, 0, 0, 0], [1, 0, 0, 0, 0]
WORLDS: Worlds = {
    "what is clicked is not bought": (
        lambda x: expit(-1.5 + 2.0 * x[:, 0] + 0.8 * x[:, 1] * x[:, 2]),
        lambda x: expit(-0.5 - 1.5 * x[:, 0] + x[:, 3]),
        FREE,
    ),
    "what is clicked is bought": (
        lambda x: expit(-2.5 + 1.5 * x[:, 0] + 0.5 * x[:, 1]),
        lambda x: expit(-1.5 + 1.5 * x[:, 0] + x[:, 3]),
        FREE,
    ),
    "the same, few clicks": (
        lambda x: expit(-4.0 + 1.5 * x[:, 0] + 0.5 * x[:, 1]),
        lambda x: expit(-1.5 + 1.5 * x[:, 0] + x[:, 3]),
        FREE,
    ),
    "the click head may not say why": (
        lambda x: expit(-1.0 + x[:, 1] - 1.5 * np.abs(x[:, 0])),
        lambda x: expit(-0.5 + x[:, 0] + x[:, 3]),
        RISING,
    ),
}


def one(name: str, seed: int) -> dict[str, float]:
    """Return name → log-loss in one draw of a world."""
    click, on, shape = WORLDS[name]
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(ROWS, 5)).astype(np.float32)
    clicked = rng.random(ROWS) < click(x)
    bought = clicked & (rng.random(ROWS) < on(x))
    learn, ones = np.arange(ROWS) < 0.8 * ROWS, np.ones(ROWS)

    def fitted(label: NDArray, before: NDArray, among: NDArray, monotone: list[int]) -> Link:
        own, stop = (
            Rows(x[rows], label[rows], before[rows]) for rows in (learn & among, ~learn & among)
        )
        return Link.fit(own, stop, monotone)

    first = fitted(clicked, ones, ones > 0, shape)
    before = first.chance(x)
    links = {
        "all shown": fitted(bought, before, ones > 0, FREE),
        "clicked": fitted(bought, ones, clicked, FREE),
    }
    late = [
        product_loss(link.log_odds(x[~learn]), before[~learn], bought[~learn]).mean()
        for link in links.values()
    ]
    links["chosen"] = list(links.values())[int(np.argmin(late))]
    asked = np.random.default_rng(seed + 100).normal(size=(ASKED, 5)).astype(np.float32)
    truth, reached = click(asked) * on(asked), first.chance(asked)
    told = {f"p(click) x {way}": reached * link.chance(asked) for way, link in links.items()}
    told["clicked, as if for all"] = links["clicked"].chance(asked)
    told["base rate"] = np.full(ASKED, bought.mean())
    told["truth"] = truth
    return {
        way: float(-(truth * np.log(p) + (1 - truth) * np.log1p(-p)).mean())
        for way, p in told.items()
    }


def main() -> None:
    found = {}
    for name in WORLDS:
        draws = [one(name, seed) for seed in SEEDS]
        found[name] = {way: float(np.mean([draw[way] for draw in draws])) for way in draws[0]}
    report("whole_space", rows=ROWS, seeds=list(SEEDS), log_loss=found)


if __name__ == "__main__":
    main()
