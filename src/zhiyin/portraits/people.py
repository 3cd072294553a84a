"""What the shop tells of people: who is close to whom, who somebody is, and whom one could follow."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from zhiyin.core import NO_TIME, Kind
from zhiyin.core.exchanges import TYPES
from zhiyin.core.ties import AGAINST
from zhiyin.errors import NotFound, UnknownEntity
from zhiyin.ingest.values.prices import minor_units
from zhiyin.portraits.consents import Consents
from zhiyin.portraits.items import titled
from zhiyin.portraits.network import influence_of, network_of
from zhiyin.portraits.portrait import Social, UserPortrait
from zhiyin.portraits.reading import PortraitReader
from zhiyin.portraits.removed import Removed
from zhiyin.portraits.society import Society
from zhiyin.portraits.statement import Statement
from zhiyin.portraits.vouching import trusted_people
from zhiyin.privacy.consent import NAMED
from zhiyin.social.following import PeopleToFollow, Suggestion
from zhiyin.social.graph import adjacency
from zhiyin.social.reading import read_declared
from zhiyin.store.store import Store

_CLOSEST = 3
_SPARE = 20  # suggestions beyond those asked for, in the place of those a new tie against parts


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
        self.consents = Consents(store)
        self._suggests: tuple[Society, PeopleToFollow] | None = None
        self._network: tuple[Society, dict[str, Any]] | None = None

    def ties(self, user: str, *, n: int = 20) -> list[dict[str, Any]]:
        """Return the people somebody knows, the closest first, with what each tie stands on.

        Returns: ``user``, ``strength`` in 0..1, ``kind``, ``declared``, ``exchanges``: how often the person turned to the
            other, by type, and ``last``, when.
        Raises:
            UnknownEntity: nobody has that id.
            NotFound: nothing was trained yet.
        """
        closeness = self._known.closeness
        rows = self._kept(self._number(user))[:n].tolist()
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
            for key, row in zip(keys, rows, strict=True)
        ]

    def portrait(
        self, user: str, *, language: str = "", now: datetime | None = None
    ) -> dict[str, Any]:
        """Return who somebody is: statements, each with what it stands on; without those the person removed.

        Items stand by the shop's ids, prices in whole units of their currency and times as ISO 8601. Evidence whose title is
        nobody's business is left out, and so is a statement that rests on nothing else.

        Args:
            user: the shop's id.
            language: of titles, where the shop gave them in it.
            now: as of when; of the newest event that the shop or the person has, unless given.
        Raises:
            UnknownEntity: nobody has that id.
            NotFound: nothing was trained yet.
        """
        person = self._number(user)
        told = self._told(person, now).without(self._removed.of(person))
        numbers = {one.item for said in told.statements for one in said.evidence if one.item >= 0}
        items = titled(self._store, sorted(numbers), language)
        statements = [_statement(said, items) for said in told.statements if _stands(said, items)]
        document = told.document()
        return {
            "user": user,
            **{name: document[name] for name in ("weights", "sources")},
            "statements": statements,
        }

    def remove(self, user: str, statement: str) -> None:
        """Never say a statement of a person again, by its id; safe to repeat.

        Raises:
            UnknownEntity: nobody has that id, or no statement of the person.
            NotFound: nothing was trained yet.
        """
        person = self._number(user)
        known = {one.id for one in self._told(person).statements} | self._removed.of(person)
        if statement not in known:
            raise UnknownEntity(
                f"no statement about {user} has the id {statement}",
                where="people.portrait",
                expected="an id that the portrait shows",
                next_step=f"zhiyin portrait {user} shows them",
            )
        self._removed.add(person, statement)

    def to_follow(self, user: str, *, n: int = 10) -> list[dict[str, Any]]:
        """Return people somebody could follow, the best first, each with reasons.

        Common friends are named only where they and the person let themselves be.

        Raises:
            UnknownEntity: nobody has that id.
            NotFound: nothing was trained yet.
        """
        person = self._number(user)
        [found] = self.suggested(np.array([person]), n)
        friends = {friend for one in found for friend in _common(one)}
        asked = np.array([person, *friends])
        named = set(asked[self.consents(asked) == NAMED].tolist())
        told = named if person in named else set()
        people = sorted({one.person for one in found} | (told & friends))
        keys = dict(zip(people, self._store.keys(Kind.PERSON, people), strict=True))
        named_keys = {number: key for number, key in keys.items() if number in told}
        return [
            {
                "user": keys[one.person],
                "score": round(one.score, 6),
                "reasons": [_reason(reason, named_keys) for reason in one.reasons],
            }
            for one in found
        ]

    def trusted(self, user: str, *, n: int = 10) -> list[dict[str, Any]]:
        """Return whom somebody trusts, the most trusted first, and by whose word; see ``trusted_people``.

        Raises:
            UnknownEntity: nobody has that id.
            NotFound: nothing was trained yet.
        """
        person = self._number(user)
        return trusted_people(self._store, self.consents, self._known, person, n)

    def network(self) -> dict[str, Any]:
        """Return the figures of the whole network as of the training, made at the first question; see ``network_of``.

        Raises:
            NotFound: nothing was trained yet.
        """
        society = self._known
        if self._network is None or self._network[0] is not society:
            self._network = (society, network_of(self._store, self.consents, society))
        return self._network[1]

    def influence(self) -> dict[str, Any]:
        """Return what seeing a purchase adds to the chance of one; takes seconds and more, see ``influence_of``.

        Raises:
            NotFound: nothing was trained yet.
        """
        return influence_of(self._store, self._known)

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

    def _told(self, person: int, now: datetime | None = None) -> UserPortrait:
        now_us = self._newest(person) if now is None else int(now.timestamp() * 1e6)
        return self._reader.read(person, now_us, given=self._social(person))

    def _newest(self, person: int) -> int:
        """Return the shop's own time: of the last event learned from or of the person's last, if not in the future.

        A shop that was imported with its history would have forgotten everybody by the time of the clock.
        """
        own = self._store.history(person, 1).time_us.max(initial=NO_TIME)
        return min(max(self._known.last_us, int(own)), int(datetime.now(UTC).timestamp() * 1e6))

    def _social(self, person: int) -> Social:
        """Return what the network knows of a person, as the portrait takes it; names of others are not in it."""
        closeness, rows = self._known.closeness, self._kept(person)
        declared = closeness.kind[rows][closeness.is_declared[rows]]
        kinds, counts = np.unique(declared[declared != ""], return_counts=True)
        closest = rows[:_CLOSEST]
        strongest = zip(
            closeness.kind[closest].tolist(), closeness.strength[closest].tolist(), strict=True
        )
        return Social(
            dict(zip(kinds.tolist(), counts.tolist(), strict=True)),
            tuple((kind or "tie", strength) for kind, strength in strongest),
        )

    def _kept(self, person: int) -> NDArray[np.int64]:
        """Return the rows of a person's ties, the closest first, without those that a tie against parts now."""
        closeness = self._known.closeness
        own = closeness.rows_of(person)
        parted = self._store.people.opposed(person, closeness.two[own])
        kept: NDArray[np.int64] = np.flatnonzero(~np.isin(closeness.two[own], parted)) + own.start
        return kept

    @property
    def _reader(self) -> PortraitReader:
        society = self._known
        return PortraitReader(
            self._store, society.table, society.texts, society.words, zone=self._zone
        )

    def suggested(self, people: NDArray[np.int64], n: int) -> list[list[Suggestion]]:
        """Return up to ``n`` people to follow for each of ``people``, by numbers; whom to name is for who asks to see to.

        Who hides now, and whom a tie against parts from the person now, is neither suggested nor a common friend; whom the
        person follows now is not suggested. What suggests is made anew for each training, at the first question.
        """
        return [self._suggested(person, n) for person in people.tolist()]

    def _suggested(self, person: int, n: int) -> list[Suggestion]:
        following = self._following
        closed = self.consents.closed(person, following.friends(person))
        [found] = following.suggested(np.array([person]), n + _SPARE, closed=closed)
        parted = self._store.people.opposed(person, [one.person for one in found])
        shut = {*parted.tolist(), *self._store.friends(person).tolist()}
        return [one for one in found if one.person not in shut][:n]

    def ready(self) -> None:
        """Make what suggests people now, so that a page which must be quick need not; takes no time where it is made."""
        if self._society() is not None:
            _ = self._following

    @property
    def _following(self) -> PeopleToFollow:
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


def _stands(said: Statement, items: Mapping[int, dict[str, Any]]) -> bool:
    """Return whether a statement rests on anything that may be told; who only bought pills is not told of the shelf."""
    return not said.evidence or any(one.item < 0 or one.item in items for one in said.evidence)


def _statement(said: Statement, items: Mapping[int, dict[str, Any]]) -> dict[str, Any]:
    """Return a statement as documents hold it."""
    shown = [one for one in said.evidence if one.item < 0 or one.item in items]
    evidence = []
    for one in shown:
        named = items.get(one.item, {})
        proof = {
            "type": one.type, "item": named.get("item"), "title": named.get("title"), "source": one.source,
            "time": _moment(one.time_us),
        }  # fmt: skip
        evidence.append({name: value for name, value in proof.items() if value is not None})
    told: dict[str, Any] = {**said.document(), "evidence": evidence}
    if said.kind == "price":
        currency = next((items[one.item]["currency"] for one in shown), None)
        told |= {name: told[name] / _unit(currency) for name in ("low", "middle", "high")}
        told["currency"] = currency
    return told


@cache
def _unit(currency: str | None) -> float:
    """Return how many of a currency's smallest unit make a whole one."""
    [unit] = minor_units(pl.Series([1.0]), pl.Series([currency], dtype=pl.String))
    return float(unit)


def _reason(reason: Mapping[str, Any], keys: Mapping[int, str]) -> dict[str, Any]:
    """Return a reason with people by their ids."""
    told = dict(reason)
    if "people" in told:
        told["people"] = [keys[person] for person in told["people"] if person in keys]
    if "likeness" in told:
        told["likeness"] = round(told["likeness"], 4)
    return told


def _common(suggestion: Suggestion) -> Iterator[int]:
    for reason in suggestion.reasons:
        yield from reason.get("people", ())


def _counts(counts: NDArray[np.int32]) -> dict[str, int]:
    """Return type → how often, of what was done at all; what has no name of its own is only in ``all``."""
    named = zip(("all", *TYPES), counts.tolist(), strict=True)
    return {name: count for name, count in named if count}


def _moment(time_us: int) -> str | None:
    if time_us == NO_TIME:
        return None
    return datetime.fromtimestamp(time_us / 1e6, UTC).isoformat()
