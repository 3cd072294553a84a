"""What the shop asks of this room: to understand a text, to mine what is stored, and what is thought of an item."""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl

from zhiyin import registry
from zhiyin.compute import Engine
from zhiyin.core.entity import Kind
from zhiyin.core.progress import Progress, untold
from zhiyin.core.records import Item
from zhiyin.errors import DataError, ModelError, UnknownEntity
from zhiyin.language.asking import Asked
from zhiyin.language.aspects.opinions import Opinions
from zhiyin.language.aspects.taxonomy import Taxonomy
from zhiyin.language.chat.model import ChatModel
from zhiyin.language.chat.stored import StoredAnswers
from zhiyin.language.chat.structured import AnswerCache
from zhiyin.language.embedder import FittedEmbedder
from zhiyin.language.facts.attributes import Attributes
from zhiyin.language.facts.gazetteer import Gazetteer
from zhiyin.language.facts.reader import Reader
from zhiyin.language.glossary import Glossary, found
from zhiyin.language.learning import learn_polarity
from zhiyin.language.mining import Mined, Miner
from zhiyin.language.sentiment.emotion import Emotions
from zhiyin.language.sentiment.polarity import Polarity
from zhiyin.language.understanding import TextReader, Understanding
from zhiyin.language.vectors import Vectors
from zhiyin.settings import ReadingSettings
from zhiyin.store.store import Store
from zhiyin.store.whole_file import whole_file

_OPINION = "opinion."
_EXAMPLES = 3
_TEACHER = "e5"  # what `static` is distilled from; its vectors of a few thousand texts are kept
_ENDS = "。！？!?\n"


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
        self._lock = threading.Lock()

    def understand(self, text: str, *, time: datetime | None = None) -> Understanding:
        """Return what rules and learned heads read out of a text: language, polarity, emotions, opinions, facts.

        No vector is made and no chat model asked, so that it takes milliseconds and keeps nothing.

        Args:
            text: of any length.
            time: when it was written; days end in its zone, in the shop's where it is UTC.
        """
        time = time or datetime.now(UTC)
        written = time.astimezone(self._zone) if time.tzinfo is UTC else time
        return self._reader.read([text], times=[written])[0]

    def mine(self, *, rebuilds: bool = False, progress: Progress = untold) -> Mined:
        """Read what changed since the last time; see ``mining.Miner``.

        First, where the catalogue changed or posts became many more, words are found that no list has. What was read
        without them stays as it is; ``rebuilds`` reads it anew.

        Raises:
            MissingExtra: the embedder or the chat model needs an extra that is not installed.
        """
        new_words = self._new_words(is_asked=rebuilds)
        teacher = Vectors(self._store, registry.build("embedders", _TEACHER))
        vectors = self._vectors(teacher, refits=rebuilds)
        chat = self._chat()
        attributes = Attributes(self._brands())
        reader = self._read_anew()
        if vectors is not None and Emotions.reads(vectors.model_id):
            reader = replace(reader, emotions=Emotions(vectors))
        if chat is not None:
            answers = AnswerCache(kept=StoredAnswers(self._store))
            reader = replace(reader, asked=Asked(chat, answers, attributes))
        miner = Miner(
            self._store,
            reader,
            attributes,
            vectors,
            (teacher.model_id,),
            chat=chat.model_id if chat else "",
            zone=self._zone,
        )
        try:
            mined = miner.run(rebuilds=rebuilds, progress=progress)
        finally:
            if chat is not None:
                chat.close()
        mined.notes[:0] = new_words
        if reader.polarity.is_outdated:
            mined.notes.append(
                "The polarity learned from this shop is left out, since the package has new heads: "
                "zhiyin mine --learn compares them anew."
            )
        return mined

    def learn(self, progress: Progress = untold) -> dict[str, Any]:
        """Learn polarity from the shop's own ratings; see ``learning.learn_polarity``.

        Raises:
            DataError: there are too few rated texts.
        """
        told = learn_polarity(self._store, self._folder / "polarity.npz", progress)
        self._read_anew()
        return told

    def opinions(self, item: str) -> list[dict[str, Any]]:
        """Return what people think of an item, by aspect, the most discussed first.

        Returns: ``aspect``, counts of ``negative``, ``neutral`` and ``positive``, and up to three ``examples``, each
            with ``polarity``, ``span`` and ``source``.
        Raises:
            UnknownEntity: no item has that id.
        """
        number = self._store.number(Kind.ITEM, item)
        if number is None:
            raise UnknownEntity(
                f"no item has the id {item}", where="opinions", expected="an id of the catalogue"
            )
        facts = self._store.mined.of(Kind.ITEM, number)
        said = facts.filter(pl.col("name").str.starts_with(_OPINION))
        told = []
        for (name,), rows in said.group_by("name", maintain_order=True):
            counts = dict(rows["value"].value_counts().iter_rows())
            best = rows.sort("confidence", descending=True, maintain_order=True).head(_EXAMPLES)
            told.append(
                {
                    "aspect": str(name).removeprefix(_OPINION),
                    **{value: counts.get(value, 0) for value in ("negative", "neutral", "positive")},
                    "examples": [
                        {"polarity": value, "span": span, "source": source}
                        for value, span, source in best.select("value", "span", "source").iter_rows()
                    ],
                }
            )  # fmt: skip
        return sorted(told, key=lambda one: -(one["negative"] + one["neutral"] + one["positive"]))

    @cached_property
    def _reader(self) -> TextReader:
        with self._lock:
            learned = self._folder / "polarity.npz"
            polarity = Polarity.read(learned) if learned.exists() else Polarity.shipped()
            gazetteer = Gazetteer.of_items(self._items())
            return TextReader(
                polarity,
                Emotions(),
                Opinions(Taxonomy(self._settings.aspects, Glossary.read(self._words_file).aspects)),
                Reader(gazetteer, lambda text, start, end: _toward(polarity, text, start, end)),
            )

    @property
    def _words_file(self) -> Path:
        return self._folder / "glossary.json"

    def _new_words(self, *, is_asked: bool) -> list[str]:
        """Find words that no list has where it is time to, and return what is to be said of them."""
        if not (is_asked or Glossary.read(self._words_file).is_old(self._store)):
            return []
        glossary = found(self._store, self._settings.aspects)
        glossary.write(self._words_file)
        return glossary.notes()

    @cached_property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self._settings.time_zone)

    def _chat(self) -> ChatModel | None:
        part = self._settings.chat
        if part.type == "none":
            return None
        model: ChatModel = registry.build(
            "chat_models", part.type, part.options, where="reading.chat"
        )
        return model

    def _read_anew(self) -> TextReader:
        """Return a reader that knows what was imported and learned since."""
        self.__dict__.pop("_reader", None)
        return self._reader

    def _items(self) -> list[Item]:
        rows = self._store.entities_since(Kind.ITEM, -1).select(
            "id", "title", "category", "brand", "attributes", "translations"
        )
        return [_item(row) for row in rows.iter_rows(named=True)]

    def _brands(self) -> list[str]:
        brands = self._store.entities_since(Kind.ITEM, -1)["brand"].drop_nulls().unique()
        return sorted(brands.to_list())

    def _vectors(self, teacher: Vectors, *, refits: bool) -> Vectors | None:
        """Return what embeds texts; None where there are too few to fit it to."""
        embedder = registry.build(
            "embedders",
            self._settings.embedder.type,
            self._settings.embedder.options,
            where="reading.embedder",
            services={"teacher": teacher},
        )
        if hasattr(embedder, "fit") and not self._is_fitted(embedder, refits=refits):
            return None
        workers = self._settings.workers
        engine: Engine = "here" if workers == 1 else self._settings.engine
        return Vectors(self._store, embedder, engine=engine, workers=workers)

    def _is_fitted(self, fitted: FittedEmbedder, *, refits: bool) -> bool:
        """Load what an embedder learned before, else fit it to the shop's texts; False where there are too few."""
        path = self._folder / f"{self._settings.embedder.type}.npz"
        if path.exists() and not refits:
            with suppress(ModelError), np.load(path, allow_pickle=False) as arrays:
                fitted.load(dict(arrays))
                return True
        try:
            fitted.fit(self._all_texts())
        except DataError:
            return False
        self._folder.mkdir(parents=True, exist_ok=True)
        with whole_file(path, replaces=True) as file:
            np.savez_compressed(file, **fitted.arrays())  # type: ignore[arg-type]
        return True

    def _all_texts(self) -> Sequence[str]:
        items = self._store.entities_since(Kind.ITEM, -1)
        texts = [
            " ".join(filter(None, row)) for row in items.select("title", "description").iter_rows()
        ]
        for chunk in self._store.posts():
            texts += [
                " ".join(filter(None, row)) for row in chunk.select("title", "text").iter_rows()
            ]
        return [text for text in texts if text.strip()]


def _toward(polarity: Polarity, text: str, start: int, end: int) -> float:
    """Return what the sentence around a span thinks, -1 to 1."""
    begin = max((text.rfind(mark, 0, start) for mark in _ENDS), default=-1) + 1
    stops = [place for mark in _ENDS if (place := text.find(mark, end)) >= 0]
    negative, _, positive = polarity.probabilities([text[begin : min(stops, default=len(text))]])[0]
    return float(positive - negative)


def _item(row: dict[str, Any]) -> Item:
    told = {
        name: json.loads(row[name]) if row[name] else {} for name in ("attributes", "translations")
    }
    return Item(row["id"], title=row["title"], category=row["category"], brand=row["brand"], **told)
