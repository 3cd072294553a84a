"""Mining as a job: what changed since the last time is read, and facts, vectors and how far it came are kept."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING, Any

import polars as pl

from zhiyin.core.entity import Kind
from zhiyin.core.progress import Progress, untold
from zhiyin.core.records import Fact
from zhiyin.language.facts.attributes import KEPT, Attributes
from zhiyin.language.finding import Finding
from zhiyin.language.mined import STATE, VERSION, Mined, Watermark, changed
from zhiyin.language.scripts import guess_language
from zhiyin.language.understanding import TextReader, Understanding
from zhiyin.language.vectors import Vectors
from zhiyin.store.frames import frame
from zhiyin.store.store import Store

if TYPE_CHECKING:
    from zhiyin.language.asking import Asked

_BATCH = 500
_ASKED_BATCH = (
    20  # a chat model takes seconds a text, and what a killed run did not finish is asked again
)
_OPINIONS = "rule:opinions@1"
_SENTIMENT = "head:polarity@1"
_OF_THE_SHOP = frozenset({"faq", "policy"})  # what the shop says itself is nobody's opinion
_OF_NOW = frozenset({"weather", "place", "day"})
_SURE = 0.5  # a judgement or a feeling below it is not kept


class Miner:
    """Reads what a shop's people wrote and what its catalogue says.

    A batch's facts and how far the reading came are one transaction: a run that was killed goes on behind its last batch.

    Args:
        store: whose posts and items are read.
        reader: of posts.
        attributes: of items' titles.
        vectors: what embeds the texts; None leaves that out.
        models_kept: embedders beside it whose vectors stay.
        chat: the model that the reader asks; another one is reason to read everything anew.
        zone: whose midnight ends the days of what is written.
        aspects: a digest of the words for aspects in the settings.
        settings: a digest of all that decides what is read how, kept beside the place.
    """

    def __init__(
        self,
        store: Store,
        reader: TextReader,
        attributes: Attributes,
        vectors: Vectors | None = None,
        models_kept: Sequence[str] = (),
        *,
        chat: str = "",
        zone: tzinfo = UTC,
        aspects: str = "",
        settings: str = "",
    ) -> None:
        self._store = store
        self._reader = reader
        self._attributes = attributes
        self._vectors = vectors
        self._models_kept = models_kept
        self._chat = chat
        self._zone = zone
        self._aspects = aspects
        self._settings = settings
        self._batch = _ASKED_BATCH if reader.asked else _BATCH

    def run(self, *, rebuilds: bool = False, progress: Progress = untold) -> Mined:
        """Read what changed since the last run.

        Args:
            rebuilds: read everything anew.
            progress: told how far it is, and how many texts were read.
        """
        done = Mined()
        mark = self._watermark(done, rebuilds=rebuilds)
        items = self._store.entities_since(Kind.ITEM, mark.items)
        left = self._store.count(Kind.POST) + items.height

        def tell(n: int) -> None:
            progress(min((done.posts + done.items) / max(left, 1), 1.0), n)

        mark = self._read_items(items, mark, done, tell)
        self._read_posts(mark, done, tell)
        if self._reader.asked:
            done.notes += self._asked_notes(self._reader.asked)
        progress(1.0, done.posts + done.items)
        return done

    def _watermark(self, done: Mined, *, rebuilds: bool) -> Watermark:
        mark = Watermark.kept(self._store)
        said = {
            "version": VERSION,
            "embedder": self._vectors.model_id if self._vectors else "",
            "time_zone": str(self._zone),
            "chat": self._chat,
            "aspects": self._aspects,
        }
        readers = json.dumps(said)
        if mark is not None and (rebuilds or mark.readers != readers):
            why = "as asked" if rebuilds else changed(json.loads(mark.readers or "{}"), said)
            done.notes.append(f"Everything is read anew: {why}.")
        if self._vectors is not None:
            for model, n in self._vectors.stale(self._models_kept).items():
                self._vectors.drop(model)
                done.notes.append(
                    f"{n:,} vectors of {model} are dropped: the embedder is another one."
                )
        if mark is None or rebuilds or mark.readers != readers:
            mark = Watermark(readers=readers)
        return replace(mark, settings=self._settings)

    def _read_items(
        self, items: pl.DataFrame, mark: Watermark, done: Mined, tell: Any
    ) -> Watermark:
        last = replace(mark, items=self._store.revision())
        for part in items.iter_slices(self._batch):
            rows = list(part.iter_rows(named=True))
            facts = [
                fact
                for row, found in zip(rows, self._stated(rows), strict=True)
                for fact in facts_of_item(row, found)
            ]
            self._keep([f"item:{row['id']}" for row in rows], facts, mark, done)
            self._embed([item_text(row) for row in rows], done)
            done.items += len(rows)
            tell(done.posts + done.items)
        self._keep([], [], last, done)
        return last

    def _read_posts(self, mark: Watermark, done: Mined, tell: Any) -> None:
        while (posts := self._store.mined.posts((mark.revision, mark.number), self._batch)).height:
            rows = list(posts.iter_rows(named=True))
            texts = [_post_text(row) for row in rows]
            read = self._reader.read(
                texts,
                times=[_time(row["time_us"], self._zone) for row in rows],
                categories=[row["category"] for row in rows],
            )
            facts = [
                fact
                for row, text, told in zip(rows, texts, read, strict=True)
                for fact in facts_of_post(row, text, told, self._reader.emotions.method)
            ]
            mark = replace(mark, revision=rows[-1]["revision"], number=rows[-1]["number"])
            self._keep([f"post:{row['id']}" for row in rows], facts, mark, done)
            self._embed(texts, done)
            done.posts += len(rows)
            tell(done.posts + done.items)

    def _keep(
        self, sources: Sequence[str], facts: Sequence[Fact], mark: Watermark, done: Mined
    ) -> None:
        state = {STATE: json.dumps(asdict(mark))}
        self._store.mined.replace(sources, frame(facts) if facts else _no_facts(), state)
        done.count(facts)

    def _embed(self, texts: Sequence[str], done: Mined) -> None:
        if self._vectors is not None:
            said = [text for text in texts if text.strip()]
            self._vectors.of(said, kind="passage")
            done.vectors += len(said)

    def _stated(self, rows: Sequence[Mapping[str, Any]]) -> list[list[Finding]]:
        """Return what the titles of items state: what rules are sure of, and what a model finds where they find nothing."""
        found = [
            [
                one
                for one in self._attributes.read(
                    row["title"] or "",
                    description=row["description"] or "",
                    category=row["category"],
                )
                if one.confidence >= KEPT
            ]
            for row in rows
        ]
        if self._reader.asked is None:
            return found
        titles = [row["title"] or "" for row in rows]
        more = self._reader.asked.attributes(
            titles,
            [row["category"] for row in rows],
            [guess_language(title) for title in titles],
            known=found,
        )
        return [[*ruled, *asked] for ruled, asked in zip(found, more, strict=True)]

    def _asked_notes(self, asked: Asked) -> list[str]:
        took = asked.usage
        tokens = took.prompt_tokens + took.completion_tokens
        return [
            f"{self._chat} answered {took.calls:,} questions with {tokens:,} tokens in {took.seconds:,.0f} s; "
            f"{took.failed:,} were left without an answer.",
            *asked.notes,
        ]


def facts_of_item(row: Mapping[str, Any], found: Iterable[Finding]) -> Iterator[Fact]:
    """Yield what an item's title and description state as facts of it."""
    text = f"{row['title'] or ''}\n{row['description'] or ''}"
    for one in found:
        yield _fact(one, text, row["id"], "item", f"item:{row['id']}")


def facts_of_post(
    row: Mapping[str, Any], text: str, told: Understanding, emotion_method: str
) -> Iterator[Fact]:
    """Yield what one post says as facts: of the item it is about, of its author, and of itself.

    Args:
        row: of ``MinedFacts.posts``.
        text: what was read.
        told: what was found.
        emotion_method: what read its emotion.
    """
    if row["kind"] in _OF_THE_SHOP:
        return
    source, when = f"post:{row['id']}", _time(row["time_us"])
    about = ("item", row["item_id"]) if row["item_id"] else ("post", row["id"])
    shared: dict[str, Any] = {"user": row["user"], "source": source, "time": when}
    polarity = max(told.polarity, key=told.polarity.__getitem__)
    if text.strip() and told.polarity[polarity] >= _SURE:
        yield Fact(
            row["id"], "sentiment", polarity, subject_kind="post", method=_SENTIMENT,
            confidence=told.polarity[polarity], **shared,
        )  # fmt: skip
    emotion = max(told.emotions, key=told.emotions.__getitem__)
    if emotion != "neutral" and told.emotions[emotion] >= _SURE:
        yield Fact(
            row["id"], "emotion", emotion, subject_kind="post", method=emotion_method,
            confidence=told.emotions[emotion], **shared,
        )  # fmt: skip
    for opinion in told.opinions:
        yield Fact(
            about[1], f"opinion.{opinion.aspect}", opinion.polarity, subject_kind=about[0],
            span=text[opinion.start : opinion.end], method=_OPINIONS,
            confidence=opinion.confidence, **shared,
        )  # fmt: skip
    whose = ("person", row["user"]) if row["user"] else ("post", row["id"])
    for found in told.findings:
        if row["kind"] == "review" and found.name in _OF_NOW:
            continue  # reviews tell of days gone by: what the weather was then says nothing now
        yield _fact(found, text, whose[1], whose[0], source, user=row["user"], time=when)


def _fact(
    found: Finding,
    text: str,
    subject: str,
    kind: str,
    source: str,
    user: str | None = None,
    time: datetime | None = None,
) -> Fact:
    expires = time + found.lasts if time is not None and found.lasts is not None else None
    return Fact(
        subject, found.name, found.value, subject_kind=kind, user=user,
        span=text[found.start : found.end], source=source, method=found.method,
        confidence=found.confidence, time=time, expires=expires,
    )  # fmt: skip


def _post_text(row: Mapping[str, Any]) -> str:
    return "\n".join(part for part in (row["title"], row["text"]) if part)


def item_text(row: Mapping[str, Any]) -> str:
    """Return the words an item is embedded by."""
    parts = (row["title"], row["brand"], row["category"], row["description"])
    return " ".join(part for part in parts if part)


def _time(time_us: int | None, zone: tzinfo = UTC) -> datetime | None:
    return None if time_us is None else datetime.fromtimestamp(time_us / 1e6, zone)


def _no_facts() -> pl.DataFrame:
    return frame([Fact("nothing", "nothing", "nothing")]).clear()
