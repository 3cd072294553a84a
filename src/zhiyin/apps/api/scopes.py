"""What a key must be for, by route: ingest brings data in, serve makes pages, operate runs the shop, admin does all."""

from __future__ import annotations

from collections.abc import Mapping

from zhiyin.core.key import ADMIN

_ROUTES: Mapping[str, str] = {
    "": """
        GET /v1/keys/current
    """,
    "ingest": """
        POST /v1/events
        PUT /v1/items
        PUT /v1/users
        PUT /v1/ties
        PUT /v1/interactions
        PUT /v1/posts
        PUT /v1/orders
        POST /v1/documents
        DELETE /v1/users/{user}/portrait/{statement}
    """,
    "serve": """
        GET /v1/recommend
        GET /v1/feed
        GET /v1/search
        GET /v1/search/aids
        GET /v1/suggest
        GET /v1/items
        GET /v1/items/{item}
        GET /v1/items/{item}/similar
        GET /v1/items/{item}/together
        GET /v1/items/{item}/opinions
        GET /v1/items/{item}/portrait
        GET /v1/posts/{post}
        GET /v1/users/{user}
        GET /v1/users/{user}/portrait
        GET /v1/users/{user}/orders
        GET /v1/users/{user}/ties
        GET /v1/users/{user}/trusted
        GET /v1/users/{user}/people-to-follow
        POST /v1/understand
        POST /v1/conversations
        GET /v1/conversations/{conversation}
        POST /v1/conversations/{conversation}/messages
        POST /v1/conversations/{conversation}/handover
        POST /v1/conversations/{conversation}/feedback
    """,
    "operate": """
        GET /metrics
        GET /v1/explain/{request_id}/{item}
        POST /v1/explain
        GET /v1/overview
        GET /v1/opinions
        GET /v1/system
        GET /v1/network
        GET /v1/conversations
        POST /v1/conversations/{conversation}/replies
        GET /v1/conversations/{conversation}/suggestions
        GET /v1/gaps
        POST /v1/gaps/{gap}
        GET /v1/searches
        GET /v1/documents
        DELETE /v1/documents/{document}
        GET /v1/rules
        POST /v1/rules
        GET /v1/rules/changes
        POST /v1/rules/preview
        PATCH /v1/rules/{rule}
        DELETE /v1/rules/{rule}
        GET /v1/search/synonyms
        POST /v1/search/synonyms
        GET /v1/search/synonyms/changes
        GET /v1/search/synonyms/proposed
        POST /v1/search/synonyms/preview
        DELETE /v1/search/synonyms/{synonym}
    """,
    ADMIN: """
        GET /v1/users
        DELETE /v1/users/{user}
        GET /v1/forgotten
        GET /v1/export/{kind}
        GET /v1/audit
        GET /v1/system/checks
        POST /v1/system/rollback
        GET /v1/keys
        POST /v1/keys
        POST /v1/keys/{name}/rotate
        DELETE /v1/keys/{name}
    """,
}
SCOPE_OF: Mapping[str, str] = {
    route.strip(): scope for scope, told in _ROUTES.items() for route in told.strip().splitlines()
}
"""Method and template of each route that asks for a key, and the scope that it needs; an empty one is every key's."""


def scope_of(method: str, template: str) -> str:
    """Return the scope that a route needs; one that nobody wrote down needs admin."""
    return SCOPE_OF.get(f"{method} {template}", ADMIN)
