"""What the shop tells of people: who is close to whom, who somebody is, and whom one could follow."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from zhiyin.core import NO_TIME, Kind
from zhiyin.core.exchanges import TYPES
from zhiyin.core.ties import AGAINST
from zhiyin.errors import NotFound, UnknownEntity
from zhiyin.portraits.portrait import Social
from zhiyin.portraits.reading import PortraitReader
from zhiyin.portraits.removed import Removed
from zhiyin.portraits.society import Society
from zhiyin.social.following import PeopleToFollow
from zhiyin.social.graph import adjacency
from zhiyin.social.reading import read_declared
from zhiyin.store.store import Store

_CLOSEST = 3


class People:
    """Answers questions about people by their ids.

    Args:
        store: where they are.
        society: gives what the last training learned; None before the first.
        zone: where they live.
    """

    def __init__(
        self, store: Store, society: Callable[[], Society | None], zone: str = "UTC"
    ) -> None:
        self._store = store
        self._society = society
        self._zone = zone
        self._removed = Removed(store)
        self._suggests: tuple[Society, PeopleToFollow] | None = None

    def ties(self, user: str, *, n: int = 20) -> list[dict[str, Any]]:
        """Return the people somebody knows, the closest first, with what each tie stands on.

        Returns: ``user``, ``strength`` in 0..1, ``kind``, ``declared``, ``exchanges``: how often the person turned to the
            other, by type, and ``last``, when.
        Raises:
            UnknownEntity: nobody has that id.
            NotFound: nothing was trained yet.
        """
        closeness = self._known.closeness
        rows = closeness.rows_of(self._number(user))
        rows = slice(rows.start, min(rows.stop, rows.start + n))
        keys = self._store.keys(Kind.PERSON, closeness.two[rows])
        return [
            {
                "user": key,
                "strength": round(float(closeness.strength[row]), 4),
                "kind": str(closeness.kind[row]) or None,
                "declared": bool(closeness.is_declared[row]),
                "exchanges": _counts(closeness.counts[row]),
                "last": _moment(int(closeness.last_us[row])),
            }
            for key, row in zip(keys, range(rows.start, rows.stop), strict=True)
        ]

    def portrait(self, user: str, *, now: datetime | None = None) -> dict[str, Any]:
        """Return who somebody is: statements, each with what it stands on; without those the person removed.

        Raises:
            UnknownEntity: nobody has that id.
            NotFound: nothing was trained yet.
        """
        person = self._number(user)
        now_us = int((now or datetime.now(UTC)).timestamp() * 1e6)
        told = self._reader.read(
            person, now_us, given=self._social(person), removed=self._removed.of(person)
        )
        return {**told.document(), "person": user}

    def remove(self, user: str, statement: str) -> None:
        """Never say a statement of a person again, by its id.

        Raises:
            UnknownEntity: nobody has that id.
        """
        self._removed.add(self._number(user), statement)

    def to_follow(self, user: str, *, n: int = 10) -> list[dict[str, Any]]:
        """Return people somebody could follow, the best first, each with reasons.

        Raises:
            UnknownEntity: nobody has that id.
            NotFound: nothing was trained yet.
        """
        [found] = self._following.suggested(np.array([self._number(user)]), n)
        return [
            {
                "user": self._store.keys(Kind.PERSON, [one.person])[0],
                "score": round(one.score, 6),
                "reasons": [self._reason(reason) for reason in one.reasons],
            }
            for one in found
        ]

    @property
    def _known(self) -> Society:
        society = self._society()
        if society is None:
            raise NotFound(
                "nothing was learned of people yet",
                where="people",
                expected="a snapshot",
                next_step="zhiyin train",
            )
        return society

    def _number(self, user: str) -> int:
        number = self._store.number(Kind.PERSON, user)
        if number is None:
            raise UnknownEntity(
                f"nobody has the id {user}",
                where="people",
                expected="an id that events, ties or the list of users name",
                next_step="zhiyin import brings users in",
            )
        return number

    def _social(self, person: int) -> Social:
        """Return what the network knows of a person, as the portrait takes it; names of others are not in it."""
        closeness = self._known.closeness
        rows = closeness.rows_of(person)
        declared = closeness.kind[rows][closeness.is_declared[rows]]
        kinds, counts = np.unique(declared[declared != ""], return_counts=True)
        closest = slice(rows.start, min(rows.stop, rows.start + _CLOSEST))
        strongest = zip(
            closeness.kind[closest].tolist(), closeness.strength[closest].tolist(), strict=True
        )
        return Social(
            dict(zip(kinds.tolist(), counts.tolist(), strict=True)),
            tuple((kind or "tie", strength) for kind, strength in strongest),
        )

    def _reason(self, reason: dict[str, Any]) -> dict[str, Any]:
        if "people" not in reason:
            return reason
        return {**reason, "people": self._store.keys(Kind.PERSON, reason["people"])}

    @property
    def _reader(self) -> PortraitReader:
        society = self._known
        return PortraitReader(
            self._store, society.table, society.texts, society.words, zone=self._zone
        )

    @property
    def _following(self) -> PeopleToFollow:
        """Return what suggests people, made anew for each society."""
        society = self._known
        if self._suggests is None or self._suggests[0] is not society:
            self._suggests = (society, _following(self._store, society))
        return self._suggests[1]


def _following(store: Store, society: Society) -> PeopleToFollow:
    n = society.community.size
    declared = read_declared(store).filter(pl.max_horizontal("person", "other") < n)
    is_against = pl.col("kind").is_in(AGAINST)
    follows, against = (
        adjacency(part["person"].to_numpy(), part["other"].to_numpy(), n, is_directed=True)
        for part in (declared.filter(~is_against), declared.filter(is_against))
    )
    now_us = society.last_us
    return PeopleToFollow(
        follows,
        against=against,
        likeness=society.table.vectors(np.arange(n), now_us),
        community=society.community,
    )


def _counts(counts: NDArray[np.int32]) -> dict[str, int]:
    """Return type → how often, of what was done at all; what has no name of its own is only in ``all``."""
    named = zip(("all", *TYPES), counts.tolist(), strict=True)
    return {name: count for name, count in named if count}


def _moment(time_us: int) -> str | None:
    if time_us == NO_TIME:
        return None
    return datetime.fromtimestamp(time_us / 1e6, UTC).isoformat()
