"""Orders from an endpoint of the shop's order system."""

from __future__ import annotations

import importlib
import os
import time
from ipaddress import ip_address
from typing import Any, TypeVar
from urllib.parse import quote, urlsplit

from pydantic import BaseModel, Field, ValidationError, field_validator

from zhiyin.assistant.orders.documents import OrderDocument, OrdersDocument, ReturnDocument
from zhiyin.core.order import Order, Return
from zhiyin.errors import (
    Conflict,
    DataError,
    MissingExtra,
    NotFound,
    SettingsError,
    StoreUnavailable,
)
from zhiyin.registry import PartConfig

_MOST_BYTES = 2_000_000
_FORM = "https://…, or http://… of this machine, without a user, a query or a fragment"
_Read = TypeVar("_Read", bound=BaseModel)


class Http:
    """Asks an endpoint; redirects are not followed, and each question has a connection of its own.

    - ``GET /orders?user=U&limit=N`` answers ``{"orders": […]}``, newest first;
    - ``GET /orders/{id}?user=U`` answers an order, or 404;
    - ``POST /orders/{id}/returns`` with ``{"user", "item", "reason"}`` and an ``Idempotency-Key`` answers the return, 404,
      or 409 where it is refused.

    An answer that names another person than the one who asks is taken for none.
    """

    name = "http"

    class Config(PartConfig):
        """Options of ``http``."""

        base_url: str = Field(description=f"The endpoint: {_FORM}")
        key_variable: str = Field(
            "ZHIYIN_ORDERS_KEY",
            description="Environment variable with the key sent as Bearer; empty where none is wanted.",
        )
        timeout_s: float = Field(3.0, gt=0, le=60, description="Seconds that an answer may take.")

        @field_validator("base_url")
        @classmethod
        def _is_safe(cls, base_url: str) -> str:
            url = urlsplit(base_url)
            is_bare = not (url.query or url.fragment or "@" in url.netloc) and url.hostname
            if not is_bare or not (url.scheme == "https" or _is_here(url.scheme, url.hostname)):
                raise ValueError(_FORM)
            return base_url.rstrip("/")

    def __init__(self, config: Config) -> None:
        self._config = config
        try:
            self._httpx: Any = importlib.import_module("httpx")
        except ImportError as error:
            raise MissingExtra(
                "orders from an endpoint need httpx",
                where="assistant.orders",
                expected="the package httpx",
                next_step="pip install 'zhiyin[client]'",
            ) from error
        self._client = self._httpx.Client(
            timeout=config.timeout_s,
            trust_env=False,
            limits=self._httpx.Limits(max_keepalive_connections=0),
        )

    def orders(self, user: str, limit: int = 10) -> list[Order]:
        """Return a person's orders, newest first."""
        asked = {"user": user, "limit": str(limit)}
        status, body = self._asked("GET", "/orders", params=asked)
        if status == 404:
            return []
        told = (one.order() for one in self._read(OrdersDocument, status, body).orders)
        return [order for order in told if order.user == user][:limit]

    def order(self, user: str, order_id: str) -> Order | None:
        """Return a person's order, None where that person has none with that id."""
        if not _is_name(order_id):
            return None
        path = f"/orders/{quote(order_id, safe='')}"
        status, body = self._asked("GET", path, params={"user": user})
        if status == 404:
            return None
        order = self._read(OrderDocument, status, body).order()
        return order if (order.user, order.id) == (user, order_id) else None

    def open_return(self, user: str, order_id: str, item: str, reason: str, key: str) -> Return:
        """Open a return of a line; see ``OrderProvider.open_return``."""
        if self.order(user, order_id) is None:
            raise self._no_line()
        path = f"/orders/{quote(order_id, safe='')}/returns"
        said = {"user": user, "item": item, "reason": reason}
        status, body = self._asked("POST", path, json=said, headers={"Idempotency-Key": key})
        if status == 404:
            raise self._no_line()
        if status == 409:
            raise Conflict(
                "the order system refuses the return",
                where=self._where,
                next_step="hand over to a person",
            )
        return self._read(ReturnDocument, status, body).opened()

    @property
    def _where(self) -> str:
        return urlsplit(self._config.base_url).netloc

    def _no_line(self) -> NotFound:
        return NotFound(
            "there is no such line",
            where=self._where,
            expected="an item of an order of one's own",
            next_step="look at one's orders",
        )

    def _asked(
        self, method: str, path: str, *, headers: dict[str, str] | None = None, **said: Any
    ) -> tuple[int, bytes]:
        """Return the status and the body of an answer, which must come whole in time."""
        until, received = time.monotonic() + self._config.timeout_s, b""
        headers = {"Accept": "application/json", **(headers or {}), **self._authorisation()}
        url = self._config.base_url + path
        try:
            with self._client.stream(method, url, headers=headers, **said) as answer:
                for piece in answer.iter_bytes():
                    received += piece
                    if len(received) > _MOST_BYTES or time.monotonic() > until:
                        raise self._silent("the answer is too long or too slow")
                return answer.status_code, received
        except (self._httpx.HTTPError, self._httpx.InvalidURL) as error:
            raise self._silent(f"no answer came ({type(error).__name__})") from error

    def _authorisation(self) -> dict[str, str]:
        variable = self._config.key_variable
        if not variable:
            return {}
        key = os.environ.get(variable, "")
        if not key:
            raise SettingsError(
                f"the environment variable {variable} holds no key",
                where=self._where,
                expected="the key of the order system",
                next_step=f"export {variable}=…, or set key_variable to an empty text",
            )
        return {"Authorization": f"Bearer {key}"}

    def _read(self, document: type[_Read], status: int, body: bytes) -> _Read:
        if status >= 500 or status == 429:
            raise self._silent(f"the order system answers {status}")
        if status not in (200, 201):
            raise self._odd(f"the order system answers {status}", "200, 201, 404 or 409")
        try:
            return document.model_validate_json(body)
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False)[0]
            place = ".".join(str(step) for step in first["loc"])
            raise self._odd(f"{place}: {first['msg']}".lstrip(": "), "an order's JSON") from error

    def _silent(self, what: str) -> StoreUnavailable:
        return StoreUnavailable(what, where=self._where, next_step="try again, or hand over")

    def _odd(self, what: str, expected: str) -> DataError:
        return DataError(what, where=self._where, expected=expected, next_step="see assistant.md")


def _is_name(order_id: str) -> bool:
    """Return whether an id can be a step of a path: no step up, nothing that UTF-8 cannot say."""
    is_text = not any("\ud800" <= character <= "\udfff" for character in order_id)
    return is_text and order_id not in ("", ".", "..") and len(order_id) <= 512


def _is_here(scheme: str, host: str | None) -> bool:
    try:
        return scheme == "http" and (host == "localhost" or ip_address(host or "").is_loopback)
    except ValueError:
        return False
