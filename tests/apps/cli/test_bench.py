"""``zhiyin bench``: options reach the task, and its answer reaches people and programs."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from tests.apps.cli.conftest import Zhiyin
from tests.apps.cli.test_help import GOLDEN
from tests.apps.report.answers import HOSTILE, answer, model
from zhiyin.apps.cli.output import progress_bar
from zhiyin.core.progress import untold

Asked = dict[str, Any]
Tasks = Callable[[str, Any], Asked]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Sixty people of whom half like even items; each hides one item that fits."""
    folder = tmp_path_factory.mktemp("files")
    rng = np.random.default_rng(0)
    rows: dict[str, list[tuple[str, str]]] = {"train": [], "test": [], "ties": []}
    for person in range(60):
        liked = rng.permutation(np.arange(person % 2, 30, 2))[:9]
        for place, item in enumerate(liked):
            rows["train" if place else "test"].append((f"u{person}", f"i{item}"))
        rows["ties"].append((f"u{person}", f"u{(person + 2) % 60}"))
    paths = {}
    for name, pairs in rows.items():
        paths[name] = folder / f"{name}.tsv"
        head = "user\tother\n" if name == "ties" else "user\titem\n"
        paths[name].write_text(head + "".join(f"{one}\t{two}\n" for one, two in pairs))
    return paths


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Tasks:
    """Let a task of a name answer with something, and return what it was asked."""

    def replace(task: str, answered: Any) -> Asked:
        asked: Asked = {}

        def bench(
            *paths: Any, progress: Callable[[float, int], None] = untold, **options: Any
        ) -> Any:
            progress(1.0, 3)
            asked.update(options, paths=paths)
            return answered

        module = ModuleType(f"zhiyin.bench.{task}")
        setattr(module, f"bench_{task}", bench)
        monkeypatch.setitem(sys.modules, module.__name__, module)
        return asked

    return replace


def document(stdout: str) -> Any:
    """Return the one JSON document that is all of stdout."""
    assert stdout.endswith("\n")
    assert stdout.count("\n") == 1
    return json.loads(stdout)


@pytest.mark.parametrize(
    "words",
    ["bench", "bench search-sample", "bench cf", "bench sequence", "bench ratings", "evaluate"],
)
def test_help_is_as_agreed(zhiyin: Zhiyin, words: str) -> None:
    result = zhiyin(*words.split(), "--help")
    assert (result.exit_code, result.stderr) == (0, "")
    golden = GOLDEN / f"help-{words.replace(' ', '-')}.txt"
    if os.environ.get("GOLDEN") == "write":
        golden.write_text(result.stdout, encoding="utf-8")
    assert result.stdout == golden.read_text(encoding="utf-8")


def test_cf_judges_files_and_finds_what_is_there_to_find(
    zhiyin: Zhiyin, files: dict[str, Path], tmp_path: Path
) -> None:
    journal = tmp_path / "journal.jsonl"
    words = ["bench", "cf", "--train", files["train"], "--test", files["test"], "-k", 5]
    words += ["--history", "0, 3", "--trials", 2, "--seed", 7, "--journal", journal, "--json"]
    result = zhiyin(*words)
    assert (result.exit_code, result.stderr) == (0, "")
    found = document(result.stdout)
    assert (found["protocol"]["trials"], found["protocol"]["seed"]) == (2, 7)
    models = found["models"]
    assert models["item-knn"]["ndcg@5"] > models["popularity"]["ndcg@5"]
    assert set(models["item-knn"]["history"]) == {"0", "3"}
    assert journal.is_file()


def test_cf_with_ties_shows_the_gain_and_its_control(
    zhiyin: Zhiyin, files: dict[str, Path]
) -> None:
    words = ["bench", "cf", "--train", files["train"], "--test", files["test"]]
    result = zhiyin(*words, "--ties", files["ties"], "--models", "friends", "--trials", 1, "-k", 5)
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    [place] = [number for number, line in enumerate(lines) if line.startswith(" friends ")][:1]
    assert lines[place + 1].startswith("   shuffled ties (control)")
    assert any(line.startswith("friends over popularity: ") for line in lines)
    assert any(line.startswith("Left out: popularity of the last days") for line in lines)


@pytest.mark.parametrize("said", ["1,x", "-1", "1,,2", "1.5", "²"])
def test_a_bad_list_is_said_in_four_parts(
    zhiyin: Zhiyin, files: dict[str, Path], said: str
) -> None:
    words = ["bench", "cf", "--train", files["train"], "--test", files["test"]]
    result = zhiyin(*words, f"--history={said}", "--json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("zhiyin: --history: ")
    assert " Expected whole numbers from 0" in result.stderr
    assert " Next: write it as --history 0,1,3,8." in result.stderr


def test_an_unknown_model_is_said(zhiyin: Zhiyin, files: dict[str, Path]) -> None:
    words = ["bench", "cf", "--train", files["train"], "--test", files["test"]]
    result = zhiyin(*words, "--models", "poplarity", "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert 'did you mean "popularity"?' in result.stderr


@pytest.mark.parametrize(
    "words", [[], ["--train", "a.tsv"], ["--train", "a", "--test", "b", "--trials", 0]]
)
def test_wrong_usage_is_exit_code_two(zhiyin: Zhiyin, words: list[str]) -> None:
    result = zhiyin("bench", "cf", *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert zhiyin("bench", "nothing").exit_code == 2


def test_sequence_passes_its_options_on(zhiyin: Zhiyin, told: Tasks) -> None:
    asked = told("sequence", answer())
    words = ["--sequences", "s.txt", "--attributes", "a.json", "--k", 4, "--models", "markov, x"]
    result = zhiyin("bench", "sequence", *words, "--seed", 3, "--json")
    assert document(result.stdout) == answer()
    assert asked == {
        "paths": (Path("s.txt"),),
        "attributes": Path("a.json"),
        "k": 4,
        "models": ["markov", "x"],
        "trials": 10,
        "seed": 3,
        "journal": None,
    }


def test_ratings_shows_errors_without_columns_of_lists(zhiyin: Zhiyin, told: Tasks) -> None:
    row = {"rmse": 0.912345, "mae": 1.5, "ci": {"rmse": [0.9, 0.92], "mae": [1.4, 1.6]}}
    beside = {"reference": "mean", "rmse": [-0.05, -0.06, -0.04], "p_holm": 0.01}
    models = {"mean": row, "biases": {**row, "fit_s": 0.5, "against": beside}}
    asked = told("ratings", {"models": models, "data": {"highest": 5.0, "test": 1234}})
    shown = zhiyin("bench", "ratings", "--train", "a.tsv", "--test", "b.tsv", "--trials", 2).stdout
    assert asked["paths"] == (Path("a.tsv"), Path("b.tsv"))
    assert asked["trials"] == 2
    head, _, first, second = [line.split() for line in shown.splitlines()[1:5]]
    assert head == ["model", "mae", "rmse", "[95", "%]", "difference", "fit", "s"]
    assert first == ["mean", "1.5000", ".9123", "[.9000,", ".9200]", "reference", "—"]
    assert second == ["biases", "1.5000", ".9123", "[.9000,", ".9200]", "−.0500", "*", "0.50"]
    assert "Data: highest: 5.0 · 1,234 pairs to be found" in shown


def test_people_read_gains_groups_and_what_was_left_out(
    zhiyin: Zhiyin, told: Tasks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    told("cf", answer())
    shown = zhiyin("bench", "cf", "--train", "a", "--test", "b").stdout
    assert (
        "friends over popularity: +.0123 [.0080, .0160], real (p = 0.0034, Holm)\n"
        "  shuffled ties (control): +.0004 [−.0010, .0020]\n" in shown
    )
    assert "pipeline                      too few         .3323\n" in shown
    assert "difference: in ndcg@5, to item-knn; * = p < 0.05 (Holm)\n" in shown
    assert "cold people: 4 people, 5 pairs: too few people to tell\n" in shown
    assert "What was taken again, 25.0% of all: 50 people, 99 pairs\n" in shown
    assert "Protocol: ranking: all items · trials: 5 · seed: 0\n" in shown
    assert "Left out: popularity of the last days (no event has a time)\n" in shown


@pytest.mark.parametrize("columns", [60, 80, 100, 140])
def test_tables_fit_the_terminal_and_name_what_is_missing(
    zhiyin: Zhiyin, told: Tasks, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    found = answer()
    part = found["models"]["pipeline"]["slices"]["history 3-7"]
    for number in range(6):
        found["models"]["pipeline"]["slices"][f"another group {number}"] = part
    told("cf", found)
    lines = zhiyin("bench", "cf", "--train", "a", "--test", "b").stdout.splitlines()
    rows = [line for line in lines if line.startswith(" ")]
    assert max(map(len, rows)) <= columns
    missing = [line for line in lines if line.startswith("For want of room without ")]
    assert bool(missing) == (columns < 140)
    assert sum(line.count("another group") for line in lines) == 6


def test_a_bar_counts_trials_and_gives_a_rate_only_where_there_are_many(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "120")
    with progress_bar("Trying", is_shown=True, unit="trials") as tell:
        tell(0.5, 3)
        tell(0.9, 0)
    shown = capsys.readouterr().err
    assert "3 trials" in shown
    assert "/s" not in shown
    with progress_bar("Importing", is_shown=True) as tell:
        tell(1.0, 12_345)
    shown = capsys.readouterr().err
    assert "12,345 rows · " in shown
    assert "/s" in shown


def test_what_is_printed_is_no_command_to_the_terminal(zhiyin: Zhiyin, told: Tasks) -> None:
    told("cf", {"models": {f"{HOSTILE}\x1b[2J": model(0.2)}, "left_out": {"\x1b]0;x\x07": "y"}})
    shown = zhiyin("bench", "cf", "--train", "a", "--test", "b").stdout
    assert "\x1b" not in shown
    assert "\x07" not in shown


def test_search_sample_shows_both_halves_and_the_control(zhiyin: Zhiyin, told: Tasks) -> None:
    scores = {"queries": 100, "ndcg@10": 0.96, "bm25": 0.84, "share_of_gap": 0.75}
    half = {**scores, "slots": {"precision": 0.99, "recall": 0.9, "true": 250}}
    answered = {
        "seed": 7, "A": half, "B": half, "B by part": {"zh": scores},
        "control_shuffled_judgments": {**scores, "share_of_gap": -0.01},
    }  # fmt: skip
    told("search_sample", answered)
    assert document(zhiyin("bench", "search-sample", "--json").stdout) == answered
    shown = zhiyin("bench", "search-sample").stdout
    assert [shown.count(figure) for figure in (".7500", "−.0100")] == [3, 1]
    assert "precision 0.99, recall 0.90" in shown
