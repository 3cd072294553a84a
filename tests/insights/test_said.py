"""What reviews say, by numbers that can be checked by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from zhiyin.core import Event, Item
from zhiyin.core.records import Fact, Post
from zhiyin.insights.insights import Insights
from zhiyin.store.frames import frame
from zhiyin.store.store import Store

LAST = datetime(2026, 5, 30, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def reviewed(
    post: str, item: str, says: str, days_ago: int = 0, rating: float = 4.0
) -> tuple[Post, list[Fact]]:
    """Return a review and what was read out of it, such as ``price+ looks-``."""
    time = LAST - days_ago * DAY
    facts = [
        Fact(
            item, f"opinion.{one[:-1]}", {"+": "positive", "-": "negative"}[one[-1]],
            span=f"<b>{one}</b>", source=f"post:{post}", method="rule:test@1", confidence=0.9, time=time,
        )
        for one in says.split()
    ]  # fmt: skip
    return Post(
        post, user="an", item=item, kind="review", text=f"{post} <script>", rating=rating, time=time
    ), facts


def tell(store: Store, *reviews: tuple[Post, list[Fact]]) -> Insights:
    store.write(
        "items", frame([Item("tea", category="tea"), Item("pot", category="pots"), Item("net")])
    )
    store.write("events", frame([Event("an", "tea")]))
    store.write("posts", frame([post for post, _ in reviews]))
    store.write("facts", frame([fact for _, facts in reviews for fact in facts]))
    return Insights(store, "UTC")


def test_counts_by_aspect_category_and_time(store_url: str) -> None:
    with Store.open(store_url) as store:
        insights = tell(
            store,
            reviewed("p1", "tea", "price+ looks-", rating=5),
            reviewed("p2", "pot", "price-", 20, rating=2),
            reviewed("p3", "net", "price+", 40),
        )
        told = insights.opinions(30)
        of_pots = insights.opinions(30, category="pots")
    assert (told["since"], told["until"], told["newest"]) == (
        "2026-05-01",
        "2026-05-30",
        "2026-05-30",
    )
    assert told["reviews"] == {"n": 2, "rating": 3.5, "stars": {"2": 1, "5": 1}}
    price = {"aspect": "price", "n": 2, "negative": 1, "neutral": 0, "positive": 1, "net": 0.0}
    assert told["aspects"][0] == price
    assert [one["category"] for one in told["categories"]] == ["tea", "pots"]
    assert {(one["period"], one["aspect"], one["net"]) for one in told["periods"]} == {
        ("2026-05-25", "price", 1.0), ("2026-05-25", "looks", -1.0), ("2026-05-04", "price", -1.0),
    }  # fmt: skip
    assert [one["aspect"] for one in of_pots["aspects"]] == ["price"]
    assert of_pots["reviews"]["n"] == 1
    assert len(of_pots["categories"]) == 2


def test_the_week_stands_beside_the_four_before(store_url: str) -> None:
    with Store.open(store_url) as store:
        insights = tell(
            store,
            reviewed("p1", "tea", "price+", 6, rating=5),
            reviewed("p2", "tea", "price-", 7, rating=1),
            reviewed("p3", "tea", "price-", 34, rating=1),
            reviewed("p4", "tea", "price-", 35, rating=3),
        )
        week = insights.opinions(1, until=date(2026, 5, 30))["week"]
    assert week["since"] == "2026-05-24"
    assert (week["reviews"]["n"], week["reviews_before"]["rating"]) == (1, 1.0)
    [price] = week["aspects"]
    assert (price["net"], price["n_before"], price["net_before"]) == (1.0, 2, -1.0)


def test_representative_reviews_say_what_most_say_and_not_the_same_again(store_url: str) -> None:
    with Store.open(store_url) as store:
        insights = tell(
            store,
            *(reviewed(f"p{n}", "tea", "price+") for n in range(6)),
            reviewed("q1", "tea", "looks-"),
            reviewed("q2", "tea", "looks-"),
            reviewed("q3", "pot", "price+ looks-"),
        )
        shown = insights.opinions(7)["representative"]
        on_looks = insights.opinions(7, aspect="looks")["representative"]
    assert shown[0]["post"] == "q3"
    assert {one["aspect"] for one in shown[0]["says"]} == {"price", "looks"}
    assert shown[0]["text"] == "q3 <script>"
    assert len(shown) == 6
    assert [one["post"] for one in on_looks] == ["q3", "q2", "q1"]
