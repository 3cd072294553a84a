"""What shoppers are up to: sixty queries, half looked at while the rules were made, half scored once when they were."""

from __future__ import annotations

import pytest

from zhiyin.ingest.sample import make
from zhiyin.search.catalogue_index import CatalogueIndex
from zhiyin.search.query.query_parser import QueryParser

LOOKED_AT = {
    "navigational": ("缓行", "Nike", "华为官方旗舰店", "sony store", "小米"),
    "product": ("跑步鞋", "headphones", "羽绒服", "phone case", "找一款保温杯", "looking for a desk lamp"),
    "attribute": ("红色跑步鞋", "red shoes under $50", "不含酒精的爽肤水", "cheap headphones", "跑步鞋 36码", "cotton t-shirt for men",
                  "200元以内的耳机", "backpack without wheels"),
    "gift": ("送女朋友的礼物", "gift for my 5 year old son", "妈妈生日送什么好", "birthday present for dad", "母亲节礼物"),
    "compare": ("小米手环和华为手环哪个好", "bosch vs makita drill", "difference between oled and qled tv"),
    "support": ("怎么退货", "where is my order", "快递几天能到"),
}  # fmt: skip
HELD = {
    "navigational": ("苹果官网", "adidas", "山岚茶事", "Huawei official store", "净颜集旗舰店"),
    "product": ("蓝牙音箱", "running shoes", "婴儿推车", "yoga mat", "求推荐面霜", "best coffee maker", "床上四件套"),
    "attribute": ("黑色双肩包", "non-leather belt", "便宜的蓝牙耳机", "wireless mouse between $20 and $40", "纯棉男士内裤",
                  "size 8 women's boots", "除了黑色的手机壳", "夏季薄款连衣裙"),
    "gift": ("给老婆买什么礼物", "anniversary gift ideas for wife", "男朋友生日礼物", "something for my girlfriend", "送领导的茶叶"),
    "compare": ("iphone 和 三星 哪个更值得买", "is dyson better than shark", "羽绒服和棉服的区别"),
    "support": ("我要退款", "how do i cancel my order"),
}  # fmt: skip


@pytest.fixture(scope="module")
def parser() -> QueryParser:
    rows = make(7, people=60).frames["items"].iter_rows(named=True)
    return CatalogueIndex.of([{**row, "number": place} for place, row in enumerate(rows)]).parser


@pytest.mark.parametrize(
    ("queries", "right"), [(LOOKED_AT, 29), (HELD, 27)], ids=["looked at", "held"]
)
def test_intents_are_those_that_are_meant(
    queries: dict[str, tuple[str, ...]], right: int, parser: QueryParser
) -> None:
    told = [
        (query, meant, parser.understand(query).intent)
        for meant, said in queries.items()
        for query in said
    ]
    wrong = [one for one in told if one[1] != one[2]]
    assert len(told) == 30
    assert len(told) - len(wrong) >= right, wrong
