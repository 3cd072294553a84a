"""Parameters that a route does not know are refused: one that is mistyped would be passed over without a word."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi import Request
from fastapi.dependencies.models import Dependant
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel


async def known_parameters(request: Request) -> None:
    """Refuse a request that has a parameter of another name.

    Raises:
        RequestValidationError: as where a model of parameters forbids others.
    """
    given = request.query_params
    if not given:
        return
    known = frozenset(_names(request.scope["route"].dependant))
    complaints = [
        {"type": "extra_forbidden", "loc": ("query", name), "msg": "Extra inputs are not permitted"}
        for name in given
        if name not in known
    ]
    if complaints:
        raise RequestValidationError(complaints)


def _names(dependant: Dependant) -> Iterator[str]:
    for field in dependant.query_params:
        said = field.field_info.annotation
        if isinstance(said, type) and issubclass(said, BaseModel):
            yield from (one.alias or name for name, one in said.model_fields.items())
        else:
            yield field.alias
    for one in dependant.dependencies:
        yield from _names(one)
