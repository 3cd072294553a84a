"""Keeps what a training learned of people up to date with the store."""

from __future__ import annotations

import threading

import numpy as np
from numpy.typing import NDArray

from zhiyin.core import Kind
from zhiyin.portraits.society import Society
from zhiyin.portraits.weights import event_weights, is_judgment
from zhiyin.store.since import Marks, NewEvents
from zhiyin.store.store import Store

_MANY = 1_000  # from so many events on it pays to sum them up before they are folded in


class Live:
    """Adds what was done since the training to people's portraits and to what rises, each event once, and to posts what changed.

    Ties, communities, items, what was read in texts and votes on posts stay those of the training; so do events that were
    taken back. There is one for a society, whose portraits it changes; a snapshot that is opened again starts from its own
    marks.

    Args:
        store: whose events and posts.
        society: of a snapshot.
    """

    def __init__(self, store: Store, society: Society) -> None:
        self._store = store
        self._society = society
        self._marks = society.marks
        self._lock = threading.Lock()

    def catch_up(self) -> None:
        """Take in what the store holds now; who calls meanwhile waits until that is done.

        Complexity: one question where nothing is new; else O(dim + facets of the person) for each new event, and O(k + all
        posts that changed since the training) where k posts did.
        """
        if self._store.since.marks() == self._marks:
            return
        with self._lock:
            now = self._store.since.marks()
            self._take_posts(self._marks, now)
            for events in self._store.since.events(self._marks.event, now.event):
                self._take_events(events)
            self._marks = now

    def _take_events(self, events: NewEvents) -> None:
        """Take in a chunk, and remember each event that was taken in, so that none counts twice when something fails."""
        table, trend = self._society.table, self._society.trend
        felt, replaced = self._read(events)
        weight = event_weights(events.type, events.value, felt)
        told = events.person, events.item, weight, events.time_us
        if weight.size >= _MANY:
            table.fold_all(*told)
            for before in replaced.values():
                table.subtract(*before)
            trend.fold_all(*told)
            self._marks = self._marks._replace(event=int(events.id[-1]))
            return
        rows = zip(events.id.tolist(), *(column.tolist() for column in told), strict=True)
        for number, *event in rows:
            if number in replaced:
                table.subtract(*replaced[number])
            table.fold(*event)
            trend.fold(*event)
            self._marks = self._marks._replace(event=number)

    def _read(self, events: NewEvents) -> tuple[NDArray[np.float64], dict[int, _Doing]]:
        """Return what the texts of ratings and reviews felt like, NaN where nothing was read before the training.

        A text without a rating counted as a review there; of the event that is its rating, that is returned by id.
        """
        felt, replaced = np.full(events.id.size, np.nan), {}
        for row in np.flatnonzero(is_judgment(events.type)).tolist():
            number, person, item = (int(c[row]) for c in (events.id, events.person, events.item))
            found = self._society.texts.judgment(person, item)
            if found is None:
                continue
            felt[row], time_us = found
            if number == self._store.since.first_judgment(person, item):
                [weight] = event_weights(_REVIEW, np.array([np.nan]), felt[[row]]).tolist()
                replaced[number] = person, item, weight, time_us
        return felt, replaced

    def _take_posts(self, before: Marks, now: Marks) -> None:
        posts = self._society.posts
        changed = posts.changed[:0]
        if now.revision != before.revision:
            changed = self._store.since.changed_posts(before.revision)
        if now.fact != before.fact and (known := np.union1d(changed, posts.changed)).size:
            mined = self._store.numbers(Kind.POST, self._store.since.read_posts(before.fact))
            changed = np.union1d(changed, np.intersect1d(mined, known))
        if changed.size:
            posts.read(self._store, changed)


_REVIEW = np.array(["review"])
_Doing = tuple[int, int, float, int]
