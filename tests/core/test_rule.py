"""A rule is whole, or it is refused with the field that is wrong."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiyin.core.rule import RULE_KINDS, Rule, of_ids
from zhiyin.errors import InvalidRecord
from zhiyin.portraits.selection import Selection

NOW = datetime(2026, 11, 23, tzinfo=UTC)
FIGURES = {"pin": {"place": 1}, "boost": {"strength": 0.5}, "expose": {"share": 0.1}}


@pytest.mark.parametrize("kind", RULE_KINDS)
def test_each_kind_takes_its_own_figure_and_no_other(kind):
    figures = FIGURES.get(kind, {})
    assert Rule(kind, 'id = "a"', **figures).kind == kind
    if figures:
        with pytest.raises(InvalidRecord, match="needs it"):
            Rule(kind, 'id = "a"')
    for other in ("place", "strength", "share"):
        if other not in figures:
            with pytest.raises(InvalidRecord, match=f"{other}: {kind} has none"):
                Rule(kind, 'id = "a"', **{**figures, other: 1})


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"kind": "exclud"}, "kind"),
        ({"where": " "}, "where"),
        ({"where": "a\0b"}, "where"),
        ({"where": "x" * 10_001}, "where"),
        ({"note": "\ud800"}, "note"),
        ({"surfaces": ("ho\0me",)}, "surfaces"),
        ({"place": 0}, "place"),
        ({"place": True}, "place"),
        ({"place": 1.5}, "place"),
        ({"place": 1001}, "place"),
        ({"kind": "boost", "place": None, "strength": 0.0}, "strength"),
        ({"kind": "boost", "place": None, "strength": float("nan")}, "strength"),
        ({"kind": "expose", "place": None, "share": 1.1}, "share"),
        ({"valid_from": datetime(2026, 1, 1)}, "valid_from"),
        ({"valid_until": datetime.min.replace(tzinfo=timezone(timedelta(hours=8)))}, "valid_until"),
        ({"valid_from": NOW, "valid_until": NOW}, "valid_until"),
    ],
)
def test_what_cannot_be_is_refused(changed, where):
    fields = {"kind": "pin", "where": 'id = "a"', "place": 1, **changed}
    with pytest.raises(InvalidRecord) as caught:
        Rule(**fields)
    assert caught.value.where == f"rule, {where}"
    assert caught.value.expected
    assert caught.value.next_step


def test_a_kind_that_is_not_known_gets_a_guess():
    with pytest.raises(InvalidRecord, match='did you mean "exclude"'):
        Rule("exclud", 'id = "a"')


def test_it_is_for_the_surfaces_it_names_or_for_all():
    everywhere, home = Rule("bury", "stock < 3"), Rule("bury", "stock < 3", ("home",))
    assert [everywhere.is_for("home"), home.is_for("home"), home.is_for("feed")] == [
        True,
        True,
        False,
    ]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=5))
def test_ids_of_any_signs_are_named_as_they_are(ids):
    [comparison] = Selection(of_ids(*ids)).comparisons
    assert comparison.values == tuple(ids)
