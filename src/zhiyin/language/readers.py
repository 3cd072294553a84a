"""A shop's readers, made of its settings, and a run of mining with them: apart, since they are slow to load."""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl
from numpy.typing import NDArray

from zhiyin import registry
from zhiyin.compute import Engine
from zhiyin.core.entity import Kind
from zhiyin.core.progress import Progress
from zhiyin.core.records import Item
from zhiyin.errors import DataError, ModelError
from zhiyin.language.aspects.opinions import Opinions
from zhiyin.language.aspects.taxonomy import Taxonomy
from zhiyin.language.chat.model import ChatModel
from zhiyin.language.chat.stored import StoredAnswers
from zhiyin.language.chat.structured import AnswerCache
from zhiyin.language.embedder import Embedder, FittedEmbedder
from zhiyin.language.facts.attributes import Attributes
from zhiyin.language.facts.gazetteer import Gazetteer
from zhiyin.language.facts.reader import Reader
from zhiyin.language.glossary import Glossary, found
from zhiyin.language.mined import Mined, Watermark, digest_of, settings_digest
from zhiyin.language.mining import Miner, item_text
from zhiyin.language.sentiment.emotion import Emotions
from zhiyin.language.sentiment.polarity import Polarity
from zhiyin.language.understanding import TextReader
from zhiyin.language.vectors import Vectors
from zhiyin.language.whitening import Whitening
from zhiyin.settings import ReadingSettings
from zhiyin.store.store import Store
from zhiyin.store.whole_file import whole_file

_TEACHER = "e5"  # what `static` is distilled from; its vectors of a few thousand texts are kept
_ENDS = "。！？!?\n"
_LEAST = 3  # different texts, to which an embedder can be fitted


class Readers:
    """What reads a shop's texts.

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

    @cached_property
    def texts(self) -> TextReader:
        """What reads any text; it knows what was imported and learned when it was first asked for."""
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

    def mined(self, *, rebuilds: bool, progress: Progress) -> Mined:
        """Mine what changed; see ``mining.Miner``."""
        new_words = self._new_words(is_asked=rebuilds)
        teacher = Vectors(self._store, registry.build("embedders", _TEACHER))
        vectors = self._vectors(teacher, refits=rebuilds)
        chat = self._chat()
        if vectors is None:
            new_words.append(
                f"No vectors are made: {self._settings.embedder.type} learns from the shop's own texts, and needs "
                f"{_LEAST} different ones or more that share some words."
            )
        attributes = Attributes(self._brands())
        reader = self.texts
        if vectors is not None and Emotions.reads(vectors.model_id):
            reader = replace(reader, emotions=Emotions(vectors))
        if chat is not None:
            from zhiyin.language.asking import Asked

            answers = AnswerCache(kept=StoredAnswers(self._store))
            reader = replace(reader, asked=Asked(chat, answers, attributes))
        miner = Miner(
            self._store,
            reader,
            attributes,
            vectors,
            (teacher.model_id,),
            chat=chat.model_id if chat else "",
            zone=ZoneInfo(self._settings.time_zone),
            aspects=digest_of(self._settings.aspects) if self._settings.aspects else "",
            settings=settings_digest(self._settings, self._folder),
        )
        try:
            mined = miner.run(rebuilds=rebuilds, progress=progress)
        finally:
            if chat is not None:
                chat.close()
        mined.notes[:0] = new_words
        return mined

    def item_vectors(self, n_items: int) -> NDArray[np.float32]:
        """Return what the texts of the items numbered below ``n_items`` mean, centred and whitened.

        What mining embedded is not embedded again.

        Returns: (n_items, dim) float32 of unit rows, 0 for an item without a text; dim is 1 where nothing was mined yet,
            or no two texts differ.
        """
        vectors = np.zeros((n_items, 1), np.float32)
        if Watermark.kept(self._store) is None:
            return vectors
        rows = self._store.entities_since(Kind.ITEM, -1).filter(pl.col("number") < n_items)
        texts = [item_text(row) for row in rows.iter_rows(named=True)]
        said = [place for place, text in enumerate(texts) if text.strip()]
        embedder = self._vectors(
            Vectors(self._store, registry.build("embedders", _TEACHER)), refits=False
        )
        if embedder is None or not said:
            return vectors
        made = embedder.of([texts[place] for place in said], kind="passage")
        with suppress(DataError):
            made = Whitening.fit(made).of(made)
            vectors = np.zeros((n_items, made.shape[1]), np.float32)
            vectors[rows["number"].to_numpy()[said]] = made
        return vectors

    def _chat(self) -> ChatModel | None:
        part = self._settings.chat
        if part.type == "none":
            return None
        model: ChatModel = registry.build(
            "chat_models", part.type, part.options, where="reading.chat"
        )
        return model

    def _items(self) -> list[Item]:
        rows = self._store.entities_since(Kind.ITEM, -1).select(
            "id", "title", "category", "brand", "attributes", "translations"
        )
        return [_item(row) for row in rows.iter_rows(named=True)]

    def _brands(self) -> list[str]:
        brands = self._store.entities_since(Kind.ITEM, -1)["brand"].drop_nulls().unique()
        return sorted(brands.to_list())

    def _vectors(self, teacher: Vectors, *, refits: bool) -> Vectors | None:
        """Return what embeds texts, with a memory; None where there are too few to fit it to."""
        embedder = self._built(teacher, refits=refits)
        if embedder is None:
            return None
        workers = self._settings.workers
        engine: Engine = "here" if workers == 1 else self._settings.engine
        return Vectors(self._store, embedder, engine=engine, workers=workers)

    def embedder(self) -> Embedder | None:
        """Return what embeds texts, without a memory; None where there are too few to fit it to."""
        teacher = Vectors(self._store, registry.build("embedders", _TEACHER))
        return self._built(teacher, refits=False)

    def _built(self, teacher: Vectors, *, refits: bool) -> Embedder | None:
        embedder = registry.build(
            "embedders",
            self._settings.embedder.type,
            self._settings.embedder.options,
            where="reading.embedder",
            services={"teacher": teacher},
        )
        if hasattr(embedder, "fit") and not self._is_fitted(embedder, refits=refits):
            return None
        built: Embedder = embedder
        return built

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
