"""A person of the shop is asked in."""

from __future__ import annotations

from typing import Literal

from zhiyin.assistant.tools.tool import Arguments, Speaker, ToolResult


class HandOver:
    """Marks the conversation for a person; what that person is shown, the dialogue gathers."""

    name = "hand_over"
    description = "Hand the conversation over to a person of the shop."
    has_effect = False
    needs_user = False

    class Parameters(Arguments):
        """Why."""

        reason: Literal["asked", "money", "safety", "legal", "anger", "failed", "unknown"]

    parameters = Parameters

    def run(self, speaker: Speaker, arguments: Parameters) -> ToolResult:
        """Return the mark: lane, reason and since when."""
        data = {"lane": "human", "reason": arguments.reason, "since": speaker.time.isoformat()}
        return ToolResult(data=data)
