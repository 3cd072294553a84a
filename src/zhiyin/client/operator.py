"""Operations of whoever runs a shop: rules, synonyms, searches, and how the server is."""

from __future__ import annotations

from datetime import date

from zhiyin.client.calls import Answer, Call, Caller, Lines, Record, Text


class Operator(Caller[Answer, Text, Lines]):
    """Steers and watches a shop."""

    def rules(self) -> Answer:
        """Return the rules that were not removed."""
        return self._get("/v1/rules")

    def rule_changes(self, rule: str | None = None) -> Answer:
        """Return what was done with rules, or with one."""
        return self._get("/v1/rules/changes", rule=rule)

    def add_rule(self, rule: Record, *, idempotency_key: str | None = None) -> Answer:
        """Add a rule; it holds from the next page on."""
        return self._post("/v1/rules", rule, idempotency_key, changes=True)

    def preview_rule(self, preview: Record) -> Answer:
        """Return a page without and with a rule; nothing is stored."""
        return self._post("/v1/rules/preview", preview)

    def change_rule(self, rule: str, change: Record) -> Answer:
        """Change a rule in the fields that are given."""
        return self._ask(Call("PATCH", "/v1/rules/{rule}", {"rule": rule}, body=change))

    def remove_rule(self, rule: str, *, by: str) -> Answer:
        """Remove a rule, and return what it was."""
        return self._ask(Call("DELETE", "/v1/rules/{rule}", {"rule": rule}, {"by": by}))

    def synonyms(self) -> Answer:
        """Return the synonyms that were not removed."""
        return self._get("/v1/search/synonyms")

    def synonym_changes(self) -> Answer:
        """Return what was done with synonyms."""
        return self._get("/v1/search/synonyms/changes")

    def proposed_synonyms(self, *, n: int | None = None) -> Answer:
        """Return words that may be synonyms; none is applied."""
        return self._get("/v1/search/synonyms/proposed", n=n)

    def add_synonym(self, synonym: Record, *, idempotency_key: str | None = None) -> Answer:
        """Add a synonym; it holds from the next search on."""
        return self._post("/v1/search/synonyms", synonym, idempotency_key, changes=True)

    def preview_synonym(self, preview: Record) -> Answer:
        """Return what a query finds without and with a synonym; nothing is stored."""
        return self._post("/v1/search/synonyms/preview", preview)

    def remove_synonym(self, synonym: str, *, by: str) -> Answer:
        """Remove a synonym, and return what it was."""
        path = "/v1/search/synonyms/{synonym}"
        return self._ask(Call("DELETE", path, {"synonym": synonym}, {"by": by}))

    def searches(
        self, *, without: str | None = None, days: float | None = None, n: int | None = None
    ) -> Answer:
        """Return what people search for."""
        return self._get("/v1/searches", without=without, days=days, n=n)

    def overview(
        self,
        *,
        days: int | None = None,
        until: date | None = None,
        surface: str | None = None,
        language: str | None = None,
    ) -> Answer:
        """Return how the shop did on some days, and on as many before."""
        return self._get(
            "/v1/overview", days=days, until=_day(until), surface=surface, language=language
        )

    def opinions_over_time(
        self,
        *,
        days: int | None = None,
        until: date | None = None,
        category: str | None = None,
        aspect: str | None = None,
        language: str | None = None,
    ) -> Answer:
        """Return what reviews say by aspect and category, over time and lately."""
        return self._get(
            "/v1/opinions", days=days, until=_day(until), category=category, aspect=aspect,
            language=language,
        )  # fmt: skip

    def system(self) -> Answer:
        """Return what the shop runs on: pipelines, snapshots, settings and parts."""
        return self._get("/v1/system")

    def system_checks(self) -> Answer:
        """Return what each check of the installation found."""
        return self._get("/v1/system/checks")

    def roll_back(self, *, version: int | None = None) -> Answer:
        """Make pages from an earlier snapshot again."""
        body = {} if version is None else {"version": version}
        return self._ask(Call("POST", "/v1/system/rollback", body=body, is_repeatable=False))

    def health(self) -> Answer:
        """Return that the server runs."""
        return self._get("/healthz")

    def readiness(self) -> Answer:
        """Return from which snapshot pages are made.

        Raises:
            ApiError: the server cannot make pages.
        """
        return self._get("/readyz")

    def metrics(self) -> Text:
        """Return counts, latencies and sizes in Prometheus' text format."""
        return self._read(Call("GET", "/metrics"))


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
