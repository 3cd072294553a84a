"""Documents in Markdown: a FAQ as its questions and answers, anything else as one policy."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from zhiyin.ingest.batch import Rejected
from zhiyin.ingest.reading.chunk import Chunk, damaged, text_chunk
from zhiyin.ingest.reading.text_file import opened

_LARGEST = 4_000_000
_FIELDS = ("id", "kind", "title", "language", "version", "valid_from", "valid_to", "source")
_KEY = re.compile(r"([A-Za-z_]+)\s*[:：]\s*(.*)")
_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*$")
_BOLD = r"\s*(?:\*\*|__)?\s*"
_QUESTION = re.compile(rf"{_BOLD}(?:[QqＱ]|问题?|Question)\s*\d*\s*(?:\*\*)?[:：.]{_BOLD}(.+)")
_ANSWER = re.compile(rf"{_BOLD}(?:[AaＡ]|答案?|Answer)\s*\d*\s*(?:\*\*)?[:：.]{_BOLD}(.*)")


class _Part(NamedTuple):
    """A title, the line it stands on, and the lines under it."""

    title: str
    line: int
    text: str


def read_markdown(path: Path, encoding: str) -> Iterator[Chunk]:
    """Yield the documents of a file in one chunk, with the fields of ``core.records.Document``.

    Front matter between two lines of ``---`` may give ``id``, ``kind``, ``title``, ``language``, ``version``,
    ``valid_from``, ``valid_to`` and ``source``. A file with lines ``Q:`` and ``A:`` (问：, 答：), or most of whose headings
    are questions, is a FAQ: each question is a document, whose id follows from it. Any other is one policy under the
    file's name.

    Raises:
        InvalidRecord: the file is too large, or there is no text in it.
    """
    with opened(path, encoding) as file:
        text = file.characters(_LARGEST + 1)
    if len(text) > _LARGEST:
        raise damaged(path, f"the document has more than {_LARGEST:,} characters", "part it")
    lines = text.removeprefix("\ufeff").splitlines()
    told, begin = _front_matter(lines)
    notes = [f"{path.name}: {name} is not read" for name in told if name not in _FIELDS]
    parts, kind = _parts(lines, begin, told)
    if not parts:
        parts = [_policy(path, lines, begin, told)]
    rejected = [
        Rejected(path.name, part.line, "the question has no answer", part.title[:500])
        for part in parts
        if not part.text
    ]
    whole = [part for part in parts if part.text]
    if not parts[0].text and len(parts) == 1:
        raise damaged(path, "there is no text in the document", "write some")
    common: Mapping[str, str | None] = {name: told.get(name) for name in _FIELDS}
    n, is_faq = len(whole), kind == "faq"
    columns: dict[str, Sequence[str | None]] = {
        **{name: [value] * n for name, value in common.items()},
        "kind": [kind] * n,
        "title": [part.title for part in whole],
        "text": [part.text for part in whole],
        "id": [None if is_faq else common["id"] or _stem(path)] * n,
        "source": [common["source"] or path.name] * n,
    }
    chunk = text_chunk(path.name, columns, [part.line for part in whole], rejected, 1.0)
    yield Chunk(chunk.rows, chunk.lines, chunk.rejected, chunk.done, notes)


def _front_matter(lines: Sequence[str]) -> tuple[dict[str, str], int]:
    """Return what stands before the text, and the place of the text's first line."""
    if not lines or lines[0].strip() != "---":
        return {}, 0
    end = next((n for n, line in enumerate(lines[1:], 1) if line.strip() == "---"), 0)
    found = (_KEY.fullmatch(line.strip()) for line in lines[1:end])
    told = {match[1].lower(): match[2].strip("\"' ") for match in found if match}
    return {name: value for name, value in told.items() if value}, end + 1 if end else 0


def _parts(lines: Sequence[str], begin: int, told: Mapping[str, str]) -> tuple[list[_Part], str]:
    """Return the questions and answers of a FAQ; none for a policy; and which of both it is."""
    if told.get("kind", "faq") == "faq":
        if pairs := _pairs(lines, begin):
            return pairs, "faq"
        headed = [part for part in _headed(lines, begin) if part.text or _asks(part.title)]
        n_asking = sum(_asks(part.title) for part in headed)
        if headed and (told.get("kind") or 2 * n_asking > len(headed)):
            return headed, "faq"
    return [], "policy"


def _pairs(lines: Sequence[str], begin: int) -> list[_Part]:
    """Return what stands behind ``Q:``, with the lines from ``A:`` to the next question or heading."""
    parts: list[_Part] = []
    answer: list[str] | None = None
    for place in range(begin, len(lines)):
        line = lines[place]
        if asked := _QUESTION.fullmatch(line):
            parts.append(_Part(asked[1].strip(" *_"), place + 1, ""))
            answer = None
        elif parts and (said := _ANSWER.fullmatch(line)):
            answer = [said[1].lstrip("* ")]
        elif _HEADING.fullmatch(line):
            answer = None
        elif answer is not None:
            answer.append(line)
        if answer is not None:
            parts[-1] = parts[-1]._replace(text="\n".join(answer).strip())
    return parts if any(part.text for part in parts) else []


def _headed(lines: Sequence[str], begin: int) -> Iterator[_Part]:
    heads = [n for n in range(begin, len(lines)) if _HEADING.fullmatch(lines[n])]
    for place, after in pairwise([*heads, len(lines)]):
        found = _HEADING.fullmatch(lines[place])
        if found and found[2]:
            yield _Part(
                found[2].strip("* "), place + 1, "\n".join(lines[place + 1 : after]).strip()
            )


def _policy(path: Path, lines: Sequence[str], begin: int, told: Mapping[str, str]) -> _Part:
    """Return the whole text; its title is told, or its first heading where that comes first, or the file's name."""
    first = next((n for n in range(begin, len(lines)) if lines[n].strip()), begin)
    head = _HEADING.fullmatch(lines[first]) if first < len(lines) else None
    if head and head[2] and len(head[1]) == 1:
        begin = first + 1
    title = told.get("title") or (head[2] if head and begin > first else "") or _stem(path)
    return _Part(title, first + 1, "\n".join(lines[begin:]).strip())


def _stem(path: Path) -> str:
    return path.name.partition(".")[0] or path.name


def _asks(title: str) -> bool:
    return title.rstrip("*_ ").endswith(("?", "？"))
