"""Of a policy the sentences are taken that speak of what was asked."""

from __future__ import annotations

from zhiyin.assistant.knowledge.documents import passages_of
from zhiyin.assistant.knowledge.extract import extract
from zhiyin.core.records import Document
from zhiyin.language.tokens import Tokenizer

TEXT = (
    "We check returns in two days. Refunds go to your card. Cards take five days. Boxes are blue."
)
[PASSAGE] = passages_of(Document("Refunds", TEXT, kind="policy"))


def quoted(*words: str) -> list[str]:
    return [PASSAGE.quoted(one) for one in extract(PASSAGE, dict.fromkeys(words, 1.0), Tokenizer())]


def test_neighbours_are_one_quotation() -> None:
    assert quoted("card") == ["Refunds go to your card. Cards take five days."]


def test_others_are_apart() -> None:
    assert quoted("return", "blue") == ["We check returns in two days.", "Boxes are blue."]


def test_where_no_sentence_has_a_word_all_are_quoted() -> None:
    assert quoted("nothing") == [TEXT]


def test_an_answer_of_the_faq_is_never_parted() -> None:
    [entry] = passages_of(Document("Refunds?", TEXT))
    assert [entry.quoted(one) for one in extract(entry, {"blue": 1.0}, Tokenizer())] == [TEXT]
