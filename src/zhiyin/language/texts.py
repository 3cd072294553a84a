"""What the shop asks of this room: to understand a text, to mine what is stored, and what is thought of an item."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl
from numpy.typing import NDArray

from zhiyin.core.entity import Kind
from zhiyin.core.progress import Progress, untold
from zhiyin.errors import UnknownEntity
from zhiyin.language.mined import Mined, Watermark, settings_digest
from zhiyin.language.turn import own_turn
from zhiyin.settings import ReadingSettings
from zhiyin.store.store import Store

if TYPE_CHECKING:
    from zhiyin.language.embedder import Embedder
    from zhiyin.language.readers import Readers
    from zhiyin.language.understanding import Understanding

_OPINION = "opinion."
_EXAMPLES = 3


class Texts:
    """Reads a shop's texts.

    Args:
        store: whose posts and items.
        folder: where learned heads and fitted embedders are kept.
        settings: which embedder, which aspects.
    """

    def __init__(self, store: Store, folder: Path, settings: ReadingSettings) -> None:
        self._store = store
        self._folder = folder
        self._settings = settings

    def understand(
        self, text: str, *, time: datetime | None = None, category: str | None = None
    ) -> Understanding:
        """Return what rules and learned heads read out of a text: language, polarity, emotions, opinions, facts.

        No vector is made and no chat model asked, so that it takes milliseconds and keeps nothing.

        Args:
            text: of any length.
            time: when it was written; days end in its zone, in the shop's where it is UTC or has none.
            category: of the goods it speaks of, so that words are read as they are meant there.
        """
        time = time or datetime.now(UTC)
        if time.tzinfo is None:
            time = time.replace(tzinfo=self._zone)
        elif not time.utcoffset():
            time = time.astimezone(self._zone)
        return self._readers.texts.read([text], times=[time], categories=[category])[0]

    def mine(self, *, rebuilds: bool = False, progress: Progress = untold) -> Mined:
        """Read what changed since the last time; see ``mining.Miner``.

        First, where much of the catalogue changed or posts became many more, words are found that no list has. What was
        read without them stays as it is; ``rebuilds`` reads it anew.

        Raises:
            Conflict: another run is at work.
            MissingExtra: the embedder or the chat model needs an extra that is not installed.
        """
        began = perf_counter()
        with own_turn(self._folder):
            mark = Watermark.kept(self._store)
            is_done = mark is not None and mark.settings == settings_digest(
                self._settings, self._folder
            )
            if rebuilds or mark is None or not is_done or mark.is_behind(self._store):
                mined = self._renewed().mined(rebuilds=rebuilds, progress=progress)
            else:
                mined = Mined()  # without loading what reads
        mined.notes += self._outdated()
        mined.seconds = round(perf_counter() - began, 3)
        return mined

    def was_read(self) -> bool:
        """Return whether texts were mined ever."""
        return Watermark.kept(self._store) is not None

    def is_behind(self) -> bool:
        """Return whether there are texts that were not mined yet, or other settings to mine them by."""
        mark = Watermark.kept(self._store)
        if mark is None or mark.settings != settings_digest(self._settings, self._folder):
            return True
        return mark.is_behind(self._store)

    def learn(self, progress: Progress = untold) -> dict[str, Any]:
        """Learn polarity from the shop's own ratings; see ``learning.learn_polarity``.

        Raises:
            Conflict: texts are being mined.
            DataError: there are too few rated texts.
        """
        from zhiyin.language.learning import learn_polarity

        with own_turn(self._folder):
            told = learn_polarity(self._store, self._folder / "polarity.npz", progress)
        self._renewed()
        return told

    def item_vectors(self, n_items: int) -> NDArray[np.float32]:
        """Return what items' texts mean, as mining embedded them; see ``Readers.item_vectors``."""
        return self._readers.item_vectors(n_items)

    def embedder(self) -> Embedder | None:
        """Return what embeds texts as mining did, without keeping what it is asked; None where nothing was mined yet."""
        return None if Watermark.kept(self._store) is None else self._readers.embedder()

    def moods(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return how kind each text is, (n,) float32 from -1 to 1."""
        chances = self._readers.texts.polarity.probabilities(texts)
        return np.asarray(chances[:, 2] - chances[:, 0], np.float32)

    def opinions(self, item: str) -> list[dict[str, Any]]:
        """Return what people think of an item, by aspect, the most discussed first.

        Returns: ``aspect``, counts of ``negative``, ``neutral`` and ``positive``, and up to three ``examples`` in
            different words, one of each polarity first, the surest ones; each with ``polarity``, ``span`` and ``source``.
        Raises:
            UnknownEntity: no item has that id.
        """
        number = self._store.number(Kind.ITEM, item)
        if number is None:
            raise UnknownEntity(
                f"no item has the id {item}",
                where="opinions",
                expected="an id of the catalogue",
                next_step="check the id, or import the item first",
            )
        facts = self._store.mined.of(Kind.ITEM, number)
        said = facts.filter(pl.col("name").str.starts_with(_OPINION))
        told = []
        for (name,), rows in said.group_by("name", maintain_order=True):
            counts = dict(rows["value"].value_counts().iter_rows())
            told.append(
                {
                    "aspect": str(name).removeprefix(_OPINION),
                    **{value: counts.get(value, 0) for value in ("negative", "neutral", "positive")},
                    "examples": _examples(rows),
                }
            )  # fmt: skip
        return sorted(told, key=lambda one: -(one["negative"] + one["neutral"] + one["positive"]))

    @cached_property
    def _readers(self) -> Readers:
        from zhiyin.language.readers import Readers  # slow to load

        return Readers(self._store, self._folder, self._settings)

    def _renewed(self) -> Readers:
        """Return readers that know what was imported and learned since."""
        self.__dict__.pop("_readers", None)
        return self._readers

    def _outdated(self) -> list[str]:
        learned = self._folder / "polarity.npz"
        if learned.exists():
            from zhiyin.language.sentiment.polarity import Polarity

            if Polarity.read(learned).is_outdated:
                return [
                    "The polarity learned from this shop is left out, since the package has new heads: "
                    "zhiyin mine --learn compares them anew."
                ]
        return []

    @cached_property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self._settings.time_zone)


def _examples(rows: pl.DataFrame) -> list[dict[str, Any]]:
    """Return opinions in different words, the surest of each polarity first."""
    ranked = rows.sort("confidence", descending=True, maintain_order=True)
    told = list(
        ranked.select(pl.col("value").alias("polarity"), "span", "source").iter_rows(named=True)
    )
    shown: list[dict[str, Any]] = []
    for is_first in (True, False):
        for one in told:
            is_shown = any(one["span"] == other["span"] for other in shown)
            is_more = any(one["polarity"] == other["polarity"] for other in shown)
            if not is_shown and not (is_first and is_more) and len(shown) < _EXAMPLES:
                shown.append(one)
    return shown
