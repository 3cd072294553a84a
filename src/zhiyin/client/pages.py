"""Operations that answer with pages: lists, search and the feed."""

from __future__ import annotations

from collections.abc import Sequence

from zhiyin.client.calls import Answer, Caller, Lines, Record, Text


class Pages(Caller[Answer, Text, Lines]):
    """Asks for lists."""

    def recommend(
        self,
        user: str | None = None,
        *,
        n: int | None = None,
        surface: str | None = None,
        language: str | None = None,
        basket: Sequence[str] = (),
        session: Sequence[str] = (),
        place: str | None = None,
        weather: str | None = None,
        temperature_c: float | None = None,
        device: str | None = None,
        occasion: str | None = None,
        context: str | None = None,
        diversity: float | None = None,
        after: str | None = None,
    ) -> Answer:
        """Return a personal list with reasons, what is hot, what to buy again, or what goes with a basket.

        The `next` of an answer, given as `after`, asks for the page after it.
        """
        return self._get(
            "/v1/recommend", user=user, n=n, surface=surface, language=language, basket=basket, session=session,
            place=place, weather=weather, temperature_c=temperature_c, device=device, occasion=occasion,
            context=context, diversity=diversity, after=after,
        )  # fmt: skip

    def similar(
        self,
        item: str,
        *,
        n: int | None = None,
        language: str | None = None,
        after: str | None = None,
    ) -> Answer:
        """Return items that go with an item."""
        return self._get(
            "/v1/items/{item}/similar", {"item": item}, n=n, language=language, after=after
        )

    def together(
        self,
        item: str,
        *,
        n: int | None = None,
        language: str | None = None,
        after: str | None = None,
    ) -> Answer:
        """Return items that are bought together with an item."""
        return self._get(
            "/v1/items/{item}/together", {"item": item}, n=n, language=language, after=after
        )

    def feed(
        self,
        user: str,
        *,
        n: int | None = None,
        language: str | None = None,
        place: str | None = None,
        weather: str | None = None,
        latitude: float | None = None,
        longitude: float | None = None,
        after: str | None = None,
    ) -> Answer:
        """Return goods, places, posts and people on one page."""
        return self._get(
            "/v1/feed", user=user, n=n, language=language, place=place, weather=weather, latitude=latitude,
            longitude=longitude, after=after,
        )  # fmt: skip

    def search(
        self,
        q: str,
        user: str | None = None,
        *,
        n: int | None = None,
        language: str | None = None,
        personal: bool | None = None,
        filter: Sequence[str] = (),
        after: str | None = None,
    ) -> Answer:
        """Return what a text asks for, with reasons and with what was understood of it."""
        return self._get(
            "/v1/search",
            q=q,
            user=user,
            n=n,
            language=language,
            personal=personal,
            filter=filter,
            after=after,
        )

    def search_aids(
        self, q: str, *, filter: Sequence[str] = (), language: str | None = None
    ) -> Answer:
        """Return what a search page shows beside the hits."""
        return self._get("/v1/search/aids", q=q, filter=filter, language=language)

    def suggest(
        self, q: str | None = None, *, user: str | None = None, n: int | None = None
    ) -> Answer:
        """Return how what is being typed may go on."""
        return self._get("/v1/suggest", q=q, user=user, n=n)

    def explain(self, request_id: str, item: str, *, language: str | None = None) -> Answer:
        """Return why a page that was shown holds an item, or where the item was lost."""
        ids = {"request_id": request_id, "item": item}
        return self._get("/v1/explain/{request_id}/{item}", ids, language=language)

    def explain_page(self, page: Record) -> Answer:
        """Return how a page made now would come about, stage by stage; nobody sees it."""
        return self._post("/v1/explain", page)
