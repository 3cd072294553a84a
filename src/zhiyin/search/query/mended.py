"""A query with its typing errors mended, and where each of its characters was typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from zhiyin.search.understanding import Correction, Slot


class Mended:
    """A text with corrections in it.

    Args:
        text: as it was typed.
        corrections: of it, in order.

    >>> mended = Mended("navy runing shoes", [Correction("runing", "running", 5, 11, "spelling", 0.9)])
    >>> mended.text, mended.placed(Slot("type", "running shoes", 5, 18))
    ('navy running shoes', Slot(name='type', value='running shoes', start=5, end=17, confidence=0.9, is_excluded=False, by=''))
    """

    def __init__(self, text: str, corrections: Sequence[Correction]) -> None:
        parts, behind = [], 0
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._corrections = corrections
        for one in corrections:
            parts += [text[behind : one.start], one.meant]
            self._keep(range(behind, one.start))
            self._starts += [one.start] * len(one.meant)
            self._ends += [one.end] * len(one.meant)
            behind = one.end
        self._keep(range(behind, len(text)))
        self.text = "".join((*parts, text[behind:]))

    def placed(self, slot: Slot) -> Slot:
        """Return a slot of the mended text at the place where it was typed, no surer than what was mended there."""
        start, end = self._starts[slot.start], self._ends[slot.end - 1]
        sure = [one.confidence for one in self._corrections if one.start < end and start < one.end]
        return replace(slot, start=start, end=end, confidence=min((slot.confidence, *sure)))

    def _keep(self, places: range) -> None:
        self._starts += places
        self._ends += [place + 1 for place in places]
