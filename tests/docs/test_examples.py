"""The Python that the docs show runs."""

import re
from pathlib import Path

import numpy as np

from zhiyin.core import NO_TIME
from zhiyin.core.interactions import Interactions
from zhiyin.evaluation.task import TrainingData

DOCS = Path(__file__).resolve().parents[2] / "docs"


def run(page, **known):
    """Run the one example of a page and return the names it leaves."""
    [code] = re.findall(r"```python\n(.*?)```", (DOCS / page).read_text("utf-8"), re.DOTALL)
    exec(compile(code, page, "exec"), known)
    return known


def test_a_learner_of_ones_own_stands_beside_the_baselines():
    rng = np.random.default_rng(0)
    person = np.repeat(np.arange(60), 10)
    item = rng.integers(0, 15, person.size) * 2 + person % 2
    ones = np.ones(person.size, np.float32)
    data = TrainingData(Interactions(person, item, ones, np.full(person.size, NO_TIME)), 60, 30)
    judged = run("evaluation.md", task=data.held_out())["judged"]
    popular, _, mine = (one.figures["ndcg@20"].mean() for one in judged)
    assert mine > popular


def test_the_feedback_loop_gives_back_what_can_be_learned_from():
    left = run("feedback-loop.md")
    assert left["loop"].impressions().height == left["loop"].answers().item.size
    assert left["path"].gini[-1] > left["path"].gini[0]
