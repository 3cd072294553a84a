import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiyin.privacy.consent import COUNTED, HIDDEN, NAMED, is_private, level


@pytest.mark.parametrize(
    ("attributes", "allowed"),
    [
        (None, COUNTED),
        ({}, COUNTED),
        ({"social": None}, COUNTED),
        ({"social": "counted"}, COUNTED),
        ({"social": "named"}, NAMED),
        ({"social": " Hidden "}, HIDDEN),
        ({"social": "nobody"}, HIDDEN),
        ({"social": False}, HIDDEN),
        ({"city": "named"}, COUNTED),
    ],
)
def test_what_a_person_allows(attributes, allowed):
    assert level(attributes) == allowed


def test_only_what_says_so_is_private():
    assert is_private({"visibility": "private"})
    assert is_private({"visibility": "PRIVATE"})
    assert not any(map(is_private, [None, {}, {"visibility": "public"}, {"private": "visibility"}]))


@given(st.dictionaries(st.text(), st.text() | st.none() | st.booleans() | st.lists(st.integers())))
def test_nobody_is_named_without_having_said_so(attributes):
    if str(attributes.get("social")).strip().lower() != "named":
        assert level(attributes) < NAMED
