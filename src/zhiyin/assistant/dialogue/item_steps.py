"""Steps about goods and what documents say: facts, advice, comparisons, coupons, the FAQ."""

from __future__ import annotations

import re
from dataclasses import replace

from zhiyin.assistant.dialogue.document_steps import (
    documents,
    goes_on,
    is_about,
    quotes_closest,
    told_in,
)
from zhiyin.assistant.dialogue.flows import OF_ITEMS
from zhiyin.assistant.dialogue.goods import (
    asks_whether_sold,
    is_open,
    named_instead,
    names_other_offer,
    narrows,
    share_named,
)
from zhiyin.assistant.dialogue.references import places, points_back, weighs_price
from zhiyin.assistant.dialogue.state import Shown
from zhiyin.assistant.dialogue.talk import Talk
from zhiyin.assistant.knowledge.topics import matter_of
from zhiyin.assistant.tools.tool import Evidence, ToolResult
from zhiyin.language.scripts import fold

_LISTED = 3
_LONGEST_WANTED = 200
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
_ABOUT = re.compile(
    r"还|有?货|现货|库存|多?少?钱|价格?|颜色|尺[寸码]|材质|重量?|评价|质量|怎样|买|介绍|详细|说|大|几"
    r"|\b(?:stock|available|price|colou?rs?|sizes?|material|weigh\w*|reviews?|quality|more|tell|left|still|warm|people|think|say)\b"
)
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
    by_head = asks_whether_sold(talk.text)
    if share_named(talk.text, _titles(talk, found), by_head=by_head) <= _MOST:
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
    item = talk.item_meant() or _of_last(talk)
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
    if found.outcome == "ok" or weighs_price(talk.text):
        return
    said = talk.call("policy", text=asked)
    if said.outcome == "ok" and matter_of(asked)[0] != "review_edit":
        talk.quote(said)
    elif not goes_on(talk):
        talk.say("no_fact")


def advise(talk: Talk) -> None:
    """Show items that a text asks for, said to be the closest where they are no more than that; else what fits the speaker."""
    found, template = ToolResult("nothing"), "recommended"
    text = named_instead(talk.text)
    if is_narrowed(talk):
        text = f"{talk.state.wanted} {text}"
    if not is_open(text):
        found = talk.call("search", text=text[:500], n=_LISTED)
        talk.state = replace(talk.state, wanted=text[:_LONGEST_WANTED])
        if found.outcome == "ok":
            least = _MOST if asks_whether_sold(text) else _SOME
            is_named = share_named(text, _titles(talk, found)) > least
            template = "items" if is_named else "not_sold"
        else:
            talk.say("no_items")
    if found.outcome != "ok":
        found = talk.call("recommend", n=_LISTED)
    if found.outcome != "ok":
        talk.fail("no_items")
        return
    _show_goods(talk, found, template)


def is_narrowed(talk: Talk) -> bool:
    """Return whether a message says more of the goods that were asked for last."""
    return talk.state.topic == "advice" and bool(talk.state.wanted) and narrows(talk.text)


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
    elif talk.citations:
        talk.say("complaint")
    else:
        talk.fail("complaint")
    talk.offer("human")


def _of_last(talk: Talk) -> str | None:
    """Return the item spoken of last where a short question about an item names none."""
    is_going_on = talk.state.topic in OF_ITEMS and talk.quoted is None
    return (
        talk.state.item if is_going_on and not told_in(_ABOUT.sub(" ", fold(talk.text))) else None
    )


def _searched(talk: Talk) -> ToolResult | None:
    """Return what a search for the text finds; None where it finds nothing, or only points back."""
    if not talk.text or points_back(talk.text):
        return None
    found = talk.call("search", text=talk.text[:500], n=_LISTED)
    return found if found.outcome == "ok" else None
