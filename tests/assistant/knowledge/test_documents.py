"""Passages and sentences are pieces of their document, in order, and nothing but its text."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from zhiyin.assistant.knowledge.documents import LONGEST, passages_of, sentences_of
from zhiyin.core.records import Document

POLICY = """Before any heading.

## Returns
You may return it within 7.5 days. It costs EUR 3.99! Is it free? No…

- Keep the box.
2. Keep the receipt.

### 退款
仓库签收后审核。“原路退回。”银行卡3到5天
"""


def said(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences_of(text)]


def test_sentences_end_where_people_end_them() -> None:
    assert said("Costs 3.99. Really? 是的。好") == ["Costs 3.99.", "Really?", "是的。", "好"]
    assert said("a\nb\n\n  c ") == ["a", "b", "c"]
    assert said("1. Open it.\n- Then “stop.” Go") == ["Open it.", "Then “stop.”", "Go"]


def test_a_policy_is_parted_by_its_headings() -> None:
    found = passages_of(Document("Terms", POLICY, kind="policy"))
    assert [one.title for one in found] == ["Terms", "Terms · Returns", "Terms · 退款"]
    assert [one.quoted(span) for one in found for span in one.sentences] == [
        "Before any heading.", "You may return it within 7.5 days.", "It costs EUR 3.99!", "Is it free?", "No…",
        "Keep the box.", "Keep the receipt.", "仓库签收后审核。", "“原路退回。”", "银行卡3到5天",
    ]  # fmt: skip


def test_long_sections_are_several_passages_of_whole_sentences() -> None:
    text = " ".join(f"This is sentence number {n} of the section." for n in range(40))
    found = passages_of(Document("T", text, kind="policy"))
    assert len(found) > 4
    assert all(len(one.text) <= LONGEST and one.text.endswith(".") for one in found)
    assert sum(len(one.sentences) for one in found) == 40


def test_an_answer_of_the_faq_is_one_passage() -> None:
    [one] = passages_of(Document("Q?", POLICY))
    assert (one.title, one.span.start) == ("Q?", 0)
    assert one.text == POLICY.strip()


@given(
    st.text(st.sampled_from("ab 好。.!?\n#-1“”"), max_size=120), st.sampled_from(["faq", "policy"])
)
def test_whatever_the_text_spans_are_in_order_and_miss_no_word(text: str, kind: str) -> None:
    found = passages_of(Document("t", text, kind=kind))
    spans = [span for one in found for span in one.sentences]
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(text[a:b].strip() == text[a:b] != "" for a, b in spans)
    headless = "".join(
        line for line in text.splitlines(keepends=True) if not line.strip().startswith("#")
    )
    quoted = "".join(text[a:b] for a, b in spans)
    assert quoted.count("好") >= headless.count("好")
