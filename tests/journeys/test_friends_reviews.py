"""Friends' reviews (X11) through the shop's own doors: the close friend first, no stranger among friends, consent at once."""

from datetime import UTC, datetime, timedelta

import pytest

from zhiyin import Context, Settings, Shop
from zhiyin.apps.feed_document import feed_document

NOON = datetime(2025, 6, 1, 12, tzinfo=UTC)
GADGETS = [f"gadget{n}" for n in range(4)]
BOOKS = [f"book{n}" for n in range(4)]
REVIEWS = {"b": ("拍照很好", 5), "c": ("电池不行", 2), "d": ("屏幕漂亮", 5)}


def at(days):
    return (NOON - timedelta(days=days)).isoformat()


def events():
    """Return what all did: b and d buy what a buys, c does not; c's review is liked by eight."""
    bought = {"a": GADGETS, "b": GADGETS, "c": BOOKS, "d": GADGETS}
    bought |= {f"x{n}": GADGETS[n % 3 :] for n in range(8)}
    told = [
        {"user": user, "item": item, "type": "purchase", "time": at(20)}
        for user, items in bought.items()
        for item in items
    ]
    for user in "bcd":
        told += [
            {"user": user, "item": item, "type": "purchase", "time": at(10)}
            for item in ("phone", "case")
        ]
    told += [
        {"user": f"x{n}", "item": "review-c", "target": "post", "type": "like", "time": at(2)}
        for n in range(8)
    ]
    return [*told, {"user": "a", "item": "phone", "type": "comment", "time": at(1)}]


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    home, unhurried = tmp_path_factory.mktemp("reviews"), {"feed": {"budget_ms": 20_000}}
    with Shop.open(Settings(home=home, pipelines=unhurried)) as shop:
        titles = {"phone": "手机", "case": "手机壳", **{one: one for one in GADGETS + BOOKS}}
        told = {
            "items": [{"id": key, "title": title} for key, title in titles.items()],
            "ties": [{"user": one, "other": two} for one, two in ("ab", "ba", "ac", "ca")],
            "interactions": [
                {"user": one, "other": two, "type": "message", "time": at(3 + n)}
                for n in range(3)
                for one, two in ("ab", "ba")
            ],
            "events": events(),
            "posts": [
                {"id": f"review-{user}", "user": user, "item": "phone", "text": text, "rating": rating, "time": at(5)}
                for user, (text, rating) in REVIEWS.items()
            ],
        }  # fmt: skip
        for kind, records in told.items():
            assert not shop.put(kind, records).rejected
        shop.train()
        yield shop


def feed(shop, n=12):
    """Return id → entry of a's page, in order; of people and posts too."""
    page = shop.recommend("a", surface="feed", n=n, context=Context(), time=NOON)
    assert not page.degraded, [stage for stage in page.trace if stage.status != "ok"]
    return {entry["id"]: entry for entry in feed_document(shop, page, "zh")["items"]}


def of_friends(page):
    return [
        key
        for key, entry in page.items()
        if any(reason["kind"] == "friend_review" for reason in entry["reasons"])
    ]


def test_the_close_friend_s_review_comes_first_and_no_stranger_s_is_among_friends(shop):
    page = feed(shop)
    assert of_friends(page) == ["review-b", "review-c"]
    assert [key for key in page if key.startswith("review")][:2] == ["review-b", "review-c"]


def test_goods_that_go_with_it_stand_beside(shop):
    [bought] = [r for r in feed(shop)["case"]["reasons"] if r["kind"] == "friends_bought"]
    assert bought["data"]["count"] == 2
    assert bought["text"] == "你认识或信任的人里有2位买过或夸过"


def test_who_withdraws_consent_is_gone_at_once(shop):
    assert "review-b" in feed(shop)
    shop.put("users", [{"id": "b", "attributes": {"social": "hidden"}}])
    page = feed(shop)
    assert of_friends(page) == ["review-c"]
    assert not {"b", "review-b"} & set(page)
    [bought] = [r for r in page["case"]["reasons"] if r["kind"] == "friends_bought"]
    assert bought["data"]["count"] == 1
    shop.put("users", [{"id": "b", "attributes": {"social": "counted"}}])
    assert of_friends(feed(shop)) == ["review-b", "review-c"]
