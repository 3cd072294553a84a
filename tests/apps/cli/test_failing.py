"""How verbs fail: one line on stderr, nothing on stdout, and an exit code that says what kind."""

from __future__ import annotations

import errno
import json
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.apps.cli.conftest import Zhiyin

ZHIYIN = [sys.executable, "-c", "from zhiyin.apps.cli.main import run; run()"]


@pytest.mark.parametrize(
    "words",
    [
        ["nothing"],
        ["recommend", "u0", "-n", "0"],
        ["recommend", "u0", "-n", "1001"],
        ["recommend", "u0", "--language", "fr"],
        ["recommend", "u0", "--nothing"],
        ["recommend", "u0", "--context", "weather"],
        ["recommend", "u0", "--context", "temperature_c=warm"],
        ["import"],
        ["import", "table", "x.csv"],
        ["import", "table", "--kind", "events"],
        ["import", "table", "x.csv", "--kind", "invoices"],
        ["import", "table", "x.csv", "--kind", "events", "--map", "user"],
        ["import", "sample", "--kind", "events"],
        ["import", "hetrec-lastfm"],
        ["import", "tabel", "x.csv"],
        ["parts", "sauces"],
        ["serve", "--port", "65536"],
        ["demo", "--seed", "-1"],
    ],
)
def test_wrong_usage_is_two(zhiyin: Zhiyin, words: list[str]) -> None:
    result = zhiyin(*words)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr


def test_an_unknown_part_gets_a_guess(zhiyin: Zhiyin) -> None:
    assert 'did you mean "table"?' in zhiyin("import", "tabel", "x.csv").stderr
    assert 'did you mean "sources"?' in zhiyin("parts", "sauces").stderr


@pytest.mark.parametrize("form", [[], ["--json"]])
@pytest.mark.parametrize(
    ("verb", "message"),
    [
        (["train"], "there are no events to learn from"),
        (["recommend", "u0"], "nothing was trained yet"),
        (["import", "table", "missing.csv", "--kind", "events"], "there is no such file"),
    ],
)
def test_a_failure_is_one_line_on_stderr(
    zhiyin: Zhiyin, tmp_path: Path, verb: list[str], message: str, form: list[str]
) -> None:
    zhiyin("--home", tmp_path / "h", "init")
    result = zhiyin("--home", tmp_path / "h", *verb, *form)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith("zhiyin: ")
    assert message in result.stderr
    assert result.stderr.count("\n") == 1
    assert "Next: " in result.stderr


def test_wrong_settings_are_said_with_the_nearest_key(zhiyin: Zhiyin, home: Path) -> None:
    (home / "zhiyin.toml").write_text("[api]\nprot = 80\n")
    result = zhiyin("--home", home, "recommend", "u0", "--json")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert 'zhiyin: api.prot: no setting is called "prot". Expected one of' in result.stderr
    assert 'did you mean "port"?' in result.stderr


def test_a_key_in_a_file_is_refused_and_not_repeated(zhiyin: Zhiyin, home: Path) -> None:
    (home / "zhiyin.toml").write_text('[api]\nkey = "hunter2"\n')
    result = zhiyin("--home", home, "doctor")
    assert result.exit_code == 1
    assert "ZHIYIN_API__KEY" in result.stdout
    assert "hunter2" not in result.output


@pytest.mark.parametrize("verb", ["init", "train", "doctor"])
def test_what_the_system_refuses_is_said_without_a_traceback(
    zhiyin: Zhiyin, tmp_path: Path, verb: str
) -> None:
    file = tmp_path / "file"
    file.write_text("")
    result = zhiyin("--home", file / "home", verb)
    assert result.exit_code == 1
    assert "Traceback" not in result.output
    assert str(file) in "".join(line.strip() for line in result.output.splitlines())


def test_serve_makes_no_shop_of_a_mistyped_folder(zhiyin: Zhiyin, tmp_path: Path) -> None:
    result = zhiyin("--home", tmp_path / "nosuch", "serve", "--port", "0")
    assert result.exit_code == 1
    assert "no shop is in this folder" in result.stderr
    assert not (tmp_path / "nosuch").exists()


def test_serve_refuses_the_world_without_a_key(zhiyin: Zhiyin, home: Path) -> None:
    result = zhiyin("--home", home, "serve", "--host", "0.0.0.0", "--port", "0")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "zhiyin: api.host: listening on 0.0.0.0 without a key" in result.stderr
    assert "ZHIYIN_API__KEY" in result.stderr


def test_serve_refuses_a_blank_key(
    zhiyin: Zhiyin, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHIYIN_API__KEY", " ")
    result = zhiyin("--home", home, "serve", "--host", "0.0.0.0", "--port", "0")
    assert result.exit_code == 1
    assert "the API key is blank" in result.stderr


@pytest.fixture
def taken() -> Iterator[int]:
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_serve_names_a_taken_port(zhiyin: Zhiyin, home: Path, taken: int) -> None:
    result = zhiyin("--home", home, "serve", "--port", taken)
    assert result.exit_code == 1
    assert f"cannot listen on 127.0.0.1 port {taken}: Address already in use" in result.stderr
    assert "--port 0" in result.stderr


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_a_pipe_that_closes_leaves_no_traceback(
    form: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTHONUNBUFFERED", raising=False)  # which would hide a late flush
    command = [*ZHIYIN, "parts", "sources", *form]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(20) == 1


def test_ctrl_c_is_130_without_a_traceback(home: Path) -> None:
    command = [*ZHIYIN, "--home", str(home), "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith(b"Zhiyin serves at http://127.0.0.1:")
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=20)
    assert process.returncode == 130
    assert said == b""


def test_a_log_is_lines_on_stderr_that_no_text_can_forge(home: Path) -> None:
    code = (
        "import logging\n"
        "from zhiyin.apps.cli.logs import log_to_stderr\n"
        "log_to_stderr(); log_to_stderr()\n"
        "logging.getLogger('zhiyin.x').warning('%s', 'a\\n2026 ERROR b\\x1b[31m 茶')\n"
        "logging.getLogger('zhiyin.x').info('quiet')\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == ""
    [line] = ran.stderr.splitlines()
    assert line[10] == "T"
    assert line.endswith(r"Z WARNING zhiyin.x: a\n2026 ERROR b\x1b[31m 茶")


def test_stdout_stays_one_document_while_stages_complain(home: Path) -> None:
    code = (
        "from zhiyin.retrieval.fresh import Fresh\n"
        "Fresh.retrieve = lambda *_: 1 / 0\n"
        "from zhiyin.apps.cli.main import run\n"
        "run()\n"
    )
    command = [sys.executable, "-c", code, "--home", str(home), "recommend", "u0", "--json"]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    assert ran.stdout.count("\n") == 1
    assert json.loads(ran.stdout)["degraded"] is True
    [line] = ran.stderr.splitlines()
    assert "Z WARNING zhiyin.core." in line
    assert "sources/fresh is failed: ZeroDivisionError" in line


def test_an_error_of_the_disk_keeps_its_words() -> None:
    from zhiyin.installation.finding import refused

    said = str(refused(OSError(errno.ENOSPC, "No space left on device", "/x/y")))
    assert said.startswith("/x/y: No space left on device. Expected")


@pytest.mark.parametrize("verb", [["train"], ["recommend", "u0"], ["rollback"], ["doctor"]])
def test_a_mistyped_home_is_named_and_not_made(
    zhiyin: Zhiyin, tmp_path: Path, verb: list[str]
) -> None:
    result = zhiyin("--home", tmp_path / "typo", *verb)
    assert result.exit_code == 1
    assert "no shop is in this folder" in result.stderr + result.stdout.replace("\n", " ")
    assert not (tmp_path / "typo").exists()
