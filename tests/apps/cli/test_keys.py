"""``zhiyin keys`` and ``zhiyin audit``."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from tests.apps.cli.conftest import Zhiyin
from zhiyin.apps.cli.logs import _Line
from zhiyin.shop import Shop


def told(zhiyin: Zhiyin, home: Path, *words: str) -> dict[str, Any]:
    result = zhiyin("--home", home, *words, "--json")
    assert result.exit_code == 0, result.stderr
    return dict(json.loads(result.stdout))


def test_a_key_from_its_making_to_its_end(zhiyin: Zhiyin, home: Path) -> None:
    assert "No keys" in zhiyin("--home", home, "keys", "list").stdout
    words = ("keys", "add", "till", "--scope", "serve", "--scope", "ingest", "--expires", "90d")
    made = told(zhiyin, home, *words)
    assert made["scopes"] == ["ingest", "serve"]
    secret = made.pop("secret")
    assert told(zhiyin, home, "keys", "list") == {"keys": [made]}
    lines = zhiyin("--home", home, "keys", "list").stdout
    assert "ingest, serve" in lines
    assert secret not in lines
    second = told(zhiyin, home, "keys", "rotate", "till", "--grace", "1h")["secret"]
    assert second != secret
    revoked = told(zhiyin, home, "keys", "revoke", "till")["keys"]
    assert [one["name"] for one in revoked] == ["till", "till"]
    assert zhiyin("--home", home, "keys", "list").stdout.count("revoked") == 2
    deeds = told(zhiyin, home, "audit")["audit"]
    assert [one["action"] for one in deeds] == ["added", "rotated", "revoked"]
    assert {one["key"].partition(":")[0] for one in deeds} == {"cli"}
    assert secret not in json.dumps(deeds)
    assert "rotated" in zhiyin("--home", home, "audit", "--since", "1h").stdout
    assert "Nothing was done." in zhiyin("--home", home, "audit", "--since", "0h").stdout


def test_what_else_is_run_by_hand_is_in_the_log(zhiyin: Zhiyin, home: Path, tmp_path: Path) -> None:
    with Shop.open(home) as shop:
        shop.train()
    told(zhiyin, home, "rollback", "1")
    told(zhiyin, home, "export", str(tmp_path / "out"), "--only", "items")
    told(zhiyin, home, "rules", "add", "bury", "stock < 3", "--by", "li")
    deeds = told(zhiyin, home, "audit")["audit"]
    assert [(one["action"], one["kind"]) for one in deeds] == [
        ("rolled back", "snapshot"),
        ("exported", "records"),
        ("added", "rule"),
    ]
    assert deeds[0]["target"] == "1"


def test_the_secret_is_printed_once_on_a_line_of_its_own(zhiyin: Zhiyin, home: Path) -> None:
    first, second = zhiyin("--home", home, "keys", "add", "a", "--scope", "admin").stdout.split(
        "\n", 1
    )
    assert first.startswith("zhiyin_")
    assert " " not in first
    assert "only now" in second


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["add", "a", "--scope", "root"], "one of admin, ingest, operate, serve"),
        (["add", "a b", "--scope", "serve"], "name of a key"),
        (["add", "a", "--scope", "serve", "--expires", "soon"], "such as 90d"),
        (["rotate", "a"], "no key is called a"),
        (["revoke", "a"], "no key is called a"),
    ],
)
def test_what_cannot_be_is_told(zhiyin: Zhiyin, home: Path, words: list[str], said: str) -> None:
    result = zhiyin("--home", home, "keys", *words)
    assert result.exit_code == 1
    assert said in result.stderr


def test_a_log_line_holds_no_secret_not_even_in_a_traceback() -> None:
    secret = "zhiyin_" + "aB3-_" * 8 + "xyz"
    try:
        raise RuntimeError(f"key={secret}&more")
    except RuntimeError:
        record = logging.LogRecord("a", 40, "", 1, "GET /?key=%s", (secret,), sys.exc_info())
    line = _Line().format(record)
    assert secret not in line
    assert line.count("zhiyin_***") == 2


@pytest.mark.slow
def test_a_real_server_tells_no_secret_of_a_url(zhiyin: Zhiyin, home: Path) -> None:
    secret = told(zhiyin, home, "keys", "add", "till", "--scope", "serve")["secret"]
    code = "from zhiyin.apps.cli.main import run; run()"
    command = [sys.executable, "-c", code, "--home", str(home), "serve", "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    url = process.stdout.readline().split(" ")[3]
    statuses, answered = [], []
    paths = (f"/v1/recommend?user={secret}", f"/v1/recommend?key={secret}", f"/{secret}")
    for path in paths:
        for headers in ({}, {"Authorization": f"Bearer {secret}"}):
            asked = urllib.request.Request(url + path, headers=headers)
            try:
                with urllib.request.urlopen(asked) as answer:
                    statuses.append(answer.status)
            except urllib.error.HTTPError as error:
                with error:
                    answered.append(error.read().decode())
                statuses.append(error.code)
    process.terminate()
    out, err = process.communicate(timeout=20)
    assert statuses == [401, 200, 401, 422, 404, 404]
    assert secret not in "".join([out, err, *answered])
