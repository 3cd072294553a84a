"""Any language model behind an OpenAI-compatible endpoint: vLLM, Ollama, DeepSeek, Qwen and so on."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import Field

from zhiyin.errors import BadOutput
from zhiyin.language.chat.breaker import Breaker
from zhiyin.language.chat.limits import Pace, Purse, Spending
from zhiyin.language.chat.model import Completion, Message
from zhiyin.language.endpoint import Endpoint, Refused, document
from zhiyin.privacy.redaction import Redaction
from zhiyin.registry import PartConfig

_WHERE = "chat model openai"
_LONGEST_PLACEHOLDER = 24


class OpenAI:
    """Asks a model behind an OpenAI-compatible endpoint; phone numbers, addresses and the like stay here.

    They are replaced by placeholders before anything is sent, and put back into the answer. A question ends in time:
    attempts, pauses and waiting for the limits are all within its time-out.

    >>> model = OpenAI(OpenAI.Config(base_url="http://localhost:11434/v1", model="qwen3:8b", key_variable=""))
    >>> model.model_id, model.spent.requests
    ('qwen3:8b', 0)
    """

    name = "openai"

    class Config(PartConfig):
        """Options of `OpenAI`."""

        base_url: str = Field(description="The endpoint, such as http://localhost:11434/v1.")
        model: str = Field(description="The model's name there.")
        key_variable: str = Field(
            "ZHIYIN_CHAT_KEY",
            description="Environment variable that holds the key; empty where none is wanted.",
        )
        is_reasoning: bool = Field(
            False,
            description="Send max_completion_tokens and no temperature, as OpenAI's reasoning models want it.",
        )
        requests_per_minute: int | None = Field(
            None, ge=1, description="Most requests a minute, new attempts included."
        )
        tokens_per_minute: int | None = Field(
            None, ge=1, description="Most tokens a minute, read and written."
        )
        tokens_per_day: int | None = Field(
            None, ge=0, description="Most tokens a day (UTC) and process, read and written."
        )
        prompt_price: float = Field(0.0, ge=0, description="Price of a million tokens read.")
        completion_price: float = Field(0.0, ge=0, description="Price of a million tokens written.")
        attempts: int = Field(3, ge=1, description="How often one question is asked.")
        breaker_failures: int = Field(
            5, ge=1, description="After so many failures in a row it is left alone."
        )
        breaker_rest_s: float = Field(30.0, gt=0, description="For so long.")

    def __init__(self, config: Config) -> None:
        self._config = config
        self._tokens = Pace("tokens", config.tokens_per_minute)
        self._purse = Purse(config.tokens_per_day, config.prompt_price, config.completion_price)
        self._endpoint = Endpoint(
            "chat.completions",
            config.base_url,
            config.key_variable,
            attempts=config.attempts,
            pace=Pace("requests", config.requests_per_minute),
            breaker=Breaker(config.breaker_failures, config.breaker_rest_s),
        )
        self._form = 0

    @property
    def model_id(self) -> str:
        """The model's name at the endpoint."""
        return self._config.model

    @property
    def spent(self) -> Spending:
        """What was asked so far, and what it cost."""
        return self._purse.spent

    def complete(
        self,
        messages: Sequence[Message],
        *,
        schema: Mapping[str, Any] | None = None,
        max_tokens: int = 256,
        timeout_s: float = 30.0,
    ) -> Completion:
        """Return the next message; see `ChatModel`.

        An endpoint that knows no JSON schemas is asked for plain JSON from then on, and the schema is put into words.

        Raises:
            NeedsKey: there is no key, or it is not taken.
            RateLimited: the endpoint or a limit of the options lets no more through in time.
            ModelTimeout: no answer came in time.
            BadOutput: what came is no answer.
            ModelError: the endpoint failed or was left alone after failures.
            SettingsError: there is no such endpoint or model.
        """
        deadline = time.monotonic() + timeout_s
        redaction, hidden = _hidden(messages)
        guess = self._reserve(hidden, max_tokens, deadline)
        read = written = 0
        try:
            answer = self._in_some_form(hidden, schema, max_tokens, deadline)
            read, written = _used(answer, _tokens_of(hidden), 0)
            text, is_cut = _said(answer)
        finally:
            self._settle(guess, read, written)
        return Completion(redaction.restored(text), is_cut, read, written)

    def stream(
        self, messages: Sequence[Message], *, max_tokens: int = 256, timeout_s: float = 30.0
    ) -> Iterator[str]:
        """Give the next message piece by piece; see `ChatModel`."""
        deadline = time.monotonic() + timeout_s
        redaction, hidden = _hidden(messages)
        guess = self._reserve(hidden, max_tokens, deadline)
        read, written, kept = 0, 0, ""
        body = self._body(hidden, max_tokens) | {"stream_options": {"include_usage": True}}
        try:
            for event in self._endpoint.events(body, deadline):
                piece = _piece(event)
                read, written = _used(event, read or _tokens_of(hidden), written + bool(piece))
                kept += piece
                # A placeholder may come in several pieces.
                at = kept.rfind("[", -_LONGEST_PLACEHOLDER)
                ready = kept if at < 0 or "]" in kept[at:] else kept[:at]
                kept = kept[len(ready) :]
                if ready:
                    yield redaction.restored(ready)
            if kept:
                yield redaction.restored(kept)
        finally:
            self._settle(guess, read, written)

    def close(self) -> None:
        """Give the connections back."""
        self._endpoint.close()

    def _reserve(self, messages: Sequence[Message], max_tokens: int, deadline: float) -> int:
        guess = _tokens_of(messages) + max_tokens
        self._purse.check(guess)
        time.sleep(self._tokens.take(guess, at_most_s=deadline - time.monotonic()))
        return guess

    def _settle(self, guess: int, read: int, written: int) -> None:
        self._tokens.give_back(guess - read - written)
        if read or written:
            self._purse.pay(read, written)

    def _in_some_form(
        self,
        messages: Sequence[Message],
        schema: Mapping[str, Any] | None,
        max_tokens: int,
        deadline: float,
    ) -> dict[str, Any]:
        """Ask for the schema, or else for any JSON, or else for nothing but in words; remember what was taken."""
        if schema is None:
            return self._endpoint.ask(self._body(messages, max_tokens), deadline, document)
        named = {"name": "answer", "schema": schema, "strict": True}
        in_words = _held_by_words(messages, schema)
        forms: list[tuple[Sequence[Message], dict[str, Any]]] = [
            (messages, {"response_format": {"type": "json_schema", "json_schema": named}}),
            (in_words, {"response_format": {"type": "json_object"}}),
            (in_words, {}),
        ]
        place = self._form
        while True:
            said, held = forms[place]
            try:
                body = self._body(said, max_tokens) | held
                answer = self._endpoint.ask(body, deadline, document)
            except Refused:
                place += 1
                if place == len(forms):
                    raise
            else:
                self._form = place
                return answer

    def _body(self, messages: Sequence[Message], max_tokens: int) -> dict[str, Any]:
        body = {
            "model": self._config.model,
            "messages": [{"role": message.role, "content": message.text} for message in messages],
        }
        if self._config.is_reasoning:
            return body | {"max_completion_tokens": max_tokens}
        return body | {"max_tokens": max_tokens, "temperature": 0}


def _hidden(messages: Sequence[Message]) -> tuple[Redaction, list[Message]]:
    # JSON can hold half a surrogate pair, but endpoints refuse it.
    texts = [message.text.encode("utf-8", "replace").decode() for message in messages]
    redaction = Redaction(texts)
    pairs = zip(messages, redaction.texts, strict=True)
    return redaction, [Message(message.role, text) for message, text in pairs]


def _held_by_words(messages: Sequence[Message], schema: Mapping[str, Any]) -> list[Message]:
    """Return messages that begin with the schema; many models take one system message, and only as the first."""
    shown = json.dumps(schema, ensure_ascii=False)
    words = f"Answer with one JSON document of this schema, nothing else: {shown}"
    if messages[0].role == "system":
        return [Message("system", f"{messages[0].text}\n\n{words}"), *messages[1:]]
    return [Message("system", words), *messages]


def _tokens_of(messages: Sequence[Message]) -> int:
    """Return a guess at how many tokens messages are: a Chinese character or three Latin letters each."""
    return sum(4 + len(message.text.encode()) // 3 for message in messages)


def _said(answer: Mapping[str, Any]) -> tuple[str, bool]:
    try:
        choice = answer["choices"][0]
        text, why = choice["message"]["content"], choice.get("finish_reason")
    except (KeyError, IndexError, TypeError, AttributeError) as error:
        raise BadOutput("the answer holds no message", where=_WHERE) from error
    if not isinstance(text, str):
        raise BadOutput(f"the message has no text; it ended with {why!r}"[:200], where=_WHERE)
    return text.encode("utf-8", "replace").decode(), why == "length"


def _piece(event: Mapping[str, Any]) -> str:
    if "error" in event:
        raise BadOutput("the answer ends with an error", where=_WHERE)
    try:
        said = "".join(str(choice["delta"].get("content") or "") for choice in event["choices"])
    except (KeyError, TypeError, AttributeError) as error:
        raise BadOutput("a piece of the answer holds no text", where=_WHERE) from error
    return said.encode("utf-8", "replace").decode()


def _used(answer: Mapping[str, Any], read: int, written: int) -> tuple[int, int]:
    """Return the tokens that an answer says it took, else the guesses."""
    usage = answer.get("usage")
    if not isinstance(usage, Mapping):
        return read, written
    told = usage.get("prompt_tokens"), usage.get("completion_tokens")
    return (
        told[0] if isinstance(told[0], int) and told[0] >= 0 else read,
        told[1] if isinstance(told[1], int) and told[1] >= 0 else written,
    )
