"""What a shop runs on, as JSON: pipelines, snapshots, what was learned and read when, settings without secrets, parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, SecretStr

from zhiyin import __version__
from zhiyin.apps.iso_times import iso
from zhiyin.core import Kind
from zhiyin.core.times import from_us
from zhiyin.errors import StoreError
from zhiyin.settings import Part, PipelineSettings, Settings

if TYPE_CHECKING:
    from zhiyin.shop import Shop

_HIDDEN = ("home", "store.url", "privacy.key_file")
"""Where something is on the server's disk or in its network: for its own people alone."""
_SECRET = ("key", "secret", "token", "password", "url")


def system_document(shop: Shop) -> dict[str, Any]:
    """Return what a shop runs on."""
    from zhiyin.shop import FAMILIES, parts

    snapshots = list(_snapshots(shop))
    return {
        "version": __version__,
        "snapshot": shop.version,
        "pipelines": [_pipeline(name, made) for name, made in shop.settings.pipelines.items()],
        "snapshots": snapshots[::-1],
        "jobs": _jobs(shop),
        "holds": {
            **{f"{kind.name.lower()}s": shop.store.count(kind) for kind in Kind},
            **{f"{name}_bytes": size for name, size in shop.telemetry.sizes().items()},
        },
        "settings": list(_settings(shop.settings, Settings.model_construct())),
        "parts": [
            {"family": one.family, "name": one.name, "summary": one.summary, "options": list(one.options)}
            for family in FAMILIES for one in parts(family)
        ],
    }  # fmt: skip


def _pipeline(surface: str, made: PipelineSettings) -> dict[str, Any]:
    families = [name for name, value in made if isinstance(value, list)]
    return {
        "surface": surface,
        "budget_ms": made.budget_ms,
        "candidates_per_source": made.candidates_per_source,
        "stages": [
            {
                "family": family,
                "parts": [
                    {"name": part.type, "options": _plain(family, part.options)}
                    for part in getattr(made, family)
                ],
            }
            for family in families
        ],
    }


def _snapshots(shop: Shop) -> Iterator[dict[str, Any]]:
    current = None
    with suppress(StoreError):  # who goes back to a snapshot mends the pointer
        current = shop.snapshots.current()
    for version in shop.snapshots.versions():
        told: dict[str, Any] = {
            "version": version,
            "is_current": version == current,
            "is_served": version == shop.version,
        }
        try:
            known = shop.snapshots.published(version)
        except StoreError as error:
            unknown = {"created": None, "bytes": None, "training_s": None}
            yield {**told, **unknown, "problem": error.what}
            continue
        yield {
            **told,
            "created": iso(known.created),
            "bytes": known.size,
            "training_s": known.manifest.get("training", {}).get("seconds"),
            "problem": None,
        }


def _jobs(shop: Shop) -> dict[str, Any]:
    training = shop.telemetry.training()
    trained = None
    if training is not None:
        trained = {
            "began": iso(from_us(training.began_us)),
            "seconds": training.seconds,
            "events_since": training.events_since,
        }
    return {
        "training": trained,
        "reading": {"was_read": shop.texts.was_read(), "is_behind": shop.texts.is_behind()},
        "impressions_waiting": shop.telemetry.impressions_waiting,
        "impressions_dropped": shop.telemetry.impressions_dropped,
        "store_failures": shop.telemetry.store_failures,
    }


def _settings(now: BaseModel, default: BaseModel, before: str = "") -> Iterator[dict[str, Any]]:
    for name, field in type(now).model_fields.items():
        key = f"{before}{name}"
        value, usual = getattr(now, name), getattr(default, name)
        if key == "pipelines":
            continue  # drawn by themselves
        if isinstance(value, BaseModel) and not isinstance(value, Part):
            yield from _settings(value, usual, f"{key}.")
            continue
        is_hidden = key in _HIDDEN or isinstance(value, SecretStr)
        yield {
            "key": key,
            "value": ("***" if value else None) if is_hidden else _plain(name, value),
            "is_default": value == usual,
            "meaning": field.description or "",
        }


def _plain(name: str, value: Any) -> Any:
    """Return a value as JSON, without what its name says is secret."""
    if isinstance(value, BaseModel):
        return _plain(name, value.model_dump())
    if isinstance(value, Mapping):
        return {str(key): _plain(str(key), inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(name, inner) for inner in value]
    is_secret = isinstance(value, str) and any(word in name.casefold() for word in _SECRET)
    return "***" if is_secret and value else value
