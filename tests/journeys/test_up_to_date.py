"""What somebody does or writes is in the portrait and in friends' feeds at once, in every process, after a restart too."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from zhiyin import Event, Shop
from zhiyin.core import Context, Kind, Query

NOW = datetime.now(UTC)
US = int(NOW.timestamp() * 1e6)
TEA = [f"Green tea of spring number {n}" for n in range(6)]
BIKES = [f"Mountain bicycle with gears {n}" for n in range(6)]


def review(key, item, time):
    return {"id": key, "user": "bo", "item": item, "rating": 5.0, "time": time.isoformat()}


@pytest.fixture
def home(tmp_path):
    (tmp_path / "zhiyin.local.toml").write_text("[pipelines.feed]\nbudget_ms = 20000\n")
    with Shop.open(tmp_path) as shop:
        for kind, titles in (("tea", TEA), ("bike", BIKES)):
            items = [
                {"id": f"{kind}{n}", "title": title, "category": kind, "brand": kind}
                for n, title in enumerate(titles)
            ]
            shop.put("items", items)
        time = NOW - timedelta(days=100)
        shop.record(
            [
                Event(f"{kind}-lover{p}", f"{kind}{n}", "purchase", time=time)
                for kind in ("tea", "bike")
                for p in range(6)
                for n in range(p % 3, 6)
            ]
        )
        ties = [("an", "bo"), ("bo", "an")]
        shop.put("ties", [{"user": one, "other": two} for one, two in ties])
        shop.put("posts", [review("old", "bike1", time)])
        shop.texts.mine()
        shop.train()
    return tmp_path


@pytest.fixture
def shop(home):
    with Shop.open(home) as shop:
        yield shop


def society(shop):
    return shop.people._known


def vector(shop, user):
    table = society(shop).table
    mean = np.zeros(table.items.dim, np.float32)  # what everybody likes is as of the training
    return table.vector(shop.store.number(Kind.PERSON, user), US, segment=mean)


def likeness(shop, user):
    """Return by how much a feed's own stage finds a person nearer to tea than to bicycles."""
    shop.page(Query(n=1, time=NOW))  # as any page does first
    [stage] = [
        s for s in shop._serving.pipelines["feed"]._stages.query_hydrators if s.name == "likeness"
    ]
    person = shop.store.number(Kind.PERSON, user)
    found = stage.hydrate_query(Query(person=person, time=NOW))["likeness"]
    tea, bike = (shop.store.numbers(Kind.ITEM, [f"{k}{n}" for n in range(6)]) for k in ("tea", "bike"))  # fmt: skip
    return float(found[tea].mean() - found[bike].mean())


def buys(user, kind, n=4, hour=1):
    time = NOW - timedelta(hours=hour)
    return [Event(user, f"{kind}{k}", "purchase", time=time) for k in range(n)]


def test_what_is_done_is_in_the_portrait_and_in_the_feed_at_once(shop):
    shop.record(buys("an", "tea", 1))
    assert likeness(shop, "an") > 0.1
    shop.record([event for day in range(20) for event in buys("an", "bike", hour=24 * day)])
    assert likeness(shop, "an") < -0.1
    told = shop.people.portrait("an", now=NOW)
    assert told["weights"]["long"] > 400
    assert "hours" in {one["kind"] for one in told["statements"]}


def test_another_process_knows_it_too_and_neither_forgets_by_a_restart(home):
    with Shop.open(home) as one, Shop.open(home) as other:
        other.recommend("an")
        one.record(buys("an", "tea"))
        known = vector(one, "an")
        np.testing.assert_allclose(vector(other, "an"), known, atol=1e-6)
        one.record(buys("an", "bike", 2))
        known = vector(other, "an")
        np.testing.assert_allclose(vector(one, "an"), known, atol=1e-6)
    with Shop.open(home) as again:
        np.testing.assert_allclose(vector(again, "an"), known, atol=1e-5)


def test_training_anew_finds_what_was_folded_in_and_a_rollback_takes_it_in_again(home):
    users = ["an", "bo", "tea-lover1", "new"]
    with Shop.open(home) as shop:
        first = shop.version
        for user in users:
            shop.record([*buys(user, "tea", 2), Event(user, "bike5", "rating", 1.0, time=NOW)])
        folded = [vector(shop, user) for user in users]
        shop.train()
        assert shop.version != first
        for user, before in zip(users, folded, strict=True):
            np.testing.assert_allclose(vector(shop, user), before, atol=1e-5)
        shop.record(buys("bo", "bike", 2))
        newest = vector(shop, "bo")
        shop.snapshots.rollback()
        shop.reload()
        assert shop.version == first
        np.testing.assert_allclose(vector(shop, "bo"), newest, atol=1e-5)


def posts_of(shop, user):
    page = shop.recommend(user, surface="feed", n=20, time=NOW, context=Context())
    numbers = [item.ref.number for item in page.items if item.ref.kind == Kind.POST]
    return shop.store.keys(Kind.POST, numbers)


def test_a_friends_post_is_in_the_feed_at_once_and_gone_once_it_is_private(shop):
    assert posts_of(shop, "an") == ["old"]
    shop.put("posts", [review("hot", "tea1", NOW - timedelta(minutes=5))])
    assert set(posts_of(shop, "an")) == {"hot", "old"}
    page = shop.recommend("an", surface="feed", n=20, time=NOW)
    number = shop.store.number(Kind.POST, "hot")
    [item] = [item for item in page.items if item.ref == (Kind.POST, number)]
    assert "friend_review" in {reason.kind for reason in item.reasons}
    shop.put("posts", [{"id": "hot", "kind": "private"}])
    assert posts_of(shop, "an") == ["old"]
    shop.put("posts", [{"id": "old", "kind": "private"}])
    assert posts_of(shop, "an") == []


def test_posts_of_who_hides_are_gone(shop):
    shop.put("posts", [review("hot", "tea1", NOW - timedelta(minutes=5))])
    assert "hot" in posts_of(shop, "an")
    shop.put("users", [{"id": "bo", "attributes": {"social": "hidden"}}])
    assert posts_of(shop, "an") == []
