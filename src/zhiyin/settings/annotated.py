"""A settings file with every key, its default and what it is for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from zhiyin.settings.pipelines import default_pipelines
from zhiyin.settings.section import Part
from zhiyin.settings.tree import Settings


def annotated() -> str:
    """Return a settings file that holds every key with its default, and what each is for."""
    lines = [
        "# Settings of a shop. What stands in zhiyin.local.toml beside it goes before this file,",
        "# and what the environment says (ZHIYIN_STORE__URL=...) goes before both.",
        "",
    ]
    lines += _keys(Settings(), skip=("home",))
    for name in ("store", "train", "reading", "context", "search", "assistant", "api", "privacy"):
        section = Settings.model_fields[name].default
        lines += [
            "",
            f"# {_first_line(section)}",
            f"[{name}]",
            *_keys(section, skip=("key", "next_page_key")),
        ]
    for name, pipeline in default_pipelines().items():
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
