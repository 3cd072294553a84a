"""What people keep private is in the store and not in what all learn from, on both databases and by every way of reading."""

import polars as pl
import pytest

from zhiyin.core.records import Event
from zhiyin.privacy.consent import is_private
from zhiyin.store import reads
from zhiyin.store.frames import frame
from zhiyin.store.store import Store

CONTEXTS = [
    {}, {"visibility": "private"}, {"weather": "rain"}, {"visibility": " Private "}, {"visibility": "friends"},
    {"visibility": None}, {"place": "a private view"}, {"a": 1, "visibility": "private", "z": "茶"}, {"visibility": "public"},
    {"visibility": "仅自己可见"}, {"visibility": True}, {"note": '"visibility":"public"', "visibility": "me"}, {"visibility": "Public"},
    {"a": {"visibility": "me"}},
]  # fmt: skip
NESTED = {
    "a": {"visibility": "me"}
}  # what the database cannot tell from the word itself is left out
EVENTS = [Event("an", f"i{n}", context=context) for n, context in enumerate(CONTEXTS)]


@pytest.mark.parametrize("is_long", [False, True])
@pytest.mark.parametrize("chunk_rows", [2, 100])
def test_private_events_are_left_out_where_asked(store_url, monkeypatch, is_long, chunk_rows):
    if is_long:
        monkeypatch.setattr(reads, "_LONG", 1)
        monkeypatch.setattr(reads, "_LEAST", 1)
    with Store.open(store_url) as store:
        store.write("events", frame(EVENTS))
        whole = pl.concat(store.events(chunk_rows))
        assert whole.height == len(EVENTS)
        shared = pl.concat(store.events(chunk_rows, private=False))
        kept = [not is_private(context) and context != NESTED for context in CONTEXTS]
        assert shared.equals(whole.filter(pl.Series(kept)))
        assert list(store.events(chunk_rows, after=len(EVENTS), private=False)) == []


def test_where_all_is_private_nothing_is_left(store_url):
    with Store.open(store_url) as store:
        store.write("events", frame([Event("an", "tea", context={"visibility": "private"})]))
        assert list(store.events(private=False)) == []
