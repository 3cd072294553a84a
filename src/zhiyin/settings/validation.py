"""What is wrong with settings, told so that it can be mended."""

from __future__ import annotations

import reprlib
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from zhiyin.errors import SettingsError, nearest
from zhiyin.registry import wanted
from zhiyin.settings.section import Part


def explained(error: ValidationError, file: Path, tree: type[BaseModel]) -> SettingsError:
    """Return the first thing that is wrong, and how to mend it.

    Args:
        error: what pydantic found.
        file: where settings are mended.
        tree: the settings that were to be made.
    """
    first = error.errors()[0]
    steps = [str(step) for step in first["loc"]]
    where = ".".join(step or '""' for step in steps)
    if first["type"] == "extra_forbidden":
        model = _model(tree, steps[:-1])
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
        next_step=f"mend it in {file} or in the environment",
    )


def _model(tree: type[BaseModel], steps: list[str]) -> type[BaseModel]:
    """Return the model of the section or part that stands at a place."""
    model: Any = tree
    for step in steps:
        annotation = model.model_fields[step].annotation if step in model.model_fields else model
        arguments = getattr(annotation, "__args__", ())
        model = next((a for a in (annotation, *arguments) if hasattr(a, "model_fields")), model)
    return model  # type: ignore[no-any-return]
