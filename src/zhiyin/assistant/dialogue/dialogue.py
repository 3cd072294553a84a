"""What is answered to one message: confirmed, taken up again, answered by a flow, or handed over."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from zhiyin.assistant.dialogue import item_steps, order_steps
from zhiyin.assistant.dialogue.flows import (
    ANSWERS,
    FLOWS,
    OF_ORDERS,
    OTHERWISE,
    SMALL_TALK,
    dictates,
    is_general,
    is_no,
    is_yes,
    return_reason,
)
from zhiyin.assistant.dialogue.references import chosen, corrects, places
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
    "documents": item_steps.documents,
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
    is_asked = "human" in intents or (before.offer == "human" and is_yes(talk.text))
    reason = reason_for_person(talk.text, is_asked=is_asked, mood=_lasting(talk, mood), failures=0)
    talk.state = replace(before, offer=None)
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
    kept = list(talk.sentences)
    said = ToolResult("nothing") if is_small else talk.call("policy", text=talk.text)
    if said.outcome == "ok":
        talk.quote(said)
    elif "order_status" in intents and talk.speaker.user is not None:
        order_steps.show_order(talk)
    if talk.sentences == kept:
        talk.lane = "human"
        talk.say("with_colleague")


def _continued(talk: Talk, offer: str | None, intents: Sequence[str]) -> bool:
    """Go on with what the last turn left open, and return whether the message was about that."""
    state, frame = talk.state, talk.state.frame
    if state.pending is not None:
        return _confirmed(talk, state.pending)
    if offer is not None and is_yes(talk.text):
        _run(talk, offer)
        return True
    if offer is not None and is_no(talk.text) and not _topics(intents):
        talk.say("anything_else")
        return True
    if frame is not None and frame.asked and _fills(talk, frame, intents):
        _run(talk, frame.topic)
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
    if corrects(talk.text):
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
    if corrects(talk.text):
        return True
    if "compare" in intents and len(places(talk.text, len(talk.state.shown))) > 1:
        return False
    if frame.asked == "order" and (talk.order_meant() or not _topics(intents, frame.topic)):
        return not is_no(talk.text)
    if frame.asked == "item" and (talk.item_meant() or not _topics(intents, frame.topic)):
        return True
    return frame.asked == "reason" and return_reason(talk.text) is not None


def _topics(intents: Sequence[str], but: str = "") -> list[str]:
    return [name for name in intents if name not in SMALL_TALK | ANSWERS and name != but]


def _new_topics(talk: Talk, intents: Sequence[str]) -> None:
    """Answer what a message asks for, each topic after the other."""
    topics = list(dict.fromkeys(_topics(intents)))[:_MOST_TOPICS]
    small = [name for name in intents if name in SMALL_TALK]
    if not topics and small:
        talk.say(small[0])
        return
    if not topics and talk.state.topic in FLOWS and (talk.order_meant() or talk.item_meant()):
        topics = [talk.state.topic or "policy"]
    if not topics and set(intents) & ANSWERS:
        waits = talk.state.pending is not None
        talk.say("yes_or_no" if waits else "anything_else")
        return
    n_shown = len(talk.state.shown)
    if topics == ["compare"] and len(places(talk.text, n_shown)) == 1:
        topics = ["product_question"]
    whole = talk.text
    for topic in topics or ["policy"]:
        talk.text = talk.parts.get(topic, whole) if len(topics) > 1 else whole
        _run(talk, topic)
    talk.text = whole


def _run(talk: Talk, topic: str) -> None:
    flow = FLOWS.get(topic, OTHERWISE)
    talk.topic = topic
    frame = talk.state.frame
    is_going_on = frame is not None and frame.topic == topic
    names_something = talk.slots or talk.order_meant() or talk.item_meant()
    if flow.reads_first and not is_going_on and not names_something and is_general(talk.text):
        said = talk.call("policy", text=talk.text)
        if said.outcome == "ok":
            talk.quote(said)
            if topic == order_steps.RETURN and talk.speaker.user is not None:
                talk.offer(order_steps.RETURN)
            talk.state = replace(talk.state, topic=topic)
            return
    STEPS[flow.step](talk)
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
