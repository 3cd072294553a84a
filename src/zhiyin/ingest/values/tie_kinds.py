"""One name for the kinds of ties on which somebody's peace depends, whatever a shop calls them."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

_CALLED: Mapping[str, str] = {
    "block": "blocks blocked blocking blacklist blacklisted 拉黑 屏蔽 黑名单",
    "mute": "mutes muted muting ignore ignored 静音 免打扰 不看",
    "distrust": "distrusts distrusted 不信任",
    "trust": "trusts trusted trusting 信任",
}
_STANDARD = {
    name: standard for standard, names in _CALLED.items() for name in (standard, *names.split())
}


def standard_kind(column: str) -> pl.Expr:
    """Return the standard names of a String column of kinds of ties; any other kind stays as it is.

    >>> pl.DataFrame({"kind": ["Blocked", "拉黑", "Best friend"]}).select(standard_kind("kind"))["kind"].to_list()
    ['block', 'block', 'Best friend']
    """
    said = pl.col(column)
    return pl.coalesce(
        said.str.to_lowercase().replace_strict(_STANDARD, default=None, return_dtype=pl.String),
        said,
    )
