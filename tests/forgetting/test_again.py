"""An old copy that brings a forgotten person back is seen for what it is, and the person is forgotten again."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.forgetting.conftest import WHO, fill
from tests.forgetting.test_forget import SECRETS, bytes_of
from zhiyin.core import Event, Kind
from zhiyin.errors import InvalidRecord
from zhiyin.shop import Shop


@pytest.fixture
def dump(full: Shop, tmp_path: Path) -> Path:
    """A dump from before; the person is forgotten behind it."""
    path = tmp_path / "before.zip"
    full.store.dump(path)
    full.forget(WHO)
    full.store.dump(tmp_path / "after.zip")
    return path


def with_receipts(home: Path, fresh: Path) -> Path:
    fresh.mkdir()
    shutil.copytree(home / "forgotten", fresh / "forgotten")
    return fresh


def test_a_restored_dump_from_before_forgets_again(dump: Path, home: Path, tmp_path: Path) -> None:
    fresh = with_receipts(home, tmp_path / "fresh")
    Shop.restore(fresh, dump)
    assert WHO.encode() in bytes_of(fresh)
    with Shop.open(fresh) as shop:
        assert shop.store.number(Kind.PERSON, WHO) is None
        assert [one["again"] for one in shop.forgetting.receipts()] == [True]
        fill(shop)
        assert shop.store.number(Kind.PERSON, WHO) is None
    assert [secret for secret in SECRETS if secret.encode() in bytes_of(fresh)] == []


def test_a_dump_from_after_carries_who_was_forgotten(dump: Path, tmp_path: Path) -> None:
    fresh = tmp_path / "fresh"
    Shop.restore(fresh, dump.with_name("after.zip"))
    with Shop.open(fresh) as shop:
        assert [one["again"] for one in shop.forgetting.receipts()] == [False]
        fill(shop)
        assert shop.store.number(Kind.PERSON, WHO) is None


def test_a_home_that_was_opened_before_takes_a_dump(dump: Path, home: Path, tmp_path: Path) -> None:
    fresh = with_receipts(home, tmp_path / "fresh")
    with Shop.open(fresh) as shop:
        fill(shop, leaves_out=WHO)
        assert shop.store.count(Kind.PERSON) == 11  # the receipt is enough to refuse
    shutil.rmtree(fresh / "snapshots", ignore_errors=True)
    for left in fresh.glob("shop.db*"):
        left.unlink()
    Shop.open(fresh).close()
    Shop.restore(fresh, dump)
    with Shop.open(fresh) as shop:
        assert shop.store.number(Kind.PERSON, WHO) is None


def test_an_old_database_file_in_the_place_of_the_new_one_forgets_again(
    home: Path, tmp_path: Path
) -> None:
    with Shop.open(home) as shop:
        shop.record([Event(WHO, "tea"), Event("bo", "tea")])
    shutil.copy(home / "shop.db", tmp_path / "shop.db")
    with Shop.open(home) as shop:
        shop.forget(WHO)
    shutil.copy(tmp_path / "shop.db", home / "shop.db")
    assert WHO.encode() in bytes_of(home)
    with Shop.open(home) as shop:
        assert shop.store.number(Kind.PERSON, "bo") == 1
        assert shop.store.history(0).items.size == 0
    assert WHO.encode() not in bytes_of(home)


def test_who_came_again_stays_when_the_home_is_opened_again(full: Shop, home: Path) -> None:
    full.forget(WHO)
    full.record([Event(WHO, "i3")])
    full.close()
    with Shop.open(home) as shop:
        assert shop.store.number(Kind.PERSON, WHO) == 12


def test_a_damaged_receipt_is_told(full: Shop, home: Path) -> None:
    full.forget(WHO)
    [path] = (home / "forgotten").glob("*.json")
    assert path.stat().st_mode & 0o077 == 0
    path.write_text(json.dumps({"format": 1}))
    full.close()
    with pytest.raises(InvalidRecord, match="this is no receipt"):
        Shop.open(home)
