"""Whether what a signal brings is real: more than without it, and more than with the signal destroyed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.evaluation.contest import Judged
from zhiyin.evaluation.intervals import MIN_GROUP, bootstrap_columns, paired_difference
from zhiyin.evaluation.significance import holm, sign_flip_p

REAL, NONE, CONTROL_TOO = "real", "none", "the control has it too"
UNCONTROLLED, FEW = "not controlled", "too few people"
"""What can be said of a gain."""

LEVEL = 0.05
"""Chance of a false alarm among all gains of a table."""


def gains(
    judged: Sequence[Judged], metric: str, seed: int = 0, also: Sequence[str] = ()
) -> dict[str, dict[str, Any]]:
    """Return name → what each learner with ``over`` gains, and what can be said of it.

    A gain is real when it is above 0 over the other learner and over every control, each by a sign-flip test over people
    whose p-values are adjusted for the number of gains (Holm); fewer than ``MIN_GROUP`` people prove nothing.

    Args:
        judged: learners that were judged by one task.
        metric: a key of their figures.
        seed: of intervals and tests.
        also: further metrics whose gains are told; the verdict is by the first.
    Returns: ``over``, the gain as [mean, low, high] under each metric, ``controls``: name → the control's gain,
        ``p_holm``, the larger of the two tests', and ``verdict``.
    """
    by_name = {one.name: one for one in judged}
    asked = [
        one for one in judged if one.learner.over in by_name and one.learner.control_of is None
    ]
    controls = {one.name: [c for c in judged if c.learner.control_of == one.name] for one in asked}
    found = {
        one.name: _differences(one, by_name, controls[one.name], metric, seed) for one in asked
    }
    adjusted = holm([part["p"] for part in found.values()])
    told = {}
    for one, p in zip(asked, adjusted, strict=True):
        part = found[one.name]
        told[one.name] = {
            "over": one.learner.over,
            metric: part["gain"],
            **{name: _gain(one, by_name, name, seed) for name in also},
            "controls": part["controls"],
            "p_holm": p,
            "verdict": _verdict(part, p, len(controls[one.name])),
        }
    return told


def _gain(one: Judged, by_name: Mapping[str, Judged], metric: str, seed: int) -> list[float]:
    base = by_name[str(one.learner.over)].figures[metric]
    return paired_difference(one.figures[metric], base, seed=seed).as_list()


def _differences(
    one: Judged,
    by_name: Mapping[str, Judged],
    controls: Sequence[Judged],
    metric: str,
    seed: int,
) -> dict[str, Any]:
    own, base = one.figures[metric], by_name[str(one.learner.over)].figures[metric]
    over_base = own - base
    over_controls = [own - control.figures[metric] for control in controls]
    of_controls = [control.figures[metric] - base for control in controls]
    intervals = bootstrap_columns(np.stack([over_base, *of_controls], axis=1), seed=seed)
    gain, *others = (interval.as_list() for interval in intervals)
    tests = [_one_sided(difference, seed) for difference in (over_base, *over_controls)]
    return {
        "gain": gain,
        "controls": {control.name: i for control, i in zip(controls, others, strict=True)},
        "people": int(np.count_nonzero(~np.isnan(over_base))),
        "over_base": tests[0],
        "p": max(tests),
    }


def _one_sided(difference: NDArray[np.float64], seed: int) -> float:
    """Return the p-value that a mean difference is above 0; 1 where it is not."""
    judged = difference[~np.isnan(difference)]
    if not judged.size or judged.mean() <= 0:
        return 1.0
    return sign_flip_p(judged, seed=seed)


def _verdict(part: Mapping[str, Any], p_holm: float, n_controls: int) -> str:
    if part["people"] < MIN_GROUP:
        return FEW
    if part["over_base"] >= LEVEL:
        return NONE
    if p_holm >= LEVEL:
        return CONTROL_TOO if part["p"] >= LEVEL else NONE
    return REAL if n_controls else UNCONTROLLED
