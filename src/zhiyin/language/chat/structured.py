"""Answers of chat models as checked values: of a type, kept, and asked for twice at most."""

from __future__ import annotations

import hashlib
import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any, Protocol, TypeVar

from pydantic import BaseModel, ValidationError

from zhiyin.errors import BadOutput
from zhiyin.language.chat.model import ChatModel, Completion, Message
from zhiyin.language.chat.schema import plain_schema
from zhiyin.language.prompt import Prompt

Answer = TypeVar("Answer", bound=BaseModel)

_SHOWN = 500
"""Characters of a wrong answer that the model is shown again."""


class Kept(Protocol):
    """Where texts are kept by key: a mapping, or less."""

    def get(self, key: str, /) -> str | None:
        """Return what is kept under a key, None where nothing is."""

    def __setitem__(self, key: str, text: str, /) -> None:
        """Keep a text."""


class AnswerCache:
    """Answers by model, prompt and data: the newest in memory, all of them in a mapping where one is given.

    Keys are hashes, but answers quote texts of people: whoever gives a mapping must be able to forget it.

    Args:
        size: how many stay in memory.
        kept: key → JSON, for longer than this process.

    >>> cache = AnswerCache(1)
    >>> cache.put("a", "1")
    >>> cache.put("b", "2")
    >>> cache.get("a"), cache.get("b")
    (None, '2')
    """

    def __init__(self, size: int = 1024, kept: Kept | None = None) -> None:
        self._size, self._kept = size, kept
        self._newest: OrderedDict[str, str] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: str) -> str | None:
        """Return the answer, None when there is none."""
        with self._lock:
            if key in self._newest:
                self._newest.move_to_end(key)
                return self._newest[key]
        return self._kept.get(key) if self._kept is not None else None

    def put(self, key: str, answer: str) -> None:
        """Keep an answer."""
        with self._lock:
            self._newest[key] = answer
            self._newest.move_to_end(key)
            while len(self._newest) > self._size:
                self._newest.popitem(last=False)
        if self._kept is not None:
            self._kept[key] = answer


def structured(
    model: ChatModel,
    prompt: Prompt,
    kind: type[Answer],
    values: Mapping[str, Any],
    *,
    cache: AnswerCache | None = None,
    timeout_s: float = 30.0,
    heard: Callable[[Completion], None] | None = None,
) -> Answer:
    """Return a model's answer to a prompt as an instance of a type.

    An answer that does not fit is asked for once more: with twice the tokens when it was cut, else with what was wrong.

    Args:
        model: any chat model.
        prompt: with the data's names and examples.
        kind: the type; pydantic checks the answer.
        values: the data.
        cache: where the answer may already be; only answers that fit are kept.
        timeout_s: seconds for each of the two attempts.
        heard: told of each answer, so that its tokens can be counted.
    Raises:
        BadOutput: the second answer does not fit either.
        ModelError: the model gave none.
    """
    if cache and (known := kept_answer(model.model_id, prompt, kind, values, cache)) is not None:
        return known
    schema = plain_schema(kind)

    def ask() -> Completion:
        said = model.complete(messages, schema=schema, max_tokens=max_tokens, timeout_s=timeout_s)
        if heard:
            heard(said)
        return said

    messages, max_tokens = prompt.messages(values), prompt.max_tokens
    said = ask()
    try:
        answer = kind.model_validate(_json_in(said.text))
    except ValueError as error:
        if said.is_cut:
            max_tokens *= 2
        else:
            messages = [*messages, Message("assistant", said.text[:_SHOWN]), _complaint(error)]
        answer = _last(ask(), kind, model.model_id, prompt.name)
    if cache:
        cache.put(_key(model.model_id, prompt, kind, values), answer.model_dump_json())
    return answer


def kept_answer(
    model_id: str,
    prompt: Prompt,
    kind: type[Answer],
    values: Mapping[str, Any],
    cache: AnswerCache,
) -> Answer | None:
    """Return the answer to a prompt that a model gave before; None where there is none that still fits.

    The arguments are those of `structured`.
    """
    known = cache.get(_key(model_id, prompt, kind, values))
    try:
        return None if known is None else kind.model_validate_json(known)
    except ValidationError:
        return None  # the mapping holds something else by now


def _last(said: Completion, kind: type[Answer], model_id: str, prompt: str) -> Answer:
    try:
        return kind.model_validate(_json_in(said.text))
    except ValueError as error:
        raise BadOutput(
            f"the second answer fits no better than the first: {_wrong(error)}",
            where=f"{prompt} by {model_id}",
            expected=f"JSON of a {kind.__name__}",
            next_step="take what the rules find, or ask a better model",
        ) from None  # the cause would quote what people wrote


def _json_in(text: str) -> Any:
    """Return the JSON object in an answer, past the thoughts and fences that some models write around it.

    Raises: ValueError when there is none.
    """
    text = text.rpartition("</think>")[2]
    start = text.find("{")
    if start < 0:
        raise ValueError("there is no JSON object")
    try:
        return json.JSONDecoder().raw_decode(text, start)[0]
    except RecursionError:
        raise ValueError("the JSON is too deep") from None


def _complaint(error: ValueError) -> Message:
    return Message("user", f"That did not fit: {_wrong(error)}. The answer again, as JSON only:")


def _wrong(error: ValueError) -> str:
    """Return what is wrong with an answer without a word of it."""
    if isinstance(error, ValidationError):
        first = error.errors(include_input=False, include_url=False)[0]
        if first["type"] == "extra_forbidden":
            return "it has a field too many"
        return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
    return "it is no JSON" if isinstance(error, json.JSONDecodeError) else str(error)


def _key(model_id: str, prompt: Prompt, kind: type[BaseModel], values: Mapping[str, Any]) -> str:
    content = json.dumps([plain_schema(kind), values], sort_keys=True).encode()
    return f"answers/{model_id}/{prompt.name}/{hashlib.sha256(content).hexdigest()}"
