from __future__ import annotations

import polars as pl
import pytest

from zhiyin.core import RECORDS
from zhiyin.errors import InvalidRecord
from zhiyin.ingest.columns import apply, guess, spelled, unused


@pytest.mark.parametrize(
    ("kind", "header", "found"),
    [
        (
            "events",
            ["reviewerID", "asin", "overall", "unixReviewTime"],
            {"user": "reviewerID", "item": "asin", "value": "overall", "time": "unixReviewTime"},
        ),
        (
            "events",
            ["userID", "artistID", "weight"],
            {"user": "userID", "item": "artistID", "value": "weight"},
        ),
        (
            "events",
            ["用户", "商品", "行为", "评分", "时间"],
            {"user": "用户", "item": "商品", "type": "行为", "value": "评分", "time": "时间"},
        ),
        (
            "events",
            ["User Id", "Item-Id", "weather", "colour"],
            {"user": "User Id", "item": "Item-Id", "context.weather": "weather"},
        ),
        ("events", ["user", "item", "context"], {"user": "user", "item": "item", "context": "context"}),
        ("items", ["id", "", "标题"], {"id": "id", "title": "标题"}),
        (
            "items",
            ["sku", "name", "Price", "attributes", "Colour", "colour"],
            {
                "id": "sku",
                "title": "name",
                "price": "Price",
                "attributes": "attributes",
                "attributes.colour": "colour",
                "attributes.Colour": "Colour",
            },
        ),
        ("ties", ["truster", "trustee"], {"user": "truster", "other": "trustee"}),
        ("chats", ["session", "speaker", "utterance"], {"conversation": "session", "role": "speaker", "text": "utterance"}),
    ],
)  # fmt: skip
def test_names_tell_which_column_is_which(kind, header, found):
    assert guess(kind, header, {}) == found


EXPORTS = [
    (
        "Shopify orders",
        "events",
        "Name,Email,Financial Status,Paid at,Fulfillment Status,Currency,Subtotal,Shipping,Taxes,Total,Created at,"
        "Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Lineitem requires shipping,Vendor,Id",
        {"user": "Email", "item": "Lineitem sku", "value": "Lineitem quantity", "time": "Created at"},
    ),
    (
        "Shopify products",
        "items",
        "Handle,Title,Body (HTML),Vendor,Product Category,Tags,Variant SKU,Variant Inventory Qty,Variant Price",
        {
            "id": "Variant SKU", "title": "Title", "description": "Body (HTML)", "category": "Product Category",
            "brand": "Vendor", "price": "Variant Price", "stock": "Variant Inventory Qty",
        },
    ),
    (
        "WooCommerce products",
        "items",
        "ID,Type,SKU,Name,Published,Is featured?,Short description,Description,In stock?,Stock,Sale price,"
        "Regular price,Categories,Tags,Images,Brands",
        {
            "id": "ID", "title": "Name", "description": "Description", "stock": "Stock", "price": "Regular price",
            "category": "Categories", "brand": "Brands",
        },
    ),
    (
        "RetailRocket events",
        "events",
        "timestamp,visitorid,event,itemid,transactionid",
        {"user": "visitorid", "item": "itemid", "type": "event", "time": "timestamp"},
    ),
    ("Instacart products", "items", "product_id,product_name,aisle_id,department_id", {"id": "product_id", "title": "product_name"}),
    (
        "Olist reviews",
        "posts",
        "review_id,order_id,review_score,review_comment_title,review_comment_message,review_creation_date,"
        "review_answer_timestamp",
        {
            "id": "review_id", "rating": "review_score", "title": "review_comment_title",
            "text": "review_comment_message", "time": "review_creation_date",
        },
    ),
    (
        "Olist customers",
        "users",
        "customer_id,customer_unique_id,customer_zip_code_prefix,customer_city,customer_state",
        {"id": "customer_id"},
    ),
    (
        "YooChoose clicks with a header",
        "events",
        "user_id,timestamp,item_id,category",
        {"user": "user_id", "item": "item_id", "time": "timestamp"},
    ),
    ("MIND news", "items", "news_id,category,subcategory,title,abstract,url", {"id": "news_id", "category": "category", "title": "title", "description": "abstract"}),
    (
        "Tmall log",
        "events",
        "user_id,item_id,cat_id,seller_id,brand_id,time_stamp,action_type",
        {"user": "user_id", "item": "item_id", "type": "action_type", "time": "time_stamp"},
    ),
    (
        "REES46 events",
        "events",
        "event_time,event_type,product_id,category_id,category_code,brand,price,user_id,user_session",
        {"user": "user_id", "item": "product_id", "type": "event_type", "time": "event_time"},
    ),
    (
        "Online Retail",
        "events",
        "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country",
        {"user": "CustomerID", "item": "StockCode", "value": "Quantity", "time": "InvoiceDate"},
    ),
    ("Book-Crossing", "events", "User-ID,ISBN,Book-Rating", {"user": "User-ID", "item": "ISBN", "value": "Book-Rating"}),
    (
        "Yelp reviews",
        "posts",
        "review_id,user_id,business_id,stars,useful,funny,cool,text,date",
        {"id": "review_id", "user": "user_id", "item": "business_id", "rating": "stars", "text": "text", "time": "date"},
    ),
    ("H&M", "events", "t_dat,customer_id,article_id,price,sales_channel_id", {"user": "customer_id", "item": "article_id", "time": "t_dat"}),
    (
        "a Chinese shop's orders",
        "events",
        "订单编号,买家会员名,商品编号,宝贝标题,购买数量,成交价,下单时间",
        {"user": "买家会员名", "item": "商品编号", "value": "购买数量", "time": "下单时间"},
    ),
    ("a Chinese log", "events", "用户编号,商品编号,行为类型,行为时间", {"user": "用户编号", "item": "商品编号", "type": "行为类型", "time": "行为时间"}),
    (
        "a Chinese catalogue",
        "items",
        "货号,商品名称,商品类目,品牌,售价,库存数量,上架时间",
        {
            "id": "货号", "title": "商品名称", "category": "商品类目", "brand": "品牌", "price": "售价",
            "stock": "库存数量", "created": "上架时间",
        },
    ),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "header", "found"), [row[1:] for row in EXPORTS], ids=[row[0] for row in EXPORTS])  # fmt: skip
def test_exports_of_well_known_shapes(kind, header, found):
    mapping = guess(kind, header.split(","), {})
    assert {f: column for f, column in mapping.items() if "." not in f} == found
    rest = set(header.split(",")) - set(found.values())
    assert set(unused(header.split(","), mapping)) <= rest
    assert (kind in ("items", "users")) <= (unused(header.split(","), mapping) == [])


@pytest.mark.parametrize("header", ["order_id,product_id,add_to_cart_order,reordered", "session_id,timestamp,item_id,category"])  # fmt: skip
def test_nobody_is_made_up_where_a_table_names_no_user(header):
    with pytest.raises(InvalidRecord, match=r"no column for user of events.*--map user=COLUMN"):
        guess("events", header.split(","), {})


@pytest.mark.parametrize(
    "row",
    [
        "1,2268318,2520377,pv,1511544070",
        "196,242,3,881250949",
        "u1,i7,2024-05-01 08:00:00",
        'an@x.org,tea,"{}"',
    ],
)
def test_a_first_row_is_no_header(row):
    with pytest.raises(
        InvalidRecord, match=r"first line is a row, not a header.*--header user,item"
    ):
        guess("events", row.split(","), {})


def test_unused_columns_keep_their_order():
    header = ["user", "z", "item", "", "a"]
    assert unused(header, guess("events", header, {})) == ["z", "a"]


def test_a_mapping_with_many_columns_is_cut_short():
    mapping = {"id": "sku", **{f"attributes.a{n}": f"a{n}" for n in range(12)}}
    assert spelled(mapping).startswith("id ← sku, attributes ← a0 + a1")
    assert spelled(mapping).endswith("a7 + 4 more")


def test_what_the_user_says_comes_first():
    header = ["user", "item", "weather", "W", "buyer"]
    said = {"user": "buyer", "context.weather": "W"}
    found = guess("events", header, said)
    assert found == {"user": "buyer", "item": "item", "context.weather": "W"}
    assert guess("items", ["id", "a", "colour"], {"attributes.colour": "a"}) == {
        "id": "id",
        "attributes.colour": "a",
    }


def test_a_mapped_column_is_not_also_guessed_as_something_else():
    assert guess("events", ["user", "item", "time"], {"value": "time"}) == {
        "user": "user",
        "item": "item",
        "value": "time",
    }


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"usr": "user"}, ["no field usr", "--map usr=user", 'did you mean "user"', "Next:"]),
        ({"user": "usr"}, ["no column usr", "--map user=usr", 'did you mean "user"', "Next:"]),
        ({"user.name": "user"}, ["no field user.name", "Next:"]),
        ({"context.": "user"}, ["no field context.", "Next:"]),
    ],
)
def test_unknown_fields_and_columns_name_the_nearest(given, words):
    with pytest.raises(InvalidRecord) as caught:
        guess("events", ["user", "item"], given)
    assert all(word in str(caught.value) for word in words)


def test_a_thousand_columns_make_no_page_of_text():
    with pytest.raises(InvalidRecord) as caught:
        guess("events", [f"column_number_{n}" for n in range(1000)], {"user": "column_numbr_7"})
    assert "column_number_7" in str(caught.value)
    assert len(str(caught.value)) < 1000


def test_a_missing_required_field_says_how_to_give_it():
    with pytest.raises(InvalidRecord) as caught:
        guess("events", ["a", "b"], {})
    assert caught.value.what == "no column for user and item of events"
    assert caught.value.where == "columns a, b"
    assert "user_id" in caught.value.expected
    assert "--map user=COLUMN" in caught.value.next_step


@pytest.mark.parametrize("kind", RECORDS)
def test_the_fields_own_names_are_known(kind):
    fields = list(RECORDS[kind].__dataclass_fields__)
    assert {field: field for field in fields} == guess(kind, fields, {})


def test_columns_take_the_names_of_fields_and_mappings_become_structs():
    rows = pl.DataFrame({"u": ["an", "bo"], "w": ["rain", None], "t": [21.5, None]})
    out = apply(
        "events", rows, {"user": "u", "context.weather": "w", "context.t": "t", "item": "x"}
    )
    assert out["user"].to_list() == ["an", "bo"]
    assert out["item"].to_list() == [None, None]
    assert out["context"].to_list() == [
        {"weather": "rain", "t": 21.5},
        {"weather": None, "t": None},
    ]


def test_one_column_may_serve_two_fields():
    rows = pl.DataFrame({"a": ["x"]})
    mapping = {"id": "a", "title": "a", "attributes.one": "a", "attributes.two": "a"}
    out = apply("items", rows, mapping)
    assert out.select("id", "title").row(0) == ("x", "x")
    assert out["attributes"].to_list() == [{"one": "x", "two": "x"}]
    assert apply("items", rows, dict.fromkeys(["id", "title"], "absent"))["id"].to_list() == [None]


def test_a_whole_mapping_and_its_fields_are_joined():
    rows = pl.DataFrame({"c": ['{"place":"home"}', None, "no json"], "w": ["rain", "sun", "fog"]})
    out = apply("events", rows, {"context": "c", "context.weather": "w"})["context"].to_list()
    assert out == ['{"place":"home","weather":"rain"}', '{"weather":"sun"}', "no json"]
