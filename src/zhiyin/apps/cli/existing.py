"""The shop of a home folder that must be there already."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from zhiyin.errors import NotFound

if TYPE_CHECKING:
    from zhiyin.settings import Settings


def existing(home: Path | None) -> Settings:
    """Return the settings of a folder that holds a shop, so that a mistyped name does not make a new one.

    What is changed from here on is in the audit log under the name that one logged in with.

    Raises:
        NotFound: no shop is there.
    """
    from zhiyin.core.acting import set_actor
    from zhiyin.settings import Settings

    set_actor(f"cli:{_login()}")
    settings = Settings.load(home)
    if not settings.store.url and not (settings.home / "shop.db").is_file():
        raise nowhere(settings.home)
    return settings


def nowhere(home: Path) -> NotFound:
    """Return the error of a folder that holds no shop."""
    return NotFound(
        "no shop is in this folder",
        where=str(home),
        expected="shop.db",
        next_step="zhiyin init makes one; zhiyin --home DIR names another",
    )


def _login() -> str:
    from getpass import getuser

    try:
        return getuser()
    except (OSError, KeyError):
        return "nobody"
