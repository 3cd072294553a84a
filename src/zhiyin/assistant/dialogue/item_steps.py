"""Steps about goods and what documents say: facts, advice, comparisons, coupons, the FAQ."""

from __future__ import annotations

import re
from dataclasses import replace

from zhiyin.assistant.dialogue.document_steps import documents, goes_on, is_about, quotes_closest
from zhiyin.assistant.dialogue.goods import (
    asks_whether_sold,
    is_open,
    names_other_offer,
    share_named,
)
from zhiyin.assistant.dialogue.references import places, points_back
from zhiyin.assistant.dialogue.state import Shown
from zhiyin.assistant.dialogue.talk import Talk
from zhiyin.assistant.tools.tool import Evidence, ToolResult
from zhiyin.language.scripts import fold

_LISTED = 3
_SOME, _MOST = 0.3, 0.5
"""Shares of the words for goods in a text that the titles found must have: where goods are asked for, and where that is not sure."""
_ASKS_COUPON = re.compile(
    r"有.{0,6}(?:券|优惠|折扣|活动|红包|码)|哪些|领|便宜|打折|(?:优惠|券|折扣)吗"
    r"|\bany\b|\bis there\b|\bdo (?:you|i) have\b|\b(?:coupon|code|discount|voucher)s? for\b|\bget a\b|\bbetter price\b|\bwhat (?:coupons|vouchers|discounts)\b"
)
_CLAIMED = re.compile(
    r"\b[a-z]{2,}-?\d+\b|\d+%|\d+(?=\s*(?:元|块|yuan|券))|[一二两三四五六七八九十百千万]+(?:元|块|折)|半价|红包|\bhalf price\b|\bred packet\b"
)
"""A code, or what a coupon is said to be worth."""
_SIDES = re.compile(
    r"哪[个款一]?(?:更|好).*|(?:对比|比较|相比).*$|[和跟与]|还是|\bwhich is better\b|\bcompare\b|\b(?:and|or|vs|versus|with)\b"
)
_OF_THE_SHOP = frozenset({"authenticity", "sizing"})
"""Topics that are about all goods where none is named."""
_HINTS = {"stock": {"zh": "有货", "en": "in stock"}}


def unknown(talk: Talk) -> None:
    """Answer what asks for nothing that is known: from documents, or by goods that it names."""
    documents(talk, lambda: _names_goods(talk))


def _names_goods(talk: Talk) -> bool:
    """Show goods where the most of a text is in their titles; return whether it is."""
    if is_open(talk.text):
        return False
    found = talk.call("search", text=talk.text[:500], n=_LISTED)
    if found.outcome != "ok":
        return False
    if share_named(talk.text, _titles(talk, found), by_head=False) <= _MOST:
        return False
    _show_goods(talk, found, "items")
    return True


def _titles(talk: Talk, found: ToolResult) -> list[str]:
    return [talk.goods.title(one["item"], talk.language) for one in found.data["items"]]


def coupons(talk: Talk) -> None:
    """Tell the coupons of an item that is meant, or of what the speaker had in hand."""
    claimed = _CLAIMED.findall(fold(talk.text))
    if not claimed and not _ASKS_COUPON.search(fold(talk.text)):
        documents(talk)
        return
    item = talk.item_meant()
    found = talk.call("coupons", **({} if item is None else {"item": item}))
    held = fold(" ".join(one.text for one in found.evidence))
    is_other = item is None and names_other_offer(talk.text, held)
    if is_other or any(one not in held for one in claimed):
        talk.say("unknown_coupon")
    for evidence in found.evidence[:_LISTED]:
        talk.show(evidence)
    if found.outcome == "ok":
        return
    said = talk.call("policy", text=talk.text)
    if said.outcome != "ok" and goes_on(talk):
        return
    talk.say("no_coupon")
    if said.outcome == "ok":
        talk.quote(said)


def item_facts(talk: Talk) -> None:
    """Tell what is known of an item that answers the question; ask which item where none is meant."""
    item = talk.item_meant()
    is_of_shown = item is None and points_back(talk.text) and talk.shown("item")
    if item is None and points_back(talk.text) and goes_on(talk):
        return
    if item is None and not is_of_shown:
        said = talk.call("policy", text=talk.text) if talk.text else ToolResult("nothing")
        if said.outcome == "ok" and is_about(talk.text, said):
            talk.quote(said)
            talk.close(talk.topic)
            return
        titles = said.data["titles"] if said.outcome == "suggest" else ()
        if goes_on(talk) or (talk.topic in _OF_THE_SHOP and quotes_closest(talk, titles)):
            return
        hits = _searched(talk)
        item = talk.item_meant([one["item"] for one in hits.data["items"]]) if hits else None
        if item is None:
            talk.say("which_item")
            talk.ask(talk.topic, "item", {})
            talk.is_answered = talk.is_answered and hits is not None
            if hits:
                talk.list_of("item", [one["item"] for one in hits.data["items"]], hits.evidence)
            return
    frame = talk.state.frame
    is_told = frame is not None and (frame.topic, frame.asked) == (talk.topic, "item")
    asked = frame.text if frame is not None and is_told else talk.text
    hint = _HINTS.get(talk.topic, {}).get(talk.language, "")
    found = talk.call("item_facts", item=item, text=f"{asked} {hint}".strip())
    talk.state = replace(talk.state, item=item)
    talk.close(talk.topic)
    for evidence in found.evidence:
        talk.show(evidence)
    if found.outcome == "ok":
        return
    said = talk.call("policy", text=asked)
    if said.outcome == "ok":
        talk.quote(said)
    elif not goes_on(talk):
        talk.say("no_fact")


def advise(talk: Talk) -> None:
    """Show items that a text asks for, said to be the closest where they are no more than that; else what fits the speaker."""
    found, template = ToolResult("nothing"), "recommended"
    if not is_open(talk.text):
        found = talk.call("search", text=talk.text[:500], n=_LISTED)
        if found.outcome == "ok":
            least = _MOST if asks_whether_sold(talk.text) else _SOME
            is_named = share_named(talk.text, _titles(talk, found)) > least
            template = "items" if is_named else "not_sold"
        else:
            talk.say("no_items")
    if found.outcome != "ok":
        found = talk.call("recommend", n=_LISTED)
    if found.outcome != "ok":
        talk.fail("no_items")
        return
    _show_goods(talk, found, template)


def _show_goods(talk: Talk, found: ToolResult, template: str) -> None:
    talk.say(template)
    ids = [one["item"] for one in found.data["items"]]
    talk.list_of("item", ids, found.evidence)
    talk.cards += [
        {**one, "title": talk.goods.title(one["item"], talk.language)}
        for one in found.data["items"]
    ]
    talk.state = replace(talk.state, item=ids[0] if len(ids) == 1 else None)


def compare(talk: Talk) -> None:
    """Put two items side by side: those that the text names, else the first two that were shown."""
    shown = talk.shown("item")
    wanted = places(talk.text, len(shown)) or range(min(2, len(shown)))
    items = _two_named(talk) or [shown[place] for place in wanted]
    if len(items) > 1:
        found = talk.call("compare", items=tuple(items[:4]))
    else:
        found = talk.call("compare", text=talk.text[:500])
    if found.outcome != "ok":
        documents(talk)
        return
    talk.say("compared")
    for evidence in found.evidence:
        talk.show(evidence)
    ids = found.data["items"]
    for one in found.data["aspects"]:
        if one["better"] is not None:
            title = talk.goods.title(one["better"], talk.language)
            evidence = Evidence("opinion", one["better"], one["aspect"], (title, one["aspect"]))
            talk.say("better", evidence, aspect=one["aspect"], title=title)
    talk.state = replace(talk.state, shown=tuple(Shown("item", one) for one in ids))


def _two_named(talk: Talk) -> list[str]:
    """Return the goods that a comparison names on its two sides; none where it points to what was shown."""
    if places(talk.text, len(talk.state.shown)) or points_back(talk.text):
        return []
    sides = [side for side in _SIDES.split(fold(talk.text)) if not is_open(side)]
    found = [talk.call("search", text=side[:500], n=1) for side in sides] if len(sides) == 2 else []
    if any(
        one.outcome != "ok" or share_named(side, _titles(talk, one)) <= _MOST
        for side, one in zip(sides, found, strict=False)
    ):
        return []
    return list(dict.fromkeys(one.data["items"][0]["item"] for one in found))


def complain(talk: Talk) -> None:
    """Ask what happened; the second time a person is asked in."""
    said = talk.call("policy", text=talk.text)
    if said.outcome == "ok":
        talk.quote(said)
    else:
        talk.fail("complaint")
    talk.offer("human")


def _searched(talk: Talk) -> ToolResult | None:
    """Return what a search for the text finds; None where it finds nothing, or only points back."""
    if not talk.text or points_back(talk.text):
        return None
    found = talk.call("search", text=talk.text[:500], n=_LISTED)
    return found if found.outcome == "ok" else None
