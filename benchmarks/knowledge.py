"""Learn how FAQ and policies are found from half of the paraphrases of the sample shop's, and score the other half.

python -m benchmarks.knowledge
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from tests.assistant.knowledge.questions import PARAPHRASES, POLICY_QUESTIONS, SAME, UNANSWERED

from zhiyin.assistant.knowledge import passage_index
from zhiyin.assistant.knowledge.documents import Passage, passages_of
from zhiyin.assistant.knowledge.knowledge import ANSWERS
from zhiyin.assistant.knowledge.meanings import e5
from zhiyin.assistant.knowledge.passage_index import Asked, PassageIndex, embedded
from zhiyin.core.records import Document
from zhiyin.ingest.sample.policies import policies
from zhiyin.ingest.sample.vocabulary_faq import FAQ
from zhiyin.language.tokens import Tokenizer

PRECISION = 0.9
"""Of answers on the choosing half, which the threshold is chosen for."""
_REG = 0.3


class Question(NamedTuple):
    """A way of asking: its kind (faq, policy or none), its language, and which passages answer it, (n,) bool."""

    kind: str
    language: str
    asked: Asked
    answers: NDArray[np.bool_]


def sample_documents() -> list[Document]:
    """Return the sample shop's FAQ and policies."""
    found = []
    for place, (asked, said, asked_en, said_en) in enumerate(FAQ):
        found.append(Document(asked, said, f"faq-{place}", language="zh"))
        found.append(Document(asked_en, said_en, f"faq-{place}", language="en"))
    return found + [Document(**row) for row in policies().iter_rows(named=True)]


def questions(index: PassageIndex, half: int, embed: Any) -> Iterator[Question]:
    """Yield the questions of a half with the passages that answer them."""
    for nth, told in enumerate(PARAPHRASES):
        for language, text in (("zh", told[half]), ("en", told[2 + half])):
            rows = _answering(index, language, f"faq-{nth}", SAME.get(nth, ""))
            yield Question("faq", language, index.asked(text, embed(text)), rows)
    for document, zh, en, *asked in POLICY_QUESTIONS:
        for language, text, section in (("zh", asked[half], zh), ("en", asked[2 + half], en)):
            rows = _answering(index, language, document, section)
            yield Question("policy", language, index.asked(text, embed(text)), rows)
    for zh, en in UNANSWERED[half::2]:
        for language, text in (("zh", zh), ("en", en)):
            rows = np.zeros(len(index.passages), bool)
            yield Question("none", language, index.asked(text, embed(text)), rows)


def _answering(index: PassageIndex, language: str, document: str, sections: str) -> Any:
    def does(one: Passage) -> bool:
        if one.document.language != language:
            return False
        section = one.title.partition(" · ")[2]
        return (one.document.id == document and not section) or (
            bool(section) and section in sections
        )

    return np.array([does(one) for one in index.passages], bool)


def fitted(rows: NDArray[Any], is_right: NDArray[Any]) -> NDArray[np.float64]:
    """Return bias and weights of a logistic regression by Newton's method, (features + 1,) float64."""
    x = np.c_[np.ones(len(rows)), rows].astype(np.float64)
    reg = np.diag([1e-3, *[_REG] * rows.shape[1]])
    weights = np.zeros(x.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (chance - is_right) + reg @ weights
        weights -= np.linalg.solve((x.T * (chance * (1 - chance) + 1e-9)) @ x + reg, gradient)
    return np.round(weights, 2)


def learn(index: PassageIndex, asked: list[Question], *, is_near: bool) -> None:
    """Set the weights of one kind of index from questions."""
    languages = np.array([one.document.language for one in index.passages])
    is_faq = np.array([one.document.kind == "faq" for one in index.passages])
    n_used = 8 if is_near else 6
    for kind in ("faq", "policy"):
        rows, right = [], []
        for one in (one for one in asked if one.kind in (kind, "none")):
            own = (languages == one.language) & (is_faq == (kind == "faq"))
            rows.append(index.features(one.asked)[own, :n_used])
            right.append(one.answers[own])
        weights = fitted(np.vstack(rows), np.concatenate(right))
        told = tuple(map(float, [*weights, *[0.0] * (8 - n_used)]))
        passage_index.WEIGHTS[kind, is_near] = told  # type: ignore[index]
    listed = [(one, *ordered(index, one)) for one in asked]
    signs = np.array([index.sure_signs(one.asked, logits, rows) for one, logits, rows in listed])
    right = np.array([one.answers[rows[0]] for one, _, rows in listed])
    passage_index.SURENESS[is_near] = tuple(map(float, fitted(signs, right)))  # type: ignore[index]


def ordered(index: PassageIndex, one: Question) -> tuple[Any, Any]:
    """Return log odds and the passages in the language of a question, the likeliest first."""
    logits = index.logits(one.asked)
    own = np.flatnonzero([p.document.language == one.language for p in index.passages])
    return logits, own[np.argsort(-logits[own], kind="stable")]


def scored(index: PassageIndex, asked: list[Question]) -> list[tuple[float, bool, bool, bool]]:
    """Return for each question how sure the first passage is, whether it answers, one of three does, and any could."""
    told = []
    for one in asked:
        logits, rows = ordered(index, one)
        sure = index.sureness(one.asked, logits, rows)
        right = one.answers[rows]
        told.append((sure, bool(right[0]), bool(right[:3].any()), one.kind != "none"))
    return told


def threshold(told: list[tuple[float, bool, bool, bool]]) -> float:
    """Return the lowest sureness above which so many answers are right."""
    best, right = 1.0, 0
    for n, (sure, is_right, _, _) in enumerate(sorted(told, reverse=True), 1):
        right += is_right
        best = sure if right >= PRECISION * n else best
    return round(best, 2)


def figures(told: list[tuple[float, bool, bool, bool]], least: float) -> dict[str, float]:
    """Return how well questions are answered at a threshold."""
    known = [one for one in told if one[3]]
    answered = [one for one in told if one[0] >= least]
    found = {
        "questions": len(told),
        "first": np.mean([one[1] for one in known]),
        "among_three": np.mean([one[2] for one in known]),
        "answered": np.mean([one[0] >= least for one in known]),
        "precision": np.mean([one[1] for one in answered]),
        "unanswerable_answered": np.mean([one[0] >= least for one in told if not one[3]]),
    }
    return {name: round(float(value), 3) for name, value in found.items()}


def main() -> None:
    """Print weights, thresholds and figures as JSON."""
    passages = [one for told in sample_documents() for one in passages_of(told)]
    model = e5()
    texts = sorted({text for one in passages for text in embedded(one)})
    vectors: dict[str, Any] = {}
    if model is not None:
        for one in passages:
            title, whole = embedded(one)
            vectors[title] = model.embed([title], kind="query")[0]
            vectors[whole] = model.embed([whole], kind="passage")[0]
    told: dict[str, Any] = {"texts": len(texts)}
    for is_near in (False, True)[: 2 if vectors else 1]:
        index = PassageIndex(passages, Tokenizer(), vectors if is_near else None)
        embed = (
            (lambda text: model.embed([text], kind="query")[0]) if is_near else (lambda text: None)
        )
        halves = [list(questions(index, half, embed)) for half in (0, 1)]
        learn(index, halves[0], is_near=is_near)
        least = threshold(scored(index, halves[0]))
        told["vectors" if is_near else "words"] = {
            "answers_from": least,
            "used": ANSWERS,
            "choosing": figures(scored(index, halves[0]), ANSWERS),
            "scoring": figures(scored(index, halves[1]), ANSWERS),
        }
    told["weights"] = {f"{kind} {near}": w for (kind, near), w in passage_index.WEIGHTS.items()}
    told["sureness"] = {str(near): w for near, w in passage_index.SURENESS.items()}
    print(json.dumps(told, indent=1))


if __name__ == "__main__":
    main()
