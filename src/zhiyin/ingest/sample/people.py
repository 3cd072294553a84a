"""The people of the sample shop: what they like, how often they come, where they live."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhiyin.ingest.sample.climate import CITIES, DAY_MINUTES, DAYS
from zhiyin.ingest.sample.seeds import generator
from zhiyin.ingest.sample.vocabulary_shop import CATEGORIES

STYLES = 8
FACTORS = (
    *(f"category:{category.name.en}" for category in CATEGORIES),
    *(f"style:{number}" for number in range(STYLES)),
    *(f"audience:{name}" for name in ("women", "men", "kids")),
    "price",
    "price_squared",
)
"""Names of the taste factors, in the order of their columns."""

GENDERS = ("woman", "man")
AGE_BANDS = ("18-24", "25-34", "35-44", "45-54", "55+")
DEVICES = ("android", "ios", "tablet", "desktop")
LANGUAGES = ("zh", "en")


@dataclass(frozen=True)
class People:
    """What is true of each person, (people,) arrays unless said otherwise.

    Attributes:
        taste: (people, factors) float32, for the inner product with item factors.
        community: circle of friends they belong to.
        visits: expected visits in a full year.
        created: minutes since the year's start, negative for those who came before it.
        city, gender, age_band, device, language: positions in their lists.
        sensitivity: how much a price away from their level repels them; also their answer to coupons.
        susceptibility: how much friends sway them.
        context_response: how much weather, hour and feasts sway them.
        mood: leniency in reviews, in utils.
        sociability: how many friends they tend to have.
        is_newcomer: came in the last weeks and has hardly done anything.
    """

    taste: NDArray[np.float32]
    community: NDArray[np.int64]
    visits: NDArray[np.float64]
    created: NDArray[np.float64]
    city: NDArray[np.int64]
    gender: NDArray[np.int64]
    age_band: NDArray[np.int64]
    device: NDArray[np.int64]
    language: NDArray[np.int64]
    sensitivity: NDArray[np.float64]
    susceptibility: NDArray[np.float64]
    context_response: NDArray[np.float64]
    mood: NDArray[np.float64]
    sociability: NDArray[np.float64]
    is_newcomer: NDArray[np.bool_]


def make_people(seed: int, n: int) -> People:
    """Draw ``n`` people: tastes lean on their community's, visits are heavy-tailed."""
    rng = generator(seed, "people")
    communities = max(4, n // 70)
    share = rng.dirichlet(np.full(communities, 2.0))
    community = rng.choice(communities, n, p=share)
    home = rng.choice(len(CITIES), communities, p=[city.weight for city in CITIES])
    stays = rng.random(n) < 0.7
    city = np.where(stays, home[community], rng.choice(len(CITIES), n))
    gender = np.where(rng.random(n) < 0.56, 0, 1)
    age_band = rng.choice(len(AGE_BANDS), n, p=[0.27, 0.36, 0.2, 0.11, 0.06])
    sensitivity = rng.lognormal(-1.1, 0.45, n)
    is_newcomer = rng.random(n) < 0.04
    joined = np.where(rng.random(n) < 0.74, rng.uniform(-700, 0, n), rng.uniform(0, 300, n))
    joined = np.where(is_newcomer, rng.uniform(320, 362, n), joined) * DAY_MINUTES
    visits = np.minimum(rng.lognormal(2.38, 0.95, n), 320)
    return People(
        taste=_tastes(rng, community, gender, age_band, sensitivity),
        community=community,
        visits=np.where(
            is_newcomer, 0.6 * DAYS / np.maximum(DAYS - joined / DAY_MINUTES, 3), visits
        ),
        created=joined,
        city=city,
        gender=gender,
        age_band=age_band,
        device=rng.choice(len(DEVICES), n, p=[0.5, 0.33, 0.06, 0.11]),
        language=(rng.random(n) < 0.1).astype(np.int64),
        sensitivity=sensitivity,
        susceptibility=rng.gamma(2.0, 0.5, n),
        context_response=rng.lognormal(0.25, 0.35, n),
        mood=rng.normal(0, 0.35, n),
        sociability=np.minimum(rng.lognormal(0, 0.75, n), 9),
        is_newcomer=is_newcomer,
    )


def _tastes(
    rng: np.random.Generator,
    community: NDArray[np.int64],
    gender: NDArray[np.int64],
    age_band: NDArray[np.int64],
    sensitivity: NDArray[np.float64],
) -> NDArray[np.float32]:
    n, circles = len(community), int(community.max()) + 1
    shared = 0.68  # part of a taste's variance that a circle of friends has in common
    wide = len(CATEGORIES) + STYLES
    centre = rng.standard_normal((circles, wide))[community]
    own = rng.standard_normal((n, wide))
    latent = np.sqrt(shared) * centre + np.sqrt(1 - shared) * own
    categories, styles = latent[:, : len(CATEGORIES)], latent[:, len(CATEGORIES) :]
    parent = rng.random(n) < np.array([0.04, 0.34, 0.4, 0.18, 0.2])[age_band]
    women = np.where(gender == 0, 0.5, -1.3)
    kids = np.where(parent, 1.0, -1.2)
    level = 0.5 * (age_band - 1) * 0.6 + rng.normal(0, 0.9, n)
    return np.column_stack(
        [
            0.92 * categories,
            0.54 * styles,
            women,
            -women * 1.1,
            kids,
            2 * sensitivity * level,
            -sensitivity,
        ]
    ).astype(np.float32)
