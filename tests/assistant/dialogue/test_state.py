"""The state of a conversation goes to the store and comes back as it was."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from zhiyin.assistant.dialogue.state import Frame, Shown, State
from zhiyin.assistant.tools.tool import Evidence, Pending

AT = datetime(2026, 5, 1, 12, tzinfo=UTC)
FULL = State(
    "zh", (Frame("return", {"order": "o1"}, "reason", "退货"),), Pending("t", "start_return", {"item": "i"}, "…", AT),
    "human", (Shown("order", "o1"),), "o1", "i", "return", 1, (("anger", 0.9),), ("policy: ok",),
    (Evidence("order", "o1", "…", ("o1",)),), "human", "anger",
)  # fmt: skip


def test_it_survives_json() -> None:
    assert State.of(json.loads(json.dumps(FULL.told()))) == FULL
    assert State.of(json.loads(json.dumps(State().told()))) == State()
    assert State.of({}) == State()


def test_a_topic_is_open_once_and_few_are() -> None:
    state = State()
    for topic in ("return", "stock", "return", "a", "b", "c"):
        state = state.pushed(Frame(topic))
    assert [one.topic for one in state.frames] == ["return", "a", "b", "c"]
    assert state.popped().frame == Frame("b")
