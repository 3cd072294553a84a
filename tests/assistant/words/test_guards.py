"""What may be said: values of the evidence, quotations word by word, no promise."""

from __future__ import annotations

import pytest

from zhiyin.assistant.tools.tool import Evidence
from zhiyin.assistant.words.guards import Sentence, may_be_said, supported
from zhiyin.assistant.words.templates import LANGUAGES, templates

ORDER = Evidence("order", "o12345", "Order o12345, shipped on 2026-05-01, 129.50 CNY in all", ("o12345", "2026-05-01", "129.50 CNY"))  # fmt: skip
RULE = Evidence("policy", "p", "破损的商品全额赔偿，7天内有效，见 https://shop.example/rules 。")


@pytest.mark.parametrize(
    "text", ["It is o12345.", "已于 2026-05-01 发货", "129.50 in all", "On its way."]
)
def test_what_stands_in_the_evidence_may_be_said(text: str) -> None:
    assert may_be_said(Sentence(text, (ORDER,)))


@pytest.mark.parametrize(
    "text",
    [
        "It is o12346.", "It is o1234.", "已于 2026-05-02 发货", "29.50 in all", "129 in all", "It comes in 3 days.",
        "See https://evil.example", "50% off",
    ],
)  # fmt: skip
def test_a_value_from_elsewhere_is_dropped(text: str) -> None:
    assert not may_be_said(Sentence(text, (ORDER,)))


@pytest.mark.parametrize(
    "text",
    ["我们会赔偿您", "全额退款给您", "保证退款", "给您补偿", "We will refund you", "You get compensation", "I guarantee it", "a full refund"],
)  # fmt: skip
def test_nothing_is_promised_but_by_a_quoted_policy(text: str) -> None:
    assert not may_be_said(Sentence(text, (ORDER,)))
    assert may_be_said(Sentence(text, (Evidence("policy", "p", f"{text}。"),), is_quote=True))


def test_a_quotation_stands_word_by_word() -> None:
    assert may_be_said(Sentence("破损的商品全额赔偿，7天内有效", (RULE,), is_quote=True))
    assert not may_be_said(Sentence("破损的商品赔偿，7天内有效", (RULE,), is_quote=True))


def test_a_title_may_hold_what_would_be_a_promise() -> None:
    title = Evidence("item", "i", "Guaranteed Fresh Tea", ("Guaranteed Fresh Tea",))
    assert may_be_said(Sentence("“Guaranteed Fresh Tea” is in stock.", (title,)))


def test_what_is_dropped_is_told() -> None:
    kept, dropped = supported([Sentence("Hello."), Sentence("It is 5.")])
    assert [one.text for one in kept] == ["Hello."]
    assert [one.text for one in dropped] == ["It is 5."]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_of_the_house_states_no_value_and_promises_nothing(language: str) -> None:
    for told in templates().values():
        assert may_be_said(Sentence(told[language])), told[language]


def test_every_sentence_is_there_in_both_languages() -> None:
    assert all(set(told) == set(LANGUAGES) for told in templates().values())
