"""What is answered to one message: confirmed, taken up again, answered by a flow, or handed over."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from zhiyin.assistant.dialogue import document_steps, item_steps, order_steps
from zhiyin.assistant.dialogue.document_steps import quotes_closest, told_in
from zhiyin.assistant.dialogue.flows import (
    AFTER_SALE,
    ANSWERS,
    FLOWS,
    OF_ITEMS,
    OF_ORDERS,
    OTHERWISE,
    SMALL_TALK,
    UNKNOWN,
    WITH_ORDER,
    asks_for_rules,
    asks_hours,
    asks_how,
    dictates,
    is_general,
    is_no,
    is_plain,
    is_request,
    is_yes,
    return_reason,
    speaks_of_own_order,
    speaks_of_return,
    weighs,
)
from zhiyin.assistant.dialogue.goods import asks_whether_sold
from zhiyin.assistant.dialogue.matters import follows_up, topics_or_matter
from zhiyin.assistant.dialogue.references import (
    chosen,
    corrects,
    is_cheaper,
    places,
    points_to_order,
)
from zhiyin.assistant.dialogue.state import Frame
from zhiyin.assistant.dialogue.talk import Talk
from zhiyin.assistant.lanes import MOST_FAILURES, UPSET, Mood, reason_for_person
from zhiyin.assistant.tools.tool import Evidence, Pending, ToolResult
from zhiyin.assistant.words.templates import templates, worded
from zhiyin.errors import ZhiyinError

STEPS: Mapping[str, Callable[[Talk], None]] = {
    "order_status": order_steps.order_status,
    "start_return": order_steps.start_return,
    "refund": order_steps.refund,
    "by_person": order_steps.by_person,
    "documents": document_steps.documents,
    "unknown": item_steps.unknown,
    "coupons": item_steps.coupons,
    "item_facts": item_steps.item_facts,
    "advise": item_steps.advise,
    "compare": item_steps.compare,
    "complain": item_steps.complain,
}
_MOST_TOPICS = 3


def answer(talk: Talk, intents: Sequence[str], mood: Mood) -> None:
    """Answer a message: fill a talk with sentences, and move its state on.

    Args:
        talk: of this turn.
        intents: that were read, in the order of the text; none where it is out of scope.
        mood: of the text.
    """
    before = talk.state
    is_asked = ("human" in intents and not asks_hours(talk.text)) or (
        before.offer == "human" and is_yes(talk.text) and "thanks" not in intents
    )
    reason = reason_for_person(talk.text, is_asked=is_asked, mood=_lasting(talk, mood), failures=0)
    talk.quoted = before.quoted
    talk.state = replace(before, offer=None, quoted=None)
    if mood.is_upset:
        talk.say("sorry")
    if reason is not None and before.lane != "human":
        _quote_what_answers(talk, reason, intents)
        pass_on(talk, reason)
        return
    if before.lane == "human":
        _beside_person(talk, intents)
        return
    if dictates(talk.text):
        talk.fail("not_understood")
    elif not _continued(talk, before.offer, intents):
        _new_topics(talk, intents)
    failures = 0 if talk.is_answered else before.failures + 1
    talk.state = replace(talk.state, failures=failures)
    if failures >= MOST_FAILURES or (failures and mood.is_upset):
        talk.sentences = [one for one in talk.sentences if one.text == _sorry(talk)]
        pass_on(talk, "anger" if mood.emotion == "anger" and mood.is_upset else "failed")
    elif talk.is_answered:
        _resume(talk, before.frame)


def pass_on(talk: Talk, reason: str) -> None:
    """Ask a person in."""
    talk.call("hand_over", reason=reason)
    talk.say("handed_over")
    talk.lane = "human"
    talk.state = replace(talk.state, lane="human", reason=reason, offer=None, pending=None)


def _sorry(talk: Talk) -> str:
    return worded("sorry", talk.language)


def _lasting(talk: Talk, mood: Mood) -> Mood:
    """Return the mood with anger that lasts for two turns taken for great anger."""
    last = talk.state.emotions[-1] if talk.state.emotions else ("neutral", 0.0)
    was_angry = last[0] == "anger" and last[1] >= UPSET
    return mood._replace(anger=1.0) if was_angry and mood.anger >= UPSET else mood


def _quote_what_answers(talk: Talk, reason: str, intents: Sequence[str]) -> None:
    """Say what is known beside a hand-over; nothing in what concerns safety or the law."""
    if reason not in ("anger", "money"):
        return
    said = talk.call("policy", text=talk.text)
    if said.outcome == "ok":
        talk.quote(said)
    elif talk.speaker.user is not None and set(intents) & OF_ORDERS:
        order_steps.show_order(talk)


def _beside_person(talk: Talk, intents: Sequence[str]) -> None:
    """Tell what documents say, and where an order stands, while a person is waited for; the rest goes to that person."""
    is_small = intents and set(intents) <= SMALL_TALK | ANSWERS | {"human"}
    is_grave = talk.state.reason in ("safety", "legal")
    kept = list(talk.sentences)
    is_asked = not is_small and not is_grave and len(told_in(talk.text)) > 1
    is_own = "order_status" in intents and talk.speaker.user is not None
    shown = is_own and not asks_how(talk.text) and order_steps.show_order(talk)
    if is_asked and not shown:
        said = talk.call("policy", text=talk.text)
        if said.outcome == "ok":
            talk.quote(said)
    if talk.sentences == kept:
        talk.lane = "human"
        talk.say("with_colleague")


def _continued(talk: Talk, offer: str | None, intents: Sequence[str]) -> bool:
    """Go on with what the last turn left open, and return whether the message was about that."""
    state, frame = talk.state, talk.state.frame
    if state.pending is not None:
        return _confirmed(talk, state.pending)
    if offer == "human" and "thanks" in intents and not _topics(intents):
        talk.say("anything_else")
        return True
    tells_reason = frame is not None and frame.asked == "reason" and return_reason(talk.text)
    if offer is not None and is_yes(talk.text) and not (offer == "human" and _topics(intents)):
        _run(talk, offer)
        return True
    if offer is not None and is_no(talk.text) and not _topics(intents) and not tells_reason:
        talk.say("anything_else")
        return True
    if frame is not None and frame.asked and _fills(talk, frame, intents):
        _run(talk, frame.topic)
        return True
    if frame is not None and frame.asked and is_no(talk.text) and not _topics(intents):
        talk.close(frame.topic)
        talk.say("return_dropped" if frame.topic == order_steps.RETURN else "anything_else")
        return True
    title = chosen(talk.text, talk.shown("question"), name=lambda one: one)
    if title is not None:
        talk.state = replace(talk.state, shown=())
        _quote_titled(talk, title)
        return True
    return False


def _confirmed(talk: Talk, pending: Pending) -> bool:
    """Do what waits for a yes, or leave it; return False where the message says neither."""
    if is_yes(talk.text):
        try:
            done = talk.box.confirm(pending, talk.speaker)
        except ZhiyinError as error:
            done = ToolResult(
                "too_long_ago" if type(error).__name__ == "InvalidRecord" else "failed"
            )
        talk.note(pending.tool, done)
        talk.state = replace(talk.state, pending=None)
        talk.close(order_steps.RETURN)
        if done.outcome == "ok":
            talk.say(
                "return_opened",
                *done.evidence,
                number=done.data["return"],
                order=done.data["order"],
            )
        elif done.outcome in templates():
            talk.say(done.outcome)
            talk.offer("human")
        else:
            talk.say("confirmed_late" if done.outcome == "too_long_ago" else "unavailable")
        return True
    if corrects(talk.text) or return_reason(talk.text) not in (None, "other"):
        talk.state = replace(talk.state, pending=None)
        _run(talk, order_steps.RETURN)
        return True
    if is_no(talk.text):
        talk.state = replace(talk.state, pending=None)
        talk.close(order_steps.RETURN)
        talk.say("return_dropped")
        return True
    return False


def _fills(talk: Talk, frame: Frame, intents: Sequence[str]) -> bool:
    """Return whether a message tells the slot that was asked for, rather than begins something else."""
    if frame.asked == "reason" and return_reason(talk.text) is not None:
        return True
    if intents and set(intents) <= SMALL_TALK:
        return False
    if corrects(talk.text):
        return True
    if "compare" in intents and len(places(talk.text, len(talk.state.shown))) > 1:
        return False
    if frame.asked == "order" and (talk.order_meant() or not _topics(intents, frame.topic)):
        return not is_no(talk.text)
    is_item = talk.item_meant() or not _topics(intents, frame.topic)
    return frame.asked == "item" and bool(is_item) and not is_no(talk.text)


def _topics(intents: Sequence[str], but: str = "") -> list[str]:
    return [name for name in intents if name not in SMALL_TALK | ANSWERS and name != but]


def _new_topics(talk: Talk, intents: Sequence[str]) -> None:
    """Answer what a message asks for, each topic after the other."""
    topics = _understood(talk, list(dict.fromkeys(_topics(intents)))[:_MOST_TOPICS])
    small = [name for name in intents if name in SMALL_TALK]
    if not topics and small:
        talk.say(small[-1])
        return
    if (
        not topics
        and set(intents) & ANSWERS
        and is_plain(talk.text)
        and not item_steps.is_narrowed(talk)
    ):
        if talk.state.failures and is_no(talk.text):
            talk.fail("not_understood")
        else:
            talk.say("anything_else" if talk.state.pending is None else "yes_or_no")
        return
    if follows_up(talk, topics):
        return
    whole = talk.text
    if len(topics) > 1 and not is_request(whole):
        said = talk.call("policy", text=whole)
        if said.outcome == "ok":
            talk.quote(said)
            return
    for topic in topics or [UNKNOWN]:
        talk.text = talk.parts.get(topic, whole) if len(topics) > 1 else whole
        _run(talk, topic)
    talk.text = whole


def _understood(talk: Talk, topics: list[str]) -> list[str]:
    """Return topics with what an order's number, a reason, or something shown before says of them."""
    last = talk.state.topic
    if corrects(talk.text) and last == "order_status" and not talk.named("order"):
        return [last]
    is_weak = not set(topics) & (OF_ITEMS | {"policy", "return", "refund", "delivery"})
    if item_steps.is_narrowed(talk) and is_weak and not talk.slots and not talk.item_meant():
        return ["advice"]
    if last == "advice" and topics == ["exchange"] and not asks_for_rules(talk.text):
        return ["advice"]
    topics = topics_or_matter(talk, topics)
    if "return" in topics and return_reason(talk.text) is not None:
        topics = [one for one in topics if one not in ("policy", "complaint", "exchange", "usage")]
    if talk.named("order"):
        topics = [one for one in topics if one not in OF_ITEMS]
    elif asks_whether_sold(talk.text):
        return ["advice"]
    if (
        talk.named("order")
        and speaks_of_return(talk.text)
        and not set(topics) & (OF_ORDERS | {"policy"})
    ):
        return ["return", *(one for one in topics if one in WITH_ORDER)]
    if talk.named("order") and topics == ["delivery"]:
        return ["order_status"]
    if talk.shown("item") and is_cheaper(talk.text) and not places(talk.text, 9):
        return ["product_question"]
    if talk.named("order") and not set(topics) & WITH_ORDER:
        return ["return" if speaks_of_return(talk.text) else last if last in OF_ORDERS else "order_status"]  # fmt: skip
    n_named = len(places(talk.text, len(talk.state.shown)))
    is_one = n_named < 2 and talk.shown("item") and not weighs(talk.text)
    if topics in (["compare"], ["advice"]) and is_one and talk.item_meant():
        return ["product_question"]
    if topics:
        return topics
    if (talk.shown("order") and talk.order_meant()) or points_to_order(talk.text):
        return [last if last in OF_ORDERS else "order_status"]
    if talk.speaker.user is not None and speaks_of_own_order(talk.text):
        return ["order_status"]
    if talk.item_meant():
        return [last if last in OF_ITEMS else "product_question"]
    return []


def _run(talk: Talk, topic: str) -> None:
    flow = FLOWS.get(topic, OTHERWISE)
    talk.topic = topic
    frame = talk.state.frame
    is_going_on = frame is not None and frame.topic == topic
    names_something = talk.slots or talk.order_meant() or talk.item_meant()
    is_question = (
        asks_how(talk.text)
        if topic == "order_status"
        else is_general(talk.text) or (topic in AFTER_SALE and not is_request(talk.text))
    )
    is_sold = topic == "advice" and asks_whether_sold(talk.text)
    is_question = is_question and not is_sold
    if flow.reads_first and not is_going_on and not names_something and is_question:
        said = talk.call("policy", text=talk.text)
        is_close = said.outcome == "suggest" and topic in AFTER_SALE
        if said.outcome == "ok":
            talk.quote(said)
        if said.outcome == "ok" or (is_close and quotes_closest(talk, said.data["titles"])):
            if topic == order_steps.RETURN and talk.speaker.user is not None:
                talk.offer(order_steps.RETURN)
            talk.state = replace(talk.state, topic=topic)
            return
    is_for_anybody = talk.speaker.user is None and asks_for_rules(talk.text)
    STEPS["documents" if topic in OF_ORDERS and is_for_anybody else flow.step](talk)
    talk.state = replace(talk.state, topic=topic)


def _quote_titled(talk: Talk, title: str) -> None:
    said = talk.call("policy", text=title)
    if said.outcome == "ok":
        talk.quote(said)
    else:
        talk.fail("not_found")


def _resume(talk: Talk, before: Frame | None) -> None:
    """Go back to the topic that was open before another one came in between, and say so."""
    frame, pending = talk.state.frame, talk.state.pending
    if before is None or frame != before or talk.topic in ("", frame.topic):
        return
    name = f"topic_{frame.topic}"
    topic = worded(name if name in templates() else "topic_other", talk.language)
    talk.say("back_to", topic=topic)
    if pending is not None:
        held = Evidence("pending", pending.token, pending.what)
        talk.say("confirm", held, what=pending.what)
    elif frame.asked == "reason":
        talk.say("which_reason")
    elif frame.asked == "order":
        talk.say("which_order")
    else:
        talk.say("which_item")
