"""Whether beginnings of past conversations make the reading of intents better, on conversations of sample shops.

python -m benchmarks.learned_intents
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import numpy as np
from benchmarks.setting import report
from benchmarks.suggestions import SCORED_ON, Split, split_of
from numpy.typing import NDArray

from zhiyin.assistant.intents.examples import built_in
from zhiyin.assistant.intents.reading import IntentReader
from zhiyin.assistant.learning.learned_intents import learned_examples
from zhiyin.assistant.learning.moments import Talked

MEANT: Mapping[str, tuple[str, ...]] = {
    "refund": ("refund", "return"),
    "logistics": ("order_status", "delivery"),
    "size_advice": ("sizing",),
    "recommendation": ("advice",),
    "usage": ("usage", "product_question"),
    "order_change": ("order_change", "order_cancel"),
}
"""Intent of the sample's conversations → those of ours that say the same; others have one of the same name."""


def opening(talk: Talked) -> str:
    """Return what was said first."""
    return talk.lines[0].text


def right(reader: IntentReader, split: Split) -> NDArray[np.bool_]:
    """Return for each held-out opening whether the first guess is what was meant."""
    return np.array([
        reader.ranked(opening(talk), 1)[0].name in meant(split.intents[talk.id])
        for talk in split.score
    ])  # fmt: skip


def meant(intent: str) -> tuple[str, ...]:
    """Return our intents that say the same as one of the sample's."""
    return MEANT.get(intent, (intent,))


def main() -> None:
    """Print the figures as JSON."""
    base = IntentReader()
    told: dict[str, list[NDArray[np.bool_]]] = defaultdict(list)
    labels: dict[str, list[bool]] = defaultdict(list)
    for seed in SCORED_ON:
        split = split_of(seed)
        known = [*split.learn, *split.choose]
        truth = {opening(talk): split.intents[talk.id] for talk in known}
        told["built_in"].append(right(base, split))
        told["heard_word_for_word"].append(np.array([opening(one) in truth for one in split.score]))
        bare = [Talked(talk.id, talk.person, talk.lines[:1]) for talk in known]
        for name, talks in (("surely_read", bare), ("by_replies", known)):
            examples = {intent: list(said) for intent, said in built_in().items()}
            for text, intent in learned_examples(talks, base):
                examples[intent].append(text)
                labels[name].append(intent in meant(truth[text]))
            told[name].append(right(IntentReader(examples), split))
    scores = {name: np.concatenate(parts) for name, parts in told.items()}
    new = ~scores["heard_word_for_word"]
    gain = scores["by_replies"].astype(float) - scores["built_in"]
    rows = np.random.default_rng(0).integers(0, len(gain), (2000, len(gain)))
    report(
        "learned_intents",
        openings=len(gain),
        first_guess_right={name: float(one.mean()) for name, one in scores.items()},
        of_those_not_heard={name: float(one[new].mean()) for name, one in scores.items()},
        examples_right={name: [len(one), float(np.mean(one))] for name, one in labels.items()},
        gain_by_replies=[float(gain.mean()), *np.quantile(gain[rows].mean(axis=1), (0.025, 0.975))],
    )


if __name__ == "__main__":
    main()
