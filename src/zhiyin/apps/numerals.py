"""Figures as people read them, in tables, sentences and pictures; documents keep theirs."""

from __future__ import annotations


def printed(value: float, form: str) -> str:
    """Return a figure in a format of Python's, with a real minus sign.

    >>> printed(-0.25, ".2f"), printed(0.25, "+.2f"), printed(1200, ",d")
    ('−0.25', '+0.25', '1,200')
    """
    return format(value, form).replace("-", "−")
