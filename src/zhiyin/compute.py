"""Map and reduce over parts: in this process, in local processes, or on a Ray cluster."""

from __future__ import annotations

import importlib
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sized
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, contextmanager
from functools import partial, reduce
from multiprocessing.connection import Connection
from operator import add
from typing import Any, Literal, TypeVar, get_args

from zhiyin.core.progress import Progress, untold
from zhiyin.errors import DataError, SettingsError, ZhiyinError, nearest

Engine = Literal["here", "processes", "ray"]
"""Where parts are worked on: this process, local processes, or Ray."""

Part = TypeVar("Part")
Result = TypeVar("Result")

_AHEAD = 2  # parts under way or waiting to be taken, for each worker
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
# Ray reads the second when it is imported: without it, it listens on all of the machine's addresses.
_ALONE = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0"}
_ENVIRONMENT = threading.Lock()


def mapped(
    function: Callable[[Part], Result],
    parts: Iterable[Part],
    *,
    workers: int | None = None,
    engine: Engine = "here",
    progress: Progress = untold,
) -> Generator[Result]:
    """Yield ``function(part)`` of each part, in the order of the parts.

    At most twice as many parts as workers are under way or wait to be taken, so memory is bounded when ``parts`` is a
    generator. What the function raises is raised here, at the place of its part; then, on Ctrl-C, and when the iterator is
    dropped, the workers are stopped in the midst of their parts. Each worker uses one BLAS thread.

    Args:
        function: of one part, and of nothing else that changes. For ``processes`` it stands at the top of a module (or is
            a ``functools.partial`` of one that does), since each worker imports it; a script that asks for processes
            keeps its own work under ``if __name__ == "__main__"``.
        parts: what is worked on; with ``processes`` and ``ray`` parts and results are copied between processes.
        workers: parts worked on at a time; as many as this machine or the cluster has cores when not given.
        engine: ``ray`` uses the cluster of this process where ``ray.init`` was called, else the one that ``RAY_ADDRESS``
            names, else starts one on this machine, for this machine alone where Ray was not imported before, and stops
            it at the end. Ray repeats a part whose worker was lost.
        progress: told the share of parts that are done, 0 while their number is not known, and how many.
    Raises:
        SettingsError: there is no such engine, or Ray is not installed.
        ZhiyinError: a worker was lost, for instance killed for want of memory.

    >>> list(mapped(abs, [-2, 3], engine="here"))
    [2, 3]
    """
    if engine not in get_args(Engine):
        raise SettingsError(
            f'no engine is called "{engine}"',
            where="compute",
            expected=nearest(engine, get_args(Engine)),
            next_step="name one of these",
        )
    if engine == "ray":
        results = _on_ray(_ray(), function, parts, workers)
    elif engine == "processes":
        results = _in_processes(function, parts, workers or _cores())
    else:
        results = (function(part) for part in parts)
    return _told(results, len(parts) if isinstance(parts, Sized) else None, progress)


def summed(
    function: Callable[[Part], Result],
    parts: Iterable[Part],
    *,
    workers: int | None = None,
    engine: Engine = "here",
    progress: Progress = untold,
) -> Result:
    """Add up ``function(part)`` of all parts with ``+``, in the order of the parts.

    So the sum is the same to the last bit for every engine and number of workers, provided that the function's own
    result does not depend on the number of BLAS threads.

    Args: see ``mapped``.
    Raises:
        DataError: there is no part.
        SettingsError, ZhiyinError: see ``mapped``.

    >>> summed(abs, [-2, 3])
    5
    """
    results = mapped(function, parts, workers=workers, engine=engine, progress=progress)
    for first in results:
        return reduce(add, results, first)
    raise DataError(
        "there is nothing to add up",
        where="compute",
        expected="at least one part",
        next_step="look at what was cut into parts",
    )


def _told(
    results: Generator[Result, None, None], many: int | None, progress: Progress
) -> Generator[Result]:
    with closing(results):
        for done, result in enumerate(results, 1):
            progress(done / many if many else 0.0, done)
            yield result


def _in_order(
    submit: Callable[[Part], Any], parts: Iterable[Part], under_way: deque[Any], most: int
) -> Iterator[Any]:
    """Yield what ``submit`` gave for each part, when it is the turn of that part to be waited for."""
    for part in parts:
        under_way.append(submit(part))
        if len(under_way) >= most:
            yield under_way[0]
            under_way.popleft()
    while under_way:
        yield under_way[0]
        under_way.popleft()


def _in_processes(
    function: Callable[[Part], Result], parts: Iterable[Part], workers: int
) -> Generator[Result, None, None]:
    context = multiprocessing.get_context("spawn")
    leash, hand = context.Pipe(duplex=False)
    pool = ProcessPoolExecutor(workers, context, initializer=_leashed, initargs=(leash,))

    def submit(part: Part) -> Future[Result]:
        with _environment(_ONE_THREAD):  # a worker may be started here; BLAS reads it once, early
            return pool.submit(function, part)

    try:
        for future in _in_order(submit, parts, deque(), _AHEAD * workers):
            yield future.result()
    except BrokenProcessPool as error:
        raise _lost(error) from error
    except BaseException:
        hand.close()
        raise
    finally:
        pool.shutdown(cancel_futures=True)
        hand.close()
        leash.close()


def _leashed(leash: Connection) -> None:
    """Make a worker leave Ctrl-C to its parent, and end when the parent lets go or dies."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def watch() -> None:
        leash.poll(None)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


@contextmanager
def _environment(variables: dict[str, str]) -> Iterator[None]:
    """Set variables for the processes that are started inside."""
    with _ENVIRONMENT:
        before = {name: os.environ.get(name) for name in variables}
        os.environ.update(variables)
        try:
            yield
        finally:
            for name, value in before.items():
                if value is None:
                    del os.environ[name]
                else:
                    os.environ[name] = value


def _on_ray(
    ray: Any, function: Callable[[Part], Result], parts: Iterable[Part], workers: int | None
) -> Generator[Result, None, None]:
    is_ours = not ray.is_initialized()
    under_way: deque[Any] = deque()
    try:
        if is_ours:
            _connect(ray, workers or _cores())
        cpus = int(ray.cluster_resources().get("CPU", 1))
        most = workers if workers and not is_ours else _AHEAD * cpus
        submit = partial(ray.remote(_applied).remote, ray.put(function))
        for reference in _in_order(submit, parts, under_way, most):
            yield ray.get(reference)
    except ray.exceptions.RayTaskError as error:
        raise error.cause from error
    except ray.exceptions.RayError as error:
        raise _lost(error) from error
    finally:
        for reference in under_way:
            ray.cancel(reference, force=True)
        if is_ours:
            ray.shutdown()


def _applied(function: Callable[[Part], Result], part: Part) -> Result:
    return function(part)


def _connect(ray: Any, workers: int) -> None:
    if "RAY_ADDRESS" in os.environ:
        ray.init(log_to_driver=False)
        return
    with _environment({**_ONE_THREAD, **_ALONE}):
        ray.init("local", num_cpus=workers, include_dashboard=False, log_to_driver=False)


def _ray() -> Any:
    try:
        with _environment({} if "RAY_ADDRESS" in os.environ else _ALONE):
            return importlib.import_module("ray")
    except ImportError as error:
        raise SettingsError(
            f"Ray cannot be loaded: {error}",
            where="compute",
            expected="the package ray",
            next_step="pip install 'zhiyin[ray]'",
        ) from error


def _lost(error: Exception) -> ZhiyinError:
    return ZhiyinError(
        f"a worker ended before its part was done: {error}",
        where="compute",
        expected="workers that live as long as the work",
        next_step="take smaller parts or fewer workers if memory ran out, and see what the worker wrote",
    )


def _cores() -> int:
    """Return how many cores this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1
