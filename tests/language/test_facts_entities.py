"""Names linked to what the shop has, and what was done with the works they name."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.language.facts_shop import SHOP, said
from zhiyin.core.records import Item
from zhiyin.language.facts.entities import read_entities
from zhiyin.language.facts.gazetteer import Entity, Gazetteer


def test_a_film_is_linked_with_its_goods():
    film = SHOP.find("流浪地球")
    assert (film.kind, film.items) == ("film", ("truck", "shirt"))
    assert SHOP.find("流浪地球2") is film
    assert SHOP.find("STAR  FERRY").items == ("ferry-kit",)
    assert SHOP.find("刘慈欣") == Entity("creator", "刘慈欣", ("three-body",))
    assert SHOP.find("流浪") is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("看了《流浪地球》，感觉非常震撼", ["film 流浪地球", "seen 流浪地球"]),
        ("没看过《流浪地球》", ["film 流浪地球"]),
        ("《流浪地球》好看吗", ["film 流浪地球"]),
        ("想看《沙丘》", ["film 沙丘", "intent see 沙丘"]),
        ("不想看《沙丘》", ["film 沙丘"]),
        ("读完《活着》", ["book 活着", "read 活着"]),
        ("《某某》", ["title 某某"]),
        ("看完“星渡”就哭了", ["film 星渡", "seen 星渡"]),
        ("挂着“五星宾馆”的牌子", []),
        ("流浪地球真好看", ["film 流浪地球"]),
        ("苹果很甜", []),
        ("苹果手机很贵", ["brand 苹果"]),
        ("my Apple watch", ["brand 苹果"]),
        ("an apple a day", []),
        ("耐克和NIKE", ["brand Nike", "brand Nike"]),
        ("snikers", []),
        ("刚收到Mate 60", ["item 华为 Mate 60 手机"]),
        ("三体问题", []),
        ("三体这本书", ["book 三体"]),
        ("在中山公园散步", ["place 中山公园"]),
        ("想去中山公园", ["intent 中山公园"]),
        ("中山公园很大", []),
    ],
)
def test_names(text, found):
    assert said(read_entities(text, SHOP)) == found


def test_what_somebody_thinks_of_it_is_decided_elsewhere():
    asked = []

    def opinion(text, start, end):
        asked.append(text[start:end])
        return 0.9 if "震撼" in text else -0.5 if "失望" in text else 0.1

    text = "看了《流浪地球》，感觉非常震撼"
    found = read_entities(text, SHOP, opinion)
    assert said(found)[-1] == "likes 流浪地球"
    assert said(read_entities("《流浪地球》太失望了", SHOP, opinion))[-1] == "dislikes 流浪地球"
    assert said(read_entities("《流浪地球》上映", SHOP, opinion)) == ["film 流浪地球"]
    assert asked == ["流浪地球"] * 3


def test_the_longest_name_wins_then_the_most_popular():
    items = [
        Item("a", "Moon Lamp", brand="Lumos"),
        Item("b", "Moon Lamp Mini", brand="Lumos"),
        Item("c", "Other lamp", attributes={"alias": "Moon Lamp"}),
    ]
    assert Gazetteer.of_items(items, popularity={"c": 3}).find("moon lamp").items == ("c",)
    shop = Gazetteer.of_items(items, popularity={"a": 3})
    assert [m.value.items for m in shop.matches("a moon lamp mini and a moon lamp")] == [
        ("b",), ("a",),
    ]  # fmt: skip


def test_of_two_works_of_a_kind_the_more_popular_has_the_name():
    films = [Entity("film", "沙丘", ("new",), 2.0), Entity("film", "沙丘：1984", ("old",), 1.0)]
    for order in (films, films[::-1]):
        assert Gazetteer((film, ["沙丘"]) for film in order).find("沙丘", "film").items == ("new",)


def test_a_name_of_two_works_is_the_one_that_the_words_mean():
    items = [
        Item("film-poster", "Poster", attributes={"film": "三体"}),
        Item("film-shirt", "Shirt", attributes={"film": "三体"}),
        Item("novel", "三体", category="图书"),
    ]
    shop = Gazetteer.of_items(items)
    assert said(read_entities("在读《三体》", shop)) == ["book 三体", "read 三体"]
    assert said(read_entities("电影《三体》", shop)) == ["film 三体"]


def test_labels_and_what_stands_behind_marks_are_no_part_of_an_items_name():
    shop = Gazetteer.of_items([Item("t", "【热卖】山岚乌龙茶礼盒（两罐）", brand="山岚")])
    assert shop.find("山岚乌龙茶礼盒").items == ("t",)
    assert Gazetteer.of_items([Item("n"), Item("m", "", brand="")]).find("") is None


def test_names_of_what_is_nobodys_business_are_not_read():
    shop = Gazetteer.of_items(
        [Item("t", "HIV self test kit"), Item("b", "抑郁症自救", category="图书")]
    )
    for text in ("bought the HIV self test kit", "在读《抑郁症自救》", "在读抑郁症自救这本书"):
        assert read_entities(text, shop) == []
    assert said(read_entities("看了电影《我不是药神》", shop)) == [
        "film 我不是药神",
        "seen 我不是药神",
    ]


@settings(deadline=None, max_examples=25)
@given(st.lists(st.text("星海山月abc 0", min_size=1, max_size=8), min_size=1, max_size=8))
def test_every_name_of_a_gazetteer_is_found(names):
    shop = Gazetteer((Entity("brand", name), ()) for name in names)
    for name in names:
        folded = " ".join(name.split())
        if folded:
            assert shop.find(name) is not None
            assert [m.end for m in shop.matches(folded)] == [len(folded)]


def test_a_large_gazetteer_is_read_as_a_small_one():
    entities = [(Entity("item", f"thing {n} of {n % 97}"), ()) for n in range(20_000)]
    shop = Gazetteer([*entities, (Entity("film", "Star Ferry"), ())])
    assert len(shop) == 20_001
    found = shop.matches("saw star ferry with thing 777 of 1")
    assert [match.value.name for match in found] == ["Star Ferry", "thing 777 of 1"]
