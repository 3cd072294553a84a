"""Forgetting a person: everywhere at once, with a receipt, and again when an old copy brings the person back."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

from zhiyin.core.entity import Kind
from zhiyin.core.erasable import Erasable, Erased, Leaving
from zhiyin.errors import UnknownEntity
from zhiyin.forgetting.holders import HomeFiles, TextVectors, ThisProcess
from zhiyin.forgetting.learned import Learned
from zhiyin.forgetting.receipts import RECEIPTS, erased, keep, kept, receipt, turned
from zhiyin.settings import Settings
from zhiyin.store.snapshots import Snapshots
from zhiyin.store.store import Store
from zhiyin.store.tombstones import Tombstone


class Forgetting:
    """Erases people.

    Args:
        store: whose people.
        snapshots: what was learned of them.
        settings: of the shop: its folder, and how it learns.
        train: learns anew, and returns the manifest with its ``version``.
        renew: makes this process serve from the newest snapshot, with empty caches.

    Attributes:
        holders: what is asked beside the tables, in order.
    """

    def __init__(
        self,
        store: Store,
        snapshots: Snapshots,
        settings: Settings,
        train: Callable[[], dict[str, Any]],
        renew: Callable[[], None],
    ) -> None:
        self._store, self._snapshots = store, snapshots
        home = settings.home
        self._folder = home / RECEIPTS
        self._train = train
        self._learned = Learned(snapshots, lambda served: served.refitted(store, settings.train))
        self._vectors = TextVectors(store)
        self.holders: Sequence[Erasable] = (
            self._vectors,
            HomeFiles(home, store.pseudonyms),
            ThisProcess(renew),
        )

    def holds(self) -> frozenset[str]:
        """Return the names of all that is asked."""
        asked = (self._learned, *self.holders)
        return frozenset(self._store.erasure.holds()).union(*(one.holds for one in asked))

    def forget(self, user: str, *, trains: bool = False) -> dict[str, Any]:
        """Erase a person from everything that holds something of people, and return the receipt.

        Whoever was forgotten and did not come again is no error: what was left undone is done, and the receipt told again.

        Args:
            user: the shop's own id.
            trains: whether to train at once, which chooses models and weights anew, too.
        Raises:
            UnknownEntity: nobody has that id, or had it.
        Complexity: O(rows of the person), one reading of ties, interactions, chats and posts, one writing of every snapshot,
            one of a database of moderate size, and a training where it is asked for.
        """
        number = self._store.number(Kind.PERSON, user)
        if number is None:
            return self._finished(user, trains=trains)
        person, salt = self._store.erasure.leaving(number, user)
        return self._forget(person, salt, time.time_ns() // 1000, trains=trains)

    def again(self) -> int:
        """Erase whom the home's receipts name and the store has never forgotten: it is an old copy. Return how many there were."""
        erasure, done = self._store.erasure, 0
        known = {erased(one) for one in erasure.tombstones.receipts()}
        for told in kept(self._folder):
            if erased(told) in known:
                continue
            told = turned(told, self._store.pseudonyms)
            pseudonym, time_us, salt = told["person"], told["time_us"], told["salt"]
            found = erasure.find(salt, pseudonym)
            if found is None:
                stone = Tombstone(int(Kind.PERSON), pseudonym, salt, None, time_us)
                erasure.tombstones.bury(stone, told)
                continue
            person, _ = erasure.leaving(*found, salt)
            self._forget(person, salt, time_us, is_again=True)
            done += 1
        return done

    def since_training_began(self, began_us: int) -> int | None:
        """Subtract from what was just published whoever was forgotten while it was learned, and return what is current now."""
        if gone := self._store.erasure.tombstones.people_since(began_us):
            self._learned.without(gone)
        return self._snapshots.current()

    def receipts(self) -> list[dict[str, Any]]:
        """Return the receipts of all who were forgotten, the oldest first."""
        return self._store.erasure.tombstones.receipts()

    def _finished(self, user: str, *, trains: bool) -> dict[str, Any]:
        last = self._store.erasure.tombstones.last(user)
        if last is None:
            raise UnknownEntity(
                f"nobody has the id {user}",
                where="forget",
                expected="the id of a person",
                next_step="check the id: zhiyin export users lists them",
            )
        if last.receipt is not None and not trains:
            return next(one for one in reversed(self.receipts()) if one["person"] == last.digest)
        person = Leaving(-1 if last.number is None else last.number, user, last.digest)
        return self._rest(person, last.salt, last.time_us, [], trains=trains)

    def _forget(
        self,
        person: Leaving,
        salt: str,
        time_us: int,
        *,
        trains: bool = False,
        is_again: bool = False,
    ) -> dict[str, Any]:
        # Vectors and files go by texts that the tables hold, so the tables come last of what can be done again.
        done = [one for holder in self.holders[:2] for one in holder.erase(person)]
        done += self._store.erasure.erase(person, salt, time_us)
        return self._rest(person, salt, time_us, done, trains=trains, is_again=is_again)

    def _rest(
        self,
        person: Leaving,
        salt: str,
        time_us: int,
        done: list[Erased],
        *,
        trains: bool,
        is_again: bool = False,
    ) -> dict[str, Any]:
        """Do what can be done again after the tables, and make the receipt."""
        trained = self._train()["version"] if trains else None
        held, note = self._learned.without([person.number], but=trained)
        done = [*done, Erased("snapshots", held, note)]
        done += [one for holder in self.holders[2:] for one in holder.erase(person)]
        done.append(Erased("free space", 0, self._store.erasure.overwrite()))
        weights = "trained" if trains else "refitted" if held else "none"
        told = receipt(
            person, salt, time_us, done, snapshots=self._learned.holding([person.number], but=trained),
            weights=weights, is_again=is_again,
        )  # fmt: skip
        keep(self._folder, told)
        self._store.erasure.tombstones.keep_receipt(person.pseudonym, time_us, told)
        return told
