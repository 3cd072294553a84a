"""The tasks of texts, by name."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from zhiyin.bench.text_aspect import bench_aspect
from zhiyin.bench.text_polarity import bench_polarity
from zhiyin.bench.text_triplet import bench_triplet
from zhiyin.core.progress import Progress, untold
from zhiyin.language.embedders.e5 import E5
from zhiyin.language.vectors import Vectors
from zhiyin.store.store import Store

TextTask = Literal["polarity", "aspect", "triplet"]


def bench_text(
    task: TextTask,
    train: Path,
    test: Path | None = None,
    *,
    tier: int = 0,
    seed: int = 0,
    progress: Progress = untold,
) -> dict[str, Any]:
    """Learn a task from one file and judge it by another; see the task's own function.

    Args:
        task: ``polarity``, ``aspect`` or ``triplet``.
        train: what to learn from.
        test: what to judge by.
        tier: 0 = without a model, 1 = with the vectors of the model in the box, which are kept for the next run; triplets are
            found without.
        seed: of all that is drawn.
        progress: told as the work goes on.
    Raises:
        InvalidRecord: a file cannot be read.
        MissingExtra: tier 1 without the extra ``local``.
    """
    if task == "triplet":
        return bench_triplet(train, test, seed=seed, progress=progress)
    bench = bench_polarity if task == "polarity" else bench_aspect
    with embedder_of(tier) as embedder:
        return bench(train, test, embedder=embedder, seed=seed, progress=progress)


@contextmanager
def embedder_of(tier: int) -> Iterator[Vectors | None]:
    """Yield the model in the box with its memory in the user's cache folder, None at tier 0."""
    if tier == 0:
        yield None
        return
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "zhiyin"
    folder.mkdir(parents=True, exist_ok=True)
    with Store.open(folder / "vectors.db") as store:
        yield Vectors(store, E5(E5.Config()), engine="processes")
