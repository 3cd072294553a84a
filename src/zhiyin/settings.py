"""One typed tree of settings: arguments, environment, ``zhiyin.local.toml``, ``zhiyin.toml``, defaults, in that order."""

from __future__ import annotations

import json
import os
import reprlib
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from zhiyin.errors import SettingsError, UnknownPart, nearest
from zhiyin.registry import wanted

DEFAULT_HOME = Path("zhiyin-home")
_FILES = ("zhiyin.toml", "zhiyin.local.toml")


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Part(_Section):
    """One part of a pipeline: its registered name and its own options."""

    type: str
    options: dict[str, Any] = Field(default_factory=dict)


class StoreSettings(_Section):
    """Where what must not be lost is kept."""

    url: str = ""
    """SQLAlchemy URL of the database; empty means an SQLite file in the home folder."""
    snapshots_kept: int = Field(5, ge=1)
    """How many trained snapshots stay on disk for a rollback."""


class TrainSettings(_Section):
    """How weights are learned from events."""

    rating_threshold: float = Field(3.0, allow_inf_nan=False)
    """A rating below it speaks against the item."""
    strengths: dict[str, float] = Field(default_factory=dict)
    """How much an event of a type says that the person likes the item, in eighths from 0 to 1; -1 says the opposite. Adds to the built-in table."""
    half_life_days: float = Field(30.0, gt=0)
    """After so many days an event counts half for popularity."""
    dense_limit: int = Field(12_000, ge=1)
    """Largest number of people or items, whichever is fewer, for which weights are solved exactly."""
    memory_gb: float = Field(8.0, gt=0, le=1e6)
    """Memory that training should stay within; parts that would take more than a third are trained from files or left out."""
    trials: int = Field(1, ge=1)
    """How many parameter sets each part of the model may try, the defaults first; ten take some five times as long and fit a little better."""


class ReadingSettings(_Section):
    """How texts are read."""

    embedder: Part = Part(type="lsa")
    """What makes vectors of texts: lsa needs no model; static and e5 need the extra local; openai is any compatible endpoint."""
    chat: Part = Part(type="none")
    """What mining asks for facts where rules find none: llama is in the box with the extra local, openai is any compatible endpoint; none is off."""
    workers: int = Field(1, ge=1, le=64)
    """How many processes embed at a time; more pay for e5, where each has a core of its own."""
    engine: Literal["processes", "ray"] = "processes"
    """Where more than one work: processes of this machine, or ray (extra ray), on the cluster that RAY_ADDRESS names."""
    time_zone: str = "UTC"
    """Where the shop's people live, such as Asia/Shanghai: their days end at midnight there."""
    aspects: dict[str, dict[str, list[str]]] = Field(default_factory=dict)
    """Category of goods, then aspect, then words that name it; they go before the built-in ones, category "" is all goods, aspect ignore is none."""

    @field_validator("time_zone")
    @classmethod
    def _is_known(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError) as error:
            raise ValueError("a name of the IANA time zones, such as Asia/Shanghai") from error
        return name

    @field_validator("aspects")
    @classmethod
    def _are_told_apart(
        cls, aspects: dict[str, dict[str, list[str]]]
    ) -> dict[str, dict[str, list[str]]]:
        for category, named in aspects.items():
            aspect_of: dict[str, str] = {}
            for aspect, words in named.items():
                if not all(map(str.strip, (aspect, *words))):
                    what = f'"{category}" has an aspect or a word that is empty'
                    raise ValueError(what, "names and words with at least one character")
                for word in words:
                    other = aspect_of.setdefault(word.strip().casefold(), aspect)
                    if other != aspect:
                        what = f'"{word}" stands under {other} and under {aspect} of "{category}"'
                        raise ValueError(what, "each word under one aspect of a category")
        return aspects


class PipelineSettings(_Section):
    """What a surface's pages are made of."""

    budget_ms: float = Field(200.0, gt=0)
    """From the request to the page; what is late is left out and named."""
    candidates_per_source: int = Field(100, ge=1)
    """How many candidates each source is asked for."""
    query_hydrators: list[Part] = Field(default_factory=lambda: [Part(type="taste")])
    """What finds out about the person first."""
    sources: list[Part] = Field(
        default_factory=lambda: [Part(type="alike"), Part(type="popular"), Part(type="fresh")]
    )
    """What proposes candidates."""
    hydrators: list[Part] = Field(default_factory=lambda: [Part(type="signals")])
    """What looks things up about candidates."""
    filters: list[Part] = Field(
        default_factory=lambda: [Part(type="in_stock"), Part(type="disliked"), Part(type="seen")]
    )
    """What decides which candidates may be shown."""
    scorers: list[Part] = Field(default_factory=lambda: [Part(type="blend")])
    """What judges each candidate alone; scores are added."""
    rerankers: list[Part] = Field(default_factory=lambda: [Part(type="balance"), Part(type="caps")])
    """What judges the list together, one after the other."""
    explainers: list[Part] = Field(default_factory=lambda: [Part(type="shares")])
    """What says why."""
    side_effects: list[Part] = Field(default_factory=lambda: [Part(type="impressions")])
    """What takes note of the page."""


class ApiSettings(_Section):
    """The HTTP door."""

    host: str = "127.0.0.1"
    """Address to listen on; any other than this machine's own needs an API key."""
    port: int = Field(8000, ge=0, le=65535)
    """Port to listen on; 0 takes a free one."""
    key: SecretStr | None = Field(None, min_length=1)
    """Secret that requests must carry as `Authorization: Bearer …`; only from the environment: ZHIYIN_API__KEY."""


def _surfaces() -> dict[str, PipelineSettings]:
    alike = PipelineSettings(sources=[Part(type="alike")], rerankers=[])
    home = PipelineSettings(hydrators=[Part(type="signals"), Part(type="in_context")])
    return {"home": home, "similar": alike, "feed": _feed()}


def _feed() -> PipelineSettings:
    """Return a page of goods, places, posts and people."""
    stages = {
        "query_hydrators": "taste circle likeness here wrote",
        "sources": "alike semantic told friends posts people nearby popular fresh",
        "filters": "consented in_stock disliked seen",
        "scorers": "feed",
        "rerankers": "feed_mix",
        "explainers": "feed_reasons",
    }
    made_of = {
        family: [Part(type=name) for name in names.split()] for family, names in stages.items()
    }
    return PipelineSettings(budget_ms=1000.0, **made_of)


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
    not_in_files: ClassVar[frozenset[str]] = frozenset({"home", "api.key"})

    home: Path = DEFAULT_HOME
    """Folder that holds the database, the snapshots and the settings' files."""
    language: Literal["zh", "en"] = "en"
    """Language of reasons and titles where a request names none."""
    store: StoreSettings = StoreSettings()
    train: TrainSettings = TrainSettings()
    reading: ReadingSettings = ReadingSettings()
    pipelines: dict[str, PipelineSettings] = Field(default_factory=_surfaces)
    """One pipeline a surface; keys left out keep their defaults, and more surfaces can be added."""
    api: ApiSettings = ApiSettings()

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
        known = {name: surface.model_dump() for name, surface in _surfaces().items()}
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
        for name in _FILES:
            _refuse_secrets(folder / name)
        try:
            return cls(home=folder, **arguments)
        except ValidationError as error:
            raise _explained(error, folder) from error

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
        base, local = (TomlConfigSettingsSource(settings_cls, folder / name) for name in _FILES)
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


def _explained(error: ValidationError, folder: Path) -> SettingsError:
    first = error.errors()[0]
    steps = [str(step) for step in first["loc"]]
    where = ".".join(step or '""' for step in steps)
    if first["type"] == "extra_forbidden":
        model = _model(steps[:-1])
        next_step = "zhiyin init writes a file with every key"
        if model is Part:
            next_step = (
                f"if it is an option of the part: {{ type = …, options = {{ {steps[-1]} = … }} }}"
            )
        return SettingsError(
            f'no setting is called "{steps[-1]}"',
            where=where,
            expected=nearest(steps[-1], model.model_fields),
            next_step=next_step,
        )
    what, expected = f"{reprlib.repr(first.get('input'))} does not fit", wanted(first)
    if first["type"] == "missing":
        what, expected = f"{steps[-1]} is missing", f"{steps[-1]} = …"
    elif first["type"] == "value_error" and len(first["ctx"]["error"].args) == 2:
        what, expected = first["ctx"]["error"].args
    return SettingsError(
        what,
        where=where,
        expected=expected,
        next_step=f"mend it in {folder / _FILES[0]} or in the environment",
    )


def _model(steps: list[str]) -> type[BaseModel]:
    """Return the model of the section or part that stands at a place."""
    model: Any = Settings
    for step in steps:
        annotation = model.model_fields[step].annotation if step in model.model_fields else model
        arguments = getattr(annotation, "__args__", ())
        model = next((a for a in (annotation, *arguments) if hasattr(a, "model_fields")), model)
    return model  # type: ignore[no-any-return]


def annotated() -> str:
    """Return a settings file that holds every key with its default, and what each is for."""
    lines = [
        "# Settings of a shop. What stands in zhiyin.local.toml beside it goes before this file,",
        "# and what the environment says (ZHIYIN_STORE__URL=...) goes before both.",
        "",
    ]
    lines += _keys(Settings(), skip=("home",))
    for name in ("store", "train", "reading", "api"):
        section = Settings.model_fields[name].default
        lines += ["", f"# {_first_line(section)}", f"[{name}]", *_keys(section, skip=("key",))]
    for name, pipeline in _surfaces().items():
        lines += ["", f"# {_first_line(pipeline)}", f"[pipelines.{name}]", *_keys(pipeline)]
    return "\n".join(lines) + "\n"


def _first_line(section: BaseModel) -> str:
    return (section.__doc__ or "").splitlines()[0]


def _keys(section: BaseModel, skip: tuple[str, ...] = ()) -> list[str]:
    lines = []
    for name, field in type(section).model_fields.items():
        value = getattr(section, name)
        if name not in skip and (isinstance(value, Part) or not _is_tables(value)):
            said = _toml(value.model_dump() if isinstance(value, Part) else value)
            lines += [f"# {field.description}", f"{name} = {said}"]
    return lines


def _is_tables(value: Any) -> bool:
    """Whether a value is written as tables of its own: a section, or sections by name."""
    if isinstance(value, Mapping):
        return bool(value) and all(isinstance(inner, BaseModel) for inner in value.values())
    return isinstance(value, BaseModel)


def _toml(value: Any) -> str:
    if isinstance(value, Part):
        options = f", options = {_toml(value.options)}" if value.options else ""
        return f"{{ type = {_toml(value.type)}{options} }}"
    if isinstance(value, list):
        return f"[{', '.join(_toml(inner) for inner in value)}]"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{name} = {_toml(inner)}" for name, inner in value.items()) + "}"
    return json.dumps(value, ensure_ascii=False)
