"""Where names stand beside dots so that none covers another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from zhiyin.apps.report.drawing import LETTER

_HALF = LETTER * 0.62
_DOT = 7.0
_SIDES = ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (1, 1), (-1, -1), (-1, 1))

Box = tuple[float, float, float, float]


class Label(NamedTuple):
    """A name's left end, its middle height and its width; far ones need a line to their dot.

    >>> Label(0.0, 10.0, 40.0, is_far=False).nearest(99.0, 12.0)
    (40.0, 12.0)
    """

    x: float
    y: float
    width: float
    is_far: bool

    @property
    def box(self) -> Box:
        """Left, top, right, bottom."""
        return self.x, self.y - _HALF, self.x + self.width, self.y + _HALF

    def nearest(self, x: float, y: float) -> tuple[float, float]:
        """Return the point of the name that is nearest to another."""
        left, top, right, bottom = self.box
        return min(max(x, left), right), min(max(y, top), bottom)


def placed(
    points: Sequence[tuple[float, float]], widths: Sequence[float], inside: Box
) -> list[Label]:
    """Return a place for each name: the nearest that touches no dot and no name placed before.

    Args:
        points: of the dots.
        widths: of the names.
        inside: what names may not leave.
    Returns: as many; where all is full, the place that covers least.
    Complexity: O(n²) time.
    """
    dots = [(x - _DOT, y - _DOT, x + _DOT, y + _DOT) for x, y in points]
    taken: list[Box] = []
    labels = []
    for (x, y), width in zip(points, widths, strict=True):
        options = [
            _at(x, y, width, sides, distance)
            for distance in (10.0, 24.0, 40.0, 58.0, 80.0, 104.0)
            for sides in _SIDES
        ]
        best = min(options, key=lambda one: _cost(one.box, [*dots, *taken], inside))
        labels.append(best)
        taken.append(best.box)
    return labels


def _at(x: float, y: float, width: float, sides: tuple[int, int], distance: float) -> Label:
    right, down = sides
    # Beside a dot a name begins or ends there; above or below it stands in the middle.
    start = x + distance if right > 0 else x - distance - width if right < 0 else x - width / 2
    return Label(start, y + down * (distance + _HALF), width, is_far=distance > 20)


def _cost(box: Box, taken: Sequence[Box], inside: Box) -> float:
    left, top, right, bottom = box
    outside = max(0.0, inside[0] - left, right - inside[2]) + max(
        0.0, inside[1] - top, bottom - inside[3]
    )
    covered = sum(
        max(0.0, min(right, other[2]) - max(left, other[0]))
        * max(0.0, min(bottom, other[3]) - max(top, other[1]))
        for other in taken
    )
    return 100 * outside + covered
