"""Steps about goods and what documents say: facts, advice, comparisons, coupons, the FAQ."""

from __future__ import annotations

import re
from dataclasses import replace

from zhiyin.assistant.dialogue.references import places, points_back
from zhiyin.assistant.dialogue.state import Shown
from zhiyin.assistant.dialogue.talk import Talk
from zhiyin.assistant.tools.tool import Evidence, ToolResult
from zhiyin.language.scripts import fold

_LISTED, _MOST_PARTS = 3, 3
_QUESTIONS = re.compile(r"[?？!！。;；\n]+|另外|顺便|还有|\balso\b|\band\b")
_NOT_GOODS = re.compile(
    r"有什么|什么|推荐|介绍|给我|帮我|我想|想要|想买|要买|一下|一个|一些|几[个款双件]|[吗呢吧的了请]|可以|能|好"
    r"|\b(?:what|do|you|can|could|would|recommend|suggest|any|some|show|me|please|something|anything|a|an|the|i|for|to|buy|want|ideas?|help|choose)\b"
    r"|\W"
)


def documents(talk: Talk) -> None:
    """Quote what documents say; ask which question is meant, and let a person look, where that is not sure."""
    found = talk.call("policy", text=talk.text)
    if found.outcome == "ok":
        talk.quote(found)
    elif _answered_by_parts(talk):
        return
    elif found.outcome == "suggest":
        talk.lane = "draft"
        talk.fail("did_you_mean")
        titles = list(dict.fromkeys(found.data["titles"]))
        talk.list_of("question", titles, [Evidence("question", one, one) for one in titles])
    elif found.outcome == "unavailable":
        talk.fail("unavailable")
    else:
        talk.fail("not_found")
        talk.offer("human")


def _answered_by_parts(talk: Talk) -> bool:
    """Quote documents for each question of a message that asks several; return whether all were answered."""
    parts = [part for part in _QUESTIONS.split(talk.text) if len(part.strip()) > 2]
    if not 1 < len(parts) <= _MOST_PARTS:
        return False
    found = [talk.call("policy", text=part) for part in parts]
    if any(one.outcome != "ok" for one in found):
        return False
    for one in found:
        talk.quote(one)
    return True


def coupons(talk: Talk) -> None:
    """Tell the coupons of an item that is meant, or of what the speaker had in hand."""
    item = talk.item_meant()
    found = talk.call("coupons", **({} if item is None else {"item": item}))
    for evidence in found.evidence[:_LISTED]:
        talk.show(evidence)
    if found.outcome == "ok":
        return
    said = talk.call("policy", text=talk.text)
    talk.say("no_coupon")
    if said.outcome == "ok":
        talk.quote(said)


def item_facts(talk: Talk) -> None:
    """Tell what is known of an item that answers the question; ask which item where none is meant."""
    item = talk.item_meant()
    is_of_shown = item is None and points_back(talk.text) and talk.shown("item")
    if item is None and not is_of_shown:
        said = talk.call("policy", text=talk.text) if talk.text else ToolResult("nothing")
        if said.outcome == "ok":
            talk.quote(said)
            talk.close(talk.topic)
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
    found = talk.call("item_facts", item=item, text=asked)
    talk.state = replace(talk.state, item=item)
    talk.close(talk.topic)
    for evidence in found.evidence:
        talk.show(evidence)
    if found.outcome == "ok":
        return
    said = talk.call("policy", text=asked)
    if said.outcome == "ok":
        talk.quote(said)
    else:
        talk.fail("no_fact")


def advise(talk: Talk) -> None:
    """Show items that a text asks for, else what fits the speaker."""
    is_open = not _NOT_GOODS.sub("", fold(talk.text))
    found = (
        ToolResult("nothing") if is_open else talk.call("search", text=talk.text[:500], n=_LISTED)
    )
    is_found = found.outcome == "ok"
    if not is_found:
        found = talk.call("recommend", n=_LISTED)
    if found.outcome != "ok":
        talk.fail("no_items")
        return
    talk.say("items" if is_found else "recommended")
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
    items = [shown[place] for place in wanted]
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
