"""One typed tree of settings: arguments, environment, ``zhiyin.local.toml``, ``zhiyin.toml``, defaults, in that order."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar, Literal

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from zhiyin.errors import SettingsError, UnknownPart, nearest
from zhiyin.settings.assistant import AssistantSettings
from zhiyin.settings.pipelines import PipelineSettings, default_pipelines
from zhiyin.settings.sections import (
    ApiSettings,
    ContextSettings,
    PrivacySettings,
    ReadingSettings,
    SearchSettings,
    StoreSettings,
    TrainSettings,
)
from zhiyin.settings.validation import explained

DEFAULT_HOME = Path("zhiyin-home")
SETTINGS_FILES = ("zhiyin.toml", "zhiyin.local.toml")
"""Names of the files of a home folder that say settings; the later one counts more."""


class Settings(BaseSettings):
    """Everything that can be set.

    >>> Settings.load(home="nowhere").api.port
    8000
    """

    model_config = SettingsConfigDict(
        env_prefix="ZHIYIN_",
        env_nested_delimiter="__",
        extra="forbid",
        frozen=True,
        use_attribute_docstrings=True,
    )
    not_in_files: ClassVar[frozenset[str]] = frozenset(
        {"home", "api.key", "api.next_page_key", "privacy.key"}
    )

    home: Path = DEFAULT_HOME
    """Folder that holds the database, the snapshots and the settings' files."""
    language: Literal["zh", "en"] = "en"
    """Language of reasons and titles where a request names none."""
    store: StoreSettings = StoreSettings()
    train: TrainSettings = TrainSettings()
    reading: ReadingSettings = ReadingSettings()
    context: ContextSettings = ContextSettings()
    search: SearchSettings = SearchSettings()
    assistant: AssistantSettings = AssistantSettings()
    pipelines: dict[str, PipelineSettings] = Field(default_factory=default_pipelines)
    """One pipeline a surface; keys left out keep their defaults, and more surfaces can be added."""
    api: ApiSettings = ApiSettings()
    privacy: PrivacySettings = PrivacySettings()

    def pipeline(self, surface: str) -> PipelineSettings:
        """Return what a surface's pages are made of.

        Raises:
            UnknownPart: no pipeline serves that surface.
        """
        if surface not in self.pipelines:
            raise UnknownPart(
                f'no pipeline is called "{surface}"',
                where="surface",
                expected=nearest(surface, self.pipelines),
                next_step="add it under [pipelines]",
            )
        return self.pipelines[surface]

    def names(self, family: str, part: str) -> bool:
        """Return whether any pipeline names a part."""
        return any(
            part == one.type for made in self.pipelines.values() for one in getattr(made, family)
        )

    @field_validator("pipelines", mode="before")
    @classmethod
    def _keep_default_surfaces(cls, given: Any) -> Any:
        if not isinstance(given, Mapping):
            return given
        known = {name: surface.model_dump() for name, surface in default_pipelines().items()}
        return known | {
            name: known.get(name, {}) | dict(made_of) if isinstance(made_of, Mapping) else made_of
            for name, made_of in given.items()
        }

    @classmethod
    def load(cls, home: str | Path | None = None, **arguments: Any) -> Settings:
        """Read the settings of a home folder; `home` defaults to ``ZHIYIN_HOME``, then to ``zhiyin-home``.

        Raises:
            SettingsError: a file cannot be read, a key is unknown or a value is wrong.
        """
        folder = Path(home or os.environ.get("ZHIYIN_HOME") or DEFAULT_HOME)
        for name in SETTINGS_FILES:
            _refuse_secrets(folder / name)
        try:
            return cls(home=folder, **arguments)
        except ValidationError as error:
            raise explained(error, folder / SETTINGS_FILES[0], cls) from error

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Put the two TOML files of the home folder below the environment."""
        folder = Path(init_settings().get("home", DEFAULT_HOME))
        base, local = (
            TomlConfigSettingsSource(settings_cls, folder / name) for name in SETTINGS_FILES
        )
        return init_settings, env_settings, local, base


def _refuse_secrets(path: Path) -> None:
    if not path.is_file():
        return
    try:
        tree = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(
            str(error), where=path.name, expected="TOML", next_step="mend that line"
        ) from error
    for key in Settings.not_in_files:
        value: Any = tree
        for step in key.split("."):
            value = value.get(step) if isinstance(value, Mapping) else None
        if value is not None:
            raise SettingsError(
                f"{key} must not stand in a file",
                where=path.name,
                expected=f"the environment variable ZHIYIN_{key.replace('.', '__').upper()}",
                next_step="take it out of the file",
            )
