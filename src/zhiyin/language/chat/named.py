"""The chat model that the settings name."""

from __future__ import annotations

import threading

from zhiyin import registry
from zhiyin.errors import SettingsError
from zhiyin.language.chat.model import ChatModel
from zhiyin.settings import Part


class NamedModel:
    """Makes the chat model of ``reading.chat`` at the first question; all that ask share it.

    Args:
        part: names it.

    >>> NamedModel(Part(type="llama"))().model_id
    'gemma-3-270m-q4_k_m'
    """

    def __init__(self, part: Part) -> None:
        self._part = part
        self._turn = threading.Lock()
        self._model: ChatModel | None = None

    def __call__(self) -> ChatModel:
        """Return the model.

        Raises:
            SettingsError: none is named.
        """
        with self._turn:
            if self._model is None:
                if self._part.type == "none":
                    raise SettingsError(
                        "no chat model is named",
                        where="reading.chat",
                        expected="llama, which the extra local has in the box, or openai for any compatible endpoint",
                        next_step='write chat = {type = "llama"} below [reading] of zhiyin.local.toml, or leave out what asks for one',
                    )
                self._model = registry.build(
                    "chat_models", self._part.type, self._part.options, where="reading.chat"
                )
            return self._model

    def close(self) -> None:
        """Give back what the model holds."""
        if self._model is not None:
            self._model.close()
