"""The tools of the house, joined."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Any

from zhiyin.assistant.knowledge.knowledge import Answer
from zhiyin.assistant.orders.provider import OrderProvider
from zhiyin.assistant.tools.advice import CompareItems, RecommendItems, SearchItems
from zhiyin.assistant.tools.coupons import Coupons
from zhiyin.assistant.tools.hand_over import HandOver
from zhiyin.assistant.tools.own_orders import OrderStatus, RecentOrders, StartReturn
from zhiyin.assistant.tools.policy import Policy
from zhiyin.assistant.tools.shelf import Shelf
from zhiyin.assistant.tools.tool_box import ToolBox
from zhiyin.core.page import Page
from zhiyin.search.searching import Searching
from zhiyin.store.store import Store


def standard_tools(
    store: Store,
    orders: OrderProvider,
    *,
    return_days: int,
    zone: tzinfo,
    search: Callable[[str, str | None, int], Page],
    recommend: Callable[[str | None, int], Page],
    searching: Searching,
    opinions: Callable[[str], Sequence[Mapping[str, Any]]],
    answer: Callable[[str, str, datetime], Answer],
) -> ToolBox:
    """Return a box of every tool.

    Args:
        store: whose catalogue and facts.
        orders: where orders are asked for.
        return_days: after delivery, in which something can be sent back.
        zone: in which the shop's people live.
        search: from a text, the user and n to a page.
        recommend: from the user and n to a page.
        searching: compares.
        opinions: from an item's id to what people think of it.
        answer: from a question, a language and a time to what documents say.
    """
    shelf = Shelf(store)
    return ToolBox(
        [
            OrderStatus(orders, shelf, zone),
            RecentOrders(orders, shelf, zone),
            StartReturn(orders, shelf, zone, return_days),
            Coupons(store, shelf, zone),
            SearchItems(search, shelf),
            RecommendItems(recommend, shelf),
            CompareItems(searching, opinions, shelf),
            Policy(answer),
            HandOver(),
        ]
    )
