"""Documents cut into passages and sentences, each with its place in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from zhiyin.core.records import Document

LONGEST = 300
"""Characters of a passage of a policy; one longer sentence is a passage alone."""
_CLOSING = "[”’」』）)\"'*_]*"
_END = re.compile(rf"(?:[。！？!?…]+|(?<![A-Z])\.(?={_CLOSING}(?:\s|\Z))){_CLOSING}")
_HEADING = re.compile(r"#{1,6}\s+(.*?)\s*#*")
_MARKER = re.compile(r"\s*(?:(?:[-*+>|]|\d{1,3}[.)、])\s+)*")


class Span(NamedTuple):
    """Where something begins in a text, and where it ends, in characters."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a quotation stands: in a version of a document, or of a record of the catalogue.

    Attributes:
        document: its id.
        version: which of its versions.
        title: of the document, and of the section where there are sections.
        start: first character of the quotation in the text.
        end: behind its last.
        language: of the text, as far as it is known.
        source: where the shop took the document from.

    >>> Citation("returns", "2", "Returns", 0, 12).version
    '2'
    """

    document: str
    version: str
    title: str
    start: int
    end: int
    language: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    r"""A piece of a document that can be found: an answer of the FAQ, or some sentences of one section of a policy.

    Attributes:
        document: whose text it is part of.
        title: the question, or the document's title and the section's.
        sentences: where each stands in the document's text, in order; at least one.

    >>> document = Document("Returns", "## How\nAsk us. Then send it.", kind="policy")
    >>> [passage] = passages_of(document)
    >>> passage.title, passage.text, len(passage.sentences)
    ('Returns · How', 'Ask us. Then send it.', 2)
    """

    document: Document
    title: str
    sentences: tuple[Span, ...]

    @property
    def span(self) -> Span:
        """Where it stands in the document's text."""
        return Span(self.sentences[0].start, self.sentences[-1].end)

    @property
    def text(self) -> str:
        """What it says, as the document does."""
        return self.document.text[slice(*self.span)]

    def quoted(self, span: Span) -> str:
        """Return what stands between two places of the document."""
        return self.document.text[slice(*span)]

    def cited(self, span: Span | None = None) -> Citation:
        """Return where a part of it stands, or all of it."""
        told = self.document
        return Citation(
            told.id or "", told.version or "", self.title, *(span or self.span), told.language, told.source
        )  # fmt: skip


def passages_of(document: Document) -> list[Passage]:
    """Return a document's passages in order: one for an answer of the FAQ, else some hundred characters of a section each.

    Headings and the signs before points of a list belong to no passage.

    Complexity: O(characters).
    """
    found: list[Passage] = []
    for heading, sentences in _sections(document.text):
        title = f"{document.title} · {heading}" if heading else document.title
        if document.kind == "faq":
            before = found.pop().sentences if found else ()
            found.append(Passage(document, document.title, (*before, *sentences)))
            continue
        found += [Passage(document, title, part) for part in _parts(sentences)]
    return found


def sentences_of(text: str, begin: int = 0) -> Iterator[Span]:
    """Yield where the sentences of a text stand; a line's end is a sentence's, and blanks around belong to none.

    Args:
        text: of any length.
        begin: added to every place.

    >>> text = "Version 1.5 costs 3.99. 对吗？对！"
    >>> [text[start:end] for start, end in sentences_of(text)]
    ['Version 1.5 costs 3.99.', '对吗？', '对！']
    """
    for line in text.splitlines(keepends=True):
        marker = _MARKER.match(line)
        start = marker.end() if marker else 0
        for end in [*(match.end() for match in _END.finditer(line, start)), len(line)]:
            said = line[start:end]
            bare = said.strip()
            if bare:
                first = begin + start + said.index(bare)
                yield Span(first, first + len(bare))
            start = end
        begin += len(line)


def _sections(text: str) -> Iterator[tuple[str, tuple[Span, ...]]]:
    """Yield each heading, empty before the first, with the sentences under it, where there are any."""
    sentences: list[Span] = []
    heading, begin = "", 0
    for line in text.splitlines(keepends=True):
        if head := _HEADING.fullmatch(line.strip()):
            if sentences:
                yield heading, tuple(sentences)
            heading, sentences = head[1], []
        else:
            sentences += sentences_of(line, begin)
        begin += len(line)
    if sentences:
        yield heading, tuple(sentences)


def _parts(sentences: tuple[Span, ...]) -> Iterator[tuple[Span, ...]]:
    part: list[Span] = []
    for one in sentences:
        if part and one.end - part[0].start > LONGEST:
            yield tuple(part)
            part = []
        part.append(one)
    yield tuple(part)
