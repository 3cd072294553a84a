"""The next page of a list by a token: nothing is repeated, whichever worker answers and whatever happened in between."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import logging
import secrets
import struct
import time
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from zhiyin.core import Page, Query
from zhiyin.core.shown import Shown
from zhiyin.errors import ExpiredToken, InvalidToken, SettingsError
from zhiyin.privacy.secret import kept_key
from zhiyin.settings import Settings

_log = logging.getLogger(__name__)

MOST_SHOWN = 2000
"""So many entities a list shows over its pages; a token of that many has 5.4 kB at most among a million items."""
_KEY_FILE = "next_page.key"
_KEY_BYTES, _SIGNATURE_BYTES, _ASKED_BYTES = 32, 16, 8
_HEAD = struct.Struct(f">BI{_ASKED_BYTES}s")
_VERSION = 1


class NextPages:
    """Signs and reads tokens of the next page.

    A token is base64url of: a version, when it was given (seconds since 1970), a keyed digest of who asked for what, the set
    of what the list has shown so far (`Shown`), and an HMAC-SHA-256 of all that, cut to 128 bits (RFC 2104). It says
    nothing of the person. The key is ``api.next_page_key``, or 32 random bytes in a file of the home folder that only its
    owner can read, made when it is first needed: all workers of a home read each other's tokens, another shop's do not.

    Args:
        settings: where the key is and how long a token holds.
        make: makes the page of a query.
        clock: seconds since 1970.
    Raises:
        SettingsError: the file of the key is damaged; said before anybody asks for a page.
    """

    def __init__(
        self,
        settings: Settings,
        make: Callable[[Query], Page],
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._settings = settings
        self._make = make
        self._clock = clock
        if (settings.home / _KEY_FILE).is_file():
            _ = self._key

    def page(self, query: Query, after: str | None, *asked: str | None) -> Page:
        """Return a page that shows nothing of those before it, with the token of the one after it.

        Args:
            query: what is asked for.
            after: token of the page before; None for the first page.
            asked: who asks for what; a token holds for the same alone. How many, in what situation and for which session may
                change from page to page.
        Raises:
            InvalidToken: it is none of this shop's, or of another list.
            ExpiredToken: it was given too long ago.
        """
        digest = self._digest(b"asked", json.dumps(asked).encode())[:_ASKED_BYTES]
        shown = Shown.of(()) if after is None else self._read(after, digest)
        page = self._make(query if after is None else replace(query, shown=shown))
        if len(page.items) < query.n:
            return page
        shown |= Shown.of(item.ref for item in page.items)
        if len(shown) > MOST_SHOWN:
            return page
        return replace(page, next=self._token(digest, shown))

    def _token(self, digest: bytes, shown: Shown) -> str:
        told = _HEAD.pack(_VERSION, int(self._clock()), digest) + shown.to_bytes()
        return base64.urlsafe_b64encode(told + self._signature(told)).rstrip(b"=").decode()

    def _read(self, token: str, digest: bytes) -> Shown:
        try:
            padded = token + "=" * (-len(token) % 4)
            told = base64.b64decode(padded.encode("ascii"), altchars=b"-_", validate=True)
        except (UnicodeEncodeError, binascii.Error):
            told = b""
        said, signature = told[:-_SIGNATURE_BYTES], told[-_SIGNATURE_BYTES:]
        if len(said) < _HEAD.size or not hmac.compare_digest(signature, self._signature(said)):
            raise _refused("this shop gave no such token")
        _, given, of = _HEAD.unpack_from(said)
        if of != digest:
            raise _refused("the token is of another list")
        if self._clock() - given > self._settings.api.next_page_hours * 3600:
            raise ExpiredToken(
                "the token has expired",
                where="after",
                expected=f"one given within {self._settings.api.next_page_hours:g} hours",
                next_step="ask for the first page again",
            )
        return Shown.from_bytes(said[_HEAD.size :])

    def _signature(self, told: bytes) -> bytes:
        return self._digest(b"token", told)[:_SIGNATURE_BYTES]

    def _digest(self, purpose: bytes, told: bytes) -> bytes:
        return hmac.digest(self._key, purpose + b"\0" + told, hashlib.sha256)

    @cached_property
    def _key(self) -> bytes:
        given = self._settings.api.next_page_key
        if given is not None:
            # With the database's address, lest shops that share the secret read each other's tokens.
            secret, shop = given.get_secret_value(), self._settings.store.url
            return hmac.digest(secret.encode(), shop.encode(), hashlib.sha256)
        try:
            return _kept_key(self._settings.home / _KEY_FILE)
        except OSError as error:
            _log.error("tokens of next pages hold in this process only: %s", error)
            return secrets.token_bytes(_KEY_BYTES)


def _refused(what: str) -> InvalidToken:
    return InvalidToken(
        what,
        where="after",
        expected="`next` of the answer before, sent for the same user and list",
        next_step="ask for the first page again",
    )


def _kept_key(path: Path) -> bytes:
    """Return the key of a file, and make it where there is none: of several who do, the first one's holds."""
    key = kept_key(path, secrets.token_bytes(_KEY_BYTES))
    if len(key) != _KEY_BYTES:
        raise SettingsError(
            "the key that signs tokens of next pages is damaged",
            where=str(path),
            expected=f"{_KEY_BYTES} bytes",
            next_step="delete it; a new one is made, and lists begin anew",
        )
    return key
