"""Secrets of a home: of the environment, or of a file that only its owner reads."""

from __future__ import annotations

import base64
import binascii
import os
import re
import secrets
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from zhiyin.errors import SettingsError

if TYPE_CHECKING:
    from zhiyin.settings.sections import PrivacySettings

_BYTES = 32
_HEX = re.compile(r"(?:[0-9a-fA-F]{2})+")
_FORM = "32 random bytes or more, in hexadecimal digits or base64"
_NAME = "pseudonyms.key"


class Secret:
    """The secret from which a shop's pseudonyms are made.

    Args:
        path: of its file.
        given: the secret itself, in the place of a file.
    """

    def __init__(self, path: Path, given: str | None = None) -> None:
        self._path, self._given = path, given

    @classmethod
    def named(cls, settings: PrivacySettings, home: Path) -> Secret:
        """Return the secret that settings name, whether it is used or not.

        Args:
            settings: which say it, or where its file is.
            home: the folder of the shop, in which the file is unless it is named in full.
        """
        given = None if settings.key is None else settings.key.get_secret_value()
        return cls(home / (settings.key_file or _NAME), given)

    @classmethod
    def of(cls, settings: PrivacySettings, home: Path) -> Secret | None:
        """Return the secret where people's ids are to be pseudonyms, None where not."""
        return cls.named(settings, home) if settings.pseudonyms else None

    def read(self) -> bytes:
        """Return the secret.

        Raises:
            SettingsError: there is none, or it is too short or not readable.
        """
        if self._given is not None:
            return _decoded(self._given, "ZHIYIN_PRIVACY__KEY")
        try:
            return _decoded(self._path.read_text("ascii"), str(self._path))
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(
                "the key of the pseudonyms is not there",
                where=str(self._path),
                expected=f"in this file, or in ZHIYIN_PRIVACY__KEY, {_FORM}",
                next_step="bring it back from where you keep it; without it nobody can read people's ids",
            ) from error

    def made(self) -> bytes:
        """Return the secret, and make its file where there is neither."""
        if self._given is None:
            kept_key(self._path, secrets.token_hex(_BYTES).encode() + b"\n")
        return self.read()


def _decoded(text: str, where: str) -> bytes:
    said = text.strip()
    with suppress(binascii.Error, ValueError):
        is_hex = _HEX.fullmatch(said)
        padded = said.replace("+", "-").replace("/", "_").rstrip("=") + "=" * (
            -len(said.rstrip("=")) % 4
        )
        told = bytes.fromhex(said) if is_hex else base64.b64decode(padded, b"-_", validate=True)
        if len(told) >= _BYTES:
            return told
    raise SettingsError(
        "this is no key", where=where, expected=_FORM, next_step="make one: openssl rand -hex 32"
    )


def kept_key(path: Path, new: bytes) -> bytes:
    """Return what a key's file holds, and make it where there is none: of several who do, the first one's holds.

    Raises:
        OSError: it cannot be made or read.
    """
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(new)
                file.flush()
                os.fsync(file.fileno())
            with suppress(FileExistsError):
                path.hardlink_to(beside)  # all of it or nothing, and never over another's
        finally:
            beside.unlink()
    return path.read_bytes()
