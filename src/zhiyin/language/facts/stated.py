"""What a title states and where, and the characters of a title that are spoken for."""

from __future__ import annotations

from zhiyin.language.finding import Finding

METHOD = "rule:attributes@1"


def stated(name: str, value: str, start: int, end: int, confidence: float) -> Finding:
    """Return the finding of an attribute that the words ``title[start:end]`` state.

    >>> stated("colour", "red", 2, 5, 0.92).method
    'rule:attributes@1'
    """
    return Finding(name, value, start, end, confidence, METHOD)


def take(taken: bytearray, start: int, end: int) -> bool:
    """Mark a span as spoken for; False, and nothing is marked, where part of it was before.

    Args:
        taken: (n,) 1 for each character that is spoken for.
        start: of the span.
        end: behind its last character.

    >>> taken = bytearray(4)
    >>> take(taken, 0, 2), take(taken, 1, 4), list(taken)
    (True, False, [1, 1, 0, 0])
    """
    if any(taken[start:end]):
        return False
    taken[start:end] = b"\1" * (end - start)
    return True
