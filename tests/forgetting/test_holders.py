"""Whatever holds something of people answers for it: a new table or cache without a holder fails here."""

from __future__ import annotations

import ast
from pathlib import Path

import zhiyin
from zhiyin.core.erasable import Erasable, Erased, Leaving
from zhiyin.forgetting.holders import HomeFiles
from zhiyin.shop import Shop
from zhiyin.store.schema import METADATA

SOURCE = Path(zhiyin.__file__).parent
KNOWN = {
    "client/people.py:People.forget": "a door from outside",
    "forgetting/forgetting.py:Forgetting.forget": "asks all of them",
    "forgetting/holders.py:HomeFiles.erase": "files",
    "forgetting/learned.py:Learned.erase": "snapshots",
    "forgetting/holders.py:TextVectors.erase": "vectors",
    "forgetting/holders.py:ThisProcess.erase": "memory",
    "language/vectors.py:Vectors.forget": "what TextVectors does, for who knows texts and not people",
    "portraits/removed.py:Removed.forget": "its rows are of the table state",
    "shop.py:Shop.forget": "the door",
    "store/erasure.py:Erasure.erase": "the tables",
    "store/searches.py:Searches.erase": "its rows are of the table searches",
    "core/erasable.py:Erasable.erase": "the protocol",
}
"""Every `erase` and `forget`, and by whom it is asked."""


def test_every_table_is_named_by_a_holder(shop: Shop) -> None:
    held = shop.forgetting.holds()
    assert {table.name for table in METADATA.sorted_tables} - held == set()


def test_a_table_with_a_column_of_people_is_really_erased() -> None:
    from zhiyin.store.erasure import _ACTS

    named = {"person", "other", "author", "subject", "user"}
    of_people = {
        table.name for table in METADATA.sorted_tables if named & {c.name for c in table.columns}
    }
    assert of_people <= set(_ACTS)


def test_everything_that_can_erase_is_asked() -> None:
    found = set()
    for path in SOURCE.rglob("*.py"):
        tree = ast.walk(ast.parse(path.read_text("utf-8")))
        for node in [one for one in tree if isinstance(one, ast.ClassDef)]:
            for one in node.body:
                if isinstance(one, ast.FunctionDef) and one.name in ("erase", "forget"):
                    takes = {argument.arg for argument in one.args.args} & {
                        "person",
                        "user",
                        "texts",
                    }
                    if takes:
                        name = path.relative_to(SOURCE).as_posix()
                        found.add(f"{name}:{node.name}.{one.name}")
    assert found - set(KNOWN) == set()


def test_every_holder_keeps_to_the_protocol(shop: Shop) -> None:
    nobody = Leaving(99, "nobody at all", "00")
    learned = shop.forgetting._learned
    holders: list[Erasable] = [learned, *shop.forgetting.holders]
    for holder in holders:
        for erased in holder.erase(nobody):
            assert isinstance(erased, Erased)
            assert erased.holder in holder.holds
            assert erased.rows == 0


def test_files_that_others_laid_into_the_home_are_told_of(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("user,item\nli-7,tea\n")
    (tmp_path / "other.csv").write_text("user,item\nli-71,tea\n")
    (tmp_path / "monday.zip").write_bytes(b"packed")
    (tmp_path / "zhiyin.toml").write_text('name = "li-7"')
    *_, files = HomeFiles(tmp_path).erase(Leaving(0, "li-7", "00"))
    assert files.note == "not the shop's own, and may hold the person: mine.csv, monday.zip"


def test_of_refused_rows_only_those_that_name_the_person_go(tmp_path: Path) -> None:
    folder = tmp_path / "quarantine"
    folder.mkdir()
    (folder / "a.jsonl").write_text('{"row": "7,x"}\n{"row": "17,x"}\n{"row": "x,7"}\n')
    (folder / "b.jsonl").write_text('{"row": "7,x"}\n')
    done, *_ = HomeFiles(tmp_path).erase(Leaving(0, "7", "00"))
    assert done.rows == 3
    assert (folder / "a.jsonl").read_text() == '{"row": "17,x"}\n'
    assert not (folder / "b.jsonl").exists()
