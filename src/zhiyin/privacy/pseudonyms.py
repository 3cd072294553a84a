"""What stands for people's ids in all that is kept: made with a secret key, and read back only with it."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from typing import Protocol

from zhiyin.errors import MissingExtra, StoreError

SIGN = "~"
"""With which everything begins that is made here."""
_BLOCK = 16
_DIGEST = re.compile(r"[0-9a-f]{32}")
_CHECKED = b"zhiyin"
_PEOPLE, _TEXTS, _CHECK = b"people", b"texts", b"check"


class Pseudonyms(Protocol):
    """Says what is kept in the place of ids, digests and texts."""

    @property
    def check(self) -> str | None:
        """What a store keeps to know its key by, None where nothing is hidden."""

    def hide(self, key: str) -> str:
        """Return what stands for a person's id."""

    def show(self, pseudonym: str) -> str:
        """Return the id that a pseudonym stands for.

        Raises:
            StoreError: it was not made with this key.
        """

    def cover(self, digests: Iterable[str]) -> list[str]:
        """Return what stands for digests of rows that name people, by which an id could be guessed and tried."""

    def uncover(self, covered: Iterable[str]) -> list[str]:
        """Return the digests; a text that stands for none is returned as it is."""

    def seal(self, text: str) -> str:
        """Return a text as nobody can read it without the key; equal texts stay equal."""

    def unseal(self, sealed: str) -> str:
        """Return what was sealed.

        Raises:
            StoreError: it was not sealed with this key.
        """


class Plain:
    """Hides nothing.

    >>> PLAIN.hide("an"), PLAIN.check
    ('an', None)
    """

    check = None

    def hide(self, key: str) -> str:
        """Return the id."""
        return key

    def show(self, pseudonym: str) -> str:
        """Return the id."""
        return pseudonym

    def cover(self, digests: Iterable[str]) -> list[str]:
        """Return the digests."""
        return list(digests)

    def uncover(self, covered: Iterable[str]) -> list[str]:
        """Return the digests."""
        return list(covered)

    def seal(self, text: str) -> str:
        """Return the text."""
        return text

    def unseal(self, sealed: str) -> str:
        """Return the text."""
        return sealed


PLAIN = Plain()


class Keyed:
    """Hides by a key: one id has one pseudonym, which nobody can make, read or change without the key.

    An id is padded to a multiple of 16 bytes, so that its length says little, and encrypted with AES-SIV; the pseudonym is
    ``~`` and base64url of that. A digest is one block, encrypted with AES as it is: digests are as good as random, and no two
    are the same. Each use has a key of its own, derived by HKDF-SHA-256.

    Args:
        secret: at least 32 random bytes.
    Raises:
        MissingExtra: the package cryptography is not there.
    Complexity: 2 microseconds for an id of usual length.
    References: RFC 5297 (AES-SIV), RFC 5869 (HKDF), ISO/IEC 7816-4 (padding).

    >>> mine = Keyed(b"0" * 32)
    >>> mine.show(mine.hide("an")), mine.hide("an") == mine.hide("bo"), len(mine.hide("an"))
    ('an', False, 44)
    """

    def __init__(self, secret: bytes) -> None:
        try:
            from cryptography.exceptions import InvalidTag
            from cryptography.hazmat.primitives.ciphers import Cipher
            from cryptography.hazmat.primitives.ciphers.aead import AESSIV
            from cryptography.hazmat.primitives.ciphers.algorithms import AES
            from cryptography.hazmat.primitives.ciphers.modes import ECB
            from cryptography.hazmat.primitives.hashes import SHA256
            from cryptography.hazmat.primitives.kdf.hkdf import HKDF
        except ImportError as error:
            raise MissingExtra(
                "pseudonyms need the package cryptography",
                where="privacy.pseudonyms",
                expected="the extra pseudonyms",
                next_step="pip install 'zhiyin[pseudonyms]'",
            ) from error

        def derived(use: bytes, length: int) -> bytes:
            return HKDF(SHA256(), length, None, b"zhiyin pseudonyms 1: " + use).derive(secret)

        self._siv = AESSIV(derived(b"ids and texts", 64))
        self._blocks = Cipher(AES(derived(b"digests", 32)), ECB())  # noqa: S305 - one block each
        self._broken = (InvalidTag, ValueError)
        self.check: str = self._encrypted(_CHECKED, _CHECK)

    def hide(self, key: str) -> str:
        """See ``Pseudonyms``."""
        said = key.encode("utf-8", "surrogatepass") + b"\x80"
        return self._encrypted(said + b"\0" * (-len(said) % _BLOCK), _PEOPLE)

    def show(self, pseudonym: str) -> str:
        """See ``Pseudonyms``."""
        return self._decrypted(pseudonym, _PEOPLE).rstrip(b"\0")[:-1].decode("utf-8", "surrogatepass")  # fmt: skip

    def cover(self, digests: Iterable[str]) -> list[str]:
        """See ``Pseudonyms``.

        Args:
            digests: each of 32 hexadecimal digits.
        """
        given = bytes.fromhex("".join(digests))
        told = self._blocks.encryptor().update(given).hex()
        return [SIGN + told[at : at + 32] for at in range(0, len(told), 32)]

    def uncover(self, covered: Iterable[str]) -> list[str]:
        """See ``Pseudonyms``."""
        texts = list(covered)
        places = [n for n, text in enumerate(texts) if is_cover(text)]
        given = bytes.fromhex("".join(texts[n][1:] for n in places))
        told = self._blocks.decryptor().update(given).hex()
        for at, n in enumerate(places):
            texts[n] = told[32 * at : 32 * at + 32]
        return texts

    def seal(self, text: str) -> str:
        """See ``Pseudonyms``."""
        return self._encrypted(text.encode("utf-8", "surrogatepass") or b"\0", _TEXTS)

    def unseal(self, sealed: str) -> str:
        """See ``Pseudonyms``."""
        said = self._decrypted(sealed, _TEXTS)
        return "" if said == b"\0" else said.decode("utf-8", "surrogatepass")

    def _encrypted(self, said: bytes, use: bytes) -> str:
        told = base64.urlsafe_b64encode(self._siv.encrypt(said, [use]))
        return SIGN + told.rstrip(b"=").decode()

    def _decrypted(self, text: str, use: bytes) -> bytes:
        try:
            if not text.startswith(SIGN):
                raise ValueError(text)
            padded = text[1:] + "=" * (-len(text[1:]) % 4)
            return self._siv.decrypt(base64.b64decode(padded, b"-_", validate=True), [use])
        except self._broken:
            raise StoreError(
                "a pseudonym cannot be read: it was changed, or made with another key",
                where="privacy.pseudonyms",
                expected="what this shop's key made",
                next_step="restore a backup of the database, or give the key it was made with",
            ) from None


def is_cover(text: str) -> bool:
    """Return whether a text is what `Keyed.cover` makes of a digest.

    >>> is_cover("~" + "0" * 32), is_cover("0" * 32)
    (True, False)
    """
    return text.startswith(SIGN) and is_digest(text[1:])


def is_digest(text: str) -> bool:
    """Return whether a text is 32 hexadecimal digits."""
    return _DIGEST.fullmatch(text) is not None
