"""Whom of the sample shop to talk as: people whose orders fit what a script is about."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory

from zhiyin.core import Kind
from zhiyin.shop import Shop

NOON = datetime(2025, 12, 31, 12, tzinfo=UTC)
"""When all is said: the sample shop's orders end with its year."""
Role = tuple[str | None, dict[str, str]]
"""Somebody, and what stands for the names in braces."""


@contextmanager
def sample_shop(home: Path | None = None) -> Iterator[Shop]:
    """Open the sample shop, seed 7, trained, without a model of language: a copy of a home that holds it, or a new one."""
    with TemporaryDirectory() as folder:
        place = Path(folder) / "home"
        if home is not None:
            shutil.copytree(home, place)
        place.mkdir(exist_ok=True)
        (place / "zhiyin.toml").write_text("[assistant]\ndense = false\n", "utf-8")
        with Shop.open(place) as shop:
            if home is None:
                shop.ingest("sample", options={"seed": 7})
                shop.train()
            yield shop


def people(shop: Shop) -> Mapping[str, Iterator[Role]]:
    """Return, by the sort of person, whom to talk as.

    ``sent`` has an order on its way, ``back`` one that can be sent back, ``any`` is anybody of the shop and ``none`` not signed in.
    {order} is the order, {tracking} its number and {title} its item; {other} is an order of somebody else on its way, and
    {secret} its tracking number.
    """
    store = shop.store
    users = store.keys(Kind.PERSON, range(store.count(Kind.PERSON)))
    sent: list[Role] = []
    back: list[Role] = []
    for user in users:
        for order in shop.orders.orders(user, 20):
            line = order.lines[0]
            if len(order.lines) > 1 or not line.tracking:
                continue
            names = {"order": order.id, "tracking": line.tracking, "title": line.item}
            if line.status == "shipped":
                sent.append((user, names))
            elif line.delivered and line.status == "delivered" and NOON - line.delivered < timedelta(days=6.5):  # fmt: skip
                back.append((user, names))
    _name_others(sent, sent)
    _name_others(back, sent)
    anyone: list[Role] = [(user, {}) for user in users[:40]]
    _name_others(anyone, sent)
    nobody: Role = (None, dict(anyone[0][1]))
    return {"sent": cycle(sent), "back": iter(back), "any": cycle(anyone), "none": cycle([nobody])}


def _name_others(roles: list[Role], sent: list[Role]) -> None:
    """Name an order of somebody else to each."""
    for place, (user, names) in enumerate(roles):
        other = next(
            role for role in sent[place + 1 :] + sent if role[0] != user
        )[1]  # fmt: skip
        names |= {"other": other["order"], "secret": other["tracking"]}
