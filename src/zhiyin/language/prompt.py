"""Prompts: a task, examples, and a place for data; kept as versioned Markdown files in ``prompts/``."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from pydantic import BaseModel

from zhiyin.errors import SettingsError, nearest
from zhiyin.language import answers
from zhiyin.language.chat.model import Message

_MOST_ROWS = 40
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_BLOCK = re.compile(r"```json\n(.*?)\n```", re.DOTALL)
# Marks with which chat formats begin and end turns: <|im_end|>, <eos>, [INST].
_ESCAPED = {"<": "\\u003c", "[": "\\u005b"}
_MARKS = re.compile(r"<|\[(?=/?[A-Z_]+\])")


@dataclass(frozen=True, slots=True)
class Prompt:
    """A task that a model is shown by examples.

    Attributes:
        id: what it is for.
        version: counts up with every change of its words, so that facts can say which words found them.
        language: of its words and examples, zh or en.
        answer: the type of its answers.
        characters: of each text only so many are shown to the model, and of a list forty elements.
        max_tokens: how long an answer may be.
        task: in words.
        examples: data and answer each.

    >>> prompt = load("attributes", "en")
    >>> prompt.name.partition("@")[0], prompt.answer.__name__
    ('attributes.en', 'TitleAttributes')
    """

    id: str
    version: int
    language: str
    answer: type[BaseModel]
    characters: int
    max_tokens: int
    task: str
    examples: tuple[tuple[Mapping[str, Any], Mapping[str, Any]], ...]

    @property
    def name(self) -> str:
        """Its name in receipts, such as ``attributes.zh@2``."""
        return f"{self.id}.{self.language}@{self.version}"

    def messages(self, values: Mapping[str, Any]) -> list[Message]:
        """Return what a model reads: the task, the examples as turns, and the data as the last turn.

        Data are one line of JSON. No text can end it: quotation marks and line ends are escaped, and so are the signs
        with which chat formats begin their own marks. Control characters and lone surrogates are replaced.

        Args:
            values: texts, or lists of these, by the names that the examples have.
        Raises: SettingsError for other names than those.
        Complexity: O(characters).
        """
        if values.keys() != self.examples[0][0].keys():
            raise SettingsError(
                f"these are not the data of {self.name}: {', '.join(values)}",
                where="language.prompt",
                expected=", ".join(self.examples[0][0]),
            )
        turns = [Message("system", self.task)]
        for data, answer in self.examples:
            turns += [_asked(data), Message("assistant", _json(answer))]
        return [*turns, _asked(_clean(values, self.characters))]


@cache
def load(prompt_id: str, language: Literal["zh", "en", "other"] = "zh") -> Prompt:
    """Return a prompt of the house, in Chinese or else in English.

    Raises: SettingsError when there is none of that name, or its file is broken.
    """
    folder = files("zhiyin.language") / "prompts"
    known = {file.name for file in folder.iterdir()}
    name = f"{prompt_id}.{'zh' if language == 'zh' else 'en'}.md"
    if name not in known:
        raise SettingsError(
            f'no prompt is called "{prompt_id}"',
            expected=nearest(prompt_id, {file.partition(".")[0] for file in known}),
        )
    return parsed((folder / name).read_text("utf-8"), where=name)


def parsed(text: str, *, where: str) -> Prompt:
    """Return the prompt that a Markdown file holds.

    The file begins with ``id``, ``version``, ``language``, ``schema`` (a type of `zhiyin.language.answers`),
    ``characters`` and ``max_tokens`` between two lines of ``---``. The task follows, then for each example a block of
    JSON with data and one with the answer.

    Raises: SettingsError when the file is not so.
    """
    try:
        _, head, body = text.split("---\n", 2)
        about = dict(line.split(": ", 1) for line in head.splitlines())
        blocks = [json.loads(block) for block in _BLOCK.findall(body)]
        answer = getattr(answers, about["schema"])
        pairs = tuple(zip(blocks[::2], blocks[1::2], strict=True))
        if not pairs:
            raise ValueError("it has no example")
        for _, said in pairs:
            answer.model_validate(said)
        return Prompt(
            id=about["id"],
            version=int(about["version"]),
            language=about["language"],
            answer=answer,
            characters=int(about["characters"]),
            max_tokens=int(about["max_tokens"]),
            task=body.partition("## ")[0].strip(),
            examples=pairs,
        )
    except (ValueError, KeyError, AttributeError) as error:
        raise SettingsError(
            f"the prompt cannot be read: {error}",
            where=where,
            expected="a head, a task, and pairs of JSON blocks",
        ) from error


def _asked(data: Mapping[str, Any]) -> Message:
    shown = _MARKS.sub(lambda match: _ESCAPED[match.group()], _json(data))
    return Message("user", f"Data: {shown}\nAnswer:")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _clean(value: Any, characters: int) -> Any:
    if isinstance(value, Mapping):
        return {key: _clean(one, characters) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(one, characters) for one in value[:_MOST_ROWS]]
    if isinstance(value, str):
        shown = _CONTROLS.sub(" ", value[:characters])
        return _SURROGATES.sub("\ufffd", shown)
    return value
