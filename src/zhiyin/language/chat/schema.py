"""JSON schemas of answers in the plain form that models keep, and as grammars that leave them no choice."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from zhiyin.errors import SettingsError

MOST_CHARACTERS = 64
MOST_ELEMENTS = 8
"""The most that a grammar allows where the schema sets no bound, so that every answer ends."""

_KEPT = ("type", "enum", "const", "maxLength", "minItems", "maxItems")
_RULES = {
    "letter": r'[^"\\\x00-\x1f\x7f] | "\\\""',
    "integer": r'"-"? [0-9]{1,12}',
    "number": r'"-"? [0-9]{1,12} ("." [0-9]{1,6})?',
    "boolean": '"true" | "false"',
    "null": '"null"',
}


def plain_schema(kind: type[BaseModel]) -> dict[str, Any]:
    """Return the JSON schema of a pydantic type with references resolved, every property required and no other allowed.

    Understood are objects, strings, enumerations, numbers, booleans, null, arrays of these and any of these.

    Raises: SettingsError for a type that has a part of another kind.

    >>> class Price(BaseModel):
    ...     amount: float
    ...     currency: str = "CNY"
    >>> plain_schema(Price)["required"]
    ['amount', 'currency']
    """
    whole = kind.model_json_schema()
    return _plain(whole, whole.get("$defs", {}), kind.__name__)


def _plain(part: Mapping[str, Any], definitions: Mapping[str, Any], where: str) -> dict[str, Any]:
    if "$ref" in part:
        name = part["$ref"].rpartition("/")[2]
        rest = {key: one for key, one in definitions.items() if key != name}  # no recursion
        return _plain(definitions[name], rest, where) if name in definitions else _no(part, where)
    if "anyOf" in part:
        return {"anyOf": [_plain(one, definitions, where) for one in part["anyOf"]]}
    plain = {key: part[key] for key in _KEPT if key in part}
    if "properties" in part:
        fields = {
            name: _plain(one, definitions, f"{where}.{name}")
            for name, one in part["properties"].items()
        }
        return plain | {
            "properties": fields,
            "required": list(fields),
            "additionalProperties": False,
        }
    if plain.get("type") == "array":
        return plain | {"items": _plain(part.get("items", {}), definitions, where)}
    if plain.get("type") in ("string", "integer", "number", "boolean", "null") or "enum" in plain:
        return plain
    return _no(part, where)


def _no(part: Mapping[str, Any], where: str) -> dict[str, Any]:
    raise SettingsError(
        f"a model cannot be held to {json.dumps(part)[:80]}",
        where=where,
        expected="objects of named fields, strings, numbers, booleans, enumerations or lists of these",
        next_step="change the type of the answer",
    )


def grammar(schema: Mapping[str, Any]) -> str:
    r"""Return the GBNF grammar of the JSON documents that fit a schema, written without any space.

    Every string and list is bounded, so an answer always ends: by the schema, else by `MOST_CHARACTERS` and
    `MOST_ELEMENTS`. Fields come in the order of the schema.

    Args:
        schema: by `plain_schema`.

    >>> print(grammar({"enum": ["rain", "sun"]}))
    root ::= ("\"rain\"" | "\"sun\"")
    """
    rules = {"root": _expression(schema)}
    written = rules["root"]
    rules |= {name: rule for name, rule in _RULES.items() if name in written}
    return "\n".join(f"{name} ::= {rule}" for name, rule in rules.items())


def _expression(schema: Mapping[str, Any]) -> str:
    if "anyOf" in schema:
        return _either([_expression(one) for one in schema["anyOf"]])
    if "const" in schema:
        return _json_literal(schema["const"])
    if "enum" in schema:
        return _either([_json_literal(one) for one in schema["enum"]])
    if schema["type"] == "string":
        return rf'"\"" letter{{0,{schema.get("maxLength", MOST_CHARACTERS)}}} "\""'
    if schema["type"] == "array":
        one = _expression(schema["items"])
        least, most = schema.get("minItems", 0), schema.get("maxItems", MOST_ELEMENTS)
        several = f'({one}) ("," ({one})){{{max(least - 1, 0)},{most - 1}}}'
        return f'"[" {several if least else f"({several})?"} "]"'
    if schema["type"] == "object":
        fields = [
            f"{_literal(f'{json.dumps(name)}:')} {_expression(one)}"
            for name, one in schema["properties"].items()
        ]
        return ' "{" ' + ' "," '.join(fields) + ' "}" '
    return str(schema["type"])


def _either(expressions: Sequence[str]) -> str:
    return f"({' | '.join(expressions)})"


def _json_literal(value: object) -> str:
    return _literal(json.dumps(value, ensure_ascii=False))


def _literal(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
