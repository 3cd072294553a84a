"""What a person lets others see of it, and what was never meant to be seen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

HIDDEN: Final = 0
"""Neither shown, nor named, nor counted as a reason."""
COUNTED: Final = 1
"""Counted as a reason, without a name: what holds for who said nothing."""
NAMED: Final = 2
"""Named to those who let themselves be named too."""

_LEVELS = {"hidden": HIDDEN, "counted": COUNTED, "named": NAMED}


def level(attributes: Mapping[str, Any] | None) -> int:
    """Return what a person's attribute ``social`` allows; a word that is not known allows nothing.

    >>> level({"social": "named"}) == NAMED, level(None) == COUNTED, level({"social": "no"}) == HIDDEN
    (True, True, True)
    """
    said = (attributes or {}).get("social")
    return COUNTED if said is None else _LEVELS.get(str(said).strip().lower(), HIDDEN)


def is_private(about: Mapping[str, Any] | None) -> bool:
    """Return whether the context of something done, or the attributes of a post, keep it from others.

    Any ``visibility`` but ``public`` does: who asks for less than everybody, in whatever words, means it.

    >>> is_private({"visibility": "only me"}), is_private({"visibility": "public"}), is_private({"weather": "rain"})
    (True, False, False)
    """
    said = (about or {}).get("visibility")
    return said is not None and str(said).strip().lower() != "public"
