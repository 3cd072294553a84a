"""Tables of texts with a label each: which column is which, and which labels praise and which blame."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from zhiyin.errors import InvalidRecord
from zhiyin.ingest.column_names import plain
from zhiyin.ingest.reading.readers import read

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "text": ("review", "review_text", "text", "content", "body", "sentence", "comment", "正文", "评论", "内容", "文本"),
    "label": (
        "positive", "label", "polarity", "sentiment", "recommended_ind", "recommended", "正负面", "情感", "标签",
        "rating", "stars", "star", "overall", "score", "评分",
    ),
    "title": ("title", "summary", "headline", "标题"),
    "group": ("category", "cat", "class_name", "domain", "类别", "品类"),
}  # fmt: skip
_SPOKEN = {
    "negative": -1, "neg": -1, "差评": -1, "负面": -1, "消极": -1, "false": -1, "no": -1,
    "neutral": 0, "neu": 0, "中评": 0, "中性": 0,
    "positive": 1, "pos": 1, "好评": 1, "正面": 1, "积极": 1, "true": 1, "yes": 1,
}  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class LabelledTexts:
    """Texts and what is said of them.

    Attributes:
        texts: n of them, a title before the text it stands over.
        labels: (n,) int64 of -1 negative, 0 neutral, 1 positive.
        groups: the category of each, "" where none; None without such a column.
        left_out: rows without a text or a label that is known.
    """

    texts: list[str]
    labels: NDArray[np.int64]
    groups: list[str] | None
    left_out: int = 0

    def __len__(self) -> int:
        return len(self.texts)

    def taken(self, rows: NDArray[np.int64]) -> LabelledTexts:
        """Return some of them."""
        groups = None if self.groups is None else [self.groups[row] for row in rows]
        return LabelledTexts([self.texts[row] for row in rows], self.labels[rows], groups)


def read_labelled(path: Path) -> LabelledTexts:
    """Read a table with a column of texts and one of labels; their names are guessed.

    Labels are 0 and 1, -1 to 1, 0 to 2, words such as ``positive``, or ratings of 1 to 5, of which 3 is neutral.

    Raises:
        InvalidRecord: the file cannot be read, has no such columns, or no row that can be taken.
    """
    frame = pl.concat([chunk.rows for chunk in read(path)], how="diagonal_relaxed")
    named = _named(frame.columns, path)
    label = _labels(frame[named["label"]].cast(pl.String), path)
    text = frame[named["text"]].cast(pl.String).fill_null("")
    if "title" in named:
        title = frame[named["title"]].cast(pl.String).fill_null("")
        pairs = zip(title, text, strict=True)
        text = pl.Series([" ".join(filter(None, pair)) for pair in pairs], dtype=pl.String)
    good = label.is_not_null() & (text.str.strip_chars().str.len_bytes() > 0)
    if not good.any():
        raise InvalidRecord(
            "no row has a text and a label",
            where=str(path),
            expected="labels such as 0 and 1, positive and negative, or ratings of 1 to 5",
            next_step="look at the columns of the file",
        )
    groups = None
    if "group" in named:
        groups = frame[named["group"]].cast(pl.String).fill_null("").filter(good).to_list()
    return LabelledTexts(
        text.filter(good).to_list(),
        label.filter(good).to_numpy(),
        groups,
        int((~good).sum()),
    )


def _named(columns: Sequence[str], path: Path) -> dict[str, str]:
    """Return role → column."""
    known = {plain(column): column for column in reversed(columns)}
    found = {}
    for role, names in _COLUMNS.items():
        if column := next((known[plain(name)] for name in names if plain(name) in known), None):
            found[role] = column
    for role in ("text", "label"):
        if role not in found:
            raise InvalidRecord(
                f"no column holds the {role}",
                where=str(path),
                expected=f"one of {', '.join(_COLUMNS[role])}",
                next_step="give the column such a name",
            )
    return found


def _labels(said: pl.Series, path: Path) -> pl.Series:
    plain_said = said.str.strip_chars().str.to_lowercase().replace("", None)
    spoken = plain_said.replace_strict(_SPOKEN, default=None, return_dtype=pl.Int64)
    if spoken.is_not_null().any() or plain_said.is_null().all():
        return spoken
    number = plain_said.cast(pl.Float64, strict=False).fill_nan(None)
    values = set(number.drop_nulls().unique().to_list())
    if values and values <= {0.0, 1.0}:
        return (number * 2 - 1).cast(pl.Int64)
    if values and values <= {-1.0, 0.0, 1.0}:
        return number.cast(pl.Int64)
    if 0.0 in values and values <= {0.0, 1.0, 2.0}:
        return (number - 1).cast(pl.Int64)
    if values and min(values) >= 1 and max(values) <= 5:
        return (number - 3).sign().cast(pl.Int64)
    raise InvalidRecord(
        f"labels such as {', '.join(sorted(plain_said.drop_nulls().unique().to_list())[:4])} are not known",
        where=str(path),
        expected="0 and 1, -1 to 1, 0 to 2, positive and negative, or ratings of 1 to 5",
        next_step="write them so",
    )
