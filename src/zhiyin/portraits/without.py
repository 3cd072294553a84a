"""What a training learned of people, without some of them: at once and without training.

Everything that names a person by number goes: the portrait, ties in both directions, texts, posts, trust, groups. Sums
over many people (what a group does lately, who likes an item, what is bought together) stay until the next training.
"""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
from numpy.typing import NDArray

from zhiyin.affinity.csr import csr_from
from zhiyin.affinity.without import without_columns, without_rows
from zhiyin.core import NO_TIME
from zhiyin.portraits.live_posts import LivePosts
from zhiyin.portraits.own_texts import OwnTexts
from zhiyin.portraits.post_table import PostTable
from zhiyin.portraits.society import Society
from zhiyin.portraits.table import PortraitTable
from zhiyin.portraits.web_of_trust import WebOfTrust
from zhiyin.social.closeness import Closeness

People = NDArray[np.int64]


def society_without(society: Society, people: People) -> Society:
    """Return what was learned of everybody but some people, (k,) int64 distinct numbers.

    Complexity: O(all arrays), which are copied.
    """
    community = np.array(society.community)
    people = people[people < community.size]
    community[people] = -1
    member = without_rows(society.trend.member, people[people < society.trend.member.shape[0]])
    return replace(
        society,
        community=community,
        closeness=_closeness(society.closeness, people),
        table=_table(society, people),
        texts=_texts(society.texts, people),
        posts=LivePosts(_posts(society.posts.trained, people)),
        trust=_trust(society.trust, people),
        trend=replace(society.trend, member=member),
    )


def _closeness(closeness: Closeness, people: People) -> Closeness:
    stays = ~(np.isin(closeness.one, people) | np.isin(closeness.two, people))
    columns = {one.name: getattr(closeness, one.name) for one in fields(closeness)}
    model = columns.pop("model")
    return Closeness(**{name: column[stays] for name, column in columns.items()}, model=model)


def _table(society: Society, people: People) -> PortraitTable:
    arrays = society.table.arrays()
    n, width = len(arrays["events"]), arrays["columns_indices"].max(initial=-1) + 1
    people = people[people < n]
    columns = without_rows(csr_from("columns", arrays, (n, int(width))), people)
    fills = {"vectors": 0, "mass": 0, "events": 0, "ref_us": NO_TIME}
    for name, fill in fills.items():
        arrays[name] = np.array(arrays[name])
        arrays[name][people] = fill
    arrays |= {f"columns_{name}": getattr(columns, name) for name in ("data", "indices", "indptr")}
    return PortraitTable.from_arrays(arrays, society.items, zone=society.zone)


def _texts(texts: OwnTexts, people: People) -> OwnTexts:
    stays = ~np.isin(texts.person, people)
    return OwnTexts(*(getattr(texts, one.name)[stays] for one in fields(texts)))


def _posts(posts: PostTable, people: People) -> PostTable:
    """Return the posts without those of some people, as a store that forgot them has them."""
    theirs = np.flatnonzero(np.isin(posts.author, people))
    blanks = {
        "author": -1, "item": -1, "is_shown": False, "polarity": np.nan, "time_us": NO_TIME,
        "likes": 0, "seen": 0,
    }  # fmt: skip
    columns = {name: np.array(getattr(posts, name)) for name in blanks}
    for name, blank in blanks.items():
        columns[name][theirs] = blank
    return PostTable(
        **columns, aspects=without_rows(posts.aspects, theirs), aspect_names=posts.aspect_names
    )


def _trust(trust: WebOfTrust, people: People) -> WebOfTrust:
    def cut(matrix: object) -> object:
        return without_columns(without_rows(matrix, people), people)

    return WebOfTrust.of(cut(trust.given), cut(trust.against))
