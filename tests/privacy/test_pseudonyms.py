"""Pseudonyms: one for each id, read back with the key alone."""

from __future__ import annotations

import secrets
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiyin.errors import MissingExtra, SettingsError, StoreError
from zhiyin.privacy.pseudonyms import PLAIN, Keyed
from zhiyin.privacy.secret import Secret
from zhiyin.settings import Settings
from zhiyin.store.batches import LONGEST_INDEXED_BYTES

MINE, OTHER = Keyed(b"m" * 32), Keyed(b"o" * 32)
_ID = st.text(st.characters(exclude_characters="\0", codec=None), min_size=1, max_size=60)


@given(_ID, _ID)
def test_an_id_comes_back_and_no_two_share_a_pseudonym(one: str, other: str) -> None:
    assert MINE.show(MINE.hide(one)) == one
    assert (MINE.hide(one) == MINE.hide(other)) == (one == other)
    assert PLAIN.show(PLAIN.hide(one)) == one


@given(st.text())
def test_a_text_comes_back(text: str) -> None:
    assert MINE.unseal(MINE.seal(text)) == text


def test_the_pseudonym_of_a_key_never_changes() -> None:
    assert MINE.hide("an") == "~QApoK8bWzXRMEkhfA2A-htMy_76XUHF5orRZhx4IRdE"


def test_ids_of_one_size_cannot_be_told_apart_by_length() -> None:
    assert len({len(MINE.hide("x" * n)) for n in range(1, 16)}) == 1
    longest = MINE.hide("x" * LONGEST_INDEXED_BYTES)
    assert len(longest) < 2_704  # what PostgreSQL's index takes


@pytest.mark.parametrize("at", [1, 8, 20, 40])
def test_a_changed_pseudonym_is_refused(at: int) -> None:
    told = MINE.hide("an")
    changed = told[:at] + ("A" if told[at] != "A" else "B") + told[at + 1 :]
    with pytest.raises(StoreError, match="changed, or made with another key"):
        MINE.show(changed)


@pytest.mark.parametrize(
    "text", ["an", "~", "", "~an", "~é", OTHER.hide("an"), MINE.seal("an"), MINE.check]
)
def test_what_this_key_did_not_make_is_refused(text: str) -> None:
    with pytest.raises(StoreError):
        MINE.show(text)


@given(st.lists(st.binary(min_size=16, max_size=16).map(bytes.hex)))
def test_digests_are_covered_and_come_back(digests: list[str]) -> None:
    covered = MINE.cover(digests)
    assert MINE.uncover(covered) == digests
    assert not set(digests) & {one[1:] for one in covered}
    assert MINE.uncover(digests) == digests
    assert not digests or OTHER.uncover(covered) != digests


def test_threads_share_one_key() -> None:
    ids = [f"person-{n}" for n in range(4_000)]
    with ThreadPoolExecutor(4) as pool:
        hidden = list(pool.map(MINE.hide, ids))
        assert list(pool.map(MINE.show, hidden)) == ids
    assert hidden == [MINE.hide(one) for one in ids]


def test_without_the_package_the_extra_is_named() -> None:
    told = (
        "import sys; sys.modules['cryptography'] = None\n"
        "from zhiyin.privacy.pseudonyms import Keyed\n"
        "try: Keyed(b'0' * 32)\n"
        "except Exception as error: print(type(error).__name__, error)"
    )
    said = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert said.stdout.startswith(MissingExtra.__name__)
    assert "pip install 'zhiyin[pseudonyms]'" in said.stdout


def secret(home: Path) -> Secret:
    found = Secret.of(Settings.load(home).privacy, home)
    assert found is not None
    return found


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("ZHIYIN_PRIVACY__KEY", raising=False)
    (tmp_path / "zhiyin.toml").write_text("[privacy]\npseudonyms = true\n")
    return tmp_path


def test_the_file_is_made_once_and_is_its_owners(home: Path) -> None:
    with pytest.raises(SettingsError, match="the key of the pseudonyms is not there"):
        secret(home).read()
    first = secret(home).made()
    assert secret(home).made() == secret(home).read() == first
    assert len(first) == 32
    assert (home / "pseudonyms.key").stat().st_mode & 0o077 == 0
    assert [path.name for path in home.iterdir() if "key" in path.name] == ["pseudonyms.key"]


@pytest.mark.parametrize("form", [bytes.hex, lambda b: __import__("base64").b64encode(b).decode()])
@pytest.mark.parametrize("n_bytes", [32, 64])
def test_the_environment_says_it(home, monkeypatch, form, n_bytes) -> None:  # type: ignore[no-untyped-def]
    told = secrets.token_bytes(n_bytes)
    monkeypatch.setenv("ZHIYIN_PRIVACY__KEY", form(told))
    assert secret(home).made() == told
    assert not (home / "pseudonyms.key").exists()
    assert form(told) not in repr(Settings.load(home))


@pytest.mark.parametrize("text", ["00" * 31, "secret", "é" * 64, "zz" * 40 + "!"])
def test_what_is_no_key_is_refused(home: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("ZHIYIN_PRIVACY__KEY", text)
    with pytest.raises(SettingsError, match="this is no key") as caught:
        secret(home).read()
    assert text not in str(caught.value)
