"""What every learner of a table may spend."""

from __future__ import annotations

from pathlib import Path

from zhiyin.errors import SettingsError
from zhiyin.evaluation.contest import Budget
from zhiyin.evaluation.search import Journal


def budget_of(trials: int, seed: int, journal: Path | None, people: int = 2000) -> Budget:
    """Return the budget that a verb's options name; trials of another version of Zhiyin are not taken from a journal.

    Raises:
        SettingsError: there is less than one trial.
    """
    if trials < 1:
        raise SettingsError(
            f"{trials} trials are none",
            where="--trials",
            expected="1 or more",
            next_step="1 takes every learner as it is by default",
        )
    kept = None if journal is None else Journal.of_this_version(journal)
    return Budget(trials, people, seed, kept)
