"""Personal data are found by their form, hidden, and put back."""

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiyin.privacy.redaction import Redaction, personal_data


@pytest.mark.parametrize(
    ("text", "kind", "piece"),
    [
        ("电话13800138000谢谢", "PHONE", "13800138000"),
        ("１３８００１３８０００", "PHONE", "１３８００１３８０００"),
        ("打 138-0013-8000", "PHONE", "138-0013-8000"),
        ("+86 138 0013 8000", "PHONE", "+86 138 0013 8000"),
        ("座机010-62345678", "PHONE", "010-62345678"),
        ("座机057162345678", "PHONE", "057162345678"),
        ("座机(021) 62345678", "PHONE", "(021) 62345678"),
        ("call +1 (415) 555-2671 now", "PHONE", "+1 (415) 555-2671"),
        ("call 415-555-2671 now", "PHONE", "415-555-2671"),
        ("call +44 20 7946 0958", "PHONE", "+44 20 7946 0958"),
        ("邮箱an.lee+x@mail.example.com。", "EMAIL", "an.lee+x@mail.example.com"),
        ("身份证11010519491231002X", "ID", "11010519491231002X"),
        ("卡号 4111 1111 1111 1111", "CARD", "4111 1111 1111 1111"),
        ("订单号：202405011234", "ORDER", "202405011234"),
        ("运单SF1234567890", "ORDER", "SF1234567890"),
        ("order no. 114-3941689-8772232?", "ORDER", "114-3941689-8772232"),
        ("3019283746501928374", "ORDER", "3019283746501928374"),
        (
            "寄到北京市朝阳区建国路88号院3号楼2单元501，谢谢",
            "ADDRESS",
            "北京市朝阳区建国路88号院3号楼2单元501",
        ),
        ("妈妈住在世纪大道100号", "ADDRESS", "世纪大道100号"),
        ("to 221 Baker Street, Apt 4B please", "ADDRESS", "221 Baker Street, Apt 4B"),
    ],
)
def test_what_is_personal_is_found(text, kind, piece):
    [found] = personal_data(text)
    assert (found.kind, text[found.start : found.end]) == (kind, piece)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "iPhone 15 Pro 256GB 黑色 5999元",
        "2024-05-01 12:30 发货",
        "尺码 175/96A，三层 2号电池",
        "包里3层，5号楼的快递",
        "order iphone15 case, size 12-14",
        "订单什么时候到",
        "11010519491 不是身份证",
        "a@b",
        "4111 1111 1111",
    ],
)
def test_what_is_not_personal_is_left(text):
    assert personal_data(text) == []


def test_a_wrong_check_digit_is_no_identity_number_and_no_card():
    assert [found.kind for found in personal_data("110105194912310021")] == ["ORDER"]
    assert [found.kind for found in personal_data("4111111111111112")] == ["ORDER"]


def test_the_same_piece_has_the_same_placeholder_in_all_texts():
    redaction = Redaction(["ring 13800138000", "13900139000 or 13800138000", "none"])
    assert redaction.texts == ["ring [PHONE_1]", "[PHONE_2] or [PHONE_1]", "none"]
    assert redaction.restored("[PHONE_2], [PHONE_3]") == "13900139000, [PHONE_3]"


def test_a_text_cannot_make_itself_a_placeholder():
    redaction = Redaction(["say [PHONE_1] or ring 13800138000"])
    assert redaction.texts == ["say [PHONE_1] or ring [PHONE_2]"]
    assert redaction.restored("[PHONE_1]") == "[PHONE_1]"


def test_it_is_found_in_escaped_json_too():
    redaction = Redaction(['{"a":"x\\n13800138000\\"an@example.com"}'])
    assert redaction.texts == ['{"a":"x\\n[PHONE_1]\\"[EMAIL_1]"}']


PIECES = [
    "13800138000",
    "an@example.com",
    "建国路88号",
    "11010519491231002X",
    "[PHONE_1]",
    "订单号",
]


@settings(deadline=None, max_examples=50)
@given(st.lists(st.lists(st.sampled_from(PIECES) | st.text(max_size=8)).map("".join), max_size=4))
def test_hiding_can_be_undone(texts):
    redaction = Redaction(texts)
    assert [redaction.restored(text) for text in redaction.texts] == texts
    for text in texts:
        found = personal_data(text)
        assert all(0 <= one.start < one.end <= len(text) for one in found)
        assert all(a.end <= b.start for a, b in pairwise(found))


def test_nothing_personal_is_left_when_it_is_hidden_once():
    for text in Redaction([f"我{piece}，" for piece in PIECES[:4]]).texts:
        assert personal_data(text) == []


def test_long_texts_are_quick():
    began = time.process_time()
    for piece in ("路", "1", "13800138000 ", "a", "1 ", "a@", "路1号", "(0", "+1 ", "order ", "A-"):
        personal_data((piece * 50_000)[:100_000])
    assert time.process_time() - began < 4
