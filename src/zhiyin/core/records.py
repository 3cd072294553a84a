"""What a shop tells us: one noun for each kind of record, as it stands at the edge, with string ids.

A batch of records is a table whose columns are the fields of the noun. Times are timezone-aware UTC; a time that is
not known is ``None`` and is never made up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from zhiyin.core.order import OrderLine


@dataclass(frozen=True, slots=True)
class Event:
    """A person did something with an item (or with a post, when ``item`` is a post's id and ``target`` says so).

    >>> Event(user="u1", item="tea-7", type="purchase").type
    'purchase'
    """

    user: str
    item: str
    type: str = "view"
    value: float | None = None
    time: datetime | None = None
    context: Mapping[str, Any] = field(default_factory=dict)
    request_id: str | None = None
    event_id: str | None = None
    target: str = "item"


@dataclass(frozen=True, slots=True)
class Item:
    """Something the shop offers. ``stock`` None means not counted, and so available.

    ``price_minor`` counts the currency's smallest unit. ``translations`` maps a language to the fields it has:
    ``{"en": {"title": …, "description": …}}``.
    """

    id: str
    title: str | None = None
    description: str | None = None
    category: str | None = None
    brand: str | None = None
    price_minor: int | None = None
    currency: str | None = None
    stock: int | None = None
    created: datetime | None = None
    attributes: Mapping[str, Any] = field(default_factory=dict)
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who shops."""

    id: str
    created: datetime | None = None
    attributes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tie:
    """``user`` is tied to ``other``: a friend, a follower, family. Directed; a friendship is two ties."""

    user: str
    other: str
    kind: str = "friend"
    strength: float | None = None
    time: datetime | None = None


@dataclass(frozen=True, slots=True)
class Interaction:
    """``user`` did something toward ``other``: a message, a comment, a like, a share, a gift."""

    user: str
    other: str
    type: str = "message"
    item: str | None = None
    value: float | None = None
    text: str | None = None
    time: datetime | None = None
    event_id: str | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """A text someone published: a review, a share, a question, an entry of the shop's FAQ (no author)."""

    id: str | None = None
    user: str | None = None
    item: str | None = None
    kind: str = "review"
    text: str = ""
    title: str | None = None
    rating: float | None = None
    language: str | None = None
    time: datetime | None = None


@dataclass(frozen=True, slots=True)
class Chat:
    """One turn of a conversation with the shop's service; ``role`` is ``shopper`` or ``agent``."""

    conversation: str
    role: str
    text: str
    user: str | None = None
    item: str | None = None
    time: datetime | None = None
    event_id: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """Something known about an entity, with where it came from.

    ``subject_kind`` is ``item``, ``post`` or ``person``; ``user`` is who said it, ``source`` where it was found
    (a file's field, a post's id), ``span`` the words that say it, ``method`` the rule or model that found it. From the
    time ``expires`` on it is no longer so; without one it lasts.
    """

    subject: str
    name: str
    value: str
    subject_kind: str = "item"
    user: str | None = None
    span: str | None = None
    source: str | None = None
    method: str = "given"
    confidence: float = 1.0
    time: datetime | None = None
    expires: datetime | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A text of the shop that service answers from: an entry of the FAQ, whose title is the question, or a policy.

    It holds from ``valid_from`` on and before ``valid_to``, both midnight UTC where only a day is told. Under one ``id``
    there may be one in each language, and several for different dates: of those that hold at a time, the one told last
    does. ``kind`` is ``faq`` or ``policy``; ``text`` may be Markdown.
    """

    title: str
    text: str
    id: str | None = None
    kind: str = "faq"
    language: str | None = None
    version: str | None = None
    valid_from: datetime | None = None
    valid_to: datetime | None = None
    source: str | None = None


RECORDS: Mapping[str, type] = {
    "events": Event,
    "items": Item,
    "users": Person,
    "ties": Tie,
    "interactions": Interaction,
    "posts": Post,
    "chats": Chat,
    "facts": Fact,
    "documents": Document,
    "orders": OrderLine,
}
"""Name of each kind of record, as files, requests and reports say it, to its noun."""
