"""The speaker's own orders: where one stands, the last ones, and sending something back."""

from __future__ import annotations

from datetime import timedelta, tzinfo
from typing import Literal

from pydantic import Field

from zhiyin.assistant.orders.provider import OrderProvider
from zhiyin.assistant.orders.wording import order_data, order_text, return_text
from zhiyin.assistant.tools.shelf import Shelf
from zhiyin.assistant.tools.tool import Arguments, Evidence, Pending, Speaker, ToolResult
from zhiyin.core.order import Order, OrderLine
from zhiyin.errors import Conflict

_GOING_BACK = ("returning", "returned", "refunded")


class _OfOrders:
    """What the tools of orders share: who asks is whose orders are looked at."""

    needs_user = True

    def __init__(self, provider: OrderProvider, shelf: Shelf, zone: tzinfo) -> None:
        self._provider, self._shelf, self._zone = provider, shelf, zone

    def _order(self, speaker: Speaker, order_id: str) -> Order | None:
        return self._provider.order(str(speaker.user), order_id.strip())

    def _evidence(self, order: Order, speaker: Speaker) -> Evidence:
        text, values = order_text(order, self._shelf.title, speaker.language, self._zone)
        return Evidence("order", order.id, text, values)

    def _shown(self, order: Order, speaker: Speaker, outcome: str = "ok") -> ToolResult:
        return ToolResult(outcome, (self._evidence(order, speaker),), {"order": order_data(order)})


class OrderStatus(_OfOrders):
    """Tells where an order of the speaker stands, the last one unless it is named."""

    name = "order_status"
    description = "Where an order of the speaker stands."
    has_effect = False

    class Parameters(Arguments):
        """Which order."""

        order_id: str | None = Field(None, max_length=512)

    parameters = Parameters

    def run(self, speaker: Speaker, arguments: Parameters) -> ToolResult:
        """Return the order; ``unknown_order`` or ``nothing`` where the speaker has none such."""
        if arguments.order_id is not None:
            order = self._order(speaker, arguments.order_id)
            return ToolResult("unknown_order") if order is None else self._shown(order, speaker)
        last = self._provider.orders(str(speaker.user), 1)
        return self._shown(last[0], speaker) if last else ToolResult("nothing")


class RecentOrders(_OfOrders):
    """Tells the speaker's last orders."""

    name = "recent_orders"
    description = "The speaker's last orders, newest first."
    has_effect = False

    class Parameters(Arguments):
        """How many."""

        limit: int = Field(5, ge=1, le=20)

    parameters = Parameters

    def run(self, speaker: Speaker, arguments: Parameters) -> ToolResult:
        """Return the orders; ``nothing`` where there are none."""
        found = self._provider.orders(str(speaker.user), arguments.limit)
        evidence = tuple(self._evidence(order, speaker) for order in found)
        data = {"orders": [order_data(order) for order in found]}
        return ToolResult("ok" if found else "nothing", evidence, data)


class StartReturn(_OfOrders):
    """Opens a return of a line that was delivered not too long ago.

    Args:
        provider: of the orders.
        shelf: of the catalogue.
        zone: in which days are.
        days: after delivery, in which something can be sent back.
    """

    name = "start_return"
    description = "Send an item of an order of the speaker back, after a yes."
    has_effect = True

    class Parameters(Arguments):
        """What, and why."""

        order_id: str = Field(max_length=512)
        item: str = Field(max_length=512)
        reason: Literal[
            "damaged", "wrong_item", "not_as_described", "size", "changed_mind", "other"
        ]

    parameters = Parameters

    def __init__(self, provider: OrderProvider, shelf: Shelf, zone: tzinfo, days: int) -> None:
        super().__init__(provider, shelf, zone)
        self._days = timedelta(days=days)

    def run(self, speaker: Speaker, arguments: Parameters) -> ToolResult:
        """Return what would be done, or why it cannot: see ``refusal``; ``unknown_order``, ``unknown_item``."""
        order = self._order(speaker, arguments.order_id)
        if order is None:
            return ToolResult("unknown_order")
        line = order.line(arguments.item)
        if line is None:
            return self._shown(order, speaker, "unknown_item")
        outcome = self.refusal(line, speaker)
        shown = self._shown(order, speaker, outcome)
        if outcome != "ok":
            return shown
        title = self._shelf.title(line.item, speaker.language)
        what = return_text(order.id, title, arguments.reason, speaker.language)
        pending = Pending("", self.name, {}, what, speaker.time)
        return ToolResult("ok", shown.evidence, shown.data, pending)

    def refusal(self, line: OrderLine, speaker: Speaker) -> str:
        """Return ``ok``, or why a line cannot be sent back: ``going_back``, ``not_delivered``, ``undated`` or ``too_late``."""
        if line.status in _GOING_BACK:
            return "going_back"
        if line.status != "delivered":
            return "not_delivered"
        if line.delivered is None:
            return "undated"
        return "ok" if speaker.time <= line.delivered + self._days else "too_late"

    def act(self, speaker: Speaker, arguments: Parameters, key: str) -> ToolResult:
        """Open the return, once for a key; ``refused`` where the order system does not want it."""
        looked = self.run(speaker, arguments)
        if looked.outcome not in ("ok", "going_back"):
            return ToolResult(looked.outcome, looked.evidence, looked.data)
        order_id, item = arguments.order_id.strip(), arguments.item
        user, reason = str(speaker.user), arguments.reason
        try:
            opened = self._provider.open_return(user, order_id, item, reason, key)
        except Conflict:
            is_fit = looked.outcome == "ok"
            return ToolResult("refused" if is_fit else looked.outcome, looked.evidence, looked.data)
        order = self._order(speaker, order_id)
        shown = () if order is None else (self._evidence(order, speaker),)
        title = self._shelf.title(item, speaker.language)
        what = return_text(order_id, title, opened.reason, speaker.language)
        evidence = Evidence(
            "return", opened.id, f"{opened.id}: {what}", (opened.id, order_id, title)
        )
        data = {"return": opened.id, "order": order_id, "item": item, "status": opened.status}
        return ToolResult("ok", (evidence, *shown), data)
