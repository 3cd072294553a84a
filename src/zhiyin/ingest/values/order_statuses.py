"""One name for where an order's line stands, whatever a shop calls it."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

_CALLED: Mapping[str, str] = {
    "placed": "pending unpaid created new open ordered 待付款 待支付 未付款 已下单 等待买家付款",
    "paid": "processing approved confirmed payment_received 已付款 已支付 待发货 待配货 等待卖家发货 买家已付款,等待卖家发货",
    "packed": "invoiced ready ready_to_ship 已打包 已配货 待揽收 已出库",
    "shipped": "in_transit fulfilled sent on_the_way out_for_delivery dispatched 已发货 运输中 派送中 待收货 等待买家确认收货",
    "delivered": "completed complete received finished 已签收 已送达 已收货 已完成 交易成功 待评价",
    "cancelled": "canceled void voided unavailable closed 已取消 交易关闭 已关闭",
    "returning": "return_requested return_in_transit refund_requested 退货中 退款中 售后中 申请退款 申请退货",
    "returned": "return_received 已退货",
    "refunded": "refund partially_refunded 已退款 退款成功",
}
_STANDARD = {
    name: standard for standard, names in _CALLED.items() for name in (standard, *names.split())
}


def standard_status(column: str) -> pl.Expr:
    """Return the standard names of a String column of an order's statuses; any other stays as it is.

    >>> pl.DataFrame({"s": ["In transit", "已签收", "lost"]}).select(standard_status("s"))["s"].to_list()
    ['shipped', 'delivered', 'lost']
    """
    said = pl.col(column)
    plain = said.str.to_lowercase().str.replace_all(r"[\s-]+", "_")
    return pl.coalesce(plain.replace_strict(_STANDARD, default=None, return_dtype=pl.String), said)
