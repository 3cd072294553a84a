"""The API's reference as one plain page: no script and nothing loaded from elsewhere, so it works offline."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

_STYLE = """
body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;color:#222;background:#fff}
code,pre{font:14px/1.45 ui-monospace,monospace;background:#f4f4f2}pre{padding:.8rem;overflow:auto}
table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;padding:.3rem .8rem .3rem 0}
tr{border-top:1px solid #ddd}h2{margin-top:2.5rem}
@media(prefers-color-scheme:dark){body{color:#ddd;background:#161616}code,pre{background:#242424}a{color:#8bf}}
"""


def reference_page(document: Mapping[str, Any]) -> str:
    """Return an OpenAPI document as HTML for people."""
    title = escape(document["info"]["title"])
    parts = [
        f"<!doctype html><html lang=en><meta charset=utf-8><title>{title}: API</title>",
        "<meta name=viewport content='width=device-width'>",
        f"<style>{_STYLE}</style><h1>{title}: API {escape(document['info']['version'])}</h1>",
        f"<p>{escape(document['info']['description'])}</p>",
        "<p>For programs: <a href=openapi.json>openapi.json</a>, which any OpenAPI viewer reads.",
    ]
    parts += [
        f"<p>Every path stands under <code>{escape(server['url'])}</code>."
        for server in document.get("servers", ())
    ]
    schemas = document["components"]["schemas"]
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            parts += _operation(f"{method.upper()} {path}", operation, schemas)
    return "\n".join(parts)


def _operation(
    name: str, operation: Mapping[str, Any], schemas: Mapping[str, Any]
) -> Iterator[str]:
    yield f"<h2><code>{escape(name)}</code></h2><p>{escape(operation['description'])}</p>"
    rows = [
        (one["name"], one["in"], one.get("description") or one["schema"].get("description", ""))
        for one in operation.get("parameters", [])
    ]
    if rows:
        yield _table(rows)
    for content in operation.get("requestBody", {}).get("content", {}).values():
        for example in content.get("examples", {}).values():
            yield f"<p>{escape(example['summary'])}:{_code(example['value'])}"
        fields = _record(content["schema"], schemas).get("properties", {})
        yield _table(
            [(name, "body", field.get("description", "")) for name, field in fields.items()]
        )
    yield _table(
        [(status, "answer", said["description"]) for status, said in operation["responses"].items()]
    )
    for content in operation["responses"]["200"]["content"].values():
        for example in _record(content["schema"], schemas).get("examples", []):
            yield f"<p>Answers:{_code(example)}"


def _record(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the schema of what a body holds one of, or a list of."""
    if "$ref" in schema:
        return _record(schemas[schema["$ref"].rpartition("/")[2]], schemas)
    forms = schema.get("oneOf", [])
    inner = forms[0] if forms else schema.get("items")
    return _record(inner, schemas) if inner else schema


def _table(rows: list[tuple[str, str, str]]) -> str:
    lines = [
        f"<tr><td><code>{escape(name)}</code><td>{kind}<td>{escape(about)}"
        for name, kind, about in rows
    ]
    return "<table>" + "".join(lines) + "</table>"


def _code(value: object) -> str:
    return f"<pre>{escape(json.dumps(value, ensure_ascii=False, indent=1))}</pre>"
