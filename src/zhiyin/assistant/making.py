"""A shop's conversations, put together of its rooms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol
from zoneinfo import ZoneInfo

from zhiyin.assistant.assistant import Assistant
from zhiyin.assistant.conversations import Conversations
from zhiyin.assistant.intents.examples import with_own
from zhiyin.assistant.intents.meant import MeantReader
from zhiyin.assistant.learning.gaps import Gaps
from zhiyin.assistant.learning.suggestions import Suggestions
from zhiyin.assistant.tools.item_facts import ItemFacts
from zhiyin.assistant.tools.shelf import Shelf
from zhiyin.assistant.tools.standard import standard_tools
from zhiyin.assistant.tools.tool_box import ToolBox
from zhiyin.assistant.words.rewording import Rewording

if TYPE_CHECKING:
    from zhiyin.assistant.knowledge.knowledge import Knowledge
    from zhiyin.assistant.orders.provider import OrderProvider
    from zhiyin.core.page import Page
    from zhiyin.search.answer import Answer
    from zhiyin.search.searching import Searching
    from zhiyin.settings import Settings
    from zhiyin.store.store import Store


class Serves(Protocol):
    """What the assistant needs of a shop."""

    settings: Settings
    store: Store
    knowledge: Knowledge
    orders: OrderProvider
    searching: Searching

    @property
    def texts(self) -> Any:
        """Reads the shop's texts: ``opinions`` of an item."""

    def search(self, text: str, user: str | None = None, *, n: int = 10) -> Answer:
        """Return what a text asks for."""

    def recommend(self, user: str | None = None, *, n: int = 10) -> Page:
        """Return a page for a user."""


def conversations_of(shop: Serves) -> Conversations:
    """Return the conversations of a shop; nothing is learned or loaded before the first message."""
    own = shop.settings.assistant.intents
    suggested = Suggestions(shop.store, shop.knowledge, lambda: with_own(own))
    gaps = Gaps(shop.store, shop.knowledge)
    return Conversations(shop.store, lambda: _assistant(shop), suggested, gaps)


def _assistant(shop: Serves) -> Assistant:
    settings = shop.settings
    zone, shelf = ZoneInfo(settings.reading.time_zone), Shelf(shop.store)
    standard = standard_tools(
        shop.store,
        shop.orders,
        return_days=settings.assistant.return_days,
        zone=zone,
        search=lambda text, user, n: shop.search(text, user, n=n).page,
        recommend=lambda user, n: shop.recommend(user, n=n),
        searching=shop.searching,
        opinions=lambda item: shop.texts.opinions(item),
        answer=shop.knowledge.answer,
    )
    box = ToolBox([*standard.tools, ItemFacts(shop.knowledge.catalogue, shelf)])
    reader = MeantReader(with_own(settings.assistant.intents), shop.knowledge.meanings)
    return Assistant(
        reader,
        box,
        shelf,
        zone=zone,
        language=settings.language,
        rewording=Rewording(settings.reading.chat) if settings.assistant.reword else None,
    )
