"""What a request is before it is sent, and the base of what makes requests of arguments."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from urllib.parse import quote

Document = dict[str, Any]
"""A JSON object, as the API's description says it."""
Record = Mapping[str, Any]
"""What goes into a body, as the API's description says it."""

Answer = TypeVar("Answer", covariant=True)
Text = TypeVar("Text", covariant=True)
Lines = TypeVar("Lines", covariant=True)


@dataclass(frozen=True, slots=True)
class Call:
    """A request.

    Attributes:
        method: of HTTP.
        path: as the API's description has it, such as ``/v1/items/{item}``.
        ids: what stands in the path's braces.
        query: parameters; those that are None are left out.
        body: JSON, None for none.
        lines: records that are sent as lines of JSON in the place of a body.
        key: under which it takes effect once, however often it is sent.
        is_repeatable: whether it may be sent again where no answer came.

    >>> Call("GET", "/v1/items/{item}", {"item": "茶/a"}).url
    '/v1/items/%E8%8C%B6%2Fa'
    """

    method: str
    path: str
    ids: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, Any] = field(default_factory=dict)
    body: object = None
    lines: Iterable[Record] | None = None
    key: str | None = None
    is_repeatable: bool = True

    @property
    def url(self) -> str:
        """The path with ids in it."""
        quoted = {name: quote(value, safe="") for name, value in self.ids.items()}
        return self.path.format_map(quoted)

    @property
    def parameters(self) -> dict[str, Any]:
        """The parameters that say something."""
        return {
            name: value for name, value in self.query.items() if value is not None and value != ()
        }


class Caller(Generic[Answer, Text, Lines]):
    """What sends requests; the type parameters say what it makes of an answer at once or later."""

    def _ask(self, call: Call) -> Answer:
        """Return the JSON object that a request is answered with."""
        raise NotImplementedError

    def _read(self, call: Call) -> Text:
        """Return the text that a request is answered with."""
        raise NotImplementedError

    def _stream(self, call: Call) -> Lines:
        """Return the objects in the lines that a request is answered with."""
        raise NotImplementedError

    def _get(self, path: str, /, ids: Mapping[str, str] | None = None, **query: Any) -> Answer:
        return self._ask(Call("GET", path, ids or {}, query))

    def _post(
        self, path: str, body: object, key: str | None = None, *, changes: bool = False
    ) -> Answer:
        if changes:
            key = key or uuid.uuid4().hex
        return self._ask(Call("POST", path, body=body, key=key))
