"""Who hides stays hidden when the shop sends its people again without a word of it."""

import json

import pytest

from zhiyin.core import Kind
from zhiyin.core.records import Item, Person
from zhiyin.privacy.consent import COUNTED, HIDDEN, NAMED, level
from zhiyin.store.frames import frame
from zhiyin.store.store import Store


def attributes(store, user="an"):
    return store.entity(Kind.PERSON, user)["attributes"]


@pytest.mark.parametrize("city", ["杭州", "social"])
def test_consent_outlasts_attributes_that_do_not_speak_of_it(store_url, city):
    with Store.open(store_url) as store:
        store.write(
            "users", frame([Person("an", attributes={"social": "hidden", "age": 30}), Person("bo")])
        )
        again = frame(
            [Person("an", attributes={"city": city}), Person("bo", attributes={"city": "x"})]
        )
        assert store.write("users", again).accepted == {"users": 2}
        assert attributes(store) == {"city": city, "social": "hidden"}
        assert attributes(store, "bo") == {"city": "x"}
        assert store.write("users", again).duplicates == 2


@pytest.mark.parametrize(
    ("said", "then"), [("named", NAMED), ("counted", COUNTED), ("hidden", HIDDEN)]
)
def test_a_new_word_counts(store_url, said, then):
    with Store.open(store_url) as store:
        for word in ("hidden", said):
            store.write("users", frame([Person("an", attributes={"social": word})]))
        assert level(attributes(store)) == then


def test_a_word_in_another_attribute_is_no_consent(store_url):
    with Store.open(store_url) as store:
        store.write("users", frame([Person("an", attributes={"social": "hidden"})]))
        store.write("users", frame([Person("an", attributes={"likes": {"social": "named"}})]))
        assert attributes(store)["social"] == "hidden"


def test_goods_have_no_consent(store_url):
    with Store.open(store_url) as store:
        for told in ({"social": "yes"}, {"size": "L"}):
            store.write("items", frame([Item("an", attributes=told)]))
        assert json.dumps(store.entity(Kind.ITEM, "an")["attributes"]) == '{"size": "L"}'
