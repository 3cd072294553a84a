"""The search judged on files: what people judged well comes first, and shuffled judgments teach less."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from zhiyin.bench.search import bench_search

GOODS = ("lamp", "table", "chair", "faucet", "drill", "hammer", "carpet", "mirror")
LOOKS = ("oak", "steel", "white", "brass", "round", "folding")


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    titles = [
        f"Acme {look} {goods} with {other}"
        for goods, look, other in product(GOODS, LOOKS, ("handle", "stand"))
    ]
    products = tmp_path / "products.tsv"
    products.write_text(
        "product\ttitle\n" + "".join(f"{n}\t{title}\n" for n, title in enumerate(titles))
    )
    rows = []
    for goods, look in product(GOODS, LOOKS):
        for number, title in enumerate(titles):
            _, its_look, its_goods, *_ = title.split()
            if its_goods == goods or (its_look == look and number % 3 == 0):
                grade = (
                    3.0
                    if (its_goods, its_look) == (goods, look)
                    else 2.0
                    if its_goods == goods
                    else 1.0
                )
                rows.append(f"{look} {goods}\t{number}\t{grade}\n")
    judgments = tmp_path / "judgments.tsv"
    judgments.write_text("query\tproduct\trelevance\n" + "".join(rows))
    return products, judgments


def test_what_was_judged_well_comes_first_beside_bm25_random_and_the_control(
    files: tuple[Path, Path],
) -> None:
    found = bench_search(*files)
    assert found["data"]["queries"] == len(GOODS) * len(LOOKS)
    assert found["gap_share"] > 0.9
    assert found["recall@100"] == 1.0
    assert set(found["baselines"]) == {"bm25", "random"}
    assert found["baselines"]["random"]["ndcg@10"] < found["baselines"]["bm25"]["ndcg@10"] <= 1
    assert found["others"]["control_shuffled_judgments"]["gap_share"] < found["gap_share"]
    assert found["others"]["control_shuffled_vectors"]["gap_share"] <= found["gap_share"]
    assert found["p50_ms"] > 0


def test_words_alone_need_no_embedder(files: tuple[Path, Path]) -> None:
    found = bench_search(*files, embedder="none")
    assert found["embedder"] == "none"
    assert found["gap_share"] > 0.9
    assert set(found["others"]) == {"weights_of_other_shops", "control_shuffled_judgments"}
