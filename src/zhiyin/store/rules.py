"""The operator's rules, as a log of what was done with them: nothing that was ever said is lost."""

from __future__ import annotations

import json
import secrets
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from zhiyin.core.rule import Rule, RuleChange, checked_author
from zhiyin.core.times import from_us, to_us
from zhiyin.errors import UnknownEntity
from zhiyin.store import schema as tables
from zhiyin.store.audit import note
from zhiyin.store.engine import Database

SYNONYM = "synonym"
"""The kind of rows of the same log that are no rules, but words that stand for one another; see ``synonyms.py``."""


class StoredRules:
    """Keeps each rule as it was added, changed and removed; the last word on a rule is what stands.

    Args:
        database: where.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        c = tables.rules.c
        self._last = database.prepare(select(func.max(c.id)).where(c.kind != SYNONYM))

    def revision(self) -> int:
        """Return a number that grows with every change; 0 before the first."""
        return int(self._last.rows()[0][0] or 0)

    def standing(self) -> list[Rule]:
        """Return the rules that were not removed, the one last changed at the end, whether they hold now or not."""
        with self._database.reading() as connection:
            return _standing(connection)

    def changes(self, rule: str | None = None) -> list[RuleChange]:
        """Return all that was done with rules, or with one, in the order it was done.

        Args:
            rule: the id of one.
        """
        c = tables.rules.c
        asked = select(tables.rules).where(c.kind != SYNONYM).order_by(c.id)
        with self._database.reading() as connection:
            return _read(connection, asked if rule is None else asked.where(c.rule == rule))

    def add(self, rule: Rule) -> Rule:
        """Keep a rule under an id of its own, as said by its ``set_by`` now, and return it so.

        Raises:
            InvalidRecord: it does not say who sets it.
        """
        return self._write("added", replace(rule, id=secrets.token_hex(4)))

    def change(self, rule: Rule) -> Rule:
        """Put a rule in the place of the one with its id, as said by its ``set_by`` now, and return it so.

        Raises:
            UnknownEntity: no rule with its id stands.
            InvalidRecord: it does not say who changes it.
        """
        return self._write("changed", rule)

    def remove(self, rule: str, by: str) -> Rule:
        """Let a rule stand no longer, and return what it was; it stays among the changes.

        Raises:
            UnknownEntity: no rule with that id stands.
            InvalidRecord: it is not said who removes it.
        """
        return self._write("removed", replace(self.rule(rule), set_by=by))

    def rule(self, rule: str) -> Rule:
        """Return the rule with an id.

        Raises:
            UnknownEntity: no rule with that id stands.
        """
        with self._database.reading() as connection:
            return _of_id(connection, rule)

    def _write(self, act: str, rule: Rule) -> Rule:
        said = replace(checked_author(rule), set_at=datetime.now(UTC))
        with self._database.writing() as connection:
            if act != "added":
                _of_id(connection, said.id)
            connection.execute(tables.rules.insert().inline().values(act=act, **_row(said)))
            note(connection, act, "rule", target=said.id)
        return said


def _row(rule: Rule) -> dict[str, Any]:
    return {
        "rule": rule.id, "set_by": rule.set_by, "time_us": _us(rule.set_at), "kind": rule.kind,
        "items": rule.where, "surfaces": json.dumps(rule.surfaces, ensure_ascii=False), "place": rule.place,
        "strength": rule.strength, "share": rule.share, "from_us": _us(rule.valid_from),
        "until_us": _us(rule.valid_until), "note": rule.note, "query": rule.query or None,
    }  # fmt: skip


def _read(connection: Connection, asked: Select[Any]) -> list[RuleChange]:
    return [RuleChange(row.act, _rule(row)) for row in connection.execute(asked)]


def _rule(row: Row[Any]) -> Rule:
    return Rule(
        row.kind, row.items, tuple(json.loads(row.surfaces)), row.place, row.strength, row.share,
        _time(row.from_us), _time(row.until_us), row.set_by, _time(row.time_us), row.note, row.rule,
        row.query or "",
    )  # fmt: skip


def _standing(connection: Connection) -> list[Rule]:
    c = tables.rules.c
    last = select(func.max(c.id)).where(c.kind != SYNONYM).group_by(c.rule)
    asked = select(tables.rules).where(c.id.in_(last), c.act != "removed").order_by(c.id)
    return [change.rule for change in _read(connection, asked)]


def _of_id(connection: Connection, rule: str) -> Rule:
    found = next((one for one in _standing(connection) if one.id == rule), None)
    if found is None:
        raise UnknownEntity(
            f"no rule has the id {rule}",
            where="rules",
            expected="the id of a rule that was not removed",
            next_step="list them: zhiyin rules list",
        )
    return found


def _us(time: datetime | None) -> int | None:
    return None if time is None else to_us(time)


def _time(time_us: int | None) -> datetime | None:
    return None if time_us is None else from_us(time_us)
