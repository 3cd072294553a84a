"""/v1/users/{id}/portrait, /ties, /people-to-follow and /trusted, and /v1/network."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from tests.apps.api.conftest import Opener, opened
from tests.apps.conftest import STRANGE_ID
from zhiyin.apps.api.people_bodies import (
    NetworkAnswer,
    OrdersAnswer,
    PortraitAnswer,
    TiesAnswer,
    ToFollowAnswer,
    TrustedAnswer,
)
from zhiyin.core.records import Fact, Interaction, Person, Tie
from zhiyin.shop import Shop
from zhiyin.store.frames import frame

if TYPE_CHECKING:
    from starlette.testclient import TestClient

TIME = datetime(2026, 5, 1, tzinfo=UTC)
ME = STRANGE_ID
TIES = [
    Tie(ME, "bo", "friend"), Tie(ME, "cy/ties", "colleague"), Tie("bo", "di", "friend"), Tie("cy/ties", "di", "friend"),
    Tie("di", ME, "follow"), Tie("u1", "u3", "trust"), Tie("u3", "ed", "trust"),
]  # fmt: skip
EXCHANGES = [Interaction(ME, "bo", "message", time=TIME - timedelta(days=n)) for n in range(3)]
FACTS = [
    Fact(ME, "interest", value, subject_kind="person", user=ME, source=f"post:{value}", time=TIME, method="rule",
         confidence=0.8, span="x")
    for value in ("hiking", "cooking")
]  # fmt: skip


@pytest.fixture(scope="module")
def people_home(untrained_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = Path(shutil.copytree(untrained_template, tmp_path_factory.mktemp("people") / "home"))
    with Shop.open(home) as shop:
        for kind, records in (("ties", TIES), ("interactions", EXCHANGES), ("facts", FACTS)):
            shop.store.write(kind, frame(records))
        named = [
            Person(name, attributes={"social": "named"})
            for name in (ME, "bo", "cy/ties", "u1", "u3")
        ]
        shop.store.write("users", frame(named))
        shop.train()
    return home


@pytest.fixture(scope="module")
def people(people_home: Path) -> Iterator[TestClient]:
    """A client that tests share which change nothing that another could see."""
    with opened(people_home) as client:
        yield client


def of(user: str, rest: str, *, safe: str = "") -> str:
    return f"/v1/users/{quote(user, safe=safe)}/{rest}"


@pytest.mark.parametrize("safe", ["", "/"])
def test_a_portrait_says_what_it_stands_on(people: TestClient, safe: str) -> None:
    answer = people.get(of(ME, "portrait?language=zh", safe=safe))
    assert answer.status_code == 200
    told = answer.json()
    PortraitAnswer.model_validate(told)
    assert (told["user"], told["language"]) == (ME, "zh")
    said = {(one["kind"], one["about"]): one for one in told["statements"]}
    assert said["interest", "hiking"]["text"] == "从你写的来看，你喜欢徒步"
    assert said["interest", "hiking"]["evidence"][0]["source"] == "post:hiking"
    assert said["ties", "friend"]["text"] == "在这里：朋友 1 位"
    english = people.get(of(ME, "portrait?language=en-GB")).json()
    assert "Friends here: 1" in [one["text"] for one in english["statements"]]


def test_a_statement_can_be_removed_and_stays_so(
    open_client: Opener, people_home: Path, tmp_path: Path
) -> None:
    home = Path(shutil.copytree(people_home, tmp_path / "own"))
    client = open_client(home)
    said = client.get(of(ME, "portrait")).json()["statements"]
    gone = next(one["id"] for one in said if one["about"] == "hiking")
    for _ in range(2):
        answer = client.delete(of(ME, f"portrait/{gone}"))
        assert answer.status_code == 200
        assert answer.json() == {"user": ME, "removed": gone}
    with opened(home) as again:
        left = again.get(of(ME, "portrait")).json()["statements"]
    assert [one["id"] for one in left] == [one["id"] for one in said if one["id"] != gone]


def test_ties_are_told_the_closest_first(people: TestClient) -> None:
    told = people.get(of(ME, "ties")).json()
    TiesAnswer.model_validate(told, extra="forbid")
    assert [one["user"] for one in told["ties"]][:2] == ["bo", "cy/ties"]
    assert told["ties"][0]["exchanges"] == {"all": 3, "message": 3}
    assert people.get(of(ME, "ties?n=1")).json()["ties"] == told["ties"][:1]
    assert people.get(of("cy/ties", "ties")).json()["user"] == "cy/ties"


def test_people_to_follow_come_with_reasons_in_words(people: TestClient) -> None:
    told = people.get(of(ME, "people-to-follow?language=en")).json()
    ToFollowAnswer.model_validate(told, extra="forbid")
    [found] = told["people"]
    assert found["user"] == "di"
    texts = [reason["text"] for reason in found["reasons"]]
    assert "Friends in common: 2 (bo, cy/ties)" in texts
    assert "Follows you already" in texts


def test_whom_somebody_trusts_comes_with_who_vouches(people: TestClient) -> None:
    told = people.get(of("u1", "trusted")).json()
    TrustedAnswer.model_validate(told, extra="forbid")
    assert told["user"] == "u1"
    assert [one["user"] for one in told["people"]] == ["u3", "ed"]
    assert [one["path"] for one in told["people"]] == [["u1", "u3"], ["u1", "u3", "ed"]]
    assert people.get(of("u1", "trusted?n=1")).json()["people"] == told["people"][:1]
    assert people.get(of("u2", "trusted")).json() == {"user": "u2", "people": []}


def test_who_was_blocked_is_trusted_no_more_at_once(
    open_client: Opener, people_home: Path, tmp_path: Path
) -> None:
    client = open_client(Path(shutil.copytree(people_home, tmp_path / "own")))
    client.put("/v1/ties", json=[{"user": "ed", "other": "u1", "kind": "block"}])
    assert [one["user"] for one in client.get(of("u1", "trusted")).json()["people"]] == ["u3"]


def test_the_network_is_told_in_figures(people: TestClient) -> None:
    told = people.get("/v1/network").json()
    NetworkAnswer.model_validate(told, extra="forbid")
    assert (told["people"], told["ties"]["declared"]) == (15, 7)
    assert told["trust"] == {"people": 2, "ties": 2}
    assert told["communities"]["people"] == 7


@pytest.mark.parametrize("rest", ["ties", "people-to-follow", "trusted"])
@pytest.mark.parametrize("n", ["0", "1001", "-1", "many"])
def test_how_many_is_from_1_to_1000(people: TestClient, rest: str, n: str) -> None:
    assert people.get(of(ME, f"{rest}?n={n}")).status_code == 422
    assert people.get(of(ME, f"{rest}?n=1000")).status_code == 200


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", of("nobody", "portrait")),
        ("GET", of("nobody", "ties")),
        ("GET", of("nobody", "people-to-follow")),
        ("GET", of("nobody", "trusted")),
        ("DELETE", of("nobody", "portrait/beef")),
        ("DELETE", of(ME, "portrait/beef")),
    ],
)
def test_an_unknown_id_is_a_404(people: TestClient, method: str, path: str) -> None:
    answer = people.request(method, path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["next_step"]


@pytest.mark.parametrize("name", ["portrait", "ties", "people-to-follow", "trusted"])
def test_an_id_that_ends_like_a_route_is_read_with_its_slash_escaped(
    client: TestClient, name: str
) -> None:
    client.put("/v1/users", json=[{"id": f"an/{name}", "attributes": {"a": 7}}])
    for escaped in ("%2F", "%2f"):
        assert client.get(f"/v1/users/an{escaped}{name}").json()["id"] == f"an/{name}"


def test_before_a_training_nothing_is_known_of_people(open_client: Opener, untrained: Path) -> None:
    client = open_client(untrained)
    asked = [of("u2", rest) for rest in ("portrait", "ties", "people-to-follow", "trusted")]
    for path in (*asked, "/v1/network"):
        answer = client.get(path)
        assert answer.status_code == 503
        assert answer.json()["next_step"] == "zhiyin train"


def test_orders_are_told_the_newest_first(client: TestClient) -> None:
    line = {"user": "u0", "item": "pot", "status": "paid", "price_minor": 9900, "currency": "CNY"}
    times = {"old": "2026-05-01T09:00:00Z", "new": "2026-05-02T09:00:00Z"}
    orders = [{**line, "order_id": name, "time": time} for name, time in times.items()]
    client.put("/v1/orders", json=orders).raise_for_status()
    told = client.get("/v1/users/u0/orders").json()
    OrdersAnswer.model_validate(told, extra="forbid")
    assert [one["order_id"] for one in told["orders"]] == ["new", "old"]
    assert told["orders"][0]["total_minor"] == 9900
    assert told["orders"][0]["lines"][0]["item"] == "pot"
    assert client.get("/v1/users/nobody/orders").json() == {"user": "nobody", "orders": []}
