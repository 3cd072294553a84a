"""Whose word it is what a word names: the shop's before what was found, that before the lists."""

from zhiyin.language.aspects.taxonomy import IGNORED, Taxonomy

GROWN = {"hotel": {"room": ["地毯"], "风景": ["风景"]}, "": {"looks": ["embroidery"]}}


def told(taxonomy, folded, category=None):
    return [match.value for match in taxonomy.matches(folded, category)]


def test_what_was_found_joins_the_lists():
    taxonomy = Taxonomy(grown=GROWN)
    assert told(taxonomy, "地毯旧,风景好,物流慢", "酒店") == ["room", "风景", "delivery"]
    assert told(taxonomy, "地毯旧", "手机") == []
    assert told(taxonomy, "the embroidery", "手机") == ["looks"]
    assert "风景" in taxonomy.aspects("hotel")


def test_the_shop_goes_before_what_was_found_and_before_the_lists():
    own = {"酒店": {"cleanliness": ["地毯"], "arrival": ["物流"]}}
    assert told(Taxonomy(own, GROWN), "地毯旧,物流慢", "hotel") == ["cleanliness", "arrival"]


def test_what_the_shop_says_of_all_goods_goes_before_a_category_s_list():
    assert told(Taxonomy({"": {"mood": ["屏幕"]}}), "屏幕好", "phone") == ["mood"]


def test_ignored_words_name_nothing_nor_do_words_within_them():
    taxonomy = Taxonomy({"": {IGNORED: ["价值观", "地毯"]}}, GROWN)
    assert told(taxonomy, "价值观好,地毯旧,价值高", "hotel") == ["price"]
    assert IGNORED not in taxonomy.aspects()
    assert "地毯" not in taxonomy.words("room", "hotel")
