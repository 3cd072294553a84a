"""JSON objects in the one spelling that stands for each, whether they come as text or as structs."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import polars as pl

from zhiyin.store.frames import json_text

_ESCAPED = r'["\\\x00-\x1f]'
# Within these bounds Polars and Python spell a number alike: shortest, without an exponent.
_PLAIN_FROM, _PLAIN_BELOW = 1e-4, 1e16


def canonical(said: pl.Series) -> pl.Series:
    """Return JSON objects spelled as `store.frames.json_text` spells them, without fields that are null.

    Args:
        said: (n,) String of JSON text, or Struct. A Struct's numbers that are not finite say nothing.
    Returns: (n,) String, null where a text is no object.
    Complexity: O(n) for structs of text, numbers and truth values; of what nests, and of text, each distinct value is parsed.

    >>> canonical(pl.Series([{"b": 1.5, "a": "茶"}, {"b": None, "a": None}])).to_list()
    ['{"a":"茶","b":1.5}', '{}']
    >>> canonical(pl.Series(['{ "b": 1, "a": null }', "[1]"])).to_list()
    ['{"b":1}', None]
    """
    if not isinstance(said.dtype, pl.Struct):
        return _each(said, _spelled)
    fields = said.struct.unnest()
    names = sorted(fields.columns)
    if not names:
        return pl.repeat("{}", len(said), eager=True).alias(said.name)
    texts = [_field(fields[name]).alias(str(n)) for n, name in enumerate(names)]
    inside = [pl.lit(f"{json_text(name)}:") + pl.col(str(n)) for n, name in enumerate(names)]
    joined = pl.concat_str(
        [pl.lit("{"), pl.concat_str(inside, separator=",", ignore_nulls=True), pl.lit("}")]
    )
    return pl.DataFrame(texts).select(joined.alias(said.name)).to_series()


def with_field(objects: pl.Series, name: str, value: str, where: pl.Series) -> pl.Series:
    """Return JSON objects of which some have one more field.

    Args:
        objects: (n,) String as `canonical` returns them; null is an empty one.
        name: of the field.
        value: of the field.
        where: (n,) Boolean, which objects get it.

    >>> with_field(pl.Series(['{"a":1}', None]), "b", "x", pl.Series([False, True])).to_list()
    ['{"a":1}', '{"b":"x"}']
    """
    some = objects.fill_null("{}").set(~where, None)
    more = _each(some, lambda text: json_text({**json.loads(text), name: value}))
    return more.zip_with(where, objects).alias(objects.name)


def _field(values: pl.Series) -> pl.Series:
    """Return values as JSON text, null where there is none."""
    dtype = values.dtype
    if dtype == pl.String:
        if not values.str.contains(_ESCAPED).any():
            quote = pl.lit('"')
            return values.to_frame("v").select(pl.concat_str(quote, "v", quote)).to_series()
    elif dtype.is_integer():
        return values.cast(pl.String)
    elif dtype.is_float():
        return _numbers(values)
    wrapped = values.alias("").to_frame().to_struct().struct.json_encode()
    texts = wrapped.str.strip_prefix('{"":').str.head(-1).set(values.is_null(), None)
    return _each(texts, _respelled) if _has_to_be_parsed(dtype) else texts


def _numbers(values: pl.Series) -> pl.Series:
    texts = values.cast(pl.String).set(~values.is_finite(), None)
    size = values.abs()
    is_odd = (size != 0) & ~size.is_between(_PLAIN_FROM, _PLAIN_BELOW, closed="left")
    odd = (is_odd & values.is_finite()).arg_true()
    if len(odd):
        spelled = [repr(float(text)) for text in texts.gather(odd)]
        texts = texts.scatter(odd, pl.Series(spelled, dtype=pl.String))
    return texts


def _has_to_be_parsed(dtype: pl.DataType) -> bool:
    """Return whether Polars' JSON of a type may differ from ours: it does not sort fields, and spells some numbers otherwise."""
    if isinstance(dtype, pl.List | pl.Array):
        inner = dtype.inner
        return _has_to_be_parsed(inner if isinstance(inner, pl.DataType) else inner())
    return isinstance(dtype, pl.Struct) or dtype.is_float()


def _each(said: pl.Series, spelled: Callable[[str], str | None]) -> pl.Series:
    """Return what `spelled` makes of each distinct text."""
    if said.null_count() == len(said):
        return said.cast(pl.String)
    distinct = said.drop_nulls().unique()
    made = pl.Series([spelled(text) for text in distinct], dtype=pl.String)
    return said.replace_strict(distinct, made, default=None, return_dtype=pl.String)


def _spelled(text: str) -> str | None:
    try:
        value = _DECODER.decode(text)
        if not isinstance(value, dict):
            return None
        said = json_text({name: inner for name, inner in value.items() if inner is not None})
        said.encode()
    except (ValueError, RecursionError):
        return None
    return said


def _respelled(text: str) -> str:
    return json_text(_DECODER.decode(text))


def _refused(constant: str) -> Any:
    raise ValueError(constant)


_DECODER = json.JSONDecoder(
    parse_constant=_refused
)  # made once: loads would make one for each text
