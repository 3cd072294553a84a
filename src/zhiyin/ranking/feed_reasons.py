"""Why something is in the feed; friends are counted, and named only where both let themselves be named."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.affinity.asked import OF_HISTORY, Asked
from zhiyin.affinity.model import AffinityModel
from zhiyin.core import Candidates, Kind, Query, Reason, Ref, Witness
from zhiyin.portraits.live_posts import LivePosts
from zhiyin.portraits.post_signals import cared_of
from zhiyin.portraits.society import Society
from zhiyin.privacy.consent import NAMED
from zhiyin.ranking.feed import feed_parts
from zhiyin.social.following import Suggestion

_NAMED = 3  # of what speaks for a candidate
_SUGGESTED = 30
_TOLD = 0.005
_LEAST_ALIKE = 0.2
_OF_PART = {
    "popular": "popular",
    "fresh": "fresh",
    "post.fresh": "fresh",
    "post.novel": "new_to_you",
}


class FeedReasons:
    """Splits each score into its parts and says what each rests on; a critical post is called so.

    Kinds of reasons: ``taste`` (items of the reader's; ``everybody`` where none is known), ``told`` (what the reader
    wrote, and in which post), ``friends_bought`` (how many bought or praised it), ``nearby`` (kilometres, and whether it was planned), ``friend_review``
    and ``friend_post``, ``aspects``, ``helpful``, ``critical``, ``follow``, ``popular``, ``fresh``, ``new_to_you`` and
    ``discover``.
    """

    name = "feed_reasons"

    def __init__(
        self,
        society: Society,
        posts: LivePosts,
        affinity: AffinityModel,
        suggestions: Callable[[NDArray[np.int64], int], list[list[Suggestion]]],
        consents: Callable[[NDArray[np.int64]], NDArray[np.uint8]],
    ) -> None:
        self._society = society
        self._posts = posts
        self._affinity = affinity
        self._suggestions = suggestions
        self._consents = consents

    def explain(self, query: Query, candidates: Candidates) -> Sequence[tuple[Reason, ...]]:
        """Return each candidate's reasons with a positive share, largest first; ``discover`` where there is none."""
        parts = feed_parts(query, candidates, self._society, self._posts)
        whole = np.sum(list(parts.values()), axis=0)
        shares = {name: part / np.where(whole > 0, whole, 1) for name, part in parts.items()}
        told = {
            Kind.ITEM: self._of_items(query, candidates),
            Kind.POST: self._of_post(query),
            Kind.PERSON: self._of_person(query, candidates),
        }
        reasons = []
        for row, ref in enumerate(candidates.refs()):
            mine = {name: float(share[row]) for name, share in shares.items() if share[row] > _TOLD}
            found = sorted(told[ref.kind](ref.number, mine), key=lambda one: -one.share)
            reasons.append(tuple(found) or (Reason("discover"),))
        return reasons

    def _of_items(
        self, query: Query, candidates: Candidates
    ) -> Callable[[int, dict[str, float]], list[Reason]]:
        items = candidates.ids[candidates.kinds == Kind.ITEM]
        witnesses = self._witnesses(query, items)
        places = query.fields.get("near_item", items[:0]).tolist()
        near = {place: at for at, place in enumerate(places)}

        def tell(item: int, shares: dict[str, float]) -> list[Reason]:
            reasons = []
            for name, share in shares.items():
                if name == "taste":
                    reasons.append(
                        Reason("taste", share, witnesses.get(item, ()), data=_whose(query))
                    )
                elif name == "told":
                    reasons.append(_told(query, item, share))
                elif name == "friends":
                    reasons.append(_friends_bought(query, item, share))
                elif name == "near":
                    km, planned = (query.fields[f"near_{what}"][near[item]] for what in ("km", "planned"))  # fmt: skip
                    data = {"km": round(float(km), 1), "planned": bool(planned)}
                    reasons.append(Reason("nearby", share, data=data))
                else:
                    reasons.append(Reason(_OF_PART[name], share))
            return reasons

        return tell

    def _witnesses(self, query: Query, items: NDArray[np.int64]) -> dict[int, tuple[Witness, ...]]:
        """Return item → what of the reader's own speaks for it: in the model's sums, else by likeness of texts."""
        asked = Asked.by(query)
        vectors = self._society.items.vectors
        own = [one for one in self._affinity.explain(asked, items) if one.kind in OF_HISTORY]
        ids = np.concatenate([asked.items, *(one.ids for one in own)])
        witnesses, place = np.unique(ids, return_inverse=True)
        amounts = np.zeros((witnesses.size, items.size), np.float32)
        if own:
            told = np.concatenate([one.amounts for one in own])
            np.add.at(amounts, place[asked.items.size :], told)
        bare = np.flatnonzero((amounts <= 0).all(axis=0) & (items < len(vectors)))
        known = np.flatnonzero(witnesses < len(vectors))
        like = vectors[witnesses[known]] @ vectors[items[bare]].T
        amounts[np.ix_(known, bare)] = np.where(like > _LEAST_ALIKE, like, 0)
        amounts = np.maximum(amounts, 0)
        amounts /= np.maximum(amounts.sum(axis=0), 1e-12)
        found = {}
        for at, item in enumerate(items.tolist()):
            best = np.argsort(-amounts[:, at], kind="stable")[:_NAMED]
            pairs = zip(witnesses[best].tolist(), amounts[best, at].tolist(), strict=True)
            found[item] = tuple(
                Witness(Ref(Kind.ITEM, one), share) for one, share in pairs if share > 0
            )
        return found

    def _of_post(self, query: Query) -> Callable[[int, dict[str, float]], list[Reason]]:
        cared = cared_of(self._society.texts, query.person)

        def tell(post: int, shares: dict[str, float]) -> list[Reason]:
            if post >= len(self._posts):
                return []
            table = self._posts.rows(np.array([post]))
            author, item, polarity = (
                int(table.author[0]),
                int(table.item[0]),
                float(table.polarity[0]),
            )
            kind = "friend_post" if np.isnan(polarity) else "friend_review"
            joint = shares.pop("post.close_match", 0.0)
            tie, match = (shares.pop(f"post.{name}", 0.0) for name in ("tie", "match"))
            reasons = [Reason(_OF_PART[n], s) for n, s in shares.items() if n in _OF_PART]
            if tie:
                data: dict[str, Any] = {"count": 1}
                reasons.append(Reason(kind, tie + joint / 2, _named(query, [author]), data))
            if match:
                about = (Witness(Ref(Kind.ITEM, item), 1.0),)
                reasons.append(Reason("taste", match + joint / 2, about, data=_whose(query)))
            if "post.aspects" in shares:
                spoken = table.aspect_names[table.aspects.indices].tolist()
                data = {"aspects": [aspect for aspect in spoken if aspect in cared]}
                reasons.append(Reason("aspects", shares["post.aspects"], data=data))
            if "post.helpful" in shares:
                data = {"likes": int(table.likes[0]), "seen": int(table.seen[0])}
                reasons.append(Reason("helpful", shares["post.helpful"], data=data))
            if table.is_critical[0]:
                data = {"polarity": round(polarity, 2)}
                reasons.append(Reason("critical", 0.0, data=data))
            return reasons

        return tell

    def _of_person(
        self, query: Query, candidates: Candidates
    ) -> Callable[[int, dict[str, float]], list[Reason]]:
        found: dict[int, Suggestion] = {}
        if query.person is not None and np.any(candidates.kinds == Kind.PERSON):
            [suggested] = self._suggestions(np.array([query.person]), _SUGGESTED)
            found = {one.person: one for one in suggested}

        def tell(person: int, shares: dict[str, float]) -> list[Reason]:
            data: dict[str, Any] = {}
            common: list[int] = []
            for reason in found[person].reasons if person in found else ():
                said = {
                    name: value for name, value in reason.items() if name not in ("kind", "people")
                }
                data |= said or {reason["kind"]: True}
                common += reason.get("people", ())
            named = tuple(
                Witness(Ref(Kind.PERSON, p), 1 / len(common)) for p in self._may_name(query, common)
            )
            return [Reason("follow", shares.get("follow", 0.0), named, data)]

        return tell

    def _may_name(self, query: Query, people: list[int]) -> list[int]:
        """Return those that the reader may be told the names of."""
        if not people or query.person is None:
            return []
        levels = self._consents(np.array([query.person, *people]))
        return [p for p, level in zip(people, levels[1:].tolist(), strict=True) if level == levels[0] == NAMED]  # fmt: skip


def _whose(query: Query) -> dict[str, Any]:
    """Say that a likeness is to what everybody likes, where the reader did nothing yet that speaks for something."""
    recent = query.fields.get("recent")
    return {} if recent is None or recent.size else {"everybody": True}


def _told(query: Query, item: int, share: float) -> Reason:
    """Return the reader's own words that call for an item, and the post they are from."""
    row = int(np.searchsorted(query.fields["told_item"], item))
    post, text, span = (query.fields[f"told_{what}"][row] for what in ("post", "text", "span"))
    data = {"wrote": str(text), "span": str(span)} if text else {}
    evidence = (Witness(Ref(Kind.POST, int(post)), 1.0),) if post >= 0 else ()
    return Reason("told", share, evidence, data)


def _friends_bought(query: Query, item: int, share: float) -> Reason:
    """Return how many of the circle speak for an item, and the names of those who may be named."""
    fields = query.fields
    rows = np.flatnonzero((fields["friend_item"] == item) & (fields["friend_amount"] > 0))
    rows = rows[np.argsort(-fields["friend_amount"][rows], kind="stable")]
    people = fields["friend_person"][rows].tolist()
    return Reason("friends_bought", share, _named(query, people), {"count": len(people)})


def _named(query: Query, people: list[int]) -> tuple[Witness, ...]:
    """Return those of some people, most important first, who may be named."""
    circle = query.fields["circle"]
    open_ = set(circle[query.fields["circle_named"]].tolist())
    named = [person for person in people if person in open_][:_NAMED]
    return tuple(Witness(Ref(Kind.PERSON, person), 1 / len(people)) for person in named)
