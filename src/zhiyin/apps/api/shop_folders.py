"""The folder that holds the homes of several shops: which there are, and with what settings each is served."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from zhiyin.errors import SettingsError
from zhiyin.settings import SETTINGS_FILES, ApiSettings, Settings

NAME = "[a-z0-9][a-z0-9-]{0,62}"
"""What a shop may be called: it is part of an address, and in one way only."""
_COMMON = ("host", "port", "workers", "log", "access_log")


def is_home(folder: Path) -> bool:
    """Return whether a folder holds a shop."""
    try:
        return any((folder / name).is_file() for name in (SETTINGS_FILES[0], "shop.db"))
    except OSError:  # it may not be read, as the lost+found of a disk
        return False


def shop_names(folder: Path) -> list[str]:
    """Return the names of the shops right under a folder; hidden folders, and those that are no home, are passed over.

    Raises:
        SettingsError: there is none, or one cannot be called so.
    """
    found = [one.name for one in sorted(folder.glob("*")) if one.name[0] != "." and is_home(one)]
    for name in found:
        if not re.fullmatch(NAME, name):
            raise SettingsError(
                f'no shop can be called "{name}"',
                where=str(folder),
                expected="a name of a-z, 0-9 and dashes, at most 63 of them, the first no dash",
                next_step="rename that folder, or begin its name with a dot to leave it out",
            )
    if not found:
        raise SettingsError(
            "no shop is in this folder",
            where=str(folder),
            expected="folders with zhiyin.toml or shop.db, one for each shop",
            next_step=f"zhiyin --home {folder / 'NAME'} init makes one",
        )
    return found


def common_settings(folder: Path) -> ApiSettings:
    """Return what is of the whole server, such as where it listens, as the folder's own files and the environment say.

    Raises:
        SettingsError: something else is set that would be of no effect, or would hold for all shops at once.
    """
    for path in (folder / name for name in SETTINGS_FILES):
        others = list(_others(_tree(path)))
        if others:
            raise SettingsError(
                f"{', '.join(others)} cannot be set for all shops at once",
                where=str(path),
                expected=f"nothing but {', '.join(_COMMON)} of [api]",
                next_step="set it in the files of each shop",
            )
    settings = Settings.load(folder)
    of_one = {
        "ZHIYIN_STORE__URL": settings.store.url,
        "ZHIYIN_API__KEY": settings.api.key,
        "ZHIYIN_PRIVACY__KEY": settings.privacy.key,
    }
    shared = [name for name, value in of_one.items() if value]
    if shared:
        raise SettingsError(
            f"{' and '.join(shared)} would be the same for all shops",
            where="environment",
            expected="a database, keys and pseudonyms of its own for each shop",
            next_step="unset it; store.url and privacy.key_file go into each shop's zhiyin.toml, zhiyin keys add makes keys",
        )
    return settings.api


def settings_of(folder: Path, name: str, api: ApiSettings) -> Settings:
    """Return a shop's own settings, but for those that are of the whole server.

    Raises:
        SettingsError: they are wrong.
    """
    settings = Settings.load(folder / name)
    common: dict[str, Any] = {one: getattr(api, one) for one in _COMMON}
    secret = settings.api.next_page_key
    if secret is not None:  # the environment's holds for all shops, their tokens must not
        common["next_page_key"] = SecretStr(f"{name}:{secret.get_secret_value()}")
    return settings.model_copy(update={"api": settings.api.model_copy(update=common)})


def database_of(settings: Settings) -> str:
    """Return what is alike for two shops only if they share a database."""
    return settings.store.url or str((settings.home / "shop.db").resolve())


def _others(tree: Mapping[str, Any]) -> Iterator[str]:
    for section, told in tree.items():
        if section != "api" or not isinstance(told, Mapping):
            yield section
        else:
            yield from (f"api.{key}" for key in told if key not in _COMMON)


def _tree(path: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return {}  # whoever loads the settings says what is wrong
