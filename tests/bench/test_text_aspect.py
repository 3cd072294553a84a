"""The tasks of aspects and triplets: files are read as they are, and figures stand beside baselines."""

import pytest

from zhiyin.bench.text import bench_text
from zhiyin.errors import InvalidRecord

GOOD, BAD = ("很好", "不错", "漂亮", "清晰"), ("很差", "难看", "模糊", "太贵")
SIDES = ("屏幕", "电池", "价格", "外观")


def records(n, start=0):
    lines = []
    for number in range(start, start + n):
        words, label = (GOOD, "Positive") if number % 2 else (BAD, "Negative")
        sentence = f"这 台 第 {number} 号 的 $T$ {words[number % 4]} ， 下 次 再 来"
        lines += [sentence, SIDES[number // 2 % 4], label]
    return "\n".join(lines) + "\n"


def triplets(n, start=0):
    lines = []
    for number in range(start, start + n):
        words, label = (GOOD, "POS") if number % 2 else (BAD, "NEG")
        tokens = [*SIDES[number // 2 % 4], *words[number % 4], "。"]
        end = len(tokens) - 2
        lines.append(f"{' '.join(tokens)}####[((0, 1), (2, {end}), '{label}')]")
    return "\n".join(lines) + "\n"


@pytest.fixture
def files(tmp_path):
    def write(make):
        paths = tmp_path / "train.txt", tmp_path / "test.txt"
        paths[0].write_text(make(120), "utf-8")
        paths[1].write_text(make(40, 200), "utf-8")
        return paths

    return write


def test_what_is_thought_of_an_aspect_is_learned(files):
    answer = bench_text("aspect", *files(records))
    assert answer["accuracy"] > 0.9
    assert {"macro_f1", "per_s", "baselines", "control"} <= set(answer)
    assert answer["tier"] == 0
    assert answer["baselines"]["majority"]["accuracy"] == 0.5


def test_triplets_are_found_with_their_places(files):
    answer = bench_text("triplet", *files(triplets))
    assert answer["f1"] > 0.5
    assert {"precision", "recall", "per_s", "tier", "baselines"} <= set(answer)


@pytest.mark.parametrize("task", ["aspect", "triplet"])
def test_a_file_of_something_else_is_refused_with_its_name(task, tmp_path):
    path = tmp_path / "odd.txt"
    path.write_text("only one line\n", "utf-8")
    with pytest.raises(InvalidRecord, match=r"odd\.txt"):
        bench_text(task, path, path)
