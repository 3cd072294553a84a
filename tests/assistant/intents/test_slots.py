"""Order numbers, days, amounts and products in messages."""

from datetime import date

import pytest

from zhiyin.assistant.intents.slots import slots_in

FRIDAY = date(2026, 3, 6)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("订单号 A20260301 什么时候到", [("order", "A20260301")]),
        ("我的订单是o000042", [("order", "o000042")]),
        ("order #12345 please", [("order", "12345")]),
        (
            "3月5日下的单 20260305112233 还没到",
            [("date", "2026-03-05"), ("order", "20260305112233")],
        ),
        ("an order of 15 pieces", []),
        ("call 13812345678", []),
        ("今天下的单", [("date", "2026-03-06")]),
        ("昨天买的", [("date", "2026-03-05")]),
        ("大前天买的", [("date", "2026-03-03")]),
        ("the day before yesterday", [("date", "2026-03-04")]),
        ("三天前的订单", [("date", "2026-03-03")]),
        ("ordered 10 days ago", [("date", "2026-02-24")]),
        ("上周三买的", [("date", "2026-02-25")]),
        ("周三买的", [("date", "2026-03-04")]),
        ("last Friday", [("date", "2026-02-27")]),
        ("next Monday", [("date", "2026-03-09")]),
        ("下周一能到吗", [("date", "2026-03-09")]),
        ("on 2026-03-05", [("date", "2026-03-05")]),
        ("bought on 12月24日", [("date", "2025-12-24")]),
        ("Bought March 5th", [("date", "2026-03-05")]),
        ("2月30日", []),
        ("花了¥1,299", [("amount", "1299 CNY")]),
        ("退我50块", [("amount", "50 CNY")]),
        ("it cost $25.50", [("amount", "25.5 USD")]),
        ("30 euros", [("amount", "30 EUR")]),
        ("5000円", [("amount", "5000 JPY")]),
    ],
)
def test_what_is_named_is_found(text, found):
    assert [slot[:2] for slot in slots_in(text, FRIDAY)] == found


def test_a_slot_says_where_it_stands():
    text = "ＯＲＤＥＲ no. AB-77881 cost ¥99"
    assert [text[slot.start : slot.end] for slot in slots_in(text, FRIDAY)] == ["AB-77881", "¥99"]


def test_signs_are_of_the_shops_own_currency():
    assert slots_in("¥3000", FRIDAY, sold={"JPY"})[0].value == "3000 JPY"


def test_products_are_found_by_the_given_function_and_taken_for_nothing_else():
    def products(folded):
        start = folded.find("model 20260101")
        return [("p7", start, start + 14)] if start >= 0 else []

    found = slots_in("where is my Model 20260101", FRIDAY, products=products)
    assert [slot[:2] for slot in found] == [("product", "p7")]
