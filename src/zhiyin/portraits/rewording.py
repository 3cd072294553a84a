"""The sentences of a portrait put in other words by a chat model; what it adds, loses or changes is not taken."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from zhiyin.errors import BadOutput, ModelError, NeedsKey
from zhiyin.language.answers import Sentence
from zhiyin.language.chat.model import ChatModel
from zhiyin.language.chat.named import NamedModel
from zhiyin.language.chat.structured import structured
from zhiyin.language.prompt import load
from zhiyin.portraits.faithful import objection
from zhiyin.settings import Part

_log = logging.getLogger(__name__)
_PATIENCE = 2  # failures in a row, after which the model is asked no more
_TIMEOUT_S = 30.0


class Rewriter:
    """Rewords the statements of portraits.

    Args:
        chat: which model to ask, ``reading.chat`` of the settings; it is made at the first question.
        model: in place of the one that is named.

    Attributes:
        objections: for each statement last asked about, why its rewording was not taken; "" where it was.

    >>> Rewriter(Part(type="llama")).reworded({"statements": []}, "en")
    {'statements': []}
    """

    def __init__(self, chat: Part, model: ChatModel | None = None) -> None:
        self._chat = chat
        self._model = model
        self.objections: list[str] = []

    def reworded(
        self, portrait: Mapping[str, Any], language: Literal["zh", "en"]
    ) -> dict[str, Any]:
        """Return a portrait's document with texts in other words, where these say the same.

        Each statement says by ``reworded`` whether its text is the model's; else it is the fixed sentence, also where the
        model failed. Ids, figures and evidence are not touched.

        Args:
            portrait: with the ``text`` of each statement.
            language: of the texts.
        Raises:
            SettingsError: no chat model is named.
            NeedsKey: the model's endpoint wants a key.
            MissingExtra: the model is not installed.
        """
        model, failures, told = self._made(), 0, []
        self.objections.clear()
        for said in portrait["statements"]:
            text = None
            if failures < _PATIENCE:
                try:
                    text, failures = self._asked(model, said, language), 0
                except BadOutput:
                    self.objections.append("no sentence")
                except NeedsKey:
                    raise
                except ModelError as error:
                    failures += 1
                    self.objections.append("no answer")
                    _log.warning("a sentence stays as it is: %s", error)
            told.append({**said, "text": text or said["text"], "reworded": text is not None})
        return {**portrait, "statements": told}

    def close(self) -> None:
        """Give back what the model holds."""
        if self._model is not None:
            self._model.close()

    def _made(self) -> ChatModel:
        if self._model is None:
            self._model = NamedModel(self._chat)()
        return self._model

    def _asked(
        self, model: ChatModel, said: Mapping[str, Any], language: Literal["zh", "en"]
    ) -> str | None:
        """Return a statement in other words; None where it is not said otherwise, or not the same is said."""
        prompt = load("rephrase", language)
        data = {"sentence": said["text"]}
        answer = structured(model, prompt, Sentence, data, timeout_s=_TIMEOUT_S)
        new = answer.sentence.strip()
        if new.rstrip(".。") == said["text"].rstrip(".。"):
            self.objections.append("the same words")
            return None
        why = objection(new, said["text"], list(_texts(said)))
        self.objections.append(why)
        return None if why else new


def _texts(value: Any) -> Iterator[str]:
    """Return the texts that a statement holds."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, part in value.items():
            if name not in ("id", "kind", "text", "evidence"):
                yield from _texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)
