"""Routes of the operator's rules: pin, bury, exclude, boost, expose."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from fastapi.responses import JSONResponse

from zhiyin.apps.api.once import CONFLICT, Once
from zhiyin.apps.api.problems import OF_JSON, OF_PAGES
from zhiyin.apps.api.rule_bodies import (
    ChangesAnswer,
    PreviewAnswer,
    PreviewBody,
    RuleAnswer,
    RuleBody,
    RuleChangeBody,
    RulesAnswer,
)
from zhiyin.apps.rule_document import change_document, preview_document, rule_document
from zhiyin.apps.wording import language_for
from zhiyin.core import Kind
from zhiyin.core import Query as PageQuery
from zhiyin.core.rule import SEARCH
from zhiyin.shop import Shop

_Rule = Annotated[str, Path(max_length=64, examples=["9f3c1a20"])]
_UNKNOWN: dict[int | str, dict[str, Any]] = {404: {"description": "No rule with that id stands"}}

_PREVIEW = {404: {"description": "No pipeline serves that surface"}, **OF_JSON}


def rule_routes(shop: Shop) -> APIRouter:
    """Return the routes of a shop's rules."""
    router = APIRouter(prefix="/v1/rules", tags=["rules"], responses=dict(OF_PAGES))

    @router.get("", response_model=RulesAnswer)
    def standing() -> Any:
        """Return the rules that were not removed, the one last changed at the end, whether they hold now or not."""
        return JSONResponse(
            {"rules": [rule_document(shop, rule) for rule in shop.rules.standing()]}
        )

    @router.get("/changes", response_model=ChangesAnswer)
    def changes(
        rule: Annotated[
            str | None, Query(max_length=64, description="The id of one; all unless given.")
        ] = None,
    ) -> Any:
        """Return what was done with rules: who added, changed and removed what, and when."""
        return JSONResponse({"changes": [change_document(one) for one in shop.rules.changes(rule)]})

    @router.post("", response_model=RuleAnswer, responses={**OF_JSON, **CONFLICT})
    def add(body: RuleBody, once: Once) -> Any:
        """Add a rule; it holds from the next page on, in every process.

        An expression compares id, category, brand, currency, price, stock, age_days and attributes.NAME by =, !=, <, <=, >,
        >=, in and not in, joined by and, or, not and brackets.
        """
        return once.answer(shop, lambda: rule_document(shop, shop.rules.add(body.noun())))

    @router.post("/preview", response_model=PreviewAnswer, responses=_PREVIEW)
    def preview(body: PreviewBody) -> Any:
        """Return a page without and with a rule, and which items the rule means; nothing is stored.

        The rule is taken to hold now, whatever its dates.
        """
        person = None if body.user is None else shop.store.number(Kind.PERSON, body.user)
        rule = body.rule.noun()
        text = body.q or rule.query or None
        surface = body.surface or (SEARCH if text else "home")
        tried = shop.rules.preview(
            rule, PageQuery(person=person, n=body.n, surface=surface, text=text)
        )
        spoken = language_for(body.language, shop.settings.language)
        return JSONResponse(preview_document(shop, rule, tried, spoken))

    @router.patch("/{rule}", response_model=RuleAnswer, responses={**_UNKNOWN, **OF_JSON})
    def change(rule: _Rule, body: RuleChangeBody) -> Any:
        """Change a rule in the fields that are given."""
        changed = shop.rules.change(rule, body.set_by, **body.fields())
        return JSONResponse(rule_document(shop, changed))

    @router.delete("/{rule}", response_model=RuleAnswer, responses=_UNKNOWN)
    def remove(
        rule: _Rule,
        by: Annotated[str, Query(min_length=1, max_length=128, description="Who removes it.")],
    ) -> Any:
        """Remove a rule, and return what it was; it stays among the changes."""
        return JSONResponse(rule_document(shop, shop.rules.remove(rule, by)))

    return router
