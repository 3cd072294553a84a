"""One name for each type of event, whatever a shop calls it."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

_CALLED: Mapping[str, str] = {
    "view": "views viewed pageview page_view pv browse visit detail 浏览 查看",
    "click": "clicks clicked tap 点击",
    "favourite": "favorite fav favor wishlist bookmark collect save 收藏 关注",
    "like": "likes liked upvote 喜欢 点赞",
    "cart": "add_to_cart addtocart add-to-cart basket 加购 加入购物车 购物车",
    "purchase": "purchases purchased buy bought order ordered transaction sale 购买 下单 支付 成交",
    "play": "plays played listen watch stream 播放 收听 观看",
    "rating": "rate rated 评分 打分",
    "review": "reviews reviewed 评价 评论",
    "share": "shares shared 分享 转发",
    "dislike": "dislikes downvote not_interested 不喜欢 不感兴趣",
    "return": "returned refund 退货 退款",
    "hide": "hides hidden 隐藏 不再显示",
    "report": "reports reported 举报",
    "impression": "impressions exposure shown 曝光 展示",
}
_STANDARD = {name: standard for standard, names in _CALLED.items() for name in names.split()}


def standard_type(column: str) -> pl.Expr:
    """Return the standard names of a String column of event types; a type with no other name stays as it is.

    >>> pl.DataFrame({"type": ["Add_To_Cart", "购买", "redeem"]}).select(standard_type("type"))["type"].to_list()
    ['cart', 'purchase', 'redeem']
    """
    said = pl.col(column)
    return pl.coalesce(
        said.str.to_lowercase().replace_strict(_STANDARD, default=None, return_dtype=pl.String),
        said,
    )
