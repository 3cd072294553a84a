from __future__ import annotations

import polars as pl
import pytest

from zhiyin.ingest.checking import checked
from zhiyin.store.frames import required


def reason(kind, **fields):
    """Why a row with these fields and otherwise good ones cannot be taken."""
    row = {**dict.fromkeys(required(kind), "x"), **fields}
    return checked(kind, pl.DataFrame({name: [value] for name, value in row.items()}))[1][0]


LONG = 1_000_000


@pytest.mark.parametrize(
    ("kind", "fields", "why"),
    [
        ("events", {"type": "purchase", "value": 0}, "value: 0 is no quantity (above 0, below 1,000,000)"),
        ("events", {"type": "购买", "value": "-1"}, "value: -1 is no quantity (above 0, below 1,000,000)"),
        ("events", {"type": "add_to_cart", "value": 10**6}, "value: 1000000 is no quantity (above 0, below 1,000,000)"),
        ("events", {"type": "rating", "value": -10.5}, "value: -10.5 is no rating (-10 to 100)"),
        ("events", {"type": "rate", "value": 101}, "value: 101 is no rating (-10 to 100)"),
        ("posts", {"text": "x", "rating": "1000"}, "rating: 1000 is more than 100"),
        ("posts", {"text": "x", "rating": "-11"}, "rating: -11 is less than -10"),
        ("posts", {"text": "x", "language": "Chinese!"}, "language: Chinese! is not a language's tag, such as zh, en or pt-BR"),
        ("posts", {"text": "x" * (LONG + 1)}, f"text: {'x' * 40}… is longer than 1,000,000 characters"),
        ("ties", {"strength": "-1.5"}, "strength: -1.5 is less than -1"),
        ("ties", {"strength": "inf"}, "strength: inf is not a number"),
        ("facts", {"confidence": 1.5}, "confidence: 1.5 is more than 1"),
        ("facts", {"confidence": "-0.1"}, "confidence: -0.1 is negative"),
        ("items", {"price_minor": 10**12 + 1}, "price_minor: 1000000000001 is more than 1,000,000,000,000"),
        ("items", {"price": 10.0**10 + 1}, "price: 10000000001.0 is too much"),
        ("items", {"stock": 10**9 + 1}, "stock: 1000000001 is more than 1,000,000,000"),
        ("items", {"currency": "yuan"}, "currency: yuan is not a currency's three letters, such as CNY"),
        ("items", {"currency": "元"}, "currency: 元 is not a currency's three letters, such as CNY"),
        ("items", {"attributes": [{"a": "x" * LONG}]}, None),
    ],
)  # fmt: skip
def test_what_cannot_be_is_rejected(kind, fields, why):
    if why is None:
        long = pl.DataFrame({"id": ["x"], "attributes": fields["attributes"]})
        assert "is longer than 1,000,000 characters" in checked(kind, long)[1][0]
    else:
        assert reason(kind, **fields) == why


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("events", {"type": "purchase", "value": None}),
        ("events", {"type": "purchase", "value": 999_999}),
        ("events", {"type": "cart", "value": 0.25}),
        ("events", {"type": "view", "value": 0}),
        ("events", {"type": "play", "value": 5_000_000}),
        ("events", {"type": "interaction", "value": -3}),
        ("events", {"value": 0}),
        *(("events", {"type": "rating", "value": value}) for value in (-10, -1, 0, 5, 10, 100)),
        ("posts", {"text": "x" * LONG, "rating": 0}),
        *(("posts", {"text": "x", "language": tag}) for tag in ("zh", "en", "pt-BR", "zh_CN", "zh-Hans-CN")),
        ("ties", {"strength": -1}),
        ("ties", {"strength": 10**6}),
        ("facts", {"confidence": 0}),
        ("facts", {"confidence": 1}),
        ("items", {"price_minor": 10**12, "stock": 10**9, "currency": "cny"}),
    ],
)  # fmt: skip
def test_what_is_rare_is_taken(kind, fields):
    assert reason(kind, **fields) is None


def test_an_id_too_long_for_an_index_loses_its_own_row_only():
    rows = pl.DataFrame({"user": ["an", "bo", "cy"], "item": ["茶", "绿" * 400, '{"id": 1}']})
    _, reasons = checked("events", rows.with_columns(type=pl.lit("view")))
    assert reasons[0] is None
    assert "longer than 1,000 bytes" in reasons[1]
    assert "no id" in reasons[2]
