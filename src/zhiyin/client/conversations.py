"""Operations on conversations with service: for shoppers, and for the people who take them over."""

from __future__ import annotations

import uuid

from zhiyin.client.calls import Answer, Call, Caller, Lines, Text

_ONE = "/v1/conversations/{conversation}"


class Conversations(Caller[Answer, Text, Lines]):
    """Talks with a shop's service."""

    def open_conversation(
        self, user: str | None = None, *, idempotency_key: str | None = None
    ) -> Answer:
        """Open a conversation with a user, or with nobody in particular; nobody can guess its id."""
        return self._post("/v1/conversations", {"user": user}, idempotency_key, changes=True)

    def say(
        self,
        conversation: str,
        text: str,
        user: str | None = None,
        *,
        idempotency_key: str | None = None,
    ) -> Answer:
        """Say something in a conversation, and return the answer to it."""
        ids, body = {"conversation": conversation}, {"user": user, "text": text}
        key = idempotency_key or uuid.uuid4().hex
        return self._ask(Call("POST", f"{_ONE}/messages", ids, body=body, key=key))

    def transcript(self, conversation: str, user: str | None = None) -> Answer:
        """Return all that was said in a conversation of a user."""
        return self._get(_ONE, {"conversation": conversation}, user=user)

    def hand_over(self, conversation: str, user: str | None = None) -> Answer:
        """Ask a person of the shop into a conversation, and return what that person is shown."""
        ids = {"conversation": conversation}
        return self._ask(Call("POST", f"{_ONE}/handover", ids, body={"user": user}))

    def conversations(self, *, lane: str | None = None, n: int | None = None) -> Answer:
        """Return the conversations of a lane, the most urgent first."""
        return self._get("/v1/conversations", lane=lane, n=n)

    def suggestions(self, conversation: str, *, n: int | None = None) -> Answer:
        """Return what a person of the shop may reply next, the likeliest first."""
        return self._get(f"{_ONE}/suggestions", {"conversation": conversation}, n=n)

    def gaps(self, *, n: int | None = None) -> Answer:
        """Return questions without an answer, those asked most first, with drafts."""
        return self._get("/v1/gaps", n=n)

    def approve_gap(self, gap: str, *, answer: str | None = None) -> Answer:
        """Store the answer to a gap, the draft unless given, as an entry of the FAQ."""
        call = Call("POST", "/v1/gaps/{gap}", {"gap": gap}, body={"answer": answer})
        return self._ask(call)

    def tell_solved(self, conversation: str, solved: bool, user: str | None = None) -> Answer:
        """Tell whether a conversation solved what it was about; the last word counts."""
        ids, body = {"conversation": conversation}, {"user": user, "solved": solved}
        return self._ask(Call("POST", f"{_ONE}/feedback", ids, body=body))

    def answer_as_agent(
        self,
        conversation: str,
        text: str,
        *,
        gives_back: bool = False,
        suggestion: str | None = None,
    ) -> Answer:
        """Keep what a person of the shop answers, and of which suggestion; the assistant goes on where it is given back."""
        ids = {"conversation": conversation}
        body = {"text": text, "gives_back": gives_back, "suggestion": suggestion}
        call = Call("POST", f"{_ONE}/replies", ids, body=body, is_repeatable=False)
        return self._ask(call)
