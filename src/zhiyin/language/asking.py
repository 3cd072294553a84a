"""Facts that a chat model reads where the rules found none; what the text does not say is dropped."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, get_args

from pydantic import BaseModel

from zhiyin.errors import ModelError, NeedsKey, RateLimited
from zhiyin.language.answers import Mention
from zhiyin.language.chat.model import ChatModel, Completion
from zhiyin.language.chat.structured import AnswerCache, kept_answer, structured
from zhiyin.language.facts.attributes import Attributes
from zhiyin.language.finding import Finding
from zhiyin.language.grounding import grounded
from zhiyin.language.prompt import Prompt, load
from zhiyin.language.quoted import people, situation, stated

LONGEST = 400
"""Characters of a text; about a longer one no model is asked."""
_PATIENCE = 5  # texts in a row without a usable answer
_FINDINGS = {
    "context": frozenset({"weather", "place", "intent"}),
    "relations": frozenset({"relation"}),
    "attributes": frozenset({"brand"}),
}
"""Prompt → findings of the rules beside which it is not asked."""
_Answer = tuple[Mapping[str, Any], str]
_OF_THE_SCHEMA = {"relation": get_args(Mention.model_fields["relation"].annotation)}


@dataclass(slots=True)
class Usage:
    """What asking took.

    Attributes:
        calls: questions that the model answered, second attempts included; answers kept from before are none.
        prompt_tokens: tokens read.
        completion_tokens: tokens written.
        seconds: waiting for it.
        failed: texts to which no answer came that could be used.
    """

    calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    seconds: float = 0.0
    failed: int = 0

    def heard(self, said: Completion) -> None:
        """Count an answer."""
        self.calls += 1
        self.prompt_tokens += said.prompt_tokens
        self.completion_tokens += said.completion_tokens


class Asked:
    """Asks a chat model about short texts, and keeps of its answers what the texts say.

    It is asked for a kind of facts only where the rules found none of that kind: no situation or plan, nobody, no brand.
    So its findings go behind theirs as they are. A text without a usable answer has none. After five of these in a row,
    or when a limit is reached or a key is missing, the model is asked no more; kept answers are still used.

    Args:
        model: whom to ask.
        cache: where answers are kept.
        rules: those that read the titles, brands of the shop included.

    Attributes:
        usage: what it took so far.
        notes: a sentence on why the model is asked no more, once it is.

    >>> from zhiyin.language.chat.llama import Llama
    >>> asked = Asked(Llama(Llama.Config()))
    >>> asked.read(["", "a" * 401, "γεια"], ["zh", "en", "other"])  # not worth a question
    [[], [], []]
    >>> asked.usage.calls
    0
    """

    def __init__(
        self, model: ChatModel, cache: AnswerCache | None = None, rules: Attributes | None = None
    ) -> None:
        self._model = model
        self._cache = cache or AnswerCache()
        self._rules = rules or Attributes()
        self._failures = 0
        self._first: ModelError | None = None
        self.usage = Usage()
        self.notes: list[str] = []

    def read(
        self,
        texts: Sequence[str],
        languages: Sequence[str],
        *,
        known: Sequence[Sequence[Finding]] | None = None,
        times: Sequence[datetime | None] | None = None,
    ) -> list[list[Finding]]:
        """Return what each of n posts says of the weather, the place, the plan, and of people.

        Args:
            texts: what people wrote.
            languages: ``zh`` or ``en``; about a text in another the model is not asked.
            known: what the rules found; without it everything is asked.
            times: when each was written, so that the weather ends with its day.
        """
        situations = self._answers("context", "text", texts, languages, known)
        mentions = self._answers("relations", "text", texts, languages, known)
        whens = times or [None] * len(texts)
        return [
            [*situation(text, *told, when), *people(text, *named)]
            for text, told, named, when in zip(texts, situations, mentions, whens, strict=True)
        ]

    def attributes(
        self,
        titles: Sequence[str],
        categories: Sequence[str | None],
        languages: Sequence[str],
        *,
        known: Sequence[Sequence[Finding]] | None = None,
    ) -> list[list[Finding]]:
        """Return what each of n titles of goods states in words that the rules do not know.

        Args:
            titles: of one kind of goods each.
            categories: words for what the goods are.
            languages: as in ``read``.
            known: likewise.
        """
        found = []
        answers = self._answers("attributes", "title", titles, languages, known)
        for row, (title, category) in enumerate(zip(titles, categories, strict=True)):
            names = {finding.name for finding in known[row]} if known else ()
            new = stated(title, *answers[row], self._rules, category)
            found.append([finding for finding in new if finding.name not in names])
        return found

    def _answers(
        self,
        prompt_id: str,
        name: str,
        texts: Sequence[str],
        languages: Sequence[str],
        known: Sequence[Sequence[Finding]] | None,
    ) -> list[_Answer]:
        """Return what stands in each text of the model's answer to a prompt, and the method; nothing where it is not asked.

        One prompt and one language after the other, so that a model reads the examples once.
        """
        answers: list[_Answer] = [({}, "")] * len(texts)
        for row in sorted(range(len(texts)), key=languages.__getitem__):
            text, language = texts[row], languages[row]
            is_known = known and any(one.name in _FINDINGS[prompt_id] for one in known[row])
            if language in ("zh", "en") and len(text) <= LONGEST and text.strip() and not is_known:
                prompt = load(prompt_id, "zh" if language == "zh" else "en")
                answers[row] = self._answer(prompt, {name: text}, text)
        return answers

    def _answer(self, prompt: Prompt, data: Mapping[str, str], text: str) -> _Answer:
        said = kept_answer(self._model.model_id, prompt, prompt.answer, data, self._cache)
        if said is None and not self.notes:
            said = self._asked(prompt, data)
        values = {} if said is None else grounded(said.model_dump(), text, _OF_THE_SCHEMA)
        return values, f"{prompt.name} by {self._model.model_id}"

    def _asked(self, prompt: Prompt, data: Mapping[str, str]) -> BaseModel | None:
        began = time.perf_counter()
        try:
            said = structured(
                self._model, prompt, prompt.answer, data, cache=self._cache, heard=self.usage.heard
            )
        except ModelError as error:
            self._failed(error)
            return None
        finally:
            self.usage.seconds += time.perf_counter() - began
        self._failures = 0
        return said

    def _failed(self, error: ModelError) -> None:
        self.usage.failed += 1
        self._failures += 1
        if self._failures == 1:
            self._first = error  # later ones may say no more than that it failed before
        if self._failures >= _PATIENCE or isinstance(error, NeedsKey | RateLimited):
            why = error if isinstance(error, NeedsKey | RateLimited) else self._first
            self.notes.append(
                f"{self._model.model_id} is asked no more: {why} What the rules find is kept; reading everything "
                "anew asks for the rest."
            )
