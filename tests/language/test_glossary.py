"""A shop's own words: kept beside what was learned, and found anew only when it is time."""

import json

import pytest

from zhiyin.core.records import Item, Post
from zhiyin.language import glossary
from zhiyin.language.glossary import Glossary, found
from zhiyin.store.frames import frame
from zhiyin.store.store import Store

SAID = [
    f"{front}花西子{goods}不错" for front in "红黄蓝白黑绿" for goods in ("口红", "蜜粉", "眉笔")
]


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "shop.db") as store:
        store.write("items", frame([Item("k", title="花西子口红", category="彩妆")]))
        store.write("posts", frame([Post(f"p{n}", "an", "k", text=t) for n, t in enumerate(SAID)]))
        yield store


def test_what_was_found_is_kept(store, tmp_path):
    path = tmp_path / "new" / "glossary.json"
    first = found(store, {})
    assert "花西子" in first.words
    first.write(path)
    assert Glossary.read(path) == first
    assert not first.is_old(store)


@pytest.mark.parametrize(
    "content", [None, b"", b"{", b"[]", b'{"words": 3}', b'{"a": []}', b"\xff"]
)
def test_a_file_that_cannot_be_read_is_none(tmp_path, content):
    path = tmp_path / "glossary.json"
    if content is not None:
        path.write_bytes(content)
    assert Glossary.read(path) == Glossary()


def test_it_is_old_when_a_twentieth_of_the_catalogue_changed_or_there_are_many_more_posts(store):
    now = found(store, {})
    few, many = ([Post(f"{n}-{k}", text=f"{n} {k}") for k in range(n)] for n in (2, 20))
    store.write("posts", frame(few))
    assert not now.is_old(store)
    store.write("posts", frame(many))
    assert now.is_old(store)
    now = found(store, {})
    assert not now.is_old(store)
    store.write("items", frame([Item(f"i{n}", title="眉笔") for n in range(59)]))
    assert now.is_old(store)
    now = found(store, {})
    store.write("items", frame([Item(f"j{n}", title="口红") for n in range(3)]))
    assert not now.is_old(store)
    store.write("items", frame([Item("i1", title="睫毛膏")]))
    assert now.is_old(store)


def test_a_shop_without_anything_has_no_words(tmp_path):
    with Store.open(tmp_path / "none.db") as store:
        assert not Glossary().is_old(store)
        assert found(store, {}).notes() == []


def test_of_many_posts_some_are_read_and_copies_count_once(store, monkeypatch):
    copies = [Post(f"c{n}", text="蓝精灵好") for n in range(50)]
    store.write("posts", frame(copies))
    assert "蓝精灵" not in "".join(found(store, {}).words)
    monkeypatch.setattr(glossary, "_MOST", 1)
    assert found(store, {}).words == ()


def test_the_file_is_for_people_too(store, tmp_path):
    found(store, {}).write(tmp_path / "glossary.json")
    told = json.loads((tmp_path / "glossary.json").read_text("utf-8"))
    assert set(told) == {"words", "aspects", "revision", "posts"}
    assert "花西子" in (tmp_path / "glossary.json").read_text("utf-8")
