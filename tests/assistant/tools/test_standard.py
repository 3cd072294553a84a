"""The tools of the house over a shop: coupons, advice, policies, hand-over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from zhiyin.assistant.knowledge.knowledge import Knowledge
from zhiyin.assistant.tools.standard import standard_tools
from zhiyin.assistant.tools.tool import Acting, Speaker
from zhiyin.assistant.tools.tool_box import ToolBox
from zhiyin.core.records import Document, Event, Fact, Item
from zhiyin.shop import Shop
from zhiyin.store.frames import frame

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
AN = Speaker("an", "c1", NOON)
HOLDS = '{"code":"ZY1-20","percent":20,"valid_from":"2026-04-30T16:00:00Z","valid_to":"2026-05-02T15:59:59Z"}'
OVER = '{"code":"ZY0-50","percent":50,"valid_to":"2026-04-01T00:00:00Z"}'


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolBox]:
    home: Path = tmp_path_factory.mktemp("home")
    (home / "zhiyin.local.toml").write_text(
        "[pipelines.home]\nbudget_ms = 5000\n[pipelines.search]\nbudget_ms = 5000\n"
    )
    with Shop.open(home) as shop:
        items = [
            Item("tea", "绿茶", price_minor=3990, currency="CNY", category="tea", brand="Lu", translations={"en": {"title": "Green tea"}}),
            Item("black", "Black tea", price_minor=2500, currency="CNY", category="tea", brand="Ya"),
            Item("cup", "Cup", price_minor=1500, currency="CNY", stock=0, category="cups"),
        ]  # fmt: skip
        shop.store.write("items", frame(items))
        shop.record([Event(user, item, "cart", time=NOON) for user in ("an", "bo") for item in ("tea", "black")])  # fmt: skip
        told = [Fact("tea", "coupon", value) for value in (HOLDS, OVER, "no coupon", '{"code":1}')]
        shop.store.write("facts", frame(told))
        shop.store.write("documents", frame([Document("How long can I return things?", "Within 7 days of delivery.", language="en")]))  # fmt: skip
        shop.train()
        knowledge = Knowledge(shop.store, lambda: None)
        yield standard_tools(
            shop.store, shop.orders, return_days=7, zone=ZoneInfo("Asia/Shanghai"),
            search=lambda text, user, n: shop.search(text, user, n=n, is_preview=True).page,
            recommend=lambda user, n: shop.recommend(user, n=n, is_preview=True),
            searching=shop.searching, opinions=shop.texts.opinions, answer=knowledge.answer,
        )  # fmt: skip
        knowledge.close()


def test_every_tool_says_what_it_is_and_only_those_with_an_effect_act(box: ToolBox) -> None:
    names = [tool.name for tool in box.tools]
    assert len(set(names)) == len(names) == 9
    for tool in box.tools:
        assert tool.description.endswith(".")
        assert tool.parameters.model_json_schema()["additionalProperties"] is False
        assert isinstance(tool, Acting) == tool.has_effect
    assert [tool.name for tool in box.tools if tool.has_effect] == ["start_return"]


def test_coupons_that_hold_now_of_an_item_and_of_what_was_in_hand(box: ToolBox) -> None:
    [one] = box.call("coupons", AN, {"item": "tea"}).evidence
    assert one.text == "Code ZY1-20 takes 20% off “Green tea”, until 2026-05-02"
    assert {"ZY1-20", "20%", "2026-05-02"} <= set(one.values)
    assert [held["item"] for held in box.call("coupons", AN, {}).data["coupons"]] == ["tea"]
    assert box.call("coupons", Speaker(None, "c", NOON), {}).outcome == "nothing"
    assert box.call("coupons", AN, {"item": "no such"}).outcome == "nothing"
    for days in (-2, 2):
        other = replace(AN, time=NOON + timedelta(days=days))
        assert box.call("coupons", other, {"item": "tea"}).outcome == "nothing"


def test_advice_is_the_shops_own_lists(box: ToolBox) -> None:
    found = box.call("search", AN, {"text": "black tea", "n": 3})
    assert found.evidence[0].text == "Black tea, 25 CNY"
    assert found.evidence[0].values == ("black", "Black tea", "25 CNY")
    assert box.call("search", AN, {"text": "zzzz", "n": 3}).outcome == "nothing"
    zh = replace(AN, language="zh", user=None)
    listed = box.call("recommend", zh, {"n": 2})
    assert {one.id for one in listed.evidence} == {"tea", "black"}
    assert "绿茶，39.90 元" in [one.text for one in listed.evidence]
    assert [card["item"] for card in listed.data["items"]] == [one.id for one in listed.evidence]


def test_products_side_by_side(box: ToolBox) -> None:
    told = box.call("compare", AN, {"text": "compare green tea and black tea"})
    assert told.outcome == "ok"
    assert set(told.data["items"]) == {"tea", "black"}
    assert set(told.data["facts"]["price"]) == {"39.90 CNY", "25 CNY"}
    assert box.call("compare", AN, {"text": "tea"}).outcome == "nothing"


def test_policies_are_quoted_with_where_they_stand(box: ToolBox) -> None:
    told = box.call("policy", AN, {"text": "How long can I return things?"})
    assert told.outcome == "ok"
    assert told.evidence[0].text == "Within 7 days of delivery."
    assert told.evidence[0].values == ("7",)
    assert told.data["citations"][0]["title"] == "How long can I return things?"
    assert box.call("policy", AN, {"text": "qqq"}).outcome == "nothing"


def test_a_hand_over_is_marked(box: ToolBox) -> None:
    told = box.call("hand_over", Speaker(None, "c", NOON), {"reason": "anger"})
    assert (told.data["lane"], told.data["reason"]) == ("human", "anger")
