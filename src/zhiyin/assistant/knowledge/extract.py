"""The sentences of a passage that answer a question: whole ones, as they stand."""

from __future__ import annotations

from collections.abc import Mapping

from zhiyin.assistant.knowledge.documents import Passage, Span
from zhiyin.language.tokens import Tokenizer

_SHARE = 0.5
"""Of what the best sentence has of a question's words, what others need to be quoted with it."""


def extract(passage: Passage, weights: Mapping[str, float], tokenizer: Tokenizer) -> list[Span]:
    """Return where the sentences stand that answer; neighbours are one span.

    An answer of the FAQ is never parted. Of a policy those sentences are taken that have nearly as much of the question's
    words as the best one; all where none has any.

    Args:
        passage: what was found.
        weights: word of the question → how much it tells.
        tokenizer: cuts texts into words.
    Returns: at least one, in order, each within the passage.
    """
    sentences = passage.sentences
    if passage.document.kind == "faq" or len(sentences) == 1:
        return [passage.span]
    scores = [
        sum(weights.get(term, 0.0) for term in set(tokenizer.words(passage.quoted(one), for_search=True)))
        for one in sentences
    ]  # fmt: skip
    least = _SHARE * max(scores)
    spans: list[Span] = []
    for place, (one, score) in enumerate(zip(sentences, scores, strict=True)):
        if score < least:
            continue
        if spans and spans[-1].end == sentences[place - 1].end:
            spans[-1] = Span(spans[-1].start, one.end)
        else:
            spans.append(one)
    return spans
