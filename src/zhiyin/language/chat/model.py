"""What every chat model is asked, and what it answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, Protocol


class Message(NamedTuple):
    """One turn of what a model reads.

    >>> Message("user", "hello").role
    'user'
    """

    role: Literal["system", "user", "assistant"]
    text: str


@dataclass(frozen=True, slots=True)
class Completion:
    """What a model wrote, and what that took.

    Attributes:
        text: without what came before it.
        is_cut: whether it stopped because it may write no more tokens.
        prompt_tokens: how many tokens it read.
        completion_tokens: how many it wrote.

    >>> Completion("yes", is_cut=False, prompt_tokens=7, completion_tokens=1).text
    'yes'
    """

    text: str
    is_cut: bool
    prompt_tokens: int
    completion_tokens: int


class ChatModel(Protocol):
    """A language model that goes on where messages end, by its likeliest words.

    Two threads may ask at once. Nothing is loaded and no connection is made before the first question.
    """

    @property
    def model_id(self) -> str:
        """Which model answers: part of the receipt of every fact that it finds."""

    def complete(
        self,
        messages: Sequence[Message],
        *,
        schema: Mapping[str, Any] | None = None,
        max_tokens: int = 256,
        timeout_s: float = 30.0,
    ) -> Completion:
        """Return the next message.

        Args:
            messages: what was said, the last one by the user.
            schema: JSON schema of the answer, by `zhiyin.language.chat.schema`; a model that cannot be held to it is
                only asked to keep it. None for free text.
            max_tokens: the most that it may write.
            timeout_s: seconds until it must have answered, waiting and new attempts included.
        Raises:
            ModelTimeout: it took longer.
            ModelError: it gave no answer; its subclasses say why.
        """

    def stream(
        self, messages: Sequence[Message], *, max_tokens: int = 256, timeout_s: float = 30.0
    ) -> Iterator[str]:
        """Give the next message in free text, piece by piece; closing the iterator stops the model.

        Raises: as `complete`, also after the first pieces.
        """

    def close(self) -> None:
        """Give back memory and connections; the next question brings them back."""
