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


@pytest.mark.parametrize(
    "said", ["private", "PRIVATE", "only me", "仅自己可见", "friends", True, ""]
)
def test_what_is_for_fewer_than_everybody_is_private(said):
    assert is_private({"visibility": said})


def test_what_says_nothing_of_it_is_public():
    assert not any(
        map(
            is_private,
            [None, {}, {"visibility": "public"}, {"visibility": None}, {"private": "visibility"}],
        )
    )


@given(st.dictionaries(st.text(), st.text() | st.none() | st.booleans() | st.lists(st.integers())))
def test_nobody_is_named_without_having_said_so(attributes):
    if str(attributes.get("social")).strip().lower() != "named":
        assert level(attributes) < NAMED
