"""What holds something of a person, and what it tells after that is gone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol


@dataclass(frozen=True, slots=True)
class Leaving:
    """A person on the way out, and what points at the person from elsewhere.

    Attributes:
        number: of the person.
        key: the shop's own id.
        pseudonym: what stands for the id from now on; see ``store.tombstones``.
        posts: number → id of what the person published.
        texts: all that the person wrote.
        conversations: ids of those the person had with the shop.

    >>> Leaving(3, "an", "9f1c").sources
    ()
    """

    number: int
    key: str
    pseudonym: str
    posts: tuple[tuple[int, str], ...] = ()
    texts: tuple[str, ...] = ()
    conversations: tuple[str, ...] = ()

    @property
    def sources(self) -> tuple[str, ...]:
        """What facts call the person's posts."""
        return tuple(f"post:{key}" for _, key in self.posts)


class Erased(NamedTuple):
    """What a holder did.

    Attributes:
        holder: whose answer it is.
        rows: how many rows, vectors, lines or files went.
        note: what is to be said of it, empty where nothing is.
    """

    holder: str
    rows: int
    note: str = ""


class Erasable(Protocol):
    """Whatever keeps something of people; `zhiyin forget` asks all of them, and a test finds those that it would miss."""

    @property
    def holds(self) -> tuple[str, ...]:
        """The names of what it answers for: tables, files, caches."""

    def erase(self, person: Leaving) -> Sequence[Erased]:
        """Erase a person; doing so again finds nothing and does no harm."""
