"""Snapshots without people who were forgotten: what is served, and all that one could roll back to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress

import numpy as np

from zhiyin.core.erasable import Erased, Leaving
from zhiyin.errors import DataError, StoreError
from zhiyin.ranking.trained import Trained
from zhiyin.store.snapshot import Snapshot
from zhiyin.store.snapshots import Snapshots


class Learned:
    """Subtracts people from snapshots.

    The current snapshot is published anew without them, so that every process takes it up; earlier ones are rewritten
    where they are, and deleted where they cannot be read. A snapshot of a training that began afterwards holds nobody who
    was gone.

    Args:
        snapshots: of the shop.
        refit: fits the models of what is served anew to what is left; None leaves sums over everybody as they are.
    """

    holds = ("snapshots",)

    def __init__(
        self, snapshots: Snapshots, refit: Callable[[Trained], Trained] | None = None
    ) -> None:
        self._snapshots = snapshots
        self._refit = refit

    def erase(self, person: Leaving) -> Sequence[Erased]:
        """See ``Erasable.erase``."""
        return [Erased("snapshots", *self.without([person.number]))]

    def without(self, people: Sequence[int], *, but: int | None = None) -> tuple[int, str]:
        """Take people out of every snapshot, and return how many held them, and a note.

        Args:
            people: numbers.
            but: the version that was trained without them.
        Complexity: O(arrays) and what ``Trained.without`` costs, for each snapshot.
        """
        current, held, lost = self._snapshots.current(), 0, []
        for version in self._snapshots.versions():
            if version == but:
                continue
            try:
                changed = self._cut(version, people, is_served=version == current)
            except (StoreError, KeyError, TypeError):  # of another version, or damaged
                lost.append(version)
                continue
            if changed is None:
                continue
            held += 1
            if version == current:
                self._snapshots.publish(*changed)
                self._snapshots.drop(version)
            else:
                self._snapshots.rewrite(version, *changed)
        gone = [version for version in lost if version != current]
        for version in gone:
            self._snapshots.drop(version)
        said = [f"snapshots {gone} could not be read and are deleted"] if gone else []
        if len(gone) < len(lost):
            said.append(f"snapshot {current} cannot be read: zhiyin train makes a new one")
        return held + len(gone), "; ".join(said)

    def holding(self, people: Sequence[int], *, but: int | None = None) -> list[int]:
        """Return the versions that still hold somebody of some people, or cannot be read."""
        return [v for v in self._snapshots.versions() if v != but and self._holds(v, people)]

    def _holds(self, version: int, people: Sequence[int]) -> bool:
        try:
            snapshot = self._snapshots.open(version, verify=False)
            return bool(self._held(snapshot, people))
        except (StoreError, KeyError, TypeError):
            return True

    @staticmethod
    def _held(snapshot: Snapshot, people: Sequence[int]) -> list[int]:
        known = int(snapshot.manifest["facts"]["counts"]["people"])
        told = set(snapshot.manifest.get("without", ()))
        return [person for person in people if 0 <= person < known and person not in told]

    def _cut(
        self, version: int, people: Sequence[int], *, is_served: bool
    ) -> tuple[dict[str, np.ndarray], dict[str, object]] | None:
        """Return arrays and manifest without people, None where they are not in there."""
        snapshot = self._snapshots.open(version, verify=False)
        held = self._held(snapshot, people)
        if not held:
            return None
        trained = Trained.from_snapshot(snapshot.arrays, snapshot.manifest)
        trained = trained.without(np.array(held, np.int64))
        if is_served and self._refit is not None:
            with suppress(DataError):  # too little is left: the next training says so
                trained = self._refit(trained)
        arrays = {**_without_parts(snapshot), **trained.arrays()}
        told = sorted({*snapshot.manifest.get("without", ()), *held})
        return arrays, {**snapshot.manifest, "without": told}


def _without_parts(snapshot: Snapshot) -> dict[str, np.ndarray]:
    """Return the arrays that ``Trained`` does not hold."""
    return {name: one for name, one in snapshot.arrays.items() if name.startswith("search.")}
