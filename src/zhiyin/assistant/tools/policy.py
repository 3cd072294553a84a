"""What the shop has written, quoted."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime

from pydantic import Field

from zhiyin.assistant.knowledge.knowledge import Answer
from zhiyin.assistant.tools.tool import Arguments, Evidence, Speaker, ToolResult

_NUMBERS = re.compile(r"https?://[^\s)>，。]+|\d+(?:[.,:/-]\d+)*%?")


class Policy:
    """Quotes the FAQ and the policies that hold.

    Args:
        answer: what documents say to a question in a language at a time.
    """

    name = "policy"
    description = "What the shop's FAQ and policies say to a question, word by word."
    has_effect = False
    needs_user = False

    class Parameters(Arguments):
        """The question."""

        text: str = Field(min_length=1)

    parameters = Parameters

    def __init__(self, answer: Callable[[str, str, datetime], Answer]) -> None:
        self._answer = answer

    def run(self, speaker: Speaker, arguments: Parameters) -> ToolResult:
        """Return quotations; ``suggest`` with the titles of what may be meant; ``nothing``."""
        said = self._answer(arguments.text, speaker.language, speaker.time)
        evidence = tuple(
            Evidence("policy", one.citation.document, one.text, tuple(_NUMBERS.findall(one.text)))
            for one in said.quotes
        )
        data = {
            "citations": [asdict(one.citation) for one in said.quotes],
            "titles": [one.citation.title for one in said.found],
        }
        outcome = "ok" if said.certainty == "answer" else said.certainty
        return ToolResult(outcome, evidence, data)
