"""One look at one page: who looks, in which language, and what they may ask the API."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from fastapi import Request

from zhiyin.apps.web.sessions import COOKIE, Session, Sessions
from zhiyin.apps.web.words import LANGUAGES, Words, preferred
from zhiyin.client import ApiError, AsyncClient
from zhiyin.core.key import SCOPES

LANGUAGE_COOKIE = "zhiyin-language"
SHOPPER_COOKIE = "zhiyin-shopper"
PERSONAL_COOKIE = "zhiyin-personal"


@dataclass(frozen=True, slots=True)
class Visit:
    """What a page is built from.

    Attributes:
        client: of the API, with the visitor's key.
        session: whose key that is.
        say: messages in the visitor's language.
        path: of the page.
        ids: what stands in the path's braces.
        query: of the URL.
        shopper: the user that the storefront is looked at as, None for nobody in particular.
        is_personal: whether the shopper wants lists of their own.
        cart: what is in the shopper's cart: how many of each item.
    """

    client: AsyncClient
    session: Session
    say: Words
    path: str
    ids: Mapping[str, str]
    query: Mapping[str, str]
    shopper: str | None
    is_personal: bool
    cart: dict[str, int]

    @property
    def asker(self) -> str | None:
        """For whom lists are made."""
        return self.shopper if self.is_personal else None

    @property
    def language(self) -> str:
        """Of the visitor: zh or en."""
        return self.say.language


class Visits:
    """Makes visits of requests.

    Args:
        clients: makes a client of the API from a key.
    """

    def __init__(self, clients: Clients) -> None:
        self.sessions = Sessions()
        self._clients = clients
        self._carts: dict[str | None, dict[str, int]] = defaultdict(dict)

    async def session_of(self, request: Request) -> Session | None:
        """Return the session of a request: the one logged in to, or everybody's where the shop wants no key."""
        held = self.sessions.of(request.cookies.get(COOKIE, ""))
        return held or await self.session_with(None)

    async def session_with(self, key: str | None) -> Session | None:
        """Return a new session with a key, None where it opens nothing."""
        try:
            told = await self._clients.of(key).current_key()
        except ApiError as error:
            if error.status not in (401, 403):
                raise
            await self._clients.drop(key)
            return None
        scopes = tuple(one for one in SCOPES if one in told["scopes"])
        return Session(key, told["name"], scopes)

    def visit(self, request: Request, session: Session) -> Visit:
        """Return the visit that a request is."""
        shopper = unquote(request.cookies.get(SHOPPER_COOKIE, "")) or None
        return Visit(
            self._clients.of(session.key), session, Words(language_of(request)), request.url.path,
            dict(request.path_params), dict(request.query_params), shopper,
            request.cookies.get(PERSONAL_COOKIE) != "off", self._carts[shopper],
        )  # fmt: skip


class Clients:
    """Clients of one API, one for each key.

    Args:
        url: of the API.
        transport: of httpx, in the place of the network.
    """

    def __init__(self, url: str, transport: object = None) -> None:
        self._url = url
        self._transport = transport
        self._made: dict[str | None, AsyncClient] = {}

    def of(self, key: str | None) -> AsyncClient:
        """Return the client with a key."""
        if key not in self._made:
            self._made[key] = AsyncClient(
                self._url,
                key=key,
                timeout_s=30,
                transport=self._transport,  # type: ignore[arg-type]
            )
        return self._made[key]

    def __len__(self) -> int:
        return len(self._made)

    async def drop(self, key: str | None) -> None:
        """Let go of a key that opens nothing."""
        if client := self._made.pop(key, None):
            await client.aclose()


def language_of(request: Request) -> str:
    """Return the language that a visitor chose, or that their browser would rather have."""
    chosen = request.cookies.get(LANGUAGE_COOKIE, "")
    return chosen if chosen in LANGUAGES else preferred(request.headers.get("accept-language", ""))
