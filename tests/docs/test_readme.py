"""What the READMEs show is there and runs."""

import re
import shlex
from pathlib import Path

import pytest
from typer.main import get_command

from zhiyin import registry
from zhiyin.apps.cli.main import app

ROOT = Path(__file__).resolve().parents[2]
READMES = ["README.md", "README.zh-CN.md"]


def blocks(name, language):
    text = (ROOT / name).read_text("utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


@pytest.fixture(scope="module")
def command():
    return get_command(app)


@pytest.mark.parametrize("name", READMES)
def test_every_verb_and_format_is_described_and_no_other(name, command):
    text = (ROOT / name).read_text("utf-8")
    described = set(re.findall(r"^\| `([a-z-]+)` \|", text, re.MULTILINE))
    assert described == set(command.commands) | set(registry.PARTS["formats"])


@pytest.mark.parametrize("name", [*READMES, "docs/evaluation.md"])
def test_every_command_shown_can_be_parsed(name, command):
    lines = [line for block in blocks(name, "") for line in block.splitlines()]
    shown = [line.partition("  #")[0] for line in lines if line.startswith("zhiyin ")]
    assert len(shown) >= 5
    for line in shown:
        words = shlex.split(line)[1:]
        if words[0] == "--home":
            words = words[2:]
        verb, *rest = words
        command.commands[verb].make_context(verb, rest, resilient_parsing=False).close()


@pytest.mark.parametrize("name", READMES)
def test_every_make_target_shown_exists(name):
    makefile = (ROOT / "Makefile").read_text()
    text = (ROOT / name).read_text("utf-8")
    for target in set(re.findall(r"(?:^|`)make ([a-z-]+)", text, re.MULTILINE)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


@pytest.mark.parametrize("name", READMES)
def test_the_python_example_runs(name, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    [code] = blocks(name, "python")
    exec(compile(code, name, "exec"), {})
    assert "tea-7" in capsys.readouterr().out


PAGES = [
    *READMES,
    "CONTRIBUTING.md",
    *(f"docs/{page.name}" for page in (ROOT / "docs").glob("*.md")),
]


@pytest.mark.parametrize("name", PAGES)
def test_links_lead_somewhere(name):
    page = ROOT / name
    for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8")):
        assert (page.parent / link).exists(), link
