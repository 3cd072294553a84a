"""The one way to a tool: who speaks and what is asked are checked, and what ran is counted and logged."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from typing import Any

from pydantic import ValidationError

from zhiyin.assistant.tools.tool import Acting, Arguments, Pending, Speaker, Tool, ToolResult
from zhiyin.errors import InvalidRecord, NotAuthorised, UnknownPart, ZhiyinError, nearest
from zhiyin.registry import wanted
from zhiyin.store.frames import json_text

CONFIRM_WITHIN = timedelta(minutes=30)
"""A yes that comes later is for nothing."""

_log = logging.getLogger(__name__)


class ToolBox:
    """Runs tools for whoever speaks. No text runs a tool: the dialogue calls one by name, with arguments it made.

    Args:
        tools: that there are.

    >>> from datetime import UTC, datetime
    >>> from zhiyin.assistant.tools.hand_over import HandOver
    >>> box, speaker = ToolBox([HandOver()]), Speaker("an", "c1", datetime(2026, 5, 1, tzinfo=UTC))
    >>> box.call("hand_over", speaker, {"reason": "asked"}).data["reason"], box.counts
    ('asked', {('hand_over', 'ok'): 1})
    """

    def __init__(self, tools: Sequence[Tool]) -> None:
        self._tools = {tool.name: tool for tool in tools}
        self._counts: Counter[tuple[str, str]] = Counter()

    @property
    def tools(self) -> tuple[Tool, ...]:
        """The tools, in the order given."""
        return tuple(self._tools.values())

    @property
    def counts(self) -> dict[tuple[str, str], int]:
        """How often a tool ran with an outcome; one that raised counts as the error's name."""
        return dict(self._counts)

    def call(self, name: str, speaker: Speaker, arguments: Mapping[str, Any]) -> ToolResult:
        """Return what a tool finds; one with an effect only prepares it, as ``pending`` of the result.

        Raises:
            UnknownPart: there is no such tool.
            InvalidRecord: the arguments are not what it takes.
            NotAuthorised: it is for people who are known, and the speaker is not.
            StoreUnavailable: where it looks does not answer.
        """
        tool = self._tool(name)
        said = _checked(tool, arguments)
        _admit(tool, speaker)
        found = self._timed(name, lambda: tool.run(speaker, said))
        if found.pending is None:
            return found
        told = said.model_dump(mode="json")
        token = _token(speaker, name, told, speaker.time.isoformat())
        pending = replace(found.pending, token=token, tool=name, arguments=told, time=speaker.time)
        return replace(found, pending=pending)

    def confirm(self, pending: Pending, speaker: Speaker) -> ToolResult:
        """Do what was prepared, after the speaker's yes; the same once more does nothing more.

        Args:
            pending: as ``call`` gave it, out of the conversation's own memory.
            speaker: who said yes.
        Raises:
            NotAuthorised: it was prepared for somebody else, in another conversation, or was changed since.
            InvalidRecord: the yes came too late.
            NotFound, Conflict, StoreUnavailable: it could not be done.
        """
        tool = self._tool(pending.tool)
        _admit(tool, speaker)
        made = _token(speaker, pending.tool, pending.arguments, pending.time.isoformat())
        if not isinstance(tool, Acting) or made != pending.token:
            raise NotAuthorised(
                "this was not prepared for the speaker of this conversation",
                where=f"tool {pending.tool}",
                expected="what was prepared in it",
                next_step="prepare it again",
            )
        if not timedelta(0) <= speaker.time - pending.time <= CONFIRM_WITHIN:
            raise InvalidRecord(
                "the confirmation came too late",
                where=f"tool {pending.tool}",
                expected=f"within {CONFIRM_WITHIN.seconds // 60} minutes",
                next_step="prepare it again",
            )
        said = _checked(tool, pending.arguments)
        return self._timed(pending.tool, lambda: tool.act(speaker, said, pending.token))

    def _tool(self, name: str) -> Tool:
        if name not in self._tools:
            raise UnknownPart(
                f'no tool is called "{name[:40]}"',
                where="tools",
                expected=nearest(name[:40], self._tools),
                next_step="call one of these",
            )
        return self._tools[name]

    def _timed(self, name: str, run: Callable[[], ToolResult]) -> ToolResult:
        """Run, count and log: the tool, how it went and how long it took; nothing of whom or what."""
        began, outcome = time.perf_counter(), "failed"
        try:
            result = run()
            outcome = result.outcome
        except ZhiyinError as error:
            outcome = type(error).__name__
            raise
        finally:
            self._counts[name, outcome] += 1
            _log.info("tool %s: %s, %.1f ms", name, outcome, (time.perf_counter() - began) * 1e3)
        return result


def _admit(tool: Tool, speaker: Speaker) -> None:
    if tool.needs_user and speaker.user is None:
        raise NotAuthorised(
            "nobody knows who speaks",
            where=f"tool {tool.name}",
            expected="a shopper who is signed in",
            next_step="ask to sign in, or hand over",
        )


def _checked(tool: Tool, arguments: Mapping[str, Any]) -> Arguments:
    try:
        return tool.parameters.model_validate(dict(arguments))
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        name = ".".join(str(step) for step in first["loc"])
        is_other = first["type"] == "extra_forbidden"
        raise InvalidRecord(
            f"{name[:40]} is no argument of it" if is_other else f"{name} does not fit",
            where=f"tool {tool.name}",
            expected=nearest(name[:40], tool.parameters.model_fields)
            if is_other
            else wanted(first),
            next_step="correct the call",
        ) from error


def _token(speaker: Speaker, tool: str, arguments: Mapping[str, Any], time: str) -> str:
    """Return what stands for one wish of one person in one conversation, 32 hexadecimal digits."""
    said = json_text([speaker.user, speaker.conversation, tool, dict(arguments), time])
    return sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:32]
