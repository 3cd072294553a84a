"""Steps about the speaker's own orders: where one stands, and sending something back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from zhiyin.assistant.dialogue.document_steps import quotes_closest
from zhiyin.assistant.dialogue.flows import return_reason
from zhiyin.assistant.dialogue.references import corrects, points_back
from zhiyin.assistant.dialogue.talk import Talk
from zhiyin.assistant.tools.tool import Evidence, ToolResult

RETURN = "return"
_LISTED = 3
_LOOKED_AT = 10
_FOR_PERSON = frozenset({"too_late", "undated", "refused"})


def order_status(talk: Talk) -> None:
    """Tell where an order stands: the one that is meant, else the last one; the last ones where another was meant."""
    order = talk.order_meant()
    if order is None and corrects(talk.text):
        _list_orders(talk, talk.call("recent_orders", limit=_LISTED))
        return
    found = talk.call("order_status", **({} if order is None else {"order_id": order}))
    if found.outcome == "ok":
        talk.show(found.evidence[0])
        _remember(talk, found)
    else:
        refuse(talk, found)


def show_order(talk: Talk) -> bool:
    """Show the order that is meant, else the last one; return False where there is none."""
    order = talk.order_meant()
    found = talk.call("order_status", **({} if order is None else {"order_id": order}))
    if found.outcome == "ok":
        talk.show(found.evidence[0])
        _remember(talk, found)
    return found.outcome == "ok"


def refund(talk: Talk) -> None:
    """Tell where the order stands that money is to come back for, and what documents say of refunds."""
    order_status(talk)
    if talk.is_answered:
        _quote(
            talk,
            talk.text,
            "退款多久到账" if talk.language == "zh" else "When will I get my refund?",
        )
        talk.offer("human")


def by_person(talk: Talk) -> None:
    """Tell what documents say of something that only a person can do, with the order it is about, and offer one."""
    said = talk.call("policy", text=talk.text)
    if talk.speaker.user is not None:
        order = talk.order_meant()
        found = talk.call("order_status", **({} if order is None else {"order_id": order}))
        if found.outcome == "ok":
            talk.show(found.evidence[0])
            _remember(talk, found)
        elif order is not None:
            refuse(talk, found)
            return
    if said.outcome == "ok":
        talk.quote(said)
    elif said.outcome == "suggest":
        quotes_closest(talk, said.data["titles"])
    talk.say("cannot_do")
    talk.offer("human")


def refuse(talk: Talk, found: ToolResult) -> None:
    """Say why nothing was found."""
    names = {"nothing": "no_orders", "unknown_order": "unknown_order", "sign_in": "sign_in"}
    name = names.get(found.outcome, "unavailable")
    if name in ("no_orders", "sign_in", "unknown_order"):
        talk.say(name)
    else:
        talk.fail(name)


def start_return(talk: Talk) -> None:
    """Gather order, item and reason, then prepare the return; it is done when the speaker says yes."""
    slots = talk.slots_of(RETURN)
    told = return_reason(talk.text)
    if told is not None:
        slots["reason"] = told
    elif corrects(talk.text):
        slots.pop("order", None)
        slots.pop("item", None)
    found = _order_of(talk, slots)
    if found is None:
        return
    order = found.data["order"]
    slots["order"] = order["id"]
    _remember(talk, found)
    if not _delivered(order):
        _refuse_return(talk, _refused(talk, order))
        return
    if not _item_of(talk, order, slots, found):
        return
    if "reason" not in slots:
        talk.say("which_reason")
        talk.ask(RETURN, "reason", slots)
        return
    prepared = talk.call(
        "start_return", order_id=slots["order"], item=slots["item"], reason=slots["reason"]
    )
    if prepared.pending is None:
        _refuse_return(talk, prepared)
        return
    talk.ask(RETURN, "", slots)
    talk.state = replace(talk.state, pending=prepared.pending, item=slots["item"])
    talk.say("confirm", *prepared.evidence, what=prepared.pending.what)


def _order_of(talk: Talk, slots: dict[str, str]) -> ToolResult | None:
    """Return the order to send something back of; None where it was asked for."""
    meant = talk.named("order") or _of_shown(talk) or slots.get("order")
    if meant is None and talk.state.order and points_back(talk.text) and not corrects(talk.text):
        meant = talk.state.order
    if meant is None:
        return _likely_order(talk, slots)
    found = talk.call("order_status", order_id=meant)
    if found.outcome == "ok":
        return found
    refuse(talk, found)
    slots.pop("order", None)
    if found.outcome == "unknown_order":
        talk.ask(RETURN, "order", slots)
    return None


def _of_shown(talk: Talk) -> str | None:
    return talk.order_meant() if talk.shown("order") else None


def _likely_order(talk: Talk, slots: dict[str, str]) -> ToolResult | None:
    """Return the only order that can be meant; else show those that can, and ask."""
    recent = talk.call("recent_orders", limit=_LOOKED_AT)
    if recent.outcome != "ok":
        refuse(talk, recent)
        return None
    pairs = zip(recent.data["orders"], recent.evidence, strict=True)
    may = [(order, said) for order, said in pairs if _delivered(order)]
    focus = [pair for pair in may if pair[0]["id"] == talk.state.order]
    named = [(order, said) for order, said in may if talk.item_meant(_delivered(order))]
    if corrects(talk.text):
        focus, may = [], [pair for pair in may if pair[0]["id"] != talk.state.order] or may
    for group in (named, focus, may):
        if len(group) == 1:
            order, said = group[0]
            return ToolResult("ok", (said,), {"order": order})
    if not may:
        talk.say("nothing_to_return")
        _quote_rules(talk)
        return None
    talk.say("which_order")
    told = (named or may)[:_LISTED]
    talk.list_of("order", [order["id"] for order, _ in told], [said for _, said in told])
    talk.ask(RETURN, "order", slots)
    return None


def _item_of(
    talk: Talk, order: Mapping[str, Any], slots: dict[str, str], found: ToolResult
) -> bool:
    """Find the item of an order that is meant; return False where it was asked for."""
    items = [line["item"] for line in order["lines"]]
    if slots.get("item") in items:
        return True
    may = _delivered(order)
    meant = may[0] if len(may) == 1 else talk.item_meant(may)
    if meant is not None and meant in items:
        slots["item"] = meant
        return True
    titles = [talk.goods.title(item, talk.language) for item in may]
    talk.say("which_line", *found.evidence, order=order["id"])
    evidence = [Evidence("item", item, title, (title,)) for item, title in zip(may, titles, strict=True)]  # fmt: skip
    talk.list_of("item", may, evidence)
    talk.ask(RETURN, "item", slots)
    return False


def _refused(talk: Talk, order: Mapping[str, Any]) -> ToolResult:
    """Return why nothing of an order can be sent back of which no line was delivered, or all are on their way back."""
    first = order["lines"][0]["item"]
    return talk.call("start_return", order_id=order["id"], item=first, reason="other")


def _refuse_return(talk: Talk, prepared: ToolResult) -> None:
    known = {"going_back", "not_delivered", "unknown_item", "sign_in", *_FOR_PERSON}
    talk.say(prepared.outcome if prepared.outcome in known else "unavailable")
    for evidence in prepared.evidence:
        talk.show(evidence)
    _quote_rules(talk)
    if prepared.outcome in _FOR_PERSON:
        talk.offer("human")
    talk.close(RETURN)


def _quote_rules(talk: Talk) -> None:
    _quote(talk, "几天内可以退货" if talk.language == "zh" else "within how many days can I return something")  # fmt: skip


def _quote(talk: Talk, *questions: str) -> None:
    """Quote what documents say to the first of some questions that they answer."""
    for question in filter(None, questions):
        said = talk.call("policy", text=question)
        if said.outcome == "ok":
            talk.quote(said)
            return


def _list_orders(talk: Talk, found: ToolResult) -> None:
    if found.outcome != "ok":
        refuse(talk, found)
        return
    talk.say("which_order")
    ids = [order["id"] for order in found.data["orders"]]
    talk.list_of("order", ids, found.evidence)


def _remember(talk: Talk, found: ToolResult) -> None:
    order = found.data["order"]
    items = [line["item"] for line in order["lines"]]
    item = items[0] if len(items) == 1 else talk.state.item
    talk.state = replace(talk.state, order=order["id"], item=item)


def _delivered(order: Mapping[str, Any]) -> list[str]:
    return [line["item"] for line in order["lines"] if line["status"] == "delivered"]
