"""Operations on people."""

from __future__ import annotations

from zhiyin.client.calls import Answer, Call, Caller, Lines, Text


class People(Caller[Answer, Text, Lines]):
    """Asks who people are and whom they know."""

    def portrait(self, user: str, *, language: str | None = None) -> Answer:
        """Return what is known of a person in sentences, each with what it stands on."""
        return self._get("/v1/users/{user}/portrait", {"user": user}, language=language)

    def remove_statement(self, user: str, statement: str) -> Answer:
        """Never say a statement of a person again."""
        ids = {"user": user, "statement": statement}
        return self._ask(Call("DELETE", "/v1/users/{user}/portrait/{statement}", ids))

    def ties(self, user: str, *, n: int | None = None) -> Answer:
        """Return the people somebody knows, the closest first."""
        return self._get("/v1/users/{user}/ties", {"user": user}, n=n)

    def orders(self, user: str, *, n: int | None = None) -> Answer:
        """Return somebody's orders, the newest first."""
        return self._get("/v1/users/{user}/orders", {"user": user}, n=n)

    def people_to_follow(
        self, user: str, *, n: int | None = None, language: str | None = None
    ) -> Answer:
        """Return people whom somebody could follow, with reasons."""
        return self._get(
            "/v1/users/{user}/people-to-follow", {"user": user}, n=n, language=language
        )

    def trusted(self, user: str, *, n: int | None = None) -> Answer:
        """Return the people somebody trusts."""
        return self._get("/v1/users/{user}/trusted", {"user": user}, n=n)

    def network(self) -> Answer:
        """Return the figures of the network of people."""
        return self._get("/v1/network")

    def forget(self, user: str) -> Answer:
        """Erase a person everywhere, and return the receipt."""
        return self._ask(Call("DELETE", "/v1/users/{user}", {"user": user}))

    def forgotten(self, *, n: int | None = None) -> Answer:
        """Return the receipts of who was forgotten; nobody is named in them."""
        return self._get("/v1/forgotten", n=n)
