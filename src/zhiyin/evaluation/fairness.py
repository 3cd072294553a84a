"""How alike lists serve groups of people, and whether providers are shown as much as people take of them.

A group or provider of few people has no figures: they would say little, and who knows the people could read from them
what one of them did.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from zhiyin.evaluation.intervals import bootstrap, bootstrap_statistic, resampled_sums
from zhiyin.evaluation.metrics import share

MIN_PEOPLE = 30
"""People a group, or takers a provider, must have before there is a figure of it."""

SMOOTHING = 0.01
"""Part of exposure and of merit, spread evenly over providers, that is added to both before one is divided by the other."""

_FIGURES = ("takers", "exposure", "merit", "ratio")
_LEVEL = 0.025  # of the lower end of an interval


def utility_gap(
    utility: NDArray[np.floating[Any]],
    groups: Mapping[str, NDArray[np.bool_]],
    *,
    min_people: int = MIN_PEOPLE,
    n: int = 1000,
    seed: int = 0,
) -> dict[str, Any]:
    """Return the mean utility of each group of people, and the gap of the best and the worst group.

    Of several groups one is always best: the gap is above 0 also where groups mean nothing, so what it is with people
    shuffled over the groups stands beside it. The interval is of the difference of the two groups found.

    Args:
        utility: (m,) float, one figure a person, such as NDCG@k; NaN = that person could not be judged and does not count.
        groups: name → (m,) bool; nobody is in two.
        min_people: smaller groups are only counted.
        n: number of resamples, and of shuffles.
        seed: of both.
    Returns: ``groups``: name → ``people`` and ``utility`` as [mean, low, high] at 95 %; ``suppressed``, the number of
        smaller groups that have somebody. With two groups left ``best`` and ``worst``, their names; ``gap`` as
        [difference, low, high]; ``by_chance``, the gap of shuffled people as [mean, low, high] at 95 %; and ``p``, the
        part of shuffles with as large a gap.
    Complexity: O(n m g) time, O(n m) memory.
    References: Ekstrand et al., FAT* 2018; Phipson & Smyth, SAGMB 2010, for p.
    """
    values = np.asarray(utility, np.float64)
    judged = ~np.isnan(values)
    members = {name: who & judged for name, who in groups.items()}
    large = {name: who for name, who in members.items() if who.sum() >= min_people}
    told: dict[str, Any] = {
        "groups": {
            name: {
                "people": int(who.sum()),
                "utility": bootstrap(values[who], n=n, seed=seed).as_list(),
            }
            for name, who in large.items()
        },
        "suppressed": sum(bool(who.any()) for who in members.values()) - len(large),
    }
    if len(large) < 2:
        return told
    whole = np.any(list(large.values()), axis=0)
    inside = np.stack(list(large.values()), axis=1)[whole].astype(np.float64)  # (p, g)
    return {**told, **_gap(values[whole], inside, list(large), n, seed)}


def _gap(
    values: NDArray[np.float64], inside: NDArray[np.float64], names: list[str], n: int, seed: int
) -> dict[str, Any]:
    sizes = inside.sum(axis=0)
    means = values @ inside / sizes
    best, worst = int(means.argmax()), int(means.argmin())
    pair = inside[:, [best, worst]]

    def difference(sums: NDArray[np.float64]) -> NDArray[np.float64]:
        mean = share(sums[:, :2], sums[:, 2:])
        return np.asarray(mean[:, 0] - mean[:, 1])

    sums = np.concatenate([values[:, None] * pair, pair], axis=1)
    gap = bootstrap_statistic(sums, difference, n=n, seed=seed)
    rng = np.random.default_rng(seed)
    shuffled = rng.permuted(np.tile(values, (n, 1)), axis=1) @ inside / sizes
    chance = np.ptp(shuffled, axis=1)
    as_large = np.count_nonzero(chance >= gap.mean - 1e-12)
    return {
        "best": names[best],
        "worst": names[worst],
        "gap": gap.as_list(),
        "by_chance": _with_middle(chance),
        "p": (1 + as_large) / (1 + n),
    }


def exposure_merit(
    top: NDArray[np.int64],
    taken: Any,
    provider: NDArray[np.int64],
    *,
    min_people: int = MIN_PEOPLE,
    n: int = 1000,
    seed: int = 0,
) -> dict[str, Any]:
    """Return each provider's share of what lists show beside its share of what people then took.

    A place p = 1, 2, … of a list gives 1 / log2(p + 1) exposure. Merit is what a person took, in shares that sum to 1, so
    that everybody's wants weigh alike, as everybody's list does. Items without a provider count on neither side.
    Providers with few takers are told as one, the rest; where that has few takers, too, it counts as without provider.

    Args:
        top: (m, k) int64 item numbers; -1 = no item.
        taken: (m, n_items) CSR of the same people, held out from what made the lists; values at least 0 are weights.
        provider: (n_items,) int64 from 0; -1 = none.
        min_people: takers from which a provider has figures.
        n: number of resamples of people.
        seed: of the resampling.
    Returns: ``providers``: number → ``takers``, ``exposure`` and ``merit``, which are shares, and ``ratio``, exposure by
        merit as [ratio, low, high] at 95 %, both smoothed by ``SMOOTHING``; ``suppressed``, the number of providers with
        few takers; ``rest`` → ``exposure`` and ``merit``, None where there is none. With two of them all ``disparity``,
        half the sum of |exposure - merit|, as [figure, low, high]: 0 where exposure is as merit, 1 where only what nobody
        took is shown; ``by_chance``, what it would be if people alone made the difference, as [mean, low, high] at 95 %;
        and ``p``, the part of resamples in which they make as large a one.
    Complexity: O(n m p) time, O((m + n) p) memory for p providers with figures.
    References: Singh & Joachims, KDD 2018; Biega, Gummadi & Weikum, SIGIR 2018.
    """
    takers = _takers(taken, provider)
    large = np.flatnonzero(takers >= min_people)
    place, has_rest = _places(taken, provider, large, min_people)
    told: dict[str, Any] = {
        "providers": {},
        "suppressed": int(np.unique(provider[provider >= 0]).size - large.size),
        "rest": None,
    }
    n_places = large.size + has_rest
    if not n_places:
        return told
    sums = np.concatenate([_shown(top, place, n_places), _merit(taken, place, n_places)], axis=1)
    e, w = _shares(sums.sum(axis=0)[None])
    drawn = _shares(resampled_sums(sums, n, seed))
    ratio = [_ratio(e, w), np.quantile(_ratio(*drawn), (0.025, 0.975), axis=0)]
    columns = [takers[large], e[0], w[0], np.concatenate(ratio).T]
    rows = zip(large.tolist(), *columns, strict=False)  # without the rest, the last of some columns
    told["providers"] = {
        number: dict(zip(_FIGURES, (one.tolist() for one in figures), strict=True))
        for number, *figures in rows
    }
    if has_rest:
        told["rest"] = {"exposure": float(e[0, -1]), "merit": float(w[0, -1])}
    if n_places > 1:
        told |= _disparity_figures((e, w), drawn)
    return told


def _takers(taken: Any, provider: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return how many people took something of each provider, (providers,)."""
    who, item = _pairs(taken)
    known = provider[item] >= 0
    n = int(provider.max(initial=-1)) + 1
    pairs = np.unique(who[known] * n + provider[item[known]])
    return np.bincount(pairs % n if n else pairs, minlength=n)


def _places(
    taken: Any, provider: NDArray[np.int64], large: NDArray[np.int64], min_people: int
) -> tuple[NDArray[np.int64], bool]:
    """Return each item's place among the large providers, (n_items,), and whether the last place is that of the rest."""
    at = np.full(int(provider.max(initial=-1)) + 1, large.size, np.int64)
    at[large] = np.arange(large.size)
    place = np.where(provider >= 0, at[provider] if at.size else -1, -1)
    who, item = _pairs(taken)
    has_rest = bool(np.unique(who[place[item] == large.size]).size >= max(min_people, 1))
    return np.where(place < large.size + has_rest, place, -1), has_rest


def _pairs(taken: Any) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    pairs = sparse.csr_array(taken > 0).tocoo()
    return pairs.row.astype(np.int64), pairs.col.astype(np.int64)


def _shown(top: NDArray[np.int64], place: NDArray[np.int64], n_places: int) -> NDArray[np.float64]:
    """Return the exposure that each list gives to each place of a provider, (m, p)."""
    row, rank = np.nonzero(top >= 0)
    at = place[top[row, rank]]
    shown = np.zeros((top.shape[0], n_places))
    np.add.at(shown, (row[at >= 0], at[at >= 0]), 1.0 / np.log2(rank[at >= 0] + 2.0))
    return shown


def _merit(taken: Any, place: NDArray[np.int64], n_places: int) -> NDArray[np.float64]:
    """Return the shares of providers in what each person took, (m, p); 0 throughout where it has none."""
    known = np.flatnonzero(place >= 0)
    entries = (np.ones(known.size), (known, place[known]))
    into = sparse.csr_array(entries, shape=(place.size, n_places))
    merit = (sparse.csr_array(taken, dtype=np.float64) @ into).toarray()
    return np.nan_to_num(share(merit, merit.sum(axis=1, keepdims=True)))


def _shares(sums: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Part (r, 2 p) sums into the shares of exposure and of merit, (r, p) each."""
    exposure, merit = np.split(sums, 2, axis=1)
    return (
        share(exposure, exposure.sum(axis=1, keepdims=True)),
        share(merit, merit.sum(axis=1, keepdims=True)),
    )


def _ratio(exposure: NDArray[np.float64], merit: NDArray[np.float64]) -> NDArray[np.float64]:
    more = SMOOTHING / exposure.shape[1]
    return np.asarray((exposure + more) / (merit + more))


def _disparity(exposure: NDArray[np.float64], merit: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.abs(exposure - merit).sum(axis=1) / 2)


def _disparity_figures(
    found: tuple[NDArray[np.float64], NDArray[np.float64]],
    drawn: tuple[NDArray[np.float64], NDArray[np.float64]],
) -> dict[str, Any]:
    """Return the disparity of the (1, p) shares found, from (r, p) shares of people drawn anew.

    People drawn anew are more unlike than those found, so the ends are reflected (basic bootstrap). What they differ by
    from those found is what would be seen if there were no disparity.
    """
    figure = float(_disparity(*found)[0])
    chance = _disparity(drawn[0] - found[0], drawn[1] - found[1])
    least, most = 2 * figure - np.quantile(_disparity(*drawn), (0.975, 0.025))
    p = (1 + np.count_nonzero(chance >= figure - 1e-12)) / (1 + chance.size)
    is_sure = p < _LEVEL
    return {
        "disparity": [figure, max(float(least), 0.0) if is_sure else 0.0, max(float(most), figure)],
        "by_chance": _with_middle(chance),
        "p": p,
    }


def _with_middle(values: NDArray[np.float64]) -> list[float]:
    """Return the mean and the ends of the middle 95 %."""
    return [float(values.mean()), *np.quantile(values, (0.025, 0.975)).tolist()]
