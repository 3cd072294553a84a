"""Messages that go on with what was quoted, and those whose matter tells more than their intent."""

from __future__ import annotations

import re
from collections.abc import Sequence

from zhiyin.assistant.dialogue.document_steps import EMPTY, told_in
from zhiyin.assistant.dialogue.flows import asks, is_request
from zhiyin.assistant.dialogue.references import points_back
from zhiyin.assistant.dialogue.talk import Talk
from zhiyin.assistant.knowledge.topics import SPEAKS, SPEAKS_UP, matter_of
from zhiyin.assistant.tools.tool import ToolResult
from zhiyin.language.scripts import fold

_OF_GOODS = frozenset({"care", "safety", "size_choice", "restock", "expiry", "genuine", "installation", "colour_difference"})  # fmt: skip
"""Matters that may be about one item as well."""
_OF_PARCELS = frozenset({"track_parcel", "tracking_stuck", "dispatch_time", "delivery_time", "missing"})  # fmt: skip
_OF_SHIPMENT = frozenset({"courier", "track_parcel"})
"""Matters that are those of the order which was spoken of last."""
_WEAK = frozenset({"product_question", "usage", "stock", "sizing", "order_status"})
"""Intents that short questions are often taken for."""
_GOES_ON = re.compile(r"呢\W*$|^\W*那|^\W*(?:and|or|what (?:about|if)|how about|then|but)\b")
_OWN = re.compile(r"我的|我那|\bmy\b|\bmine\b|订单|\border\b")
_PARCEL = re.compile(r"快递|包裹|单|货|到|发|送|\b(?:parcel|package|ship|arriv|deliver)")
_ASKING = re.compile(
    r"几|天|次|久|时|怎么|申请|样|\b(?:how|long|many|days?|times?|take|takes|claim|apply|late|soon|much)\b"
)
_TELLS = re.compile(r"[\u4e00-\u9fff]+|[a-z]{3,}")
_LASTS = re.compile(r"多久|几天|多少天|多长|\bhow (?:long|many days|soon)\b")
_TIMED = re.compile(
    r"\d\s*(?:到\d+)?\s*(?:个?工作日|天|小时|days?|hours?|months?|working)|一年|半年|One year"
)
_FEW = 4
_LONGEST_CHINESE, _LONGEST_WORDS = 12, 7


def topics_or_matter(talk: Talk, topics: list[str]) -> list[str]:
    """Return topics, or that of documents where a message is about a matter of the shop rather than of an item or an order."""
    matter, strength = matter_of(talk.text)
    is_apart = bool(talk.slots) or is_request(talk.text) or talk.item_meant() is not None
    is_apart = is_apart or (talk.state.item is not None and _is_bare(fold(talk.text)))
    if is_apart or matter in _OF_GOODS or strength < SPEAKS:
        return topics
    if matter in _OF_SHIPMENT and talk.state.topic == "order_status" and talk.state.order:
        return ["order_status"]
    is_sure = strength >= SPEAKS_UP
    if "order_status" in topics and (matter in _OF_PARCELS or not is_sure):
        return topics
    return ["policy"] if set(topics) <= _WEAK or (topics == ["advice"] and is_sure) else topics


def follows_up(talk: Talk, topics: Sequence[str]) -> bool:
    """Answer a short question without a matter of its own from documents about what was quoted last; return whether it is one.

    Args:
        talk: of this turn.
        topics: that were read in the message.
    """
    folded = fold(talk.text)
    is_question = asks(folded) or any(one.search(folded) for one in (_GOES_ON, _LASTS))
    is_apart = bool(talk.slots) or bool(_OWN.search(folded))
    is_apart = is_apart or (is_request(folded) and not _is_bare(folded))
    if talk.quoted is None or not is_question or is_apart or talk.item_meant():
        return False
    is_bare = _is_bare(folded) and not set(topics) & {"coupon", "advice"}
    is_led = points_back(folded) or bool(_GOES_ON.search(folded)) or _told(folded) <= _FEW
    is_short = _is_short(folded) and is_led and matter_of(talk.text)[1] < SPEAKS
    if not is_bare and not is_short:
        return False
    is_open = set(topics) <= _WEAK and not ("order_status" in topics and _PARCEL.search(folded))
    is_alone = is_open and not is_bare and not points_back(folded)
    if is_alone and talk.call("policy", text=talk.text).outcome == "ok":
        return False
    found = _said_of(talk, talk.quoted, is_bare=is_bare)
    said = told_in(" ".join(one.text for one in found.evidence))
    if found.outcome != "ok" or not (is_bare or is_open or told_in(folded) <= said):
        return False
    if _LASTS.search(folded) and not _TIMED.search(" ".join(one.text for one in found.evidence)):
        return False
    talk.quote(found)
    talk.topic = "policy"
    return True


def _said_of(talk: Talk, title: str, *, is_bare: bool) -> ToolResult:
    """Return what documents say to a message taken together with what was quoted; that again where they say nothing more."""
    found = talk.call("policy", text=f"{title} {talk.text}")
    first = found.data["titles"][0] if found.outcome in ("ok", "suggest") else ""
    is_same = found.outcome == "suggest" and first == title
    is_other = found.outcome == "ok" and matter_of(first)[0] != matter_of(title)[0]
    is_nothing = found.outcome != "ok" and is_bare
    return talk.call("policy", text=title) if is_same or is_other or is_nothing else found


def _is_bare(folded: str) -> bool:
    """Return whether a text tells hardly anything beside that it asks.

    >>> _is_bare("要几天"), _is_bare("how long does it take"), _is_bare("退货要几天内")
    (True, True, False)
    """
    return _told(folded) <= 1


def _told(folded: str) -> int:
    """Return how much a text tells beside that it asks: Chinese signs, and twice the other words."""
    told = _TELLS.findall(_ASKING.sub(" ", EMPTY.sub(" ", folded)))
    return sum(len(word) if word[0] > "z" else 2 for word in told)


def _is_short(text: str) -> bool:
    folded = fold(text)
    if re.search(r"[\u4e00-\u9fff]", folded):
        return len(re.sub(r"\W", "", folded)) <= _LONGEST_CHINESE
    return len(folded.split()) <= _LONGEST_WORDS
