"""A report's file is refused early and appears whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from zhiyin.apps.report.file import refuse_unwritable, write_whole
from zhiyin.errors import StoreError


def test_what_can_be_written_is_not_refused_and_nothing_is_left(tmp_path: Path) -> None:
    refuse_unwritable(tmp_path / "report.html")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("where", [".", "missing/report.html", "file/report.html"])
def test_what_cannot_be_written_is_refused(tmp_path: Path, where: str) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="Expected a file that can be written"):
        refuse_unwritable(tmp_path / where)


def test_a_file_is_replaced_whole_through_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "old.html", tmp_path / "link.html"
    target.write_text("old")
    link.symlink_to(target)
    write_whole(link, "新")
    assert link.is_symlink()
    assert target.read_text("utf-8") == "新"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.html", "old.html"]


def test_what_fails_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text("old")
    with pytest.raises(UnicodeEncodeError):
        write_whole(path, "\ud800")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]
