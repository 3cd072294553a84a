"""A shop's people from ids to pseudonyms and back: what is stored, and the files beside it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from zhiyin.core.progress import Progress, untold
from zhiyin.errors import SettingsError
from zhiyin.forgetting.receipts import RECEIPTS, turn_folder
from zhiyin.ingest.quarantine import turn_file, unsealed
from zhiyin.privacy.pseudonyms import PLAIN, Keyed, Pseudonyms
from zhiyin.privacy.secret import Secret
from zhiyin.settings import Settings
from zhiyin.store.engine import Database
from zhiyin.store.migrate import migrate
from zhiyin.store.pseudonymity import mark
from zhiyin.store.tombstones import Tombstones
from zhiyin.store.turning_over import turn_over

QUARANTINE = "quarantine"
"""The folder of a home that keeps rows which an import refused."""


@dataclass(frozen=True, slots=True)
class TurnedOver:
    """What became of a shop.

    Attributes:
        people: how many have another name in the store now, those who were forgotten included; 0 where that was done before.
        left: what is to be said of old copies of rows in the database's files; empty where nothing is.
    """

    people: int
    left: str


class Pseudonymising:
    """Turns a shop over while nobody has it open. Each step can be done again: what was cut off is finished.

    Args:
        settings: of the shop; they say where its secret is.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._secret = Secret.named(settings.privacy, settings.home)

    def on(self, progress: Progress = untold) -> TurnedOver:
        """Hide people's ids.

        Raises:
            SettingsError: the settings want them as they are.
            StoreError: they are hidden already, with another key.
        """
        self._demand(is_on=True)
        return self._turned(PLAIN, Keyed(self._secret.made()), progress)

    def off(self, progress: Progress = untold) -> TurnedOver:
        """Show people's ids again.

        Raises:
            SettingsError: the settings want them hidden, or the key is not there.
            StoreError: it is not the key.
        """
        self._demand(is_on=False)
        return self._turned(Keyed(self._secret.read()), PLAIN, progress)

    def rotate(self, to: Path, progress: Progress = untold) -> TurnedOver:
        """Hide people's ids with the key of another file, made where there is none; from then on it is the shop's.

        Raises:
            SettingsError: the settings want ids as they are, or the old key is not there.
            StoreError: it is not the key.
        """
        self._demand(is_on=True)
        new = Keyed(Secret(to).made())
        return self._turned(Keyed(self._secret.read()), new, progress)

    def rejected(self, path: Path) -> list[str]:
        """Return the lines of a quarantine file with what was sealed in them."""
        pseudonyms = Keyed(self._secret.read())
        lines = path.read_bytes().splitlines()
        return [unsealed(line, pseudonyms).decode().rstrip("\n") for line in lines]

    def _demand(self, *, is_on: bool) -> None:
        if self._settings.privacy.pseudonyms != is_on:
            wanted = "true" if is_on else "false"
            raise SettingsError(
                f"the settings do not say privacy.pseudonyms = {wanted}",
                where="privacy.pseudonyms",
                expected="the setting first, so that whoever opens the shop afterwards finds what it expects",
                next_step=f"set pseudonyms = {wanted} under [privacy] and run this again",
            )

    def _turned(self, old: Pseudonyms, new: Pseudonyms, progress: Progress) -> TurnedOver:
        home = self._settings.home
        database = Database.at(self._settings.store.url or home / "shop.db")
        try:
            migrate(database)
            with database.reading() as connection:
                is_done = mark(connection) == new.check
            people = 0 if is_done else turn_over(database, old, new, progress)
            turn_folder(home / RECEIPTS, Tombstones(database).receipts(), old, new)
            for path in sorted((home / QUARANTINE).glob("*.jsonl")):
                turn_file(path, old, new)
            return TurnedOver(people, database.overwrite())
        finally:
            database.close()
