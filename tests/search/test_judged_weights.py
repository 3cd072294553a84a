"""Judgments teach weights where these are surely better, and shuffled judgments teach none."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from zhiyin.core import Item
from zhiyin.errors import InvalidRecord
from zhiyin.search.base_index import BaseIndex
from zhiyin.search.learning.judged_weights import FEWEST, Judgments, learn_from_judgments
from zhiyin.search.learning.rematching import Rematching
from zhiyin.search.learning.search_training import train_search
from zhiyin.search.relevance import Relevance
from zhiyin.store.frames import frame
from zhiyin.store.store import Store

MAKERS = ("Acme", "Bolt", "Corda", "Dune", "Elm", "Fjord", "Gale", "Hull")
GOODS = ("lamp", "table", "chair", "faucet", "drill", "hammer", "carpet", "mirror")


@pytest.fixture(scope="module")
def store(tmp_path_factory) -> Store:
    with Store.open(tmp_path_factory.mktemp("judged") / "shop.db") as store:
        titles = [f"{maker} {goods}" for maker in MAKERS for goods in GOODS]
        store.write("items", frame([Item(f"i{n}", title=title) for n, title in enumerate(titles)]))
        yield store


def table(path: Path, rng: np.random.Generator | None = None) -> Path:
    """In this shop the maker matters more than the goods, unless grades are shuffled."""
    rows = []
    for maker in range(len(MAKERS)):
        for goods in range(len(GOODS)):
            same = [maker * len(GOODS) + other for other in range(len(GOODS)) if other != goods]
            alike = [other * len(GOODS) + goods for other in range(len(MAKERS)) if other != maker]
            grades = np.array([3.0] + [2.0] * 3 + [1.0] * 3)
            if rng is not None:
                rng.shuffle(grades)
            shown = [maker * len(GOODS) + goods, *same[:3], *alike[:3]]
            rows += [f"{MAKERS[maker]} {GOODS[goods]}\ti{item}\t{grade}" for item, grade in zip(shown, grades, strict=True)]  # fmt: skip
    path.write_text("query\tproduct\trelevance\n" + "\n".join([*rows, "lamp\tgone\t2"]) + "\n")
    return path


def test_matches_are_those_of_a_search(store):
    from zhiyin.search.live_index import LiveIndex

    base = BaseIndex.of(store)
    index = LiveIndex(store, kept=base.arrays())
    found = index.find(index.understand("Bolt chair"))
    assert np.allclose(Rematching(base).matches("Bolt chair", found.numbers), found.matches)
    index.close()


def test_judgments_teach_what_matters_in_a_shop(store, tmp_path):
    judged = Judgments.read(table(tmp_path / "judged.tsv"), store)
    assert (len(judged.queries), judged.unknown) == (64, 1)
    order, told = learn_from_judgments(judged, Rematching(BaseIndex.of(store)), Relevance.default())
    assert order is not None
    assert told["gain"][1] > 0
    assert told["ndcg@10"]["learned"] > told["ndcg@10"]["before"]
    assert order.weights["maker"] > order.weights["last"]


def test_shuffled_judgments_are_refused_but_for_chance(store, tmp_path):
    matching, kept = Rematching(BaseIndex.of(store)), 0
    for seed in range(10):
        judged = Judgments.read(table(tmp_path / "judged.tsv", np.random.default_rng(seed)), store)
        kept += learn_from_judgments(judged, matching, Relevance.default())[0] is not None
    assert kept <= 1


def test_few_queries_teach_nothing(store, tmp_path):
    file = tmp_path / "few.tsv"
    file.write_text("query\tproduct\trelevance\nlamp\ti0\t1\nlamp\ti1\t0\n")
    arrays, told = train_search(store, judgments=file)
    assert "order" not in arrays
    assert told["judgments"]["why"] == f"fewer than {FEWEST} judged queries"
    assert told["order"] == "weights for all shops"


def test_a_file_without_its_columns_is_refused(store, tmp_path):
    file = tmp_path / "bad.tsv"
    file.write_text("query\titem\nlamp\ti0\n")
    with pytest.raises(InvalidRecord, match="relevance"):
        Judgments.read(file, store)
