"""What is known of some people at once, on both databases."""

from datetime import UTC, datetime, timedelta

from zhiyin.core import Kind
from zhiyin.core.records import Event, Person, Post, Tie
from zhiyin.store.frames import frame
from zhiyin.store.store import Store

NOON = datetime(2025, 5, 1, 12, tzinfo=UTC)
NOON_US = int(NOON.timestamp() * 1e6)


def test_attributes_come_in_the_order_asked(store_url):
    with Store.open(store_url) as store:
        people = [Person("an", attributes={"social": "named"}), Person("bo"), Person("cy", attributes={"n": 1})]  # fmt: skip
        store.write("users", frame(people))
        assert store.people.attributes([2, 1, 0, 99, 2]) == [{"n": 1}, {}, {"social": "named"}, {}, {"n": 1}]  # fmt: skip
        assert store.people.attributes([]) == []
        store.write("users", frame([Person("an", attributes={"social": "hidden"})]))
        assert store.people.attributes([0]) == [{"social": "hidden"}]


def test_doings_are_newest_first_and_without_what_is_private(store_url):
    private = {"visibility": "private"}
    events = [
        Event("an", "tea", "purchase", time=NOON),
        Event("an", "pot", "purchase", time=NOON + timedelta(hours=1), context={"weather": "rain"}),
        Event("an", "ring", "purchase", time=NOON, context=private),
        Event("an", "cup", "view", time=NOON),
        Event("bo", "cup", "rating", value=5, time=NOON + timedelta(hours=2)),
        Event("bo", "old", "purchase", time=NOON - timedelta(days=9)),
        Event("bo", "never", "purchase"),
        Event("cy", "tea", "purchase", time=NOON),
        Event("an", "p1", "purchase", time=NOON, target="post"),
    ]
    with Store.open(store_url) as store:
        store.write("events", frame(events))
        people = store.numbers(Kind.PERSON, ["an", "bo"])
        found = store.people.doings(people, ["purchase", "rating"], NOON_US)
        assert found.columns == ["person", "item", "type", "value", "time_us"]
        assert store.keys(Kind.ITEM, found["item"]) == ["cup", "pot", "tea"]
        assert found["value"].to_list() == [5.0, None, None]
        assert store.people.doings(people, ["purchase", "rating"], NOON_US, limit=1).height == 1
        assert store.people.doings([], ["purchase"], 0).is_empty()
        found = store.people.doings(people, ["purchase"], NOON_US, undated=True)
        assert store.keys(Kind.ITEM, found["item"]) == ["pot", "tea", "never"]
        assert found["time_us"][-1] is None


def test_posts_are_read_by_number(store_url):
    with Store.open(store_url) as store:
        store.write(
            "posts", frame([Post("p", "an", "tea", text="好", rating=4.0), Post("q", text="")])
        )
        assert store.people.wrote([0, 9]) == {
            0: {
                "kind": "review", "text": "好", "title": None, "rating": 4.0, "person": 0, "item": 0,
                "language": None, "time_us": None,
            }
        }  # fmt: skip
        assert store.people.wrote([]) == {}


def test_opposed_are_those_of_whom_either_is_against_the_other(store_url):
    ties = [
        Tie("an", "bo", "block"), Tie("cy", "an", "mute"), Tie("an", "di", "distrust"), Tie("an", "ed", "friend"),
        Tie("fi", "an", strength=-1.0), Tie("bo", "ed", "block"),
    ]  # fmt: skip
    with Store.open(store_url) as store:
        store.write("ties", frame(ties))
        keys = ["an", "bo", "cy", "di", "ed", "fi"]
        an, *others = store.numbers(Kind.PERSON, keys).tolist()
        found = store.people.opposed(an, [*others, 99])
        assert sorted(store.keys(Kind.PERSON, found)) == ["bo", "cy", "di", "fi"]
        assert store.people.opposed(an, others[3:4]).tolist() == []
        assert store.people.opposed(99, others).tolist() == []
        assert store.people.opposed(an, []).tolist() == []


def test_who_is_against_somebody_is_no_friend_whatever_else_was_said(store_url):
    with Store.open(store_url) as store:
        store.write("ties", frame([Tie("an", who) for who in ("bo", "cy", "di")]))
        an = store.number(Kind.PERSON, "an")
        assert store.friends(an).size == 3
        store.write("ties", frame([Tie("an", "bo", "mute"), Tie("cy", "an", "block")]))
        assert store.keys(Kind.PERSON, store.friends(an)) == ["di"]
        assert store.friends(store.number(Kind.PERSON, "cy")).size == 0
