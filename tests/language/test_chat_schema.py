"""Schemas in their plain form, and grammars that let through the JSON that fits and nothing else."""

import json
import re
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, Field

from zhiyin.errors import SettingsError
from zhiyin.language import answers
from zhiyin.language.chat.schema import MOST_CHARACTERS, grammar, plain_schema


class Size(BaseModel):
    name: Literal["S", "M\"'"]
    cm: float | None = None


class Shirt(BaseModel):
    brand: str = Field(max_length=5)
    sizes: list[Size] = Field(max_length=2)
    colours: list[str] = Field(min_length=1, max_length=2)
    stock: int = 0
    is_new: bool


def pattern(gbnf):
    """Return the regular expression of a grammar without recursion."""
    rules = dict(line.split(" ::= ", 1) for line in gbnf.splitlines())
    token = re.compile(r'"(?:\\.|[^"\\])*"|\[(?:\\.|[^\]\\])*\]|\{[\d,]+\}|[a-z]+|[()|?]| +')

    def expanded(expression):
        parts = []
        for part in token.findall(expression):
            if part[0] == '"':
                literal = re.sub(r"\\(.)", r"\1", part[1:-1])
                parts.append(f"(?:{re.escape(literal)})")
            elif part.isalpha():
                parts.append(f"(?:{expanded(rules[part])})")
            elif part.strip():
                parts.append("(?:" if part == "(" else part)
        return "".join(parts)

    return re.compile(expanded(rules["root"]), re.DOTALL)


def test_references_are_resolved_and_every_field_is_required():
    schema = plain_schema(Shirt)
    assert schema["required"] == ["brand", "sizes", "colours", "stock", "is_new"]
    size = schema["properties"]["sizes"]["items"]
    assert size["additionalProperties"] is False
    assert size["properties"]["name"]["enum"] == ["S", "M\"'"]
    assert size["properties"]["cm"] == {"anyOf": [{"type": "number"}, {"type": "null"}]}
    assert "title" not in json.dumps(schema)
    assert "$" not in json.dumps(schema)


class Tree(BaseModel):
    below: list["Tree"]


class Loose(BaseModel):
    anything: dict[str, int]


@pytest.mark.parametrize("kind", [Tree, Loose])
def test_what_no_grammar_can_hold_is_refused(kind):
    with pytest.raises(SettingsError, match="cannot be held to"):
        plain_schema(kind)


def test_a_grammar_is_compact_and_in_the_order_of_the_schema():
    said = {"brand": "茶", "sizes": [], "colours": ["red"], "stock": -3, "is_new": True}
    fits = pattern(grammar(plain_schema(Shirt)))
    assert fits.fullmatch(json.dumps(said, separators=(",", ":"), ensure_ascii=False))
    assert not fits.fullmatch(json.dumps(said, ensure_ascii=False))
    assert not fits.fullmatch(json.dumps(dict(reversed(said.items())), separators=(",", ":")))
    for wrong in (
        {"brand": "longer"},
        {"colours": []},
        {"colours": ["a", "b", "c"]},
        {"stock": 1.5},
        {"is_new": None},
        {"sizes": [{"name": "XL", "cm": 1}]},
        {"more": 1},
    ):
        assert not fits.fullmatch(json.dumps(said | wrong, separators=(",", ":")))


@settings(deadline=None, max_examples=25)
@given(
    st.builds(
        Shirt,
        brand=st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=5),
        sizes=st.lists(
            st.builds(
                Size,
                name=st.sampled_from(["S", "M\"'"]),
                cm=st.none() | st.integers(-999, 999).map(lambda n: n / 4),
            ),
            max_size=2,
        ),
        colours=st.lists(st.text('ab" 红', max_size=9), min_size=1, max_size=2),
        stock=st.integers(-999, 999),
    )
)
def test_everything_that_a_type_holds_can_be_written(shirt):
    written = json.dumps(shirt.model_dump(), ensure_ascii=False, separators=(",", ":"))
    fits = bool(pattern(grammar(plain_schema(Shirt))).fullmatch(written))
    assert fits is ("\\" not in shirt.brand)  # a backslash is the one sign that models do without


def test_texts_are_bounded_where_the_schema_does_not_say():
    fits = pattern(grammar({"type": "string"}))
    assert fits.fullmatch('"' + "a" * MOST_CHARACTERS + '"')
    assert not fits.fullmatch('"' + "a" * (MOST_CHARACTERS + 1) + '"')
    for broken in ('"a\nb"', '"a"b"', '"a\\b"', '"\x00"'):
        assert not fits.fullmatch(broken)


@pytest.mark.parametrize("kind", answers.Answer.__subclasses__())
def test_every_answer_of_the_house_has_a_grammar(kind):
    assert re.match(r"root ::= +\"\{\"", grammar(plain_schema(kind)))
