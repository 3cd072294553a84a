"""One turn at work: what was said, what was looked up, and what is going to be answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from zhiyin.assistant.dialogue.references import chosen
from zhiyin.assistant.dialogue.state import Frame, Shown, State
from zhiyin.assistant.intents.slots import Slot
from zhiyin.assistant.tools.tool import Evidence, Speaker, ToolResult
from zhiyin.assistant.tools.tool_box import ToolBox
from zhiyin.assistant.words.guards import Sentence
from zhiyin.assistant.words.templates import worded
from zhiyin.errors import DataError, NotAuthorised, StoreError

_MOST_EVIDENCE = 12


class Goods(Protocol):
    """What a conversation must know of items to tell which is meant."""

    def title(self, item: str, language: str) -> str:
        """Return an item's title."""

    def price(self, item: str) -> int | None:
        """Return an item's price in the smallest units, None where it has none."""


@dataclass(slots=True)
class Talk:
    """What a turn gathers; flows write into it, and nothing of it is said before the guards have seen it.

    Attributes:
        text: what the shopper says; empty when a topic is only taken up again.
        state: of the conversation, changed as the turn goes on.
        speaker: who says it.
        box: of the tools.
        goods: titles and prices.
        slots: what the text names.
        parts: intent → the part of the text that it was read in, where there are several.
        topic: the intent that is being answered.
        quoted: the title of the passage that the answer before quoted.
        is_answered: False where nothing of what was asked could be told.
    """

    text: str
    state: State
    speaker: Speaker
    box: ToolBox
    goods: Goods
    slots: Sequence[Slot] = ()
    parts: Mapping[str, str] = field(default_factory=dict)
    topic: str = ""
    quoted: str | None = None
    is_answered: bool = True
    lane: str = "answer"
    sentences: list[Sentence] = field(default_factory=list)
    citations: list[Mapping[str, Any]] = field(default_factory=list)
    tools: list[Mapping[str, Any]] = field(default_factory=list)
    cards: list[Mapping[str, Any]] = field(default_factory=list)

    @property
    def language(self) -> str:
        """In which is answered."""
        return self.speaker.language

    def call(self, name: str, **arguments: Any) -> ToolResult:
        """Return what a tool finds; ``sign_in`` or ``unavailable`` where it may not or cannot look."""
        try:
            result = self.box.call(name, self.speaker, arguments)
        except NotAuthorised:
            result = ToolResult("sign_in")
        except (StoreError, DataError):
            result = ToolResult("unavailable")
        self.note(name, result)
        return result

    def note(self, name: str, result: ToolResult) -> None:
        """Keep that a tool ran, and what it found."""
        self.tools.append({"name": name, "outcome": result.outcome})
        known = (*self.state.evidence, *result.evidence)
        self.state = replace(
            self.state.having_tried(name, result.outcome),
            evidence=tuple(dict.fromkeys(known))[-_MOST_EVIDENCE:],
        )

    def say(self, template: str, *evidence: Evidence, **values: str) -> None:
        """Say a sentence of the house, filled from evidence."""
        self.sentences.append(Sentence(worded(template, self.language, **values), evidence))

    def show(self, evidence: Evidence, place: int | None = None) -> None:
        """Say evidence as it stands."""
        self.sentences.append(Sentence(evidence.text, (evidence,), is_quote=True, place=place))

    def quote(self, found: ToolResult) -> None:
        """Say what documents say, with where it stands there."""
        for evidence in found.evidence:
            self.show(evidence)
        self.citations += found.data["citations"]
        self.state = replace(self.state, quoted=found.data["citations"][0]["title"])

    def list_of(self, kind: str, ids: Sequence[str], evidence: Sequence[Evidence]) -> None:
        """Say a list of which the shopper may name a place."""
        for place, one in enumerate(evidence, 1):
            self.show(one, place)
        self.state = replace(self.state, shown=tuple(Shown(kind, one) for one in ids))

    def fail(self, template: str, *evidence: Evidence) -> None:
        """Say that this could not be answered."""
        self.is_answered = False
        self.say(template, *evidence)

    def offer(self, topic: str) -> None:
        """Offer something that a yes begins."""
        self.say("offer_return" if topic == "return" else "offer_human")
        self.state = replace(self.state, offer=topic)

    def ask(self, topic: str, slot: str, slots: Mapping[str, str]) -> None:
        """Leave a topic open until a slot is told; to ask for the same again is no answer."""
        frame = self.state.frame
        is_same = frame is not None and frame.topic == topic
        text = frame.text if frame is not None and is_same else self.text
        if (
            frame is not None
            and is_same
            and frame.asked
            and (frame.asked, frame.slots) == (slot, slots)
        ):
            self.is_answered = False
        self.state = self.state.pushed(Frame(topic, dict(slots), slot, text))

    def slots_of(self, topic: str) -> dict[str, str]:
        """Return what is known of a topic that is open."""
        frame = self.state.frame
        return dict(frame.slots) if frame is not None and frame.topic == topic else {}

    def close(self, topic: str) -> None:
        """Be done with a topic."""
        frame = self.state.frame
        if frame is not None and frame.topic == topic:
            self.state = self.state.popped()

    def named(self, kind: str) -> str | None:
        """Return what the text names of a kind of slot."""
        return next((slot.value for slot in self.slots if slot.kind == kind), None)

    def shown(self, kind: str) -> list[str]:
        """Return what the last list showed of a kind."""
        return [one.id for one in self.state.shown if one.kind == kind]

    def order_meant(self) -> str | None:
        """Return the order that the text means."""
        told = self.named("order")
        return told or chosen(self.text, self.shown("order"), self.state.order)

    def item_meant(self, among: Sequence[str] | None = None) -> str | None:
        """Return the item that the text means: of some, or of those shown and the one spoken of last."""
        language, goods = self.language, self.goods
        shown = self.shown("item") if among is None else list(among)
        last = self.state.item if among is None or self.state.item in shown else None
        known = [*shown, last] if among is None and last and last not in shown else shown
        return self.named("product") or chosen(
            self.text, known, last, price=goods.price, name=lambda item: goods.title(item, language)
        )
