"""Search of the best parameters within a budget: seeded, in any order, and taken up again where it stopped."""

from __future__ import annotations

import fcntl
import json
import math
import os
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from zhiyin.core.progress import Progress, untold
from zhiyin.errors import InvalidRecord, SettingsError

Value = bool | int | float | str | None
"""What a parameter may be: what JSON can say."""

Judge = Callable[[dict[str, Value]], float]
"""How good parameters are: higher is better, NaN = they failed."""

_BLOCK = 64  # points drawn at a time
_HEADER = b'{"journal": "zhiyin search", "version": 1}\n'


def _expect(holds: bool, dimension: object, expected: str) -> None:
    if not holds:
        raise SettingsError(
            "the dimension is not a range with a default in it",
            where=repr(dimension),
            expected=expected,
            next_step="correct the search space",
        )


@dataclass(frozen=True, slots=True)
class Uniform:
    """A real number from ``low`` to ``high``, each as likely as another.

    >>> Uniform(1.0, 3.0, default=1.5).at(0.5)
    2.0
    """

    low: float
    high: float
    default: float

    def __post_init__(self) -> None:
        _expect(self.low <= self.default <= self.high, self, "low <= default <= high")
        _expect(self.low < self.high, self, "low < high")

    def at(self, u: float) -> float:
        """Return the value at a share ``u`` of the range, 0 <= u < 1."""
        return min(self.low + u * (self.high - self.low), self.high)


@dataclass(frozen=True, slots=True)
class LogUniform:
    """A real number above 0 from ``low`` to ``high``, each order of magnitude as likely as another.

    >>> round(LogUniform(1.0, 100.0, default=1.0).at(0.5), 6)
    10.0
    """

    low: float
    high: float
    default: float

    def __post_init__(self) -> None:
        _expect(0 < self.low <= self.default <= self.high, self, "0 < low <= default <= high")
        _expect(self.low < self.high, self, "low < high")

    def at(self, u: float) -> float:
        """Return the value at a share ``u`` of the range, 0 <= u < 1."""
        value = math.exp(math.log(self.low) + u * (math.log(self.high) - math.log(self.low)))
        return min(max(value, self.low), self.high)


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number from ``low`` to ``high``, both included; with ``is_log`` each order of magnitude is as likely.

    >>> [Whole(1, 3, default=1).at(u) for u in (0.0, 0.5, 0.99)]
    [1, 2, 3]
    """

    low: int
    high: int
    default: int
    is_log: bool = False

    def __post_init__(self) -> None:
        _expect(self.low <= self.default <= self.high, self, "low <= default <= high")
        _expect(not self.is_log or self.low >= 1, self, "low >= 1 with is_log")

    def at(self, u: float) -> int:
        """Return the value at a share ``u`` of the range, 0 <= u < 1."""
        end = self.high + 1
        value = self.low * (end / self.low) ** u if self.is_log else self.low + u * (end - self.low)
        return min(max(math.floor(value), self.low), self.high)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of some options, each as likely as another.

    >>> Choice(("cosine", "dot"), default="dot").at(0.2)
    'cosine'
    """

    options: tuple[Value, ...]
    default: Value

    def __post_init__(self) -> None:
        said = [json.dumps(option) for option in self.options]
        _expect(json.dumps(self.default) in said, self, "a default that is one of the options")
        _expect(len(set(said)) == len(said), self, "options that differ")

    def at(self, u: float) -> Value:
        """Return the option at a share ``u`` of them, 0 <= u < 1."""
        return self.options[int(u * len(self.options))]


Dimension = Uniform | LogUniform | Whole | Choice
Space = Mapping[str, Dimension]
"""Name of each parameter to the values it may take; the order of the names means nothing."""


@dataclass(frozen=True, slots=True)
class Trial:
    """Parameters that were judged; ``value`` is NaN when they failed.

    >>> Trial(number=0, params={"reg": 0.1}, value=0.25, seconds=1.5).value
    0.25
    """

    number: int
    params: dict[str, Value]
    value: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Found:
    """The best parameters of a search.

    Attributes:
        params: the best; of equals the first, and the defaults when every trial failed.
        value: how good they are, NaN when every trial failed.
        tried: all trials in order, those of the journal included.
        is_exhausted: no other parameters were left to try, so there are fewer trials than asked for.

    >>> found = search({"a": Choice((1, 2), default=1)}, lambda params: params["a"], trials=9)
    >>> found.params, found.value, found.is_exhausted
    ({'a': 2}, 2.0, True)
    """

    params: dict[str, Value]
    value: float
    tried: list[Trial]
    is_exhausted: bool


@dataclass(frozen=True, slots=True)
class Journal:
    """A file of finished trials, so that a search which was stopped goes on.

    Attributes:
        path: JSON lines; made with its folder when it is not there. A last line that was cut off while it was written is
            taken away.
        fingerprint: of all the judge depends on beside the parameters, such as data and code; a trial of another
            fingerprint is not taken.

    >>> Journal(Path("tuning.jsonl"), fingerprint="hetrec-lastfm 3f2a").fingerprint
    'hetrec-lastfm 3f2a'
    """

    path: Path
    fingerprint: str = ""

    @classmethod
    def of_this_version(cls, path: Path) -> Journal:
        """Return a journal of which trials of another version of Zhiyin are not taken."""
        return cls(path, f"zhiyin {version('zhiyin')}")

    def key(self, space: Space, seed: int, name: str) -> str:
        """Return the key under which the trials of a search are kept."""
        said = [name, self.fingerprint, sorted((n, repr(d)) for n, d in space.items()), seed]
        return sha256(json.dumps(said).encode()).hexdigest()[:32]

    def finished(self, key: str) -> dict[str, Trial]:
        """Return the finished trials of a key, by their parameters as text; makes or mends the file.

        Raises:
            InvalidRecord: the file is something else; it stays as it is.
        """
        self.path.parent.mkdir(parents=True, exist_ok=True)
        lines = self.path.read_bytes().splitlines(keepends=True) if self.path.exists() else []
        cut_off = lines.pop() if lines and not lines[-1].endswith(b"\n") else b""
        is_new = not lines and _HEADER.startswith(cut_off)
        if not is_new and lines[:1] != [_HEADER]:
            raise self._wrong(1, "this is no journal of a search", "the header of a journal")
        trials: dict[str, Trial] = {}
        for number, line in enumerate(lines[1:], 2):
            of, read = self._read(number, line)
            if of == key:
                trials.setdefault(_text(read.params), read)
        with self.path.open("ab") as file:
            file.truncate(sum(map(len, lines)))
            file.write(_HEADER if is_new else b"")
            file.flush()
            os.fsync(file.fileno())
        return trials

    def append(self, key: str, done: Trial) -> None:
        """Write a finished trial so that it outlives a crash."""
        record = {
            "key": key,
            "number": done.number,
            "params": done.params,
            "value": None if math.isnan(done.value) else done.value,
            "seconds": round(done.seconds, 6),
        }
        with self.path.open("ab") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.write(json.dumps(record).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())

    def _read(self, number: int, line: bytes) -> tuple[str, Trial]:
        try:
            record = json.loads(line)
            value = math.nan if record["value"] is None else float(record["value"])
            seconds = float(record["seconds"])
            return record["key"], Trial(
                int(record["number"]), dict(record["params"]), value, seconds
            )
        except (ValueError, KeyError, TypeError) as error:
            raise self._wrong(
                number,
                "this is no trial",
                "a JSON object with key, number, params, value and seconds",
            ) from error

    def _wrong(self, line: int, what: str, expected: str) -> InvalidRecord:
        return InvalidRecord(
            what,
            where=f"{self.path}:{line}",
            expected=expected,
            next_step="delete it if it is an old one of yours, or name another file",
        )


def trial(space: Space, number: int, seed: int) -> dict[str, Value]:
    """Return the parameters of a trial, which depend on the space, the number and the seed alone.

    Args:
        space: the parameters; an empty space has no others than none at all.
        number: 0 gives the defaults, t >= 1 the t-th point of a scrambled Halton sequence.
        seed: of the scrambling.
    Complexity: O(number) time; ``search`` draws all points at once.
    References: Halton, Numerische Mathematik 1960; Owen, arXiv 1706.02808, 2017 (scrambled).
    """
    if number == 0 or not space:
        return {name: space[name].default for name in space}
    engine = _halton(len(space), seed)
    engine.fast_forward(number - 1)
    return _at(space, engine.random(1)[0].tolist())


def search(
    space: Space,
    judge: Judge,
    *,
    trials: int,
    seed: int = 0,
    journal: Journal | None = None,
    name: str = "",
    progress: Progress = untold,
) -> Found:
    """Return the best of a number of parameters spread evenly over a space, the defaults first.

    Equal parameters are judged once. The search ends when ``trials`` are judged, when a space of ``Whole`` and ``Choice``
    holds no others, or when 1000 + 20 ``trials`` points on end brought none that are new.

    Args:
        space: the parameters.
        judge: says how good parameters are; what it raises ends the search, and what is finished stays in the journal.
        trials: the budget, at least 1.
        seed: of the points.
        journal: finished trials of the same name, fingerprint, space and seed are taken from it and not judged again.
        name: of the search, so that many can share a journal.
        progress: told after each trial.
    Raises:
        SettingsError: ``trials`` is below 1.
        InvalidRecord: the journal's file is something else.
    References: Bergstra & Bengio, JMLR 2012 (better than a grid); Halton, Numerische Mathematik 1960 (quasi-random).
    """
    if trials < 1:
        raise SettingsError(
            f"{trials} trials", expected="1 or more", next_step="give a budget of trials"
        )
    key = journal.key(space, seed, name) if journal else ""
    finished = journal.finished(key) if journal else {}
    total = min(trials, _size(space))
    tried: dict[str, Trial] = {}
    barren = 0  # points on end that brought nothing new
    for number, params in enumerate(_points(space, seed)):
        text = _text(params)
        if text in tried:
            barren += 1
            if barren == 1000 + 20 * trials:
                break
            continue
        barren = 0
        done = finished.get(text)
        if done is None:
            done = _judged(judge, number, params)
            if journal:
                journal.append(key, done)
        tried[text] = done
        progress(len(tried) / total, len(tried))
        if len(tried) == total:
            break
    if len(tried) < total:
        progress(1.0, len(tried))
    ranked = list(tried.values())
    # Defaults come first, so they stay when all values are NaN.
    best = max(ranked, key=lambda t: (False, 0.0) if math.isnan(t.value) else (True, t.value))
    return Found(best.params, best.value, ranked, is_exhausted=len(ranked) < trials)


def _judged(judge: Judge, number: int, params: dict[str, Value]) -> Trial:
    started = time.perf_counter()
    value = float(judge(dict(params)))  # a copy, so that the judge can do with it what it likes
    return Trial(number, params, value, time.perf_counter() - started)


def _halton(dimensions: int, seed: int) -> Any:
    from scipy.stats import qmc  # a second of imports, for which whoever only serves need not wait

    return qmc.Halton(dimensions, rng=np.random.default_rng(seed))


def _points(space: Space, seed: int) -> Iterator[dict[str, Value]]:
    yield trial(space, 0, seed)
    engine = _halton(len(space), seed)
    while True:
        for point in engine.random(_BLOCK).tolist():
            yield _at(space, point)


def _at(space: Space, point: list[float]) -> dict[str, Value]:
    shares = dict(zip(sorted(space), point, strict=True))
    return {name: dimension.at(shares[name]) for name, dimension in space.items()}


def _size(space: Space) -> int | float:
    """Return how many different parameters a space holds."""
    size: int | float = 1
    for dimension in space.values():
        if isinstance(dimension, Choice):
            size *= len(dimension.options)
        else:
            size *= dimension.high - dimension.low + 1 if isinstance(dimension, Whole) else math.inf
    return size


def _text(params: Mapping[str, Value]) -> str:
    return json.dumps(params, sort_keys=True)
