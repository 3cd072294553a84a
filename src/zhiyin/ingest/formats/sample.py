"""The sample shop as a format: synthetic, made from a seed, nothing to download."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl
from pydantic import Field

from zhiyin.ingest.batch import Batch
from zhiyin.ingest.sample import make
from zhiyin.registry import PartConfig

_ORDER = (
    "items",
    "users",
    "ties",
    "posts",
    "events",
    "interactions",
    "chats",
    "facts",
    "documents",
    "orders",
)
_ROWS = 20_000


class Sample:
    """Makes a shop of about 2,000 synthetic people and 800 products, with a year of events; takes no files."""

    name = "sample"

    class Config(PartConfig):
        """Options of `Sample`."""

        seed: int = Field(7, ge=0, description="Which of the shops that the generator can make.")

    def __init__(self, config: Config) -> None:
        self._config = config

    def batches(self, paths: Sequence[Path]) -> Iterator[Batch]:
        """Make the shop and hand over its records."""
        frames = make(self._config.seed).frames
        total = sum(frames[kind].height for kind in _ORDER)
        done = 0
        for kind in _ORDER:
            first = 1
            for rows in frames[kind].iter_slices(_ROWS):
                lines = pl.int_range(first, first + rows.height, eager=True)
                first += rows.height
                done += rows.height
                yield Batch(kind, rows, lines, f"sample {kind}", (), done / total)
