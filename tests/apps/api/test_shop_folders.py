"""Which folders are shops, and what is set for all of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from zhiyin.apps.api.shop_folders import common_settings, settings_of, shop_names
from zhiyin.errors import SettingsError


def make(folder: Path, name: str, file: str = "zhiyin.toml", text: str = "") -> None:
    (folder / name).mkdir(parents=True)
    (folder / name / file).write_text(text)


def test_folders_with_settings_or_a_database_are_shops(tmp_path: Path) -> None:
    make(tmp_path, "b")
    make(tmp_path, "a-1", "shop.db")
    make(tmp_path, "0" * 63)
    for name, file in ((".hidden", "zhiyin.toml"), ("Backups 2026", "notes.txt"), ("x", "a.toml")):
        make(tmp_path, name, file)
    (tmp_path / "zhiyin.toml").write_text("")
    make(tmp_path / "deeper", "c")
    assert shop_names(tmp_path) == ["0" * 63, "a-1", "b"]


@pytest.mark.parametrize(
    "name", ["A", "a_b", "a.b", "-a", "a b", "0" * 64, "店", "a\n", "%61", "..a", "a;b"]
)
def test_what_cannot_stand_in_an_address_is_no_name(tmp_path: Path, name: str) -> None:
    make(tmp_path, "good")
    make(tmp_path, name)
    if name[0] == ".":
        assert shop_names(tmp_path) == ["good"]
        return
    with pytest.raises(SettingsError, match="no shop can be called") as told:
        shop_names(tmp_path)
    assert all((told.value.what, told.value.where, told.value.expected, told.value.next_step))


@pytest.mark.parametrize("folder", ["nowhere", "empty"])
def test_a_folder_without_shops_is_refused(tmp_path: Path, folder: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(SettingsError, match="init makes one"):
        shop_names(tmp_path / folder)


def test_where_to_listen_is_set_beside_the_shops(tmp_path: Path) -> None:
    make(tmp_path, "a", text='[api]\nport = 1\nhost = "0.0.0.0"\nworkers = 9\nburst = 7\n')
    (tmp_path / "zhiyin.toml").write_text("[api]\nport = 9000\nworkers = 2\n")
    (tmp_path / "zhiyin.local.toml").write_text("[api]\nport = 9001\n")
    api = common_settings(tmp_path)
    assert (api.host, api.port, api.workers) == ("127.0.0.1", 9001, 2)
    own = settings_of(tmp_path, "a", api)
    assert own.home == tmp_path / "a"
    assert (own.api.host, own.api.port, own.api.workers) == ("127.0.0.1", 9001, 2)
    assert own.api.burst == 7


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[api]\nport = 1\nburst = 5\n", "api.burst"),
        ('language = "zh"\n', "language"),
        ('[store]\nurl = "sqlite:///x.db"\n', "store"),
        ("api = 5\n", "api"),
    ],
)
@pytest.mark.parametrize("file", ["zhiyin.toml", "zhiyin.local.toml"])
def test_what_is_of_each_shop_is_not_set_for_all(
    tmp_path: Path, file: str, text: str, named: str
) -> None:
    (tmp_path / file).write_text(text)
    with pytest.raises(SettingsError, match=f"{named} cannot be set for all shops") as told:
        common_settings(tmp_path)
    assert told.value.where == str(tmp_path / file)


def test_a_file_that_cannot_be_read_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "zhiyin.toml").write_text("[api\n")
    with pytest.raises(SettingsError, match="mend that line"):
        common_settings(tmp_path)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ZHIYIN_API__KEY", "a-secret"),
        ("zhiyin_api__key", "a-secret"),
        ("ZHIYIN_API", '{"key": "a-secret"}'),
        ("ZHIYIN_PRIVACY__KEY", "a-secret"),
        ("ZHIYIN_STORE__URL", "sqlite:///one.db"),
        ("ZHIYIN_STORE", '{"url": "sqlite:///one.db"}'),
    ],
)
def test_what_the_environment_would_make_the_same_for_all_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match="the same for all shops") as told:
        common_settings(tmp_path)
    assert "secret" not in str(told.value)


def test_the_secret_of_next_pages_differs_from_shop_to_shop(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHIYIN_API__NEXT_PAGE_KEY", "a secret for all machines")
    api = common_settings(tmp_path)
    keys = [settings_of(tmp_path, name, api).api.next_page_key for name in ("a", "b", "a")]
    assert keys[0] == keys[2] != keys[1]
