"""The unmodified client of Gorse, every method it has, against a real server."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from gorse import AsyncGorse, Gorse, GorseException

CASES: dict[str, Callable[[Any, str], None]] = {}
MARCH = "2026-03-01T10:00:00Z"


def case(story: Callable[[Any, str], None]) -> Callable[[Any, str], None]:
    """Note a story under the name of the client's method that it is about."""
    CASES[story.__name__] = story
    return story


def public(client: type) -> set[str]:
    return {name for name, _ in inspect.getmembers(client, inspect.isfunction) if name[0] != "_"}


class Blocking:
    """An ``AsyncGorse`` whose methods are waited for."""

    def __init__(self, client: AsyncGorse) -> None:
        self._client = client

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._client, name)
        return lambda *args, **named: asyncio.run(method(*args, **named))


def star(user: str, item: str, **more: Any) -> dict[str, Any]:
    return {"FeedbackType": "star", "UserId": user, "ItemId": item, "Timestamp": MARCH, **more}


def missing(ask: Callable[[], object]) -> bool:
    with pytest.raises(GorseException) as raised:
        ask()
    return raised.value.status_code == 404


@case
def insert_feedback(client: Any, me: str) -> None:
    assert client.insert_feedback("star", me, "tea", MARCH) == {"RowAffected": 1}
    assert client.insert_feedback("star", me, "tea", "2026-04-01T10:00:00Z") == {"RowAffected": 1}
    [told] = client.list_feedbacks("star", me)
    assert told == {**star(me, "tea"), "Value": 0.0, "Comment": ""}


@case
def list_feedbacks(client: Any, me: str) -> None:
    client.insert_feedbacks([star(me, "tea", Value=3), star(me, "pot", FeedbackType="read")])
    assert [one["ItemId"] for one in client.list_feedbacks("read", me)] == ["pot"]
    assert [one["Value"] for one in client.list_feedbacks("star", me)] == [3.0]
    assert client.list_feedbacks("star", f"{me}-unknown") == []


@case
def get_recommend(client: Any, me: str) -> None:
    client.insert_feedbacks([star(me, "tea", FeedbackType="purchase", Value=1)])
    found = client.get_recommend(me, n=2)
    assert {one.id for one in found} == {"pot", "cup"}
    assert found[0].score >= found[1].score
    assert [one.id for one in client.get_recommend(me, n=1, offset=1)] == [found[1].id]
    client.insert_item({"ItemId": f"{me}-kettle", "Categories": [f"{me}-hot"], "Timestamp": MARCH})
    assert [one.id for one in client.get_recommend(me, f"{me}-hot", n=5)] == [f"{me}-kettle"]
    [shown] = client.get_recommend(me, n=1, write_back_type="read", write_back_delay="0s")
    assert [one["ItemId"] for one in client.list_feedbacks("read", me)] == [shown.id]
    assert shown.id not in [one.id for one in client.get_recommend(me, n=10)]
    [later] = client.get_recommend(me, n=1, write_back_type="read", write_back_delay="1h0m0s")
    assert len(client.list_feedbacks("read", me)) == 1
    assert later.id in [one.id for one in client.get_recommend(me, n=10)]


@case
def session_recommend(client: Any, me: str) -> None:
    found = client.session_recommend([star(me, "ball"), star(me, f"{me}-unheard")], n=1)
    assert [one["Id"] for one in found] == ["net"]
    assert found[0]["Score"] > 0
    assert missing(lambda: client.get_user(me))


@case
def get_neighbors(client: Any, me: str) -> None:
    assert [one["Id"] for one in client.get_neighbors("ball", n=1)] == ["net"]
    near = [one["Id"] for one in client.get_neighbors("tea", n=3)]
    assert [one["Id"] for one in client.get_neighbors("tea", n=2, offset=1)] == near[1:]
    assert client.get_neighbors(f"{me}-unheard") == []


@case
def insert_feedbacks(client: Any, me: str) -> None:
    many = [star(me, "tea"), star(me, "pot"), star(me, "tea")]
    assert client.insert_feedbacks(many) == {"RowAffected": 3}
    assert {one["ItemId"] for one in client.list_feedbacks("star", me)} == {"tea", "pot"}


@case
def get_feedbacks(client: Any, me: str) -> None:
    client.insert_feedbacks([star(me, f"{me}-{n}") for n in range(5)])
    found, cursor = client.get_feedbacks(3)
    assert len(found) == 3
    while cursor:
        part, cursor = client.get_feedbacks(3, cursor)
        assert len(part) <= 3
        found += part
    assert [one for one in found if one["UserId"] == me] == [
        {**star(me, f"{me}-{n}"), "Value": 0.0, "Comment": ""} for n in range(5)
    ]
    pairs = [(one["FeedbackType"], one["UserId"], one["ItemId"]) for one in found]
    assert len(set(pairs)) == len(pairs)


@case
def delete_feedback(client: Any, me: str) -> None:
    client.insert_feedbacks(
        [star(me, "tea"), star(me, "tea", FeedbackType="read"), star(me, "pot")]
    )
    assert client.delete_feedback(me, "tea") == {"RowAffected": 2}
    assert [one["ItemId"] for one in client.list_feedbacks("star", me)] == ["pot"]
    assert client.delete_feedback(me, "tea") == {"RowAffected": 0}
    assert client.insert_feedback("star", me, "tea", MARCH) == {"RowAffected": 1}
    assert len(client.list_feedbacks("star", me)) == 2


@case
def insert_item(client: Any, me: str) -> None:
    item = {
        "ItemId": me,
        "IsHidden": False,
        "Labels": {"language": "Go", "topics": ["a", "b"]},
        "Categories": ["frame", "work"],
        "Timestamp": "2022-02-24T00:00:00Z",
        "Comment": "Vue.js framework",
    }
    assert client.insert_item(item) == {"RowAffected": 1}
    assert client.get_item(me) == item


@case
def get_item(client: Any, me: str) -> None:
    assert client.get_item("tea")["Comment"] == "绿茶"
    assert missing(lambda: client.get_item(me))
    client.insert_item({"ItemId": me, "Labels": ["x", "y"]})
    assert client.get_item(me) == {
        "ItemId": me,
        "IsHidden": False,
        "Categories": [],
        "Timestamp": "0001-01-01T00:00:00Z",
        "Labels": ["x", "y"],
        "Comment": "",
    }


@case
def get_items(client: Any, me: str) -> None:
    for n in range(4):
        client.insert_item({"ItemId": f"{me}-{n}"})
    client.delete_item(f"{me}-2")
    found, cursor = client.get_items(2)
    while cursor:
        part, cursor = client.get_items(2, cursor)
        found += part
    ids = [one["ItemId"] for one in found]
    assert [one for one in ids if one.startswith(f"{me}-")] == [f"{me}-{n}" for n in (0, 1, 3)]
    assert len(set(ids)) == len(ids)


@case
def search_items(client: Any, me: str) -> None:
    assert client.search_items("teapot", n=3)[0]["ItemId"] == "pot"
    assert client.search_items("qwxzv", n=3) == []


@case
def update_item(client: Any, me: str) -> None:
    client.insert_item({"ItemId": me, "Labels": {"a": "1"}, "Categories": ["x"], "Comment": "one"})
    assert client.update_item(me, comment="two") == {"RowAffected": 1}
    changed = client.get_item(me)
    assert (changed["Comment"], changed["Labels"], changed["Categories"]) == (
        "two",
        {"a": "1"},
        ["x"],
    )
    client.update_item(me, is_hidden=True, categories=["y"], labels={"b": "2"}, timestamp=MARCH)
    changed = client.get_item(me)
    assert changed["IsHidden"] is True
    assert (changed["Labels"], changed["Categories"]) == ({"b": "2"}, ["y"])
    assert changed["Timestamp"] == MARCH
    client.update_item(me, is_hidden=False)
    assert client.get_item(me)["IsHidden"] is False
    assert missing(lambda: client.update_item(f"{me}-unheard", comment="x"))


@case
def delete_item(client: Any, me: str) -> None:
    kind, fan = f"{me}-kind", f"{me}-fan"
    client.insert_item({"ItemId": me, "Categories": [kind], "Timestamp": MARCH})
    assert [one.id for one in client.get_recommend(fan, kind)] == [me]
    assert client.delete_item(me) == {"RowAffected": 1}
    assert client.get_recommend(fan, kind) == []
    assert missing(lambda: client.get_item(me))
    assert missing(lambda: client.delete_item(me))
    client.insert_item({"ItemId": me, "Categories": [kind], "Timestamp": MARCH})
    assert [one.id for one in client.get_recommend(fan, kind)] == [me]


@case
def insert_user(client: Any, me: str) -> None:
    user = {"UserId": me, "Labels": {"gender": "M", "age": 24}, "Comment": "mine"}
    assert client.insert_user(user) == {"RowAffected": 1}
    assert client.get_user(me) == {**user, "Subscribe": None}
    client.insert_user({"UserId": me, "Labels": ["early"]})
    assert client.get_user(me) == {
        "UserId": me,
        "Labels": ["early"],
        "Comment": "",
        "Subscribe": None,
    }
    client.insert_user({"UserId": me})
    assert client.get_user(me)["Labels"] is None


@case
def insert_users(client: Any, me: str) -> None:
    assert client.insert_users([{"UserId": f"{me}-{n}"} for n in range(3)]) == {"RowAffected": 3}
    assert client.get_user(f"{me}-2")["UserId"] == f"{me}-2"
    with pytest.raises(GorseException) as raised:
        client.insert_users([{"UserId": f"{me}-9"}, {"UserId": ""}])
    assert raised.value.status_code == 422
    assert missing(lambda: client.get_user(f"{me}-9"))


@case
def get_user(client: Any, me: str) -> None:
    assert client.get_user("u0")["UserId"] == "u0"
    assert missing(lambda: client.get_user(me))


@case
def get_users(client: Any, me: str) -> None:
    client.insert_users([{"UserId": f"{me}-{n}"} for n in range(4)])
    found, cursor = client.get_users(3)
    while cursor:
        part, cursor = client.get_users(3, cursor)
        found += part
    ids = [one["UserId"] for one in found]
    assert ids[:2] == ["u0", "u1"]
    assert [one for one in ids if one.startswith(f"{me}-")] == [f"{me}-{n}" for n in range(4)]


@case
def delete_user(client: Any, me: str) -> None:
    client.insert_user({"UserId": me, "Comment": "mine"})
    client.insert_feedbacks([star(me, "tea")])
    assert client.delete_user(me) == {"RowAffected": 1}
    assert missing(lambda: client.get_user(me))
    assert client.list_feedbacks("star", me) == []
    assert len(client.get_recommend(me, n=3)) == 3


def test_every_method_of_both_clients_has_a_story() -> None:
    assert public(Gorse) | public(AsyncGorse) == set(CASES)


@pytest.mark.parametrize(
    ("kind", "name"),
    [(kind, name) for kind in (Gorse, AsyncGorse) for name in sorted(public(kind))],
    ids=lambda said: said if isinstance(said, str) else said.__name__,
)
def test_the_client_s_method_does_as_with_gorse(address: str, kind: type, name: str) -> None:
    client = kind(address, "no key is needed on this machine", timeout=20)
    spoken = Blocking(client) if kind is AsyncGorse else client
    CASES[name](spoken, f"{kind.__name__}-{name}")


def test_what_a_client_said_is_what_the_shop_knows(address: str, shop: Any) -> None:
    client = Gorse(address, "")
    client.insert_feedback("star", "both-doors", "tea", MARCH)
    person = shop.store.number(2, "both-doors")
    assert shop.store.history(person).types.tolist() == ["star"]
    assert shop.store.history(person).time_us.tolist() == [
        int(datetime(2026, 3, 1, 10, tzinfo=UTC).timestamp()) * 1_000_000
    ]
