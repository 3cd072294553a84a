"""Learn what the likeness of moments counts for on sample shops, and score reply suggestions on conversations of others.

python -m benchmarks.suggestions [--learn]
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import polars as pl
from benchmarks.setting import report
from numpy.typing import NDArray

from zhiyin.assistant.learning import past_replies
from zhiyin.assistant.learning.learned_intents import learned_reader
from zhiyin.assistant.learning.moments import Line, Moment, Talked, moments_of
from zhiyin.assistant.learning.past_replies import PastReplies
from zhiyin.assistant.learning.templates import is_of
from zhiyin.ingest.sample import shop as sample
from zhiyin.ingest.sample import vocabulary_chats as words
from zhiyin.language.scripts import guess_language

LEARNED_ON = (101, 102, 103)
SCORED_ON = (7, 1, 2, 3)
K = 3
_REG = 1e-3


class Case(NamedTuple):
    """A held-out moment: what was replied, the conversation's intent and language, and the best that chance allows."""

    moment: Moment
    reply: str
    intent: str
    language: str
    kind: str
    ceiling: float


class Split(NamedTuple):
    """Conversations of a sample shop: half to learn from, a quarter to choose on, a quarter to score."""

    learn: list[Talked]
    choose: list[Talked]
    score: list[Talked]
    intents: dict[str, str]


def split_of(seed: int) -> Split:
    """Return the conversations of a sample shop, split by conversation."""
    made = sample.make(seed)
    talks = talked(made.frames["chats"])
    order = np.random.default_rng(seed).permutation(len(talks))
    at = len(talks) // 2, len(talks) * 3 // 4
    parts = [[talks[row] for row in rows] for rows in np.split(order, at)]
    intents = {f"c{k:04d}": str(name) for k, name in enumerate(made.truth.chat_intent)}
    return Split(*parts, intents)


def talked(chats: pl.DataFrame) -> list[Talked]:
    """Return conversations from their table."""
    found = []
    for (name,), rows in chats.group_by(["conversation"], maintain_order=True):
        lines = [Line(role, text) for role, text in rows.select("role", "text").iter_rows()]
        found.append(Talked(str(name), rows["user"][0], lines))
    return found


def cases_of(talks: Sequence[Talked], intents: dict[str, str]) -> Iterator[Case]:
    """Yield the moments of conversations at which somebody replied."""
    for talk in talks:
        intent = intents[talk.id]
        language = guess_language(talk.lines[0].text)
        for moment, line in moments_of(talk):
            kind, ceiling = best_possible(moment, line.text, intent, language == "en")
            yield Case(moment, line.text, intent, language, kind, ceiling)


def best_possible(moment: Moment, reply: str, intent: str, is_english: bool) -> tuple[str, float]:
    """Return what a reply does, and how often the three likeliest are right where all but the draw itself is known."""
    answers = len((words.ZH, words.EN)[is_english][intent].answers)
    holding, goodbyes = words.HOLDING[is_english], words.GOODBYES[is_english]
    if reply in goodbyes:
        return "goodbye", min(1, K / len(goodbyes))
    kind = "holding" if reply in holding else "answer"
    if not moment.replies:
        each = [0.55 / answers] * answers + [0.45 / len(holding)] * len(holding)
        return kind, sum(sorted(each)[-K:])
    given = sum(one not in holding for one in moment.replies)
    return kind, min(1, K / (answers - given))


def learned(splits: Sequence[Split]) -> tuple[float, ...]:
    """Return the weights under which what was replied in the choosing quarters is likeliest."""
    from scipy.optimize import minimize

    asked = []
    for split in splits:
        past = PastReplies.fit(split.learn, learned_reader(split.learn).chances)
        assert past is not None
        for case in cases_of(split.choose, split.intents):
            right = [at for at, one in enumerate(past.templates) if is_of(one.text, case.reply)]
            if right:
                asked.append((past.signs(case.moment).astype(np.float64), right[0]))

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total, slope = 0.0, np.zeros_like(weights)
        for signs, right in asked:
            scores = signs @ weights
            chances = np.exp(scores - scores.max())
            chances /= chances.sum()
            total -= float(np.log(chances[right]))
            slope += chances @ signs - signs[right]
        reg = _REG * len(asked)
        return total + reg * float(weights @ weights) / 2, slope + reg * weights

    found = minimize(loss, np.array(past_replies.WEIGHTS), jac=True, method="L-BFGS-B")
    return tuple(np.round(found.x, 2).tolist())


Suggest = Callable[[Case], Sequence[str]]


def ways(split: Split, rng: np.random.Generator) -> dict[str, Suggest]:
    """Return the ways of suggesting replies: ours, ours learned from moments in disorder, and what is often said."""
    known = [*split.learn, *split.choose]
    intents = learned_reader(known).chances
    past = PastReplies.fit(known, intents)
    assert past is not None
    shuffled = PastReplies.fit(in_disorder(known, rng), intents)
    assert shuffled is not None
    often: dict[Any, Counter[str]] = defaultdict(Counter)
    meant = []
    for case, given in zip(cases_of(known, split.intents), past.given, strict=True):
        often[case.language][past.templates[given].text] += 1
        often[case.language, case.intent][past.templates[given].text] += 1
        meant.append(case.intent)

    def read(case: Case) -> str:
        return meant[int(past.topic.of([case.moment.topic])[0].argmax())]

    kept = [one.text for one in past.templates if one.n_people > 1]
    return {
        "was_said_before": lambda case: [one for one in kept if is_of(one, case.reply)],
        "suggestions": lambda case: [one.template.text for one in past.ranked(case.moment, K)],
        "learned_in_disorder": lambda case: [one.template.text for one in shuffled.ranked(case.moment, K)],
        "most_frequent": lambda case: top(often[case.language]),
        "most_frequent_of_nearest_intent": lambda case: top(often[case.language, read(case)]),
        "most_frequent_of_true_intent": lambda case: top(often[case.language, case.intent]),
    }  # fmt: skip


def in_disorder(talks: Sequence[Talked], rng: np.random.Generator) -> list[Talked]:
    """Return conversations in which every reply is another one's, of the same language or not."""
    replies = [line for talk in talks for line in talk.lines if line.role == "agent"]
    dealt = iter(rng.permutation(len(replies)).tolist())
    return [
        Talked(
            talk.id,
            talk.person,
            [replies[next(dealt)] if line.role == "agent" else line for line in talk.lines],
        )
        for talk in talks
    ]


def top(counts: Counter[str]) -> list[str]:
    """Return what was counted most."""
    return [text for text, _ in counts.most_common(K)]


def figures(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return the share of moments whose reply was among the first, and of which it could be known, by what is left out."""
    parts = {
        "all": rows,
        "zh": [row for row in rows if row["language"] == "zh"],
        "en": [row for row in rows if row["language"] == "en"],
        "first_replies": [row for row in rows if row["is_first"]],
        **{
            kind: [row for row in rows if row["kind"] == kind and not row["is_first"]]
            for kind in ("answer", "goodbye")
        },
    }
    names = [name for name in rows[0] if name not in ("language", "is_first", "kind")]
    told = {
        part: {name: round(float(np.mean([row[name] for row in some])), 3) for name in names}
        for part, some in parts.items()
    }
    return {part: {"moments": len(parts[part]), **one} for part, one in told.items()}


def score(split: Split, seed: int) -> list[dict[str, Any]]:
    """Return for each held-out moment what could be known, and whether each way had the reply among the first."""
    ours = ways(split, np.random.default_rng(seed))
    knows = ours.pop("was_said_before")
    rows = []
    for case in cases_of(split.score, split.intents):
        row: dict[str, Any] = {
            "language": case.language,
            "is_first": not case.moment.replies,
            "kind": case.kind,
        }
        row["best_possible"], row["was_said_before"] = case.ceiling, bool(knows(case))
        for name, suggest in ours.items():
            row[name] = any(is_of(text, case.reply) for text in suggest(case))
        rows.append(row)
    return rows


def main() -> None:
    """Print the figures as JSON, and what was learned where that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--learn", action="store_true", help="learn the weights anew, and use them")
    if parser.parse_args().learn:
        past_replies.WEIGHTS = learned([split_of(seed) for seed in LEARNED_ON])
    rows = [row for seed in SCORED_ON for row in score(split_of(seed), seed)]
    report(
        "suggestions",
        weights=dict(zip(past_replies.NAMES, past_replies.WEIGHTS, strict=True)),
        seeds={"learned_on": LEARNED_ON, "scored_on": SCORED_ON},
        among_first=K,
        figures=figures(rows),
    )


if __name__ == "__main__":
    main()
