"""Markdown is read as what it is: a FAQ by its questions, anything else as one policy."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from zhiyin.errors import InvalidRecord
from zhiyin.ingest.checking import sorted_out
from zhiyin.ingest.formats.table import Table

POLICY = """---
id: returns-policy
version: 2026-05
valid_from: 2026-05-01
valid_to: 2027-01-01
author: Li
---

# 退换货政策

开头的话。

## 七天无理由

签收后7天内可以退货。
"""
PAIRS = """# FAQ
**Q: Do you gift-wrap?**
A: Yes, 5 yuan.

- tick the box

问：多久发货？
答：48小时内。
Q: Unanswered?
"""
HEADED = """# Help
### When will it ship?
Within 48 hours.

### Can I pay on delivery?
No.
### Invoices
At checkout.
"""


def read(folder: Path, name: str, text: str) -> tuple[pl.DataFrame, list[str], list[str]]:
    """Return the good rows as records, why others are rejected, and the notes."""
    path = folder / name
    path.write_text(text, "utf-8")
    batches = list(Table(Table.Config(kind="documents")).batches([path]))
    parts, _, refused = zip(*map(sorted_out, batches), strict=True)
    rejected = [f"{one.line}: {one.reason}" for some in refused for one in some]
    return pl.concat(parts), rejected, [note for batch in batches for note in batch.notes]


def test_a_policy_is_one_document(tmp_path: Path) -> None:
    rows, rejected, notes = read(tmp_path, "returns.md", POLICY)
    [row] = rows.to_dicts()
    assert (row["id"], row["kind"], row["title"]) == ("returns-policy", "policy", "退换货政策")
    assert row["text"].startswith("开头的话。")
    assert row["text"].endswith("## 七天无理由\n\n签收后7天内可以退货。")
    assert (row["version"], row["source"]) == ("2026-05", "returns.md")
    assert (row["valid_from"].isoformat()[:10], row["valid_to"].isoformat()[:10]) == (
        "2026-05-01",
        "2027-01-01",
    )
    assert (rejected, notes) == ([], ["returns.md: author is not read"])


def test_without_front_matter_the_file_names_it(tmp_path: Path) -> None:
    rows, *_ = read(tmp_path, "delivery.en.md", "Free from 59 yuan.\n\n## Times\nTwo days.\n")
    assert rows.select("id", "title", "kind").rows() == [("delivery", "delivery", "policy")]


def test_questions_and_answers_are_a_faq(tmp_path: Path) -> None:
    rows, rejected, _ = read(tmp_path, "faq.md", PAIRS)
    assert rows.select("title", "text", "kind", "id").rows() == [
        ("Do you gift-wrap?", "Yes, 5 yuan.\n\n- tick the box", "faq", None),
        ("多久发货？", "48小时内。", "faq", None),
    ]
    assert rejected == ["9: the question has no answer"]


def test_headings_that_ask_are_a_faq(tmp_path: Path) -> None:
    rows, rejected, _ = read(tmp_path, "help.md", HEADED)
    assert rows["title"].to_list() == ["When will it ship?", "Can I pay on delivery?", "Invoices"]
    assert rows["text"].to_list() == ["Within 48 hours.", "No.", "At checkout."]
    assert rejected == []


def test_front_matter_decides(tmp_path: Path) -> None:
    rows, *_ = read(tmp_path, "help.md", f"---\nkind: policy\n---\n{HEADED}")
    assert rows["kind"].to_list() == ["policy"]
    assert "### When will it ship?" in rows["text"][0]


@pytest.mark.parametrize("text", ["\n\n", "---\ntitle: x\n---\n", "# Only a heading\n"])
def test_a_file_without_text_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(InvalidRecord, match="no text"):
        read(tmp_path, "empty.md", text)


def test_a_table_of_questions_is_a_faq_and_one_of_titles_holds_policies(tmp_path: Path) -> None:
    rows, rejected, _ = read(
        tmp_path, "faq.csv", "question,answer,lang,valid_to\nQ?,A,en,2030-01-01\nR?,,en,\n"
    )
    assert rows.select("title", "text", "language", "kind").rows() == [("Q?", "A", "en", "faq")]
    assert rejected == ["3: text is missing"]
    rows, *_ = read(tmp_path, "rules.csv", "title,text\nReturns,Ask us.\n")
    assert rows["kind"].to_list() == ["policy"]
    rows, *_ = read(tmp_path, "zh.csv", "问题,回答,生效日期\n多久发货？,48小时内,2026-05-01\n")
    assert rows.select("title", "text", "kind").rows() == [("多久发货？", "48小时内", "faq")]
