"""Whether Python and the packages are those that are asked for."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, metadata, version

from zhiyin import __version__
from zhiyin.errors import ZhiyinError

_DISTRIBUTION = "zhiyin"
_NOT_ASKED_FOR = "dev"


def python() -> str:
    """Return which Python runs.

    Raises:
        ZhiyinError: it is none that is supported.
    """
    from packaging.specifiers import SpecifierSet

    wanted = SpecifierSet(_metadata("Requires-Python")[0])
    if not wanted.contains(platform.python_version(), prereleases=True):
        raise ZhiyinError(
            f"this is Python {platform.python_version()}",
            where="python",
            expected=f"one that is {wanted}",
            next_step="make a virtual environment with another Python and install zhiyin in it",
        )
    return f"Python {platform.python_version()}, zhiyin {__version__}"


def packages() -> str:
    """Return which extras are complete.

    Raises:
        ZhiyinError: a package is missing that everything needs, or one is too old, or two versions of zhiyin are mixed.
    """
    if (installed := version(_DISTRIBUTION)) != __version__:
        raise ZhiyinError(
            f"the code is {__version__}, what is installed says {installed}",
            where="packages",
            expected="one version",
            next_step="install zhiyin again in a new virtual environment",
        )
    if wrong := list(_wrong("")):
        raise _unfit(wrong, "pip install --upgrade zhiyin")
    whole, old = [], []
    for extra in sorted({*_metadata("Provides-Extra")} - {_NOT_ASKED_FOR}):
        lacks = list(_wrong(extra))
        old += [one for one in lacks if not one.endswith("missing")]
        whole += [] if lacks else [extra]
    if old:
        raise _unfit(sorted({*old}), "pip install --upgrade those, or 'zhiyin[EXTRA]'")
    return f"all that is needed; extras: {', '.join(whole) or 'none'}"


def _wrong(extra: str) -> Iterator[str]:
    """Yield what is wrong with the packages of an extra; "" names what everything needs."""
    from packaging.requirements import Requirement

    for line in _metadata("Requires-Dist"):
        wanted = Requirement(line)
        marker = wanted.marker
        is_base = marker is None or marker.evaluate({"extra": ""})
        if is_base != (not extra) or (marker and not marker.evaluate({"extra": extra})):
            continue
        try:
            found = version(wanted.name)
        except PackageNotFoundError:
            yield f"{wanted.name} is missing"
            continue
        if not wanted.specifier.contains(found, prereleases=True):
            yield f"{wanted.name} {found} is not {wanted.specifier}"


def _metadata(field: str) -> list[str]:
    try:
        return metadata(_DISTRIBUTION).get_all(field) or []
    except PackageNotFoundError:
        raise ZhiyinError(
            "zhiyin is not installed, its code is only found",
            where="packages",
            expected="a distribution called zhiyin",
            next_step="pip install zhiyin",
        ) from None


def _unfit(wrong: list[str], next_step: str) -> ZhiyinError:
    return ZhiyinError(
        "; ".join(wrong), where="packages", expected="what zhiyin asks for", next_step=next_step
    )
