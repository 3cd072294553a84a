"""What shops call the columns of their tables, in English and Chinese."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_PERSON = (
    "user user_id userid person person_id customer customer_id customer_unique_id cust_id client client_id buyer buyer_id "
    "shopper shopper_id household household_id reviewer reviewer_id member member_id account account_id visitor "
    "visitor_id visitorid viewer viewer_id uid username user_name profile_name email customer_email "
    "用户 用户id 用户_id 用户编号 用户名 会员 会员id 会员_id 会员编号 会员名 会员号 买家 买家id 买家编号 买家昵称 买家会员名 "
    "顾客 顾客id 顾客编号 客户 客户id 客户编号 用户名称 会员卡号"
)
_ITEM = (
    "item item_id itemid item_code product product_id productid product_code sku sku_id sku_code article article_id "
    "stock_code variant_id variant_sku lineitem_sku item_sku product_sku asin parent_asin isbn movie movie_id artist "
    "artist_id track_id song_id book_id game_id app_id video_id news_id recipe_id business_id goods goods_id iid "
    "商品 商品id 商品_id 商品编号 商品编码 商品代码 商品货号 货号 宝贝id 宝贝编号 产品 产品id 产品编号 sku编号 sku编码 商家编码"
)
_TIME = (
    "time timestamp time_stamp ts time_ms datetime date_time date created_at create_time created_time creation_date "
    "creation_time event_time event_timestamp unix_review_time review_time review_date review_creation_date order_date "
    "order_time ordered_at order_purchase_timestamp purchase_date purchase_time purchased_at invoice_date "
    "transaction_date transaction_time transaction_timestamp t_dat paid_at occurred_at visit_time click_time "
    "时间 日期 时间戳 下单时间 下单日期 订单创建时间 创建时间 付款时间 支付时间 订单付款时间 购买时间 成交时间 行为时间 操作时间 "
    "发生时间 浏览时间 评价时间 评论时间 交易时间"
)
_TEXT = (
    "text content body comment comments message review review_text review_body review_content review_comment_message "
    "utterance reply 内容 评论 评论内容 评价 评价内容 文本 正文 消息 留言"
)
_OTHER = (
    "other other_id friend friend_id target target_id to to_user to_user_id followee followee_id followed trustee dst "
    "好友 好友id 好友编号 关注对象 被关注用户"
)
_RATING = (
    "rating score stars overall star_rating book_rating user_rating review_score review_rating "
    "评分 分数 打分 星级 评价分数"
)
_QUANTITY = "quantity qty item_quantity lineitem_quantity order_quantity item_qty units 数量 件数 购买数量 商品数量 宝贝数量 购买件数"
_QUESTION = "question q faq ask 问题 提问 常见问题"
_KIND = "kind type relation relationship 关系 类型"

NAMES: Mapping[str, Mapping[str, str]] = {
    "events": {
        "user": _PERSON,
        "item": _ITEM,
        "type": (
            "type event event_type event_name action action_type behavior behaviour behavior_type behaviour_type "
            "interaction interaction_type feedback_type 类型 行为 行为类型 操作 操作类型 事件 事件类型"
        ),
        "value": f"value {_RATING} weight {_QUANTITY} amount plays play_count playcount",
        "time": _TIME,
        "request_id": "request_id",
        "event_id": "event_id",
        "target": "target",
    },
    "items": {
        "id": f"id {_ITEM}",
        "title": (
            "title name product_name product_title artist_name item_name item_title movie_title book_title track_name "
            "song_name game_name goods_name sku_name 标题 名称 商品名称 商品名 商品标题 宝贝标题 宝贝名称 产品名称 品名"
        ),
        "description": (
            "description desc details detail product_description item_description body_html body_(html) body short_description "
            "abstract overview summary 描述 商品描述 详情 商品详情 简介 说明"
        ),
        "category": (
            "category categories category_name category_code product_category product_category_name product_type "
            "department department_name class main_category genres genre category_id cat_id "
            "类目 分类 类别 品类 商品类目 商品分类 商品类别 一级类目 宝贝类目"
        ),
        "brand": "brand brands brand_name manufacturer vendor store brand_id 品牌 品牌名称 商品品牌",
        "price": (
            "price list_price unit_price regular_price sale_price selling_price current_price retail_price variant_price "
            "item_price product_price 价格 单价 售价 销售价 现价 成交价 商品价格 一口价 定价"
        ),
        "price_minor": "price_minor price_cents",
        "currency": "currency currency_code 货币 币种",
        "stock": (
            "stock inventory stock_quantity quantity_in_stock inventory_quantity variant_inventory_qty available_stock "
            "库存 库存数量 库存量 商品库存"
        ),
        "created": f"created published_at listed_at 上架时间 上架日期 {_TIME}",
    },
    "users": {
        "id": f"id {_PERSON}",
        "created": (
            "created registered registered_at registration_date signup signup_date sign_up_date signed_up_at joined "
            f"joined_at join_date member_since 注册时间 注册日期 {_TIME}"
        ),
    },
    "ties": {
        "user": f"{_PERSON} from from_user from_user_id src source follower follower_id truster 关注者",
        "other": _OTHER,
        "kind": _KIND,
        "strength": "strength weight trust 强度 亲密度",
        "time": _TIME,
    },
    "interactions": {
        "user": f"{_PERSON} from from_user from_user_id sender sender_id src 发送者 发送人",
        "other": f"{_OTHER} receiver receiver_id recipient recipient_id 接收者 接收人",
        "type": "type action kind interaction_type 类型",
        "item": _ITEM,
        "value": "value amount",
        "text": _TEXT,
        "time": _TIME,
        "event_id": "event_id id",
    },
    "posts": {
        "id": "id post_id review_id comment_id 评论id 评价id 评论编号",
        "user": f"{_PERSON} author author_id 作者",
        "item": _ITEM,
        "kind": "kind type",
        "text": _TEXT,
        "title": "title summary headline review_title review_headline review_comment_title 标题",
        "rating": _RATING,
        "language": "language lang 语言",
        "time": _TIME,
    },
    "chats": {
        "conversation": (
            "conversation conversation_id session session_id dialogue dialogue_id thread thread_id chat_id ticket_id "
            "会话 会话id 会话编号 对话id"
        ),
        "role": "role speaker sender sender_type 角色 发言人",
        "text": _TEXT,
        "user": _PERSON,
        "item": _ITEM,
        "time": _TIME,
        "event_id": "event_id id message_id",
    },
    "orders": {
        "order_id": (
            "order_id order orderid order_no order_number order_sn order_code invoice invoice_no id "
            "订单 订单号 订单id 订单编号 子订单编号 主订单编号"
        ),
        "user": f"{_PERSON} email",
        "item": f"{_ITEM} lineitem_sku lineitem_name",
        "status": (
            "status order_status fulfillment_status lineitem_fulfillment_status 状态 订单状态 交易状态"
        ),
        "quantity": _QUANTITY,
        "price": (
            "price unit_price item_price lineitem_price selling_price 单价 商品单价 价格 成交单价"
        ),
        "price_minor": "price_minor price_cents",
        "currency": "currency currency_code 货币 币种",
        "total_minor": "total_minor total_cents",
        "paid": "paid paid_at payment_time order_approved_at 付款时间 支付时间 订单付款时间",
        "shipped": (
            "shipped shipped_at ship_date ship_time fulfilled_at order_delivered_carrier_date 发货时间 发货日期"
        ),
        "delivered": (
            "delivered delivered_at delivery_date delivery_time order_delivered_customer_date 签收时间 送达时间 收货时间 确认收货时间"
        ),
        "time": f"placed placed_at {_TIME}",
        "carrier": "carrier courier shipping_company shipping_carrier logistics 物流公司 快递公司 承运商",
        "tracking": "tracking tracking_number tracking_no tracking_id waybill 运单号 物流单号 快递单号",
        "city": "city shipping_city ship_city customer_city 城市 收货城市 市",
        "coupon": "coupon coupon_code discount_code promo_code 优惠券 优惠码 优惠券码",
    },
    "facts": {
        "subject": f"subject entity {_ITEM}",
        "name": "name attribute predicate relation key 属性 属性名",
        "value": "value object tag 值 属性值 标签",
        "subject_kind": "subject_kind kind",
        "user": _PERSON,
        "time": _TIME,
        "source": "source",
        "span": "span",
        "method": "method",
        "confidence": "confidence",
        "expires": "expires expires_at expiry expiry_date valid_until 到期时间 失效时间 有效期至",
    },
    "documents": {
        "title": f"title {_QUESTION} heading 标题",
        "text": "text answer reply content body 答案 回答 答复 内容 正文 文本",
        "id": "id document document_id faq_id policy_id 编号 文档编号",
        "kind": "kind type 类型",
        "language": "language lang locale 语言",
        "version": "version revision 版本",
        "valid_from": "valid_from effective_from effective_date start_date 生效时间 生效日期",
        "valid_to": "valid_to valid_until effective_to expires end_date 失效时间 失效日期 有效期至",
        "source": "source url 来源",
    },
}
"""Kind of record → field → names of columns in `plain` spelling, the likeliest first."""

CONTEXT = ("place", "weather", "temperature_c", "season", "hour", "weekday", "device", "occasion")
"""Columns of events that say in what situation something happened."""

RATINGS = frozenset(_RATING.split())
"""Columns that hold ratings."""

QUESTIONS = frozenset(_QUESTION.split())
"""Columns that hold the questions of a FAQ."""

_DATUM = re.compile(
    r"-?\d+([.,]\d+)*|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}([T ].*)?|[\[{].*|https?://.*|.+@.+\..+"
)


def is_data(names: Sequence[str]) -> bool:
    """Return whether the names of a table's columns look like its first row: one is a number, a day, JSON or an address.

    >>> is_data(["1", "2268318", "pv"]), is_data(["user", "item", "2"]), is_data(["user", "item"])
    (True, True, False)
    """
    return any(_DATUM.fullmatch(name) for name in names)


def plain(name: str) -> str:
    """Return a column's name in one spelling: ``reviewerID``, ``Reviewer Id`` and ``reviewer_id`` are the same.

    >>> plain("reviewerID"), plain("Unix Review-Time")
    ('reviewer_id', 'unix_review_time')
    """
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name.strip())
    return re.sub(r"[\s\-.]+", "_", parted).lower()
