"""A damaged snapshot: the one before is served, the log says so, and the next training mends it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.apps.api.conftest import Opener
from zhiyin.shop import Shop


def shortened(folder: Path) -> None:
    array = max(folder.glob("000002/*.npy"), key=lambda path: path.stat().st_size)
    array.write_bytes(array.read_bytes()[:-9])


def one_bit_else(folder: Path) -> None:
    array = max(folder.glob("000002/*.npy"), key=lambda path: path.stat().st_size)
    data = bytearray(array.read_bytes())
    data[-1] ^= 1
    array.write_bytes(data)


def without_manifest(folder: Path) -> None:
    (folder / "000002" / "manifest.json").unlink()


@pytest.mark.parametrize("damage", [shortened, one_bit_else, without_manifest])
def test_a_server_that_starts_serves_the_one_before(
    damage: Callable[[Path], None],
    open_client: Opener,
    home: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with Shop.open(home) as shop:
        assert shop.train()["version"] == 2
    damage(home / "snapshots")
    client = open_client(home)
    assert "snapshot 1 is served in its place" in caplog.text
    assert "000002" in caplog.text
    assert client.get("/readyz").json()["snapshot"] == 1
    for path in ("recommend?user=u0", "search?q=tea", "items/tea/similar"):
        answer = client.get(f"/v1/{path}")
        assert answer.status_code == 200, path
        assert answer.json()["items"], path
    with Shop.open(home) as shop:
        assert shop.train()["version"] == 3
        assert shop.version == 3


def test_a_damaged_pointer_leads_to_the_newest(
    open_client: Opener, home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (home / "snapshots" / "CURRENT").write_text("\0\0\0")
    client = open_client(home)
    assert "the pointer says" in caplog.text
    assert client.get("/v1/recommend?user=u0").json()["items"]


def test_what_is_served_stays_when_the_next_is_damaged(
    open_client: Opener, home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with Shop.open(home) as other:
        other.train()
        other.snapshots.rollback()
    client = open_client(home)
    shortened(home / "snapshots")
    (home / "snapshots" / "CURRENT").write_text("2\n")
    for _ in range(20):
        assert client.get("/v1/recommend?user=u0").json()["items"]
    assert client.get("/readyz").json()["snapshot"] == 1


def test_with_none_before_a_page_says_what_to_do(open_client: Opener, home: Path) -> None:
    (home / "snapshots" / "000001" / "manifest.json").unlink()
    answer = open_client(home).get("/v1/recommend?user=u0")
    assert answer.status_code == 503
    assert "zhiyin rollback" in answer.json()["next_step"]
    assert str(home) not in answer.text
