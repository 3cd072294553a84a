"""Groups of people by what they declared of themselves, as far as an operator may be told of such a group."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from zhiyin.core import Kind
from zhiyin.portraits.sensitive import is_blocked
from zhiyin.privacy.consent import HIDDEN, level
from zhiyin.store.store import Store

SMALLEST = 10
"""People a group must have, and how many of them must have chosen an item before the item's portrait names the group."""
EVERYBODY = "everybody"
"""The first group, of all people, by which those who chose an item are counted."""

_NAMES = {
    **dict.fromkeys(("age_band", "age_group", "age", "年龄段", "年龄"), "age"),
    **dict.fromkeys(("gender", "sex", "性别"), "gender"),
    **dict.fromkeys(("city", "城市"), "city"),
    **dict.fromkeys(("region", "province", "state", "地区", "省份"), "region"),
}
_GENDERS = {
    **dict.fromkeys(("woman", "women", "female", "f", "女", "女性", "女士"), "women"),
    **dict.fromkeys(("man", "men", "male", "m", "男", "男性", "男士"), "men"),
}
"""Any other answer is nobody's business, and makes no group."""
_BANDS = (18, 25, 35, 45, 55)
_MINOR = re.compile(r"under|below|younger|<|以下|未成年")
_LONGEST = 40


def groups_of(attributes: Mapping[str, Any]) -> list[str]:
    """Return the groups, ``kind:value``, that a person's attributes name: of age, gender, city and region, nothing else.

    >>> groups_of({"age": 29, "gender": "f", "city": "杭州", "religion": "none", "device": "ios"})
    ['age:25-34', 'gender:women', 'city:杭州']
    """
    found: dict[str, str] = {}
    for name, told in attributes.items():
        kind = _NAMES.get(name.strip().lower())
        value = str(told).strip() if isinstance(told, str | int | float) else ""
        if kind == "age":
            value = _age(value)
        elif kind == "gender":
            value = _GENDERS.get(value.lower(), "")
        if kind and 0 < len(value) <= _LONGEST and not is_blocked(kind, value):
            found.setdefault(kind, value)
    return [f"{kind}:{value}" for kind, value in found.items()]


def read_groups(store: Store, n_people: int) -> tuple[NDArray[np.str_], Any]:
    """Return the groups that have at least ten people, and who is in them; who hides is only in the first.

    Args:
        store: whose people.
        n_people: people are numbered below it.
    Returns: (n_groups,) names, `EVERYBODY` first, and (n_people, n_groups) float32 CSR of ones.
    Complexity: O(n_people).
    """
    told = store.entities_since(Kind.PERSON, -1).select("number", "attributes").drop_nulls()
    members: dict[str, list[int]] = {}
    for number, text in told.iter_rows():
        attributes = json.loads(text)
        if number < n_people and level(attributes) > HIDDEN:
            for group in groups_of(attributes):
                members.setdefault(group, []).append(number)
    kept = [group for group in sorted(members) if len(members[group]) >= SMALLEST]
    people = [np.arange(n_people), *(np.array(members[group]) for group in kept)]
    place = np.repeat(np.arange(len(people)), [len(part) for part in people])
    entries = (np.ones(place.size, np.float32), (np.concatenate(people), place))
    return (
        np.array([EVERYBODY, *kept], np.str_),
        sparse.csr_array(entries, shape=(n_people, len(people))),
    )


def _age(told: str) -> str:
    """Return a band of ages as the shop has it, or that of an age in years; nothing for children."""
    first = re.search(r"\d+", told)
    if first is None or int(first[0]) < _BANDS[0] or _MINOR.search(told.lower()):
        return ""
    try:
        years = float(told)
    except ValueError:
        return told
    least = max(band for band in _BANDS if band <= years)
    return f"{least}+" if least == _BANDS[-1] else f"{least}-{_BANDS[_BANDS.index(least) + 1] - 1}"
