"""Sentences of the house put in other words by a chat model; what it adds, loses or changes is not taken."""

from __future__ import annotations

import logging
import time
from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock

from zhiyin.assistant.words.guards import Sentence, may_be_said
from zhiyin.errors import BadOutput, ZhiyinError
from zhiyin.language.answers import Sentence as Worded
from zhiyin.language.chat.model import ChatModel
from zhiyin.language.chat.named import NamedModel
from zhiyin.language.chat.structured import structured
from zhiyin.language.prompt import load
from zhiyin.portraits.faithful import objection
from zhiyin.privacy.redaction import personal_data
from zhiyin.settings import Part

TIMEOUT_S = 2.0
"""So long an answer waits for other words, over all its sentences."""
_REST_S = 60.0
_KEPT = 1000
_log = logging.getLogger(__name__)


class Rewording:
    """Rewords what the house says itself: no quotation, nothing that a yes would confirm, nothing with personal data in it.

    The model is told one sentence as data, and nothing of the conversation. Its words are taken where they say the same
    (`portraits.faithful`) and pass the guards; the template stands otherwise, and where the model is late or fails.

    Args:
        chat: which model to ask; it is made at the first sentence.
        model: in place of the one that is named.
        timeout_s: how long an answer waits.
    """

    def __init__(
        self, chat: Part, model: ChatModel | None = None, *, timeout_s: float = TIMEOUT_S
    ) -> None:
        self._chat, self._model, self._timeout_s = chat, model, timeout_s
        self._kept: OrderedDict[tuple[str, str], str] = OrderedDict()
        self._turn = Lock()
        self._rests_until = 0.0

    def of(self, sentences: Sequence[Sentence], language: str) -> list[Sentence]:
        """Return sentences in other words where there are any, in ``zh`` or ``en``."""
        until = time.monotonic() + self._timeout_s
        return [
            one._replace(text=self._said(one, language, until)) if _is_own(one) else one
            for one in sentences
        ]

    def _said(self, sentence: Sentence, language: str, until: float) -> str:
        key = (language, sentence.text)
        with self._turn:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        new = self._asked(sentence, language, until)
        if new is None:
            return sentence.text
        with self._turn:
            self._kept[key] = new
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return new

    def _asked(self, sentence: Sentence, language: str, until: float) -> str | None:
        """Return other words that may be said, the same where the model has none; None where it did not answer."""
        now = time.monotonic()
        if now >= until or now < self._rests_until:
            return None
        try:
            told = structured(
                self._made(),
                load("rephrase", "zh" if language == "zh" else "en"),
                Worded,
                {"sentence": sentence.text},
                timeout_s=until - now,
            )
        except BadOutput:
            return sentence.text
        except ZhiyinError as error:
            self._rests_until = time.monotonic() + _REST_S
            _log.warning("Service speaks by its templates for a minute: %s", error)
            return None
        new = told.sentence.strip()
        names = [value for one in sentence.evidence for value in one.values]
        is_same = not objection(new, sentence.text, names)
        return new if is_same and may_be_said(sentence._replace(text=new)) else sentence.text

    def _made(self) -> ChatModel:
        with self._turn:
            if self._model is None:
                self._model = NamedModel(self._chat)()
            return self._model


def _is_own(sentence: Sentence) -> bool:
    is_question = sentence.text.rstrip().endswith(("?", "？", "”或“不是”。", "yes or no."))
    is_listed = sentence.is_quote or sentence.place is not None
    return not (is_question or is_listed or personal_data(sentence.text))
