"""Operations on a shop's data: what goes in, what is known, and all of it out again."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime

from zhiyin.client.calls import Answer, Call, Caller, Lines, Record, Text


class Data(Caller[Answer, Text, Lines]):
    """Sends and reads records."""

    def events(
        self, events: Record | Sequence[Record], *, idempotency_key: str | None = None
    ) -> Answer:
        """Store one event or up to 1,000, all or none; sent again after a failure they count once."""
        return self._post("/v1/events", events, idempotency_key, changes=True)

    def stream_events(
        self, events: Iterable[Record], *, idempotency_key: str | None = None
    ) -> Answer:
        """Store events without end as lines of JSON, each judged alone; the answer tells which were rejected.

        A list is sent again after a failure; what can be read only once is not.
        """
        key = idempotency_key or uuid.uuid4().hex
        is_list = isinstance(events, Sequence)
        call = Call("POST", "/v1/events", lines=events, key=key, is_repeatable=is_list)
        return self._ask(call)

    def put_items(self, items: Sequence[Record]) -> Answer:
        """Store up to 1,000 items, each judged alone."""
        return self._put("items", items)

    def put_users(self, users: Sequence[Record]) -> Answer:
        """Store up to 1,000 people, each judged alone."""
        return self._put("users", users)

    def put_ties(self, ties: Sequence[Record]) -> Answer:
        """Store up to 1,000 ties between people, each judged alone."""
        return self._put("ties", ties)

    def put_interactions(self, interactions: Sequence[Record]) -> Answer:
        """Store up to 1,000 things that people did toward one another, each judged alone."""
        return self._put("interactions", interactions)

    def put_posts(self, posts: Sequence[Record]) -> Answer:
        """Store up to 1,000 texts that people published, each judged alone."""
        return self._put("posts", posts)

    def put_orders(self, orders: Sequence[Record]) -> Answer:
        """Store up to 1,000 lines of orders, each judged alone."""
        return self._put("orders", orders)

    def add_documents(self, documents: Sequence[Record]) -> Answer:
        """Store up to 1,000 documents that service answers from, each judged alone."""
        return self._ask(Call("POST", "/v1/documents", body=documents, is_repeatable=True))

    def documents(self, *, after: int | None = None, limit: int | None = None) -> Answer:
        """Return a page of the documents; the next one begins after the `next` of this one."""
        return self._get("/v1/documents", after=after, limit=limit)

    def remove_document(self, document: str) -> Answer:
        """Let a document hold no longer, and return how many versions of it did."""
        return self._ask(Call("DELETE", "/v1/documents/{document}", {"document": document}))

    def _put(self, kind: str, records: Sequence[Record]) -> Answer:
        return self._ask(Call("PUT", f"/v1/{kind}", body=records))

    def items(self, *, after: int | None = None, limit: int | None = None) -> Answer:
        """Return a page of all items; the next one begins after the `next` of this one."""
        return self._get("/v1/items", after=after, limit=limit)

    def users(self, *, after: int | None = None, limit: int | None = None) -> Answer:
        """Return a page of all people; the next one begins after the `next` of this one."""
        return self._get("/v1/users", after=after, limit=limit)

    def item(self, item: str) -> Answer:
        """Return what is known of an item."""
        return self._get("/v1/items/{item}", {"item": item})

    def user(self, user: str) -> Answer:
        """Return what is known of a person, with their last events."""
        return self._get("/v1/users/{user}", {"user": user})

    def post(self, post: str) -> Answer:
        """Return what is known of a text that somebody published."""
        return self._get("/v1/posts/{post}", {"post": post})

    def item_portrait(self, item: str, *, language: str | None = None) -> Answer:
        """Return who an item is."""
        return self._get("/v1/items/{item}/portrait", {"item": item}, language=language)

    def opinions(self, item: str) -> Answer:
        """Return what people think of an item by aspect."""
        return self._get("/v1/items/{item}/opinions", {"item": item})

    def understand(
        self, text: str, *, time: datetime | None = None, category: str | None = None
    ) -> Answer:
        """Return language, polarity, opinions and facts of a text; nothing is stored."""
        said = {
            "text": text,
            "time": None if time is None else time.isoformat(),
            "category": category,
        }
        return self._post("/v1/understand", {n: v for n, v in said.items() if v is not None})

    def export(self, kind: str) -> Lines:
        """Return all records of a kind, one after the other, as they are at one moment."""
        return self._stream(Call("GET", "/v1/export/{kind}", {"kind": kind}))
