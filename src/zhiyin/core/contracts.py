"""What each kind of stage must answer, checked before the answer is used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.core.candidates import Candidates
from zhiyin.core.page import Features, Reason
from zhiyin.core.stages import Drawn, Judged
from zhiyin.errors import BrokenContract


def retrieved(answer: Any, limit: int) -> Candidates:
    """Return a source's answer when it is at most `limit` candidates."""
    if not isinstance(answer, Candidates):
        raise BrokenContract(f"answered a {type(answer).__name__}", expected="Candidates")
    if len(answer) > limit:
        raise BrokenContract(f"{len(answer)} candidates", expected=f"at most {limit}")
    return answer


def columns(answer: Any, rows: int | None = None) -> dict[str, np.ndarray]:
    """Return a hydrator's named arrays, each with `rows` rows where that is given."""
    if not isinstance(answer, Mapping):
        raise BrokenContract(f"answered a {type(answer).__name__}", expected="named arrays")
    for name, column in answer.items():
        is_array = isinstance(name, str) and isinstance(column, np.ndarray)
        if not is_array or (rows is not None and column.shape[:1] != (rows,)):
            raise BrokenContract(f"column {name!r} is {_shape(column)}", expected=f"{rows} rows")
    return dict(answer)


def mask(answer: Any, n: int) -> NDArray[np.bool_]:
    """Return a filter's answer when it is bool (n,)."""
    return _vector(answer, n, np.bool_)


def scores(answer: Any, n: int) -> NDArray[np.float32]:
    """Return a scorer's answer when it is float32 (n,) and finite."""
    vector = _vector(answer, n, np.float32)
    if not np.isfinite(vector).all():
        raise BrokenContract("a score is NaN or infinite", expected="finite scores")
    return vector


def judged(answer: Any, n: int) -> Judged:
    """Return a scorer's answer when it is scores, or such with n rows of features."""
    if not isinstance(answer, Judged):
        return Judged(scores(answer, n), None)
    told = answer.features
    if told is None:
        return Judged(scores(answer.scores, n), None)
    values = told.values if isinstance(told, Features) else None
    shape = (n, len(told.names)) if isinstance(told, Features) else (n,)
    if not isinstance(values, np.ndarray) or values.shape != shape or values.dtype != np.float32:
        raise BrokenContract(f"features are {_shape(values)}", expected=f"float32 {shape}")
    return Judged(scores(answer.scores, n), told)


def positions(answer: Any, n: int, k: int) -> NDArray[np.int64]:
    """Return a re-ranker's answer when it is at most k distinct positions below n."""
    if not isinstance(answer, np.ndarray) or answer.ndim != 1 or answer.dtype.kind not in "iu":
        raise BrokenContract(f"answered {_shape(answer)}", expected="int64 positions")
    chosen = answer.astype(np.int64)
    if len(chosen) > k or len(set(chosen.tolist())) != len(chosen):
        raise BrokenContract(f"{len(chosen)} positions", expected=f"at most {k}, all different")
    if len(chosen) and (chosen.min() < 0 or chosen.max() >= n):
        raise BrokenContract("a position is outside", expected=f"0 to {n - 1}")
    return chosen


def chosen(answer: Any, n: int, k: int) -> NDArray[np.int64] | Drawn:
    """Return a re-ranker's answer when it is positions, or such with as many chances above 0, at most 1."""
    if not isinstance(answer, Drawn):
        return positions(answer, n, k)
    drawn = positions(answer.positions, n, k)
    chances = _vector(answer.chances, len(drawn), np.float64)
    if not ((chances > 0) & (chances <= 1)).all():
        raise BrokenContract("a chance is outside", expected="above 0, at most 1")
    return Drawn(drawn, chances)


def reasons(answer: Any, n: int) -> list[tuple[Reason, ...]]:
    """Return an explainer's answer when it is n tuples of reasons."""
    if not isinstance(answer, Sequence) or len(answer) != n:
        raise BrokenContract(f"answered {_shape(answer)}", expected=f"{n} tuples of reasons")
    rows = [tuple(row) if isinstance(row, tuple) else () for row in answer]
    if not all(isinstance(reason, Reason) for row in rows for reason in row):
        raise BrokenContract("a reason is something else", expected="Reason")
    return rows


def size(answer: Any, n_in: int) -> int:
    """Return how many candidates are left after an answer: those found, kept or chosen, else as many as before."""
    if isinstance(answer, Drawn):
        answer = answer.positions
    if isinstance(answer, Candidates):
        return len(answer)
    if isinstance(answer, np.ndarray) and answer.dtype == np.bool_:
        return int(answer.sum())
    return len(answer) if isinstance(answer, np.ndarray) and answer.dtype == np.int64 else n_in


def _vector(answer: Any, n: int, dtype: type[np.generic]) -> NDArray[Any]:
    if not isinstance(answer, np.ndarray) or answer.shape != (n,) or answer.dtype != dtype:
        raise BrokenContract(f"answered {_shape(answer)}", expected=f"{dtype.__name__} ({n},)")
    return answer.copy()


def _shape(answer: Any) -> str:
    if isinstance(answer, np.ndarray):
        return f"{answer.dtype} {answer.shape}"
    return f"a {type(answer).__name__}"
