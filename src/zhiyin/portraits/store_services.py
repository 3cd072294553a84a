"""What stages may ask the store for themselves, by name."""

from __future__ import annotations

from functools import partial
from typing import Any

from zhiyin.core import Kind
from zhiyin.portraits.discreet import Discreet
from zhiyin.portraits.own_words import OwnWords
from zhiyin.portraits.places import Places
from zhiyin.portraits.shelf import Shelf
from zhiyin.store.store import Store


def store_services(store: Store) -> dict[str, Any]:
    """Return services that need no training: what people did, are tied to, are and wrote, and items by place and by word."""
    return {
        "history": store.history,
        "friends": store.friends,
        "doings": Discreet(store),
        "attributes": store.people.attributes,
        "person_facts": partial(store.mined.of, Kind.PERSON),
        "places": Places(store),
        "shelf": Shelf(store),
        "own_words": OwnWords(store),
    }
