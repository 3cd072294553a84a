"""What a small shop of both languages answers, before anything was trained."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from zhiyin import Shop
from zhiyin.core import Item, Kind
from zhiyin.core.synonym import Synonym
from zhiyin.errors import InvalidRecord
from zhiyin.search.aids.catalogue_phrases import CataloguePhrases
from zhiyin.search.filters import Filters
from zhiyin.store.frames import frame

NOW = datetime(2026, 5, 1, tzinfo=UTC)


def goods():
    for key, title, brand, category, price, more in (
        ("red-zh", "红色跑步鞋", "安踏", "鞋", 399, {"color": "红色"}),
        ("red-en", "Red running shoes", "Nike", "鞋", 699, {"颜色": "red"}),
        ("longjing", "西湖龙井 绿茶", "狮峰", "茶", 298, {"type": "绿茶"}),
        ("matcha", "Matcha powder", "Ippodo", "茶", 168, {"type": "绿茶"}),
        ("earl", "Earl Grey 100 bags", "Twinings", "茶", 89, {"type": "红茶"}),
        ("huawei", "华为 Mate 60 手机", "华为", "手机", 6999, {}),
        ("xiaomi", "小米 14 手机", "小米", "手机", 3999, {}),
        ("redmi", "红米 Note 手机", "小米", "手机", 1099, {}),
        ("iphone", "Apple iPhone 15 128GB", "Apple", "手机", 5199, {}),
        ("case", "iPhone 15 透明 保护壳 手机用", "倍思", "手机配件", 29, {}),
        ("box", "音乐盒 送女友", "雅马哈", "礼品", 259, {"audience": "women"}),
        ("scarf", "真丝 围巾", "七匹狼", "服饰", 229, {"audience": "women"}),
        ("wallet", "真皮钱包", "七匹狼", "服饰", 229, {"audience": "men"}),
        ("catfood", "全价猫粮 鲜鸡肉", "爪印", "宠物", 139, {"audience": "everyone"}),
    ):
        more = {"title": title, "brand": brand, "category": category, "attributes": more}
        yield Item(key, price_minor=100 * price, currency="CNY", **more)


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    home = tmp_path_factory.mktemp("answered")
    (home / "zhiyin.local.toml").write_text("[pipelines.search]\nbudget_ms = 60000")
    with Shop.open(home) as shop:
        shop.store.write("items", frame(list(goods())))
        yield shop


def keys(shop, text, **more):
    answer = shop.search(text, is_preview=True, **more)
    assert not answer.page.degraded
    return [shop.catalogue.key(item.ref.number) for item in answer.page.items]


def reasons(shop, text):
    page = shop.search(text, is_preview=True).page
    return {
        shop.catalogue.key(i.ref.number): [(r.kind, r.share) for r in i.reasons] for i in page.items
    }


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Apple手机", {"iphone"}),
        ("绿茶 170元以内", {"matcha"}),
        ("茶 100元以内", {"earl"}),
        ("手机 1200元以内", {"redmi"}),
    ],
)
def test_goods_that_say_what_they_are_in_another_field_than_the_title_fit(shop, text, found):
    assert found <= set(keys(shop, text))
    assert keys(shop, text)[0] in found


def test_goods_of_the_kind_come_before_others_that_are_cheaper(shop):
    assert keys(shop, "手机 1000元以内")[:2] == ["redmi", "case"]


@pytest.mark.parametrize("text", ["红色", "red", "红"])
def test_a_value_is_one_in_both_languages_and_under_any_name(shop, text):
    assert set(keys(shop, text)) >= {"red-zh", "red-en"}


@pytest.mark.parametrize("said", ["colour:红色", "color:red", "颜色:大红"])
def test_a_filter_holds_in_both_languages_and_facets_join_them(shop, said):
    assert set(keys(shop, "鞋", filters=[said])) == {"red-zh", "red-en"}
    found = shop.searching.find("鞋", "search", NOW).hits.numbers
    assert "colour" not in {one.name for one in shop.searching.aids.facets(found)}  # all are red


@pytest.mark.parametrize("said", ["foo:bar", "price:200-100"])
def test_a_filter_that_can_hold_nothing_is_refused(shop, said):
    with pytest.raises(InvalidRecord):
        shop.search("鞋", filters=[said])
    assert Filters(["price:100-200"])


@pytest.mark.parametrize(
    ("text", "first", "never"),
    [
        ("送女朋友", ["box", "scarf"], "wallet"),
        ("gift for girlfriend under 300", ["box", "scarf"], "wallet"),
        ("送男朋友 250元以内", ["wallet"], "box"),
    ],
)
def test_a_gift_begins_with_what_says_for_whom_it_is(shop, text, first, never):
    found = keys(shop, text)
    assert found[: len(first)] == first
    assert never not in found


@pytest.mark.parametrize("text", ["iphone 15 vs 小米14", "huawei vs xiaomi", "小米和华为哪个好"])
def test_a_comparison_finds_its_sides_in_turn_and_compares_like_with_like(shop, text):
    brands = {"iphone": "a", "case": "a", "huawei": "b", "xiaomi": "c", "redmi": "c"}
    first = keys(shop, text)[:2]
    assert len({brands[one] for one in first}) == 2
    assert "case" not in first
    read = shop.searching.find(text, "search", NOW).read
    told = shop.searching.aids.comparison(read, lambda _: ())
    compared = [shop.catalogue.key(number) for number in told.numbers if number is not None]
    assert len(compared) == 2
    assert "case" not in compared


def test_what_is_for_everyone_is_not_for_dogs_and_is_not_told_as_for_women(shop):
    slots = shop.searching.slots
    assert not slots.has("audience", ["dog"]).any()
    assert slots.has("audience", ["men"]).sum() > slots.states("audience", ["men"]).sum() == 1
    read = shop.searching.find("女士 真丝围巾", "search", NOW).read
    assert read.values("audience") == ("women",)
    assert ("asked", 0.0) in reasons(shop, "女士 真丝围巾")["scarf"]
    told = reasons(shop, "女士 手机")
    assert "huawei" in told
    assert all(kind != "asked" for kind, _ in told["huawei"])


def test_a_hit_by_a_value_alone_says_that_it_is_as_asked_for(shop):
    told = reasons(shop, "huawei")
    assert told["huawei"] == [("asked", 1.0)]


def test_cheap_is_told_in_the_words_of_the_query(shop):
    found = shop.searching.find("便宜的手机", "search", NOW)
    assert [one.said for one in found.asked if one.name == "wish"] == [("便宜",)]


def test_a_synonym_is_tried_as_search_would_answer(shop):
    synonyms = shop.searching.aids.synonyms
    one = Synonym.read("cellulare = 手机")
    tried = synonyms.preview(one, "Apple cellulare", n=3)
    assert tried.before.numbers.size == 0
    added = synonyms.add(Synonym(one.words, one.meant, set_by="an"))
    found = shop.searching.find("Apple cellulare", "search", NOW).hits.numbers
    synonyms.remove(added.id, "an")
    assert found[:3].tolist() == tried.after.numbers.tolist()
    assert shop.store.keys(Kind.ITEM, found[:1].tolist()) == ["iphone"]


def test_a_phrase_does_not_begin_inside_a_word():
    nothing = {"brand": None, "category": "茶饮", "translations": None}
    found = CataloguePhrases()
    found.put({"number": n, "title": "挂耳咖啡 提神", **nothing} for n in range(5))
    assert not any(one.text.startswith("耳") for one in found.phrases())
