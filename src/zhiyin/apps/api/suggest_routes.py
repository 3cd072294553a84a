"""Routes around search: what a query that is being typed may become, and words that stand for one another."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query
from fastapi.responses import JSONResponse

from zhiyin.apps.api.once import CONFLICT, Once
from zhiyin.apps.api.problems import OF_JSON, OF_PAGES
from zhiyin.apps.api.search_aid_bodies import SearchAidsAnswer
from zhiyin.apps.api.suggest_bodies import (
    CompletionsAnswer,
    ProposalsAnswer,
    SearchesAnswer,
    SynonymAnswer,
    SynonymBody,
    SynonymChangesAnswer,
    SynonymPreviewAnswer,
    SynonymPreviewBody,
    SynonymsAnswer,
)
from zhiyin.apps.search_aids_document import search_aids_document
from zhiyin.apps.searches_document import searches_document
from zhiyin.apps.synonym_document import (
    change_document,
    preview_document,
    proposal_document,
    synonym_document,
)
from zhiyin.apps.wording import language_for
from zhiyin.core import Kind
from zhiyin.shop import Shop


def suggest_routes(shop: Shop) -> APIRouter:
    """Return the routes around a shop's search."""
    router = APIRouter(prefix="/v1", tags=["search"], responses=dict(OF_PAGES))

    @router.get("/suggest", response_model=CompletionsAnswer)
    def suggest(
        q: Annotated[
            str,
            Query(
                max_length=20_000,
                description="Typed so far; the first 200 characters are read.",
                examples=["fangs"],
            ),
        ] = "",
        user: Annotated[
            str | None,
            Query(max_length=512, description="Who types; nobody known unless given."),
        ] = None,
        n: Annotated[int, Query(ge=1, le=50, description="How many.")] = 10,
    ) -> Any:
        """Return how what is being typed may go on, best first.

        By the beginning of the words, by pinyin and by its first letters. Queries of others are told where at least five
        people asked them and they found something, never one that holds personal data; a person's own come first.
        """
        person = None if user is None else shop.store.number(Kind.PERSON, user)
        found = shop.searching.aids.suggestions.suggest(q, person=person, n=n)
        return JSONResponse({"suggestions": [one._asdict() for one in found]})

    @router.get("/search/aids", response_model=SearchAidsAnswer)
    def aids(
        q: Annotated[
            str,
            Query(
                max_length=20_000, description="As for /v1/search.", examples=["bosch vs makita"]
            ),
        ],
        filter: Annotated[
            list[str] | None, Query(max_length=20, description="As for /v1/search.")
        ] = None,
        language: Annotated[
            str, Query(max_length=35, description="zh or en; the shop's own unless given.")
        ] = "",
    ) -> Any:
        """Return what a search page shows beside the hits: facets with counts, other queries, a comparison.

        Facets count all that was found, and the one that narrows down most comes first. Related searches are told where
        at least five people asked them. A query such as "A 和 B 哪个好" gets facts and opinions of both, differences first,
        and says which people like better only where the counts can tell.
        """
        spoken = language_for(language, shop.settings.language)
        return JSONResponse(search_aids_document(shop, q, spoken, filter or ()))

    _add_searches(router, shop)
    _add_synonyms(router, shop)
    return router


def _add_searches(router: APIRouter, shop: Shop) -> None:
    @router.get("/searches", response_model=SearchesAnswer)
    def searches(
        without: Annotated[
            Literal["results", "clicks"] | None,
            Query(
                description="Only searches that found nothing, or of whose hits nobody chose any."
            ),
        ] = None,
        days: Annotated[
            float | None, Query(ge=0, le=36_500, description="Of the last so many days.")
        ] = None,
        n: Annotated[int, Query(ge=1, le=1000, description="How many.")] = 20,
    ) -> Any:
        """Return what people search for, those of most people first; none of fewer than five, none with personal data."""
        found = shop.searching.aids.searches(without=without, days=days, n=n)
        return JSONResponse({"searches": [searches_document(one) for one in found]})


def _add_synonyms(router: APIRouter, shop: Shop) -> None:
    @router.get("/search/synonyms", response_model=SynonymsAnswer)
    def standing() -> Any:
        """Return the synonyms that were not removed, the newest at the end."""
        return JSONResponse(
            {"synonyms": [synonym_document(s) for s in shop.searching.aids.synonyms.standing()]}
        )

    @router.get("/search/synonyms/changes", response_model=SynonymChangesAnswer)
    def changes() -> Any:
        """Return what was done with synonyms: who added and removed what, and when."""
        return JSONResponse(
            {"changes": [change_document(one) for one in shop.searching.aids.synonyms.changes()]}
        )

    @router.get("/search/synonyms/proposed", response_model=ProposalsAnswer)
    def proposed(n: Annotated[int, Query(ge=1, le=1000, description="How many.")] = 20) -> Any:
        """Return words that may be synonyms, as from searches for them the same items are chosen; none is applied."""
        found = shop.searching.aids.synonyms.proposed(n=n)
        return JSONResponse({"proposed": [proposal_document(one) for one in found]})

    @router.post(
        "/search/synonyms", response_model=SynonymAnswer, responses={**OF_JSON, **CONFLICT}
    )
    def add(body: SynonymBody, once: Once) -> Any:
        """Add a synonym; it holds from the next search on, in every process.

        A query with one of the `words` finds what the others find as well; with `meant`, it finds what those find, but not
        the other way round. An item's score is that of the words that fit it best. One that stands already, in whichever
        order, is answered as it stands.
        """
        synonyms = shop.searching.aids.synonyms
        return once.answer(shop, lambda: synonym_document(synonyms.add(body.noun())))

    @router.post(
        "/search/synonyms/preview", response_model=SynonymPreviewAnswer, responses=dict(OF_JSON)
    )
    def preview(body: SynonymPreviewBody) -> Any:
        """Return what a query finds without and with a synonym; nothing is stored."""
        tried = shop.searching.aids.synonyms.preview(body.synonym.noun(), body.q, n=body.n)
        spoken = language_for(body.language, shop.settings.language)
        return JSONResponse(preview_document(shop, tried, spoken))

    @router.delete(
        "/search/synonyms/{synonym}",
        response_model=SynonymAnswer,
        responses={404: {"description": "No synonym with that id stands"}},
    )
    def remove(
        synonym: Annotated[str, Path(max_length=64, examples=["9f3c1a20"])],
        by: Annotated[str, Query(min_length=1, max_length=128, description="Who removes it.")],
    ) -> Any:
        """Remove a synonym, and return what it was; it stays among the changes."""
        return JSONResponse(synonym_document(shop.searching.aids.synonyms.remove(synonym, by)))
