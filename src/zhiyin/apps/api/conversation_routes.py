"""Routes of conversations: for shoppers, and for the people who take them over."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Header, Path, Query
from fastapi.responses import JSONResponse, Response, StreamingResponse

from zhiyin.apps.api.conversation_bodies import (
    ConversationAnswer,
    ConversationBody,
    ConversationsAnswer,
    FeedbackBody,
    HandoverAnswer,
    MessageBody,
    ReplyBody,
    SuggestedRepliesAnswer,
    TranscriptAnswer,
    TurnAnswer,
)
from zhiyin.apps.api.once import CONFLICT, Once
from zhiyin.apps.api.problems import OF_JSON, OF_PAGES
from zhiyin.apps.conversation_document import (
    conversation_document,
    handover_document,
    suggestion_document,
    transcript_document,
    turn_document,
)
from zhiyin.shop import Shop

_Id = Annotated[str, Path(max_length=64, examples=["b7Jm2c0yV8qLr3TnXw1kZf5A"])]
_User = Annotated[str | None, Query(max_length=512, description="Whose conversation it is.")]
_EVENTS = "text/event-stream"
_UNKNOWN: dict[int | str, dict[str, Any]] = {
    404: {"description": "This user has no such conversation"}
}
_SAID = {
    **OF_JSON,
    **_UNKNOWN,
    409: {"description": "Something else was said in it meanwhile; nothing of this was kept"},
    200: {"content": {_EVENTS: {"schema": {"type": "string"}}}},
}


def conversation_routes(shop: Shop) -> APIRouter:
    """Return the routes of a shop's conversations."""
    router = APIRouter(prefix="/v1/conversations", tags=["assistant"], responses=dict(OF_PAGES))
    talks = shop.conversations

    @router.post("", response_model=ConversationAnswer, responses={**OF_JSON, **CONFLICT})
    def begin(body: ConversationBody, once: Once) -> Any:
        """Open a conversation; its id cannot be guessed, and only the user it was opened with is answered in it."""
        return once.answer(shop, lambda: conversation_document(talks.open(body.user)))

    @router.post("/{conversation}/messages", response_model=TurnAnswer, responses=_SAID)
    def say(
        conversation: _Id,
        body: MessageBody,
        once: Once,
        accept: Annotated[str, Header(include_in_schema=False)] = "",
    ) -> Any:
        """Answer a message, as JSON, or as server-sent events where these are accepted: `text` by line, then the `turn`."""
        if _EVENTS not in accept:
            return once.answer(shop, lambda: _answered(shop, conversation, body))
        return StreamingResponse(_events(_answered(shop, conversation, body)), media_type=_EVENTS)

    @router.get("/{conversation}", response_model=TranscriptAnswer, responses=_UNKNOWN)
    def transcript(conversation: _Id, user: _User = None) -> Any:
        """Return all that was said in a conversation of a user, and what is handed over where a person is needed."""
        return _transcript(shop, conversation, user)

    @router.post(
        "/{conversation}/handover",
        response_model=HandoverAnswer,
        responses={**OF_JSON, **_UNKNOWN, **CONFLICT},
    )
    def hand_over(conversation: _Id, body: ConversationBody) -> Any:
        """Ask a person of the shop into a conversation, and return what that person is shown."""
        return JSONResponse(handover_document(talks.hand_over(conversation, body.user)))

    @router.post(
        "/{conversation}/feedback",
        response_model=ConversationAnswer,
        responses={**OF_JSON, **_UNKNOWN, **CONFLICT},
    )
    def feedback(conversation: _Id, body: FeedbackBody) -> Any:
        """Keep whether a shopper says that a conversation solved what it was about; the last word counts."""
        told = talks.tell_solved(conversation, body.user, is_solved=body.solved)
        return JSONResponse(conversation_document(told))

    _routes_of_people_of_the_shop(router, shop)
    return router


def _routes_of_people_of_the_shop(router: APIRouter, shop: Shop) -> None:
    talks = shop.conversations

    @router.get("", response_model=ConversationsAnswer)
    def listed(
        lane: Annotated[
            Literal["answer", "draft", "human"], Query(description="Who answers in it.")
        ] = "human",
        n: Annotated[int, Query(ge=1, le=1000, description="How many.")] = 100,
    ) -> Any:
        """Return the conversations of a lane, the most urgent first, of equal ones that which waits longest."""
        found = talks.listed(lane, n)
        return JSONResponse({"conversations": [conversation_document(one) for one in found]})

    @router.post(
        "/{conversation}/replies",
        response_model=ConversationAnswer,
        responses={**OF_JSON, **_UNKNOWN, **CONFLICT},
    )
    def reply(conversation: _Id, body: ReplyBody) -> Any:
        """Keep what a person of the shop answers in a conversation, whoever it is with."""
        answered = talks.say_as_agent(
            conversation, body.text, gives_back=body.gives_back, suggestion=body.suggestion
        )
        return JSONResponse(conversation_document(answered))

    @router.get(
        "/{conversation}/suggestions",
        response_model=SuggestedRepliesAnswer,
        responses={404: {"description": "There is no such conversation"}},
    )
    def suggestions(
        conversation: _Id,
        n: Annotated[int, Query(ge=1, le=10, description="How many, at most.")] = 3,
    ) -> Any:
        """Return what a person of the shop may reply next: what was replied at moments like this one, and quotations."""
        found = talks.suggestions(conversation, n)
        return JSONResponse({"suggestions": [suggestion_document(one) for one in found]})


def _answered(shop: Shop, conversation: str, body: MessageBody) -> dict[str, Any]:
    return turn_document(shop.conversations.say(conversation, body.text, body.user))


def _events(turn: dict[str, Any]) -> Iterator[str]:
    for line in turn["text"].splitlines():
        yield _event("text", line)
    yield _event("turn", turn)


def _event(name: str, value: object) -> str:
    return f"event: {name}\ndata: {json.dumps(value, ensure_ascii=False)}\n\n"


def _transcript(shop: Shop, conversation: str, user: str | None) -> Response:
    talks = shop.conversations
    kept = talks.own(conversation, user)
    said = talks.turns(conversation)
    return JSONResponse(transcript_document(kept, said, talks.summary(kept)))
