"""What the stages of one run were given and answered, for whoever asks why a page is as it is."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from zhiyin.core.candidates import Candidates


class Answered(NamedTuple):
    """What one stage was given and answered.

    Attributes:
        kind: a field of `Stages`.
        stage: that was asked.
        given: the candidates that went in; None where it sees none.
        answer: as its contract says, None where the stage failed, was late or broke it.
    """

    kind: str
    stage: Any
    given: Candidates | None
    answer: Any


class Recording:
    """Takes down one run of a pipeline; a run without one costs nothing more.

    Attributes:
        answers: of every stage, in running order.
        ranked: what may be shown, best score first, what a soft filter dropped at the end; None before the run.
        is_held_back: (n,) bool, true where a soft filter dropped it.

    >>> Recording().answers
    []
    """

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Forget what was taken down: the run begins anew."""
        self.answers: list[Answered] = []
        self.ranked: Candidates | None = None
        self.is_held_back: NDArray[np.bool_] = np.zeros(0, bool)

    def of(self, kind: str) -> list[Answered]:
        """Return the answers of one kind of stage."""
        return [one for one in self.answers if one.kind == kind]
