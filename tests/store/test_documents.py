"""Documents are kept in versions: what was told is never overwritten, and what was removed holds no longer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from zhiyin.core.records import Document, Post
from zhiyin.errors import UnknownEntity
from zhiyin.store.frames import frame
from zhiyin.store.store import Store

JUNE = datetime(2026, 6, 1, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "shop.db") as opened:
        yield opened


def tell(store: Store, *documents: Document) -> int:
    return store.write("documents", frame(list(documents))).accepted.get("documents", 0)


def standing(store: Store) -> list[tuple[str, str | None]]:
    return [(one.document.text, one.document.version) for one in store.documents.standing()]


def test_a_text_told_anew_takes_the_place_of_the_old_one(store: Store) -> None:
    assert tell(store, Document("Q?", "A", "q")) == 1
    assert tell(store, Document("Q?", "B", "q")) == 1
    assert standing(store) == [("B", "2")]
    assert tell(store, Document("Q?", "A", "q")) == 1, "going back is a change, too"
    assert standing(store) == [("A", "3")]


def test_saying_it_again_is_no_change(store: Store) -> None:
    document = Document("Q?", "A", "q", "policy", "en", "v7", JUNE, None, "a.md")
    assert tell(store, document) == 1
    at = store.documents.revision()
    assert tell(store, document, document) == 0
    assert tell(store, Document("Q?", "A", "q", "policy", "en", None, JUNE, None, "a.md")) == 0
    assert store.documents.revision() == at


def test_other_dates_and_other_languages_stand_beside(store: Store) -> None:
    tell(store, Document("Q?", "old", "q", language="en"))
    tell(store, Document("Q?", "new", "q", language="en", valid_from=JUNE))
    tell(store, Document("问？", "旧", "q", language="zh"))
    assert standing(store) == [("old", "1"), ("new", "2"), ("旧", "1")]


def test_one_without_an_id_is_known_by_its_question(store: Store) -> None:
    tell(store, Document("Q?", "A"))
    tell(store, Document("Q?", "B"))
    assert standing(store) == [("B", "2")]


def test_what_is_removed_holds_no_longer_until_told_again(store: Store) -> None:
    tell(store, Document("Q?", "A", "q"), Document("问？", "答", "q", language="zh"))
    tell(store, Document("R?", "C", "r"))
    at = store.documents.revision()
    assert store.documents.remove("q") == 2
    assert standing(store) == [("C", "1")]
    assert store.documents.revision() > at
    with pytest.raises(UnknownEntity, match="no document has the id q"):
        store.documents.remove("q")
    assert tell(store, Document("Q?", "A", "q")) == 1
    assert standing(store) == [("C", "1"), ("A", "2")]


def test_the_shop_s_own_entries_among_posts_are_read(store: Store) -> None:
    posts = [
        Post("f1", kind="faq", title="Q?", text="A", language="en"),
        Post("f2", "an", kind="faq", title="mine?", text="what somebody wrote"),
        Post("f3", None, "tea", kind="faq", title="hot?", text="about an item"),
        Post("r1", kind="review", title="Q?", text="no entry"),
    ]
    store.write("posts", frame(posts))
    [(at, entry)] = store.documents.entries()
    assert (entry.id, entry.title, entry.text, entry.kind) == ("post:f1", "Q?", "A", "faq")
    assert store.documents.entries(at) == []
