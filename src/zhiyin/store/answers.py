"""What a request that may be sent again was answered: kept for a day, so that it takes effect once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import and_, delete, or_, select, update

from zhiyin.core.times import to_us
from zhiyin.errors import Conflict, InvalidRecord
from zhiyin.store.engine import Database
from zhiyin.store.schema import answers

KEPT = timedelta(hours=24)
"""How long an answer is given again."""
LEASE = timedelta(minutes=2)
"""How long a request may be under way; one that took longer was cut off, and may be tried again."""


class KeptAnswers:
    """Answers by request, each under a digest that says whose request it is; they name people, so they are kept sealed.

    Args:
        database: where.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._pseudonyms = database.pseudonyms

    def claim(self, request: str, body: str) -> str | None:
        """Return what a request was answered, or None: then it is the caller's to answer, and to `keep` or `release`.

        Args:
            request: digest of who sent it, where to, and under which key.
            body: digest of what it said.
        Raises:
            InvalidRecord: under that key something else was sent.
            Conflict: it is being answered right now.
        """
        now = datetime.now(UTC)
        request, body = self._pseudonyms.seal(request), self._pseudonyms.seal(body)
        c = answers.c
        is_over = or_(
            c.time_us < to_us(now - KEPT), and_(c.answer.is_(None), c.time_us < to_us(now - LEASE))
        )
        with self._database.writing() as connection:
            connection.execute(delete(answers).where(is_over))
            asked = select(c.body, c.answer).where(c.request == request)
            found = connection.execute(asked).one_or_none()
            if found is None:
                row = {"request": request, "body": body, "time_us": to_us(now)}
                connection.execute(answers.insert().inline().values(row))
                return None
        if found.body != body:
            raise InvalidRecord(
                "something else was sent under that key",
                where="Idempotency-Key",
                expected="the same body as before, or a new key",
                next_step="make a new key for each request",
            )
        if found.answer is None:
            raise Conflict(
                "that request is being answered",
                where="Idempotency-Key",
                expected="one at a time",
                next_step="send it again in a moment",
            )
        return self._pseudonyms.unseal(found.answer)

    def keep(self, request: str, answer: str) -> None:
        """Keep what a claimed request was answered."""
        with self._database.writing() as connection:
            own = answers.c.request == self._pseudonyms.seal(request)
            told = self._pseudonyms.seal(answer)
            connection.execute(update(answers).where(own).values(answer=told))

    def release(self, request: str) -> None:
        """Let a claimed request that had no effect be sent again."""
        with self._database.writing() as connection:
            own = answers.c.request == self._pseudonyms.seal(request)
            connection.execute(delete(answers).where(own))
