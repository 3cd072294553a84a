"""The speaker's own orders by tools: never anybody else's, nothing done without a yes, nothing done twice."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.assistant.orders.contract import LINES, NOON
from zhiyin.assistant.orders.stored import Stored
from zhiyin.assistant.tools.own_orders import OrderStatus, RecentOrders, StartReturn
from zhiyin.assistant.tools.shelf import Shelf
from zhiyin.assistant.tools.tool import Speaker
from zhiyin.assistant.tools.tool_box import CONFIRM_WITHIN, ToolBox
from zhiyin.core.order import OrderLine
from zhiyin.core.records import Item
from zhiyin.errors import InvalidRecord, NotAuthorised, UnknownPart
from zhiyin.store.frames import frame
from zhiyin.store.store import Store

ZONE = ZoneInfo("Asia/Shanghai")
AN = Speaker("an", "c1", NOON + timedelta(days=7))
TEA = {"order_id": "o 1/茶", "item": "tea", "reason": "size"}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "shop.db") as store:
        store.write(
            "items", frame([Item("tea", "绿茶", translations={"en": {"title": "Green tea"}})])
        )
        store.write("orders", frame(LINES))
        yield store


@pytest.fixture
def box(store: Store) -> ToolBox:
    provider, shelf = Stored(store), Shelf(store)
    return ToolBox(
        [
            OrderStatus(provider, shelf, ZONE),
            RecentOrders(provider, shelf, ZONE),
            StartReturn(provider, shelf, ZONE, 7),
        ]
    )


def returns(store: Store) -> int:
    return len("".join(store.export_lines("returns")).splitlines())


def test_an_order_is_told_with_what_an_answer_may_hold(box: ToolBox) -> None:
    [told] = box.call("order_status", AN, {"order_id": " o 1/茶 "}).evidence
    assert told.text == (
        "Order o 1/茶, placed on 2026-05-01, 39.60 CNY in all, delivered on 2026-05-01, 顺丰 tracking number SF1. "
        "Green tea × 2: delivered; pot × 2: delivered."
    )
    assert {"o 1/茶", "2026-05-01", "39.60 CNY", "SF1", "2", "Green tea"} <= set(told.values)
    [zh] = box.call("order_status", replace(AN, language="zh"), {"order_id": "o 1/茶"}).evidence
    assert zh.text.startswith("订单 o 1/茶，2026-05-01 下单，合计 39.60 元")
    assert "绿茶 ×2：已签收" in zh.text
    assert box.call("order_status", AN, {}).data["order"]["id"] == "o2"
    recent = box.call("recent_orders", AN, {"limit": 2})
    assert [one.id for one in recent.evidence] == ["o2", "o 1/茶"]


def test_days_are_those_of_the_shops_people(store: Store, box: ToolBox) -> None:
    late = datetime(2026, 5, 3, 20, tzinfo=UTC)
    store.write("orders", frame([OrderLine("o9", "an", "tea", "placed", time=late)]))
    assert "2026-05-04" in box.call("order_status", AN, {"order_id": "o9"}).evidence[0].values


@pytest.mark.parametrize("name", ["order_status", "start_return"])
def test_anothers_order_is_unknown_and_nothing_of_it_is_told(box: ToolBox, name: str) -> None:
    rest = {} if name == "order_status" else {"item": "tea", "reason": "size"}
    others = box.call(name, AN, {"order_id": "o3", **rest})
    assert others == box.call(name, AN, {"order_id": "no such order", **rest})
    assert (others.outcome, others.evidence, others.data) == ("unknown_order", (), {})
    assert box.call("recent_orders", Speaker("cy", "c", NOON), {}).outcome == "nothing"


def test_who_is_not_known_has_no_orders(box: ToolBox) -> None:
    for name in ("order_status", "recent_orders", "start_return"):
        with pytest.raises(NotAuthorised):
            box.call(name, Speaker(None, "c1", NOON), TEA if name == "start_return" else {})


def test_nothing_is_sent_back_without_a_yes_and_then_once(store: Store, box: ToolBox) -> None:
    prepared = box.call("start_return", AN, TEA)
    assert prepared.pending is not None
    assert prepared.pending.what == "send back “Green tea” of order o 1/茶, because it does not fit"
    assert returns(store) == 0
    done = box.confirm(prepared.pending, AN)
    assert (done.outcome, done.evidence[0].id) == ("ok", "R000001")
    assert "being returned" in done.evidence[1].text
    again = box.confirm(prepared.pending, replace(AN, time=AN.time + timedelta(minutes=1)))
    assert (again.outcome, again.data["return"]) == ("ok", "R000001")
    assert returns(store) == 1
    assert box.call("start_return", AN, TEA).outcome == "going_back"


def test_a_yes_is_the_same_speakers_in_the_same_conversation_and_soon(
    store: Store, box: ToolBox
) -> None:
    pending = box.call("start_return", AN, TEA).pending
    assert pending is not None
    for other in (replace(AN, user="bo"), replace(AN, conversation="c2")):
        with pytest.raises(NotAuthorised):
            box.confirm(pending, other)
    with pytest.raises(NotAuthorised):
        box.confirm(replace(pending, arguments={**TEA, "item": "pot"}), AN)
    late = AN.time + CONFIRM_WITHIN + timedelta(seconds=1)
    with pytest.raises(InvalidRecord, match="too late"):
        box.confirm(pending, replace(AN, time=late))
    assert returns(store) == 0


@pytest.mark.parametrize(
    ("order_id", "item", "after", "outcome"),
    [
        ("o 1/茶", "pot", timedelta(days=7), "ok"),
        ("o 1/茶", "pot", timedelta(days=7, seconds=1), "too_late"),
        ("o2", "pot", timedelta(days=2), "not_delivered"),
        ("o2", "tea", timedelta(days=2), "unknown_item"),
        ("o8", "tea", timedelta(days=2), "undated"),
        ("o7", "tea", timedelta(days=2), "going_back"),
    ],
)
def test_what_can_be_sent_back(
    store: Store, box: ToolBox, order_id: str, item: str, after: timedelta, outcome: str
) -> None:
    lines = [OrderLine("o8", "an", "tea", "delivered"), OrderLine("o7", "an", "tea", "refunded")]
    store.write("orders", frame(lines))
    told = box.call(
        "start_return",
        replace(AN, time=NOON + after),
        {"order_id": order_id, "item": item, "reason": "damaged"},
    )
    assert (told.outcome, told.pending is not None) == (outcome, outcome == "ok")
    assert told.evidence[0].id == order_id


def test_what_changed_before_the_yes_is_looked_at_again(store: Store, box: ToolBox) -> None:
    pending = box.call("start_return", AN, TEA).pending
    assert pending is not None
    store.write("orders", frame([OrderLine("o 1/茶", "an", "tea", "refunded")]))
    assert box.confirm(pending, AN).outcome == "going_back"
    assert returns(store) == 0


def test_arguments_are_checked_and_no_text_of_theirs_is_quoted(box: ToolBox) -> None:
    with pytest.raises(UnknownPart, match="order_status"):
        box.call("order_statsu", AN, {})
    with pytest.raises(InvalidRecord, match="user is no argument"):
        box.call("order_status", AN, {"order_id": "o3", "user": "bo"})
    with pytest.raises(InvalidRecord, match="reason does not fit") as caught:
        box.call("start_return", AN, {**TEA, "reason": "call 13800138000"})
    assert "13800138000" not in str(caught.value)


def test_what_ran_is_counted_and_logged_without_people(
    box: ToolBox, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    box.call("order_status", AN, {"order_id": "o 1/茶"})
    box.call("order_status", AN, {"order_id": "o3"})
    assert box.counts == {("order_status", "ok"): 1, ("order_status", "unknown_order"): 1}
    lines = [record.getMessage() for record in caplog.records]
    assert lines[0].startswith("tool order_status: ok, ")
    assert not any("o3" in line or "an" in line.split() for line in lines)
