"""Rules of the operator that hang on the words of a search."""

from datetime import UTC, datetime

import pytest

from tests.conftest import plays
from zhiyin import Shop
from zhiyin.core import Item, Query
from zhiyin.core.rule import Rule
from zhiyin.core.synonym import Synonym
from zhiyin.errors import InvalidRecord
from zhiyin.store.frames import frame

NOW = datetime(2026, 5, 1, tzinfo=UTC)


def goods():
    for place in range(6):
        yield Item(
            f"tea{place}",
            title="Green tea loose leaf",
            category="Tea",
            brand=f"B{place}",
            price_minor=900,
        )
        yield Item(
            f"cup{place}",
            title="Tea cup white",
            category="Cups",
            brand=f"B{place}",
            price_minor=500,
        )
        yield Item(f"run{place}", title="Running sneakers", category="Shoes", brand=f"B{place}", price_minor=5000)  # fmt: skip


@pytest.fixture
def shop(tmp_path):
    with Shop.open(tmp_path) as shop:
        shop.store.write("items", frame(list(goods())))
        shop.record(plays({f"p{n}": "tea0 cup0" if n % 2 else "tea1 run2" for n in range(12)}))
        shop.train()
        yield shop


def keys(shop, text, n=6):
    return [shop.catalogue.key(item.ref.number) for item in shop.search(text, n=n).page.items]


def add(shop, kind, where, query, **fields):
    return shop.rules.add(Rule(kind, where, query=query, set_by="li", **fields))


def test_a_boost_holds_where_the_search_has_all_words(shop):
    plain = {text: keys(shop, text) for text in ("green tea", "tea", "tea cup")}
    assert plain["green tea"][-1] == "tea5"
    rule = add(shop, "boost", 'id = "tea5"', "green tea", strength=5.0)
    assert rule.surfaces == ("search",)
    assert keys(shop, "green tea")[0] == "tea5"
    assert keys(shop, "loose GREEN teas")[0] == "tea5"
    assert {text: keys(shop, text) for text in ("tea", "tea cup")} == {
        text: plain[text] for text in ("tea", "tea cup")
    }
    promoted = shop.search("green tea").page.items[0].reasons
    assert "promoted" in {reason.kind for reason in promoted}
    shop.rules.change(rule.id, "an", query="")
    assert keys(shop, "loose tea")[0] == "tea5"


def test_every_kind_can_hang_on_a_query(shop):
    add(shop, "exclude", 'brand = "B0"', "green tea")
    add(shop, "bury", 'brand = "B1"', "green tea")
    add(shop, "pin", 'brand = "B4"', "green tea", place=2)
    found = keys(shop, "green tea", n=20)
    assert not {"tea0", "cup0"} & set(found)
    assert found[1] in ("tea4", "cup4")
    assert found[found.index("tea1") :] in (["tea1"], ["tea1", "cup1"])
    assert {"cup0", "cup1"} <= set(keys(shop, "tea cup"))
    assert "tea0" in keys(shop, "loose leaf")


def test_a_share_that_hangs_on_a_query_is_owed_nothing_by_other_searches(shop):
    add(shop, "expose", 'brand = "B5"', "sneakers", share=0.1)
    assert "run5" not in keys(shop, "running", n=3)
    for _ in range(3):
        assert keys(shop, "sneakers", n=3)[2] == "run5"
    assert keys(shop, "sneakers", n=3)[:2] == keys(shop, "running", n=3)[:2]


def test_it_holds_for_what_was_corrected_and_for_a_synonym(shop):
    add(shop, "boost", 'id = "run5"', "sneakers", strength=5.0)
    assert keys(shop, "runing sneekers")[0] == "run5"
    assert "run5" not in keys(shop, "trainers")[:1]
    shop.searching.aids.synonyms.add(Synonym.read("sneakers = trainers", set_by="li"))
    assert keys(shop, "trainers")[0] == "run5"


def test_words_that_are_not_wanted_are_no_words_of_the_search(shop):
    add(shop, "bury", 'id = "tea0"', "cup")
    plain = keys(shop, "green tea")
    assert keys(shop, "green tea without cup") == plain
    assert plain[0] == "tea0"


def test_a_preview_searches_for_the_rule_s_own_words_and_stores_nothing(shop):
    rule = Rule("boost", 'id = "tea5"', strength=5.0, query="green tea")
    looked_at = Query(surface="search", text="green tea", n=3)
    tried = shop.rules.preview(rule, looked_at)
    before, after = (
        [shop.catalogue.key(item.ref.number) for item in page.items]
        for page in (tried.before, tried.after)
    )
    assert ("tea5" in before, after[0], tried.items) == (False, "tea5", 1)
    other = shop.rules.preview(rule, Query(surface="search", text="sneakers", n=3))
    assert [one.ref for one in other.before.items] == [one.ref for one in other.after.items]
    assert shop.rules.changes() == []


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"surfaces": ("home",), "query": "tea"}, 'nobody searches on pages of "home"'),
        ({"query": " !? "}, "no search has it"),
        ({"query": "x" * 201}, "no search has it"),
        ({"query": "under $50"}, "nothing is looked for"),
    ],
)
def test_what_no_search_can_have_is_refused(shop, fields, says):
    with pytest.raises(InvalidRecord, match=says):
        shop.rules.add(Rule("bury", 'brand = "B0"', set_by="li", **fields))


def test_nothing_is_lacking_on_the_search_page(shop):
    assert shop.rules.lacking(Rule("pin", 'brand = "B0"', place=1, query="tea")) == []


def test_what_a_rule_hides_is_not_suggested(shop):
    suggestions = shop.searching.aids.suggestions

    def told():
        suggestions.refresh()
        return {one.text for one in suggestions.suggest("", n=50)}

    assert {"Shoes", "Cups"} <= told()
    hidden = shop.rules.add(Rule("exclude", 'category = "Shoes"', set_by="li"))
    add(shop, "exclude", 'category = "Cups"', "green tea")  # hides them in some searches only
    assert "Cups" in told()
    assert not {"Shoes", "running sneakers", "sneakers"} & told()
    shop.rules.remove(hidden.id, "li")
    assert "Shoes" in told()
