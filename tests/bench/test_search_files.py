"""Judged queries on files, by numbers that can be checked by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from zhiyin.bench.search_files import Judged, read_judged
from zhiyin.errors import InvalidRecord


def judged(folder: Path) -> Judged:
    (folder / "p.tsv").write_text("product\ttitle\na\tred lamp\nb\tblue lamp\nc\toak shelf\n")
    (folder / "j.tsv").write_text(
        "query\tproduct\trelevance\nlamp\ta\t3\nlamp\tb\t2\nlamp\tc\t1\nshelf\tc\t3\nshelf\tgone\t3\n"
    )
    return read_judged(folder / "p.tsv", folder / "j.tsv")


def test_grades_become_gains_and_unknown_products_are_counted(tmp_path: Path) -> None:
    read = judged(tmp_path)
    assert read.gains.tolist() == [1.0, 0.5, 0.0, 1.0]
    assert read.left_out == 1


def test_ndcg_by_hand(tmp_path: Path) -> None:
    found = judged(tmp_path).ndcg(np.array([0.0, 1.0, 0.5, 0.0]), 10)
    best = 1 + 0.5 / np.log2(3)
    assert found == pytest.approx([(0.5 + 1 / np.log2(4)) / best, 1.0])


def test_recall_by_hand(tmp_path: Path) -> None:
    pools = [np.array([1, 2]), np.array([2])]
    assert judged(tmp_path).recall(pools, 5 / 6).tolist() == [[0, 1], [1, 1]]


def test_a_table_without_its_columns_is_refused(tmp_path: Path) -> None:
    (tmp_path / "p.tsv").write_text("id\tname\n1\tx\n")
    with pytest.raises(InvalidRecord):
        read_judged(tmp_path / "p.tsv", tmp_path / "p.tsv")
